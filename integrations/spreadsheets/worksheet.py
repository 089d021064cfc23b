"""The cells of one worksheet part, read as a stream: nothing is kept but the text of cells that have any."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from integrations.spreadsheets.escapes import unescaped
from integrations.spreadsheets.number_formats import Styles
from integrations.spreadsheets.package import Part
from integrations.spreadsheets.sheet import MAX_ROWS, Area, Grid, tidy

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class Strings(Part):
    """The texts that cells refer to by number; the reading aids (拼音) some of them carry are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._aside = False

    def start(self, name: str, _attributes: Mapping[str, str], /) -> None:
        """A text begins, or an aid to read it."""
        if name == "si":
            self._pieces.clear()
        elif name == "rPh":
            self._aside = True

    def end(self, name: str, text: str, /) -> None:
        """A piece of text, or the whole, is complete."""
        if name == "t" and not self._aside:
            self._pieces.append(text)
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self.texts.append(tidy(unescaped("".join(self._pieces))))


class Cells(Part):
    """Puts the cells of a worksheet into a grid, and tells its merged areas."""

    def __init__(self, strings: Sequence[str], styles: Styles, most: int = MAX_ROWS) -> None:
        super().__init__()
        self.grid, self._most = Grid(most), most
        self.areas: list[Area] = []
        self._strings, self._styles = strings, styles
        self._row = self._column = 0
        self._shared: dict[str, str] = {}
        self._aside = False
        self._cell: Mapping[str, str] = {}
        self._begin({})

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """A row, a cell or something in it begins."""
        match name:
            case "c":
                self._place(attributes.get("r", ""))
                self._begin(attributes)
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "f":
                self._formula = "="
                self._share = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            case "rPh":
                self._aside = True
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def end(self, name: str, text: str, /) -> None:
        """Something in a cell is complete, or the cell itself."""
        match name:
            case "v":
                self._value = text
            case "t" if not self._aside:
                self._pieces.append(text)
            case "f":
                self._formula = self._shared_text(f"={tidy(text)}")
            case "rPh":
                self._aside = False
            case "c":
                self.grid.put(self._row, self._column, self._shown())

    def _begin(self, cell: Mapping[str, str]) -> None:
        self._cell = cell
        self._value = self._formula = self._share = ""
        self._pieces: list[str] = []

    def _place(self, reference: str) -> None:
        if reference:
            self._row, self._column = _place(reference)
        else:
            self._column += 1
        if self._row < 1:
            raise ValueError("a cell without a row")

    def _shown(self) -> str:
        """The cell's text; a formula is given as its wording and never looked into."""
        if self._formula:
            return self._formula
        match self._cell.get("t", "n"):
            case "inlineStr":
                return tidy(unescaped("".join(self._pieces)))
            case "s":
                return self._string(int(self._value)) if self._value else ""
            case "b":
                return {"0": "FALSE", "1": "TRUE"}.get(self._value, tidy(self._value))
            case "d":
                return tidy(self._value).replace("T", " ").removesuffix(" 00:00:00")
            case "n":
                return self._styles.text(tidy(self._value), int(self._cell.get("s", 0)))
            case "str":
                return tidy(unescaped(self._value))
        return tidy(self._value)

    def _string(self, index: int) -> str:
        if not 0 <= index < len(self._strings):
            raise ValueError("a text that is not there")
        return self._strings[index]

    def _shared_text(self, text: str) -> str:
        """Of cells that share a formula only the first has its wording; the others are given the same."""
        if self._share and text == "=":
            return self._shared.get(self._share, text)
        if self._share:
            self._shared[self._share] = text
        return text

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if bottom < top or right < left or len(self.areas) >= self._most:
            raise ValueError("merged areas")
        self.areas.append(Area(top, left, bottom, right))


def _place(reference: str) -> tuple[int, int]:
    """Row and column of `AB12`."""
    place = _PLACE.fullmatch(reference)
    if place is None:
        raise ValueError("a place no sheet has")
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[2]), column
