"""Moments of the old ledger worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.acts.ledgers_of_old import MAPPING, a_csv, a_line
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import rescue

_NAME = f"[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·{'很长的名称' * 8}"


def _seated(folder: Path, story: Story, *lines: tuple[str, ...]) -> tuple[Seated, Story]:
    desk = builders.at(a_desk(folder), "2001")
    if lines:
        rescue.run(desk, a_csv(folder / "2023.csv", *lines), MAPPING)
    return a_counter(desk, folder, "history"), story


def _columns(folder: Path) -> tuple[Seated, Story]:
    """The columns of a file as they are guessed."""
    path = a_csv(folder / "2024.csv", a_line(applicant_id="4.50103E+17"), a_line(), ("合计", "2"))

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(path))
        await clerk.press("ctrl+s", "down")

    return _seated(folder, story)


def _counts(folder: Path) -> tuple[Seated, Story]:
    """What would come of it."""
    seated, columns = _columns(folder)

    async def story(clerk: Clerk) -> None:
        await columns(clerk)
        await clerk.press("ctrl+s")

    return seated, story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """The damaged lines of a file, with texts that would steer a terminal."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down")

    hostile = a_line(item=_NAME, applicant_name="𠮷𬀩㐂·买买提", waybill="#N/A")
    return _seated(folder, story, a_line(applicant_id="450103199003070000"), hostile)


def _wrong(folder: Path) -> tuple[Seated, Story]:
    """One field for two columns is refused."""
    seated, columns = _columns(folder)

    async def story(clerk: Clerk) -> None:
        await columns(clerk)
        await clerk.press("end", "enter", "home", "enter", "ctrl+s")

    return seated, story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "columns": _columns,
    "counts": _counts,
    "hostile": _hostile,
    "wrong": _wrong,
}
