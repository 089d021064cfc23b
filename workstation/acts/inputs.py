"""What the longer acts are given: typed, frozen, unknown fields forbidden; commands read them from JSON."""

from __future__ import annotations

import msgspec


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all inputs."""


class Person(Input, frozen=True, kw_only=True):
    """An applicant 申请人 or agent 代办人, as on the identity document."""

    name: str
    id_kind: str = "citizen_id"
    id_number: str
    phone: str
    address: str | None = None


class Office(Input, frozen=True, kw_only=True):
    """A home office 业务属地部门 as the envelope will address it."""

    code: str
    division: str
    name: str
    address: str
    postcode: str
    phone: str


class Material(Input, frozen=True, kw_only=True):
    """A piece 材料 handed over the counter, for one checklist row."""

    row: str
    form: str
    """original · copy."""
    copies: int = 1
    pages: int = 1
    office: int = 1
    """Ordinal of the home office it is for."""


class Intake(Input, frozen=True, kw_only=True):
    """收件登记: one hand-in of one applicant."""

    item: str
    """Code of the service item (事项)."""
    basis_place: str
    """Division code of the 属地依据."""
    applicant: Person
    agent: Person | None = None
    offices: tuple[Office, ...]
    materials: tuple[Material, ...] = ()
    remark: str | None = None


class Finding(Input, frozen=True, kw_only=True):
    """The formal finding of one checklist row 形式审查; there is no field for a substantive opinion."""

    row: str
    form: str | None = None
    copies: int = 0
    pages: int = 0
    defects: tuple[str, ...] = ()
    not_applicable: bool = False
    remark: str | None = None


class Wanted(Input, frozen=True, kw_only=True):
    """A paper a home office asks for in a supplement (属地要求补正)."""

    name: str
    standard: str
    form: str = "copy"
    copies: int = 1


class Result(Input, frozen=True, kw_only=True):
    """A result document 办理结果 the home office will send."""

    name: str
    copies: int = 1


class Found(Input, frozen=True, kw_only=True):
    """A piece found in a return envelope."""

    piece: str
    copies: int = 1


class Findings(Input, frozen=True, kw_only=True):
    """The findings of one review."""

    findings: tuple[Finding, ...]


class Materials(Input, frozen=True, kw_only=True):
    """What is handed in afterwards (补正)."""

    materials: tuple[Material, ...]


class Correction(Input, frozen=True, kw_only=True):
    """What a home office wants corrected."""

    wanted: tuple[Wanted, ...]


class Decision(Input, frozen=True, kw_only=True):
    """属地决定."""

    outcome: str
    """granted · refused."""
    result_mode: str
    """paper · electronic · direct_post."""
    document_number: str | None = None
    results: tuple[Result, ...] = ()


class Contents(Input, frozen=True, kw_only=True):
    """What was found in a return envelope, and where it lies now."""

    found: tuple[Found, ...]
    place: str


EXAMPLE_PERSON = Person(
    name="覃示例",
    id_number="450103199003070004",
    phone="13900000001",
    address="福建省厦门市思明区示例路 1 号 101 室",
)
EXAMPLE_OFFICE = Office(
    code="450103-police",
    division="450103",
    name="示例市示例区公安局示例派出所",
    address="示例市示例区示例路 2 号",
    postcode="530022",
    phone="0771-5550000",
)
EXAMPLE_INTAKE = Intake(
    item="59",
    basis_place="450103",
    applicant=EXAMPLE_PERSON,
    offices=(EXAMPLE_OFFICE,),
    materials=(
        Material(row="application", form="original"),
        Material(row="applicant_id", form="original"),
        Material(row="applicant_id", form="copy"),
    ),
)
EXAMPLE_FINDINGS = Findings(
    findings=(
        Finding(row="application", form="original", copies=1, pages=1),
        Finding(row="applicant_id", form="copy_checked", copies=1, pages=1),
        Finding(row="statement", form="original", copies=1, pages=1, defects=("unsigned",)),
        Finding(row="purpose", not_applicable=True),
    )
)
EXAMPLE_MATERIALS = Materials(materials=(Material(row="statement", form="original"),))
EXAMPLE_CORRECTION = Correction(
    wanted=(Wanted(name="关系说明", standard="写明双方关系并签名。", form="original"),)
)
EXAMPLE_DECISION = Decision(
    outcome="granted",
    result_mode="paper",
    document_number="示例〔2026〕1 号",
    results=(Result(name="户籍证明"),),
)
EXAMPLE_CONTENTS = Contents(found=(Found(piece="13502031012632400013-1-result-1"),), place="结果架 A-01")
