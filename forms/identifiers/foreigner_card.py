"""外国人永久居留身份证: eighteen characters beginning with 9; until 2023-12-01 three letters and 12 digits.

Former cards stay valid until they expire. No rule for the check of a former number was read: form only.
That the birth date stands where a citizen's does is 来源：未核对; so nothing more is read from the number.
"""

from __future__ import annotations

import datetime

from forms.identifiers import _number, _resident

KIND = "foreigner_card"
REASONS = (*_resident.REASONS, "citizen_id", "residence_permit")


def compact(text: str) -> str:
    """Full width folded, blanks taken out, letters raised to capitals."""
    return _number.compact(text)


def validate(text: str, *, today: datetime.date | None = None) -> str:
    """The eighteen or, on a former card, fifteen characters.

    With `today`, a birth date still to come is refused as well. A number of a citizen or a residence permit
    is refused with that kind as the reason.
    """
    number = compact(text)
    if _is_former(number):
        return number
    return _resident.validate_as(KIND, number, today=today)


def mask(text: str) -> str:
    """911248********0127, or A***********012 of a former card; anything else is hidden altogether."""
    number = compact(text)
    return _number.hide(number) if _is_former(number) else _resident.mask(number)


def birth_date(text: str) -> datetime.date | None:
    """The day of birth in a valid number; None for a former card, whose layout nobody here has read."""
    number = validate(text)
    return None if _is_former(number) else _resident.birth_date(KIND, number)


def _is_former(number: str) -> bool:
    return _resident.FORMER_FOREIGNER_CARD.fullmatch(number) is not None
