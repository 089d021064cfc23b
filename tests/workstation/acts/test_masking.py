"""What is shown of a person where nobody has asked for it in clear."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.acts import masking
from workstation.domain.fields import masked_fields
from workstation.domain.people import User
from workstation.store.tables import CASES, LEDGER
from workstation.store.tables import Table as LedgerTable


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("applicant_name", "欧阳春水", "欧阳**"),
        ("name", "张三", "张*"),
        ("applicant_id", "450103199003070029", "450103********0029"),
        ("id_number", "450103199003070029", "450103********0029"),
        ("agent_phone", "13900001234", "139****1234"),
        ("agent_phone", "0771-5551234", "0771-******4"),
        ("applicant_address", "广西南宁市青秀区民族大道 100 号 3 栋 201 室", "广西南宁市青秀区民族大道****"),
        ("remark", "母亲在医院", "***"),
    ],
)
def test_a_field_is_masked_by_the_end_of_its_name(name: str, value: str, masked: str) -> None:
    """Each by the rule of its kind; what has no rule is hidden whole."""
    assert masking.mask(name, value) == masked


def test_the_kind_of_document_beside_it_decides() -> None:
    """A passport has its own rule, and the name of a legal person is public record."""
    assert masking.mask("applicant_id", "E12345678", "passport") == "E*****678"
    assert masking.mask("applicant_name", "榕城示例有限公司", "unified_credit_code") == "榕城示例有限公司"
    assert masking.mask("applicant_name", "榕城示例有限公司", "citizen_id") == "榕*******"


def test_a_field_of_a_record_has_its_kind_beside_it() -> None:
    """The applicant's kind does not speak for the agent, nor any for a colleague."""
    values = dict.fromkeys(CASES.columns, "")
    company = CASES.record(
        {
            **values,
            "applicant_name": "榕城示例有限公司",
            "applicant_id_kind": "unified_credit_code",
            "agent_name": "张三丰",
            "agent_id_kind": "citizen_id",
        }
    )

    assert masking.field(company, "applicant_name") == "榕城示例有限公司"
    assert masking.field(company, "agent_name") == "张**"
    assert masking.field(User(code="1001", name="欧阳春水", role="clerk"), "name") == "欧阳**"


def test_what_is_not_there_stays_so() -> None:
    """And bytes are no text to be shown in part."""
    assert masking.mask("agent_name", None) is None
    assert masking.mask("picture", b"\xff\xd8") == "***"


@pytest.mark.parametrize("table", LEDGER.values(), ids=lambda table: table.name)
def test_no_personal_field_is_shown_whole(table: LedgerTable[object]) -> None:
    """Whatever kind of record there is now or will be."""
    values = {each.name: 0 for each in dataclasses.fields(table.kind)}  # type: ignore[arg-type]  # a record class
    record = table.record({**values, **dict.fromkeys(masked_fields(table.kind), "张甲乙丙")})

    assert not [name for name in masked_fields(table.kind) if "甲乙丙" in str(masking.field(record, name))]


@given(st.sampled_from(["name", "id", "id_number", "phone", "address", "remark"]), st.text(max_size=40))
def test_any_text_can_be_masked(name: str, value: str) -> None:
    """Nobody has checked what an old record holds; masking it never fails."""
    assert isinstance(masking.mask(name, value), str)
