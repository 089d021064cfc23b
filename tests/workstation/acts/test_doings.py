"""今日办理: what this window wrote and printed today, and what waits; nothing of another window or day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests import builders, halls
from tests.builders import a_case, at
from tests.engines import KEYS, Clock
from tests.workstation.acts.scenes import ATTEMPTS, Scene
from tests.workstation.store.test_plans import goes_through_everything, plan
from workstation.acts import clock, doings, drafts, making, papers, tasks, troubles, verification, waiting
from workstation.acts.desk import Desk
from workstation.acts.doings import Done
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.times import local
from workstation.errors import Explained
from workstation.store.drafts import Drafts
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import doings as sql
from workstation.store.statements import journal
from workstation.store.tables import PAPERS

DAY = 24 * 3600 * 1000


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk that keeps drafts."""
    file = Drafts(
        tmp_path / "drafts.db",
        KEYS,
        Clock(),
        lambda path: SqliteEngine(path, synchronous="OFF", busy_seconds=0.2),
    )
    yield replace(desk, drafts=file)
    file.close()


def later(desk: Desk, by: int = DAY) -> None:
    """Time goes on."""
    ticking = desk.store.clock
    assert isinstance(ticking, builders.Ticking)
    ticking.start += by


def test_the_newest_entry_comes_first(desk: Desk) -> None:
    """Act, object, people, time and flag of each."""
    case = a_case(desk, CaseState.REGISTERED)
    builders.identified(builders.with_second(desk), case.number)

    newest, paper, registered, *_ = doings.listed(desk).entries

    assert (newest.act, newest.object, newest.operator, newest.second) == (
        "identify",
        case.number,
        "1001",
        "2002",
    )
    assert [paper.act, registered.act] == ["make_paper", "register"]
    assert (registered.at, registered.flag) == (case.registered_at, None)


def test_nothing_personal_is_in_it() -> None:
    """Not the body of an entry, with its digests, either."""
    assert {field.name for field in fields(Done)} == {
        "seq", "at", "act", "object", "operator", "second", "flag",
    }  # fmt: skip


def test_another_window_has_its_own(desk: Desk) -> None:
    """What was done there is not told here, whoever did it."""
    there = replace(desk, window=2)
    a_case(desk, CaseState.REGISTERED)
    other = a_case(there, CaseState.REGISTERED).number

    here, elsewhere = doings.listed(desk), doings.listed(there)

    assert other not in {done.object for done in here.entries}
    assert other in {done.object for done in elsewhere.entries}
    assert {paper.window for paper in here.papers} == {1}
    assert {paper.window for paper in elsewhere.papers} == {2}
    assert doings.listed(replace(desk, window=3)).entries == ()


def test_yesterday_is_another_day(desk: Desk) -> None:
    """Entries and sheets are of today; what still waits stays."""
    a_case(desk, CaseState.REGISTERED)
    later(desk)
    case = a_case(desk, CaseState.REGISTERED).number

    found = doings.listed(desk)

    assert found.day == local(desk.store.now()).date()
    assert {local(done.at).date() for done in found.entries} == {found.day}
    assert [paper.object for paper in found.papers] == [case]


def test_so_many_and_whether_there_are_more(desk: Desk) -> None:
    """The newest are kept."""
    a_case(desk)
    whole = doings.listed(desk)

    some = doings.listed(desk, count=3)

    assert (some.entries, some.more) == (whole.entries[:3], True)
    assert (len(whole.entries), whole.more) == (len(doings.listed(desk, count=1000).entries), False)
    assert not doings.listed(desk, count=len(whole.entries)).more


def test_sheets_are_told_with_their_state(desk: Desk) -> None:
    """Made, void once reprinted, and the copy; a reply slip is on the sheet of its list."""
    envelope = builders.an_envelope(desk).number
    face = builders.paper_of(desk, envelope, "envelope").number
    copy = papers.reprint(desk, face, reason="damaged")

    found = {paper.number: paper.state for paper in doings.listed(desk).papers}

    assert (found[face], found[copy.number]) == ("void", "made")
    assert {codes.parse(number).kind for number in found} == {codes.Kind.FACE, codes.Kind.ENVELOPE}
    stamps = [paper.promised_at for paper in doings.listed(desk).papers]
    assert stamps == sorted(stamps, reverse=True)


