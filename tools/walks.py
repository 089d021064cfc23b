"""Ways through the practice day that end at a screen worth a picture, each by the keys a clerk presses.

A walk begins at the worklist of somebody who has signed in. The day is always the same, and so is what stands
first in a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.workstation.screens.stage import Clerk, Story
from workstation.acts import worklists
from workstation.practice import people
from workstation.widgets.frame import WATERMARK

NARROW, MIDDLE = (80, 24), (100, 30)
CLERK, SUPERVISOR, AUDITOR, ADMINISTRATOR = "1001", "2001", "8001", "9001"
COURIER = "73502039012631000016"
"""Badge of the practice hall's first courier."""
STATES = tuple(worklists.Worklist)
#: A code that no hall has given: as a scanner sends it, and means nothing here.
_FOREIGN = "6901234567892"
#: Somebody who does not exist: none of the practice day's people, an ID number that is never issued.
_PERSON = next(people.strangers(Random(1), 2026))


@dataclass(frozen=True)
class Walk:
    """A way to a screen: what is pressed, by whom, and in which window of a terminal."""

    story: Story
    shows: str
    """What stands on the screen at its end; a way that has come to lead elsewhere is told."""
    size: tuple[int, int] = NARROW
    who: str = CLERK
    covers: bool = False
    """Whether it covers the whole screen, the watermark too."""

    async def walk(self, clerk: Clerk) -> None:
        """Go it to its end."""
        await self.story(clerk)
        clerk.sees(self.shows)
        assert self.covers or WATERMARK in clerk.text, "only a practice hall is shown to everybody"


async def to_list(clerk: Clerk, state: str) -> None:
    """Move to a state of the worklist, and into its list."""
    steps = STATES.index(worklists.Worklist(state)) - STATES.index(worklists.Worklist.REGISTERED)
    await clerk.press(*["down"] * steps, "enter")


async def to_screen(clerk: Clerk, initials: str) -> None:
    """Open a screen from the palette."""
    await clerk.press("ctrl+p")
    await clerk.type(initials)
    await clerk.press("enter")


async def _worklist(clerk: Clerk) -> None:
    await to_list(clerk, "all")


async def _help(clerk: Clerk) -> None:
    await to_list(clerk, "packing")
    await clerk.press("enter", "f6", "f1")


async def _palette(clerk: Clerk) -> None:
    await to_list(clerk, "packing")
    await clerk.press("enter", "ctrl+p")


async def _scanner(clerk: Clerk) -> None:
    await clerk.press("f12")
    await clerk.scan(_FOREIGN)
    await clerk.pilot.pause(0.3)  # it looks four times a second what has come
    await clerk.settle()


async def _intake(clerk: Clerk) -> None:
    """Half filled: item by initials, place, person; the telephone has a digit too few."""
    await clerk.press("f2")
    await clerk.type("fqtk")
    await clerk.press("enter")
    await clerk.type("450103")
    await clerk.press("enter", "enter")
    for typed in (_PERSON.id_number, _PERSON.name, (_PERSON.phone or "")[:-1]):
        await clerk.type(typed)
        await clerk.press("enter")


async def _reviewed(clerk: Clerk) -> None:
    """The rows of a new case: two pass, the third fails, the rest is not needed; nothing is saved yet."""
    await to_list(clerk, "registered")
    await clerk.press("down", "enter", "f3", "ctrl+s", "f4", "space", "space")
    await clerk.press("enter", "space", "ctrl+s", *["ctrl+n"] * 4, "up", "up", "up", "up")


async def _notice(clerk: Clerk) -> None:
    await _reviewed(clerk)
    await clerk.press("ctrl+s", "f5", "ctrl+s")


async def _pack(clerk: Clerk) -> tuple[str, str]:
    """Put every paper into the envelope, and print; gives the numbers of envelope and list."""
    await clerk.press("enter", "f6", *["space"] * 3, "ctrl+s")
    return _printed(clerk)


def _printed(clerk: Clerk) -> tuple[str, str]:
    face, packing_list = (re.search(rf"{word} tray/(\d{{20}})\.pdf", clerk.text) for word in ("面", "清单"))
    assert face, clerk.text
    assert packing_list, clerk.text
    return face[1], packing_list[1]


async def _sealing(clerk: Clerk) -> None:
    """The envelope is scanned, and the packing list is not yet."""
    await to_list(clerk, "packing")
    await clerk.press("down")
    face, _ = await _pack(clerk)
    await clerk.scan(face)


async def _seal(clerk: Clerk, papers: tuple[str, str]) -> str:
    for code in papers:
        await clerk.scan(code)
    await clerk.press("space", "ctrl+s")
    return papers[0]


