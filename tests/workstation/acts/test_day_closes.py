"""日清: what it refuses, what it keeps, and that a closed day stays as its sheet says until reopened."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.builders import Ticking, a_case, a_consignment, an_envelope, as_role, at, refused, with_second
from tests.workstation.acts.closing import DAY_MS, POLICY, TODAY, TOMORROW, closed, days_pass
from workstation.acts import (
    checks,
    day_closes,
    day_sheets,
    departures,
    packing,
    papers,
    postages,
    previews,
    revealing,
    sampling,
    unexplained,
    verification,
    waiting,
    waybills,
)
from workstation.acts import clock as clocks
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.codes import Kind, parse
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_close import CloseState, DayClose
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import PaperState
from workstation.domain.roles import HELD_BY_CLOSE, ROLES, Role
from workstation.policies import SamplingPolicy


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who closes the day."""
    return at(desk, "2001")


def reopened(desk: Desk, day: str = TODAY, reason: str = "forgotten", note: str | None = None) -> DayClose:
    """Two supervisors open a day again."""
    return day_closes.reopen(with_second(at(desk, "2001")), day, reason=reason, note=note)


def printed(desk: Desk, close: DayClose) -> str:
    """The text of a close's sheet, on one line."""
    return "".join(previews.printed(desk, close.paper).split())


# --- closing


def test_a_close_keeps_figures_anchor_and_sheet(desk: Desk, supervisor: Desk) -> None:
    """The anchor is that of all before the act; the sheet has a number of its own kind and says 已日清."""
    a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    anchor, (entries, _) = verification.anchor(desk), builders.head(desk)

    close = closed(desk)

    assert (close.id, close.day, close.state) == (f"{TODAY}-1", TODAY, CloseState.DAY_CLOSED)
    assert (close.anchor, close.entries, close.closed_by) == (anchor, entries, "2001")
    paper = day_closes.sheet_of(supervisor, close)
    assert (paper.kind, paper.object, parse(paper.number).kind) == ("day_sheet", TODAY, Kind.DAY_SHEET)
    assert "第1次日清，当日已日清" in printed(desk, close)
    assert anchor in printed(desk, close)
    kept = json.loads(close.figures)
    assert (kept["cases"], kept["consignments"]["acknowledged"]) == ({"registered": 1, "reviewed": 1}, 1)
    builders.assert_true_ledger(desk)


def test_the_entry_of_a_close_follows_its_anchor(desk: Desk) -> None:
    """Whoever has the sheet finds the anchor in the journal, and the close behind it."""
    a_case(desk, CaseState.REGISTERED)

    close = closed(desk)

    with desk.reading() as reading:
        last, then = reading.journal(close.entries - 1, 2)
    assert codes.anchor(last.hash) == close.anchor
    assert (then.act, then.object, then.operator) == ("close_day", TODAY, "2001")
    assert json.loads(then.body)["facts"] == {"entries": close.entries, "ordinal": 1}


def played(desk: Desk) -> None:
    """A day with something of each kind out of the ordinary."""
    beside, supervisor = with_second(desk), at(desk, "2001")
    departures.decline(
        beside, a_case(desk, CaseState.REGISTERED).number, reason="not_this_item", text="另一事项"
    )
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    packing.reopen(beside, envelope, reason="wrong_paper")
    revealing.reveal(supervisor, a_case(desk, CaseState.REGISTERED).number, reason="supervise")
    number = an_envelope(desk, EnvelopeState.HANDED_OVER).number
    waybills.bind_envelope(desk, number, waybill=builders.WAYBILL)
    postages.note(desk, builders.WAYBILL, 2200)
    sampling.draw(supervisor, TODAY, TODAY, policy=SamplingPolicy())
    an_envelope(desk)
    (one,) = unexplained.listed(supervisor, policy=POLICY)
    said = unexplained.Said("other", "封口机坏了")
    unexplained.explain(supervisor, one.kind, one.object, said, policy=POLICY)


def test_the_sheet_carries_postage_exceptions_reasons_and_samples(desk: Desk) -> None:
    """Each exception with its reason, postage by payer, and what may stay overnight with the note."""
    played(desk)

    close = closed(desk)

    kept, text = json.loads(close.figures), printed(desk, close)
    assert kept["postage"] == [{"payer": "window", "leg": "out", "parcels": 1, "fen": 2200, "unknown": 0}]
    assert kept["exceptions"] == {"decline": 1, "reopen": 1, "reveal": 1}
    assert (kept["explained"], kept["samples"]) == (1, [f"{TODAY}-1"])
    for said in ("不属于本事项", "材料放错", "检查抽查", "22.00", "其他（须写明）：封口机坏了", f"{TODAY}-1"):
        assert said in text, said


def test_no_person_is_in_what_a_close_keeps(desk: Desk) -> None:
    """Names, numbers and telephones have no place in figures or sheet."""
    played(desk)

    close = closed(desk)

    person = builders.a_person()
    with desk.reading() as reading:
        facts = json.dumps(papers.facts_of(reading, close.paper), ensure_ascii=False)
    for personal in (person.name, person.id_number, person.phone):
        assert personal not in close.figures + facts


