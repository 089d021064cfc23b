"""The speed of paper: a batch of envelopes beside its floor, one alone, the first one; and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from printing import reading
from tests import builders
from tests.bench import letters
from tests.bench.acts import found
from tests.bench.spread import Spread, Took
from workstation.acts import making, papers, stocks
from workstation.acts.desk import Desk
from workstation.acts.targets import DPI
from workstation.domain.paper import Paper
from workstation.store.sqlite import SqliteEngine

#: So many envelopes are made one by one, after so many that are not timed.
ONE_BY_ONE, WARMING = 40, 5


@dataclass(frozen=True)
class Batch:
    """Seconds of whole processes, from a CSV to one PDF."""

    drawn: Spread
    """Ours, not looked at again."""
    checked: Spread
    """Ours as the acts do it: the post's zones measured, every barcode read again."""
    floor: Spread

    @property
    def times_floor(self) -> Spread:
        """How many times as long as the floor, round by round, drawn."""
        pairs = zip(self.drawn.values, self.floor.values, strict=True)
        return Spread([ours / floor for ours, floor in pairs])


@dataclass(frozen=True)
class Single:
    """Milliseconds of one envelope after the other in a running process."""

    drawn: Spread
    """Drawn, its zones measured, its barcode read again."""
    acts: Spread
    """Reprinted: the whole act, from the call to the PDF in the tray, safe on the disk."""
    computing: Spread
    """What of the act is not waiting for the disk."""


@dataclass(frozen=True)
class Memory:
    """Megabytes at most until so many envelopes were made, for each count."""

    alone: Sequence[float]
    """A PDF for each."""
    together: Sequence[float]
    """One PDF of all."""


def program(name: str, *arguments: str | Path) -> list[str]:
    """The command of one of the programs beside this one."""
    return [sys.executable, "-m", f"tests.bench.{name}", *map(str, arguments)]


def seconds(command: Sequence[str]) -> float:
    """How long a whole process takes."""
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def batch(folder: Path, *, rounds: int, size: int = letters.COUNT) -> Batch:
    """So many rounds of the three, in turn; what ours has made is read once."""
    file = folder / "letters.csv"
    numbers = letters.write(file, size)
    commands = {
        "drawn": program("envelopes_ours", file, folder / "drawn.pdf"),
        "checked": program("envelopes_ours", "--checked", file, folder / "checked.pdf"),
        "floor": program("envelopes_floor", file, folder / "floor.pdf"),
    }
    times = [[seconds(command) for command in commands.values()] for _ in range(rounds)]
    for name in commands:
        verify((folder / f"{name}.pdf").read_bytes(), numbers)
    return Batch(*map(Spread, zip(*times, strict=True)))


def verify(pdf: bytes, numbers: Sequence[str]) -> None:
    """Each letter has its page, and the barcode on it reads as its number."""
    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    document.close()
    if pages != len(numbers) or reading.codes(pdf, dpi=203) != list(numbers):
        raise AssertionError(f"{pages} pages are not the {len(numbers)} letters")


def single(folder: Path, *, times: int = ONE_BY_ONE) -> Single:
    """So many envelopes one by one, each drawn alone and each by the whole act."""
    ground = found(folder)
    with ground.sit_down(SqliteEngine(ground.copy())) as undrawn:
        face = an_envelope(undrawn)
        desk = Desk(undrawn.store, undrawn.window, undrawn.tray, operator=undrawn.operator)
        desk.make_promised()
        drawing = drawing_of(desk, face)
        timed([Took() for _ in range(WARMING)], drawing)
        drawn = timed([Took() for _ in range(times)], drawing)
        acts = timed([Took() for _ in range(times)], reprinting(desk, face))
    return Single(_by_the_clock(drawn), _by_the_clock(acts), _computing(acts))


def timed(tooks: Sequence[Took], what: Callable[[], object]) -> Sequence[Took]:
    """Do something as often as there are watches."""
    for took in tooks:
        with took.adding():
            what()
    return tooks


def an_envelope(desk: Desk) -> Paper:
    """The face of an envelope that is packed."""
    return builders.paper_of(desk, builders.an_envelope(desk).number, "envelope")


def drawing_of(desk: Desk, face: Paper) -> Callable[[], object]:
    """Draws this face again and again, as making it does, and keeps nothing."""
    with desk.reading() as reading:
        facts: dict[str, Any] = papers.facts_of(reading, face.number)
    ground = making._Ground(stocks.of(desk.tray, face), face.dpi or DPI)
    return lambda: making.draw("envelope", facts, None, ground)


def reprinting(desk: Desk, face: Paper) -> Callable[[], object]:
    """Reprints this face, then its copy, and so on."""
    numbers = [face.number]

    def reprint() -> None:
        numbers.append(papers.reprint(desk, numbers[-1], reason="damaged").number)

    return reprint


def first(home: Path, *, rounds: int) -> Spread:
    """Milliseconds of the first print of a process, from the call of the act to its return."""
    return Spread([json.loads(_said(program("first_print", home)))["milliseconds"] for _ in range(rounds)])


def memory(*counts: int) -> Memory:
    """The most memory that the process took for so many envelopes, and for so many more."""
    alone, together = (
        json.loads(_said(program("envelope_memory", how, *map(str, counts)))) for how in ("alone", "together")
    )
    return Memory(alone, together)


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def _by_the_clock(tooks: Sequence[Took]) -> Spread:
    return Spread([1000 * took.seconds for took in tooks])


def _computing(tooks: Sequence[Took]) -> Spread:
    return Spread([1000 * took.computing for took in tooks])
