"""The supervisor of a hall with three printers, one of them on the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.printers.scenes import with_printers
from workstation.acts import printers
from workstation.acts.desk import Desk


@pytest.fixture
def laser() -> Iterator[FakePrinter]:
    """A printer on the wire, ready."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def desk(desk: Desk, laser: FakePrinter) -> Desk:
    """The supervisor of a hall with three printers; 信封机 is on the wire."""
    supervising = with_printers(desk)
    printers.change(supervising, "信封机", uri=laser.uri)
    return supervising
