"""A table of events copied from the carrier's web site 轨迹, for halls whose machines cannot ask it.

What the events mean, and which have come before, is decided elsewhere: an unknown code is kept as it came,
and a row may stand there twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from integrations.carriers import cells
from integrations.carriers.cells import CellError, Faulty, Unfit
from integrations.carriers.number_pool import numbers
from integrations.spreadsheets import Column, HeaderFault, Line, Sheet, columns

WAYBILL, TIME, STATUS, CODE, PLACE, TEXT = "运单号", "时间", "状态", "代码", "地点", "说明"
COLUMNS = (
    Column(WAYBILL, ("邮件号",)),
    Column(TIME, ("处理时间",)),
    Column(STATUS, ("操作",), required=False),
    Column(CODE, required=False),
    Column(PLACE, ("机构",), required=False),
    Column(TEXT, ("处理信息",), required=False),
)

REASONS = ("column_missing", "column_doubled", "empty", "form", "check_digit", "time", "nothing_told")

_SHANGHAI = timezone(timedelta(hours=8))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Without a time of day it is midnight: a table program leaves that out when it shows a date.
_TIME = re.compile(
    r"(?P<year>20[0-9]{2})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
    r"(?:[ T](?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-9]{1,2})"
    r"(?::(?P<second>[0-9]{1,2})(?P<part>\.[0-9]{1,6})?)? ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_CHINESE = str.maketrans({"年": "-", "月": "-", "日": " ", "时": ":", "点": ":", "分": ":", "秒": ""})


@dataclass(frozen=True)
class TrackLine:
    """One event as the table has it; `row` as a spreadsheet program counts."""

    row: int
    waybill: str
    at_ms: int
    code: str
    """The carrier's code, or empty: most pages show none."""
    name: str
    organisation: str
    text: str = field(repr=False)
    """The carrier's sentence; it may name a person."""


def read(sheet: Sheet) -> list[TrackLine]:
    """The events of a table, its columns in any order under a header found by their names."""
    try:
        return events(columns(sheet, COLUMNS).lines)
    except HeaderFault as fault:
        raise cells.of_header(fault) from fault


def events(lines: Iterable[Line]) -> list[TrackLine]:
    """The events of a table whose `COLUMNS` have been found."""
    found: list[TrackLine] = []
    errors: list[CellError] = []
    for line in lines:
        told_in = line.cells
        waybill = cells.read(line, WAYBILL, numbers.validate, errors)
        at_ms = cells.read(line, TIME, _milliseconds, errors)
        if not any(told_in[column] for column in (STATUS, CODE, TEXT)):
            errors.append(CellError(line.number, STATUS, "nothing_told"))
        if waybill is not None and at_ms is not None:
            told = (_code(told_in[CODE]), told_in[STATUS], told_in[PLACE], told_in[TEXT])
            found.append(TrackLine(line.number, waybill, at_ms, *told))
    if errors:
        raise Faulty(errors)
    return found


def _milliseconds(text: str) -> int:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_CHINESE).split())
    told = _TIME.fullmatch(plain.removesuffix(":"))
    if told is None:
        raise Unfit("time" if text else "empty")
    day = "-".join(told[part].zfill(2) for part in ("year", "month", "day"))
    clock = ":".join((told[part] or "").zfill(2) for part in ("hour", "minute", "second"))
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{told['part'] or ''}{told['zone'] or ''}")
    except ValueError as error:
        raise Unfit("time") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _code(text: str) -> str:
    code = "".join(unicodedata.normalize("NFKC", text).split())
    # No code is shorter than three: a table program has taken the zero of 013 (订单拦截成功) for nothing.
    return code.zfill(3) if code.isdigit() else code
