"""Draw the pictures of README and manual from a practice day: real papers and screens, invented people.

`python -m tools.pictures [NAME…]` plays the day in a temporary home and writes `docs/pictures/`; the ways to
the screens are in `walks`.
"""

from __future__ import annotations

import datetime
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from tests.workstation.screens.stage import Clerk, Seated, Story, play
from tools import screenshots
from tools.walks import NARROW, WALKS, Walk
from workstation import bootstrap, practice
from workstation.acts import users
from workstation.app import CounterApp
from workstation.opening import Given
from workstation.practice import hall
from workstation.practice.played import Played
from workstation.settings import Home

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CASES, SEED, START = 40, 7, datetime.date(2026, 11, 20)
MOST_BYTES = 60_000
"""No picture of a document is larger."""
#: Papers shown side by side.
SHOWN = ("intake_slip", "packing_list", "notice")
HERO = "case"
"""The walk to the screen on the first picture of all."""
_HEIGHT, _GAP, _GROUND = 680, 24, "#5b6770"
#: How far the papers on the first picture stand out beside and below its screen.
_BESIDE, _BELOW = 180, 90
#: As many as a picture needs to look right; fewer where it would be too large.
_COLOURS = (32, 20, 12, 6)
#: Where no hall is: the same words on the first screen wherever the picture is drawn.
_NOWHERE = Path("/srv/workstation")


def main(names: Sequence[str] = ()) -> None:
    """Play a day, and draw its papers and what its people see; all of it, or what is named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with played() as (home, day):
        for name in WALKS:
            if not names or name in names:
                save(walked(home, WALKS[name]), name)
        if not names:
            save(started(home), "login")
            save(started(_NOWHERE), "welcome")
            save(_together(day), "papers")
            save(_hero(home, day), "counter")


@contextmanager
def played() -> Iterator[tuple[Path, Played]]:
    """A practice home in mid-day, and what was played there; the clock stands still a minute later."""
    clock = bootstrap.machine_clock
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        day = practice.play(home, cases=CASES, seed=SEED, start=START)
        bootstrap.machine_clock = lambda: day.until + 60_000
        try:
            yield home, day
        finally:
            bootstrap.machine_clock = clock


def walked(home: Path, walk: Walk) -> Image.Image:
    """What is seen at the end of a walk; it is done in a copy of the home, and moves nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(home, Path(folder) / "home"))
        opened = bootstrap.open_hall(copy)
        password = next(o.password for o in hall.operators(SEED) if o.code == walk.who)
        assert password is not None, "whoever walks signs in with a password"
        desk = users.sign_in(opened.desk, walk.who, password)
        return _played(Seated(opened, desk, "worklist"), walk.walk, walk.size)


def started(home: Path) -> Image.Image:
    """The screen the program begins with in this home."""

    async def story(_: Clerk) -> None:
        """Nothing is pressed."""

    return _played(CounterApp(Given(Home(home))), story, NARROW)


def _played(app: CounterApp, story: Story, size: tuple[int, int]) -> Image.Image:
    seen: list[Image.Image] = []

    async def looked_at(clerk: Clerk) -> None:
        await story(clerk)
        seen.append(screenshots.draw(screenshots.seen(app)))

    play(app, looked_at, size)
    return seen[0]


def save(picture: Image.Image, name: str) -> None:
    """Keep a picture, with as few colours as it has to have to be small."""
    path = PICTURES / f"{name}.png"
    for colours in _COLOURS:
        picture.quantize(colours).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise AssertionError(f"{path.name} has {path.stat().st_size} bytes, more than {MOST_BYTES}")


def _hero(home: Path, day: Played) -> Image.Image:
    """A case on the screen, and before it the envelope and the packing list of this case."""
    screen, first = walked(home, WALKS[HERO]), _first(day)
    sheet, envelope = _page(first["packing_list"], 560), _page(first["envelope"], 300)
    ground = Image.new("RGB", (screen.width + _BESIDE + 2 * _GAP, screen.height + _BELOW + 2 * _GAP), _GROUND)
    ground.paste(screen, (_GAP, _GAP))
    left, bottom = ground.width - sheet.width - _GAP, ground.height - _GAP
    ground.paste(_edged(sheet), (left, bottom - sheet.height))
    ground.paste(_edged(envelope), (left + _BELOW - envelope.width, bottom - envelope.height))
    return ground


def _first(day: Played) -> Mapping[str, Path]:
    """The first paper of each kind; those of an envelope are of the case on the first picture."""
    return {str(paper["kind"]): Path(str(paper["path"])) for paper in reversed(day.papers)}


def _edged(paper: Image.Image) -> Image.Image:
    return ImageOps.expand(ImageOps.grayscale(paper).convert("RGB"), border=2, fill="#39424a")


def _together(day: Played) -> Image.Image:
    """The papers of the day side by side."""
    first = _first(day)
    papers = [_page(first[kind], _HEIGHT) for kind in SHOWN]
    papers.append(_page(first["envelope"], _HEIGHT * 2 // 3))
    width = sum(paper.width + _GAP for paper in papers) + _GAP
    ground = Image.new("RGB", (width, _HEIGHT + 2 * _GAP), _GROUND)
    left = _GAP
    for paper in papers:
        ground.paste(paper, (left, _GAP + (_HEIGHT - paper.height) // 2))
        left += paper.width + _GAP
    return ImageOps.grayscale(ground).convert("RGB")


def _page(pdf: Path, height: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=height / page.get_height()).to_pil()
        return picture.convert("RGB")


if __name__ == "__main__":
    main(sys.argv[1:])
