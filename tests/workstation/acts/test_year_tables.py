"""Tables of working days: laid over each other, taken from a file whole or not at all; due days follow."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from forms import items
from tests import builders, halls
from tests.builders import assert_explained, at
from tests.workstation.acts.test_silence import days_pass
from workstation.acts import (
    formal_review,
    licences,
    registration,
    table_files,
    viewing,
    year_table_files,
    year_tables,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, LicenceFault
from workstation.acts.table_files import RowsFaulty
from workstation.acts.year_table_files import About
from workstation.domain.case import CaseState
from workstation.errors import Explained
from workstation.reference.calendars import NATIONAL, Calendar

HEADS = ("日期", "类型", "节日")
TITLE = "国务院办公厅关于2027年部分节假日安排的通知（示例）"
#: Made up for these tests: nobody has read a notice of 2027.
YEAR_2027 = (
    ("2027-01-01", "节假日", "元旦"),
    ("2027-01-03", "调休上班", "元旦"),
    ("2027-02-05", "节假日", "春节"),
    ("2027-02-08", "节假日", "春节"),
    ("2027-04-05", "节假日", "清明节"),
    ("2027-05-03", "节假日", "劳动节"),
    ("2027-06-09", "节假日", "端午节"),
    ("2027-09-15", "节假日", "中秋节"),
    ("2027-10-01", "节假日", "国庆节"),
)
NATION = About(2027, TITLE)
GUANGXI = About(2026, "示例办法", "450000")
OWN = (("2026-04-20", "节假日", "三月三"), ("2026-04-21", "节假日", "三月三"))


def day(text: str) -> datetime.date:
    """A day."""
    return datetime.date.fromisoformat(text)


def a_file(*rows: tuple[str, str, str], kind: str = "csv") -> bytes:
    """A table file of these rows."""
    return table_files.written(kind, HEADS, rows, title="工作日")


def taken(desk: Desk, *rows: tuple[str, str, str], about: About = NATION) -> year_table_files.Imported:
    """These rows imported by a supervisor."""
    return year_table_files.importing(at(desk, "2001"), "表.csv", a_file(*rows), about)


def calendar(desk: Desk, scope: str = "") -> Calendar:
    """The working days of the country or of a province."""
    with desk.reading() as reading:
        return year_tables.of(reading, scope)


# --- laid over each other


def test_without_imports_the_packaged_tables_hold(desk: Desk) -> None:
    """For the country and every province, and one calendar is made of the same tables."""
    for scope in ("", "450000"):
        found = calendar(desk, scope)
        assert found.year(2026) == NATIONAL.year(2026)
        assert found.is_provisional(day("2027-01-04"))
    assert calendar(desk) is calendar(desk)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_year_is_imported_from_either_kind_of_file(desk: Desk, kind: str) -> None:
    """From then on its holidays and make-up days count, and it is provisional no more."""
    before = calendar(desk)
    content = a_file(*YEAR_2027, kind=kind)

    found = year_table_files.importing(at(desk, "2001"), f"表.{kind}", content, NATION)

    after = calendar(desk)
    assert found.difference.added == tuple(row[0] for row in YEAR_2027)
    assert not after.is_provisional(day("2027-01-04"))
    assert not after.is_working_day(day("2027-01-01"))
    assert after.is_working_day(day("2027-01-03"))
    assert (after.reason(day("2027-01-01")), after.reason(day("2027-01-03"))) == ("元旦", "调休上班")
    assert before.is_provisional(day("2027-01-04"))
    assert after.year(2026) == NATIONAL.year(2026)


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        ("2027/1/1", "holiday"),
        ("2027年1月1日", "节假日"),
        ("2027.01.01", "放假"),
        ("2027-01-01 00:00:00", "HOLIDAY"),
    ],
)
def test_days_and_kinds_are_read_as_people_write_them(desk: Desk, date: str, kind: str) -> None:
    """Both languages, and the forms of a spreadsheet."""
    taken(desk, (date, kind, "元旦"), *YEAR_2027[2:])

    assert not calendar(desk).is_working_day(day("2027-01-01"))


def test_a_table_of_the_country_replaces_the_packaged_one(desk: Desk) -> None:
    """What it does not name is a day as any other."""
    rows = [(row[0].replace("2027", "2026"), *row[1:]) for row in YEAR_2027 if row[1] == "节假日"]
    taken(desk, *rows, about=About(2026, TITLE))

    found = calendar(desk)
    assert found.is_working_day(day("2026-02-16"))
    assert not found.is_working_day(day("2026-02-14"))


def test_a_province_lies_over_the_country(desk: Desk) -> None:
    """Only where it differs; the country and other provinces stay as they are."""
    taken(desk, *OWN, about=GUANGXI)

    assert not calendar(desk, "450000").is_working_day(day("2026-04-20"))
    assert calendar(desk, "450000").reason(day("2026-04-20")) == "三月三"
    assert not calendar(desk, "450000").is_working_day(day("2026-10-01"))
    for scope in ("", "350000"):
        assert calendar(desk, scope).is_working_day(day("2026-04-20"))


def test_the_calendar_here_is_that_of_the_halls_own_province(desk: Desk) -> None:
    """The hall lies in 350000."""
    with desk.reading() as reading:
        assert year_tables.scope_of(desk.hall.division) == "350000"
        assert year_tables.here(reading).is_working_day(day("2026-04-20"))
    taken(desk, *OWN, about=About(2026, TITLE, "350000"))

    with desk.reading() as reading:
        assert not year_tables.here(reading).is_working_day(day("2026-04-20"))


def test_an_agreement_says_whose_days_count(desk: Desk) -> None:
    """The country's, or a province's."""
    agreement = builders.agreed(desk)
    assert year_tables.agreed(agreement) == ""

    other = builders.agreed(desk, office=2, calendar="450100")
    assert year_tables.agreed(other) == "450000"


# --- shown


def test_a_year_is_shown_with_its_source(desk: Desk) -> None:
    """Packaged, imported, a province's own, or none at all."""
    assert year_tables.shown(desk).year == 2026
    assert year_tables.shown(desk, year=2026).source == year_tables.PACKAGED
    unknown = year_tables.shown(desk, year=2027)
    assert (unknown.is_provisional, unknown.days, unknown.source) == (True, {}, year_tables.UNKNOWN)
    taken(desk, *YEAR_2027)
    taken(desk, *OWN, about=GUANGXI)

    assert year_tables.shown(desk, year=2027).source == TITLE
    own = year_tables.shown(desk, year=2026, scope="450000")
    assert (own.place, own.source, own.own_source) == ("广西壮族自治区", year_tables.PACKAGED, GUANGXI.title)
    assert set(own.differing) == {day("2026-04-20"), day("2026-04-21")}
    assert len(own.days) == len(year_tables.shown(desk, year=2026).days) + 2


