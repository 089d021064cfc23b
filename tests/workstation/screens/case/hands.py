"""What a clerk does on the case screen, in one line of a test."""

from __future__ import annotations

from pathlib import Path

from tests.workstation.screens.stage import NARROW, Clerk, Seated, Story, a_counter, play
from workstation.acts import viewing
from workstation.acts.desk import Desk
from workstation.screens.case.screen import CaseScreen
from workstation.screens.dialogs import Pick
from workstation.widgets.field import Choice, Field, field_id
from workstation.widgets.record_list import RecordList


def on_case(desk: Desk, folder: Path, number: str, story: Story, size: tuple[int, int] = NARROW) -> None:
    """Play a story on the screen of a case."""
    play(a_counter(desk, folder, "case", number=number), story, size)


def seated(desk: Desk, folder: Path, number: str) -> Seated:
    """The application on the screen of a case."""
    return a_counter(desk, folder, "case", number=number)


def screen(clerk: Clerk) -> CaseScreen:
    """The screen of the case, below any dialog."""
    found = clerk.screen
    assert isinstance(found, CaseScreen)
    return found


def rows(clerk: Clerk, name: str) -> RecordList[object]:
    """A list of the case's."""
    return screen(clerk).query_one(f"#{name}", RecordList)


async def further(clerk: Clerk, label: str) -> None:
    """^O, and the act that begins so."""
    await clerk.press("ctrl+o")
    picked = clerk.app.screen
    assert isinstance(picked, Pick), clerk.text
    listed = picked.query_one(RecordList)
    lines = [row[1].lstrip("× ") for row in listed.rows]
    listed.to(next(at for at, line in enumerate(lines) if line.startswith(label)))
    await clerk.press("enter")


async def set_to(clerk: Clerk, **values: str) -> None:
    """Fill fields and turn choices of the form that is open, without a key for each character."""
    for name, value in values.items():
        asked = clerk.app.screen.query_one(f"#{field_id(name)}")
        assert isinstance(asked, Field | Choice)
        asked.value = value
        assert asked.value == value, f"{name} has no {value}"
    await clerk.settle()


async def second(clerk: Clerk, code: str, pin: str) -> None:
    """The second person types code and PIN."""
    await set_to(clerk, code=code, pin=pin)
    await clerk.press("ctrl+s")


def last(desk: Desk, number: str) -> tuple[str, str | None, str | None]:
    """The latest act in the journal of a case: what, by whom, confirmed by whom; prints left out."""
    entry = next(e for e in reversed(viewing.case_file(desk, number).timeline) if e.act != "make_paper")
    return entry.act, entry.operator, entry.second
