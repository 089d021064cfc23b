"""A clock set back: a little is bridged and marked, more waits for a supervisor."""

from __future__ import annotations

from tests.bad_input import causes
from tests.bad_input.provoking import AUDITOR, CLERK, SUPERVISOR, Counter

MINUTE = 60_000


def test_a_clock_set_back_by_much_stops_all_acts(counter: Counter) -> None:
    """Six minutes before the last act nothing is done; both times are named, and who may decide."""
    counter.registers()
    counter.clock.at -= 6 * MINUTE

    error = counter.refuses_intake(causes.CLOCK_SET_BACK)

    assert "2026-11-20 09:00:00" in error["why"]
    assert "2026-11-20 08:54:00" in error["why"]
    assert "clock accept" in error["next"]


def test_a_clock_set_back_a_little_is_bridged(counter: Counter) -> None:
    """Four minutes before the last act work goes on a millisecond after it, and the journal marks it."""
    counter.registers()
    counter.clock.at -= 4 * MINUTE

    number = counter.registers()

    (entry,) = (e for e in journal(counter) if e["object"] == number)
    assert entry["flag"] == "clock"
    assert entry["at"] == "2026-11-20T09:00:00.001+08:00"
    assert counter.state().entries


def test_a_clerk_cannot_accept_the_clock(counter: Counter) -> None:
    """What time it is when clocks disagree is for the supervisor to say."""
    counter.registers()
    counter.clock.at -= 60 * MINUTE

    counter.refuses(causes.WRONG_ROLE, "clock", "accept", as_=CLERK)


def test_a_supervisor_accepts_the_clock(counter: Counter) -> None:
    """An hour back, accepted by the supervisor: acts go on from there, and the journal says since when."""
    counter.registers()
    counter.clock.at -= 60 * MINUTE

    counter.does("clock", "accept", as_=SUPERVISOR)
    number = counter.registers()

    flags = {entry["object"]: entry["flag"] for entry in journal(counter)}
    assert "clock_accepted" in flags.values()
    assert flags[number] is None
    assert counter.does("case", "show", number, as_=CLERK)["case"]["registered_at"].startswith(
        "2026-11-20T08"
    )
    assert counter.state().entries


def test_reading_goes_on_whatever_the_clock(counter: Counter) -> None:
    """A clock set back stops acts, not looking."""
    number = counter.registers()
    counter.clock.at -= 60 * MINUTE

    assert counter.does("case", "show", number, as_=CLERK)["case"]["number"] == number


def journal(counter: Counter) -> list[dict[str, str]]:
    """The journal's entries, as the auditor lists them."""
    entries: list[dict[str, str]] = counter.does("journal", "list", as_=AUDITOR)["entries"]
    return entries