# --- refused

Rows = tuple[tuple[str, str, str], ...]
FAULTY: dict[str, tuple[Rows, About, str]] = {
    "another year": ((("2026-01-01", "节假日", "元旦"),), NATION, "2026-01-01 不在 2027 年"),
    "doubled": ((*YEAR_2027, ("2027/10/01", "节假日", "国庆节")), NATION, "与第 10 行是同一天"),
    "unknown kind": ((("2027-01-01", "休息", "元旦"),), NATION, "请填节假日或调休上班"),
    "worked on a Friday": ((("2027-01-08", "调休上班", "元旦"),), NATION, "是周一至周五"),
    "no festival": ((("2027-01-01", "节假日", ""),), NATION, "没有写是哪个节日"),
    "no day": ((("2027-02-29", "节假日", "春节"),), NATION, "不是日历上的日期"),
    "nothing like a day": ((("春节", "节假日", "春节"),), NATION, "不是日历上的日期"),
    "a Saturday off as it is": ((("2026-04-18", "节假日", "三月三"),), GUANGXI, "与全国的安排相同"),
    "a holiday as the country has it": ((("2026-10-01", "节假日", "国庆节"),), GUANGXI, "与全国的安排相同"),
    "a make-up day as the country": ((("2026-10-10", "调休上班", "国庆节"),), GUANGXI, "与全国的安排相同"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_row_that_cannot_be_is_told_and_nothing_is_imported(desk: Desk, name: str) -> None:
    """With its line and column, in words."""
    rows, about, why = FAULTY[name]

    with pytest.raises(RowsFaulty) as caught:
        taken(desk, *rows, about=about)

    assert why in caught.value.why
    assert caught.value.code == "file-rows"
    with desk.reading() as reading:
        assert reading.year_tables.get(about.scope, about.year) is None


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    """Three rows, four faults."""
    rows = (("2026-01-01", "休息", "元旦"), ("2027-01-08", "working", "元旦"), ("2027-02-05", "holiday", ""))

    with pytest.raises(RowsFaulty) as caught:
        taken(desk, *rows)

    assert [fault.line for fault in caught.value.faults] == [2, 2, 3, 4]


@pytest.mark.parametrize("festival", year_table_files.FESTIVALS)
def test_a_table_of_the_country_without_a_festival_is_not_whole(desk: Desk, festival: str) -> None:
    """Each of the seven is missed by name; a make-up day alone is no festival."""
    rows = [row for row in YEAR_2027 if festival not in row[2] or row[1] == "调休上班"]

    with pytest.raises(Explained) as caught:
        taken(desk, *rows)

    assert_explained(caught.value, "calendar-festivals")
    assert f"没有{festival}放假" in caught.value.why


def test_weekends_of_the_country_may_be_named(desk: Desk) -> None:
    """A notice names the whole run of days off."""
    found = taken(desk, *YEAR_2027, ("2027-02-06", "节假日", "春节"))

    assert len(found.difference.added) == len(YEAR_2027) + 1


@pytest.mark.parametrize("scope", ["450100", "990000", "abc", "45"])
def test_only_a_province_has_a_table_of_its_own(desk: Desk, scope: str) -> None:
    """A city, a code that is none."""
    with pytest.raises(Explained) as caught:
        taken(desk, *OWN, about=About(2026, TITLE, scope))

    assert caught.value.code in ("calendar-scope", "digits-expected")


def test_a_province_comes_after_the_country(desk: Desk) -> None:
    """What differs cannot be told without what it differs from."""
    rows = [(row[0].replace("2026", "2027"), *row[1:]) for row in OWN]

    with pytest.raises(Explained) as caught:
        taken(desk, *rows, about=About(2027, TITLE, "450000"))

    assert_explained(caught.value, "calendar-nation-first")


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_that_no_number_can_name_is_refused(desk: Desk, year: int) -> None:
    """To import as to show."""
    with pytest.raises(Explained) as caught:
        taken(desk, *YEAR_2027, about=About(year, TITLE))
    assert_explained(caught.value, "calendar-year")
    with pytest.raises(Explained) as caught:
        year_tables.shown(desk, year=year)
    assert_explained(caught.value, "calendar-year")


def test_who_may_not_import_may_not_look_into_files(desk: Desk) -> None:
    """A clerk is refused before the file is read."""
    with pytest.raises(Explained) as caught:
        year_table_files.importing(desk, "没有.csv", b"", NATION, preview=True)

    assert caught.value.code == "wrong-role"


# --- preview and difference


def test_a_preview_tells_and_writes_nothing(desk: Desk) -> None:
    """The same difference, and the journal as it was."""
    supervisor = at(desk, "2001")
    with desk.reading() as reading:
        before = reading.chain()

    found = year_table_files.importing(supervisor, "表.csv", a_file(*YEAR_2027), NATION, preview=True)

    with desk.reading() as reading:
        assert reading.chain() == before
        assert reading.year_tables.where() == []
    assert found.difference == taken(desk, *YEAR_2027).difference


def test_a_second_import_shows_what_has_changed(desk: Desk) -> None:
    """Added, changed and removed days; the record counts on and names its new source."""
    taken(desk, *YEAR_2027)
    rows = (("2027-01-02", "节假日", "元旦"), ("2027-01-01", "节假日", "新年元旦"), *YEAR_2027[2:])

    found = taken(desk, *rows, about=About(2027, "更正通知（示例）")).difference

    assert (found.added, found.removed) == (("2027-01-02",), ("2027-01-03",))
    assert [(one.key, one.fields) for one in found.changed] == [("2027-01-01", ("name",))]
    with desk.reading() as reading:
        table = reading.year_tables.get("", 2027)
    assert table is not None
    assert (table.version, table.source, table.changed_by) == (2, "更正通知（示例）", "2001")


def test_two_who_import_the_same_year_do_not_overwrite_each_other(desk: Desk) -> None:
    """The second has seen another version."""
    taken(desk, *YEAR_2027)
    taken(desk, *YEAR_2027, about=About(2027, "更正通知（示例）"))
    late = replace(at(desk, "2002"), seen=1)

    with pytest.raises(Explained) as caught:
        year_table_files.importing(late, "表.csv", a_file(*YEAR_2027), NATION)

    assert caught.value.code == "changed-meanwhile"


# --- what was due


@pytest.fixture
def defect(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """A licence registered as missing on 2026-12-28: five working days reach into 2027."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    case = registration.register(desk, builders.an_intake(without=("applicant_id",))).number
    days_pass(desk, 38)
    fault = LicenceFault(kind="absent", what="证照库没有此人的电子证照", sent_to="示例市公安局")
    formal_review.review(desk, case, [Finding(row="applicant_id", licence_fault=fault)])
    (found,) = licences.listed(desk)
    assert (found.due, found.due_provisional) == ("2027-01-04", 1)
    return found.id


def test_what_was_due_provisionally_is_counted_anew(desk: Desk, defect: str) -> None:
    """01-01 is a holiday after all, 01-03 is worked: the same day, and certain now; told, and in one act."""
    with desk.reading() as reading:
        before = reading.chain()[0]

    found = taken(desk, *YEAR_2027)

    assert found.recounted == (year_table_files.Recounted(defect, "2027-01-04", "2027-01-04", False),)
    with desk.reading() as reading:
        due = reading.licence_defects.get(defect)
        assert reading.chain()[0] == before + 1
        (entry,) = reading.journal(before)
    assert due is not None
    assert (due.due, due.due_provisional) == ("2027-01-04", 0)
    assert (entry.act, entry.object) == ("import_calendar", "national-2027")
    builders.assert_true_ledger(desk)


def test_a_due_day_that_moves_is_told_with_both_days(desk: Desk, defect: str) -> None:
    """Without the Sunday made up for it is a day later; a table of another year moves nothing."""
    longer = [row for row in YEAR_2027 if row[1] == "节假日"]

    found = taken(desk, *longer)

    assert found.recounted == (year_table_files.Recounted(defect, "2027-01-04", "2027-01-05", False),)
    assert taken(desk, *OWN, about=GUANGXI).recounted == ()


def test_what_is_closed_stays_as_it_was(desk: Desk, defect: str) -> None:
    """Nobody waits for it."""
    licences.close(desk, defect, outcome="mended")

    assert taken(desk, *YEAR_2027).recounted == ()


def test_a_notice_keeps_the_day_it_was_told_with(desk: Desk) -> None:
    """It stands on a paper that is out; what is shown of the case is counted live."""
    days_pass(desk, 38)
    case = builders.a_case(desk, CaseState.TO_CORRECT)
    assert viewing.case_file(desk, case.number).tell_by.is_provisional
    taken(desk, *YEAR_2027)

    file = viewing.case_file(desk, case.number)

    assert (file.notices[0].tell_by, file.notices[0].tell_by_provisional) == ("2027-01-04", 1)
    assert not file.tell_by.is_provisional


@pytest.mark.engine
def test_both_engines_take_a_table(vacant: Desk, undrawn: None) -> None:
    """Added and then changed, on the hall's own engine."""
    desk = halls.seat(vacant, halls.SUPERVISOR)
    for rows in (YEAR_2027, (("2027-01-01", "节假日", "元旦"), *YEAR_2027[2:])):
        year_table_files.importing(desk, "表.csv", a_file(*rows), NATION)

    assert year_tables.shown(desk, year=2027).source == TITLE
    assert not calendar(desk).is_working_day(day("2027-01-01"))
