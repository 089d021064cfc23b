"""A practice hall whose window prints on the printers of this folder, and somebody who looks at the paper."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests import builders, halls
from tests.printers.virtual import EYE, WITHIN, VirtualPrinter, until
from workstation import bootstrap
from workstation.acts import printers, printing, registration
from workstation.acts.desk import Desk
from workstation.acts.sending import Sender, live
from workstation.domain.case import Case
from workstation.domain.printing import PrintJob, PrintState
from workstation.practice import hall

SEED = 7
CLERK, SUPERVISOR = "1001", "2001"
ENVELOPES, SHEETS = "信封机", "文书机"
STOCK, DPI = "ZL", 300
_FASTER = 100
"""How much faster time passes for a sender: a busy printer is left alone for seconds."""


def hurried() -> float:
    """A monotonic clock that runs ahead."""
    return _FASTER * time.monotonic()


@dataclass
class Window:
    """The clerk at window 1, and who sends what waits there."""

    clerk: Desk
    supervisor: Desk
    home: Path
    sender: Sender = field(default_factory=lambda: Sender(monotonic=hurried))

    def route(self, uri: str) -> None:
        """Let both printers of the hall stand at this address, and everything go there."""
        known = {standing.printer.name for standing in printers.listed(self.clerk)}
        for name in (ENVELOPES, SHEETS):
            if name in known:
                printers.change(self.supervisor, name, uri=uri)
            else:
                printers.add(self.supervisor, name, uri, dpi=DPI)
        printers.set_route(self.supervisor, "envelope", printer=ENVELOPES, stock=STOCK)
        printers.set_route(self.supervisor, "sheet", printer=SHEETS)

    def registered(self) -> Case:
        """A case, whose intake slip is to be printed."""
        return registration.register(self.clerk, builders.an_intake())

    def waiting(self) -> PrintJob:
        """The print job of a case just registered."""
        (job,) = self.of(self.registered())
        assert job.state == PrintState.WAITING
        return job

    def of(self, case: Case) -> list[PrintJob]:
        """The jobs of a case's papers."""
        numbers = {paper.number for paper in builders.papers_of(self.clerk, case.number)}
        return [job for job in self.jobs() if job.paper in numbers]

    def jobs(self) -> list[PrintJob]:
        """Every attempt there was."""
        with self.clerk.reading() as reading:
            return reading.print_jobs.where()

    def now(self, job: PrintJob) -> PrintJob:
        """How it stands."""
        return next(each for each in self.jobs() if each.id == job.id)

    def round(self) -> None:
        """What the screens do every second."""
        self.sender.round(self.clerk)

    def come_to(self, job: PrintJob, state: str) -> PrintJob:
        """Go round until a job stands so."""

        def stands() -> bool:
            self.round()
            return self.now(job).state == state

        until(stands)
        return self.now(job)

    def see(self, job: PrintJob, condition: str) -> None:
        """Go round until this is what was last seen of a job."""

        def seen() -> bool:
            self.round()
            sight = self.sender.sights.get(job.id)
            return sight is not None and sight.id == condition

        until(seen)

    def empty(self) -> None:
        """Go round until nothing is on its way."""
        late = time.monotonic() + 3 * WITHIN
        while live(self.clerk):
            self.round()
            assert time.monotonic() < late, [job for job in self.jobs() if job.ended_at is None]
            time.sleep(EYE)

    def look(self, printer: VirtualPrinter) -> Counter[str]:
        """Say of every doubtful job whether its sheet is there; what did not come out is asked for again."""
        answers: Counter[str] = Counter()
        printer.rest()
        out = titles(printer)
        for job in self.jobs():
            if job.state == PrintState.UNSURE:
                came = bool(out[job.title])
                printing.confirm_print(self.clerk, job.id, printed=came)
                answers["there" if came else "not there"] += 1
                if not came:
                    printing.print_paper(self.clerk, job.paper)
        return answers


def founded(home: Path) -> Window:
    """A practice hall without a past."""
    opened = bootstrap.found_hall(home, hall.plan(SEED), practice_seed=SEED).opened
    desk = replace(opened.desk, window=1)
    return Window(halls.seat(desk, CLERK), halls.seat(desk, SUPERVISOR), home)


def titles(printer: VirtualPrinter) -> Counter[str]:
    """How many sheets came out of each job."""
    return Counter(sheet.title for sheet in printer.out())
