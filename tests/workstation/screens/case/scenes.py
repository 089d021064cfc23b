"""Moments of the case screen worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests import builders
from tests.workstation.screens.case.hands import further, set_to
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import contacts
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState


def _at_home(folder: Path) -> tuple[Seated, Story]:
    """Acknowledged by its home office, the time line open."""
    desk = a_desk(folder)
    number = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED).case_number

    async def story(clerk: Clerk) -> None:
        await clerk.press("right")

    return a_counter(desk, folder, "case", number=number), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Markup and rare characters wherever the acts let them in."""
    desk = a_desk(folder)
    office = builders.an_office(name="[bold]x[/] [/oops] [@click=app.quit]示例[/]派出所")
    person = builders.a_person("𠮷𬀩㐂·买买提·吐尔逊·阿卜杜拉")
    number = builders.a_case(desk, CaseState.REGISTERED, offices=(office,), applicant=person).number
    contacts.add(desk, number, who="applicant", outcome="no_answer", note="[/oops]")

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab")

    return a_counter(desk, folder, "case", number=number), story


def _others(folder: Path) -> tuple[Seated, Story]:
    """The list of rarer acts with their reasons."""
    desk = a_desk(folder)
    number = builders.a_consignment(desk, ConsignmentState.SEALED).case_number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o")

    return a_counter(desk, folder, "case", number=number), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A form with what is wrong, everything typed still there."""
    desk = a_desk(folder)
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await further(clerk, "不予收件")
        await set_to(clerk, reason="not_this_authority", text="应向另一部门申请")
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "case", number=number), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "at-home": _at_home,
    "hostile": _hostile,
    "others": _others,
    "refused": _refused,
}
