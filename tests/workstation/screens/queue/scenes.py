"""Moments of the queue worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import a_case, a_consignment, an_envelope, an_office, at
from tests.workstation.acts.queue_scenes import SCENES as REASONS
from tests.workstation.screens.silent.waiting import days_pass
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import claims, queue
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


def a_busy_hall(desk: Desk) -> None:
    """Something late, something back, something to be looked at, and one line that a clerk works."""
    a_consignment(desk, ConsignmentState.ACCEPTED)
    a_consignment(desk, ConsignmentState.HANDED_OVER)
    days_pass(desk, 45)
    an_envelope(desk, EnvelopeState.SENT_BACK)
    a_case(desk, CaseState.REGISTERED)
    REASONS["reopened"].build(desk)
    claims.claim(desk, [line for line in queue.listed(desk) if line.reason == "trouble"])


def _busy(folder: Path) -> tuple[Seated, Story]:
    """The cursor on the second line, two lines chosen."""
    desk = a_desk(folder)
    a_busy_hall(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space")

    return a_counter(at(desk, "2001"), folder, "queue"), story


def _to_whom(folder: Path) -> tuple[Seated, Story]:
    """Somebody is asked who goes on."""
    desk = a_desk(folder)
    a_busy_hall(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")

    return a_counter(desk, folder, "queue"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """An office whose name would steer a terminal; another was faster."""
    desk = a_desk(folder)
    name = f"[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·{'很长的名称' * 8}"
    a_case(desk, CaseState.REGISTERED, offices=(an_office(name=name),))

    async def story(clerk: Clerk) -> None:
        claims.claim(at(desk, "1002"), queue.listed(desk))
        await clerk.press("f2")

    return a_counter(desk, folder, "queue"), story


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nothing asks for anybody."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return a_counter(at(a_desk(folder), "2001"), folder, "queue"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "busy": _busy,
    "to_whom": _to_whom,
    "hostile": _hostile,
    "none": _none,
}
