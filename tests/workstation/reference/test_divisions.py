"""The table of divisions: full names, fillers left out, and no error for what it does not know."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from workstation.reference import divisions

FOLDER = Path(divisions.__file__).parent


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("450103", "广西壮族自治区南宁市青秀区"),
        ("450100", "广西壮族自治区南宁市"),
        ("450000", "广西壮族自治区"),
        ("330113", "浙江省杭州市临平区"),
        ("441900", "广东省东莞市"),
        ("810000", "香港特别行政区"),
    ],
)
def test_a_name_is_told_from_the_province_down(code: str, name: str) -> None:
    """Province, city and county are joined, as an address begins."""
    assert divisions.name(code) == name
    assert divisions.exists(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110101", "北京市东城区"),
        ("110100", "北京市"),
        ("500230", "重庆市丰都县"),
        ("500200", "重庆市"),
        ("419001", "河南省济源市"),
        ("659001", "新疆维吾尔自治区石河子市"),
        ("620201", "甘肃省嘉峪关市"),
    ],
)
def test_what_names_no_place_is_left_out(code: str, name: str) -> None:
    """市辖区, 县 and 直辖县级行政区划 are groups, and 嘉峪关市 is not said twice."""
    assert divisions.name(code) == name


@pytest.mark.parametrize("code", ["", "999999", "653228", "45010", "4501030", "４５０１０３", "abc", "张三"])
def test_an_unknown_code_is_none(code: str) -> None:
    """Divisions made after the table (653228 in 2024) are unknown, never an error."""
    assert divisions.name(code) is None
    assert not divisions.exists(code)


def test_every_row_has_a_name_under_its_parents() -> None:
    """No row hangs in the air: each parent is in the table, and each name begins with its parent's."""
    with (FOLDER / "divisions-2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 3351
    for row in rows:
        name = divisions.name(row["code"])
        assert name is not None
        assert name.startswith(divisions.name(row["parent"]) or "")


def test_the_table_says_its_day_and_its_source() -> None:
    """SOURCE.md beside the table carries the same day as the code."""
    source = (FOLDER / "SOURCE.md").read_text(encoding="utf-8")

    assert f"State of {divisions.AS_OF:%Y-%m-%d}" in source
    assert "divisions-2023.csv" in source
