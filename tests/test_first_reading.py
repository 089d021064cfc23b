"""What several threads do first at the same moment does not end the program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.first_reading import READINGS


@pytest.mark.parametrize("module", READINGS)
def test_threads_that_read_their_first_message_at_once_live_on(module: str) -> None:
    """As the four that ask a carrier do, and the screens' own when papers are drawn and drafts read."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.first_reading", module], capture_output=True, check=False, text=True
    )

    assert (ended.returncode, ended.stderr) == (0, "")
