"""How far long work has come, told as it goes on; and how it is stopped: whoever is told says so.

Called inside the work's transaction, so whoever is told neither waits nor asks the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from workstation.errors import Explained

T = TypeVar("T")

#: After how many steps it is told again.
STEP = 100


class Progress(Protocol):
    """Told how many steps are done, and of how many if that is known; raises `Stopped` to stop the work."""

    def __call__(self, done: int, total: int | None, /) -> None:
        """So much is done."""


class Stopped(Explained):
    """Somebody has stopped the work; its transaction takes back what it had written."""

    def __init__(self) -> None:
        super().__init__(
            "stopped",
            what="已停止；什么也没有写入。",
            why="这一步还没有做完就被要求停下；一步要么整个办成，要么什么也不留。",
            next="需要时请从头再做一次。",
        )


def silent(done: int, total: int | None, /) -> None:
    """Nobody is told."""


def stopping(told: Progress, asked: Callable[[], bool]) -> Progress:
    """The same, and the work stops at the next step once `asked` says so."""

    def tell(done: int, total: int | None, /) -> None:
        if asked():
            raise Stopped
        told(done, total)

    return tell


def counted(
    each: Iterable[T], progress: Progress, *, total: int | None = None, before: int = 0
) -> Iterator[T]:
    """The same items, told as they come; `before` steps were done already."""
    done = before
    for item in each:
        if (done - before) % STEP == 0:
            progress(done, total)
        yield item
        done += 1
    progress(done, total)


def remaining(done: int, total: int | None, elapsed_seconds: float) -> str:
    """How long the rest will take at the pace so far, in words."""
    if total is None or done <= 0 or elapsed_seconds <= 0:
        return "所需时间还在估算"
    seconds = round(elapsed_seconds * max(total - done, 0) / done)
    if seconds < 1:
        return "即将完成"
    if seconds < 60:
        return f"约 {seconds} 秒"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"约 {minutes} 分钟"
    return f"约 {hours} 小时 {rest} 分钟" if rest else f"约 {hours} 小时"
