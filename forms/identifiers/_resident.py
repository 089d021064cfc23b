"""The eighteen characters that citizens, holders of a residence permit and of a foreigner card have alike.

6 area, 8 birth date, 3 sequence, 1 check (ISO 7064 MOD 11-2). The area tells whose number it is.
"""

from __future__ import annotations

import datetime
import re
from typing import Literal

from stdnum.cn import ric

from forms.identifiers import InvalidIdentifier, _number

REASONS = ("empty", "length", "characters", "check_digit", "date", "future")
"""What `validate_as` objects to, besides a number of another of the three kinds: that kind is the reason."""
FORMER_FOREIGNER_CARD = re.compile(r"[A-Z]{3}[0-9]{12}")

Sex = Literal["male", "female"]

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_PERMIT_AREAS = ("810000", "820000", "830000")


def validate_as(kind: str, text: str, *, today: datetime.date | None = None) -> str:
    """The eighteen characters, if they are of this kind; with `today`, none born later."""
    number = _number.compact(text)
    if not number:
        raise InvalidIdentifier(kind, "empty")
    if FORMER_FOREIGNER_CARD.fullmatch(number):
        raise InvalidIdentifier(kind, "foreigner_card")
    if len(number) != 18:
        raise InvalidIdentifier(kind, "length")
    if not _FORM.fullmatch(number):
        raise InvalidIdentifier(kind, "characters")
    # Before the area: a misread digit would otherwise be taken for another kind of document.
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidIdentifier(kind, "check_digit")
    if (other := _kind(number)) != kind:
        raise InvalidIdentifier(kind, other)
    if birth_date(kind, number) > (today or datetime.date.max):
        raise InvalidIdentifier(kind, "future")
    return number


def birth_date(kind: str, number: str) -> datetime.date:
    """The day of birth in eighteen characters."""
    # Not python-stdnum's: it also looks the area up, in a table too old for our areas.
    try:
        return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        # Without `from`: the message of the cause would carry part of the number.
        raise InvalidIdentifier(kind, "date") from None


def sex(number: str) -> Sex:
    """Odd sequence male, even female (GB 11643-1999)."""
    return "male" if int(number[16]) % 2 else "female"


def mask(text: str) -> str:
    """110105********002X; a text of another form is hidden altogether."""
    number = _number.compact(text)
    return f"{number[:6]}********{number[-4:]}" if _FORM.fullmatch(number) else "*" * len(number)


def _kind(number: str) -> str:
    if number.startswith("9"):
        return "foreigner_card"
    return "residence_permit" if number[:6] in _PERMIT_AREAS else "citizen_id"
