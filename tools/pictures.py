"""Draw the pictures of README and manual from a practice day: real papers and screens, invented people.

`python -m tools.pictures` plays the day in a temporary home and writes `docs/pictures/`.
"""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from tools import screenshots
from workstation import bootstrap, practice
from workstation.app import CounterApp, Given
from workstation.practice.hall import Operator
from workstation.settings import Home

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
#: Papers shown side by side on the first picture, with an envelope; sizes in pixels.
SHOWN = ("intake_slip", "packing_list", "notice")
#: Screens shown, each with the keys that lead to it from the worklist.
SCREENS: dict[str, Sequence[str]] = {"worklist": ()}
SIZE = (120, 40)
_HEIGHT, _GAP, _GROUND = 900, 24, "#5b6770"


def main() -> None:
    """Play a day, and draw its papers and what its clerk sees."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        day = practice.play(Path(home) / "home", cases=40, seed=7, start=datetime.date(2026, 11, 20))
        first = {str(paper["kind"]): Path(str(paper["path"])) for paper in reversed(day.papers)}
        sheets = [_page(first[kind], _HEIGHT) for kind in SHOWN]
        envelope = _page(first["envelope"], _HEIGHT * 2 // 3)
        _together([*sheets, envelope]).save(PICTURES / "papers.png", optimize=True)
        # A minute after the last entry, so that the screens tell the same time whenever they are drawn.
        bootstrap.machine_clock = lambda: day.until + 60_000
        for name, keys in SCREENS.items():
            picture = asyncio.run(_screen(Path(home) / "home", day.operators[0], keys))
            picture.quantize(64).save(PICTURES / f"{name}.png", optimize=True)


async def _screen(home: Path, clerk: Operator, keys: Sequence[str]) -> Image.Image:
    """Sign in as a clerk does, press the keys, and draw what is there."""
    assert clerk.password is not None, "clerks sign in with a password"
    app = CounterApp(Given(Home(home), operator=clerk.code))
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        for key in (*clerk.password, "enter", *keys):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        return screenshots.draw(screenshots.seen(app))


def _page(pdf: Path, height: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=height / page.get_height()).to_pil()
        return picture.convert("RGB")


def _together(papers: list[Image.Image]) -> Image.Image:
    width = sum(paper.width + _GAP for paper in papers) + _GAP
    ground = Image.new("RGB", (width, _HEIGHT + 2 * _GAP), _GROUND)
    left = _GAP
    for paper in papers:
        ground.paste(paper, (left, _GAP + (_HEIGHT - paper.height) // 2))
        left += paper.width + _GAP
    return ImageOps.grayscale(ground).quantize(64)


if __name__ == "__main__":
    main()
