"""Moments of the mail on its way worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.builders import a_case, an_envelope, an_office
from tests.workstation.screens.parcels.mailed import STORY, both_ways, says, told, unexplained
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import waybills
from workstation.domain.envelope import EnvelopeState

HOSTILE = "[bold]x[/] [/oops] [@click=app.quit]x[/] \x1b]0;x\x07 𠮷𬀩㐂·"


def _all(folder: Path) -> tuple[Seated, Story]:
    """Everything on its way, what nobody can explain on top; the cursor on what has a task."""
    desk = a_desk(folder)
    told(desk, *STORY)
    unexplained(desk)
    for state in (EnvelopeState.SEALED, EnvelopeState.LOST, EnvelopeState.HANDED_OVER):
        an_envelope(desk, state)
    app = a_counter(desk, folder, "parcels")
    app.last_sync = "邮件轨迹：15:20 问过，共 12 件，1 件没有回音；下次 15:50"

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return app, story


def _timeline(folder: Path) -> tuple[Seated, Story]:
    """A parcel that was delivered, taken back, and delivered to the reception; a code nobody knows."""
    desk = a_desk(folder)
    envelope = told(desk, *STORY)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return a_counter(desk, folder, "parcels", number=envelope.number), story


def _both_ways(folder: Path) -> tuple[Seated, Story]:
    """A case with a parcel each way; an act that is not possible says why."""
    desk = a_desk(folder)
    number = both_ways(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("shift+tab", "ctrl+o", "enter")

    return a_counter(desk, folder, "parcels", number=number), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """What a carrier or an office is called may steer no terminal."""
    desk = a_desk(folder)
    name = f"{HOSTILE.partition(chr(27))[0]}𠮷𬀩㐂·{'很长的名称' * 8}"
    number = a_case(desk, offices=(an_office(name=name),)).number
    (consignment,) = builders.consignments_of(desk, number)
    envelope = builders.packed(desk, consignment.id)
    builders.sealed(desk, envelope.number)
    waybills.bind_envelope(desk, envelope.number, waybill=builders.WAYBILL)
    builders.handed_over(desk, envelope.number)
    says(desk, "704/60", 1, organisation=HOSTILE * 3)
    says(desk, "998", 2, organisation=HOSTILE, name=HOSTILE, text=HOSTILE)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return a_counter(desk, folder, "parcels", number=number), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "all": _all,
    "timeline": _timeline,
    "both-ways": _both_ways,
    "hostile": _hostile,
}