async def _courier(clerk: Clerk) -> None:
    """Two envelopes wait at this window, one of them is scanned, with its waybill."""
    await to_list(clerk, "packing")
    await clerk.press("enter", "f6")
    first = await _seal(clerk, _printed(clerk))
    await clerk.press("escape", "escape", "enter", "escape", "home")
    await _seal(clerk, await _pack(clerk))
    await clerk.press("escape", "escape", "f7")
    await clerk.scan(COURIER)
    await clerk.press("ctrl+s")
    await clerk.scan(first)
    await clerk.scan("9900000000555")


async def _arrivals(clerk: Clerk) -> None:
    """A return envelope is opened: two papers are there, the third is missing."""
    await clerk.press("f8", *["down"] * 6, "enter", "enter", "space", "space", "tab")
    await clerk.type("R-21")


async def _serving(clerk: Clerk) -> None:
    await to_list(clerk, "result_arrived")
    await clerk.press("enter", "f9", "space")


async def _case(clerk: Clerk) -> None:
    await to_list(clerk, "accepted")
    await clerk.press("enter", "right", "home")


async def _custody(clerk: Clerk) -> None:
    await to_list(clerk, "accepted")
    await clerk.press("enter", "right", "right")


async def _journal(clerk: Clerk) -> None:
    await to_screen(clerk, "lhz")


async def _anchor(clerk: Clerk) -> None:
    await to_screen(clerk, "lhz")
    await clerk.press("f3")


async def _doings(clerk: Clerk) -> None:
    await clerk.press("f9")


async def _users(clerk: Clerk) -> None:
    await to_screen(clerk, "ry")


async def _items(clerk: Clerk) -> None:
    await to_screen(clerk, "sx")
    await clerk.type("qianyi")


async def _offices(clerk: Clerk) -> None:
    await to_screen(clerk, "sdbm")


async def _agreement(clerk: Clerk) -> None:
    await to_screen(clerk, "xy")
    await clerk.press("tab", "enter")


async def _queue(clerk: Clerk) -> None:
    await to_screen(clerk, "dbdl")


async def _closing(clerk: Clerk) -> None:
    await to_screen(clerk, "rqyj")


async def _sampling(clerk: Clerk) -> None:
    """Ten in a hundred of the day are drawn."""
    await to_screen(clerk, "cc")
    await clerk.press("f2", "ctrl+s")


async def _statistics(clerk: Clerk) -> None:
    """By items."""
    await to_screen(clerk, "tj")
    await clerk.press("f2", "down", "enter")


async def _lock(clerk: Clerk) -> None:
    await clerk.press("ctrl+l")


#: The pictures of the documents by name.
WALKS: Mapping[str, Walk] = {
    "worklist": Walk(_worklist, "属地要求补正", MIDDLE),
    "help": Walk(_help, "本画面："),
    "palette": Walk(_palette, "做什么？"),
    "scanner": Walk(_scanner, "一次完整的扫描"),
    "lock": Walk(_lock, "已锁屏", covers=True),
    "intake": Walk(_intake, "手机号码位数不对", MIDDLE),
    "review": Walk(_reviewed, "1 行不符：一次性告知", MIDDLE),
    "notice": Walk(_notice, "【一次性告知单】"),
    "sealing": Walk(_sealing, "请扫内件清单的条码"),
    "courier": Walk(_courier, "应交 2　已扫 1　未扫 1", MIDDLE),
    "arrivals": Walk(_arrivals, "少 1 份"),
    "serving": Walk(_serving, "[x] 已核对领取人的证件"),
    "case": Walk(_case, "办件 00021", MIDDLE),
    "custody": Walk(_custody, "【材料与交接】"),
    "doings": Walk(_doings, "今天写了"),
    "users": Walk(_users, "系统管理员", who=ADMINISTRATOR),
    "items": Walk(_items, "夫妻投靠户口迁移", who=ADMINISTRATOR),
    "offices": Walk(_offices, "最近核实", who=ADMINISTRATOR),
    "agreement": Walk(_agreement, "授予的权力", who=ADMINISTRATOR),
    "queue": Walk(_queue, "督办队列", MIDDLE, who=SUPERVISOR),
    "closing": Walk(_closing, "日清月结", MIDDLE, who=SUPERVISOR),
    "sampling": Walk(_sampling, "抽查", MIDDLE, who=SUPERVISOR),
    "statistics": Walk(_statistics, "统计", MIDDLE, who=SUPERVISOR),
    "journal": Walk(_journal, "最新的在上面", MIDDLE, who=AUDITOR),
    "anchor": Walk(_anchor, "逐组抄在纸上", who=AUDITOR),
}
