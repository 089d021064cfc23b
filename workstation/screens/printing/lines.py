"""A print job in words: its line, what is the matter with it, what next, and why an act is none for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.acts import printing
from workstation.acts.printing import Queued
from workstation.domain.codes import short_form
from workstation.domain.paper import Paper, PaperState
from workstation.domain.printing import USES, PrintJob, PrintState, Route
from workstation.domain.times import local, minute
from workstation.domain.words import word

if TYPE_CHECKING:
    from integrations.printers.states import Condition

_SIGNS: Mapping[str, str] = {
    PrintState.UNSURE: "?",
    PrintState.FAILED: "✗",
    PrintState.SENT: "·",
    PrintState.SENDING: "·",
    PrintState.WAITING: "·",
    PrintState.PRINTED: "✓",
    PrintState.CANCELED: "-",
}
#: Shorter than in a sentence: a column has no room.
_SHORT: Mapping[str, str] = {
    PrintState.SENDING: "正在交出",
    PrintState.CANCELED: "已取消",
}
ASKED = frozenset({PrintState.UNSURE, PrintState.SENT})
"""Of these a person may say whether the sheet came out."""
AGAIN = frozenset({PrintState.FAILED, PrintState.CANCELED})
"""Nothing came of these: they can be printed again."""
_FIRST = (PrintState.UNSURE, PrintState.FAILED)
ON_THEIR_WAY = frozenset({PrintState.WAITING, PrintState.SENDING, PrintState.SENT})
_CANCEL_ASKED = "cancel_asked"
#: What is to be done about a job where its printer says nothing better.
_NEXT: Mapping[str, str] = {
    PrintState.UNSURE: "先到打印机“{printer}”前看：纸出来没有，里面还有没有在排队、缺纸停着的。看清楚了再按 "
    "Ctrl+S 回答。没看之前不要再打：一个编号只能有一张纸。",
    PrintState.FAILED: "这一张没有打出。Ctrl+S 再打一次，F4 换一台打印机，F6 不要了。",
    PrintState.SENT: "等它打出来。亲眼看到打出了、打印机却说不清的，按 Ctrl+S 回答。",
    PrintState.SENDING: "正在交给打印机，请稍候。",
    PrintState.WAITING: "轮到就打，不用管它。F4 换一台打印机，F6 取消。",
    PrintState.PRINTED: "再要一张，请在办件的“纸面”里补打。",
    PrintState.CANCELED: "这一张没有打。还要的，Ctrl+S 再打一次，F4 换一台打印机。",
}
_ANSWERED = "先按 Ctrl+S 回答打出来没有"
_NO_ANSWER: Mapping[str, str] = {
    PrintState.SENDING: "正在交给打印机，请稍候",
    PrintState.WAITING: "还没有轮到它，没有要回答的",
    PrintState.PRINTED: "已经打出来了；再要一张请补打",
}
_NO_MOVE: Mapping[str, str] = {
    PrintState.SENDING: "正在交给打印机，请稍候",
    PrintState.SENT: "纸可能已经打出来了；先取消，或回答打出来没有",
    PrintState.UNSURE: _ANSWERED,
    PrintState.PRINTED: "已经打出来了；再要一张请补打",
}
_NO_CANCEL: Mapping[str, str] = {
    PrintState.SENDING: "正在交给打印机，请稍候",
    PrintState.UNSURE: _ANSWERED,
    PrintState.PRINTED: "已经打出来了",
    PrintState.CANCELED: "已经取消了",
}


@dataclass(frozen=True)
class Line:
    """One job of the queue."""

    job: PrintJob
    paper: Paper
    is_last: bool
    """Whether nothing was begun with this face after it."""
    says: str = ""
    """What is the matter, as its printer has said or as we know."""
    next: str = ""
    """What the printer's words ask for."""

    @property
    def key(self) -> str:
        """By what it is known again."""
        return self.job.id

    @property
    def name(self) -> str:
        """The face as one calls it: kind, which copy, last digits."""
        copy = f" 副本{self.paper.copy}" if self.paper.copy > 1 else ""
        return f"{word(self.paper.kind)}{copy} …{short_form(self.paper.number)}"

    @property
    def state(self) -> str:
        """Sign and word."""
        return f"{_SIGNS[self.job.state]} {_SHORT.get(self.job.state, word(self.job.state))}"

    @property
    def cells(self) -> Sequence[str]:
        """State, paper, printer, what is the matter, since when; on a wide screen also who asked for it."""
        since = f"{local(self.job.changed_at or self.job.queued_at):%H:%M}"
        return self.state, self.name, self.job.printer, self.says, since, self.job.queued_by

    @property
    def told(self) -> str:
        """All about it, and what to do next."""
        job = self.job
        asked_for = f"{minute(job.queued_at)} {job.queued_by} 登记"
        says = f"：{self.says}" if self.says else ""
        return "\n".join((
            f"{self.name}　任务 {job.id}　{asked_for}",
            f"{_SIGNS[job.state]} {word(job.state)}　打印机“{job.printer}”{says}",
            f"下一步：{self._what_next}",
        ))  # fmt: skip

    @property
    def _what_next(self) -> str:
        if self.barred:
            return f"不用再管：{self.barred}。"
        usual = _NEXT[self.job.state].format(printer=self.job.printer)
        return f"{self.next}。{usual}" if self.next and self.job.state in ON_THEIR_WAY else usual

    @property
    def barred(self) -> str | None:
        """Why nothing more can be begun with what nothing came of; None: it can."""
        if self.job.state not in AGAIN:
            return None
        if self.paper.state == PaperState.VOID:
            by = self.paper.replaced_by
            return f"这张纸面已作废{f'，由 …{short_form(by)} 代替' if by else ''}"
        return None if self.is_last else "这张纸面后来另有打印任务"

    def why_not(self, name: str) -> str | None:
        """Why this act is none for this job."""
        state = self.job.state
        if name == "cancel":
            asked = "已请打印机取消，看它怎么结束" if self.job.condition == _CANCEL_ASKED else None
            return _NO_CANCEL.get(state) or (asked if state == PrintState.SENT else None)
        told = _NO_ANSWER if name == "answer" else _NO_MOVE
        return told.get(state) or self.barred


def line(queued: Queued, sight: Condition | None, *, is_last: bool) -> Line:
    """A job with what was last seen of it; what a printer said of a job that has ended is past."""
    job = queued.job
    what, _, then = printing.reason(job).partition("；")
    if sight is not None and job.state in ON_THEIR_WAY:
        asked = f"（{what}）" if what else ""
        return Line(job, queued.paper, is_last, sight.what + asked, sight.next)
    return Line(job, queued.paper, is_last, what, then)


def in_order(lines: Iterator[Line]) -> list[Line]:
    """Those that need a person first, then those on their way, then what ended, the latest first."""
    found = list(lines)
    first = [one for state in _FIRST for one in found if one.job.state == state]
    live = [one for one in found if one.job.state in ON_THEIR_WAY]
    ended = [one for one in found if one not in first and one not in live]
    return [*first, *live, *sorted(ended, key=lambda one: one.job.ended_at or 0, reverse=True)]


def ways(routes: Sequence[Route], window: int) -> str:
    """Where the papers of a window go."""
    printers = {route.use: route.printer for route in routes if route.window == window}
    told = [f"{word(use)} → {printers.get(use) or '出纸盘'}" for use in USES]
    return f"本窗口的纸面：{'；'.join(told)}。"
