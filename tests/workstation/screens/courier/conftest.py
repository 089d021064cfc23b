"""Three envelopes lie sealed at the window, and a courier may have badged in."""

from __future__ import annotations

import pytest

from tests.builders import an_envelope, badge
from workstation.acts import handover
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def envelopes(desk: Desk) -> list[str]:
    """Three sealed envelopes at this window."""
    return [an_envelope(desk, EnvelopeState.SEALED).number for _ in range(3)]


@pytest.fixture
def batch(desk: Desk, envelopes: list[str]) -> str:
    """An open batch that expects them."""
    return handover.open_batch(desk, badge(desk)).number
