"""The pictures of the documents: the same at each drawing, small, of practice only, and each one shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.workstation.screens.stage import Clerk
from tools import manual, pictures, readme, screenshots
from tools.walks import ADMINISTRATOR, WALKS, Walk
from workstation import bootstrap
from workstation.practice import hall
from workstation.widgets import frame

DOCUMENTS = (readme.README, manual.MANUAL)
#: Drawn by no walk: what the program begins with, papers, and the first picture of all.
_OTHERS = {"welcome", "login", "papers", "counter"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice hall in which nothing has been played, its clock standing still."""
    monkeypatch.setattr(bootstrap, "machine_clock", lambda: 1_795_158_000_000)
    place = tmp_path / "home"
    bootstrap.found_hall(place, hall.plan(pictures.SEED), practice_seed=pictures.SEED).opened.close()
    return place


async def _nowhere(_: Clerk) -> None:
    """Nothing is pressed."""


def shown(document: Path) -> set[str]:
    """The pictures a document shows, by name."""
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert all((document.parent / link).resolve().parent == pictures.PICTURES for link in links)
    return {Path(link).stem for link in links}


def test_a_picture_has_the_same_bytes_each_time(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn twice from copies of one hall, quantised and kept, nothing differs."""
    monkeypatch.setattr(pictures, "PICTURES", tmp_path)

    for name in ("one", "two"):
        pictures.save(pictures.walked(home, WALKS["users"]), name)

    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_walk_leaves_the_hall_as_it_was(home: Path) -> None:
    """What is done on the way is done in a copy."""
    before = (home / "ledger.db").read_bytes()

    pictures.walked(home, WALKS["users"])

    assert (home / "ledger.db").read_bytes() == before


def test_a_walk_that_leads_elsewhere_is_told(home: Path) -> None:
    """A picture of the wrong screen is not drawn."""
    with pytest.raises(AssertionError, match="留痕账"):
        pictures.walked(home, Walk(_nowhere, "【留痕账】", who=ADMINISTRATOR))


def test_a_picture_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents stay light."""
    monkeypatch.setattr(pictures, "PICTURES", tmp_path)
    monkeypatch.setattr(pictures, "MOST_BYTES", 50)

    with pytest.raises(AssertionError, match=r"large\.png has \d+ bytes, more than 50"):
        pictures.save(Image.new("RGB", (40, 40)), "large")


def test_each_picture_is_drawn_and_shown() -> None:
    """What lies among the pictures is what is drawn, and what a document shows."""
    there = {path.stem for path in pictures.PICTURES.iterdir()}

    assert there == set(WALKS) | _OTHERS
    assert set.union(*map(shown, DOCUMENTS)) == there


def test_each_picture_is_small() -> None:
    """None is larger than it may be."""
    sizes = {path.name: path.stat().st_size for path in pictures.PICTURES.iterdir()}

    assert not {name: size for name, size in sizes.items() if size > pictures.MOST_BYTES}


def test_what_is_drawn_in_few_colours_is_drawn_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture too large in many colours is kept in fewer."""
    monkeypatch.setattr(pictures, "PICTURES", tmp_path)
    rich = Image.effect_mandelbrot((120, 120), (-3, -2.5, 2, 2.5), 100).convert("RGB")
    pictures.save(rich, "rich")
    most = (tmp_path / "rich.png").stat().st_size - 1
    monkeypatch.setattr(pictures, "MOST_BYTES", most)

    pictures.save(rich, "poor")

    with Image.open(tmp_path / "rich.png") as many, Image.open(tmp_path / "poor.png") as few:
        assert len(few.getcolors() or ()) < len(many.getcolors() or ())


def test_a_hall_in_earnest_is_never_drawn(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the watermark above there is no picture: only invented people are shown."""
    monkeypatch.setattr(frame, "WATERMARK", "")

    with pytest.raises(AssertionError, match="only a practice hall"):
        pictures.walked(home, WALKS["users"])


def test_the_program_is_drawn_as_it_begins(home: Path, tmp_path: Path) -> None:
    """Where there is a hall the sign-in, where there is none the two ways to begin."""
    there, nowhere = pictures.started(home), pictures.started(tmp_path / "nowhere")

    assert there.size == nowhere.size == (80 * screenshots.CELL[0], 24 * screenshots.CELL[1])
    assert there.tobytes() != nowhere.tobytes()
    assert not (tmp_path / "nowhere").exists()
