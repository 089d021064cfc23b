"""公民身份号码 (GB 11643-1999), and the like on 港澳台居民居住证 and, since 2023-12, 外国人永久居留身份证.

Eighteen characters: 6 area, 8 birth date, 3 sequence, 1 check (ISO 7064 MOD 11-2). Check digit and date
decide; an unknown area is for others to warn of: abolished ones stay in people's numbers for ever.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Literal

from stdnum.cn import ric

from forms.identifiers import InvalidIdentifier

KIND = "citizen_id"
REASONS = ("empty", "legacy", "length", "characters", "check_digit", "date", "future")

Sex = Literal["male", "female"]

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_LEGACY = re.compile(r"[0-9]{15}")
_BLANKS = re.compile(r"\s+")


def compact(text: str) -> str:
    """Full width folded, blanks taken out, x raised to X."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def validate(text: str, *, today: datetime.date | None = None) -> str:
    """The eighteen characters; with `today`, a birth date still to come is refused as well.

    Fifteen digits are a first-generation number: those cards expired on 2013-01-01.
    """
    number = compact(text)
    if not number:
        raise InvalidIdentifier(KIND, "empty")
    if _LEGACY.fullmatch(number):
        raise InvalidIdentifier(KIND, "legacy")
    if len(number) != 18:
        raise InvalidIdentifier(KIND, "length")
    if not _FORM.fullmatch(number):
        raise InvalidIdentifier(KIND, "characters")
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidIdentifier(KIND, "check_digit")
    if today is not None and _date(number) > today:
        raise InvalidIdentifier(KIND, "future")
    _date(number)
    return number


def mask(text: str) -> str:
    """110105********002X; a text of another form is hidden altogether."""
    number = compact(text)
    return f"{number[:6]}********{number[-4:]}" if _FORM.fullmatch(number) else "*" * len(number)


def birth_date(text: str) -> datetime.date:
    """The day of birth in a valid number."""
    return _date(validate(text))


def sex(text: str) -> Sex | None:
    """Odd sequence male, even female (GB 11643-1999); None for foreigners: no source says it of theirs."""
    number = validate(text)
    if _is_foreign(number):
        return None
    return "male" if int(number[16]) % 2 else "female"


def division(text: str) -> str | None:
    """The six-digit area of first registration (810000, 820000, 830000 on permits); None for foreigners."""
    number = validate(text)
    return None if _is_foreign(number) else number[:6]


def _is_foreign(number: str) -> bool:
    return number.startswith("9")


def _date(number: str) -> datetime.date:
    # Not python-stdnum's: it also looks the area up, in a table too old for our areas.
    try:
        return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        # Without `from`: the message of the cause would carry part of the number.
        raise InvalidIdentifier(KIND, "date") from None
