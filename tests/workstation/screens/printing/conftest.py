"""A window whose sheets go to a printer on the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.printing.queue import routed as routed_to
from workstation.acts import sending
from workstation.acts.desk import Desk


@pytest.fixture
def laser() -> Iterator[FakePrinter]:
    """A printer on the wire, ready."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def spare() -> Iterator[FakePrinter]:
    """Another one."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def routed(desk: Desk, laser: FakePrinter, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The clerk of a window whose sheets go to the printer 激光机, which is asked again at once."""
    monkeypatch.setattr(sending, "_LEFT_ALONE", 0.0)
    return routed_to(desk, laser.uri)
