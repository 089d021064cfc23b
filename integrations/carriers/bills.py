"""A carrier's bill 邮费账单 as a table: what it asks for each item, in fen; every fault is told at once.

Weight, remarks and other columns are not read, and rows of totals 合计 are no items. Comparing a bill with
what was noted here is done elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrations.carriers import cells
from integrations.carriers.cells import CellError, Faulty, Unfit
from integrations.carriers.number_pool import numbers
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


@dataclass(frozen=True)
class BillLine:
    """What the carrier asks for one item and the day it took it; `row` as a spreadsheet program counts."""

    row: int
    waybill: str
    fen: int
    on: date


def read(sheet: Sheet) -> list[BillLine]:
    """The items of a bill, its columns in any order under a header found by their names."""
    try:
        return items(columns(sheet, COLUMNS).lines)
    except HeaderFault as fault:
        raise cells.of_header(fault) from fault


def items(lines: Iterable[Line]) -> list[BillLine]:
    """The items of a bill whose `COLUMNS` have been found."""
    found: list[BillLine] = []
    errors: list[CellError] = []
    rows: dict[str, int] = {}
    for line in lines:
        if _is_total(line):
            continue
        waybill = cells.read(line, WAYBILL, numbers.validate, errors)
        on = cells.read(line, POSTED, _day, errors)
        fen = cells.read(line, AMOUNT, _fen, errors)
        if waybill and (first := rows.setdefault(waybill, line.number)) != line.number:
            errors.append(CellError(line.number, WAYBILL, "doubled", waybill, first))
        if waybill is not None and on is not None and fen is not None:
            found.append(BillLine(line.number, waybill, fen, on))
    if errors:
        raise Faulty(errors)
    return found


def _is_total(line: Line) -> bool:
    return bool(_TOTAL.match(_folded(line.cells[WAYBILL] or line.cells[POSTED])))


def _fen(text: str) -> int:
    amount = _AMOUNT.fullmatch(_folded(text))
    if amount is None:
        raise Unfit("amount" if text else "empty")
    minus, yuan, decimals = amount[1], amount[2].replace(",", ""), amount[3] or "0"
    if minus:
        raise Unfit("negative")
    if len(decimals) > 2:
        raise Unfit("decimals")
    return int(Decimal(f"{yuan}.{decimals}") * 100)


def _day(text: str) -> date:
    day = _DAY.fullmatch(unicodedata.normalize("NFKC", text).translate(_CHINESE).strip())
    if day is None:
        raise Unfit("day" if text else "empty")
    year, month, of_month = (int(part) for part in day.groups() if part and part.isdigit())
    try:
        return date(year, month, of_month)
    except ValueError as error:
        raise Unfit("day") from error


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
