"""协议: who has granted this hall what, for which item, from when to when."""

from __future__ import annotations

from collections.abc import Sequence

from forms import items
from workstation.acts import offices
from workstation.domain.office import Office
from workstation.errors import Explained
from workstation.screens.agreements import forms, saying
from workstation.screens.agreements.forms import Parties
from workstation.screens.agreements.saying import AgreementLine
from workstation.screens.base import Do
from workstation.screens.dialogs import Pick, Reading
from workstation.screens.directory import Directory, holds
from workstation.screens.long_form import LongForm, Values
from workstation.widgets.record_list import Column

_WHOM = "登记协议"


class AgreementsScreen(Directory[AgreementLine]):
    """Those of one office or item, or all of them."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "协议"
    DOES = (
        Do("add", "登记", "f2", "dj", "登记与一个部门就一个事项的协议"),
        Do("end", "终止", "f4", "zz", "光标所在的协议到哪一天为止"),
    )
    HEADS = (
        Column("状态", 8),
        Column("部门", 14, flexible=True),
        Column("事项", 12, flexible=True),
        Column("授予的权力", 19),
        Column("止期", 10),
        Column("起期", 10, wide_only=True),
    )
    BY = "部门、事项、编号、现行、已到期"
    explains = "没有协议写明的权力一律没有。Enter 看一份协议的全部内容。"

    def __init__(self, text: str = "", office: str = "", item: str = "") -> None:
        super().__init__(text)
        self._office, self._item = office, item
        self._lines: Sequence[AgreementLine] = ()

    def on_mount(self) -> None:
        """Say whose they are."""
        if self._office or self._item:
            self.entitle(f"协议：{self._office or f'事项 {self._item}'}")

    async def read(self) -> None:
        """All of this office or item, former ones too."""
        office, item = self._office, self._item
        self._lines = await self.counter.look(lambda desk: saying.lines(desk, office=office, item=item))

    def fits(self, text: str) -> Sequence[AgreementLine]:
        """Agreements with all these parts."""
        return [line for line in self._lines if holds(line.words, text)]

    def cells(self, row: AgreementLine) -> Sequence[str]:
        """A line in its columns."""
        return row.cells

    def key(self, row: AgreementLine) -> str:
        """Its id."""
        return row.agreement.id

    def open(self, row: AgreementLine) -> None:
        """All it says."""
        self.app.push_screen(Reading("协议", saying.whole(row)))

    def why_not(self, name: str) -> str | None:
        """Whose act it is, and whether there is something to end."""
        barred = self.barred(f"{name}_agreement")
        if barred is not None or name == "add":
            return barred
        if self.row is None:
            return "没有选协议"
        return "这份协议已经到期" if self.row.state == "past" else None

    def do_end(self) -> None:
        """The last day."""
        if self.row is not None:
            self.ask(forms.ending(self.row.agreement, self._today))

    def do_add(self) -> None:
        """With whom and about what, then what it grants."""
        self.run_worker(self._add(), group="adding", exclusive=True)

    @property
    def _today(self) -> str:
        return offices.today(self.desk.store.now())

    async def _add(self) -> None:
        wrong: Explained | None = None
        while True:
            asked = forms.whom(self._office, self._item)
            text = "先选部门和事项；几个相符的，再从列表里选。"
            form = LongForm(_WHOM, asked, self.typed(_WHOM), text=text, wrong=wrong, yes="下一步")
            values: Values | None = await self.app.push_screen_wait(form)
            if values is None:
                return
            try:
                if await self._granting(values):
                    return
            except Explained as error:
                wrong = error

    async def _granting(self, values: Values) -> bool:
        """Ask what is granted; False: it is not clear yet by whom."""
        found = await self.counter.look(lambda desk: forms.parties(desk, values))
        chosen = await self._chosen(found)
        if chosen is None:
            return False
        office, item = chosen
        checklist = await self.counter.look(lambda desk: forms.checklist(desk, office, item))
        self.forget(_WHOM)
        self.ask(forms.granting(office, item, checklist, self._today))
        return True

    async def _chosen(self, found: Parties) -> tuple[Office, items.Item] | None:
        by_code = {one.code: one for one in found.offices}
        office = await self._one("哪个部门？", {one.code: f"{one.code}　{one.name}" for one in found.offices})
        if office is None:
            return None
        titles = {one.code: f"{one.code}　{one.title}" for one in found.items}
        item = await self._one("哪个事项？", titles)
        chosen = next((one for one in found.items if one.code == item), None)
        return None if chosen is None else (by_code[office], chosen)

    async def _one(self, question: str, lines: dict[str, str]) -> str | None:
        if len(lines) == 1:
            return next(iter(lines))
        picked: str | None = await self.app.push_screen_wait(Pick(question, list(lines.items())))
        return picked


OPENS = AgreementsScreen
