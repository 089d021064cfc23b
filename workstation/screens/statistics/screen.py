"""统计: what came in, what became of it and how long it took; counted once, then looked at from all sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from textual.widget import Widget

from workstation.acts import statistics, statistics_files, statistics_tables
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, Stopped
from workstation.acts.statistics import Statistics
from workstation.acts.statistics_files import Given, Span
from workstation.acts.statistics_tables import NOTES, VIEWS
from workstation.domain.times import minute
from workstation.errors import Explained, WrongUsage
from workstation.policies import DeadlinePolicy
from workstation.screens import long_work
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Pick, Reading
from workstation.screens.hands import Hands
from workstation.screens.long_form import AskingScreen, LongForm
from workstation.screens.statistics import lines
from workstation.screens.statistics.lines import Line
from workstation.screens.table_files import PATH, named, whence
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import OneLine, Words

_HEADS = (Column("项目", 34), Column("", lines.FIGURE), Column("", lines.BAR, flexible=True))
_ACT = "export_statistics"
_SPAN = "统计期间"
_DAYS = 58
"""Cells of the line of days."""
_CHOICES = {
    "overview": "概况　数量、比率、通办方式",
    "items": "事项　每个事项收了多少、首次通过多少",
    "provinces": "省份　受理地到各属地省份的送件",
    "outcomes": "结果　办件的状态、业务属地的结果",
    "clerks": "经办　每个工号收了多少、告知多少",
    "waits": "时限　各段按时率，各部门 P50、P90",
    "times": "时段　一天里的钟点、一周里的星期",
}

Write = Callable[[Desk, Path, Span, Progress], Given]


class StatisticsScreen(AskingScreen):
    """The statistics, one view at a time."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "统计"
    DOES = (
        Do("export", "导出", "ctrl+s", "dc", "导出统计：.csv、.xlsx，或带图的 .pdf；记入留痕账"),
        Do("view", "看哪样", "f2", "kny", "概况、事项、省份、结果、经办、时限、时段"),
        Do("span", "期间", "f3", "qj", "统计哪一天到哪一天收的办件"),
        Do("detail", "明细", "f4", "mx", "导出明细：一个办件一行，没有个人信息；记入留痕账"),
        Do("reload", "重算", "f5", "cs", "按现在的账再算一遍"),
        Do("notes", "口径", "f6", "kj", "每个数是怎样算的"),
    )
    explains = "按收件时间统计，件数都在条形旁边。光标所在一行的全部数字在下面。F2 换一样看，F3 换期间。"

    def __init__(self) -> None:
        super().__init__()
        self._hands = Hands("count")
        self._view = next(iter(VIEWS))
        self._days: tuple[str | None, str | None] = (None, None)
        self._found: Statistics | None = None

    def body(self) -> Iterator[Widget]:
        """What is counted, day by day, the view, and the line under the cursor whole."""
        yield OneLine("正在统计……", id="statistics-head")
        yield OneLine("", id="statistics-days")
        yield RecordList[Line](_HEADS, lambda line: line.cells, empty="（没有）", id="statistics-lines")
        yield Words("", id="statistics-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    def on_unmount(self) -> None:
        """Its connection ends in its thread."""
        opened = self.counter.opened
        self._hands.rest(opened.desk.store.engine.close if opened else None)

    async def load(self) -> None:
        """Count, once: coming back from a dialog changes nothing."""
        if self.counter.is_signed_in and self._found is None:
            self.run_worker(self._count(), group="list", exclusive=True)

    async def _count(self) -> None:
        self.query_one("#statistics-head", OneLine).say("正在统计……")
        desk, span = self.desk, self._span
        try:
            found = await self.counter.by(
                self._hands,
                lambda: statistics.of(desk, since=span.since, until=span.until, policy=span.policy),
            )
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}{error.next}")
            self.query_one("#statistics-head", OneLine).say("没有统计。")
        else:
            self._found = found
            self._show()
        self.refresh_keys()

    @property
    def _span(self) -> Span:
        opened = self.counter.opened
        policy = opened.settings.deadline if opened else DeadlinePolicy()
        return Span(*self._days, policy)

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#statistics-lines", RecordList)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        head = (
            f"【{VIEWS[self._view]}】{found.since} 至 {found.until}　收件 {found.all.registered} 件　"
            f"送件 {found.consignments} 件　截至 {minute(found.taken_at)}"
        )
        self.query_one("#statistics-head", OneLine).say(head)
        self.query_one("#statistics-days", OneLine).say(_by_day(found))
        self._list.show(lines.lines(statistics_tables.views(found)[self._view]))
        self._tell()

    def _tell(self) -> None:
        line = self._list.row
        self.query_one("#statistics-told", Words).say(line.told if line else "")

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell()

    def why_not(self, name: str) -> str | None:
        """By role; there is nothing to give out before it is counted."""
        if name in ("export", "detail"):
            return self.barred(_ACT)
        if name in ("view", "reload") and self._found is None:
            return self.barred_reading(_ACT) or "还没有统计出来"
        return None

    # --- looking

    def do_view(self) -> None:
        """Another view."""
        self.app.push_screen(Pick("看哪样", list(_CHOICES.items())), self._viewed)

    def _viewed(self, view: str | None) -> None:
        if view is not None:
            self._view = view
            self._show()

    def do_notes(self) -> None:
        """How each figure is counted."""
        notes = "\n\n".join(f"{n}. {note}" for n, note in enumerate(NOTES, 1))
        source = (
            f"\n\n来源：留痕账 {self._found.entries} 条，链首码 {self._found.anchor}" if self._found else ""
        )
        self.app.push_screen(Reading("口径", notes + source))

    def do_reload(self) -> None:
        """Count again."""
        self._recount(*self._days)

    def do_span(self) -> None:
        """From which day to which."""
        self.run_worker(self._ask_span(), group="asking", exclusive=True)

    async def _ask_span(self, wrong: Explained | None = None) -> None:
        since, until = self._days
        if self._found is not None:
            since, until = self._found.since, self._found.until
        asked = (
            Asked("since", "从", value=since or "", explains="收件的第一天，如 2026-01-01；空着是今年起。"),
            Asked("until", "到", value=until or "", explains="收件的最后一天；空着是到今天。"),
        )
        typed = self.typed(_SPAN)
        values = await self.app.push_screen_wait(LongForm(_SPAN, asked, typed, wrong=wrong, yes="统计"))
        if values is None:
            return
        try:
            days = statistics_files.checked_days(self.desk, values["since"].strip(), values["until"].strip())
        except WrongUsage as error:
            await self._ask_span(error)
            return
        self.forget(_SPAN)
        self._recount(*days)

    def _recount(self, since: str | None, until: str | None) -> None:
        self._days, self._found = (since, until), None
        self.refresh_keys()
        self.run_worker(self._count(), group="list", exclusive=True)

    # --- giving out

    def do_export(self) -> None:
        """The statistics as a file."""

        def write(desk: Desk, path: Path, span: Span, told: Progress) -> Given:
            return statistics_files.export(desk, path, span, progress=told)

        self.run_worker(
            self._give_out("导出统计", "以 .csv、.xlsx 或 .pdf 结尾。", write), group="files", exclusive=True
        )

    def do_detail(self) -> None:
        """A line a case as a file."""

        def write(desk: Desk, path: Path, span: Span, told: Progress) -> Given:
            return statistics_files.export_detail(desk, path, span, progress=told)

        self.run_worker(
            self._give_out("导出明细", "以 .csv 或 .xlsx 结尾。", write), group="files", exclusive=True
        )

    async def _give_out(self, title: str, endings: str, write: Write) -> None:
        wrong: Explained | None = None
        asked = (Asked(PATH, "写到", required=True, explains=endings),)
        while True:
            form = LongForm(title, asked, self.typed(title), text=whence(""), wrong=wrong, yes="导出")
            values = await self.app.push_screen_wait(form)
            if values is None:
                return
            try:
                given = await self._written(title, named(values), write)
            except Stopped:
                self.counter.attention("已停下，没有导出。")
                return
            except Explained as error:
                wrong = error
                continue
            self.forget(title)
            self.counter.done(f"已导出 {given.since} 至 {given.until} 收件 {given.cases} 件：{given.path}")
            return

    async def _written(self, title: str, path: Path, write: Write) -> Given:
        desk, span = self.desk, self._span
        return await long_work.done(self.counter, title, lambda told: write(desk, path, span, told))


def _by_day(found: Statistics) -> str:
    """Every day as a height; the days and the most of them are told in figures."""
    if not found.days:
        return ""
    most = max(found.days, key=lambda day: day.count)
    line = lines.sparkline([day.count for day in found.days], _DAYS)
    return f"每日 最多 {most.count}（{most.name[5:]}） {line}"


OPENS = StatisticsScreen
