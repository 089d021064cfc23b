"""打印队列: the jobs of this window, kept up to date, and the few things a person decides about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.widget import Widget

from workstation.acts import offers, printers, printing, tray
from workstation.acts.desk import Desk
from workstation.acts.printing import Queued
from workstation.acts.scanning import Scanned
from workstation.acts.tray import Sweep
from workstation.domain import codes
from workstation.domain.codes import CodeError, Kind
from workstation.domain.paper import Paper
from workstation.domain.printing import PrintJob, Route
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens import places
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Confirm, Pick
from workstation.screens.printing import lines
from workstation.screens.printing.lines import Line
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("状态", 14),
    Column("纸面", 22),
    Column("打印机", 10, flexible=True),
    Column("情况", 14, flexible=True),
    Column("自", 5),
    Column("登记", 6, wide_only=True),
)
_ACTS = {"answer": "confirm_print", "move": "move_print", "cancel": "cancel_print"}
_YES, _NO, _UNKNOWN = "yes", "no", "unknown"
#: What Enter alone answers must be harmless.
_ANSWERS = (
    (_UNKNOWN, "还不知道：这就去打印机前看"),
    (_YES, "已打出：这张纸在我手里"),
    (_NO, "没有打出：看过了，没有出纸，打印机里也没有它在排队"),
)


class PrintingScreen(CounterScreen):
    """The print queue of this window."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "打印队列"
    DOES = (
        Do("answer", "确认", "ctrl+s", "qr", "不知道打出没有的，回答打出来没有；没有打出的，再打一次"),
        Do("move", "换打印机", "f4", "hdyj", "改到另一台打印机打"),
        Do("cancel", "取消", "f6", "qx", "不打了；已经交给打印机的，请它取消"),
        Do("hold", "停/续", "f7", "tx", "停住队列：这一张打完，后面的先不打；再按一次接着打"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍，队列停下的接着打"),
        Do("printers", "打印机", "f9", "dyj", "打印机、去向和校准", opens="printers"),
        Do("sweep", "清出纸盘", "", "qczp", "清掉出纸盘里账上都有的纸面文件"),
    )
    explains = (
        "本窗口的打印任务，要人管的排在最前，自己刷新。Enter 打开纸面所属的办件。"
        "“? ”的一张不知道打出来没有：先到打印机前看，再按 Ctrl+S 回答；同一编号不能有两张纸。"
        "扫纸面上的条码，光标就到它的任务上。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._queued: Sequence[Queued] = ()
        self._routes: Sequence[Route] = ()

    def body(self) -> Iterator[Widget]:
        """The jobs, and below them all about the one under the cursor."""
        yield RecordList[Line](_HEADS, lambda row: row.cells, empty="（没有打印任务）", id="jobs")
        yield Words(id="told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Every job as it is now; the cursor stays on its job."""
        if not self.counter.is_signed_in:
            return
        try:
            self._queued, self._routes = await self.counter.look(_look)
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
        else:
            self._show()

    def on_sending_looked(self) -> None:
        """The printers have been looked at."""
        self.run_worker(self._renew(), group="list", exclusive=True)

    async def _renew(self) -> None:
        await self.load()
        self.refresh_keys()

    def _show(self) -> None:
        at, last = self._line, {queued.job.paper: queued.job.id for queued in self._queued}
        rows = lines.in_order(
            lines.line(one, self.counter.sight(one.job), is_last=last[one.job.paper] == one.job.id)
            for one in self._queued
        )
        self._put_cursor(rows, at.key if at else "")

    def _put_cursor(self, rows: Sequence[Line], key: str) -> None:
        keys = [row.key for row in rows]
        self._list.show(rows, at=keys.index(key) if key in keys else 0)
        self._tell_line()

    def _tell_line(self) -> None:
        line = self._line
        told = line.told if line else f"队列是空的。{lines.ways(self._routes, self.desk.window)}"
        self.query_one("#told", Words).say(f"{self._progress}{told}")

    @property
    def _progress(self) -> str:
        """How many papers are still to come, where that is worth a line."""
        left = sum(one.job.state in lines.ON_THEIR_WAY for one in self._queued)
        if self.counter.holds_prints:
            return f"‖ 队列停住了，还有 {left} 张没有打完；F7 接着打。\n"
        return f"还有 {left} 张没有打完。\n" if left > 1 else ""

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#jobs", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._list.row if self.is_mounted else None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another job."""
        self._tell_line()
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: what the face speaks for."""
        number = event.row.paper.object.partition("-")[0]
        self.counter.go("courier" if _is_batch(number) else "case", number=number)

    def take_scan(self, scanned: Scanned) -> bool:
        """A face of the queue: there is its job."""
        keys = [row.paper.number for row in self._list.rows]
        if scanned.code not in keys:
            return False
        self._list.to(keys.index(scanned.code))
        return True

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, by what the desk is there for, and by how the job stands."""
        if name in ("reload", "printers", "hold"):
            return None
        if name == "sweep":
            return "本次只看不写" if self.desk.readonly else None
        if self._line is None:
            return "没有打印任务"
        act = "print_paper" if self._goes_again(name) else _ACTS[name]
        return offers.barred(self.desk, act) or self._line.why_not(name)

    def _goes_again(self, name: str) -> bool:
        return name == "answer" and self._line is not None and self._line.job.state in lines.AGAIN

    async def do_reload(self) -> None:
        """Ask again, and go on where the queue had stopped."""
        await self.load()
        self.counter.send_prints()

    def do_hold(self) -> None:
        """Stop between two papers, or go on."""
        self.counter.holds_prints = not self.counter.holds_prints
        if self.counter.holds_prints:
            self.counter.attention("队列停住了：已交给打印机的会打完，后面的先不打。")
        else:
            self.counter.done("接着打。")
        self._tell_line()
        self.counter.send_prints()

    def do_printers(self) -> None:
        """To the printers."""
        self.counter.go("printers")

    # --- did it come out?

    def do_answer(self) -> None:
        """What the job needs: an answer, or to be printed again."""
        line = self._line
        if line is None:
            return
        if line.job.state in lines.AGAIN:
            number, printer = line.job.paper, line.job.printer
            self.counter.perform(
                lambda desk: printing.print_paper(desk, number, printer=printer),
                partial(self._told_going, number),
            )
            return
        text = (
            f"{line.name}　打印机“{line.job.printer}”\n"
            "先到打印机前看，再回答。答错了会有两张同样编号的纸，或者一张也没有。"
        )
        question = Pick("这张纸打出来了吗？", _ANSWERS, text=text)
        self.app.push_screen(question, partial(self._answered, line))

    def _answered(self, line: Line, answer: str | None) -> None:
        if answer == _UNKNOWN:
            self.counter.attention("没有记下什么。看过打印机以后，再按 Ctrl+S 回答。")
        elif answer is not None:
            self.counter.perform(
                lambda desk: printing.confirm_print(desk, line.job.id, printed=answer == _YES),
                self._told_ended,
                seen=line.job.version,
            )

    # --- elsewhere

    def do_move(self) -> None:
        """Choose another printer."""
        if self._line is not None:
            self.run_worker(self._move(self._line), group="tasks", exclusive=True)

    async def _move(self, line: Line) -> None:
        title = f"换到哪台打印机？　{line.name}"
        to = await places.chosen(self, line.job.paper, title, but=line.job.printer)
        if to is not None:
            self.counter.perform(
                lambda desk: printing.move_print(desk, line.job.id, printer=to),
                partial(self._told_going, line.job.paper),
                seen=line.job.version,
            )

    # --- not at all

    def do_cancel(self) -> None:
        """Not to be printed, after a question."""
        if (line := self._line) is not None:
            text = f"{line.name}　打印机“{line.job.printer}”\n取消以后还可以再打。"
            question = Confirm("取消这次打印吗？", text, yes="取消打印")
            self.app.push_screen(question, partial(self._cancel, line))

    def _cancel(self, line: Line, yes: bool | None) -> None:
        if yes:
            self.counter.perform(
                lambda desk: printing.cancel_print(desk, line.job.id), self._told_ended, seen=line.job.version
            )

    # --- the tray

    def do_sweep(self) -> None:
        """Empty the tray of what the ledger can give out again."""
        self.run_worker(self._sweep(), group="tasks", exclusive=True)

    async def _sweep(self) -> None:
        desk = self.desk
        try:
            found = await self.counter.do(lambda: tray.sweep(desk, dry_run=True))
            if not found.swept:
                self.counter.attention(f"出纸盘里没有可以清的纸面；{_kept(found)}。")
                return
            text = f"清掉 {len(found.swept)} 张，账上都有，随时可以再取；{_kept(found)}。\n还没打的请先打。"
            if await self.app.push_screen_wait(Confirm("清出纸盘吗？", text, yes="清出纸盘", safe=True)):
                swept = await self.counter.do(lambda: tray.sweep(desk))
                self.counter.done(f"已从出纸盘清掉 {len(swept.swept)} 张；{_kept(swept)}。")
        except Explained as error:
            await self.counter.refuse(error)

    # --- telling

    async def _told_going(self, before: str, paper: Paper) -> None:
        await self._done(places.going(before, paper))
        found = [row.key for row in self._list.rows if row.paper.number == paper.number and row.is_last]
        self._put_cursor(self._list.rows, found[0] if found else "")

    async def _told_ended(self, job: PrintJob) -> None:
        asked = "；已请打印机取消" if job.state in lines.ON_THEIR_WAY else ""
        await self._done(f"已记下：{word(job.state)}{asked}。")

    async def _done(self, text: str) -> None:
        self.counter.done(text)
        await self._renew()


def _look(desk: Desk) -> tuple[list[Queued], list[Route]]:
    return printing.queue(desk), printers.routes(desk)


def _is_batch(number: str) -> bool:
    try:
        return codes.parse(number).kind == Kind.BATCH
    except CodeError:
        return False


def _kept(sweep: Sweep) -> str:
    if not sweep.kept:
        return "没有留下别的文件"
    reasons = dict.fromkeys(tray.REASONS[kept.reason] for kept in sweep.kept)
    return f"留下 {len(sweep.kept)} 个文件（{'；'.join(reasons)}）"


OPENS = PrintingScreen
