"""日清单: a small day counted by hand; only that day, only what was reached, and nobody named."""

from __future__ import annotations

import json

import pytest

from tests import builders, halls
from tests.builders import Ticking, a_case, a_consignment, a_person, as_role, at, refused
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.acts import test_printing
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.acts import (
    checks,
    clock,
    day_figures,
    day_sheets,
    doings,
    packing,
    papers,
    previews,
    printing,
    scanning,
    troubles,
    verification,
)
from workstation.acts.day_sheets import DaySheet, Lying
from workstation.acts.desk import Desk
from workstation.acts.facts import day_sheet
from workstation.domain.case import CaseState
from workstation.domain.codes import Kind, parse
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.errors import WrongUsage
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import day_sheets as sql
from workstation.store.tables import PRINT_JOBS

DAY = 24 * 3600 * 1000
TODAY, TOMORROW = "2026-11-20", "2026-11-21"


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who lists the day."""
    return at(desk, "2001")


def days_pass(desk: Desk, days: int = 1) -> None:
    """Let so many days go by."""
    ticking = desk.store.clock
    assert isinstance(ticking, Ticking)
    ticking.start += days * DAY


def reached(steps: dict[str, int]) -> dict[str, int]:
    """The steps with a figure other than nought."""
    return {step: count for step, count in steps.items() if count}


def played(desk: Desk) -> None:
    """A small day of two clerks and two items: five cases, three envelopes of which one is opened again."""
    other = at(desk, "1002")
    # 1001: one case goes all the way; another is acknowledged; a third is sealed, opened and sealed again.
    a_consignment(desk, S.DONE)
    a_consignment(desk, S.ACKNOWLEDGED)
    sealed = a_consignment(desk, S.SEALED)
    packing.reopen(builders.with_second(desk), sealed.envelope or "", reason="wrong_paper")
    builders.advance(desk, sealed.id, S.SEALED)
    # 1002: one case is told what is missing and brings it; one is only registered, of another item.
    told = a_case(other, CaseState.TO_CORRECT).number
    builders.brought(other, told)
    a_case(other, CaseState.REGISTERED, item="63")


def test_a_small_day_is_counted_as_by_hand(desk: Desk, supervisor: Desk) -> None:
    """Each step as often as it was reached: registering is no packing, a seal opened again counts again."""
    played(desk)

    figures = day_sheets.of(supervisor).figures

    assert reached(figures.cases) == {
        "registered": 5,
        "to_correct": 1,
        "resubmitted": 1,
        "reviewed": 4,
        "served": 1,
    }
    # Two were handed over and acknowledged, and one of them came back; the third was sealed twice.
    assert reached(figures.consignments) == {
        "sealed": 4,
        "packing": 1,
        "handed_over": 2,
        "acknowledged": 2,
        "accepted": 1,
        "decided": 1,
        "result_returning": 1,
        "result_arrived": 1,
        "done": 1,
    }
    assert reached(figures.envelopes) == {"open": 4, "sealed": 4, "handed_over": 2, "opened": 2, "void": 1}


def test_the_same_day_by_item_office_and_clerk(desk: Desk, supervisor: Desk) -> None:
    """The parts add up to the whole, each to whom it belongs."""
    played(desk)

    figures = day_sheets.of(supervisor).figures

    by = {code: reached(dict(figures.items[code])) for code in figures.items}
    assert by["63"] == {"cases.registered": 1}
    assert by["59"]["cases.registered"] == 4
    assert list(figures.offices) == ["示例市第1公安局示例派出所"]
    assert figures.offices["示例市第1公安局示例派出所"] == figures.consignments
    assert figures.clerks["1002"] == {
        "cases.registered": 2,
        "cases.to_correct": 1,
        "cases.resubmitted": 1,
        "cases.reviewed": 1,
    }
    for parts in (figures.items, figures.clerks):
        assert sum(by["cases.registered"] for by in parts.values()) == figures.cases["registered"]
        assert sum(by["consignments.sealed"] for by in parts.values()) == figures.consignments["sealed"]


def test_another_day_is_not_counted(desk: Desk, supervisor: Desk) -> None:
    """Yesterday's cases are yesterday's, and can still be listed; a step of today is today's."""
    number = a_case(desk, CaseState.REGISTERED).number
    days_pass(desk)
    builders.identified(desk, number)
    builders.review_all(desk, number)

    assert reached(day_sheets.of(supervisor, TODAY).figures.cases) == {"registered": 1}
    assert reached(day_sheets.of(supervisor).figures.cases) == {"reviewed": 1}
    assert day_sheets.of(supervisor).day == TOMORROW


def test_the_day_ends_at_midnight_here(desk: Desk, supervisor: Desk) -> None:
    """The last minute before it belongs to the day, the first after it does not."""
    midnight = checks.span(TODAY, TODAY, desk.store.now())[1]
    ticking = desk.store.clock
    assert isinstance(ticking, Ticking)
    for at_ in (midnight - 1, midnight):
        ticking.stop(at_)
        a_case(desk, CaseState.REGISTERED)

    assert [day_sheets.of(supervisor, day).figures.cases["registered"] for day in (TODAY, TOMORROW)] == [1, 1]


