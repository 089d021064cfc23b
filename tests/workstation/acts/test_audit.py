"""The journal looked through by who, what, about what, when, flagged; page by page, to its end if need be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import Ticking, a_case, at, refused, with_second
from tests.workstation.acts.parcels import DAY
from workstation.acts import audit, packing
from workstation.acts.audit import Found, Place, Wanted
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.journal import Entry
from workstation.domain.words import word


@pytest.fixture
def auditor(desk: Desk) -> Desk:
    """An auditor, and three days of work: a closed case, nothing, a reopened seal."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    a_case(desk, CaseState.CLOSED)
    clock.start += 2 * DAY
    consignment = builders.a_consignment(desk, ConsignmentState.SEALED)
    packing.reopen(with_second(at(desk, "1002")), consignment.envelope or "", reason="wrong_paper")
    return at(desk, "4001")


def every(desk: Desk) -> list[Entry]:
    """All entries, the newest first."""
    with desk.reading() as reading:
        return reading.journal_back(2**62, 10_000)


def seqs(found: Found) -> list[int]:
    """What was found."""
    return [entry.seq for entry in found.entries]


def on_day(entry: Entry, day: str) -> bool:
    """Whether it was written on this day."""
    return builders_day(entry.at) == day


def builders_day(at_: int) -> str:
    """The day of a moment."""
    from workstation.domain.times import local

    return local(at_).date().isoformat()


FILTERS: dict[str, tuple[Wanted, Callable[[Entry], bool]]] = {
    "everything": (Wanted(), lambda _: True),
    "operator": (Wanted(by="1001"), lambda e: "1001" in (e.operator, e.second)),
    "second": (Wanted(by="2002"), lambda e: "2002" in (e.operator, e.second)),
    "act": (Wanted(act="seal"), lambda e: e.act == "seal"),
    "since": (Wanted(since="2026-11-21"), lambda e: builders_day(e.at) >= "2026-11-21"),
    "until": (Wanted(until="2026-11-21"), lambda e: builders_day(e.at) <= "2026-11-21"),
    "empty day": (Wanted(since="2026-11-21", until="2026-11-21"), lambda _: False),
    "all of them": (
        Wanted(by="1001", act="register", since="2026-11-22"),
        lambda e: e.operator == "1001" and e.act == "register" and on_day(e, "2026-11-22"),
    ),
    "flagged": (Wanted(flagged=True), lambda e: e.flag is not None),
}


@pytest.mark.parametrize("name", FILTERS)
def test_only_what_is_wanted_is_found(auditor: Desk, name: str) -> None:
    """The newest first, and nothing is left out."""
    wanted, is_wanted = FILTERS[name]

    found = audit.listed(auditor, wanted, Place(count=500))

    assert seqs(found) == [entry.seq for entry in every(auditor) if is_wanted(entry)]
    assert (found.more_before, found.more_after) == (False, False)


def test_what_mentions_a_number_is_looked_through_too(auditor: Desk) -> None:
    """Together with the other wishes."""
    (newest,) = audit.listed(auditor, Wanted(act="register"), Place(count=1)).entries

    found = audit.listed(auditor, Wanted(of=newest.object), Place(count=500))
    sealed = audit.listed(auditor, Wanted(of=newest.object, act="封装"))

    with auditor.reading() as reading:
        assert seqs(found) == [entry.seq for entry in reading.journal_of(newest.object)][::-1]
    assert [entry.act for entry in sealed.entries] == ["seal"]


