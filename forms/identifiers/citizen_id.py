"""公民身份号码 (GB 11643-1999) on the 居民身份证, and nothing else: the relatives are kinds of their own.

Check digit and date decide; an unknown area is for others to warn of: abolished ones stay in people's
numbers for ever.
"""

from __future__ import annotations

import datetime
import re

from forms.identifiers import InvalidIdentifier, _number, _resident
from forms.identifiers._resident import Sex

KIND = "citizen_id"
REASONS = (*_resident.REASONS, "legacy", "residence_permit", "foreigner_card")

_LEGACY = re.compile(r"[0-9]{15}")


def compact(text: str) -> str:
    """Full width folded, blanks taken out, x raised to X."""
    return _number.compact(text)


def validate(text: str, *, today: datetime.date | None = None) -> str:
    """The eighteen characters; with `today`, a birth date still to come is refused as well.

    Fifteen digits are a first-generation number: those cards expired on 2013-01-01. A number of a residence
    permit or a foreigner card is refused with that kind as the reason.
    """
    if _LEGACY.fullmatch(compact(text)):
        raise InvalidIdentifier(KIND, "legacy")
    return _resident.validate_as(KIND, text, today=today)


def mask(text: str) -> str:
    """110105********002X; a text of another form is hidden altogether."""
    return _resident.mask(text)


def birth_date(text: str) -> datetime.date:
    """The day of birth in a valid number."""
    return _resident.birth_date(KIND, validate(text))


def sex(text: str) -> Sex:
    """Odd sequence male, even female (GB 11643-1999)."""
    return _resident.sex(validate(text))


def division(text: str) -> str:
    """The six-digit area of first registration."""
    return validate(text)[:6]
