"""What a stored number looks like in its cell: dates, leading zeros, and no digits that are not true."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from math import isfinite

from integrations.spreadsheets.package import Part

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,4})?")
_EXACT = 1e15
"""Excel keeps 15 digits; it has made zeros of all that followed."""
_ZEROS = re.compile("0{2,40}")

# ECMA-376 18.8.30, zh-cn: Chinese Excel and WPS write these dates and times without their format.
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))


class Styles(Part):
    """The number formats of a workbook's cell styles, by the index that cells carry."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._in_cells = False
        self._shown: dict[int, Callable[[float], str]] = {}
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """Gather format codes, and the formats of cell styles (those of named styles stand elsewhere)."""
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._formats.append(int(attributes.get("numFmtId", 0)))

    def end(self, name: str, _text: str, /) -> None:
        """Know where the cell styles end."""
        if name == "cellXfs":
            self._in_cells = False

    def text(self, stored: str, style: int) -> str:
        """The number as a person sees it; what is no number stays as it is."""
        if not _NUMBER.fullmatch(stored) or not isfinite(number := float(stored)):
            return stored
        if style not in self._shown:
            self._shown[style] = self._look(style)
        return self._shown[style](number)

    def _look(self, style: int) -> Callable[[float], str]:
        # Imported here: a CSV needs none of it.
        from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

        format_id = self._formats[style] if 0 <= style < len(self._formats) else 0
        code = self._codes.get(format_id) or builtin_format_code(format_id) or ""
        if format_id in _CHINESE_DATES and format_id not in self._codes:
            return self._date
        if is_date_format(code) and not is_timedelta_format(code):
            return self._date
        if _ZEROS.fullmatch(code):
            return lambda number: plain(number).zfill(len(code))
        return plain

    def _date(self, number: float) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        try:
            moment = from_excel(number, MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH)
        except (OverflowError, ValueError):
            return plain(number)
        if isinstance(moment, datetime):
            return moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        return str(moment.isoformat("seconds"))


def plain(number: float) -> str:
    """A number as Excel's line of input shows it: whole ones without a point, 15 digits at most."""
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    return f"{number:.15g}".upper()
