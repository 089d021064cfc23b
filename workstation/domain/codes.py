"""Own numbers: twenty digits naming every case, envelope, batch and printed face; and the journal's anchor.

Pure. What a scanned text means lives in `scans`; serials are issued by the store in the act's transaction.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from stdnum.iso7064 import mod_11_10

PRACTICE_HALL = 9
LENGTH = 20
LAST_SERIAL = 9999
PICKUP_LENGTH = 5
LAST_PICKUP = 9999
ANCHOR_BYTES = 16
ANCHOR_LENGTH = 40

# [0-9], never \d: \d also matches the digits of other scripts, which int() would happily read.
_DIGITS = re.compile(r"[0-9]+")
_SEPARATORS = re.compile(r"[\s-]+")


class Kind(IntEnum):
    """The first digit: what the number is printed on (design §4)."""

    CASE = 1
    ENVELOPE = 2
    BATCH = 3
    FACE = 4
    REPLY_SLIP = 5
    DAY_SHEET = 6
    BADGE = 7


class CodeError(ValueError):
    """A code that cannot be; `reason` is its name for machines, the words for people are made in the acts."""

    reason: ClassVar[str] = "code"


class NotANumber(CodeError):
    """The text, or the parts, are not one of our numbers."""


class WrongLength(NotANumber):
    """An own number has exactly twenty digits."""

    reason = "length"


class NotDigits(NotANumber):
    """An own number has nothing but digits."""

    reason = "characters"


class WrongCheckDigit(NotANumber):
    """The last digit does not fit the others: misread or mistyped."""

    reason = "check_digit"


class UnknownKind(NotANumber):
    """The first digit is none of `Kind`."""

    reason = "kind"


class ImpossiblePlace(NotANumber):
    """Division not of six digits, hall not 1-9, or window not 1-99."""

    reason = "place"


class ImpossibleDay(NotANumber):
    """No such day of the year, or outside 2000-2099."""

    reason = "day"


class ImpossibleSerial(NotANumber):
    """Serials begin with 1."""

    reason = "serial"


class SerialExhausted(CodeError):
    """The ten-thousandth number of one kind, window and day: there is none."""

    reason = "serial_exhausted"


class NotAnAnchor(CodeError):
    """The text is not an anchor 链首码 as printed."""


class WrongAnchorLength(NotAnAnchor):
    """An anchor has forty digits, made from at least sixteen bytes."""

    reason = "length"


class AnchorNotDigits(NotAnAnchor):
    """An anchor has nothing but digits."""

    reason = "characters"


class WrongAnchorCheckDigit(NotAnAnchor):
    """The last digit of the anchor does not fit the others."""

    reason = "check_digit"


class AnchorTooLarge(NotAnAnchor):
    """Thirty-nine digits can say more than the 128 bits an anchor stands for."""

    reason = "range"


@dataclass(frozen=True)
class HallCode:
    """One hall 大厅: its division (GB/T 2260, six digits) and its number there: 1-8, or 9 for practice."""

    division: str
    hall: int

    @property
    def is_practice(self) -> bool:
        """Whether this is a practice hall, whose numbers never mix with live ones."""
        return self.hall == PRACTICE_HALL


@dataclass(frozen=True)
class Number:
    """An own number in its parts; printed as `K DDDDDD H WW YYDDD SSSS C` without the spaces (design §4)."""

    kind: Kind
    division: str
    hall: int
    window: int
    day: datetime.date
    serial: int

    def __post_init__(self) -> None:
        if not (len(self.division) == 6 and _DIGITS.fullmatch(self.division)):
            raise ImpossiblePlace(f"division {self.division!r}")
        if not (1 <= self.hall <= PRACTICE_HALL and 1 <= self.window <= 99):
            raise ImpossiblePlace(f"hall {self.hall}, window {self.window}")
        if not 2000 <= self.day.year <= 2099:
            raise ImpossibleDay(f"year {self.day.year}")
        if self.serial < 1:
            raise ImpossibleSerial(f"serial {self.serial}")
        if self.serial > LAST_SERIAL:
            raise SerialExhausted(f"kind {int(self.kind)}, window {self.window}, {self.day}")

    @property
    def place(self) -> HallCode:
        """The hall that issued it."""
        return HallCode(self.division, self.hall)

    @property
    def text(self) -> str:
        """The twenty digits, the last being ISO 7064 MOD 11,10."""
        yyddd = f"{self.day.year % 100:02d}{self.day.timetuple().tm_yday:03d}"
        body = f"{int(self.kind)}{self.division}{self.hall}{self.window:02d}{yyddd}{self.serial:04d}"
        return body + mod_11_10.calc_check_digit(body)


def compose(kind: Kind, place: HallCode, *, window: int, day: datetime.date, serial: int) -> str:
    """The twenty digits of these parts; the ten-thousandth of a window and day is `SerialExhausted`."""
    return Number(kind, place.division, place.hall, window, day, serial).text


def parse(text: str) -> Number:
    """The parts of a number as scanned or typed, full-width digits folded; else the `NotANumber` says why."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if digits and not _DIGITS.fullmatch(digits):
        raise NotDigits("not only digits")
    if len(digits) != LENGTH:
        raise WrongLength(f"{len(digits)} digits")
    # First, because a misread digit is likelier than any other fault and would be blamed on the part it hit.
    if not mod_11_10.is_valid(digits):
        raise WrongCheckDigit("check digit")
    return Number(
        kind=_kind(digits[0]),
        division=digits[1:7],
        hall=int(digits[7]),
        window=int(digits[8:10]),
        day=_day(int(digits[10:12]), int(digits[12:15])),
        serial=int(digits[15:19]),
    )


