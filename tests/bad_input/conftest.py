"""A founded hall with its clock in the test's hand, at whose command line something is done wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import halls
from tests.bad_input.provoking import Counter
from tests.engines import Clock
from tests.line import Line, line
from workstation import bootstrap

__all__ = ["line"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The machine's clock, as commands see it; it stands still until a test moves it."""
    held = Clock()
    monkeypatch.setattr(bootstrap, "machine_clock", held)
    return held


@pytest.fixture
def counter(line: Line, clock: Clock, tmp_path: Path) -> Counter:
    """A founded hall and its command line."""
    line.home = halls.home_in(tmp_path)
    return Counter(line, line.home, clock)
