"""The picture of a look from afar: a whole PNG of nobody, the same for the same chance."""

from __future__ import annotations

import io
from random import Random

from PIL import Image

from workstation.acts import pictures
from workstation.practice import camera


def test_a_picture_is_a_whole_png() -> None:
    """What keeps evidence takes it, and a drawing program opens it: eight by eight, all grey."""
    drawn = camera.picture(Random(7))

    assert pictures.media_type(drawn) == "image/png"
    with Image.open(io.BytesIO(drawn)) as opened:
        opened.load()
        assert (opened.size, opened.mode) == ((8, 8), "L")


def test_the_same_chance_draws_the_same_picture() -> None:
    """No clock and no library has a say in the bytes."""
    assert camera.picture(Random(7)) == camera.picture(Random(7))
    assert camera.picture(Random(7)) != camera.picture(Random(8))


def test_the_points_are_those_that_were_drawn_by_lot() -> None:
    """The bytes of the picture are the random ones, line by line."""
    with Image.open(io.BytesIO(camera.picture(Random(7)))) as opened:
        points = opened.tobytes()

    rng = Random(7)
    assert points == b"".join(rng.randbytes(8) for _ in range(8))
