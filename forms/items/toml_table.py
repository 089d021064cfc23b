"""Reading a TOML table strictly: every fault names file and key, and a key nobody asked for is a fault."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_FIRST_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


class InvalidItem(ValueError):
    """An item file that cannot be used: where (file and dotted key) and what is wrong with it."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class Table:
    """One table of a file; each reader takes its key away, so that `done` can name what is left over."""

    def __init__(self, file: str, values: Mapping[str, object], path: str = "") -> None:
        self.file = file
        self.path = path
        self._left = dict(values)

    @classmethod
    def of_file(cls, path: Path) -> Table:
        """The whole of a file, named by its last two parts; not TOML, or not there, is `InvalidItem` too."""
        return cls._of(path, whole=True)

    @classmethod
    def of_head(cls, path: Path) -> Table:
        """What stands in a file before its first table: a tenth of the time where only that is asked for."""
        return cls._of(path, whole=False)

    @classmethod
    def _of(cls, path: Path, *, whole: bool) -> Table:
        file = "/".join(path.parts[-2:])
        try:
            text = path.read_text(encoding="utf-8")
            return cls(file, tomllib.loads(text if whole else _FIRST_TABLE.split(text, maxsplit=1)[0]))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InvalidItem(file, "", str(error)) from error

    def text(self, key: str) -> str:
        """A text that is not empty."""
        text = self._take(key, str).strip()
        if not text:
            raise self.fault(key, "is empty")
        return text

    def whole(self, key: str, *, least: int) -> int:
        """A whole number, `least` or more."""
        number = self._take(key, int)
        if isinstance(number, bool) or number < least:
            raise self.fault(key, f"is not a whole number from {least} on")
        return number

    def flag(self, key: str) -> bool:
        """true or false."""
        return self._take(key, bool)

    def day(self, key: str) -> datetime.date:
        """A date without a time."""
        day = self._take(key, datetime.date)
        if isinstance(day, datetime.datetime):
            raise self.fault(key, "is a time, not a date")
        return day

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, in their order, each once."""
        texts = self._take(key, list)
        if not all(isinstance(text, str) and text for text in texts):
            raise self.fault(key, "is not a list of texts")
        if len(set(texts)) != len(texts):
            raise self.fault(key, "names one thing twice")
        return tuple(texts)

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self.file, self._take(key, dict), self._name(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """An array of tables; its elements are numbered from 1 in error messages."""
        values = self._take(key, list)
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.fault(key, "is not an array of tables")
        return tuple(Table(self.file, value, f"{self._name(key)}[{n}]") for n, value in enumerate(values, 1))

    def done(self) -> None:
        """Nothing more is read: a key that is left over is misspelt or unknown."""
        for key in self._left:
            raise self.fault(key, "is not known here")

    def fault(self, key: str, problem: str) -> InvalidItem:
        """The error for one key of this table."""
        return InvalidItem(self.file, self._name(key), problem)

    def _take(self, key: str, kind: type[T]) -> T:
        if key not in self._left:
            raise self.fault(key, "is missing")
        value = self._left.pop(key)
        if not isinstance(value, kind):
            raise self.fault(key, f"is {type(value).__name__}, not {kind.__name__}")
        return value

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
