"""The first print of a process: `python -m tests.bench.first_print HOME` reprints an envelope of that hall.

Timed is the act, from its call to its return; all that it is the first to load, it loads in between. Nothing
of the tests is imported here, for it could bring along what the act must load.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from workstation import bootstrap
from workstation.acts import papers
from workstation.acts.desk import Desk
from workstation.domain.paper import PaperState

CLERK = "1001"


def main(home: Path) -> None:
    """Reprint, and say how long it took."""
    opened = bootstrap.open_hall(home)
    desk, number = _seated(opened.desk)
    begun = time.perf_counter()
    copy = papers.reprint(desk, number, reason="damaged")
    took = time.perf_counter() - begun
    opened.close()
    print(json.dumps({"milliseconds": 1000 * took, "number": copy.number}))


def _seated(desk: Desk) -> tuple[Desk, str]:
    """The desk with the clerk at it, and the number of a live envelope."""
    with desk.reading() as reading:
        operator = reading.users.get(CLERK)
        faces = reading.papers.where(kind="envelope", state=PaperState.MADE)
    return replace(desk, operator=operator), faces[-1].number


if __name__ == "__main__":
    main(Path(sys.argv[1]))
