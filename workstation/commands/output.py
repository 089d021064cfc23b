"""What a command prints: one JSON document with `--json`, Chinese without; errors in their four parts."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from workstation.errors import Explained

_CONTROL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@dataclass(frozen=True)
class Result:
    """What a verb gives back."""

    data: Mapping[str, object]
    """The JSON document."""
    text: str = ""
    """What a person reads; without it the document itself."""
    exit_code: int = 0
    """3: a check that failed, whose result is printed all the same."""


def show(result: Result, *, as_json: bool) -> None:
    """Print a result on standard output."""
    if as_json or not result.text:
        _write(sys.stdout, document(result.data), encoding="utf-8")
    else:
        _write(sys.stdout, printable(result.text))


def show_error(error: Explained, *, as_json: bool) -> None:
    """Print an error: with `--json` as the one document, otherwise in words on standard error."""
    if as_json:
        _write(sys.stdout, document({"error": error.as_dict()}), encoding="utf-8")
        return
    words = f"没有办成（{error.code}）：{error.what}\n原因：{error.why}\n接下来：{error.next}"
    _write(sys.stderr, printable(words))


def progress(done: int, total: int | None) -> None:
    """Tell a person at a terminal how far long work has come; a file or a pipe is told nothing."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r已完成 {done}" + (f" / {total}" if total is not None else "") + "\x1b[K")
        if done == total:
            sys.stderr.write("\n")
        sys.stderr.flush()


def document(data: Mapping[str, object]) -> str:
    """One JSON document."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=_as_json)


def printable(text: str) -> str:
    """The text with everything that could steer a terminal made visible; line ends stay."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in _CONTROL else f"[U+{ord(c):04X}]" for c in text
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Columns set under their heads; a Chinese character is two columns wide."""
    cells = [list(heads), *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(heads))]
    return "\n".join(_line(row, widths) for row in cells)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _as_json(value: object) -> object:
    if isinstance(value, Path):
        return str(value.absolute())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # A record rendered whole would show personal fields.
        raise TypeError(f"{type(value).__name__} is printed through shown.record")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _write(stream: TextIO, text: str, encoding: str | None = None) -> None:
    if isinstance(stream, io.TextIOWrapper):
        # JSON is UTF-8 whatever the locale says; a terminal that lacks a character shows its code.
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    stream.write(text + "\n")
    stream.flush()
