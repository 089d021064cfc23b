"""Long work on the screen: its count and time, its result or refusal, Esc; nobody else waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, Stopped
from workstation.domain.case import CaseState
from workstation.errors import Explained, Refused
from workstation.screens import long_work
from workstation.screens.long_work import LongWork

Work = Callable[[Progress], str]


class Held:
    """Work that waits in its middle until the test lets it go on."""

    def __init__(self) -> None:
        self.half, self.go_on = threading.Event(), threading.Event()

    def __call__(self, told: Progress) -> str:
        told(0, 1200)
        told(600, 1200)
        self.half.set()
        assert self.go_on.wait(10)
        told(1200, 1200)
        return "做完了"


class Asking:
    """A worker that asks for long work, and what came of it."""

    def __init__(self, clerk: Clerk, work: Work) -> None:
        self.result: str | None = None
        self.refusal: Explained | None = None
        self._clerk, self._work = clerk, work
        clerk.app.run_worker(self._ask(), group="tasks")

    async def _ask(self) -> None:
        try:
            self.result = await long_work.done(self._clerk.app, "核验", self._work, unit="条")
        except Explained as refusal:
            self.refusal = refusal


async def half_done(clerk: Clerk, held: Held) -> Asking:
    """The work stands in its middle, and the screen says so."""
    asking = Asking(clerk, held)
    while not held.half.is_set():
        await clerk.pilot.pause()
    screen = clerk.app.screen
    assert isinstance(screen, LongWork)
    screen._show()
    await clerk.pilot.pause()
    return asking


async def gone(clerk: Clerk) -> None:
    """Its dialog is closed, and who waited for it has gone on."""
    while clerk.app.screen.is_modal:
        await clerk.pilot.pause()
    await clerk.settle()


def test_count_total_and_remaining_time_are_shown(desk: Desk, tmp_path: Path) -> None:
    """Half of it is done; then its result is given and the dialog is gone."""
    held = Held()

    async def story(clerk: Clerk) -> None:
        asking = await half_done(clerk, held)
        clerk.sees(
            "核验", "已做 600 / 1,200 条", "剩余时间：", "50%", "[####################----", "Esc 停下"
        )

        held.go_on.set()
        await gone(clerk)

        assert (asking.result, asking.refusal) == ("做完了", None)
        assert not clerk.app.screen.is_modal

    play(a_counter(desk, tmp_path), story)


def test_a_total_that_is_not_known_is_not_made_up(desk: Desk, tmp_path: Path) -> None:
    """The count alone, and no promise about the time."""

    async def story(clerk: Clerk) -> None:
        screen = LongWork("导入", refuse, unit="行")
        screen._tell(0, None)
        assert "已做 300 行" in screen._told(300, None)
        assert "所需时间还在估算" in screen._told(300, None)

    play(a_counter(desk, tmp_path), story)


def test_escape_stops_it_at_the_next_step(desk: Desk, tmp_path: Path) -> None:
    """It is told at once that it is stopping, and the caller hears `Stopped`."""
    held = Held()

    async def story(clerk: Clerk) -> None:
        asking = await half_done(clerk, held)
        await clerk.pilot.press("escape")
        await clerk.pilot.pause()
        clerk.sees("正在停下")

        held.go_on.set()
        await gone(clerk)

        assert isinstance(asking.refusal, Stopped)
        assert asking.result is None

    play(a_counter(desk, tmp_path), story)


def refuse(told: Progress) -> str:
    """Work that is refused."""
    raise Refused("no", what="没有办成。", why="原因。", next="下一步。")


def crash(told: Progress) -> str:
    """Work with a fault nobody foresaw."""
    raise LookupError("secret")


@pytest.mark.parametrize(("work", "code"), [(refuse, "no"), (crash, "internal")])
def test_a_refusal_or_fault_comes_in_words(desk: Desk, tmp_path: Path, work: Work, code: str) -> None:
    """The caller is told, and the screen lives on."""

    async def story(clerk: Clerk) -> None:
        asking = Asking(clerk, work)
        await clerk.settle()
        await gone(clerk)

        assert asking.refusal is not None
        assert asking.refusal.code == code
        assert "secret" not in "".join(asking.refusal.as_dict().values())
        assert not clerk.app.screen.is_modal

    play(a_counter(desk, tmp_path), story)


def test_it_may_end_while_help_lies_over_it(desk: Desk, tmp_path: Path) -> None:
    """The result waits until one comes back, and is not lost."""
    held = Held()

    async def story(clerk: Clerk) -> None:
        asking = await half_done(clerk, held)
        await clerk.pilot.press("f1")
        held.go_on.set()
        await clerk.settle()
        await clerk.press("escape")

        assert asking.result == "做完了"
        assert not clerk.app.screen.is_modal

    play(a_counter(desk, tmp_path), story)


def test_leaving_the_program_stops_it(desk: Desk, tmp_path: Path) -> None:
    """Nobody waits for work whose screen is gone."""
    ended = threading.Event()

    def endless(told: Progress) -> str:
        try:
            while True:
                told(1, 2)
        finally:
            ended.set()

    async def story(clerk: Clerk) -> None:
        Asking(clerk, endless)
        await clerk.pilot.pause()
        clerk.app.exit(0)

    play(a_counter(desk, tmp_path), story)

    assert ended.is_set()


def test_looks_go_on_meanwhile(desk: Desk, tmp_path: Path) -> None:
    """It has a thread and a connection of its own: neither acts nor looks wait for it."""
    held = Held()
    builders.a_case(desk, CaseState.REGISTERED)

    async def story(clerk: Clerk) -> None:
        asking = await half_done(clerk, held)

        assert await clerk.app.look(verification.anchor) == verification.anchor(desk)
        assert await clerk.app.do(lambda: 7) == 7

        held.go_on.set()
        await gone(clerk)
        assert asking.result == "做完了"

    play(a_counter(desk, tmp_path), story)
