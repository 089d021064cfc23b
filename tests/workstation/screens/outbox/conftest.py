"""A hall that tells a carrier of its envelopes."""

from __future__ import annotations

import pytest

from tests.workstation.screens.outbox.outgoing import ordering as ordering_at
from workstation.acts.desk import Desk


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """The clerk of a hall whose carrier takes orders."""
    return ordering_at(desk)
