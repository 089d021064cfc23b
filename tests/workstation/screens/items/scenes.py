"""Moments of the item screens worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from tests import builders
from tests.builders import at
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import guides, hall_items, table_files
from workstation.acts.inputs import EXAMPLE_ITEM

SOURCE, DAY = "本大厅办事指南2026年版", "2026-11-01"
HOSTILE = ("[bold]x[/] 证明", "[/oops] 登记", "[@click=app.quit]x[/] 备案", "𠮷𬀩㐂·买买提 事项")
LONG = "关于外省户籍人员随迁子女在流入地参加普通高等学校招生考试资格审核及异地成绩互认办理事项" * 2


def a_guide(*names: str, item: str = "63") -> bytes:
    """A table file with these papers."""
    heads = ["事项代码", "材料名称", "审查要点", "形式"]
    rows = [[item, name, f"{name}字迹清晰。", "原件"] for name in names]
    return table_files.written("csv", heads, rows, title="表")


def listed(folder: Path) -> tuple[Seated, Story]:
    """Items found by initials, one changed by the hall, with the rate of one."""
    desk = at(a_desk(folder), "2001")
    builders.a_case(at(desk, "1001"))
    hall_items.set_mode(desk, "63", ["joint"], source="大厅决定", source_date=DAY)

    async def story(clerk: Clerk) -> None:
        await clerk.type("hu")

    return a_counter(desk, folder, "items"), story


def one(folder: Path) -> tuple[Seated, Story]:
    """An item with the hall's own guide, an agreement and an edition."""
    desk = at(a_desk(folder), "2001")
    builders.agreed(desk, item="63")
    content = a_guide("落户申请表", "结婚证")
    guides.import_file(desk, "指南.csv", content, scope="*", source=SOURCE, source_date=DAY)
    hall_items.set_mode(desk, "63", ["joint"], source="大厅决定", source_date=DAY)

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("enter")

    return a_counter(desk, folder, "items"), story


def wrong(folder: Path) -> tuple[Seated, Story]:
    """Another mode of which nobody knows what the counter does."""
    desk = at(a_desk(folder), "2001")

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("f4", "down", "down", "down", "space", "down", "down", "space")
        await clerk.fill("source", "大厅决定")
        await clerk.fill("source_date", DAY)
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "items"), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """Titles that would steer the screen, rare characters, a very long one."""
    desk = at(a_desk(folder), "2001")
    for ordinal, title in enumerate((*HOSTILE, LONG), start=1):
        code, scenario = f"H-{ordinal}", f"{title}的应用场景"
        hall_items.add(desk, msgspec.structs.replace(EXAMPLE_ITEM, code=code, title=title, scenario=scenario))

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "end")

    return a_counter(desk, folder, "items"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": listed,
    "one": one,
    "wrong": wrong,
    "hostile": hostile,
}