def test_more_than_a_page_of_entries_is_counted(
    desk: Desk, supervisor: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is gone through page by page, back to a page that lies before the day."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk)
    for _ in range(3):
        a_case(desk, CaseState.REGISTERED)
    monkeypatch.setattr(day_figures, "_PAGE", 2)

    assert day_sheets.of(supervisor).figures.cases["registered"] == 3
    assert day_sheets.of(supervisor, TODAY).figures.cases["registered"] == 1


def test_a_clock_set_back_hides_nothing(desk: Desk, supervisor: Desk) -> None:
    """What was stamped with a later day stands before it in the journal, and is that day's."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 2)
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, -2)
    clock.accept(supervisor)
    a_case(desk, CaseState.REGISTERED)

    assert day_sheets.of(supervisor, TODAY).figures.cases["registered"] == 2


def test_a_day_to_come_and_no_day_are_refused(supervisor: Desk) -> None:
    """Nothing can have been done on it."""
    with refused(supervisor, "day-to-come"):
        day_sheets.of(supervisor, TOMORROW)
    with refused(supervisor, "day-impossible") as caught:
        day_sheets.print_sheet(supervisor, "2026-02-30")

    assert isinstance(caught.value, WrongUsage)
    assert "日期" in caught.value.why


def test_envelopes_are_told_by_state_and_place(desk: Desk, supervisor: Desk) -> None:
    """Those somebody answers for, in the order of their way; what is opened or void is nobody's any more."""
    builders.an_envelope(desk)
    for place in ("B-02", "A-01", "A-01"):
        builders.sealed(desk, builders.an_envelope(desk).number, place=place)
    builders.an_envelope(desk, EnvelopeState.OPENED)
    builders.an_envelope(desk, EnvelopeState.VOID)

    lying = day_sheets.of(supervisor).envelopes

    assert lying == (Lying("open", None, 1), Lying("sealed", "A-01", 2), Lying("sealed", "B-02", 1))


def test_open_tasks_stand_with_their_reason(desk: Desk, supervisor: Desk) -> None:
    """Those that are done do not, nor what somebody wrote beside them."""
    back = builders.an_envelope(desk, EnvelopeState.HANDED_OVER).number
    troubles.trouble(desk, back, kind="sent_back", text="收件人张示例迁走")
    lost = builders.an_envelope(desk, EnvelopeState.LOST).number
    troubles.resolve(desk, lost, outcome="claim")

    sheet = day_sheets.of(supervisor)

    (row,) = day_sheet.tasks(sheet)
    assert (row["reason"], row["object"], row["opened_by"]) == ("退回", back, "1001")
    assert "张示例" not in "".join(row.values())


def test_prints_that_nobody_knows_the_end_of_stand_there(
    routed: Desk, supervisor: Desk, laser: FakePrinter
) -> None:
    """With printer and state; one that came out is settled."""
    job = test_printing.unsure(routed, laser)

    (row,) = day_sheet.prints(day_sheets.of(supervisor))

    assert (row["kind"], row["paper"], row["printer"]) == ("收件凭证", job.paper, "激光机")
    assert row["state"].startswith("不知打出没有")


def test_a_failed_print_stands_there_until_its_face_is_void(
    routed: Desk, supervisor: Desk, laser: FakePrinter
) -> None:
    """Printed anew under another number, nobody waits for it."""
    job = test_printing.unsure(routed, laser)
    printing.confirm_print(routed, job.id, printed=False)
    failed = day_sheets.of(supervisor).prints
    papers.reprint(routed, job.paper, reason="jammed")

    assert [one.id for one, _ in failed] == [job.id]
    assert day_sheets.of(supervisor).prints == ()


def test_the_printed_sheet_has_its_own_kind_and_the_anchor_before_it(desk: Desk, supervisor: Desk) -> None:
    """Number of kind 6, object the day; the anchor is that of the journal as `journal anchor` gave it."""
    a_case(desk, CaseState.REGISTERED)
    anchor, (entries, _) = verification.anchor(desk), builders.head(desk)

    paper = day_sheets.print_sheet(supervisor)

    with desk.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
        entry = next(e for e in reading.journal(entries) if e.act == "print_day_sheet")
    assert (facts["journal.anchor"], facts["journal.entries"]) == (anchor, str(entries))
    assert (paper.object, paper.case_number, parse(paper.number).kind) == (TODAY, None, Kind.DAY_SHEET)
    assert (entry.seq, entry.object, entry.operator) == (entries + 1, TODAY, "2001")
    assert json.loads(entry.body)["facts"] == {"entries": entries}
    builders.assert_true_ledger(desk)


def test_a_copy_of_the_sheet_says_what_the_sheet_said(desk: Desk, supervisor: Desk) -> None:
    """Under a number of its kind; what happened in between is not on it."""
    paper = day_sheets.print_sheet(supervisor)
    a_case(desk, CaseState.REGISTERED)

    copy = papers.reprint(supervisor, paper.number, reason="damaged")

    with desk.reading() as reading:
        facts = [papers.facts_of(reading, one.number) for one in (paper, copy)]
    assert parse(copy.number).kind == Kind.DAY_SHEET
    assert facts[0]["journal.anchor"] == facts[1]["journal.anchor"]
    assert facts[0]["step_rows"] == facts[1]["step_rows"]


def test_nobody_who_handed_in_stands_on_it(desk: Desk, supervisor: Desk) -> None:
    """Neither name nor number, telephone or address; people of this hall by their codes."""
    person = a_person("欧阳示例")
    builders.a_consignment(desk, S.HANDED_OVER, applicant=person)

    text = previews.printed(desk, day_sheets.print_sheet(supervisor).number)

    private = (person.name, person.id_number, person.phone, person.address or "", "林一鸣")
    assert not [each for each in private if each in text]
    assert "1001" in text


def test_a_day_on_which_nothing_happened_can_be_listed(supervisor: Desk) -> None:
    """With noughts and dashes: nothing is left open."""
    sheet = day_sheets.of(supervisor, "2026-11-01")

    assert (reached(sheet.figures.cases), sheet.figures.items) == ({}, {})
    assert day_sheet.steps(sheet)[0] == {
        "case": "收件",
        "cases": "0",
        "consignment": "封装",
        "consignments": "0",
        "envelope": "装袋",
        "envelopes": "0",
    }


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.COURIER])
def test_others_do_not_list_a_day(desk: Desk, role: Role) -> None:
    """It shows what each clerk has done."""
    with refused(desk, "report-role"):
        day_sheets.of(as_role(desk, role))
    with refused(desk, "wrong-role"):
        day_sheets.print_sheet(as_role(desk, role))


