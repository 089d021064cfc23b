"""Noun `calendar`, typed: a year on a page, and a new one from a file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.line import Line
from tests.workstation.acts.test_year_tables import OWN, TITLE, YEAR_2027, a_file
from workstation.acts.year_tables import UNKNOWN


@pytest.fixture
def table(tmp_path: Path) -> str:
    """A file of 2027."""
    path = tmp_path / "2027.csv"
    path.write_bytes(a_file(*YEAR_2027))
    return str(path)


def test_a_year_is_a_page_of_months(counter: Line) -> None:
    """Two months beside each other, each day under its day of the week, with its source above."""
    lines = counter("calendar", "show", "--year", "2026", as_="1001").out.splitlines()

    assert lines[:2] == ["2026 年工作日表　全国", "来源：随程序附带（国务院办公厅关于部分节假日安排的通知）"]
    head = lines.index("一  二  三  四  五  六  日    一  二  三  四  五  六  日")
    assert lines[head - 1].split() == ["一月", "二月"]
    assert lines[head + 1].split() == ["1休", "2休", "3休", "4班", "1"]
    assert lines[head + 1].index("1休") == 13
    october = next(at for at, line in enumerate(lines) if line.startswith("九月"))
    assert lines[october].split() == ["九月", "十月"]
    assert lines[october + 2].endswith(" 1休 2休 3休 4休")
    assert "国庆节：放假 10-01、10-02、10-03、10-04、10-05、10-06、10-07；上班 09-20、10-10" in lines
    assert all(len(line) <= 80 for line in lines[:-8])


@pytest.mark.parametrize("year", [2024, 2026, 2027])
def test_every_day_of_a_year_stands_on_its_page_once(counter: Line, year: int) -> None:
    """Whatever day the year begins with, and in a leap year too."""
    out = counter("calendar", "show", "--year", str(year), as_="1001").out

    weeks = [line for line in out.splitlines() if line.strip()[:1].isdigit() and "年" not in line]
    told = " ".join(weeks).replace("休", " ").replace("班", " ").split()
    first = datetime.date(year, 1, 1)
    days = [first + datetime.timedelta(days=n) for n in range(366)]
    assert sorted(told) == sorted(str(day.day) for day in days if day.year == year)


def test_this_year_is_shown_where_none_is_named(counter: Line) -> None:
    """And as JSON with every special day; a year that nobody knows says so."""
    found = counter("calendar", "show", "--json", as_="1001").json["calendar"]
    assert (found["year"], found["scope"], found["provisional"]) == (2026, "", False)
    assert found["days"][0] == {
        "day": "2026-01-01",
        "kind": "holiday",
        "festival": "元旦",
        "differs": False,
    }

    unknown = counter("calendar", "show", "--year", "2027", as_="1001").out

    assert f"来源：{UNKNOWN}" in unknown


def test_a_table_is_looked_at_and_then_imported(counter: Line, table: str) -> None:
    """The preview tells the same and changes nothing."""
    line = ("calendar", "import", table, "--year", "2027", "--title", TITLE)
    preview = counter(*line, "--preview", as_="2001").out
    assert preview.startswith("只是预览，没有导入：\n新增  2027-01-01")
    assert counter("calendar", "show", "--year", "2027", "--json", as_="1001").json["calendar"]["provisional"]

    done = counter(*line, "--json", as_="2001").json

    assert (done["imported"], done["recounted"]) == (True, [])
    assert done["difference"]["added"] == [row[0] for row in YEAR_2027]
    shown = counter("calendar", "show", "--year", "2027", as_="1001").out
    assert f"来源：{TITLE}" in shown
    assert counter(*line, as_="2001").out.splitlines()[-2:] == ["新增 0，更改 0，不变 9", "没有要改的期限。"]


def test_a_province_is_imported_over_the_country(counter: Line, tmp_path: Path) -> None:
    """Its page names both sources and what it differs in."""
    path = tmp_path / "广西.xlsx"
    path.write_bytes(a_file(*OWN, kind="xlsx"))
    line = ("calendar", "import", str(path), "--year", "2026", "--scope", "450000", "--title", "示例办法")
    assert counter(*line, as_="2001").exit_code == 0

    out = counter("calendar", "show", "--year", "2026", "--scope", "450000", as_="1001").out

    assert out.startswith("2026 年工作日表　广西壮族自治区\n")
    assert "广西壮族自治区另有：示例办法" in out
    assert "三月三：放假 04-20、04-21" in out
    found = counter("calendar", "show", "--scope", "450000", "--json", as_="1001").json["calendar"]
    assert [one["day"] for one in found["days"] if one["differs"]] == ["2026-04-20", "2026-04-21"]


def test_what_cannot_be_imported_is_refused(counter: Line, table: str, tmp_path: Path) -> None:
    """By role, by year, by scope, and where there is no file."""
    line = ("calendar", "import", table, "--year")
    assert counter(*line, "2027", "--title", TITLE, as_="1001").code == "wrong-role"
    assert counter(*line, "2026", "--title", TITLE, as_="2001").code == "file-rows"
    assert counter(*line, "27", "--title", TITLE, as_="2001").code == "calendar-year"
    assert counter(*line, "2027", "--title", TITLE, "--scope", "450100", as_="2001").code == "calendar-scope"
    missing_file = str(tmp_path / "没有.csv")
    answer = counter("calendar", "import", missing_file, "--year", "2027", "--title", TITLE, as_="2001")
    assert (answer.exit_code, answer.code) == (4, "file-unreadable")
