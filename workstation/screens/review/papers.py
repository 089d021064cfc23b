"""The papers of a review: asked for, read as text, and only then printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from workstation.acts import previews
from workstation.acts.desk import Desk
from workstation.acts.inputs import CreditCheck, Finding, PledgedRow, Pledges
from workstation.domain.consignment import Consignment
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Asked, Form, Reading
from workstation.screens.review.sheet import Look, Sheet

_DUE = "due."
_CREDIT = {"clear": "没有未修复的失信记录", "listed": "有失信记录"}
_DAY = "例如 2026-12-11。"


@dataclass
class Paper:
    """A paper about to be printed: what is asked for it, and what its text will be."""

    title: str
    asked: Sequence[Asked]
    preview: Callable[[Desk, Mapping[str, str]], str]
    text: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    """What was filled in the last time, should it have come to nothing."""

    async def agreed(self, screen: CounterScreen) -> dict[str, str] | None:
        """Ask, show the text, and give what was filled in once somebody wants it printed."""
        wrong: Explained | None = None
        while (given := await screen.app.push_screen_wait(self._form(wrong))) is not None:
            self.typed.update(given)
            try:
                text = await screen.counter.do(partial(self.preview, screen.desk, given))
            except Explained as error:
                wrong = error
                continue
            wrong = None
            if await screen.app.push_screen_wait(Reading(self.title, text, go_on="打印")):
                return dict(given)
        return None

    def _form(self, wrong: Explained | None) -> Form:
        asked = [_again(each, self.typed.get(each.name, each.value)) for each in self.asked]
        return Form(self.title, asked, text=self.text, wrong=wrong, done="预览")


def _again(asked: Asked, value: str) -> Asked:
    return Asked(**{**vars(asked), "value": value})


def notice(look: Look, typed: dict[str, str]) -> Paper:
    """一次性告知单: until when to supply; from the second one on, why it could not be told at once."""
    case, limit = look.file.case, look.file.tell_by
    asked = [Asked("due", "补正期限", explains=f"申请人补交的最后一天，{_DAY}可以不填。")]
    text = f"须在 {limit.day.isoformat()} 前告知。期限可不填，填则如 2026-12-11。"
    if case.notices:
        asked.append(Asked("reason", "再告知原因", required=True, explains="为何没有能一次告知。"))
        text = "再次告知要写原因，并由值班长确认。\n" + text
    return Paper(
        "一次性告知单",
        asked,
        lambda desk, given: previews.notice(desk, case.number, due=due_of(given)),
        text=text,
        typed=typed,
    )


def due_of(given: Mapping[str, str]) -> str | None:
    """The day until which to supply, if one was set."""
    return given["due"].strip() or None


def pledge(sheet: Sheet, typed: dict[str, str]) -> Paper:
    """容缺/告知承诺书 for the rows chosen."""
    chosen, number = sheet.to_pledge(), sheet.look.file.case.number
    offices = sheet.look.file.consignments
    return Paper(
        "容缺/告知承诺书",
        list(_asked_of_pledge(sheet, chosen, offices)),
        lambda desk, given: previews.pledge(desk, number, pledges_of(chosen, given)),
        text=f"共 {len(chosen)} 行。日期如 2026-12-11。",
        typed=typed,
    )


def _asked_of_pledge(
    sheet: Sheet, chosen: Sequence[Finding], offices: Sequence[Consignment]
) -> Iterator[Asked]:
    for found in chosen:
        name = sheet.stored(found.row).name
        explains = f"“{name}”{word(found.way)}到哪一天，{_DAY}"
        yield Asked(f"{_DUE}{found.row}", f"期限 {name}", required=True, explains=explains)
    yield Asked("source", "失信查询处", required=True, explains="在哪里查的失信记录。")
    yield Asked("outcome", "查询结果", _CREDIT)
    yield Asked("verification", "核查标准", required=True, explains="属地怎样核查承诺的内容。")
    yield Asked("consequence", "失信后果", required=True, explains="不兑现时属地按什么处理。")
    if len(offices) > 1:
        yield Asked("office", "给哪个属地", {str(c.ordinal): c.office_name for c in offices})


def pledges_of(chosen: Sequence[Finding], given: Mapping[str, str]) -> Pledges:
    """What is filled in, as the act takes it."""
    rows = [PledgedRow(row=f.row, kind=f.way, due=given[f"{_DUE}{f.row}"].strip()) for f in chosen]
    return Pledges(
        rows=tuple(rows),
        credit=CreditCheck(source=given["source"], outcome=given["outcome"]),
        verification=given["verification"],
        consequence=given["consequence"],
        office=int(given.get("office", "1")),
    )
