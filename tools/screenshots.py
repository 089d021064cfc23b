"""Pictures of screens: what a Textual screen shows as rows of cells, as text that is kept, and as a drawing.

`python -m tools.screenshots FILE… FOLDER` draws kept screens to PNG. The text stands in the repository beside
the tests: a change is read as words and colours there, and looked at as a picture here.
"""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from PIL import Image, ImageDraw, ImageFont
from rich import terminal_theme
from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import App

from printing import fonts

#: One cell in pixels, and the sizes of the two faces in it: a Chinese character fills two cells.
CELL = (12, 26)
_LATIN, _CHINESE = 20, 22
_THEME = terminal_theme.DIMMED_MONOKAI
_MARKS = ("bold", "italic", "underline", "strike")


@dataclass(frozen=True)
class Style:
    """Colours as `#rrggbb`, and what is done to the letters."""

    ink: str
    ground: str
    marks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.ink, self.ground, *self.marks))


@dataclass(frozen=True)
class Run:
    """Neighbouring cells of one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Picture:
    """What a screen shows: its rows, each as wide as the window."""

    columns: int
    rows: tuple[tuple[Run, ...], ...]

    @property
    def text(self) -> str:
        """The words on the screen, without the blanks at the end of a line."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self.rows)

    def __str__(self) -> str:
        """The picture as it is kept: size, rows without the blanks at their ends, styles of each row."""
        words = [f"|{_visible(''.join(run.text for run in row).rstrip(' '))}" for row in self.rows]
        return "\n".join([f"{self.columns}x{len(self.rows)}", *words, "", *self._styles()]) + "\n"

    def _styles(self) -> Iterator[str]:
        spans = (", ".join(f"{cell_len(run.text)} {run.style}" for run in row) for row in self.rows)
        at = 1
        for line, same in groupby(spans):
            end = at + len(list(same))
            yield f"{at}-{end - 1}: {line}" if end > at + 1 else f"{at}: {line}"
            at = end

    @classmethod
    def kept(cls, text: str) -> Self:
        """Read a picture that was kept."""
        size, *lines = text.removesuffix("\n").split("\n")
        columns, rows = map(int, size.split("x"))
        words = [ast.literal_eval(f'"{line[1:]}"') for line in lines[:rows]]
        words = [each + " " * (columns - cell_len(each)) for each in words]
        spans = [span for line in lines[rows + 1 :] for span in _unfolded(line)]
        return cls(columns, tuple(_runs(*row) for row in zip(words, spans, strict=True)))


