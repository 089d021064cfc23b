"""Moments of the directory worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.builders import an_office, at
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import offices
from workstation.acts.desk import Desk

HOSTILE = ("[bold]x[/] 公安局", "[/oops] 社保中心", "[@click=app.quit]x[/] 税务局", "𠮷𬀩㐂·买买提 派出所")
LONG = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县公安局人口和出入境管理大队户政服务窗口"


def a_directory(folder: Path) -> Desk:
    """The supervisor of a hall that knows offices in every condition."""
    desk = at(a_desk(folder), "2001")
    offices.add(desk, an_office(1))
    offices.add(desk, an_office(2, verified_on="2026-11-01", contact="覃联系", hours="工作日 9:00-17:00"))
    offices.add(desk, an_office(3, verified_on="2025-01-02"))
    offices.close(desk, offices.add(desk, an_office(4)).code)
    builders.agreed(desk)
    return desk


def listed(folder: Path) -> tuple[Seated, Story]:
    """Offices to be asked, asked lately, and closed."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down")

    return a_counter(a_directory(folder), folder, "offices"), story


def one(folder: Path) -> tuple[Seated, Story]:
    """All of one office, with its agreement."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("第1")
        await clerk.press("enter")

    return a_counter(a_directory(folder), folder, "offices"), story


def wrong(folder: Path) -> tuple[Seated, Story]:
    """A new office whose postcode is none."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        for name, text in {**_NEW, "postcode": "5300"}.items():
            await clerk.fill(name, text)
        await clerk.press("ctrl+s")

    return a_counter(a_directory(folder), folder, "offices"), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """Names that would steer the screen, rare characters, a very long name."""
    desk = at(a_desk(folder), "2001")
    for at_, name in enumerate((*HOSTILE, LONG), start=1):
        offices.add(desk, an_office(at_, name=name))

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "end")

    return a_counter(desk, folder, "offices"), story


_NEW = {
    "code": "450109-hz",
    "division": "450109",
    "name": "示例市邕宁公安局",
    "address": "示例市示例区示例路 9 号",
    "phone": "0771-5550009",
}
SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": listed,
    "one": one,
    "wrong": wrong,
    "hostile": hostile,
}
