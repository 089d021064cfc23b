"""What a stream of acts must have left behind after the kills: every fault that can be found is said."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.durability.campaign import ACKNOWLEDGED
from tests.durability.stream import Done
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.store.work import Reading

#: Read through the engine like everything else: nobody opens the file by hand while a store has it open.
_INTEGRITY = "SELECT integrity_check AS said FROM pragma_integrity_check"
#: What the journal tells beside the stream: consequences, which nobody acknowledges.
_BESIDE = frozenset({"init", "make_paper"})


@dataclass(frozen=True)
class Account:
    """What was acknowledged, and what the journal holds of the stream."""

    acknowledged: Sequence[Done]
    committed: Sequence[Done]

    def faults(self, kills: int) -> Iterator[str]:
        """Acts that are lost, and more acts than the kills can explain."""
        lost = Counter(self.acknowledged) - Counter(self.committed)
        yield from (f"acknowledged and lost: {act} {number}" for act, number in sorted(lost))
        untold = Counter(self.committed) - Counter(self.acknowledged)
        if untold.total() > kills:
            yield f"{untold.total()} acts that nobody was told of, with {kills} kills"


def of(desk: Desk, folder: Path) -> Account:
    """The account of a stream whose acknowledgements lie in `folder`."""
    lines = (folder / ACKNOWLEDGED).read_text().splitlines()
    with desk.reading() as reading:
        committed = [Done(e.act, e.object) for e in verification.entries(reading) if e.act not in _BESIDE]
    return Account([Done(*json.loads(line)) for line in lines], committed)


def faults(desk: Desk, folder: Path, kills: int) -> list[str]:
    """Everything that is not as it should be."""
    difference = verification.verify(desk).difference
    found = [f"journal: {difference}"] if difference else []
    found.extend(of(desk, folder).faults(kills))
    with desk.reading() as reading:
        found.extend(_gaps(reading))
        if desk.store.engine.name == "sqlite":
            said = [line["said"] for line in reading.lines(_INTEGRITY)]
            found.extend(f"file: {fault}" for fault in said if fault != "ok")
    return found


def _gaps(reading: Reading) -> Iterator[str]:
    """Numbers doubled or skipped, counted from the records themselves, without the counters."""
    serials = defaultdict(list)
    cases, papers = reading.cases.where(), reading.papers.where()
    for text in (*(case.number for case in cases), *(paper.number for paper in papers)):
        number = codes.parse(text)
        serials[number.kind.name, number.window, number.day].append(number.serial)
    for series, found in sorted(serials.items()):
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"numbers doubled or skipped in {series}"
