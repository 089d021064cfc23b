"""Breaking text into lines: between Chinese characters and Latin words, never before a closing mark.

reportlab's own CJK wrap lets a closing mark hang out of its column, over the rule of a table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from printing import fonts

# A token stays on one line: opening marks, then a Latin run or one character, then closing marks.
_OPENING = "（〔《“‘「【〈"
_CLOSING = "，。、；：？！）〕》”’」】〉…％·"
_TOKEN = re.compile(rf"[{_OPENING}]{{0,3}}(?:[!-~\u00a1-\u024f]+ ?|.)[{_CLOSING}]{{0,3}}")

LEADING = 1.45
"""Line distance as a multiple of the font size; our faces are up to 1.448 high from ascender to descender."""


Sized = tuple[str, float]
"""A text and the size it is set in."""

_Token = tuple[str, float, float]
"""What stays on one line, how wide it is, and how wide without a space at its end."""


class DoesNotFit(Exception):
    """A text is too long for its place even in the smallest legible size; the place must not cut it."""

    def __init__(self, text: str) -> None:
        super().__init__(f"text of {len(text)} characters does not fit its place")
        self.length = len(text)


def wrap(text: str, size: float, width: float, style: str = fonts.SONG) -> list[str]:
    """The lines of the text, none wider than `width` points in this size; its own line ends are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrapped(paragraph, size, width, style))
    return lines


def fit(texts: Sequence[Sized], *, width: float, height: float, smallest: float) -> list[Sized]:
    """The lines of texts of the sizes wished, all shrunk together until they fit into the box.

    Raises `DoesNotFit` when the first text would have to be smaller than `smallest`: nothing is ever cut.
    """
    scale = 1.0
    while texts[0][1] * scale >= smallest:
        lines = [(line, size * scale) for text, size in texts for line in wrap(text, size * scale, width)]
        if sum(size for _, size in lines) * LEADING <= height:
            return lines
        scale *= 0.96
    raise DoesNotFit(texts[0][0])


def snug(text: str, size: float, width: float) -> float:
    """The size, or up to a sixth less where that saves a line: no lone character on the last one."""
    fewest = len(wrap(text, size * 5 / 6, width))
    steps = (size * (1 - part / 30) for part in range(5))
    return next((step for step in steps if len(wrap(text, step, width)) == fewest), size * 5 / 6)


def _wrapped(text: str, size: float, width: float, style: str) -> list[str]:
    whole, widest, tokens = _measured(text, style)
    if whole * size / 1000 <= width:
        return [text]
    pieces = tokens if widest * size / 1000 <= width else _pieces(tokens, size, width, style)
    lines, line, used = [], "", 0.0
    for token, full, bare in pieces:
        if line and used + bare * size / 1000 > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        line += token
        used += full * size / 1000
    return [*lines, line.rstrip(" ")]


def _pieces(tokens: Iterable[_Token], size: float, width: float, style: str) -> Iterator[_Token]:
    """The pieces a line may be built of; one wider than the whole line falls into its characters."""
    for token in tokens:
        if token[1] * size / 1000 <= width:
            yield token
        else:
            yield from (_token(char, style) for char in token[0])


@lru_cache(256)  # a text is broken many times over, until it fits and looks well
def _measured(text: str, style: str) -> tuple[float, float, tuple[_Token, ...]]:
    """How wide the text and its widest token are, in thousandths of its size, and all tokens."""
    tokens = tuple(_token(token, style) for token in _TOKEN.findall(text))
    return fonts.advance(text, style), max((full for _, full, _ in tokens), default=0.0), tokens


@lru_cache(4096)
def _token(text: str, style: str) -> _Token:
    return text, fonts.advance(text, style), fonts.advance(text.rstrip(" "), style)
