"""From a scan to the screen it opens: an envelope's face read at the worklist, its case shown.

The cases are whole: registered, reviewed, packed and sealed by the acts, among those of the big hall. Beside
it the floor: the same bytes into bare Textual, which shows them on a screen of one label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import builders, halls
from tests.bench import screens
from tests.bench.screens import Timed
from tests.terminal import bytes_of
from workstation import bootstrap
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role

CASES = 25
"""So many are scanned a round, each once: the same label again within a second and a half is a repeat."""
TORN = "没有读全"
"""Said of a scan in the middle of which the program was kept from reading for too long."""


@dataclass(frozen=True)
class Label:
    """What is scanned, and what then stands on the screen."""

    code: str
    shown: Sequence[str]

    @property
    def burst(self) -> bytes:
        """As the scanner sends it, all at once."""
        return self.code.encode() + bytes_of("enter")


@dataclass(frozen=True)
class Scans:
    """Milliseconds from the scan to the screen, round by round, beside those of bare Textual."""

    ours: Sequence[Sequence[float]]
    bare: Sequence[Sequence[float]]
    torn: int
    """Scans of ours that were told as not whole and scanned again."""


def measure(home: Path, *, rounds: int, cases: int = CASES) -> Scans:
    """Scan each label once a round, here and into bare Textual in turn; one before is not timed."""
    first, *labels = seal(home, cases + 1)
    with screens.signed_in(home, Role.CLERK) as ours, screens.bare("scans") as floor:
        scanned(ours, [first])
        took = [(scanned(ours, labels), _shown_bare(floor, labels)) for _ in range(rounds)]
    whole = [[time for time in times if time is not None] for times, _ in took]
    torn = sum(times.count(None) for times, _ in took)
    return Scans(whole, [times for _, times in took], torn)


def seal(home: Path, cases: int) -> list[Label]:
    """So many more cases in this hall, each sealed in an envelope of its own; gives the faces' labels."""
    opened = bootstrap.open_hall(home)
    desk = halls.seat(opened.desk, halls.CLERK, second=halls.SUPERVISOR)
    with builders.no_ink():
        labels = [_sealed(desk) for _ in range(cases)]
    opened.close()
    return labels


def scanned(terminal: Timed, labels: Sequence[Label]) -> list[float | None]:
    """How long each took from the worklist, None for each scan that was torn; the worklist is there again."""
    took: list[float | None] = []
    for label in labels:
        while (time := _scan(terminal, label)) is None:
            took.append(None)
        took.append(time)
        terminal.press("escape")
        terminal.wait_for("工作台")
    return took


def _scan(terminal: Timed, label: Label) -> float | None:
    time = terminal.until(
        label.burst, lambda: terminal.shows(*label.shown) or terminal.shows(TORN), label.code
    )
    if not terminal.shows(TORN):
        return time
    terminal.press("escape")
    terminal.wait_until_gone(TORN)
    return None


def _shown_bare(floor: Timed, labels: Sequence[Label]) -> list[float]:
    took = []
    for label in labels:
        took.append(floor.until_shown(label.burst, label.code))
        floor.press("escape")
        floor.wait_until_gone(label.code)
    return took


def _sealed(desk: Desk) -> Label:
    envelope = builders.an_envelope(desk, EnvelopeState.SEALED)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    face = builders.paper_of(desk, envelope.number, "envelope").number
    title = f"办件 {codes.short_form(consignment.case_number)}"
    return Label(face, (title, consignment.office_name, f"…{codes.short_form(envelope.number)}"))
