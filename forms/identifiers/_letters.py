"""The letters names are made of, and the ways of typing that mean the same; for the kinds that are names."""

from __future__ import annotations

import re

# Unified ideographs: URO, Extensions A to I, the twelve among the compatibility ideographs, and U+3007.
# By range and not by Unicode category: the interpreter's tables are older than Extensions H and I.
HAN = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebe0\U0002ebf0-\U0002ee5d\U00030000-\U000323af"
)
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")

_DOTS = "•‧・･∙⋅⸱"
FOLDED = str.maketrans(
    dict.fromkeys(_DOTS, "·")
    | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'")
    | dict.fromkeys("\u2010\u2011\uff0d", "-")
    | {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