# --- refused


def test_a_day_is_closed_once(desk: Desk) -> None:
    """The refusal names the sheet, and who closed it."""
    a_case(desk, CaseState.REGISTERED)
    close = closed(desk)

    with refused(desk, "day-closed-already") as caught:
        day_closes.close(at(desk, "2002"), TODAY, policy=POLICY)

    assert close.paper in caught.value.why
    assert "2001" in caught.value.why


def test_a_day_to_come_is_not_closed(desk: Desk) -> None:
    """Nor is one that is no day."""
    with refused(desk, "day-to-come"):
        closed(desk, TOMORROW)
    with refused(desk, "day-impossible"):
        closed(desk, "2026-02-30")


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR, Role.COURIER])
def test_only_a_supervisor_closes_and_reopens(desk: Desk, role: str) -> None:
    """Whatever the day is like."""
    someone = as_role(desk, role)
    with refused(desk, "wrong-role"):
        day_closes.close(someone, policy=POLICY)
    with refused(desk, "wrong-role"):
        day_closes.reopen(someone, TODAY, reason="forgotten")


def test_an_act_that_waits_for_its_second_person_keeps_the_day_open(lonely: Desk) -> None:
    """It is named; once it is confirmed the day closes, and a closed day takes no confirmation."""
    case = a_case(lonely, CaseState.REGISTERED).number
    with pytest.raises(waiting.Waits) as caught:
        departures.decline(lonely, case, reason="not_this_item", text="另一事项")

    with refused(lonely, "day-acts-waiting") as refusal:
        closed(lonely)
    assert case in refusal.value.why
    assert "不予收件" in refusal.value.why

    waiting.confirm(at(lonely, "2001"), caught.value.waiting.id)
    assert closed(lonely).state == CloseState.DAY_CLOSED


def test_an_earlier_day_is_closed_first(desk: Desk) -> None:
    """Only days on which somebody worked, and only since the hall began to close its days."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk)
    a_case(desk, CaseState.REGISTERED)
    closed(desk)  # the hall begins here: what was before is not asked for
    days_pass(desk, 2)
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 2)
    a_case(desk, CaseState.REGISTERED)

    with refused(desk, "earlier-day-open") as caught:
        closed(desk)

    assert "2026-11-23" in caught.value.why
    assert "2026-11-22" not in caught.value.why
    assert day_closes.open_days(desk) == ["2026-11-23"]
    assert closed(desk, "2026-11-23").day == "2026-11-23"
    assert closed(desk).day == "2026-11-25"


def test_the_past_is_closed_late_with_its_own_figures(desk: Desk) -> None:
    """What was done since is not in it."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk)
    a_case(desk, CaseState.REGISTERED)
    a_case(desk, CaseState.REGISTERED)

    late, today = closed(desk, TODAY), closed(desk)

    registered = [json.loads(close.figures)["cases"]["registered"] for close in (late, today)]
    assert registered == [1, 2]
    assert (late.day, today.day) == (TODAY, TOMORROW)


