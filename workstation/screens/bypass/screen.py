"""体外循环: what the report tells, line by line, the oldest of each kind first; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from workstation.acts import bypass
from workstation.acts.bypass import KINDS, Bypass, Sign
from workstation.acts.desk import Desk
from workstation.domain.roles import Role
from workstation.domain.times import minute
from workstation.policies import BypassPolicy
from workstation.screens.base import CounterScreen, Do
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import OneLine, Words

_HEADS = (
    Column("迹象", 26),
    Column("办件", 20),
    Column("首问", 6),
    Column("自", 10),
    Column("已", 6),
    Column("材料行", 14, flexible=True, wide_only=True),
)
_NONE = "没有迹象"
_NOT_THEIRS = "审计员不看办件；请把编号告诉值班长"


@dataclass(frozen=True)
class Line:
    """One sign, and of which kind it is."""

    kind: str
    sign: Sign

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return f"{self.kind} {self.sign.case_number}"

    @property
    def cells(self) -> Sequence[str]:
        """Kind, case, whose it is, since when, for how long; on a wide screen the rows."""
        sign = self.sign
        return (
            KINDS[self.kind],
            sign.case_number,
            sign.clerk,
            minute(sign.since)[:10],
            f"{sign.days} 天",
            "、".join(sign.rows),
        )

    @property
    def told(self) -> str:
        """All about it."""
        sign = self.sign
        rows = f"\n材料行：{'、'.join(sign.rows)}" if sign.rows else ""
        return f"{KINDS[self.kind]}：{minute(sign.since)} 起，已 {sign.days} 天，首问 {sign.clerk}。{rows}"


class BypassScreen(CounterScreen):
    """For those who supervise; signs are no verdict."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "体外循环"
    DOES = (
        Do("case", "办件", "f4", "bj", "打开光标处的办件（值班长）"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
    )
    explains = (
        "收件不登记、不受理、不一次性告知的迹象（闽审改办〔2023〕2号），每一种最久的在前。"
        "迹象不是结论：Enter 打开办件看清楚。没有登记的收件，账上看不出来。"
    )

    def body(self) -> Iterator[Widget]:
        """How many of each kind, the list, and all about the line under the cursor."""
        yield OneLine("正在查……", id="bypass-head")
        yield RecordList[Line](_HEADS, lambda line: line.cells, empty=f"（{_NONE}）", id="bypass-lines")
        yield Words("", id="bypass-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """The signs there are now; the cursor stays on its line."""
        if not self.counter.is_signed_in:
            return
        policy = self.counter.opened.settings.bypass if self.counter.opened else None
        found = await self.counter.look(lambda desk: _report(desk, policy))
        at, lines = self._line, [Line(kind, sign) for kind in KINDS for sign in getattr(found, kind)]
        keys = [line.key for line in lines]
        self._list.show(lines, at=keys.index(at.key) if at and at.key in keys else 0)
        counts = "　".join(f"{title} {len(getattr(found, kind))}" for kind, title in KINDS.items())
        self.query_one("#bypass-head", OneLine).say(counts)
        self._tell_line()

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#bypass-lines", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._list.row if self.is_mounted else None

    def _tell_line(self) -> None:
        told = self._line.told if self._line else f"{_NONE}：该审查的已审查，该告知的已告知。"
        self.query_one("#bypass-told", Words).say(told)

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell_line()
        self.refresh_keys()

    def why_not(self, name: str) -> str | None:
        """A case is the counter's; an auditor reads the journal."""
        if name == "reload":
            return None
        if self._line is None:
            return _NONE
        operator = self.desk.operator
        return None if operator and operator.role == Role.SUPERVISOR else _NOT_THEIRS

    async def on_record_list_opened(self) -> None:
        """Enter: the case."""
        await self.action_do("case")

    def do_case(self) -> None:
        """To the case."""
        if self._line is not None:
            self.counter.go("case", number=self._line.sign.case_number)

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()
        self.refresh_keys()


def _report(desk: Desk, policy: BypassPolicy | None) -> Bypass:
    return bypass.report(desk, policy=policy)


OPENS = BypassScreen
