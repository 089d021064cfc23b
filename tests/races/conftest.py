"""Races are run on the engine the run is about, without ink: what is raced is the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders import undrawn
from tests.engines import FilePlace, Place, place
from workstation.acts.desk import Desk

__all__ = ["place", "undrawn"]


@pytest.fixture
def desk(place: Place, tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The first clerk at window 1 of a hall in which nothing has happened yet."""
    opened = builders.a_desk(place, tmp_path / "tray")
    yield opened
    opened.store.engine.close()


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A hall in a SQLite file, for playing one after the other what is then raced."""
    folder = tmp_path_factory.mktemp("quiet")
    return builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray")
