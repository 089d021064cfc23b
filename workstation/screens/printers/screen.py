"""打印机: the hall's printers above, where each window's papers go below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.widget import Widget

from workstation.acts import printers
from workstation.acts.desk import Desk
from workstation.acts.printers import Standing
from workstation.domain.printing import USES, Printer, Route
from workstation.errors import Explained
from workstation.screens.base import Do
from workstation.screens.dialogs import Confirm
from workstation.screens.hands import Hands
from workstation.screens.long_form import AskingScreen
from workstation.screens.printers import forms, saying
from workstation.screens.printers.measuring import Measuring
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

if TYPE_CHECKING:
    from integrations.printers.states import Condition

R = TypeVar("R")
_PRINTERS = (
    Column("状态", 6),
    Column("打印机", 12, flexible=True),
    Column("点", 4),
    Column("现在", 14, flexible=True),
    Column("地址", 20, flexible=True),
)
_ROUTES = (Column("窗口", 6), Column("纸面", 8), Column("去向", 12, flexible=True), Column("封套", 10))
_ACTS = {
    "add": "add_printer",
    "change": "change_printer",
    "retire": "retire_printer",
    "route": "set_route",
    "calibrate": "calibrate",
}


class PrintersScreen(AskingScreen):
    """Printers and routes."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "打印机"
    DOES = (
        Do("add", "新增", "f2", "xz", "登记一台打印机或打印队列"),
        Do("change", "更改", "f4", "gg", "更改地址、分辨率、证书；停用的恢复在用"),
        Do("ask", "问一问", "f5", "wyw", "问光标所在的打印机现在怎样"),
        Do("retire", "停用", "f6", "ty", "不再往它打；去向改回出纸盘"),
        Do("route", "去向", "f7", "qx", "设置一个窗口的纸面去哪里"),
        Do("calibrate", "校准", "f8", "jz", "打校准页，量两个距离，套印就准"),
    )
    explains = (
        "上面是打印机，下面是各窗口的出纸去向，Tab 在两边之间切换；没有写的都放进出纸盘。"
        "F5 问一台打印机现在怎样，不耽误别的。登记、停用、去向和校准由值班长和系统管理员办。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._asking = Hands("ask")
        self._conditions: dict[str, Condition] = {}
        self._measuring = Measuring(self)

    def body(self) -> Iterator[Widget]:
        """Printers, all about the one under the cursor, routes."""
        empty = "（还没有登记打印机；纸面都放进出纸盘）"
        yield RecordList[Standing](_PRINTERS, self._cells, empty=empty, id="printers")
        yield Words(id="told")
        yield RecordList[Route](_ROUTES, saying.route_cells, empty="（都放进出纸盘）", id="routes")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Printers and routes as they are now; cursors stay."""
        if not self.counter.is_signed_in:
            return
        try:
            found, routes = await self.counter.look(
                lambda desk: (printers.listed(desk), printers.routes(desk))
            )
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        names = [standing.printer.name for standing in found]
        at = names.index(self._printer.name) if self._printer and self._printer.name in names else 0
        self._list.show(found, at=at)
        self._routes.show(routes, at=self._routes.cursor)
        self._tell_printer()

    @property
    def _list(self) -> RecordList[Standing]:
        return self.query_one("#printers", RecordList)

    @property
    def _routes(self) -> RecordList[Route]:
        return self.query_one("#routes", RecordList)

    @property
    def _printer(self) -> Printer | None:
        row = self._list.row if self.is_mounted else None
        return row.printer if row else None

    @property
    def _in_service(self) -> list[str]:
        return [row.printer.name for row in self._list.rows if row.printer.state == "in_service"]

    def _cells(self, row: Standing) -> Sequence[str]:
        return saying.cells(row, self._conditions.get(row.printer.name))

    def _tell_printer(self) -> None:
        row = self._list.row
        text = saying.told(row, self._conditions.get(row.printer.name)) if row else ""
        self.query_one("#told", Words).say(text)

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell_printer()
        self.refresh_keys()

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter asks a printer how it is, and a window where its papers shall go."""
        await self.action_do("ask" if event.rows is self._list else "route")

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, and by which printer the cursor stands on."""
        if name in _ACTS and (barred := self.barred(_ACTS[name])) is not None:
            return barred
        if name in ("change", "ask", "retire") and self._printer is None:
            return "还没有打印机"
        if name == "ask" and self._printer is not None and self._printer.name in self._being_asked:
            return "正在问，请稍候"
        if name == "retire" and self._printer is not None and self._printer.state == "retired":
            return "早已停用；用“更改”恢复"
        return None

    @property
    def _being_asked(self) -> set[str]:
        return {worker.name for worker in self.workers if worker.group == "asking" and worker.is_running}

    def do_add(self) -> None:
        """A new printer."""
        self.ask(forms.adding())

    def do_change(self) -> None:
        """Another address, other dots."""
        if self._printer is not None:
            self.ask(forms.changing(self._printer))

    def do_retire(self) -> None:
        """Not printed on any more, after a question."""
        row = self._list.row
        if row is None:
            return
        hangs = "；".join(map(saying.route_told, row.routes))
        text = f"{hangs}。\n这些去向改为出纸盘。" if hangs else "没有窗口的纸面往它去。"
        question = Confirm(f"停用“{row.printer.name}”吗？", text, yes="停用", safe=True)
        self.app.push_screen(question, partial(self._retire, row.printer))

    def _retire(self, printer: Printer, yes: bool | None) -> None:
        if yes:
            self.counter.perform(
                lambda desk: printers.retire(desk, printer.name), self._retired, seen=printer.version
            )

    async def _retired(self, printer: Printer) -> None:
        self.counter.done(f"已停用打印机“{printer.name}”；往它去的都改到出纸盘。")
        await self.load()
        self.refresh_keys()

    # --- asking

    def do_ask(self) -> None:
        """How is it? The screen does not wait."""
        if self._printer is not None:
            name = self._printer.name
            self.counter.tell("accent", "·", "稍候", f"正在问“{name}”……")
            self.run_worker(self._ask(name), name=name, group="asking")
            self.refresh_keys()

    async def _ask(self, name: str) -> None:
        try:
            condition = await self.beside(lambda desk: printers.ask(desk, name))
        except Explained as error:
            self.counter.trouble(error)
            return
        self._conditions[name] = condition
        self.counter.tell("accent", "·", "打印机", f"“{name}”：{condition.what}。{condition.next}")
        self._list.refresh()
        self._tell_printer()
        self.call_after_refresh(self.refresh_keys)

    async def beside(self, work: Callable[[Desk], R]) -> R:
        """The answer of a printer, which may take its time: nobody else waits for it."""
        desk = self.desk

        def asked() -> R:
            try:
                return work(desk)
            finally:
                # Whoever leaves the screen waits for nothing: between two questions nothing is open here.
                desk.store.engine.close()

        return await self.counter.by(self._asking, asked)

    # --- routes and calibration

    def do_route(self) -> None:
        """Where papers go: those of the line under the cursor, or of this window."""
        self.run_worker(self._route(), group="tasks", exclusive=True)

    async def _route(self) -> None:
        sizes = await self._sizes()
        if sizes is not None:
            self.ask(forms.routing(self._meant, self._in_service, sizes))

    @property
    def _meant(self) -> Route:
        row = self._routes.row if self._routes.has_focus else None
        return row or Route(self.desk.window, USES[0], self._printer.name if self._printer else None)

    def do_calibrate(self) -> None:
        """A sheet, two distances, an offset."""
        self.run_worker(self._calibrate(), group="tasks", exclusive=True)

    async def _calibrate(self) -> None:
        sizes = await self._sizes()
        if sizes is not None:
            name = self._printer.name if self._printer else ""
            await self._measuring.begin(name, self._in_service, sizes)

    async def _sizes(self) -> Mapping[str, str] | None:
        try:
            return await self.counter.look(forms.sizes)
        except Explained as error:
            await self.counter.refuse(error)
            return None


OPENS = PrintersScreen
