"""Moments of the serving screen worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import a_consignment, a_person, an_office, no_ink
from tests.workstation.screens import stage
from tests.workstation.screens.stage import Clerk, Seated, Story
from workstation.acts import contacts, home, results
from workstation.acts.inputs import Found, Result
from workstation.domain.consignment import ConsignmentState as S

#: As far as the acts let it in.
DOCUMENTS = ("[bold]x[/]证明", "[/oops]告知函", "[@click=app.quit]x[/]", "𠮷𬀩㐂·" + "很长的文书名称" * 5)


def _ready(folder: Path) -> tuple[Seated, Story]:
    """The recipient stands at the counter and has been looked at."""
    desk = stage.a_desk(folder)
    number = a_consignment(desk, S.RESULT_ARRIVED, agent=a_person("李代办")).case_number
    contacts.add(desk, number, who="applicant", outcome="no_answer", next_on="2026-11-25")

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")

    return stage.a_counter(desk, folder, "serving", number=number), story


def _unseen(folder: Path) -> tuple[Seated, Story]:
    """Pressed without the look: it says why not."""
    desk = stage.a_desk(folder)
    number = a_consignment(desk, S.RESULT_ARRIVED).case_number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return stage.a_counter(desk, folder, "serving", number=number), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Documents and an office that would like to be more than text, one of them missing."""
    desk = stage.a_desk(folder)
    office = an_office(name="[@click=app.quit]x[/]示例自治县𠮷𬀩㐂·公安局示例派出所")
    own = a_consignment(
        desk, S.ACCEPTED, offices=(office,), applicant=a_person("买买提·艾力·𠮷𬀩㐂·示例示例示例")
    )
    documents = [Result(name=name) for name in DOCUMENTS]
    home.decide(desk, own.id, outcome="refused", result_mode="paper", results=documents)
    results.result_return(desk, own.id)
    found = [Found(piece=f"{own.id}-result-{at}") for at in (1, 2, 4)]
    results.arrive(desk, own.id, found, place="[/oops]架 𠮷-01")

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")

    return stage.a_counter(desk, folder, "serving", number=own.case_number), story


def _rating(folder: Path) -> tuple[Seated, Story]:
    """Served, and about to be closed: has anybody been invited to rate?"""
    desk = stage.a_desk(folder)

    async def story(clerk: Clerk) -> None:
        with no_ink():
            await clerk.press("space", "ctrl+s", "f9")

    number = a_consignment(desk, S.RESULT_ARRIVED).case_number
    return stage.a_counter(desk, folder, "serving", number=number), story


def _posted(folder: Path) -> tuple[Seated, Story]:
    """Posted to the applicant by the home office: the day of the receipt cannot be."""
    desk = stage.a_desk(folder)
    own = a_consignment(desk, S.ACCEPTED)
    home.decide(desk, own.id, outcome="granted", result_mode="direct_post")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type("2026-11-01")
        await clerk.press("ctrl+s")

    return stage.a_counter(desk, folder, "serving", number=own.case_number), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "ready": _ready,
    "unseen": _unseen,
    "posted": _posted,
    "hostile": _hostile,
    "rating": _rating,
}
