"""What XML cannot hold, Office writes as `_x000D_` (ECMA-376 22.9.2.19); here is both ways of it."""

from __future__ import annotations

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HELD = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd]")


def unescaped(text: str) -> str:
    """The text as it was typed; an escape for what no text holds stays as it is."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def escaped(text: str) -> str:
    """The text as a workbook holds it: what only looks like an escape is told apart from one."""
    return _LOOKALIKE.sub("_x005F_", text)


def _character(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _HELD.match(character) else escape[0]
