"""单位名称 as on the certificate of registration: Han, letters, digits, some marks."""

from __future__ import annotations

import re

from forms.identifiers import InvalidIdentifier, plain_text
from forms.identifiers._letters import BLANKS, FOLDED, HAN, LATIN

KIND = "organisation_name"
REASONS = (*plain_text.REASONS, "too_short", "characters")
MAX = 100
"""The longest name, in characters."""

_CHARACTERS = re.compile(rf"[{HAN}{LATIN}0-9 （）()·&.,，、:：+/'\"“”《》-]+")
_LETTER = re.compile(rf"[{HAN}{LATIN}]")
_HAN = re.compile(rf"[{HAN}]")
_SIGNS = FOLDED | str.maketrans("０１２３４５６７８９＆／＋", "0123456789&/+")
_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")
_NEEDLESS_BLANK = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])|(?<=[（）·]) | (?=[（）·])")


def compact(text: str) -> str:
    """NFC; blanks collapsed, full-width letters and digits folded, brackets of one width.

    With a Han character in it a name has full-width brackets, without one half-width: so one name is
    written in one way, and a pair never comes apart.
    """
    name = BLANKS.sub(" ", plain_text.compact(text).translate(_SIGNS))
    name = name.translate(_WIDE if _HAN.search(name) else _NARROW)
    return plain_text.compact(_NEEDLESS_BLANK.sub("", name))


def validate(text: str) -> str:
    """The compact form, with two letters at least: a number is no name."""
    name = plain_text.validate_as(KIND, compact(text), longest=MAX)
    if not _CHARACTERS.fullmatch(name):
        raise InvalidIdentifier(KIND, "characters")
    if len(_LETTER.findall(name)) < 2:
        raise InvalidIdentifier(KIND, "too_short")
    return name


def mask(text: str) -> str:
    """The name in full, that of a legal person being public record; what is no name is hidden altogether."""
    try:
        return validate(text)
    except InvalidIdentifier:
        return "*" * len(compact(text))
