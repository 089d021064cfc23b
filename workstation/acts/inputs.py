"""What the longer acts are given: typed, frozen, unknown fields forbidden; commands read them from JSON."""

from __future__ import annotations

import msgspec


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all inputs."""


class IdentityDocument(Input, frozen=True, kw_only=True):
    """What an identity document says, typed by a clerk or read by a card reader."""

    name: str
    id_kind: str = "citizen_id"
    """A kind of `forms.identifiers`; `unified_credit_code` for a legal person."""
    id_number: str
    address: str | None = None
    valid_to: str | None = None
    """Last day of the document, YYYY-MM-DD; None: 长期, or not looked at."""
    source: str = "typed"
    """typed, or the name of the card reader."""


class Person(IdentityDocument, frozen=True, kw_only=True):
    """An applicant 申请人 or agent 代办人: the document and how to reach its bearer."""

    phone: str


class Office(Input, frozen=True, kw_only=True):
    """A home office 业务属地部门: as the directory has it, and as the envelope will address it."""

    code: str
    division: str
    name: str
    address: str
    postcode: str
    phone: str
    department: str = ""
    contact: str | None = None
    hours: str = ""
    verified_on: str | None = None
    """Day on which somebody last asked whether all this is right, YYYY-MM-DD."""


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
    offices: tuple[str | Office, ...] = ()
    """Codes of the directory; an office it does not have is written out once and is in it from then on.

    Empty only for an item that is done elsewhere: nothing is mailed then.
    """
    materials: tuple[Material, ...] = ()
    remark: str | None = None


class LicenceFault(Input, frozen=True, kw_only=True):
    """What the licence library 证照库 gave instead of the right licence, and who is asked to mend it."""

    kind: str
    """wrong 错证 · absent 缺证."""
    what: str
    sent_to: str
    """The authority that keeps the licence."""


class Finding(Input, frozen=True, kw_only=True):
    """The formal finding of one checklist row 形式审查; there is no field for a substantive opinion."""

    row: str
    way: str = "paper"
    """paper 纸质 · attachment 附件 · scan 扫描 · deferred 容缺后补 · licence 证照库 · pledged 告知承诺."""
    form: str | None = None
    copies: int = 0
    pages: int = 0
    defects: tuple[str, ...] = ()
    not_applicable: bool = False
    licence_fault: LicenceFault | None = None
    """错证 or 缺证 of a row that is 免提交; only then may paper be asked for."""
    remark: str | None = None


class PledgedRow(Input, frozen=True, kw_only=True):
    """A checklist row to be deferred or pledged, and until when."""

    row: str
    kind: str
    """deferred 容缺后补 · pledged 告知承诺."""
    due: str
    """Last day to supply it, or on which the pledge is checked, YYYY-MM-DD."""


class CreditCheck(Input, frozen=True, kw_only=True):
    """The 失信 check before anything is deferred or pledged."""

    source: str
    """Where it was looked up."""
    outcome: str
    """clear 无未修复失信记录 · listed 有失信记录."""


class Pledges(Input, frozen=True, kw_only=True):
    """容缺/告知承诺: the rows of one pledge to one home office."""

    rows: tuple[PledgedRow, ...]
    credit: CreditCheck
    verification: str
    """事中事后核查标准: how the home authority will check what was pledged (厦审改办〔2024〕12号)."""
    consequence: str
    """失信后果: what follows on default, by the home authority's rule."""
    office: int = 1
    """Ordinal of the home office."""


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


class HallItem(Input, frozen=True, kw_only=True):
    """An item 事项 this hall adds itself, such as one of the second national batch."""

    code: str
    """Digits of the national list, or letters, digits and hyphens of the hall's own."""
    title: str
    scenario: str
    modes: tuple[str, ...]
    """Codes of `forms.items.Mode`."""
    basis_place: str
    source: str
    """The document or decision that says so."""
    source_date: str
    lead_ministry: str = ""
    cooperating_ministries: tuple[str, ...] = ()
    provincial_department: str = ""


class Terms(Input, frozen=True, kw_only=True):
    """What an agreement 协议 grants for one office and item; by default nothing."""

    office: str
    item: str
    powers: tuple[str, ...] = ()
    """accept 收件受理 · notify 一次性告知 · verify_originals 原件核验 · serve 送达."""
    payer_out: str = "window"
    """Who pays the way there: window · home · applicant (each sending side pays its own leg)."""
    payer_back: str = "home"
    limits: dict[str, int] = {}
    """Working days of the legs accept, send, check, return."""
    calendar: str = "national"
    return_mode: str = "paper"
    deferrable_rows: tuple[str, ...] = ()
    pledgeable_rows: tuple[str, ...] = ()
    valid_from: str
    valid_to: str | None = None
    document_number: str | None = None


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
    department="公安",
    hours="工作日 9:00-17:00",
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
EXAMPLE_PLEDGES = Pledges(
    rows=(PledgedRow(row="statement", kind="deferred", due="2026-12-11"),),
    credit=CreditCheck(source="示例信用查询平台", outcome="clear"),
    verification="示例：属地收到补交材料时核对",
    consequence="示例：按属地的容缺办理规定终止办理",
)
EXAMPLE_ITEM = HallItem(
    code="H-1",
    title="示例事项",
    scenario="申请人可异地申请示例事项，不受户籍地限制",
    modes=("collect_elsewhere",),
    basis_place="户籍地",
    source="示例大厅的决定",
    source_date="2026-11-01",
)
EXAMPLE_TERMS = Terms(
    office="450103-hz",
    item="63",
    powers=("notify",),
    # 内蒙古 线下“全区通办” 2023-06: 1 day to accept, 2 to send the papers, 1 to check, 1 to send the result.
    limits={"accept": 1, "send": 2, "check": 1, "return": 1},
    deferrable_rows=("residence",),
    valid_from="2026-01-01",
    document_number="示例协议 1 号",
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
EXAMPLE_CONTENTS = Contents(found=(Found(piece="13502031012632400012-1-result-1"),), place="结果架 A-01")
