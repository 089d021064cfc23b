"""同属地合装: consignments of other cases that wait for the same office, to travel in one envelope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from workstation.acts import offers, viewing, worklists
from workstation.acts.desk import Desk
from workstation.acts.worklists import Line
from workstation.domain.consignment import Consignment
from workstation.screens.base import Dialog
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

#: So many of the newest consignments in this state are looked through.
LOOKED_THROUGH = 500


class Companion(NamedTuple):
    """A consignment that may travel along; whom it is about is masked."""

    id: str
    number: str
    applicant: str
    title: str


def waiting(desk: Desk, first: Consignment) -> tuple[Companion, ...]:
    """The consignments to the same office that can be packed now, as the worklist has them."""
    lines = worklists.page(desk, first.state, count=LOOKED_THROUGH).lines
    near = [line for line in lines if line.office == first.office_name and line.id != first.id]
    return tuple(
        Companion(line.id, line.number, line.applicant, line.title)
        for line in near
        if _can_be_packed(desk, line, first.office_code)
    )


def _can_be_packed(desk: Desk, line: Line, office: str) -> bool:
    file = viewing.case_file(desk, line.number)
    if not any(each.id == line.id and each.office_code == office for each in file.consignments):
        return False
    return any(
        (offer.act, offer.object, offer.why_not) == ("pack", line.id, None)
        for offer in offers.of_case(desk, file)
    )


class Joining(Dialog):
    """Which of them go along; gives their ids."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "pick", "装在一起、不装在一起", show=False),
        Binding("ctrl+s", "done", "确定", show=False),
    ]
    DEFAULT_CSS = """
    Joining > .dialog--box { height: 18; }
    """
    title_word = "同一属地等着装袋的，装在一个封套里吗？"
    keys_word = "空格 选或不选　Enter 确定　Esc 取消"
    explains = "选上的办件和本件装在一个封套里，一起封装、交寄、签收。"

    def __init__(self, office: str, offered: Sequence[Companion], joined: Sequence[str]) -> None:
        super().__init__()
        self._office, self._offered = office, tuple(offered)
        self._joined = [each.id for each in offered if each.id in joined]

    def body(self) -> Iterator[Widget]:
        """To whom, and the list."""
        yield Words(f"寄往　{self._office}")
        heads = [Column("", 3), Column("办件", 20), Column("申请人", 8), Column("事项", 10, flexible=True)]
        rows: RecordList[Companion] = RecordList(heads, self._cells)
        rows.show(self._offered)
        yield rows

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(RecordList).focus()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: that is all of them."""
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        """Give them."""
        self.dismiss(tuple(self._joined))

    def action_pick(self) -> None:
        """This one, or no longer this one."""
        rows = self.query_one(RecordList)
        if (row := rows.row) is not None:
            self._joined = (
                [each for each in self._joined if each != row.id]
                if row.id in self._joined
                else [*self._joined, row.id]
            )
            rows.to(rows.cursor + 1)

    def _cells(self, row: Companion) -> Sequence[str]:
        sign = "[x]" if row.id in self._joined else "[ ]"
        return sign, row.number, row.applicant, row.title
