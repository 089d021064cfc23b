"""Moments of the papers' wording worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import at
from tests.workstation.screens.filling import fill_in
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import wordings

OWN = "---\npage: A4\n---\n\n[条码 {{paper.number}}] 编号\n\n# 告知单\n\n请补正 {{count.rows}} 项。\n"
HOSTILE = "[bold]x[/] [/oops] [@click=app.quit]x[/] 𬱟𬀩㐂·"


def listed(folder: Path) -> tuple[Seated, Story]:
    """The papers, one in the hall's own words."""
    desk = at(a_desk(folder), "2001")
    wordings.set_wording(desk, "notice", OWN)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down")

    return a_counter(desk, folder, "wordings"), story


def read(folder: Path) -> tuple[Seated, Story]:
    """How the first one reads, with the samples in it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")

    return a_counter(at(a_desk(folder), "2001"), folder, "wordings"), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """A file whose words would steer the screen, before it is put in force."""
    path = folder / "文字.md"
    path.write_text(OWN.replace("请补正", HOSTILE), encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        await fill_in(clerk, path=str(path))
        await clerk.press("ctrl+s")

    return a_counter(at(a_desk(folder), "2001"), folder, "wordings"), story


def barred(folder: Path) -> tuple[Seated, Story]:
    """Back to the shipped words, where there are no others."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")

    return a_counter(at(a_desk(folder), "2001"), folder, "wordings"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": listed,
    "read": read,
    "hostile": hostile,
    "barred": barred,
}
