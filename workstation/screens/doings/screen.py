"""今日办理: parts of the day on the left, what is in them on the right; what waits can be confirmed here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.containers import Horizontal
from textual.widget import Widget

from workstation.acts import offers, waiting
from workstation.domain import codes, roles
from workstation.domain.codes import CodeError, Kind
from workstation.domain.people import Waiting
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Confirm
from workstation.screens.doings import lines
from workstation.screens.doings.lines import Day, Line
from workstation.widgets.record_list import Column, RecordList

_HEADS = (
    Column("时间", 11),
    Column("什么", 12),
    Column("对象", 20),
    Column("", 10, flexible=True),
)
_OPENED_BY = {Kind.BATCH: "courier", Kind.BADGE: "users"}


class DoingsScreen(CounterScreen):
    """What was done at this window today, and what is still to be done."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "今日办理"
    DOES = (
        Do("confirm", "确认", "ctrl+s", "qr", "以第二人的身份确认光标所在的待确认事项"),
        Do("drop", "撤下", "f4", "cx", "不再需要的待确认事项，撤下不办"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
    )
    explains = (
        "左边选一类，右边是里面的每一件，Enter 打开它的对象。Tab 在两边之间切换。"
        "待确认的由另一位同事登录后按 Ctrl+S 确认，经办人不能确认自己的。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._day: Day | None = None
        self._part = lines.WRITTEN

    def body(self) -> Iterator[Widget]:
        """Parts on the left, lines on the right."""
        with Horizontal():
            heads = (Column("今天", 10, flexible=True), Column("件", 4))
            yield RecordList[str](heads, self._part_cells, id="sections")
            yield RecordList[Line](_HEADS, _cells, empty="（没有）", id="lines")

    async def load(self) -> None:
        """Everything as it is now; the cursors stay."""
        if not self.counter.is_signed_in:
            return
        try:
            day = await self.counter.do(lambda: lines.look(self.desk))
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        is_first, self._day = self._day is None, day
        self._parts.show(tuple(lines.TITLES), at=self._parts.cursor)
        self._show(at=self._lines.cursor)
        if is_first:
            self._parts.focus()
        if day.unread_drafts:
            self.counter.attention("草稿读不出来；其余都在。原因见“草稿”所在的画面。")

    @property
    def _parts(self) -> RecordList[str]:
        return self.query_one("#sections", RecordList)

    @property
    def _lines(self) -> RecordList[Line]:
        return self.query_one("#lines", RecordList)

    @property
    def _waiting(self) -> Waiting | None:
        row = self._lines.row if self.is_mounted else None
        return row.waiting if row is not None else None

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """Only what waits can be confirmed or dropped, and by whom the act allows."""
        if name == "reload":
            return None
        one = self._waiting
        if one is None:
            return "光标不在“待确认”的一件上"
        if reason := offers.barred(self.desk, name):
            return reason
        return self._not_second(one) if name == "confirm" else None

    def _not_second(self, one: Waiting) -> str | None:
        operator = self.desk.signed_in()
        if operator.code == one.by:
            return "经办人不能确认自己的，请另一位同事登录"
        if not roles.may_confirm(operator.role, one.act):
            return f"“{word(one.act)}”要由{'、'.join(sorted(map(word, roles.SECOND[one.act])))}确认"
        return None

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The cursor stands on another line."""
        if event.rows is self._parts and event.row is not None and event.row != self._part:
            self._part = event.row
            self._show(at=0)
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        if event.rows is self._parts:
            self._lines.focus()
        elif event.row.draft is not None:
            self.counter.resume(event.row.draft)
        else:
            self._go_to(event.row)

    def _go_to(self, line: Line) -> None:
        place = _place_of(line.object) or ((line.place, {}) if line.place else None)
        if place is None:
            self.counter.attention(f"“{line.what}”没有可以打开的对象。")
        else:
            name, given = place
            self.counter.go(name, **given)

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()

    # --- what waits

    def do_confirm(self) -> None:
        """Confirm as its second person, after a last look."""
        if (one := self._waiting) is not None:
            text = f"{one.object}　经办 {one.by}\n您是第二人，确认后即办理，两个人的工号都记在账上。"
            question = Confirm(f"确认“{word(one.act)}”吗？", text, yes="确认")
            self.app.push_screen(question, partial(self._confirm, one))

    def _confirm(self, one: Waiting, yes: bool | None) -> None:
        if yes:
            told = f"已确认：{word(one.act)} {one.object}"
            self.counter.perform(lambda desk: waiting.confirm(desk, one.id), lambda _: self._done(told))

    def do_drop(self) -> None:
        """Take it off the list, after a question."""
        if (one := self._waiting) is not None:
            text = f"{one.object}　经办 {one.by}\n撤下后不办理；要办时由经办人从头再来。"
            question = Confirm(f"撤下“{word(one.act)}”吗？", text, yes="撤下", safe=True)
            self.app.push_screen(question, partial(self._drop, one))

    def _drop(self, one: Waiting, yes: bool | None) -> None:
        if yes:
            told = f"已撤下：{word(one.act)} {one.object}"
            self.counter.perform(lambda desk: waiting.drop(desk, one.id), lambda _: self._done(told))

    async def _done(self, text: str) -> None:
        self.counter.done(text)
        await self.load()
        self.refresh_keys()

    # --- showing

    def _show(self, at: int) -> None:
        if self._day is not None:
            self._lines.show(self._day.parts[self._part], at=at)

    def _part_cells(self, part: str) -> tuple[str, str]:
        day = self._day
        if day is None or (part == lines.DRAFTS and day.unread_drafts):
            return lines.TITLES[part], "?" if day else ""
        more = "+" if part == lines.WRITTEN and day.more else ""
        return lines.TITLES[part], f"{len(day.parts[part])}{more}"


def _place_of(number: str) -> tuple[str, dict[str, Any]] | None:
    """The screen of a number; the id of a consignment begins with that of its case."""
    try:
        kind = codes.parse(number.partition("-")[0]).kind
    except CodeError:
        return None
    opened = _OPENED_BY.get(kind, "case")
    return opened, {} if opened == "users" else {"number": number}


def _cells(line: Line) -> tuple[str, ...]:
    return line.time, line.what, line.object, line.note


OPENS = DoingsScreen
