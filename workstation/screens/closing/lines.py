"""What stands on the screen of the day's end: a thing and where it is, how it stands with the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workstation.acts import day_closes, day_sheets, unexplained
from workstation.acts.desk import Desk
from workstation.acts.unexplained import Unexplained
from workstation.domain.day_close import DayClose, MonthClose
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.policies import MailPolicy

#: Where each trouble is settled, and whether that screen is told the number.
_SCREENS: Mapping[str, tuple[str, bool]] = {
    "unexplained": ("parcels", True),
    "order_in_doubt": ("outbox", False),
    "no_waybill": ("outbox", False),
    "missed_pickup": ("courier", False),
    "packing": ("sealing", True),
    "never_made": ("printing", False),
    "unsure": ("printing", False),
    "print_failed": ("printing", False),
    "batch_open": ("courier", True),
    "task_idle": ("tasks", False),
}


@dataclass(frozen=True)
class Line:
    """One thing that nothing explains, or that somebody has explained."""

    one: Unexplained

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return f"{self.one.kind} {self.one.object}"

    @property
    def cells(self) -> Sequence[str]:
        """Sign, kind, number, place, trouble; on a wide screen the explanation."""
        one = self.one
        return (
            "✓" if one.explained else "✗",
            unexplained.KINDS[one.kind],
            one.object,
            one.place,
            one.said,
            self.explained,
        )

    @property
    def explained(self) -> str:
        """Why it may stay overnight; empty if nobody has said."""
        said = self.one.explained
        return "：".join(filter(None, (unexplained.REASONS[said.reason], said.note))) if said else ""

    @property
    def told(self) -> str:
        """All about it, and what comes next."""
        one = self.one
        head = f"{unexplained.KINDS[one.kind]} {one.object}　{one.place}\n{one.said}"
        if one.explained:
            return f"{head}\n✓ {one.explained.changed_by} 已说明：{self.explained}"
        return f"{head}\n下一步：{one.then}。Enter 去办；确须过夜的按 F3 说明。"

    @property
    def opens(self) -> tuple[str, dict[str, Any]]:
        """The screen on which it is settled, and what that is given."""
        screen, wants_number = _SCREENS[self.one.why]
        return screen, {"number": self.one.object} if wants_number else {}


@dataclass(frozen=True)
class Sight:
    """One look at the day's end."""

    day: str
    close: DayClose | None
    """Of today, if it holds."""
    left: Sequence[str]
    """Days before it that nobody has closed."""
    lines: Sequence[Line]

    @property
    def dark(self) -> int:
        """How many things nobody has explained."""
        return sum(line.one.explained is None for line in self.lines)

    @property
    def next_day(self) -> str:
        """The day that is to be closed first."""
        return self.left[0] if self.left else self.day

    @property
    def told(self) -> str:
        """How it stands with the day, in words."""
        left = f"\n✗ 前面没有日清的：{'、'.join(self.left)}" if self.left else ""
        if self.close is not None:
            return f"✓ {closed(self.close)}{left}"
        state = f"✗ 还有 {self.dark} 件说不清" if self.dark else "✓ 都说得清，可以日清（Ctrl+S）"
        return f"今天 {self.day}　没有日清　{state}{left}"


def closed(close: DayClose) -> str:
    """A close in one line."""
    when = f"{minute(close.closed_at)} {close.closed_by}"
    return f"{close.day} 已日清（第 {day_sheets.ordinal(close)} 次）　{when}　日清单 {close.paper}"


def look(desk: Desk, *, policy: MailPolicy) -> Sight:
    """How it stands now."""
    left = day_closes.open_days(desk)
    today = unexplained.today(desk.store.now())
    found = unexplained.listed(desk, policy=policy, day=left[0] if left else today)
    lines = [Line(one) for one in sorted(found, key=lambda one: one.explained is not None)]
    return Sight(today, day_closes.of_day(desk, today), left, lines)


def reopened(close: DayClose) -> str:
    """A close that was taken back, in one line."""
    who = f"{close.reopened_by}、{close.second}"
    reason = day_closes.REASONS[close.reason or "other"]
    when = minute(close.reopened_at)
    return f"{close.day} 第 {day_sheets.ordinal(close)} 次日清已重开　{when} {who}：{reason}"


def month(close: MonthClose) -> str:
    """A month's close, in one line."""
    when = f"{minute(close.closed_at)} {close.closed_by}"
    return f"{close.month} {word(close.state)}　{when}　月结单 {close.paper}"
