"""Offices that have been silent for some weeks, for scenes and tests. The hall's clock begins on a Friday."""

from __future__ import annotations

from typing import Any

from tests import builders
from tests.builders import Ticking, a_consignment
from workstation.acts.desk import Desk
from workstation.domain.consignment import Consignment, ConsignmentState

DAY = 24 * 60 * 60 * 1000
#: Ten working days.
LONG = 14


def days_pass(desk: Desk, days: int = LONG) -> None:
    """Let so many days of the calendar go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * DAY


def owed(desk: Desk, state: str = ConsignmentState.HANDED_OVER, **changes: Any) -> Consignment:
    """A consignment of which nothing more was heard for long."""
    with builders.no_ink():
        consignment = a_consignment(desk, state, **changes)
    days_pass(desk)
    return consignment
