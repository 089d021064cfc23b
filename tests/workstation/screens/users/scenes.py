"""Moments of the list of people worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import users
from workstation.acts.desk import Desk
from workstation.acts.users import NewUser
from workstation.domain.roles import Role

Scene = Callable[[Path], tuple[Seated, Story]]


def _administering(folder: Path) -> Desk:
    return builders.at(a_desk(folder), "3001")


def _people(folder: Path) -> tuple[Seated, Story]:
    """Rare and very long names, one person disabled."""
    desk = _administering(folder)
    for code, name in (("5002", "𠮷野示例"), ("5003", "𬀩㐂示例"), ("5004", "买买提·吐尔逊江·阿布都热合曼")):
        users.add_user(desk, NewUser(code=code, name=name, role=Role.COURIER))
    users.disable_user(desk, "1002")

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return a_counter(desk, folder, "users"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A hostile name is refused, and the form is asked again with the refusal in it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "end", "enter")
        await clerk.fill("code", "5009")
        await clerk.fill("name", "[/oops][@click=app.quit]x[/]")
        await clerk.press("ctrl+s")

    return a_counter(_administering(folder), folder, "users"), story


def _readonly(folder: Path) -> tuple[Seated, Story]:
    """As an inspector sees it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")

    return a_counter(replace(_administering(folder), readonly=True), folder, "users"), story


SCENES: dict[str, Scene] = {"people": _people, "refused": _refused, "readonly": _readonly}
