"""A hall with one office in its directory, and the screen of the hand-in on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workstation.screens.intake.typing import Intake
from workstation.acts.desk import Desk


@pytest.fixture
def intake(desk: Desk, tmp_path: Path) -> Intake:
    """The screen, for a hall that knows the office of 青秀区."""
    return Intake(desk, tmp_path).with_offices(3)
