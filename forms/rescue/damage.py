"""What Excel and people have done to a cell that should hold an ID, telephone, waybill or date.

Each kind is told; the cell stays as it was read. Only what leaves no doubt is folded for looking up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from stdnum.cn import ric

from forms import identifiers
from forms.identifiers import InvalidIdentifier, landline, mobile


class Kind(StrEnum):
    """What a cell should hold."""

    TEXT = "text"
    NUMBER = "number"
    """The old ledger's own number: any form."""
    DATE = "date"
    ID = "id"
    PHONE = "phone"
    WAYBILL = "waybill"
    POSTCODE = "postcode"


class Damage(StrEnum):
    """What is wrong with a cell."""

    ROUNDED = "rounded"
    """More than 15 digits were there; Excel has made zeros of the rest."""
    SCIENTIFIC = "scientific"
    """1.10101E+17 in place of the number."""
    LOST_ZERO = "lost_zero"
    """A digit too short, and a zero would stand first."""
    FULL_WIDTH = "full_width"
    """１２３: folded for looking up."""
    LETTERS = "letters"
    """O, l or I among digits."""
    BLANKS = "blanks"
    """Blanks within: folded for looking up."""
    POINT_ZERO = "point_zero"
    """A number that ends with .0: folded for looking up."""
    SERIAL = "serial"
    """A day as Excel counts it (45250): read only where the whole column is so."""
    IMPOSSIBLE = "impossible"
    """A day no calendar has."""
    ERROR_VALUE = "error_value"
    """#N/A and its kin, or ###### of a column that was too narrow."""
    FORMULA = "formula"
    """The wording of a formula; what came of it is not read."""
    MERGED = "merged"
    """Part of a merged cell, whose text stands in its first cell only."""
    CHECK_DIGIT = "check_digit"
    FORM = "form"
    """Not what this column is for, and no damage we know."""
    MOVED = "moved"
    """No code, or a person's number: it stands in the remark, which is encrypted."""


_ERROR = re.compile(
    r"#(N/A|NAME\?|VALUE!|REF!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E\+?([0-9]{1,3})", re.IGNORECASE)
