"""A case to begin with."""

from __future__ import annotations

import pytest

from tests import builders
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


@pytest.fixture
def fresh(desk: Desk) -> str:
    """A registered case."""
    return builders.a_case(desk, CaseState.REGISTERED).number
