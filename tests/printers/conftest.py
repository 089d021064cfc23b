"""`make test-printers`: Debian's ippeveprinter and a private cupsd, driven by our client and by the acts.

It gets what is missing (`tools/get_printers.py`) and fails without it; it never skips. Only files named in
the Makefile are run by it, and `make test` runs none of them. One printer and one queue serve the whole run;
times and the tally of the kills are printed at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.printers import print_server
from tests.printers.print_server import PrintServer
from tests.printers.virtual import VirtualPrinter, printing


@dataclass
class Told:
    """What the tests found out beside passing: times and tallies, printed when all have ended."""

    lines: list[str] = field(default_factory=list)

    def __call__(self, line: str) -> None:
        """Keep a line for the end."""
        self.lines.append(line)


_TOLD = Told()


@pytest.fixture
def told() -> Told:
    """Where a test leaves its figures."""
    return _TOLD


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualPrinter]:
    """A printer that is switched on."""
    with printing(tmp_path_factory.mktemp("printer") / "virtual") as printer:
        yield printer


@pytest.fixture
def virtual(running: VirtualPrinter) -> Iterator[VirtualPrinter]:
    """The printer with paper in it and nothing printed yet; what a test has done to it is undone."""
    running.clear()
    yield running
    running.go_on()
    running.start()


@pytest.fixture(scope="session")
def serving(running: VirtualPrinter) -> Iterator[PrintServer]:
    """A print server with a queue to that printer."""
    with print_server.serving(running.uri) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    for line in _TOLD.lines:
        terminalreporter.write_line(line)
