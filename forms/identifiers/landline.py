"""固定电话: area code, seven or eight digits, perhaps an extension 分机; stored as 0771-5551234-801."""

from __future__ import annotations

import re
import unicodedata

from forms.identifiers import InvalidIdentifier

KIND = "landline"
REASONS = ("empty", "characters", "area", "number", "extension")

# Area codes of three digits are 010 and 02x; all others have four.
_AREA = re.compile(r"010|02[0-9]|0[3-9][0-9]{2}")
_LOCAL = re.compile(r"[1-9][0-9]{6,7}")
_EXTENSION = re.compile(r"[0-9]{1,6}")
_ALLOWED = re.compile(r"[0-9-]+")
_NOISE = re.compile(r"[\s()]+")
_COUNTRY = re.compile(r"^(?:\+|00)86-?0?")
_TO_EXTENSION = re.compile(r"转|分机|EXT\.?", re.IGNORECASE)


def compact(text: str) -> str:
    """Full width, brackets, blanks, +86 and 转 folded to area-number or area-number-extension."""
    folded = _TO_EXTENSION.sub("-", unicodedata.normalize("NFKC", text))
    digits = _COUNTRY.sub("0", _NOISE.sub("-", folded).strip("-"), count=1)
    digits = re.sub(r"-+", "-", digits)
    area = _AREA.match(digits)
    return f"{area.group()}-{digits[area.end() :].lstrip('-')}" if area else digits


def validate(text: str) -> str:
    """The compact form, its area code, number and extension each of their right length."""
    number = compact(text)
    if not number:
        raise InvalidIdentifier(KIND, "empty")
    if not _ALLOWED.fullmatch(number):
        raise InvalidIdentifier(KIND, "characters")
    area, local, extension = _parts(number)
    if not _AREA.fullmatch(area):
        raise InvalidIdentifier(KIND, "area")
    if not _LOCAL.fullmatch(local):
        raise InvalidIdentifier(KIND, "number")
    if extension is not None and not _EXTENSION.fullmatch(extension):
        raise InvalidIdentifier(KIND, "extension")
    return number


def mask(text: str) -> str:
    """0771-******4: area code and last digit, extension hidden; anything else is hidden altogether.

    At least six digits are hidden, so it may stand on a label as well (GB/T 41833-2022).
    """
    try:
        number = validate(text)
    except InvalidIdentifier:
        return "*" * len(compact(text))
    area, local, extension = _parts(number)
    return f"{area}-{'*' * (len(local) - 1)}{local[-1]}" + ("" if extension is None else "-***")


mask_for_label = mask


def _parts(number: str) -> tuple[str, str, str | None]:
    area, _, rest = number.partition("-")
    local, hyphen, extension = rest.partition("-")
    return area, local, extension if hyphen else None