@pytest.mark.parametrize("wanted", [Wanted(by="1001"), Wanted(of=""), Wanted(until="2026-11-21")])
def test_pages_follow_each_other_both_ways(auditor: Desk, wanted: Wanted) -> None:
    """From the newest to the first and back again: each entry once, whatever the size of a page."""
    if wanted.of is not None:
        (first,) = audit.listed(auditor, Wanted(act="register"), Place(last=True, count=1)).entries
        wanted = Wanted(of=first.object)
    whole = seqs(audit.listed(auditor, wanted, Place(count=500)))

    down = audit.listed(auditor, wanted, Place(count=3))
    walked = seqs(down)
    while down.more_after:
        assert down.looked_to == walked[-1]
        down = audit.listed(auditor, wanted, Place(after=walked[-1], count=3))
        walked += seqs(down)
    up = audit.listed(auditor, wanted, Place(last=True, count=3))
    climbed = seqs(up)
    while up.more_before:
        up = audit.listed(auditor, wanted, Place(before=climbed[0], count=3))
        climbed = seqs(up) + climbed

    assert walked == climbed == whole
    assert len(whole) > 6


def test_a_page_is_found_across_many_strides(auditor: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rare is looked for to the end, in questions of which none takes long; each is told."""
    expected = seqs(audit.listed(auditor, Wanted(act="register")))
    monkeypatch.setattr(audit, "_STRIDE", 5)
    told: list[tuple[int, int | None]] = []

    def note(done: int, total: int | None, /) -> None:
        told.append((done, total))

    found = audit.listed(auditor, Wanted(act="register"), progress=note)
    last = audit.listed(auditor, Wanted(act="register"), Place(last=True))

    assert seqs(found) == seqs(last) == expected
    assert (found.looked_to, found.more_after) == (1, False)
    total = len(every(auditor))
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_how_far_was_looked_is_told(auditor: Desk) -> None:
    """To the last one shown where there are more, else to the beginning of what was asked for."""
    newest = every(auditor)[0].seq
    first_of_second_day = min(e.seq for e in every(auditor) if on_day(e, "2026-11-22"))

    assert audit.listed(auditor, Wanted(by="1001"), Place(count=1)).looked_to <= newest
    assert audit.listed(auditor, Wanted(flagged=True)).looked_to == 1
    assert audit.listed(auditor, Wanted(since="2026-11-22", act="close")).looked_to == first_of_second_day


def test_an_entry_that_a_clock_set_back_left_behind_is_found_by_its_time(desk: Desk) -> None:
    """Sequence is the order, not time: between the ends of a span all entries are looked at."""
    a_case(desk, CaseState.REGISTERED)
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start -= 60_000
    flagged = a_case(desk, CaseState.REGISTERED).number

    found = audit.listed(at(desk, "4001"), Wanted(flagged=True, since="2026-11-20"))

    assert flagged in {entry.object for entry in found.entries}


@pytest.mark.parametrize("code", ["1001", "5001"])
def test_only_readers_of_the_journal_look(desk: Desk, code: str) -> None:
    """Nobody watches those who watch him."""
    with refused(at(desk, code), "wrong-role"):
        audit.listed(at(desk, code), Wanted())


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(act="吃饭"), "act-unknown"),
        (Wanted(by="7777"), "user-not-found"),
        (Wanted(by="\x00"), "user-not-found"),
        (Wanted(of="\x00"), "case-not-found"),
        (Wanted(since="2026-02-30"), "day-impossible"),
        (Wanted(since="2026-11-20", until="2026-11-19"), "span-empty"),
    ],
)
def test_what_cannot_be_wanted_is_refused(auditor: Desk, wanted: Wanted, code: str) -> None:
    """In words, before anything is looked for."""
    with refused(auditor, code):
        audit.listed(auditor, wanted)


def test_an_act_has_one_name_in_each_language() -> None:
    """So that a Chinese word means one act; the code alone does too."""
    words = [word(act) for act in audit.ACTS]

    assert len(set(words)) == len(words)
    assert all(audit.act_of(word(act)) == act == audit.act_of(act) for act in audit.ACTS)
    assert not [act for act in audit.ACTS if word(act) == act]


def test_what_is_wanted_in_words() -> None:
    """As it stands above the list; nothing for everything."""
    assert Wanted().told() == ""
    assert Wanted().is_everything
    assert Wanted(by="1001", act="seal", flagged=True).told() == "经办或复核 1001，办理 封装，时钟有异常的"
    assert Wanted(of="123", since="2026-11-01").told() == "提到 123，时间 2026-11-01 至 今天"