def _visible(text: str) -> str:
    """The text with all that would not be seen, or would disturb an editor, as an escape."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in escaped)


def _unfolded(line: str) -> list[str]:
    numbers, _, spans = line.partition(": ")
    first, _, last = numbers.partition("-")
    return [spans] * (int(last or first) - int(first) + 1)


def _runs(words: str, spans: str) -> tuple[Run, ...]:
    cells = iter(_cells(words))
    runs: list[Run] = []
    for span in spans.split(", "):
        width, ink, ground, *marks = span.split(" ")
        text, left = "", int(width)
        while left > 0:
            char, wide = next(cells)
            text, left = text + char, left - wide
        runs.append(Run(text, Style(ink, ground, tuple(marks))))
    return tuple(runs)


def _cells(text: str) -> list[tuple[str, int]]:
    """The characters a text has for the eye, and the cells of each; what takes none joins its neighbour."""
    cells: list[tuple[str, int]] = []
    held = ""
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells.append((held + text[start:end], width))
            held = ""
        else:
            held += text[start:end]
    return cells


# --- from a running application


def seen(app: App[Any]) -> Picture:
    """What an application shows at this moment, dialogs and what shines through behind them included."""
    width, height = app.size
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    strips = getattr(update, "strips", ())
    rows = tuple(_row(segment for strip in line for segment in strip) for line in strips)
    assert len(rows) == height, "the whole screen is drawn"
    return Picture(width, rows)


def _row(segments: Iterable[Segment]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for segment in segments:
        run = Run(segment.text, _style(segment.style))
        before = runs[-1] if runs else None
        if before and _looks_like(run, before.style):
            runs[-1] = Run(before.text + run.text, before.style)
        elif run.text:
            runs.append(run)
    return tuple(runs)


def _looks_like(run: Run, style: Style) -> bool:
    """Whether a run would look the same in a style; the ink of a blank is not seen."""
    if run.style == style:
        return True
    lined = {"underline", "strike"}.intersection(style.marks + run.style.marks)
    return not run.text.strip(" ") and run.style.ground == style.ground and not lined


@cache
def _style(style: RichStyle | None) -> Style:
    plain = style or RichStyle.null()
    ink = plain.color.get_truecolor(_THEME) if plain.color else _THEME.foreground_color
    ground = plain.bgcolor.get_truecolor(_THEME, False) if plain.bgcolor else _THEME.background_color
    if plain.dim:
        ink = type(_THEME.foreground_color)(*((a + b) // 2 for a, b in zip(ink, ground, strict=True)))
    if plain.reverse:
        ink, ground = ground, ink
    marks = tuple(mark for mark in _MARKS if getattr(plain, mark))
    return Style(f"#{bytes(ink).hex()}", f"#{bytes(ground).hex()}", marks)


# --- drawing


def draw(picture: Picture) -> Image.Image:
    """Draw a picture cell by cell."""
    width, height = CELL
    image = Image.new("RGB", (picture.columns * width, len(picture.rows) * height))
    brush = ImageDraw.Draw(image)
    for y, row in enumerate(picture.rows):
        x = 0
        for run in row:
            for char, cells in _cells(run.text):
                _cell(brush, (x * width, y * height, (x + cells) * width, (y + 1) * height), char, run.style)
                x += cells
    return image


Box = tuple[int, int, int, int]


def _cell(brush: ImageDraw.ImageDraw, box: Box, char: str, style: Style) -> None:
    left, top, right, bottom = box
    brush.rectangle((left, top, right - 1, bottom - 1), fill=style.ground)
    name = unicodedata.name(char[0], "")
    if name.startswith("BOX DRAWINGS") and "DIAGONAL" not in name:
        _lines(brush, box, name, style.ink)
    elif blocks := _blocks(name):
        for block in blocks:
            _fill(brush, box, block, _shaded(name, style))
    elif any(not _is_silent(part) for part in char):
        _glyph(brush, box, char, style)
    for mark, height in (("underline", bottom - 3), ("strike", (top + bottom) // 2)):
        if mark in style.marks:
            brush.line((left, height, right - 1, height), fill=style.ink, width=1)


def _is_silent(char: str) -> bool:
    """Whether a character is rightly drawn as nothing: a space, a joiner, a selector."""
    return (
        char.isspace()
        or unicodedata.category(char) == "Cf"
        or "VARIATION SELECTOR" in unicodedata.name(char, "")
    )


def _glyph(brush: ImageDraw.ImageDraw, box: Box, char: str, style: Style) -> None:
    left, top, right, bottom = box
    text = unicodedata.normalize("NFC", "".join(part for part in char if not _is_silent(part)))
    face = _face_for(text, right - left)
    if face is None:
        _unknown(brush, box, text, style)
        return
    x = left + (right - left - face.getlength(text)) / 2
    baseline = top + round((bottom - top) * 0.76)
    for shift in (0, 1) if "bold" in style.marks else (0,):
        brush.text((round(x) + shift, baseline), text, fill=style.ink, font=face, anchor="ls")


def _unknown(brush: ImageDraw.ImageDraw, box: Box, text: str, style: Style) -> None:
    """A frame with the character's number in it: nothing on a screen is silently blank."""
    left, top, right, bottom = box
    brush.rectangle((left + 1, top + 2, right - 2, bottom - 3), outline=style.ink)
    number, across = f"{ord(text[0]):04X}", 2 if right - left == CELL[0] else 3
    lines = "\n".join(number[at : at + across] for at in range(0, len(number), across))
    middle = (left + right) / 2, (top + bottom) / 2
    brush.multiline_text(middle, lines, fill=style.ink, font=_face("latin", 8), anchor="mm", spacing=0)


def _face_for(text: str, width: int) -> ImageFont.FreeTypeFont | None:
    """The face that has these characters, in a size that fits the cells; None if none has."""
    if width == CELL[0] and _has("latin", text):
        return _face("latin", _LATIN)
    if not _has("chinese", text):
        return None
    fitting = int(_CHINESE * width / max(width, _face("chinese", _CHINESE).getlength(text)))
    return _face("chinese", fitting)


@cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """The face of our papers, or the monospaced one that the barcode package carries."""
    if name == "chinese":
        file = fonts.path()
    else:
        spec = find_spec("barcode")
        assert spec is not None
        assert spec.origin is not None
        file = Path(spec.origin).parent / "fonts" / "DejaVuSansMono.ttf"
    # The plain layout: the other one depends on what libraries the system has.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(name: str, text: str) -> bool:
    """Whether a face has an outline for each character, other than the one for missing characters."""
    face = _face(name, 20)
    missing = bytes(face.getmask("\U0010ffff"))
    return all(bytes(mask := face.getmask(char)) != missing and mask.getbbox() for char in text)


