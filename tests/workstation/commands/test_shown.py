"""What leaves the machine: personal fields masked, digests and secrets left out, times readable."""

from __future__ import annotations

import dataclasses

import pytest

from workstation.commands import shown
from workstation.domain import times
from workstation.domain.case import Case, Identity
from workstation.domain.fields import masked_fields
from workstation.domain.people import User
from workstation.store.tables import LEDGER

NOON = 1795147200000

CASE = Case(
    number="13502031012632500017",
    state="registered",
    item="59",
    checklist_version="1",
    window=1,
    clerk="1001",
    registered_at=NOON,
    basis_place="450103",
    applicant_name="欧阳春水",
    applicant_id="450103199003070029",
    applicant_phone="13900001234",
    applicant_address="广西南宁市青秀区民族大道 100 号 3 栋 201 室",
    agent_name="张三",
    agent_phone="0771-5551234",
    remark="母亲在医院",
    name_digest="d",
    id_digest="d",
    phone_digest="d",
)


def test_personal_fields_are_masked() -> None:
    """Each by the rule of its kind; what has no rule is hidden whole."""
    case = shown.record(CASE)

    assert case["applicant_name"] == "欧阳**"
    assert case["applicant_id"] == "450103********0029"
    assert case["applicant_phone"] == "139****1234"
    assert case["applicant_address"] == "广西南宁市青秀区民族大道****"
    assert case["agent_name"] == "张*"
    assert case["agent_phone"] == "0771-******4"
    assert case["remark"] == "***"
    assert case["reason_text"] is None


@pytest.mark.parametrize(
    ("kind", "number", "masked"),
    [
        ("citizen_id", "450103199003070029", "450103********0029"),
        ("residence_permit", "810000199408230021", "810000********0021"),
        ("foreigner_card", "XXX450000000000", "X***********000"),
        ("passport", "E12345678", "E*****678"),
        ("travel_permit", "H12345678", "H*****678"),
        ("foreign_passport", "AB1234567", "A*****567"),
        ("unified_credit_code", "91350100M000100Y43", "913501********0Y43"),
        ("tattoo", "E12345678", "*********"),
    ],
)
def test_a_number_is_masked_by_its_kind(kind: str, number: str, masked: str) -> None:
    """Which stands beside it; without a kind we know, what is no citizen's number is hidden whole."""
    applicant = dataclasses.replace(CASE, applicant_id_kind=kind, applicant_id=number)
    agent = dataclasses.replace(CASE, agent_id_kind=kind, agent_id=number)

    assert shown.record(applicant)["applicant_id"] == masked
    assert shown.record(agent)["agent_id"] == masked
    assert shown.mask("id_number", number, kind) == masked


def test_the_name_of_a_legal_person_is_public() -> None:
    """It stands in full, that of its agent does not."""
    company = dataclasses.replace(
        CASE, applicant_name="榕城示例有限公司", applicant_id_kind="unified_credit_code"
    )

    assert shown.record(company)["applicant_name"] == "榕城示例有限公司"
    assert shown.record(company)["agent_name"] == "张*"
    assert shown.mask("name", "榕城示例有限公司") == "榕*******"
    assert shown.mask("name", "榕城示例有限公司", "unified_credit_code") == "榕城示例有限公司"


def test_what_stands_beside_no_document_is_masked_as_ever() -> None:
    """A colleague has a name and no kind of document; bytes and what has no rule are hidden."""
    assert shown.record(User(code="1001", name="欧阳春水", role="clerk"))["name"] == "欧阳**"
    assert shown.mask("picture", b"\xff\xd8") == "***"
    assert shown.mask("participants", "林一鸣", "citizen_id") == "***"
    assert shown.mask("phone", None, "citizen_id") is None


def test_only_a_reveal_shows_them() -> None:
    """And then all of them."""
    assert shown.record(CASE, reveal=True)["remark"] == "母亲在医院"


@pytest.mark.parametrize("table", LEDGER.values(), ids=lambda table: table.name)
def test_no_record_shows_a_personal_value(table: object) -> None:
    """Whatever kind of record there is now or will be: its personal fields never leave as they are."""
    kind = table.kind  # type: ignore[attr-defined]  # a store.tables.Table
    canary = "张" + "甲乙丙" * 3
    values = {f.name: canary if f.name in masked_fields(kind) else 0 for f in dataclasses.fields(kind)}

    text = str(shown.record(kind(**values)))

    assert canary[1:] not in text


def test_digests_and_secrets_are_left_out() -> None:
    """They are of no use outside, and could be compared."""
    user = shown.record(
        User(code="1001", name="张三", role="clerk", password="$argon2id$x", pin="$argon2id$y")
    )

    assert not {"password", "pin", "password_version", "pin_version"} & set(user)
    assert not {"name_digest", "id_digest", "phone_digest"} & set(shown.record(CASE))
    assert "version" in user


def test_times_carry_their_zone() -> None:
    """ISO 8601 in Asia/Shanghai; a time that is not yet stays empty."""
    case = shown.record(CASE)
    identity = shown.record(Identity("i", "1", NOON, "1001", None, "in_person", "passed"))

    assert case["registered_at"] == identity["at"] == "2026-11-20T12:00:00.000+08:00"
    assert case["served_at"] is None
    assert times.minute(NOON) == "2026-11-20 12:00"
    assert times.minute(None) == ""
