"""港澳台居民居住证: the eighteen characters of a citizen's number under an area of its own.

810000 Hong Kong, 820000 Macao, 830000 Taiwan; check digit and birth date as in GB 11643-1999.
"""

from __future__ import annotations

import datetime

from forms.identifiers import _number, _resident
from forms.identifiers._resident import Sex

KIND = "residence_permit"
REASONS = (*_resident.REASONS, "citizen_id", "foreigner_card")


def compact(text: str) -> str:
    """Full width folded, blanks taken out, x raised to X."""
    return _number.compact(text)


def validate(text: str, *, today: datetime.date | None = None) -> str:
    """The eighteen characters; with `today`, a birth date still to come is refused as well.

    A number of a citizen or a foreigner card is refused with that kind as the reason.
    """
    return _resident.validate_as(KIND, text, today=today)


def mask(text: str) -> str:
    """810000********0021; a text of another form is hidden altogether."""
    return _resident.mask(text)


def birth_date(text: str) -> datetime.date:
    """The day of birth in a valid number."""
    return _resident.birth_date(KIND, validate(text))


def sex(text: str) -> Sex:
    """Odd sequence male, even female, as in a citizen's number."""
    return _resident.sex(validate(text))


def division(text: str) -> str:
    """810000 Hong Kong, 820000 Macao or 830000 Taiwan."""
    return validate(text)[:6]
