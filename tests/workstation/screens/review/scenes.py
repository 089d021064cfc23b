"""Moments of the review worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from forms import items
from tests.builders import a_case, a_person, an_intake
from tests.workstation.screens import stage
from tests.workstation.screens.stage import Clerk, Seated, Story
from workstation.acts import registration
from workstation.domain.case import CaseState
from workstation.widgets.field import Choice, field_id

HOSTILE = "[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·"


def choose(clerk: Clerk, name: str, code: str) -> None:
    """Choose in a form, as the arrow keys would."""
    clerk.app.screen.query_one(f"#{field_id(name)}", Choice).value = code


async def half_way(clerk: Clerk) -> None:
    """Some rows pass, one is not signed, one is missing; the cursor on the next."""
    await clerk.press("space", "space", "enter", "down", "space", "ctrl+s", "delete")


async def hostile(clerk: Clerk) -> None:
    """One row not signed, with a remark that would like to be more than text."""
    await clerk.press("enter", "down", "space")
    await clerk.fill("remark", HOSTILE)
    await clerk.press("ctrl+s", "home")


async def refused_row(clerk: Clerk) -> None:
    """A row deferred without a signed pledge: the outcome says what is wanted."""
    await clerk.press("enter")
    choose(clerk, "way", "deferred")
    await clerk.press("ctrl+s")


async def coming_in(clerk: Clerk) -> None:
    """One of the rows told is handed in anew."""
    await clerk.press("space")


def _a_plain_case(folder: Path) -> tuple[Seated, str]:
    desk = stage.a_desk(folder)
    number = a_case(desk, CaseState.REGISTERED, item="63").number
    return stage.a_counter(desk, folder, "review", number=number), number


def _half_way(folder: Path) -> tuple[Seated, Story]:
    return _a_plain_case(folder)[0], half_way


def _error(folder: Path) -> tuple[Seated, Story]:
    return _a_plain_case(folder)[0], refused_row


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """A long name, and rows that a guide has named as it liked."""
    listed = items.for_item("59")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(items, "for_item", lambda *_: _renamed(listed))
        desk = stage.a_desk(folder)
        applicant = a_person("阿卜杜热西提·买买提艾力·𠮷𬀩㐂")
        number = registration.register(desk, an_intake(applicant=applicant)).number
    return stage.a_counter(desk, folder, "review", number=number), hostile


def _renamed(listed: items.Checklist) -> items.Checklist:
    rows = [replace(row, name=f"{HOSTILE}{row.name}", standard=HOSTILE * 3) for row in listed.rows]
    return replace(listed, rows=tuple(rows))


def _supplying(folder: Path) -> tuple[Seated, Story]:
    desk = stage.a_desk(folder)
    number = a_case(desk, CaseState.TO_CORRECT).number
    return stage.a_counter(desk, folder, "review", number=number), coming_in


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "half_way": _half_way,
    "refused_row": _error,
    "hostile": _hostile,
    "supplying": _supplying,
}
