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


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("青秀", ["450103"]),
        ("广西 青秀", ["450103"]),
        ("青秀 广西", ["450103"]),
        ("４５０１０３", ["450103"]),
        ("南宁", ["450100", "450102", "450103"]),
        ("朝阳", ["110105", "211300", "211321"]),
        ("35020", ["350200", "350203", "350205"]),
        ("福建 朝阳", []),
        ("99", []),
        ("市辖区", []),
        ("", []),
        ("　", []),
    ],
)
def test_a_place_is_found_while_it_is_typed(query: str, codes: list[str]) -> None:
    """By parts of the name or the first digits; what is called so comes before what lies within it."""
    assert [code for code, _ in divisions.find(query, limit=3)] == codes


def test_every_code_finds_its_full_name() -> None:
    """What a type-ahead shows is what the code will be called; groups without a name are not offered."""
    found = divisions.find("4", limit=5000)

    assert found == sorted(found)
    assert ("450103", "广西壮族自治区南宁市青秀区") in found
    assert all(divisions.name(code) == name for code, name in found)
    assert "419000" not in dict(found)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("450103", ("广西壮族自治区", "南宁市", "青秀区")),
        ("110105", ("北京市", "北京市", "朝阳区")),
        ("450100", ("广西壮族自治区", "南宁市", "南宁市")),
        ("450199", ("广西壮族自治区", "南宁市", "南宁市")),
        ("620201", ("甘肃省", "嘉峪关市", "嘉峪关市")),
        ("419001", ("河南省", "河南省", "济源市")),
        ("999999", ("", "", "")),
    ],
)
def test_a_place_is_told_in_three_parts(code: str, parts: tuple[str, str, str]) -> None:
    """What a level lacks is the one above once more, also for a code that is not in the table."""
    assert divisions.parts(code) == parts
