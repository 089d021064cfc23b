"""手机号: eleven digits beginning with 13-19, as dialled within the country."""

from __future__ import annotations

import re
import unicodedata

from forms.identifiers import InvalidIdentifier

KIND = "mobile"
REASONS = ("empty", "characters", "length", "prefix")

_DIGITS = re.compile(r"[0-9]+")
_FORM = re.compile(r"[0-9]{11}")
_SEPARATORS = re.compile(r"[\s-]+")
_COUNTRY = re.compile(r"^(?:\+|00)86(?=1)|^86(?=1[0-9]{10}$)")


def compact(text: str) -> str:
    """Full width folded, blanks and hyphens out, a country prefix +86 off."""
    return _COUNTRY.sub("", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)), count=1)


def validate(text: str) -> str:
    """The eleven digits."""
    number = compact(text)
    if not number:
        raise InvalidIdentifier(KIND, "empty")
    if not _DIGITS.fullmatch(number):
        raise InvalidIdentifier(KIND, "characters")
    if len(number) != 11:
        raise InvalidIdentifier(KIND, "length")
    if not "13" <= number[:2] <= "19":
        raise InvalidIdentifier(KIND, "prefix")
    return number


def mask(text: str) -> str:
    """138****1234, for the screen; anything else is hidden altogether."""
    return _hide(compact(text), last=4)


def mask_for_label(text: str) -> str:
    """138******34, for what leaves the house: GB/T 41833-2022 hides at least six digits."""
    return _hide(compact(text), last=2)


def _hide(number: str, *, last: int) -> str:
    if not _FORM.fullmatch(number):
        return "*" * len(number)
    return number[:3] + "*" * (8 - last) + number[-last:]