def _kind(digit: str) -> Kind:
    try:
        return Kind(int(digit))
    except ValueError as error:
        raise UnknownKind(f"kind {digit}") from error


def _day(year: int, day_of_year: int) -> datetime.date:
    # Not strptime("%y%j"): it moves years from 69 on into the last century.
    first = datetime.date(2000 + year, 1, 1)
    day = first + datetime.timedelta(days=day_of_year - 1)
    if day.year != first.year:
        raise ImpossibleDay(f"day {day_of_year} of {first.year}")
    return day


def short_form(text: str) -> str:
    """The five digits said on the telephone: serial and check digit; always with the office's name."""
    return parse(text).text[-5:]


def matches_short_form(text: str, said: str) -> bool:
    """Whether what was said on the telephone, with or without spaces, is the short form of this number."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", said)) == short_form(text)


def pickup_code(serial: int) -> str:
    """领取码: four digits and their check digit, ISO 7064 MOD 11,10; told to whom the result waits for."""
    if not 0 <= serial <= LAST_PICKUP:
        raise ImpossibleSerial(f"pickup {serial}")
    body = f"{serial:0{PICKUP_LENGTH - 1}d}"
    return body + mod_11_10.calc_check_digit(body)


def is_pickup_code(text: str) -> bool:
    """Whether these are five digits of which the last fits; whether the code is in use, the store says."""
    return len(text) == PICKUP_LENGTH and bool(_DIGITS.fullmatch(text)) and mod_11_10.is_valid(text)


def anchor(head: bytes) -> str:
    """The first 128 bits of the journal's head as 39 decimal digits and their check digit, MOD 11,10."""
    if len(head) < ANCHOR_BYTES:
        raise WrongAnchorLength(f"{len(head)} bytes")
    body = f"{int.from_bytes(head[:ANCHOR_BYTES], 'big'):0{ANCHOR_LENGTH - 1}d}"
    return body + mod_11_10.calc_check_digit(body)


def parse_anchor(text: str) -> bytes:
    """The sixteen bytes an anchor stands for, typed in any grouping; a typing error is a `NotAnAnchor`."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if digits and not _DIGITS.fullmatch(digits):
        raise AnchorNotDigits("not only digits")
    if len(digits) != ANCHOR_LENGTH:
        raise WrongAnchorLength(f"{len(digits)} digits")
    if not mod_11_10.is_valid(digits):
        raise WrongAnchorCheckDigit("check digit")
    try:
        return int(digits[:-1]).to_bytes(ANCHOR_BYTES, "big")
    except OverflowError as error:
        raise AnchorTooLarge("more than 128 bits") from error