def test_an_auditor_reads_it_and_prints_none(desk: Desk) -> None:
    """Reads and verifies, changes nothing."""
    auditor = as_role(desk, Role.AUDITOR)

    assert isinstance(day_sheets.of(auditor), DaySheet)
    with refused(desk, "wrong-role"):
        day_sheets.print_sheet(auditor)


def test_the_sheet_is_among_the_papers_of_the_day(supervisor: Desk) -> None:
    """今日办理 tells it like every other sheet this window has numbered."""
    paper = day_sheets.print_sheet(supervisor)

    assert [one.number for one in doings.listed(supervisor).papers] == [paper.number]


def test_its_number_is_scanned_to_the_day(desk: Desk, supervisor: Desk) -> None:
    """There is nothing to do with it but look."""
    paper = day_sheets.print_sheet(supervisor)

    scanned = scanning.scan(desk, paper.number)

    assert (scanned.kind, scanned.object, scanned.acts) == ("day_sheet", TODAY, ())


def test_its_anchor_is_no_number_and_is_told_so(desk: Desk, supervisor: Desk) -> None:
    """Two numbers of ours run together are no anchor, even with a check digit that happens to fit."""
    day_sheets.print_sheet(supervisor)
    slips = [a_case(desk, CaseState.REGISTERED).number for _ in range(30)]

    with refused(desk, "scan-anchor"):
        scanning.scan(desk, verification.anchor(desk))
    for one in slips:
        with refused(desk, "scan-too-long"):
            scanning.scan(desk, one + slips[0])


def test_every_step_there_is_has_its_line() -> None:
    """A state of a case, a consignment or an envelope that can be reached stands on the sheet."""
    assert set(day_sheet.CASES) == {*CaseState, day_sheets.RESUBMITTED}
    assert set(day_sheet.CONSIGNMENTS) == {*S} - {S.PACKING}
    assert set(day_sheet.ENVELOPES) == {*EnvelopeState}


@pytest.mark.parametrize(
    "statement",
    [sql.ENVELOPES_AT_WORK, f"{PRINT_JOBS.selection} {sql.UNCLEAR_PRINTS}"],
    ids=["lying", "prints"],
)
def test_it_does_not_go_through_the_hall(desk: Desk, statement: str) -> None:
    """What was settled long ago is not looked at: each question has its index."""
    engine = desk.store.engine
    assert isinstance(engine, SqliteEngine)

    steps = plan(engine, statement)

    assert not goes_through_everything(steps), steps


@pytest.mark.engine
def test_both_engines_list_the_same(vacant: Desk, undrawn: None) -> None:
    """Figures out of the journal, envelopes grouped, tasks, and a sheet under its number."""
    desk, supervisor = (halls.seat(vacant, code) for code in (halls.CLERK, halls.SUPERVISOR))
    builders.an_envelope(desk, EnvelopeState.SENT_BACK)
    builders.an_envelope(desk, EnvelopeState.SEALED)

    sheet = day_sheets.of(supervisor)

    assert reached(sheet.figures.envelopes) == {"open": 2, "sealed": 2, "handed_over": 1, "sent_back": 1}
    assert sheet.envelopes == (Lying("sealed", "A-01", 1), Lying("sent_back", None, 1))
    assert ([task.kind for task in sheet.tasks], sheet.prints) == (["sent_back"], ())
    assert parse(day_sheets.print_sheet(supervisor).number).kind == Kind.DAY_SHEET
    builders.assert_true_ledger(desk)
