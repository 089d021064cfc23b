"""The moments of the hand-in that are pictured: nothing in them steers a terminal, no line is too wide."""

from __future__ import annotations

from pathlib import Path
from unicodedata import category

import pytest
from rich.cells import cell_len

from tests.workstation.screens.intake.scenes import SCENES
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, play


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_scene_is_whole_at_its_size(
    tmp_path: Path, undrawn: None, name: str, size: tuple[int, int]
) -> None:
    """Every row fits, the keys stand in the last one, and no control character is among them."""
    app, story = SCENES[name](tmp_path)

    async def looked(clerk: Clerk) -> None:
        await story(clerk)
        assert len(clerk.lines) == size[1]
        assert all(cell_len(line) <= size[0] for line in clerk.lines)
        assert not {category(char) for line in clerk.lines for char in line} & {"Cc", "Cf", "Cs"}
        assert "^S 登记" in clerk.keys
        assert "收件登记" in clerk.lines[0]

    play(app, looked, size)
