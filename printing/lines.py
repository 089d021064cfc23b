"""Breaking text into lines: between Chinese characters and Latin words, never before a closing mark.

reportlab's own CJK wrap lets a closing mark hang out of its column, over the rule of a table.
"""

import re
from collections.abc import Sequence

from printing import fonts

# A token stays on one line: opening marks, then a Latin run or one character, then closing marks.
_OPENING = "（〔《“‘「【〈"
_CLOSING = "，。、；：？！）〕》”’」】〉…％·"
_TOKEN = re.compile(rf"[{_OPENING}]{{0,3}}(?:[!-~\u00a1-\u024f]+ ?|.)[{_CLOSING}]{{0,3}}")

LEADING = 1.45
"""Line distance as a multiple of the font size; Noto Sans SC is 1.448 high from ascender to descender."""


Sized = tuple[str, float]
"""A text and the size it is set in."""


class DoesNotFit(Exception):
    """A text is too long for its place even in the smallest legible size; the place must not cut it."""

    def __init__(self, text: str) -> None:
        super().__init__(f"text of {len(text)} characters does not fit its place")
        self.length = len(text)


def wrap(text: str, size: float, width: float) -> list[str]:
    """The lines of the text, none wider than `width` points in this size; its own line ends are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrapped(paragraph, size, width))
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


def _wrapped(text: str, size: float, width: float) -> list[str]:
    if fonts.width(text, size) <= width:
        return [text]
    lines, line, used = [], "", 0.0
    for token in _tokens(text, size, width):
        wide = fonts.width(token.rstrip(" "), size)
        if line and used + wide > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        line += token
        used += fonts.width(token, size)
    return [*lines, line.rstrip(" ")]


def _tokens(text: str, size: float, width: float) -> list[str]:
    """The pieces a line may be built of; one wider than the whole line falls into its characters."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens.extend([token] if fonts.width(token, size) <= width else token)
    return tokens
