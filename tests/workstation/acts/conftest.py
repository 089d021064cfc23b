"""Acts are tried on a SQLite file of their own, copied from one founded hall; papers are not drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders import undrawn
from tests.engines import FilePlace
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import printers
from workstation.acts.desk import Desk

__all__ = ["undrawn"]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A hall in which nothing has happened yet; never acted in, only copied."""
    folder = tmp_path_factory.mktemp("founded")
    return builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray")


@pytest.fixture
def desk(founded: Desk, tmp_path: Path, undrawn: None) -> Desk:
    """The first clerk at window 1 of a hall in which nothing has happened yet."""
    return builders.a_copy(founded, tmp_path)


@pytest.fixture
def laser() -> Iterator[FakePrinter]:
    """A printer on the wire, ready."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def routed(desk: Desk, laser: FakePrinter) -> Desk:
    """The desk of a window whose sheets go to the printer 激光机."""
    supervisor = builders.at(desk, "2001")
    printers.add(supervisor, "激光机", laser.uri, dpi=203)
    printers.set_route(supervisor, "sheet", printer="激光机")
    return desk


@pytest.fixture
def lonely(tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The only clerk of a hall, where what needs a second person may wait."""
    desk = builders.a_desk(FilePlace(tmp_path / "lonely.db"), tmp_path / "tray", staff=builders.ONE_CLERK)
    yield desk
    desk.store.engine.close()
