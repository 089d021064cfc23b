"""Moments of the tasks worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import a_consignment, a_person, an_office
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from tests.workstation.screens.tasks.raised import back_here, by_carrier, incomplete, withdrawn
from workstation.acts import contacts, tasks, troubles
from workstation.domain.consignment import ConsignmentState as S

#: What a clerk may type; controls are refused at the door.
HOSTILE = "[bold]x[/] [/oops] [@click=app.quit]x[/] 𠮷𬀩㐂·" + "门卫说查无此单位" * 8


def _list(folder: Path) -> tuple[Seated, Story]:
    """Trouble of all sorts; the cursor on papers that are missing, one step done."""
    desk = a_desk(folder)
    incomplete(desk)
    back_here(desk, text="门卫说查无此单位")
    back_here(desk, "lost")
    withdrawn(desk)
    task = by_carrier(desk, "signing_alarm")
    case = tasks.file(desk, task.id).cases[0].number
    contacts.add(desk, f"{case}-1", who="home_office", outcome="reached")
    tasks.do(desk, task.id, "call_carrier")

    async def story(clerk: Clerk) -> None:
        await clerk.press("end")

    return a_counter(desk, folder, "tasks"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A step that another act records is not ticked by hand."""
    desk = a_desk(folder)
    back_here(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab", "down", "ctrl+s")

    return a_counter(desk, folder, "tasks"), story


def _empty(folder: Path) -> tuple[Seated, Story]:
    """Nothing is left to be done."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")

    return a_counter(a_desk(folder), folder, "tasks"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """A remark and an office that would like to be more than text; a step about to be ticked."""
    desk = a_desk(folder)
    own = a_consignment(
        desk,
        S.HANDED_OVER,
        offices=(an_office(name="[@click=app.quit]x[/]示例自治县𠮷𬀩㐂·公安局户政大队示例派出所"),),
        applicant=a_person("买买提·艾力·𠮷𬀩㐂·示例示例示例"),
    )
    troubles.trouble(desk, own.envelope or "", kind="lost", text=HOSTILE)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type("[/oops]")

    return a_counter(desk, folder, "tasks"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "list": _list,
    "refused": _refused,
    "empty": _empty,
    "hostile": _hostile,
}
