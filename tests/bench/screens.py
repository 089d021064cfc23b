"""What a clerk waits for at the screens: a key, a screen, the start. Beside bare Textual, on a terminal.

Timed are the bytes themselves, by the clock around the read; the emulator sees them when the time is taken.
"""

from __future__ import annotations

import importlib
import os
import select
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import halls
from tests.bench import bare_screen, hall
from tests.bench.spread import Spread
from tests.terminal import Terminal, bytes_of
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.screens.base import CounterScreen

#: So long nothing came: what a key set off is over, its first page fetched; a screen is painted and loaded.
_OVER, _STILL = 0.04, 0.15
#: A key is timed so often a round.
TIMES = 40
_LETTERS = 10
#: Who opens the screens: each those that nobody before may.
SIGNED_IN = {Role.CLERK: halls.CLERK, Role.SUPERVISOR: halls.SUPERVISOR, Role.AUDITOR: halls.AUDITOR}
_BARE = (sys.executable, "-m", "tests.bench.bare_screen")


class Timed(Terminal):
    """A terminal with a stopwatch."""

    def first_byte(self, key: str) -> float:
        """Milliseconds from this key to the first byte that comes back; then all the rest is waited for."""
        begun = time.perf_counter()
        os.write(self._master, bytes_of(key))
        when, data = self._piece(self._deadline)
        assert data, f"nothing came back for {key}"
        self._emulator.feed(data)
        self.be_quiet(_OVER)
        return 1000 * (when - begun)

    def until_titled(self, key: str, title: str) -> float:
        """Milliseconds from this key to the paint that brings this title into the first line."""
        return self.until(bytes_of(key), lambda: self.screen.rows()[0].startswith(title), title)

    def until_shown(self, data: bytes, *texts: str) -> float:
        """Milliseconds from these bytes to the paint after which all these texts stand on the screen."""
        return self.until(data, lambda: self.shows(*texts), " and ".join(texts))

    def until(self, data: bytes, holds: Callable[[], bool], what: str) -> float:
        """Milliseconds from these bytes to the first piece after which the screen is so; then it is still."""
        self.be_quiet(_STILL)
        begun = time.perf_counter()
        os.write(self._master, data)
        so: list[float] = []
        while not so:
            pieces = self._pieces()
            assert pieces, f"{what} did not come:\n{self.text}"
            so = [when for when, piece in pieces if self._is_so(holds, piece)]
        return 1000 * (so[0] - begun)

    def shows(self, *texts: str) -> bool:
        """Whether all these texts stand on the screen as it was read last."""
        rows = "\n".join(self.screen.rows())
        return all(text in rows for text in texts)

    def until_there(self, text: str) -> float:
        """When these words have come, by the stopwatch; they are not shown."""
        came = b""
        while text.encode() not in came:
            when, data = self._piece(self._deadline)
            assert data, f"{text} did not come: {came!r}"
            came += data
        return when

    def be_quiet(self, seconds: float) -> None:
        """Wait until nothing has come for so long."""
        while self._read_once(seconds):
            pass

    def _piece(self, seconds: float) -> tuple[float, bytes]:
        """What comes next, and when; nothing if nothing does."""
        if not select.select([self._master], [], [], seconds)[0]:
            return time.perf_counter(), b""
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: nobody holds the other side any more
            self._fail(f"the program has ended with {self._process.wait(self._deadline)}")
        return time.perf_counter(), data

    def _pieces(self) -> list[tuple[float, bytes]]:
        """All that comes until it is still, each piece with its time."""
        pieces, wait = [], self._deadline
        while (piece := self._piece(wait))[1]:
            pieces.append(piece)
            wait = _STILL
        return pieces

    def _is_so(self, holds: Callable[[], bool], piece: bytes) -> bool:
        self._emulator.feed(piece)
        return holds()


@dataclass(frozen=True)
class Key:
    """A key where it is pressed: milliseconds round by round, beside those of bare Textual."""

    what: str
    ours: Sequence[Sequence[float]]
    bare: Sequence[Sequence[float]]


