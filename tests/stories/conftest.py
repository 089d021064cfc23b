"""Stories are told on the engine the run is about, with real papers drawn unless one asks for `undrawn`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders import undrawn
from tests.engines import Place, place
from workstation.acts.desk import Desk

__all__ = ["place", "undrawn"]


@pytest.fixture
def desk(place: Place, tmp_path: Path) -> Iterator[Desk]:
    """The first clerk at window 1, in the morning of the first day."""
    opened = builders.a_desk(place, tmp_path / "tray")
    yield opened
    opened.store.engine.close()
