"""The case that is reviewed, in the hall of all screens' tests."""

from __future__ import annotations

import pytest

from tests.builders import a_case
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


@pytest.fixture
def case(desk: Desk) -> str:
    """A case of five rows, just registered and complete."""
    return a_case(desk, CaseState.REGISTERED, item="131").number
