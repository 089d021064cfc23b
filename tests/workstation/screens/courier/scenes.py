"""Moments of the courier's screen worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from tests.builders import WAYBILL, a_case, an_office, badge, consignments_of, sealed
from tests.workstation.screens import stage
from tests.workstation.screens.stage import Clerk, Seated, Story
from workstation.acts import handover, packing
from workstation.acts.desk import Desk

#: Names of offices as far as the acts let them in.
HOSTILE = (
    "[bold]x[/]示例局",
    "[/oops]示例局",
    "[@click=app.quit]x[/]示例局",
    "示例自治区示例自治州示例市示例自治县𠮷𬀩㐂·示例公安局户政大队示例派出所",
)


def an_envelope_to(desk: Desk, name: str, place: str = "A-01") -> str:
    """The number of a sealed envelope to an office of this name."""
    office = an_office(code=f"450101-s{crc32(name.encode()):x}", name=name)
    case = a_case(desk, offices=(office,)).number
    number = packing.pack(desk, [consignments_of(desk, case)[0].id]).number
    return sealed(desk, number, place=place).number


def _hall(folder: Path, *names: str) -> tuple[Desk, list[str]]:
    desk = stage.a_desk(folder)
    places = ("A-01", "A-02", "B-01", "B-02", "B-03", "B-04")
    return desk, [an_envelope_to(desk, name, place) for name, place in zip(names, places, strict=False)]


def _names(count: int) -> tuple[str, ...]:
    return tuple(f"示例市第{ordinal}公安局示例派出所" for ordinal in range(1, count + 1))


def _waiting(folder: Path) -> tuple[Seated, Story]:
    """The badge has been scanned; begin?"""
    desk, _ = _hall(folder, *_names(3))

    async def story(clerk: Clerk) -> None:
        await clerk.scan(badge(desk))

    return stage.a_counter(desk, folder, "courier"), story


def _half_way(folder: Path) -> tuple[Seated, Story]:
    """One with its waybill, one extra, two wanted, and one scanned twice."""
    desk, numbers = _hall(folder, *_names(4))
    handover.open_batch(desk, badge(desk))
    extra = an_envelope_to(desk, "示例市第5公安局示例派出所", "C-01")

    async def story(clerk: Clerk) -> None:
        for code in (numbers[0], WAYBILL, numbers[1], extra, numbers[1]):
            await clerk.scan(code)

    return stage.a_counter(desk, folder, "courier"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Offices that would like to be more than text."""
    desk, numbers = _hall(folder, *HOSTILE)
    handover.open_batch(desk, badge(desk))

    async def story(clerk: Clerk) -> None:
        for number in numbers[:2]:
            await clerk.scan(number)
        await clerk.press("down")

    return stage.a_counter(desk, folder, "courier"), story


def _missing(folder: Path) -> tuple[Seated, Story]:
    """Why is this one missing?"""
    desk, numbers = _hall(folder, *_names(3))
    handover.open_batch(desk, badge(desk))

    async def story(clerk: Clerk) -> None:
        await clerk.scan(numbers[0])
        await clerk.press("ctrl+s", "down")

    return stage.a_counter(desk, folder, "courier"), story


def _signing(folder: Path) -> tuple[Seated, Story]:
    """The courier has confirmed, the clerk not yet."""
    desk, numbers = _hall(folder, *_names(2))
    handover.open_batch(desk, badge(desk))

    async def story(clerk: Clerk) -> None:
        await clerk.scan(numbers[0])
        await clerk.press("ctrl+s", "down", "down", "enter")
        await clerk.scan(badge(desk))

    return stage.a_counter(desk, folder, "courier"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "waiting": _waiting,
    "half_way": _half_way,
    "hostile": _hostile,
    "missing": _missing,
    "signing": _signing,
}
