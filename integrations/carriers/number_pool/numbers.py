"""Numbers of mail items 邮件号: UPU S10, counted with their check digit, and 13 digits, taken only as given.

No check rule of the 13 digits is public: a number computed between two of them might be anybody's. Which
numbers are free is known elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

LIMIT = 2_000
"""Numbers in one range; a mistyped digit would else fill the pool with a hundred thousand."""

REASONS = (
    "empty",
    "form",
    "check_digit",
    "foreign",
    "reserved",
    "not_registered",
    "indicator",
    "never_computed",
    "range_in_list",
    "mixed",
    "order",
    "too_many",
    "doubled",
)

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_SERIAL = re.compile(r"[0-9]{8}")
_S10 = re.compile(r"([A-Z]{2})([0-9]{8})[0-9]([A-Z]{2})")
_DOMESTIC = re.compile(r"[0-9]{13}")
_POST = "CN"
# By the first letter: EMS and registered mail 挂号. Parcels (C) and insured letters (V) are not ordered here.
_CARRIED = frozenset("ER")
_RESERVED = frozenset("JKSTW")
_PACKETS = "L"
"""Followed on its way, but nobody signs for it."""

_BLANK = r"[\s\u200b\ufeff]"
_BLANKS = re.compile(_BLANK)
_BETWEEN = re.compile(rf"(?:{_BLANK}|[,;\u3001])+")
_RANGE = re.compile(
    rf"([0-9]{{13}}|[A-Z]{{2}}[0-9]{{9}}[A-Z]{{2}}){_BLANK}*(?:[-~\u2010-\u2015\u2212\u301c至到]|\.\.)+{_BLANK}*"
    r"[A-Z0-9]+"
)


class NumberError(ValueError):
    """A number or a list of them that cannot be taken; `line` is 0 where there is no list."""

    def __init__(self, reason: str, text: str = "", line: int = 0, *, first_line: int = 0) -> None:
        # What stands in its place may be anything, a person's number too: the message does without it.
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.reason = reason
        self.text = text
        self.line = line
        self.first_line = first_line
        """Where a doubled number stands for the first time."""


def compact(text: str) -> str:
    """The one way a number is kept and compared: full width folded, blanks taken out, capitals."""
    number = _raised(_BLANKS.sub("", unicodedata.normalize("NFKC", text)))
    # Once more: an accent that stood alone has moved up to the letter before it.
    return unicodedata.normalize("NFKC", number)


def check_digit(serial: str) -> str:
    """The ninth digit of an S10 number, from the eight before it."""
    if not _SERIAL.fullmatch(serial):
        raise NumberError("form", serial)
    # UPU S10: 11 - (weighted sum mod 11), where 10 is written 0 and 11 is written 5.
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, serial, strict=True))
    digit = 11 - total % 11
    return {10: "0", 11: "5"}.get(digit, str(digit))


def s10(indicator: str, serial: str, country: str = _POST) -> str:
    """The number of an indicator, an eight-digit serial and the country of the issuing post."""
    number = f"{indicator}{serial}{check_digit(serial)}{country}"
    if not _S10.fullmatch(number):
        raise NumberError("form", number)
    return number


def valid_s10(text: str) -> bool:
    """Whether this is an S10 number by form and check digit; of which post and service is not asked."""
    return bool(_S10.fullmatch(text)) and text[10] == check_digit(text[2:10])


def validate(text: str) -> str:
    """The compact form of an item number of either kind, or `NumberError`."""
    number = compact(text)
    if not number:
        raise NumberError("empty")
    if _DOMESTIC.fullmatch(number) or valid_s10(number):
        return number
    raise NumberError("check_digit" if _S10.fullmatch(number) else "form", number)


def spanned(first: str, last: str) -> list[str]:
    """Every S10 number from the first to the last, both included."""
    start, end = _bound(first), _bound(last)
    if start[:2] != end[:2]:
        raise NumberError("mixed", end)
    low, high = int(start[2:10]), int(end[2:10])
    if low > high:
        raise NumberError("order", end)
    if high - low >= LIMIT:
        raise NumberError("too_many", str(high - low + 1))
    return [s10(start[:2], f"{serial:08}") for serial in range(low, high + 1)]


def listed(text: str) -> list[str]:
    """The numbers of an explicit list, by lines, blanks or commas, in its order."""
    lines: dict[str, int] = {}
    for line, raw in enumerate(text.splitlines(), 1):
        row = _raised(unicodedata.normalize("NFKC", raw))
        _refuse_ranges(row, line)
        for word in filter(None, _BETWEEN.split(row)):
            number = _taken(word, line)
            if number in lines:
                raise NumberError("doubled", number, line, first_line=lines[number])
            lines[number] = line
    if not lines:
        raise NumberError("empty")
    return list(lines)


def _bound(text: str) -> str:
    number = validate(text)
    if _DOMESTIC.fullmatch(number):
        raise NumberError("never_computed", number)
    _check_service(number)
    return number


def _taken(word: str, line: int) -> str:
    try:
        number = validate(word)
        _check_service(number)
    except NumberError as error:
        raise NumberError(error.reason, error.text, line) from error
    return number


def _check_service(number: str) -> None:
    """Only what may carry papers between authorities: EMS and registered mail of China Post."""
    if _DOMESTIC.fullmatch(number):
        return
    # 邮政法 55: a number of another post would not be one of the postal enterprise.
    if not number.endswith(_POST):
        raise NumberError("foreign", number)
    if number[0] in _CARRIED:
        return
    if number[0] in _RESERVED:
        raise NumberError("reserved", number)
    raise NumberError("not_registered" if number[0] == _PACKETS else "indicator", number)


def _refuse_ranges(row: str, line: int) -> None:
    if found := _RANGE.search(row):
        reason = "never_computed" if _DOMESTIC.fullmatch(found[1]) else "range_in_list"
        raise NumberError(reason, found[0], line)


def _raised(text: str) -> str:
    # Only ASCII: upper() turns one ß into SS and would make a number of what is none.
    return "".join(sign.upper() if sign.isascii() else sign for sign in text)
