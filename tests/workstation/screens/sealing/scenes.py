"""Moments of the packing screen worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import home, packing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Wanted
from workstation.domain.consignment import ConsignmentState

#: As far as the acts let them in; what steers a terminal they refuse.
HOSTILE = ("[bold]x[/] 的证明", "[/oops] 说明", "[@click=app.quit]x[/]", "𠮷𬀩㐂· 的户口簿")
LONG = "关于申请人与被投靠人之间亲属关系的补充说明材料" * 3
RARE = "𠮷𬀩㐂·买买提"


def a_hostile_supplement(desk: Desk) -> str:
    """The number of a case of which a home office has asked for papers with every kind of name."""
    applicant = builders.a_person("欧阳𠮷𬀩㐂")
    consignment = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED, applicant=applicant)
    wanted = [Wanted(name=name, standard="影像清晰") for name in (*HOSTILE, LONG)]
    home.correct(desk, consignment.id, wanted)
    builders.supplied(desk, consignment.case_number)
    return consignment.case_number


def laying_in(folder: Path) -> tuple[Seated, Story]:
    """Two of three papers lie in the envelope, and another case waits for the same office."""
    desk = a_desk(folder)
    number = builders.a_case(desk).number
    builders.a_case(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space")

    return a_counter(desk, folder, "sealing", number=number), story


def not_a_pair(folder: Path) -> tuple[Seated, Story]:
    """The face is scanned, then the list of another envelope."""
    desk = a_desk(folder)
    envelope, other = builders.an_envelope(desk).number, builders.an_envelope(desk).number
    builders.sealed(desk, builders.an_envelope(desk).number, place="A-07")

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.scan(builders.paper_of(desk, other, "packing_list").number)

    return a_counter(desk, folder, "sealing", number=envelope), story


def hostile(folder: Path) -> tuple[Seated, Story]:
    """Papers whose names would steer the screen, and a very long one; one stays out."""
    desk = a_desk(folder)
    number = a_hostile_supplement(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space", "delete")

    return a_counter(desk, folder, "sealing", number=number), story


def sealed(folder: Path) -> tuple[Seated, Story]:
    """Sealed and on its shelf place."""
    desk = a_desk(folder)
    number = packing.pack(desk, [builders.a_case(desk).number]).number
    builders.sealed(desk, number, place=f"[bold]A-07[/] {RARE}")

    async def story(clerk: Clerk) -> None:
        await clerk.settle()

    return a_counter(desk, folder, "sealing", number=number), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "laying-in": laying_in,
    "not-a-pair": not_a_pair,
    "hostile": hostile,
    "sealed": sealed,
}
