"""Moments of arrivals worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import RETURN_WAYBILL, a_consignment, a_person, an_office, paper_of
from tests.workstation.screens import stage
from tests.workstation.screens.stage import Clerk, Seated, Story
from workstation.acts import contacts, home, results
from workstation.acts.desk import Desk
from workstation.acts.inputs import Result
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S

#: As far as the acts let it in.
OFFICES = (
    "[bold]x[/]示例局",
    "[@click=app.quit]x[/]示例局[/oops]",
    "示例自治区示例自治州示例市示例自治县𠮷𬀩㐂·公安局户政大队示例派出所",
)
DOCUMENTS = ("[bold]x[/]证明", "[/oops]告知函", "𠮷𬀩㐂·" + "很长的文书名称" * 6)


def _to(desk: Desk, name: str, state: S) -> Consignment:
    code = f"450101-s{OFFICES.index(name) if name in OFFICES else 9}"
    applicant = a_person("买买提·艾力·𠮷𬀩㐂·示例示例示例")
    return a_consignment(desk, state, offices=(an_office(code=code, name=name),), applicant=applicant)


def _coming(desk: Desk, name: str, *documents: str) -> str:
    own = _to(desk, name, S.ACCEPTED)
    named = [Result(name=document, copies=2) for document in documents]
    home.decide(
        desk, own.id, outcome="granted", result_mode="paper", results=named, document_number="示例 1 号"
    )
    return results.result_return(desk, own.id, waybill=RETURN_WAYBILL).id


def _lists(folder: Path) -> tuple[Seated, Story]:
    """What waits, offices of all sorts, and a number that leads nowhere."""
    desk = stage.a_desk(folder)
    for name in OFFICES:
        _to(desk, name, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        await clerk.type("12345678")
        await clerk.press("enter")

    return stage.a_counter(desk, folder, "arrivals"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """A caller's code that is not this envelope's: the question stands there again."""
    desk = stage.a_desk(folder)
    own, other = (a_consignment(desk, S.HANDED_OVER) for _ in range(2))
    wrong = paper_of(desk, other.envelope or "", "reply_slip").number

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.type(wrong)
        await clerk.press("enter", "enter")

    return stage.a_counter(desk, folder, "arrivals", number=own.id), story


def _checking(folder: Path) -> tuple[Seated, Story]:
    """A return envelope half checked; somebody was called about it."""
    desk = stage.a_desk(folder)
    name = _coming(desk, "示例市第1公安局示例派出所", "户籍证明", "告知函")
    contacts.add(desk, name.partition("-")[0], who="applicant", outcome="no_answer", next_on="2026-11-25")

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        await clerk.fill("place", "R-01")

    return stage.a_counter(desk, folder, "arrivals", number=name), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Documents and an office that would like to be more than text; a difference about to be recorded."""
    desk = stage.a_desk(folder)
    name = _coming(desk, OFFICES[1], *DOCUMENTS)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        await clerk.fill("place", "[/oops]架")
        await clerk.press("ctrl+s")

    return stage.a_counter(desk, folder, "arrivals", number=name), story


def _ticked(folder: Path) -> tuple[Seated, Story]:
    """A caller misses one paper, and another is torn."""
    desk = stage.a_desk(folder)
    own = a_consignment(desk, S.HANDED_OVER)
    slip = paper_of(desk, own.envelope or "", "reply_slip").number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip)
        await clerk.fill("rows", "2q 3s")

    return stage.a_counter(desk, folder, "arrivals", number=own.id), story


def _unannounced(folder: Path) -> tuple[Seated, Story]:
    """A return envelope that nobody told of."""
    desk = stage.a_desk(folder)
    own = _to(desk, OFFICES[2], S.ACCEPTED)
    results.expect_return(desk, own.id, waybill=RETURN_WAYBILL)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(RETURN_WAYBILL)

    return stage.a_counter(desk, folder, "arrivals"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "lists": _lists,
    "refused": _refused,
    "ticked": _ticked,
    "unannounced": _unannounced,
    "checking": _checking,
    "hostile": _hostile,
}