@dataclass(frozen=True)
class Opening:
    """Milliseconds from the last key to a screen's title: for the first time, then again."""

    title: str
    first: float
    again: Spread


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the program to its first paint."""

    ours: Spread
    bare: Spread

    @property
    def times_bare(self) -> Spread:
        """How many times as long as bare Textual, round by round."""
        return Spread([one / other for one, other in zip(self.ours.values, self.bare.values, strict=True)])


def percentile(times: Sequence[float], part: float) -> float:
    """So large a part of the times is no longer."""
    return sorted(times)[int(part * (len(times) - 1))]


def spread(rounds: Sequence[Sequence[float]], part: float) -> Spread:
    """The percentile of each round."""
    return Spread([percentile(times, part) for times in rounds])


# --- keys


def keys(home: Path, *, rounds: int, times: int = TIMES) -> list[Key]:
    """Each key so many times a round, here and in bare Textual in turn."""
    often = rounds, times
    with signed_in(home, Role.CLERK) as ours, bare() as floor:
        timed = {"↓": _pressing("down"), "PgDn": _pressing("pagedown"), "End and Home": _to_ends}
        ours.press("end", "enter")
        among = f"in a list of {hall.COUNT:,} cases"
        lists = [_in_turn(f"{key} {among}", press, (ours, floor), often) for key, press in timed.items()]
        ours.press("/")
        ours.wait_for("查什么")
        floor.press("tab")
        return [*lists, _in_turn("a letter in the search box", _letters, (ours, floor), often)]


Press = Callable[[Timed, int], list[float]]


def _in_turn(what: str, press: Press, programs: tuple[Timed, Timed], often: tuple[int, int]) -> Key:
    rounds, times = often
    took = [[press(program, times) for program in programs] for _ in range(rounds)]
    ours, floor = zip(*took, strict=True)
    return Key(what, ours, floor)


def _pressing(key: str) -> Press:
    def press(program: Timed, times: int) -> list[float]:
        program.press("home")
        return [program.first_byte(key) for _ in range(times)]

    return press


def _to_ends(program: Timed, times: int) -> list[float]:
    program.press("home")
    return [program.first_byte(("end", "home")[at % 2]) for at in range(times)]


def _letters(program: Timed, times: int) -> list[float]:
    """Letters, some at a time: then the input is emptied."""
    took = []
    for at in range(times):
        if at % _LETTERS == 0:
            program.press("end", "ctrl+u")
        took.append(program.first_byte("abcdefghij"[at % _LETTERS]))
    return took


# --- screens


def openings(home: Path, *, rounds: int) -> list[Opening]:
    """Every screen that can be opened from the palette, by somebody who may."""
    found = []
    for role in SIGNED_IN:
        with signed_in(home, role) as terminal:
            found += [opening(terminal, name, rounds) for name in openable(role)]
    return found


def openable(role: Role) -> list[str]:
    """The screens that are opened for nothing in particular, by this role and by none before it."""
    before = list(SIGNED_IN)[: list(SIGNED_IN).index(role)]
    known = {name: doors.door(name) for name in doors.names()}
    return [
        name
        for name, door in known.items()
        if not door.needs and role in door.roles and door.roles.isdisjoint(before)
    ]


def title_of(name: str) -> str:
    """What stands above a screen."""
    kind: type[CounterScreen] = importlib.import_module(f"{doors.__package__}.{name}.screen").OPENS
    return kind.TITLE_WORD


def opening(terminal: Timed, name: str, rounds: int) -> Opening:
    """One screen from the palette, so often."""
    first, *again = [_opened(terminal, name) for _ in range(rounds)]
    return Opening(doors.door(name).title, first, Spread(again))


def _opened(terminal: Timed, name: str) -> float:
    terminal.press("ctrl+p")
    terminal.wait_for("做什么？")
    terminal.type(doors.door(name).initials)
    took = terminal.until_titled("enter", title_of(name))
    terminal.press("escape")
    terminal.wait_for("工作台")
    return took


def bare_openings(*, rounds: int) -> Spread:
    """A screen of one label, in bare Textual."""
    times = []
    with bare() as floor:
        for _ in range(rounds):
            times.append(floor.until_titled("f2", bare_screen.TITLE))
            floor.press("escape")
    return Spread(times)


# --- the start


def starts(home: Path, *, rounds: int) -> Start:
    """To the title of the sign-in, and to one label of bare Textual, in turn."""
    commands = ([*workstation(home)], [*_BARE, "label"])
    times = [[_start(command) for command in commands] for _ in range(rounds)]
    ours, floor = (Spread(column) for column in zip(*times, strict=True))
    return Start(ours, floor)


def _start(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    with Timed(command, env=_ENVIRONMENT) as terminal:
        return terminal.until_there(bare_screen.TITLE) - begun


# --- the programs

_ENVIRONMENT: Mapping[str, str] = {"PYTHONPATH": str(Path(__file__).parent.parent.parent)}


def workstation(home: Path) -> Sequence[str]:
    """The program, on its screens."""
    return (sys.executable, "-m", "workstation", "--home", str(home))


@contextmanager
def signed_in(home: Path, role: Role, **environment: str) -> Iterator[Timed]:
    """The program with somebody at the worklist."""
    code = SIGNED_IN[role]
    with Timed(workstation(home), env={**_ENVIRONMENT, **environment}) as terminal:
        terminal.wait_for(halls.PLAN.name)
        terminal.type(code)
        terminal.press("enter")
        terminal.type(halls.PASSWORDS[code])
        terminal.press("enter")
        terminal.wait_for("工作台", "全部办件")
        terminal.be_quiet(_STILL)
        yield terminal


@contextmanager
def bare(which: str = "keys") -> Iterator[Timed]:
    """Bare Textual, its list under the cursor; or what takes scans."""
    with Timed([*_BARE, which], env=_ENVIRONMENT) as terminal:
        terminal.wait_for("办件")
        terminal.be_quiet(_STILL)
        yield terminal
