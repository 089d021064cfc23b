"""Long work on the screen: how much is done, how long the rest will take, and Esc to stop it.

A worker awaits `done(counter, title, work)` and gets the result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.widget import Widget

from workstation.acts.progress import Progress, remaining, stopping
from workstation.acts.waiting import Waits
from workstation.errors import Explained
from workstation.screens.base import Dialog
from workstation.screens.hands import Hands
from workstation.widgets.words import OneLine, Words

if TYPE_CHECKING:
    from workstation.app import CounterApp

R = TypeVar("R")

#: Cells of the bar.
_BAR = 40
_LOOKS_A_SECOND = 8
_NOTHING_STAYS = "停下后什么也没有写入，需要时从头再做。"


@dataclass(frozen=True)
class Ended(Generic[R]):
    """How it ended: with its result, or with why it did not come to its end."""

    value: R | None = None
    refusal: Explained | Waits | None = None


async def done(
    counter: CounterApp,
    title: str,
    work: Callable[[Progress], R],
    *,
    unit: str = "步",
    stopped: str = _NOTHING_STAYS,
) -> R:
    """The result of long work, shown as it goes on; its refusal, or `Stopped`, is raised here.

    To be called in a worker. The work runs in a thread of its own: it may neither wait for the screen nor
    ask it anything. `stopped` says what is there when it was stopped.
    """
    ended: Ended[R] = await counter.push_screen_wait(LongWork(title, work, unit=unit, stopped=stopped))
    if ended.refusal is not None:
        raise ended.refusal
    return cast("R", ended.value)


class LongWork(Dialog, Generic[R]):
    """Shows how far it has come; gives an `Ended`."""

    DEFAULT_CSS = """
    LongWork .long-work--bar { margin: 1 0 0 0; color: $text-accent; }
    """
    keys_word = "Esc 停下"

    def __init__(
        self, title: str, work: Callable[[Progress], R], *, unit: str = "步", stopped: str = _NOTHING_STAYS
    ) -> None:
        super().__init__()
        self.explains = f"这件事要做一会儿。可以停下：{stopped}"
        self.title_word, self._work, self._unit = title, work, unit
        self._hands = Hands("long")
        self._begun: tuple[int, float] | None = None
        """How much was done when it was first told, and when that was: what came before is no measure."""
        self._so_far: tuple[int, int | None] = (0, None)
        self._is_asked_to_stop = False
        self._ended: Ended[R] | None = None

    def body(self) -> Iterator[Widget]:
        """Bar, count, and the time that is left."""
        yield OneLine(_bar(0, None), classes="long-work--bar")
        yield Words("正在开始……", classes="long-work--count")

    def on_mount(self) -> None:
        """Begin, and look how far it is a few times a second."""
        self.set_interval(1 / _LOOKS_A_SECOND, self._show)
        self.run_worker(self._do(), group="long")

    def action_cancel(self) -> None:
        """Esc: stop at the next step."""
        self._is_asked_to_stop = True
        self._show()

    async def _do(self) -> None:
        told = stopping(self._tell, lambda: self._is_asked_to_stop)
        try:
            self._ended = Ended(value=await self.counter.by(self._hands, lambda: self._work(told)))
        except (Explained, Waits) as refusal:
            self._ended = Ended(refusal=refusal)
        finally:
            self._rest()
        self._leave()

    def on_screen_resume(self) -> None:
        """Help or the lock may have lain over it when it ended."""
        self._leave()

    def _leave(self) -> None:
        ended = self._ended
        if ended is not None and self.app.screen is self:
            self._ended = None
            self.dismiss(ended)

    def _rest(self) -> None:
        """Whoever leaves in the middle stops it too; its connection ends in its thread."""
        self._is_asked_to_stop = True
        opened = self.counter.opened
        self._hands.rest(opened.desk.store.engine.close if opened else None)

    def _tell(self, done: int, total: int | None) -> None:
        if self._begun is None:
            self._begun = done, time.monotonic()
        self._so_far = (done, total)

    def _show(self) -> None:
        done, total = self._so_far
        self.query_one(".long-work--bar", OneLine).say(_bar(done, total))
        self.query_one(".long-work--count", Words).say(self._told(done, total))

    def _told(self, done: int, total: int | None) -> str:
        if self._is_asked_to_stop:
            return "正在停下……"
        if self._begun is None:
            return "正在开始……"
        first, since = self._begun
        of = f" / {total:,}" if total is not None else ""
        left = remaining(done - first, None if total is None else total - first, time.monotonic() - since)
        return f"已做 {done:,}{of} {self._unit}　剩余时间：{left}"


def _bar(done: int, total: int | None) -> str:
    if not total:
        return f"[{'-' * _BAR}]"
    full = min(_BAR, done * _BAR // total)
    return f"[{'#' * full}{'-' * (_BAR - full)}] {min(100, done * 100 // total)}%"