# --- lines and blocks, which have to meet at the edges of their cells


def _lines(brush: ImageDraw.ImageDraw, box: Box, name: str, ink: str) -> None:
    """Draw the arms that a name tells, as `BOX DRAWINGS LIGHT DOWN AND RIGHT`."""
    left, top, right, bottom = box
    x, y = (left + right) // 2, (top + bottom) // 2
    for arm, weight in _arms(name).items():
        width = 3 if weight == "HEAVY" else 1
        shifts = (-2, 2) if weight == "DOUBLE" else (0,)
        for shift in shifts:
            ends = {
                "UP": (x + shift, top, x + shift, y),
                "DOWN": (x + shift, y, x + shift, bottom - 1),
                "LEFT": (left, y + shift, x, y + shift),
                "RIGHT": (x, y + shift, right - 1, y + shift),
            }
            brush.line(ends[arm], fill=ink, width=width)


@cache
def _arms(name: str) -> dict[str, str]:
    """Arm to weight: a weight stands before its arms or, where there are two, behind each."""
    words = re.sub(r"(DOUBLE|TRIPLE|QUADRUPLE) DASH|BOX DRAWINGS|AND|ARC|SINGLE", "", name).split()
    words = [arm for word in words for arm in _BOTH.get(word, (word,))]
    weights = {"LIGHT", "HEAVY", "DOUBLE"}
    before = words[0] in weights
    arms: dict[str, str] = {}
    weight = "LIGHT"
    for word in words if before else reversed(words):
        if word in weights:
            weight = word
        else:
            arms[word] = weight
    return arms


_BOTH = {"HORIZONTAL": ("LEFT", "RIGHT"), "VERTICAL": ("UP", "DOWN")}
_PARTS = {"ONE EIGHTH": 1, "ONE QUARTER": 2, "THREE EIGHTHS": 3, "HALF": 4, "FIVE EIGHTHS": 5}
_PARTS |= {"THREE QUARTERS": 6, "SEVEN EIGHTHS": 7}
#: Left, top, right and bottom of a block in eighths of the cell.
Block = tuple[int, int, int, int]


@cache
def _blocks(name: str) -> tuple[Block, ...]:
    """The parts of a cell that a name fills, as `LOWER ONE EIGHTH BLOCK`."""
    if name == "FULL BLOCK" or name.endswith(" SHADE"):
        return ((0, 0, 8, 8),)
    if name.startswith("QUADRANT "):
        corners = name.removeprefix("QUADRANT ").split(" AND ")
        return tuple(_quadrant(*corner.split()) for corner in corners)
    edge, _, part = name.removesuffix(" BLOCK").partition(" ")
    if not name.endswith(" BLOCK") or part not in _PARTS:
        return ()
    size = _PARTS[part]
    return (
        {"UPPER": (0, 0, 8, size), "LOWER": (0, 8 - size, 8, 8), "LEFT": (0, 0, size, 8)}.get(
            edge, (8 - size, 0, 8, 8)
        ),
    )


def _quadrant(vertical: str, horizontal: str) -> Block:
    left, top = 4 * (horizontal == "RIGHT"), 4 * (vertical == "LOWER")
    return left, top, left + 4, top + 4


def _fill(brush: ImageDraw.ImageDraw, box: Box, block: Block, ink: str) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    x0, y0, x1, y1 = block
    brush.rectangle(
        (
            left + width * x0 // 8,
            top + height * y0 // 8,
            left + width * x1 // 8 - 1,
            top + height * y1 // 8 - 1,
        ),
        fill=ink,
    )


def _shaded(name: str, style: Style) -> str:
    share = {"LIGHT SHADE": 1, "MEDIUM SHADE": 2, "DARK SHADE": 3}.get(name, 4)
    ink, ground = (bytes.fromhex(colour[1:]) for colour in (style.ink, style.ground))
    return "#" + bytes((a * share + b * (4 - share)) // 4 for a, b in zip(ink, ground, strict=True)).hex()


def main(arguments: list[str]) -> int:
    """Draw kept pictures; a picture is named after its screen's folder and its test."""
    if len(arguments) < 2:
        print("python -m tools.screenshots FILE… FOLDER", file=sys.stderr)
        return 2
    *files, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        place = file.parent.parent.name if file.parent.name == "snapshots" else file.parent.name
        target = folder / f"{place}-{file.stem}.png"
        draw(Picture.kept(file.read_text(encoding="utf-8"))).save(target, optimize=True)
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
