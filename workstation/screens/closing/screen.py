"""日清月结: what keeps the day from being closed, closing it, opening it again, and the month."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from textual.widget import Widget

from workstation.acts import day_closes, month_closes, papers, unexplained
from workstation.acts.scanning import Scanned
from workstation.acts.unexplained import Said
from workstation.domain.day_close import DayClose, DayReason, MonthClose
from workstation.screens.base import Do
from workstation.screens.closing import lines
from workstation.screens.closing.lines import Line, Sight
from workstation.screens.dialogs import Asked, Confirm, Reading
from workstation.screens.long_form import AskingScreen, Sheet
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("", 2),
    Column("种类", 8),
    Column("编号", 20),
    Column("在哪里", 16, flexible=True),
    Column("说不清什么", 20),
    Column("说明", 24, wide_only=True),
)
_ACTS = {"close": "close_day", "explain": "explain_day", "reopen": "reopen_day", "month": "close_month"}
_NOTE = "不写姓名和证件号码。"


class ClosingScreen(AskingScreen):
    """The end of the day."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "日清月结"
    DOES = (
        Do("close", "日清", "ctrl+s", "rq", "出具日清单，当日不再登记办理；前面有没日清的先日清那天"),
        Do("explain", "说明", "f3", "sm", "光标处的一件为什么可以过夜，印在日清单上"),
        Do("reopen", "重开", "f4", "ck", "重开已日清的一天：写明原因，须第二人"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("month", "月结", "f6", "yj", "上个月，或者写明的月份"),
        Do("history", "历次", "f7", "lc", "历次日清和月结"),
    )
    explains = (
        "说不清的封套、纸面、批次、待办，各在哪里。Enter 去核清；确须过夜的写明原因。都核清了按 Ctrl+S 日清："
        "出具日清单，双方签名，当日不再登记办理。日清单上的 40 位链首码以后可以用来核验账有没有被改过。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None

    def body(self) -> Iterator[Widget]:
        """How it stands, the list, and below it all about the line under the cursor."""
        yield Words("正在查……", id="closing-day")
        yield RecordList[Line](
            _HEADS, lambda row: row.cells, empty="（没有说不清的事项）", id="closing-lines"
        )
        yield Words("", id="closing-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """How it stands now; the cursor stays on its line until that is explained."""
        if not self.counter.is_signed_in:
            return
        policy, line = self.counter.mail_policy, self._line
        self._sight = await self.counter.look(lambda desk: lines.look(desk, policy=policy))
        rows = list(self._sight.lines)
        self._list.show(rows, at=_cursor(rows, line, self._list.cursor))
        self.query_one("#closing-day", Words).say(self._sight.told)
        self._tell_line()

    def _tell_line(self) -> None:
        self.query_one("#closing-told", Words).say(self._line.told if self._line else "")

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#closing-lines", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._list.row if self.is_mounted else None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell_line()
        self.refresh_keys()

    def on_record_list_opened(self) -> None:
        """Enter: where it is settled."""
        if self._line is not None:
            screen, given = self._line.opens
            self.counter.go(screen, **given)

    def take_scan(self, scanned: Scanned) -> bool:
        """What one of these lines is about: there is the cursor."""
        numbers = (scanned.object, scanned.code)
        found = [at for at, row in enumerate(self._list.rows) if row.one.object in numbers]
        if self.app.screen is not self or not found:
            return False
        self._list.to(found[0])
        return True

    def why_not(self, name: str) -> str | None:
        """By role; and what there is nothing for."""
        sight = self._sight
        if name not in _ACTS or sight is None:
            return None
        if name == "close" and sight.close is not None and not sight.left:
            return f"{sight.day} 已经日清"
        if name == "explain" and (self._line is None or self._line.one.explained is not None):
            return "没有要说明的" if self._line is None else "这一件已经说明"
        return self.barred(_ACTS[name])

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()
        self.refresh_keys()

    # --- the day

    def do_close(self) -> None:
        """Close the first day that is open, after a question."""
        if self._sight is None:
            return
        day = self._sight.next_day
        text = "出具日清单之后，当日不再登记办理；重开须第二人和原因。请备好纸，双方签名。"
        question = Confirm(f"日清 {day} 吗？", text, yes="日清", safe=True)
        self.app.push_screen(question, lambda yes: self._close_day(day, yes=yes))

    def _close_day(self, day: str, *, yes: bool | None) -> None:
        if yes:
            policy = self.counter.mail_policy
            self.counter.perform(lambda desk: day_closes.close(desk, day, policy=policy), self._day_done)

    async def _day_done(self, close: DayClose) -> None:
        await self.do_reload()
        paper = await self.counter.look(lambda desk: day_closes.sheet_of(desk, close))
        self.counter.done(f"{close.day} 已日清，日清单 {close.paper}。{papers.where(self.desk, paper)}")
        text = f"{lines.closed(close)}\n{_anchor(close.anchor, close.entries)}\n请取出日清单，双方签名。"
        self.app.push_screen(Reading(f"✓ {close.day} 已日清", text))

    def do_explain(self) -> None:
        """Why the thing under the cursor may stay as it is."""
        line, sight = self._line, self._sight
        if line is None or sight is None:
            return
        one, day, policy = line.one, sight.next_day, self.counter.mail_policy
        sheet: Sheet[DayReason] = Sheet(
            title=f"说明　{one.object}",
            asked=(
                Asked("reason", "为何过夜", unexplained.REASONS),
                Asked("note", "写明", explains=_NOTE),
            ),
            act=lambda desk, values: unexplained.explain(
                desk,
                one.kind,
                one.object,
                Said(values["reason"], values["note"].strip() or None),
                policy=policy,
                day=day,
            ),
            told=lambda said: f"已说明：{said.object}　{unexplained.REASONS[said.reason]}",
            text=f"{unexplained.KINDS[one.kind]} {one.object}（{one.place}）：{one.said}",
        )
        self.ask(sheet)

    def do_reopen(self) -> None:
        """Open a closed day again."""
        today = self._sight.day if self._sight else ""
        sheet: Sheet[DayClose] = Sheet(
            title="重开已日清的一天",
            asked=(
                Asked("day", "哪一天", value=today, required=True),
                Asked("reason", "原因", day_closes.REASONS),
                Asked("note", "写明", explains=_NOTE),
            ),
            act=lambda desk, values: day_closes.reopen(
                desk, values["day"], reason=values["reason"], note=values["note"].strip() or None
            ),
            told=lambda close: f"{close.day} 已重开，日清单 {close.paper} 作废；补登之后请再日清。",
            text="日清单随之作废；当月已月结的也不再作数。",
            yes="重开",
        )
        self.ask(sheet)

    # --- the month

    def do_month(self) -> None:
        """Close a month; the one before this, if no other is typed."""
        sheet: Sheet[MonthClose] = Sheet(
            title="月结",
            asked=(Asked("month", "月份", value=self._last_month, required=True),),
            act=lambda desk, values: month_closes.close(desk, values["month"]),
            told=_month_closed,
            text="各日现行的日清相加，与留痕账逐项比对；不符之处印在月结单上。",
            yes="月结",
        )
        self.ask(sheet)

    @property
    def _last_month(self) -> str:
        year, month = (
            int(part) for part in (self._sight.day if self._sight else "2000-02-01").split("-")[:2]
        )
        return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"

    async def do_history(self) -> None:
        """The closes there were."""
        days = await self.counter.look(day_closes.listed)
        months = await self.counter.look(month_closes.listed)
        told = [lines.reopened(close) if close.reopened_at else lines.closed(close) for close in days]
        text = "\n".join([*(lines.month(close) for close in months), "", *told]).strip()
        self.app.push_screen(Reading("历次日清和月结", text or "还没有日清过。"))


def _cursor(rows: Sequence[Line], line: Line | None, before: int) -> int:
    """Where the cursor goes: on its line, or to the next one that asks for a word."""
    for at, row in enumerate(rows):
        if line is not None and row.key == line.key and bool(row.one.explained) == bool(line.one.explained):
            return at
    waiting = [at for at, row in enumerate(rows) if row.one.explained is None]
    return max(0, min(before, waiting[-1] if waiting else len(rows) - 1))


def _anchor(anchor: str, entries: int) -> str:
    return f"链首码（到第 {entries} 条）：\n{day_closes.grouped(anchor)}"


def _month_closed(close: MonthClose) -> str:
    differences = len(json.loads(close.differences))
    said = f"不符 {differences} 处，见月结单" if differences else "与留痕账相符"
    return f"{close.month} 已月结，月结单 {close.paper}：{said}"


OPENS = ClosingScreen
