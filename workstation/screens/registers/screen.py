"""登记簿: one register of some days, a line a row with its chief columns; Enter shows all of a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.widget import Widget

from workstation.acts import registers
from workstation.acts.desk import Desk
from workstation.acts.register_parts import Register
from workstation.acts.registers import REGISTERS, Line, Span
from workstation.errors import Explained
from workstation.policies import DeadlinePolicy
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Form, Pick, Reading
from workstation.screens.long_form import AskingScreen
from workstation.screens.registers.giving import Giving
from workstation.widgets.record_list import Ask, Column, Page, RecordList, Whole
from workstation.widgets.words import OneLine

_ORDINAL = Column("序号", 5)


class RegistersScreen(AskingScreen):
    """One register at a time."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "登记簿"
    DOES = (
        Do("pick", "登记簿", "f2", "djb", "换一本：收件台账、寄件、收件、交接、邮费"),
        Do("days", "日期", "f3", "rq", "看哪几天的"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("export", "导出", "ctrl+s", "dc", "导出表格（xlsx、csv）或打印件（pdf）"),
    )
    explains = (
        "一本登记簿几天的内容，一行一条，Enter 看一条的全部栏目。姓名、号码、电话遮盖；"
        "导出也遮盖，要明文须第二人确认，文件上写明“明文”，留痕账上有记录。"
    )

    def __init__(self, register: str = "intake", since: str | None = None, until: str | None = None) -> None:
        super().__init__()
        self._register = registers.find(register)
        self._asked_days = (since, until)
        self._days: Span | None = None
        self._total = 0

    def body(self) -> Iterator[Widget]:
        """Which register of which days, and its lines."""
        yield OneLine("正在查……", id="registers-head")
        for register in REGISTERS.values():
            table = self._table(register)
            table.display = register is self._register
            yield table

    def _table(self, register: Register[Any, Any]) -> RecordList[Line]:
        columns = enumerate(register.columns, start=1)
        shown = [(at, column) for at, column in columns if column.cells]
        heads = [Column(column.head, column.cells, flexible=column.takes_rest) for _, column in shown]
        places = [0, *(at for at, _ in shown)]
        return RecordList[Line](
            [_ORDINAL, *heads],
            lambda line: [line.cells[at] for at in places],
            fetch=partial(self._fetch, register),
            empty="（这几天没有）",
            id=f"register-{register.key}",
        )

    async def load(self) -> None:
        """The lines around the cursor as they are now."""
        if self.counter.is_signed_in:
            await self._relist()

    async def _relist(self, *, anew: bool = False) -> None:
        since, until = self._asked_days
        self._days = await self.counter.look(lambda desk: registers.span(desk, since, until))
        try:
            await (self._list.load() if anew or not self._list.rows else self._list.reload())
        except Explained as error:
            self._list.show([])
            self.counter.attention(f"{error.what}{error.why}{error.next}")
        self._list.focus()

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one(f"#register-{self._register.key}", RecordList)

    async def _fetch(self, register: Register[Any, Any], ask: Ask) -> Page[Line]:
        days = self._days
        assert days is not None, "no list is fetched before its days are known"
        after, count = ask.after or 0, ask.size
        if ask.last:
            after = max(0, self._total - count)
        elif ask.before is not None:
            after, count = max(0, ask.before - 1 - count), min(count, ask.before - 1)
        policy = self.counter.opened.settings.deadline if self.counter.opened else DeadlinePolicy()

        def looked(desk: Desk) -> registers.Page:
            return registers.listed(desk, register.key, days, after=after, count=count, policy=policy)

        page = await self.counter.look(looked)
        self._total = page.total
        self._tell_head(days)
        return Whole(page.lines, after > 0, after + len(page.lines) < page.total)

    def _tell_head(self, days: Span) -> None:
        told = f"{self._register.title}　{days.told}　共 {self._total} 行"
        self.query_one("#registers-head", OneLine).say(told)

    def why_not(self, name: str) -> str | None:
        """Whoever may look may choose; giving out is the counter's."""
        return self.barred("export_register") if name == "export" else None

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: all columns of a line, those that are filled."""
        line: Line = event.row
        cells = zip(self._register.heads(), line.cells, strict=True)
        text = "\n".join(f"{head}：{cell}" for head, cell in cells if cell)
        self.app.push_screen(Reading(f"{self._register.title}　第 {line.ordinal} 行", text))

    # --- which

    def do_pick(self) -> None:
        """Another register."""
        choices = [(one.key, f"{one.title}　{one.explains}") for one in REGISTERS.values()]
        self.app.push_screen(Pick("哪一本登记簿？", choices), self._picked)

    async def _picked(self, key: str | None) -> None:
        if key is None or key == self._register.key:
            return
        self._list.display = False
        self._register = registers.find(key)
        self._list.display = True
        await self._relist(anew=True)

    def do_days(self) -> None:
        """Other days."""
        since, until = self._asked_days
        self._ask_days(since or "", until or "")

    def _ask_days(self, since: str, until: str, wrong: Explained | None = None) -> None:
        asked = [
            Asked("since", "起日", value=since, explains="如 2026-11-01；留空是今天。"),
            Asked("until", "止日", value=until, explains="留空到今天。"),
        ]
        form = Form("看哪几天的？", asked, text="起日留空、止日写了的，只看止日一天。", wrong=wrong)
        self.app.push_screen(form, self._dated)

    async def _dated(self, given: dict[str, str] | None) -> None:
        if given is None:
            return
        since, until = given["since"].strip() or None, given["until"].strip() or None
        try:
            await self.counter.look(lambda desk: registers.span(desk, since, until))
        except Explained as error:
            self._ask_days(given["since"], given["until"], error)
            return
        self._asked_days = (since, until)
        await self._relist(anew=True)

    async def do_reload(self) -> None:
        """Ask again."""
        await self._relist()
        self.refresh_keys()

    def do_export(self) -> None:
        """Ask where to, and give it out."""
        if self._days is not None:
            Giving(self, self._register, self._days).ask()


OPENS = RegistersScreen
