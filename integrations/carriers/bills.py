"""A carrier's bill 邮费账单 as a table: what it asks for each item, in fen; every fault is told at once.

Weight, remarks and other columns are not read, and rows of totals 合计 are no items. Comparing a bill with
what was noted here is done elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from integrations.carriers.number_pool import numbers
from integrations.carriers.number_pool.numbers import NumberError
from integrations.spreadsheets import Column, HeaderFault, Line, Sheet, columns

WAYBILL, POSTED, AMOUNT = "邮件号", "收寄日期", "资费"
COLUMNS = (
    Column(WAYBILL, ("运单号", "邮件号码")),
    Column(POSTED, ("日期",)),
    Column(AMOUNT, ("金额", "总资费", "应收")),
)

REASONS = (
    "column_missing",
    "column_doubled",
    "empty",
    "form",
    "check_digit",
    "doubled",
    "day",
    "amount",
    "negative",
    "decimals",
)

_TOTAL = re.compile("(?:本页|本月)?(?:合计|总计|小计|共计)")
_AMOUNT = re.compile(r"¥?(-?)([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]+))?元?")
# A bill may tell the time as well; it is the day that is compared.
_DAY = re.compile(
    r"(20[0-9]{2})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
    r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_CHINESE = str.maketrans("年月日", "-- ")

T = TypeVar("T")


@dataclass(frozen=True)
class BillLine:
    """What the carrier asks for one item and the day it took it; `row` as a spreadsheet program counts."""

    row: int
    waybill: str
    fen: int
    on: date


@dataclass(frozen=True)
class BillError:
    """What is wrong in one cell; `text` is what stands there, for the clerk and never for a log."""

    row: int
    column: str
    reason: str
    text: str = field(default="", repr=False)
    first_row: int = 0
    """Where a doubled number stands for the first time."""


class BillFaulty(Exception):
    """A bill that cannot be taken as a whole, and everything that is wrong with it."""

    def __init__(self, errors: Iterable[BillError]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{len(self.errors)} faults")


class _Unfit(ValueError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(sheet: Sheet) -> list[BillLine]:
    """The items of a bill, its columns in any order under a header found by their names."""
    try:
        return items(columns(sheet, COLUMNS).lines)
    except HeaderFault as fault:
        raise BillFaulty(
            BillError(fault.line, one.column, f"column_{one.kind}", ", ".join(one.places))
            for one in fault.faults
        ) from fault


def items(lines: Iterable[Line]) -> list[BillLine]:
    """The items of a bill whose `COLUMNS` have been found."""
    found: list[BillLine] = []
    errors: list[BillError] = []
    rows: dict[str, int] = {}
    for line in lines:
        if _is_total(line):
            continue
        waybill = _cell(line, WAYBILL, numbers.validate, errors)
        on = _cell(line, POSTED, _day, errors)
        fen = _cell(line, AMOUNT, _fen, errors)
        if waybill and (first := rows.setdefault(waybill, line.number)) != line.number:
            errors.append(BillError(line.number, WAYBILL, "doubled", waybill, first))
        if waybill is not None and on is not None and fen is not None:
            found.append(BillLine(line.number, waybill, fen, on))
    if errors:
        raise BillFaulty(errors)
    return found


def _is_total(line: Line) -> bool:
    return bool(_TOTAL.match(_folded(line.cells[WAYBILL] or line.cells[POSTED])))


def _cell(line: Line, column: str, reader: Callable[[str], T], errors: list[BillError]) -> T | None:
    """What a cell says; if it cannot be read, that is noted."""
    text = line.cells[column]
    try:
        return reader(text)
    except (NumberError, _Unfit) as error:
        errors.append(BillError(line.number, column, error.reason, text))
        return None


def _fen(text: str) -> int:
    amount = _AMOUNT.fullmatch(_folded(text))
    if amount is None:
        raise _Unfit("amount" if text else "empty")
    minus, yuan, decimals = amount[1], amount[2].replace(",", ""), amount[3] or "0"
    if minus:
        raise _Unfit("negative")
    if len(decimals) > 2:
        raise _Unfit("decimals")
    return int(Decimal(f"{yuan}.{decimals}") * 100)


def _day(text: str) -> date:
    day = _DAY.fullmatch(unicodedata.normalize("NFKC", text).translate(_CHINESE).strip())
    if day is None:
        raise _Unfit("day" if text else "empty")
    year, month, of_month = (int(part) for part in day.groups() if part and part.isdigit())
    try:
        return date(year, month, of_month)
    except ValueError as error:
        raise _Unfit("day") from error


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
