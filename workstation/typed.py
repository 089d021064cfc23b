"""Values of unknown shape (parsed JSON or TOML) into typed structures; a misfit is named by its path.

No wording here: `settings` and `commands/reading` each tell it in their own sentence.
"""

from __future__ import annotations

import re
import threading
from typing import TypeVar

import msgspec

T = TypeVar("T")

#: One thread at a time: several that convert the first value of its kind at once bring msgspec 0.22 down.
_TURN = threading.Lock()

#: What msgspec calls a type, as we say it.
_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true 或 false",
    "object": "对象 {…}",
    "array": "列表 […]",
    "null": "null",
}

_AT = re.compile(r" - at `(?P<path>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*)`", re.DOTALL)
_TYPE = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`")


class Misfit(Exception):
    """A value that is not of the expected form; never carries the value itself, which may be personal."""

    def __init__(self, problem: str, path: str, expected: str = "", found: str = "") -> None:
        super().__init__(f"{problem} at {path}")
        self.problem = problem
        """missing · unknown · type · value."""
        self.path = path
        """Where it stands, e.g. `users[0].role`; empty for the whole."""
        self.expected = expected
        """What was expected there, in Chinese."""
        self.found = found
        """What kind of value stood there, in Chinese."""


def convert(data: object, kind: type[T]) -> T:
    """The data as `kind`, strictly: no text is taken for a number. Raises Misfit at the first fault."""
    try:
        with _TURN:
            return msgspec.convert(data, kind, strict=True)  # noqa: TID251 - the door
    except msgspec.ValidationError as error:
        # Without `from`: msgspec quotes an enum's wrong value, and values stay out of tracebacks.
        raise _misfit(str(error)) from None


def plain(value: object) -> object:
    """A structure as dictionaries and lists, as it would stand in JSON."""
    return msgspec.to_builtins(value)


def schema(kind: type) -> dict[str, object]:
    """The JSON Schema of a structure."""
    return msgspec.json.schema(kind)


def _misfit(message: str) -> Misfit:
    at = _AT.search(message)
    path = at["path"].removeprefix("$").removeprefix(".") if at else ""
    said = message[: at.start()] if at else message
    if found := _MISSING.fullmatch(said):
        return Misfit("missing", _joined(path, found["field"]))
    if found := _UNKNOWN.fullmatch(said):
        return Misfit("unknown", _joined(path, found["field"]))
    if found := _TYPE.fullmatch(said):
        return Misfit("type", path, _named(found["expected"]), _named(found["found"]))
    return Misfit("value", path, _expectation(said))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _named(types: str) -> str:
    return " 或 ".join(_TYPES.get(name, name) for name in types.split(" | "))


def _expectation(said: str) -> str:
    for pattern, wording in _EXPECTATIONS:
        if found := pattern.fullmatch(said):
            return wording.format(*found.groups())
    return ""


_EXPECTATIONS = (
    (re.compile(r"Expected `str` of length >= (\d+)"), "至少 {} 个字"),
    (re.compile(r"Expected `str` of length <= (\d+)"), "至多 {} 个字"),
    (re.compile(r"Expected `(?:int|float)` >= (-?\d+).*"), "不小于 {}"),
    (re.compile(r"Expected `(?:int|float)` <= (-?\d+).*"), "不大于 {}"),
    (re.compile(r"Expected `array` of length >= (\d+)"), "至少 {} 项"),
    (re.compile(r"Expected `array` of length <= (\d+)"), "至多 {} 项"),
    (re.compile(r"Expected `str` matching regex '(.*)'"), "形如 {}"),
    (re.compile(r"Invalid enum value .*", re.DOTALL), "列明的值之一"),
)
