"""What a week in the mail does to a printed symbol: worn, smeared, turned, wiped, crossed out by a pen.

Each damage takes a grey picture, its dots per inch and the chance it happens by, and gives a new picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Damage = Callable[[Image.Image, int, Random], Image.Image]


def clean(picture: Image.Image, _dpi: int, _chance: Random) -> Image.Image:
    """As it left the printer."""
    return picture


def blurred(picture: Image.Image, dpi: int, _chance: Random, *, sigma: float = 0.10) -> Image.Image:
    """Ink run into the paper, or a lens out of focus: Gaussian, in millimetres."""
    return picture.filter(ImageFilter.GaussianBlur(sigma * dpi / 25.4))


def speckled(picture: Image.Image, _dpi: int, chance: Random) -> Image.Image:
    """Salt and pepper: 2 % of the dots black or white."""
    spoilt = picture.copy()
    pencil = ImageDraw.Draw(spoilt)
    dots = chance.sample(range(spoilt.width * spoilt.height), spoilt.width * spoilt.height // 50)
    places = [(dot % spoilt.width, dot // spoilt.width) for dot in dots]
    pencil.point(places[::2], 0)
    pencil.point(places[1::2], 255)
    return spoilt


def turned(picture: Image.Image, _dpi: int, chance: Random) -> Image.Image:
    """Held 3 degrees askew, to one side or the other."""
    askew = chance.choice((-3, 3))
    return picture.rotate(askew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def wiped(picture: Image.Image, _dpi: int, chance: Random) -> Image.Image:
    """A band of a fifth of the height is gone, from edge to edge."""
    spoilt = picture.copy()
    top = chance.uniform(0, 0.8) * spoilt.height
    ImageDraw.Draw(spoilt).rectangle((0, top, spoilt.width, top + spoilt.height / 5), fill=255)
    return spoilt


def penned(picture: Image.Image, dpi: int, chance: Random) -> Image.Image:
    """One wavy stroke of a 0.7 mm pen through the whole symbol, from side to side."""
    spoilt = picture.copy()
    start, end = (chance.uniform(0.2, 0.8) * spoilt.height for _ in range(2))
    swing, waves, phase = chance.uniform(0.1, 0.3), chance.uniform(1, 4), chance.uniform(0, math.tau)
    steps = [step / 100 for step in range(101)]
    line = [
        (
            along * spoilt.width,
            start
            + (end - start) * along
            + swing * spoilt.height * math.sin(phase + waves * math.tau * along),
        )
        for along in steps
    ]
    ImageDraw.Draw(spoilt).line(line, fill=0, width=round(0.7 * dpi / 25.4), joint="curve")
    return spoilt


def together(picture: Image.Image, dpi: int, chance: Random) -> Image.Image:
    """The pen, then askew, then blurred by 0.08 mm, then speckled."""
    askew = turned(penned(picture, dpi, chance), dpi, chance)
    return speckled(blurred(askew, dpi, chance, sigma=0.08), dpi, chance)