def test_a_clock_far_behind_closes_nothing(desk: Desk) -> None:
    """A supervisor has to say first what the time is."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, -1)

    with refused(desk, "clock-set-back"):
        closed(desk)

    clocks.accept(at(desk, "2001"))
    with refused(desk, "day-to-come"):
        closed(desk, TODAY)


# --- a closed day


def with_nothing_done(desk: Desk, act: str) -> None:
    """The transaction of an act, whatever it would be about."""
    with desk.act(act) as work:
        work.object = TODAY


@pytest.mark.parametrize("act", sorted(HELD_BY_CLOSE))
def test_a_closed_day_takes_no_act(desk: Desk, act: str) -> None:
    """None of those people do with cases, envelopes and their mail; the refusal names the sheet."""
    close = closed(desk)
    who = as_role(desk, sorted(ROLES[act])[0])

    with refused(desk, "day-closed") as caught:
        with_nothing_done(who, act)

    assert close.paper in caught.value.why


def test_the_day_after_takes_acts_again(desk: Desk) -> None:
    """At midnight a new day begins."""
    closed(desk)
    with refused(desk, "day-closed"):
        a_case(desk, CaseState.REGISTERED)

    days_pass(desk)

    assert a_case(desk, CaseState.REGISTERED).state == CaseState.REGISTERED


def test_a_closed_day_can_be_looked_at_and_its_sheet_taken_out(desk: Desk, supervisor: Desk) -> None:
    """A list printed afterwards says that it is none; the sheet itself can be had again."""
    close = closed(desk)

    text = previews.printed(desk, day_sheets.print_sheet(supervisor).number)
    _, pdf = papers.pdf_of(supervisor, close.paper)

    assert f"日清单 {close.paper}。本单是之后另行出具的清单" in text
    assert close.paper.encode() in pdf
    assert day_closes.of_day(desk) == close


# --- opened again


def test_a_reopened_day_is_closed_under_the_next_ordinal(desk: Desk, supervisor: Desk) -> None:
    """The first sheet is void, the second names it with the reason and who opened the day."""
    a_case(desk, CaseState.REGISTERED)
    first = closed(desk)

    again = reopened(desk)
    a_case(desk, CaseState.REGISTERED)
    second = closed(desk)

    assert (again.state, again.reopened_by, again.second) == (CloseState.DAY_REOPENED, "2001", "2002")
    assert second.id == f"{TODAY}-2"
    assert f"前一次日清单{first.paper}" in printed(desk, second)
    assert "漏登记当日的办理”由2001、2002" in printed(desk, second)
    with desk.reading() as reading:
        former = reading.papers.get(first.paper)
    assert former is not None
    assert (former.state, former.reason) == (PaperState.VOID, "reopen_day")
    file = day_closes.file(supervisor)
    assert [close.id for close in file.closes] == [first.id, second.id]
    assert json.loads(second.figures)["exceptions"]["reopen_day"] == 1
    builders.assert_true_ledger(desk)


def test_a_copy_of_the_sheet_becomes_void_with_it(desk: Desk, supervisor: Desk) -> None:
    """Whichever face of it is live."""
    a_case(desk, CaseState.REGISTERED)
    close = closed(desk)
    days_pass(desk)
    copy = papers.reprint(supervisor, close.paper, reason="jammed")
    assert day_closes.sheet_of(supervisor, close).number == copy.number

    reopened(desk)

    with desk.reading() as reading:
        states = {paper.number: paper.state for paper in reading.papers.where(object=TODAY)}
    assert states == {close.paper: PaperState.VOID, copy.number: PaperState.VOID}


def test_opening_again_needs_two_and_a_reason(desk: Desk, supervisor: Desk) -> None:
    """It never waits for the second person; `other` is told in words; what is not closed is not opened."""
    with refused(desk, "day-not-closed"):
        reopened(desk)
    closed(desk)
    with refused(desk, "second-needed"):
        day_closes.reopen(supervisor, TODAY, reason="forgotten")
    with refused(desk, "own-second"):
        day_closes.reopen(with_second(supervisor, "2001"), TODAY, reason="forgotten")
    with refused(desk, "code-unknown"):
        reopened(desk, reason="why not")
    with refused(desk, "note-missing"):
        reopened(desk, reason="other")

    assert reopened(desk, reason="other", note="张示例来补件").reason_text == "张示例来补件"
    with desk.reading() as reading:
        (entry,) = [e for e in reading.journal() if e.act == "reopen_day"]
    assert "张示例" not in entry.body


def test_it_never_waits_in_a_hall_with_one_clerk(lonely: Desk) -> None:
    """Who closes alone cannot open alone."""
    closed(lonely)

    with refused(lonely, "second-needed"):
        day_closes.reopen(at(lonely, "2001"), TODAY, reason="forgotten")
    assert waiting.listed(lonely) == []


def test_a_reopened_day_is_closed_before_the_next(desk: Desk) -> None:
    """However many days have been closed since."""
    a_case(desk, CaseState.REGISTERED)
    closed(desk)
    days_pass(desk)
    closed(desk)
    reopened(desk, TODAY)
    days_pass(desk)

    with refused(desk, "earlier-day-open") as caught:
        closed(desk)

    assert TODAY in caught.value.why
    assert TOMORROW not in caught.value.why
    closed(desk, TODAY)
    assert closed(desk).day == "2026-11-22"


def test_the_days_are_listed_the_latest_first(desk: Desk, supervisor: Desk) -> None:
    """For those who supervise; a page of them."""
    for _ in range(3):
        closed(desk)
        days_pass(desk)

    days = [close.day for close in day_closes.listed(supervisor)]

    assert days == ["2026-11-22", TOMORROW, TODAY]
    assert [close.day for close in day_closes.listed(at(desk, "4001"), count=1)] == ["2026-11-22"]
    with refused(desk, "report-role"):
        day_closes.listed(desk)


def test_an_anchor_is_read_in_groups(desk: Desk) -> None:
    """And typed so, it is the same."""
    anchor = verification.anchor(desk)

    grouped = day_closes.grouped(anchor)

    assert [len(group) for group in grouped.split()] == [5] * 8
    assert codes.parse_anchor(grouped) == codes.parse_anchor(anchor)


def test_figures_are_counted_the_same_by_day_as_by_hour(desk: Desk) -> None:
    """Every entry of the day is in it, the first and the last millisecond too."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    midnight = checks.span(TOMORROW, TOMORROW, 0)[0]
    clock.step = 0
    for moment in (midnight - 1, midnight, midnight + DAY_MS - 1, midnight + DAY_MS):
        clock.start = moment
        a_case(desk, CaseState.REGISTERED)

    supervisor = at(desk, "2001")
    found = [day_sheets.of(supervisor, day).figures.cases["registered"] for day in (TODAY, TOMORROW)]

    assert found == [1, 2]
