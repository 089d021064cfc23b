"""How a packet is called: a template of the hall, filled with numbers and codes, never with a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter

PLACEHOLDERS = ("division", "hall", "item", "year", "number", "ordinal")
ENDING = ".zip"
LONGEST = 200
"""In bytes; file systems take 255, and something may be put before or behind."""

_NAME = re.compile(r"[^\W_][\w.-]*")
_UNFIT = re.compile(r"[^\w-]")


class NameFault(ValueError):
    """A template that makes no name; `reason` says why, `detail` which placeholder."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def name_of(template: str, values: Mapping[str, str]) -> str:
    """The file name of a packet: the template with each placeholder filled."""
    parts = [text if name is None else _UNFIT.sub("-", values[name]) for text, name in _parts(template)]
    name = "".join(parts)
    if not _NAME.fullmatch(name) or len(name.encode()) > LONGEST:
        raise NameFault("form")
    return name + ENDING


def check(template: str) -> None:
    """Refuse a template with a placeholder nobody knows, or one under which two cases would have one name."""
    name_of(template, dict.fromkeys(PLACEHOLDERS, "1"))


def _parts(template: str) -> Iterator[tuple[str, str | None]]:
    """Plain texts, and placeholders by their names."""
    try:
        found = list(Formatter().parse(template))
    except ValueError as error:  # a brace that has no partner
        raise NameFault("braces") from error
    names = [name for _, name, _, _ in found if name is not None]
    for name in names:
        if name not in PLACEHOLDERS:
            raise NameFault("unknown", name)
    if "number" not in names:
        raise NameFault("number")
    if any(form or conversion for _, _, form, conversion in found):
        raise NameFault("braces")
    for text, placeholder, _, _ in found:
        yield text, None
        if placeholder is not None:
            yield "", placeholder
