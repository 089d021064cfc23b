"""地址 of a person: plain text whose number and room are nobody's business."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, address


def test_an_address_is_stored_trimmed() -> None:
    """It is plain text of one line."""
    assert address.validate(" 广西南宁市青秀区民族大道100号　") == "广西南宁市青秀区民族大道100号"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("路" * 201, "too_long"),
        ("民族大道\n100号", "control"),
        ("民族\u202e大道", "invisible"),
    ],
)
def test_its_faults_carry_its_own_kind(text: str, why: str) -> None:
    """The rules are those of plain text, the name is not."""
    with pytest.raises(InvalidIdentifier) as caught:
        address.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("address", why)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "广西壮族自治区南宁市青秀区民族大道100号金湖小区3栋2单元501室",
            "广西壮族自治区南宁市青秀区民族大道****",
        ),
        ("广西南宁市青秀区民族大道１００号", "广西南宁市青秀区民族大道****"),
        ("上海市徐汇区漕溪北路八百弄", "上海市徐汇区漕溪北路****"),
        ("黑龙江省哈尔滨市道里区中央大街A座", "黑龙江省哈尔滨市道里区中央大街****"),
        ("浙江省台州市路桥区路北街道下里桥村二十号", "浙江省台州市路桥区路北街道下里桥村****"),
        ("南宁市青秀区民族大道金湖花园张三家", "南宁市青秀区民族大道****"),
        ("南宁市青秀区民族大道华联超市后面", "南宁市青秀区民族大道****"),
        ("南宁市青秀区民族大道金湖小区", "南宁市青秀区民族大道金湖小区"),
        ("南宁市青秀区金湖小区张区长家", "南宁市青秀区金湖小区****"),
        ("三家村一组张三家", "三家村****"),
        ("张家大院3号", "****"),
        ("张家大院", "****"),
        ("", ""),
    ],
)
def test_the_mask_ends_at_the_street(text: str, masked: str) -> None:
    """House, building, unit, room and people named there are hidden; district, street and 小区 stay."""
    assert address.mask(text) == masked


@given(st.text("广西南宁市青秀区民族大道路街村张三一二十号栋室A座0123456789 "))
def test_no_number_shows_in_a_mask(text: str) -> None:
    """Whatever the address, its mask holds no Arabic digit and only the beginning of the text."""
    masked = address.mask(text)

    assert not any(character.isdecimal() for character in masked)
    assert address.compact(text).startswith(masked.removesuffix("****"))
