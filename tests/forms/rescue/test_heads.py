"""Heads are found under titles and over two rows; what they may mean is guessed, each field once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from forms.rescue import heads
from forms.rescue.damage import Kind


@dataclass(frozen=True)
class Merged:
    """A merged area."""

    top: int
    left: int
    bottom: int
    right: int


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("收件编号", "number"),
        ("受 理 日 期", "received_on"),
        ("办结时间*", "ended_on"),
        ("事项名称", "item"),
        ("业务属地（市、县）", "office"),
        ("申请人姓名", "applicant_name"),
        ("申请人身份证号码", "applicant_id"),
        ("联系电话（手机）", "applicant_phone"),
        ("EMS邮件号", "waybill"),
        ("邮件/回程邮件号", "return_waybill"),
        ("备注", "remark"),
        ("邮编", "remark"),
        ("代办人姓名", ""),
        ("经办人电话", ""),
        ("序号", ""),
        ("窗口", ""),
        ("", ""),
    ],
)
def test_a_head_is_guessed(head: str, field: str) -> None:
    """Blanks, marks and what people add make no difference; heads about somebody else mean nothing to us."""
    assert heads.meaning(head) == field


def test_a_field_is_guessed_once() -> None:
    """What names it word for word goes before what only contains it; of remarks there may be several."""
    found = heads.guess(["原申请人电话号码", "电话", "备注", "说明", "序号"])

    assert found == {"电话": "applicant_phone", "备注": "remark", "说明": "remark"}


def test_heads_are_found_under_a_title() -> None:
    """The row with most known heads, wherever it is among the first; a name given twice is told apart."""
    rows = [("2023年台账", "", ""), ("", "", ""), ("姓名", "邮件号", "邮件号"), ("覃示例", "1", "2")]

    found = heads.find(rows, 1, [Merged(1, 1, 1, 3)])

    assert found == heads.Heads({0: "姓名", 1: "邮件号", 2: "邮件号#2"}, 2, 2)


def test_heads_may_have_two_rows() -> None:
    """What is merged sideways and parted below is named by both; a second row of data is no head."""
    rows = [("编号", "姓名", "邮件号", ""), ("", "", "去程", "回程"), ("1", "覃示例", "2", "3")]
    areas = [Merged(5, 1, 6, 1), Merged(5, 2, 6, 2), Merged(5, 3, 5, 4)]

    found = heads.find(rows, 5, areas)

    assert found == heads.Heads({0: "编号", 1: "姓名", 2: "邮件号/去程", 3: "邮件号/回程"}, 0, 1)
    assert heads.find([rows[0], ("9", "覃示例", "2", "3")], 5, areas) == heads.Heads(
        {0: "编号", 1: "姓名", 2: "邮件号"}, 0, 0
    )


@pytest.mark.parametrize(
    "rows", [[], [("覃示例", "13900000001")], [("姓名", "")], [("甲",)] * 10 + [("姓名", "电话")]]
)
def test_data_is_no_head(rows: list[tuple[str, ...]]) -> None:
    """One word we know may stand in any line; and nobody looks for heads in the middle of a file."""
    assert heads.find(rows, 1, []) is None


def test_a_postcode_is_looked_at_as_one() -> None:
    """It is kept among the remarks, and loses its zero all the same."""
    assert heads.kind("remark", "收件人邮编") is Kind.POSTCODE
    assert heads.kind("remark", "备注") is Kind.TEXT
    assert heads.kind("waybill", "邮编") is Kind.WAYBILL