def test_a_paper_that_was_not_made_is_still_promised(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever day it was promised, until somebody makes it."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "make", lambda *_: None)
        patch.setattr(making, "make_left", lambda *_: None)
        case = a_case(desk, CaseState.REGISTERED).number
    later(desk)

    (promised,) = doings.listed(desk).promised
    assert (promised.object, promised.state) == (case, "promised")
    assert doings.listed(replace(desk, window=2)).promised == ()
    papers.pdf_of(desk, promised.number)
    assert doings.listed(desk).promised == ()


def test_what_waits_is_told_for_the_whole_hall(lonely: Desk) -> None:
    """The second person may sit at another window."""
    case = a_case(lonely, CaseState.REGISTERED).number
    with pytest.raises(waiting.Waits) as waits:
        ATTEMPTS["decline"].do(lonely, Scene(case, f"{case}-1"))

    found = doings.listed(replace(at(lonely, "2001"), window=2))

    assert found.waiting == (waits.value.waiting,)


def test_open_tasks_are_counted(desk: Desk) -> None:
    """Those nobody has ended."""
    assert doings.listed(desk).open_tasks == 0
    envelope = builders.an_envelope(desk, EnvelopeState.LOST).number

    assert doings.listed(desk).open_tasks == len(tasks.listed(desk)) == 1
    troubles.resolve(desk, envelope, outcome="claim")
    assert doings.listed(desk).open_tasks == 0


def test_drafts_at_hand_are_counted(kept: Desk, tmp_path: Path) -> None:
    """None where the home keeps none, and not known where their file cannot be read."""
    assert doings.listed(replace(kept, drafts=None)).drafts == 0
    drafts.begin(kept, "intake", {"item": "59"})

    assert doings.listed(kept).drafts == 1
    broken = Drafts(tmp_path, KEYS, Clock(), SqliteEngine)
    assert doings.listed(replace(kept, drafts=broken)).drafts is None


def test_a_clock_set_back_is_flagged(desk: Desk) -> None:
    """A step back of a day, accepted by the supervisor: today's entries are those of the day it is now."""
    a_case(desk, CaseState.REGISTERED)
    later(desk, -DAY)
    clock.accept(at(desk, "2001"))

    found = doings.listed(desk)

    assert [(done.act, done.flag) for done in found.entries] == [("accept_clock", "clock_accepted")]


@pytest.mark.parametrize("code", ["1002", "2001", "3001", "4001"])
def test_everybody_who_signed_in_may_look(desk: Desk, code: str) -> None:
    """Clerk, supervisor, administrator, auditor; nobody may not."""
    a_case(desk, CaseState.REGISTERED)

    assert doings.listed(at(desk, code)).entries
    with pytest.raises(Explained) as refused:
        doings.listed(builders.nobody(desk))
    assert refused.value.code == "nobody-signed-in"


def test_who_only_looks_sees_it_too(kept: Desk) -> None:
    """And writes nothing by it."""
    a_case(kept, CaseState.REGISTERED)
    before = builders.head(kept)

    assert doings.listed(replace(kept, readonly=True)).entries
    assert builders.head(kept) == before


@pytest.mark.parametrize("statement", [journal.OF_WINDOW, sql.OPEN_TASKS, f"{PAPERS.selection} {sql.FACES}"])
def test_it_does_not_go_through_the_hall(desk: Desk, statement: str) -> None:
    """Each question is answered by an index, in the order asked for."""
    engine = desk.store.engine
    assert isinstance(engine, SqliteEngine)

    steps = plan(engine, statement)

    assert not goes_through_everything(steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.engine
def test_both_engines_tell_the_same(vacant: Desk, undrawn: None) -> None:
    """Entries, sheets and counts of a window, and how far the verification of its journal is."""
    desk = halls.seat(vacant, halls.CLERK)
    case = a_case(desk, CaseState.REGISTERED).number
    told: list[tuple[int, int | None]] = []

    found = doings.listed(desk)
    verified = verification.verify(desk, progress=lambda done, total: told.append((done, total)))

    assert [(done.act, done.operator) for done in found.entries][:2] == [
        ("make_paper", halls.CLERK),
        ("register", halls.CLERK),
    ]
    assert [paper.object for paper in found.papers] == [case]
    assert (found.promised, found.waiting, found.open_tasks) == ((), (), 0)
    assert verified.verified
    assert told[-1][0] == told[-1][1]