_POINT_ZERO = re.compile(r"([0-9]+)\.0+")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_LETTERS = re.compile(r"[0-9A-Za-z|]*[OolI|][0-9A-Za-z|]*")
_DIGITS_MEANT = str.maketrans("OolI|", "00111")
_KEPT = 15
"""Digits of a number that Excel keeps."""
_LONG = re.compile(r"[0-9]{16,}")
_ID = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_DOMESTIC = re.compile(r"[0-9]{13}")
_S10 = re.compile(r"[A-Z]{2}[0-9]{8}([0-9])[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
# Other carriers than the post, as old ledgers have them; none publishes a check rule.
_ELSEWHERE = re.compile(r"[A-Z]{0,4}[0-9]{8,20}")
_NEARBY = re.compile(r"[2-9][0-9]{6,7}")
"""A telephone of the town itself, without its area code."""
_DAY = re.compile(
    r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
    r"(?:[T ]*[0-9]{1,2}[:时][0-9]{1,2}.{0,6})?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_YEARS = range(1990, 2101)
_EPOCH = date(1899, 12, 30)
_SERIALS = range((date(1990, 1, 1) - _EPOCH).days, (date(2100, 12, 31) - _EPOCH).days + 1)


def folded(text: str) -> str:
    """What is looked up: full width, blanks and a trailing .0 leave no doubt; nothing else is touched."""
    if text.isalnum() and text.isascii():
        return text
    bare = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    point = _POINT_ZERO.fullmatch(bare)
    return point[1] if point else bare


def found(kind: Kind, text: str) -> tuple[Damage, ...]:
    """All that is wrong with a cell, in a fixed order; an empty cell lacks nothing."""
    if not text:
        return ()
    if text[0] in "#＃" and _ERROR.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        return (Damage.ERROR_VALUE,)
    if text.startswith("="):
        return (Damage.FORMULA,)
    if kind is Kind.TEXT:
        return ()
    if kind is Kind.DATE:
        return _of_day(text)
    return (*_of_writing(text), *_of_digits(kind, folded(text)))


@lru_cache(4096)  # a ledger has hundreds of lines of each day
def day(text: str) -> str | None:
    """The day a cell names, YYYY-MM-DD; None if it names none."""
    named = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if named is None:
        return None
    year, month, number = (int(part) for part in named.groups() if part)
    try:
        return date(year, month, number).isoformat() if year in _YEARS else None
    except ValueError:
        return None


def is_serial(text: str) -> bool:
    """Whether a cell may be a day as Excel counts it, since 1900."""
    bare = folded(text)
    return bool(_SERIAL.fullmatch(bare)) and int(float(bare)) in _SERIALS


def day_of_serial(text: str) -> str:
    """The day of such a cell, counted from 1900 as Excel for Windows does."""
    return (_EPOCH + timedelta(days=int(float(folded(text))))).isoformat()


def _of_day(text: str) -> tuple[Damage, ...]:
    if day(text):
        return ()
    if is_serial(text):
        return (Damage.SERIAL,)
    if _SCIENTIFIC.fullmatch(folded(text)):
        return (Damage.SCIENTIFIC,)
    named = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (Damage.IMPOSSIBLE,) if named else (Damage.FORM,)


def _of_writing(text: str) -> Iterator[Damage]:
    """What the way of writing has added to it."""
    if text.isalnum() and text.isascii():
        return
    if any("\uff01" <= sign <= "\uff5e" or sign == "\u3000" for sign in text):
        yield Damage.FULL_WIDTH
    if _BLANKS.search(text.strip()):
        yield Damage.BLANKS
    if _POINT_ZERO.fullmatch(_BLANKS.sub("", unicodedata.normalize("NFKC", text))):
        yield Damage.POINT_ZERO


def _of_digits(kind: Kind, number: str) -> tuple[Damage, ...]:
    """What has become of the number itself."""
    if power := _SCIENTIFIC.fullmatch(number):
        lost = int(power[1]) >= _KEPT
        return (Damage.SCIENTIFIC, Damage.ROUNDED) if lost else (Damage.SCIENTIFIC,)
    wrong = _CHECKS[kind](number)
    if wrong is Damage.FORM and _is_letters_for_digits(kind, number):
        return (Damage.LETTERS,)
    return (wrong,) if wrong else ()


def _is_letters_for_digits(kind: Kind, number: str) -> bool:
    """Whether only O for 0, or l for 1, keeps it from being a number of this kind."""
    if not _LETTERS.fullmatch(number):
        return False
    return any(_CHECKS[kind](meant) is not Damage.FORM for meant in _meant(number))


def _meant(number: str) -> Iterator[str]:
    yield number.translate(_DIGITS_MEANT)
    # The letters at both ends of an S10 number are its own.
    yield number[:2] + number[2:-2].translate(_DIGITS_MEANT) + number[-2:]


def _of_number(number: str) -> Damage | None:
    return Damage.ROUNDED if _is_rounded(number) else None


def _of_id(number: str) -> Damage | None:
    number = number.upper()
    if identifiers.guess(number) or _FIRST_GENERATION.fullmatch(number):
        return None
    if not _ID.fullmatch(number):
        return Damage.FORM
    if number[-1] == ric.calc_check_digit(number):
        return Damage.IMPOSSIBLE  # the day of birth
    return Damage.ROUNDED if number.endswith("000") else Damage.CHECK_DIGIT


def _of_phone(number: str) -> Damage | None:
    if _is(mobile.validate, number) or _is(landline.validate, number) or _NEARBY.fullmatch(number):
        return None
    if number.isdigit() and len(number) in (9, 10, 11) and _is(landline.validate, f"0{number}"):
        return Damage.LOST_ZERO
    # Ten digits that no area code would begin: a telephone all the same, and too short.
    return Damage.FORM


def _of_waybill(number: str) -> Damage | None:
    number = number.upper()
    if _DOMESTIC.fullmatch(number):
        return None
    if named := _S10.fullmatch(number):
        return None if named[1] == _s10_check(number[2:10]) else Damage.CHECK_DIGIT
    if number.isdigit() and len(number) == 12:
        return Damage.LOST_ZERO
    if _is_rounded(number):
        return Damage.ROUNDED
    return None if _ELSEWHERE.fullmatch(number) else Damage.FORM


def _of_postcode(number: str) -> Damage | None:
    if not number.isdigit() or len(number) not in (5, 6):
        return Damage.FORM
    return Damage.LOST_ZERO if len(number) == 5 else None


def _is_rounded(number: str) -> bool:
    return bool(_LONG.fullmatch(number)) and not number[_KEPT:].strip("0")


def _s10_check(serial: str) -> str:
    # UPU S10: 11 - (weighted sum mod 11), where 10 is written 0 and 11 is written 5.
    total = sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, serial, strict=True))
    digit = 11 - total % 11
    return {10: "0", 11: "5"}.get(digit, str(digit))


def _is(validate: Callable[[str], str], number: str) -> bool:
    try:
        validate(number)
    except InvalidIdentifier:
        return False
    return True


_CHECKS: dict[Kind, Callable[[str], Damage | None]] = {
    Kind.NUMBER: _of_number,
    Kind.ID: _of_id,
    Kind.PHONE: _of_phone,
    Kind.WAYBILL: _of_waybill,
    Kind.POSTCODE: _of_postcode,
}
