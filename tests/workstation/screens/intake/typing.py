"""What the tests of the hand-in do again and again: a hall with an office, the plain way typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import events

from tests import builders
from tests.workstation.screens.stage import NARROW, Clerk, Seated, Story, a_counter, play
from workstation.acts import drafts, offices, viewing
from workstation.acts.desk import Desk
from workstation.acts.viewing import CaseFile
from workstation.domain.draft import Draft
from workstation.domain.times import local
from workstation.screens.intake.hand_in import HandIn
from workstation.screens.intake.screen import IntakeScreen
from workstation.widgets.field import Field

NUMBER, NAME, PHONE = "450103199003070004", "覃示例", "13900000001"
#: The office of the place that the plain way goes to.
OFFICE = "450103-police"
LEGAL_PERSON = "91350100M000100Y43"


@dataclass
class Intake:
    """The screen of a hand-in in a hall, to be played."""

    desk: Desk
    folder: Path

    def play(self, story: Story, size: tuple[int, int] = NARROW, **given: Any) -> None:
        """Let the clerk act on it."""
        play(self.app(**given), story, size)

    def app(self, **given: Any) -> Seated:
        """The application with the screen open."""
        return a_counter(self.desk, self.folder, "intake", **given)

    def at(self, code: str) -> Intake:
        """The same hall with another person at the desk."""
        return Intake(builders.at(self.desk, code), self.folder)

    @property
    def cases(self) -> list[CaseFile]:
        """All cases of the hall."""
        with self.desk.reading() as reading:
            numbers = sorted(case.number for case in reading.cases.where())
        return [viewing.case_file(self.desk, number) for number in numbers]

    @property
    def case(self) -> CaseFile:
        """The one case there is."""
        (file,) = self.cases
        return file

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is kept and not done."""
        return drafts.listed(self.desk).drafts

    @property
    def today(self) -> str:
        """The day of the hall."""
        return local(self.desk.store.now()).date().isoformat()

    def with_offices(self, *ordinals: int, **changes: Any) -> Intake:
        """The same with these offices in the directory."""
        for ordinal in ordinals:
            offices.add(builders.as_role(self.desk, "supervisor"), builders.an_office(ordinal, **changes))
        return self


async def put(clerk: Clerk, name: str, text: str) -> None:
    """Have a text in a field with the cursor behind it, as if typed; typing takes long in a test."""
    field(clerk, name).focus()
    await clerk.pilot.pause()
    field(clerk, name).value = text
    await clerk.settle()


async def item(clerk: Clerk, typed: str = "kjhjl") -> None:
    """Type an item and take the first."""
    await put(clerk, "item", typed)
    await clerk.press("enter")


async def place(clerk: Clerk, typed: str = "450103") -> None:
    """Type a place, then take the offices as they stand there."""
    await put(clerk, "basis_place", typed)
    await clerk.press("enter", "enter")


async def person(clerk: Clerk, *, number: str = NUMBER, name: str = NAME, phone: str = PHONE) -> None:
    """Type the applicant from the number on."""
    for name_of, text in (("id_number", number), ("name", name), ("phone", phone)):
        await put(clerk, f"applicant.{name_of}", text)


async def everything(clerk: Clerk) -> None:
    """The plain way up to the last key."""
    await item(clerk)
    await place(clerk)
    await person(clerk)
    await clerk.press("ctrl+a")


async def paste(clerk: Clerk, text: str) -> None:
    """Paste into whatever has the focus."""
    assert clerk.app.focused is not None
    clerk.app.focused.post_message(events.Paste(text))
    await clerk.settle()


def screen(clerk: Clerk) -> IntakeScreen:
    """The screen of the hand-in."""
    found = clerk.screen
    assert isinstance(found, IntakeScreen), found
    return found


def hand_in(clerk: Clerk) -> HandIn:
    """The form on it."""
    return screen(clerk).query_one(HandIn)


def field(clerk: Clerk, name: str) -> Field:
    """One of its fields."""
    return screen(clerk).query_one(f"#field-{name.replace('.', '-').replace('_', '-')}", Field)


def here(clerk: Clerk) -> str:
    """What has the cursor: the id of the nearest thing that has a name."""
    widget: Any = clerk.app.focused
    while widget is not None and widget.id is None:
        widget = widget.parent
    return str(widget.id) if widget is not None else ""
