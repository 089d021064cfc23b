"""The carrier's bill 邮费账单 beside our own list of a month, line by line; and taking its amounts.

Only what has no amount here is taken from a bill. Where the two differ both stay as they are: somebody asks
the carrier, and the right amount is noted by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.acts import postages, table_files
from workstation.acts.desk import Desk
from workstation.acts.postages import Charge, Statement
from workstation.acts.progress import Progress, silent
from workstation.acts.table_files import RowFault, RowsFaulty
from workstation.errors import WrongUsage
from workstation.store.work import Reading

if TYPE_CHECKING:
    from integrations.carriers.bills import BillLine
    from integrations.carriers.cells import CellError


class Outcome(StrEnum):
    """What came of comparing one line."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NOT_NOTED = "not_noted"
    BILL_ONLY = "bill_only"
    OURS_ONLY = "ours_only"


OUTCOMES = {
    Outcome.EQUAL: "相符",
    Outcome.DIFFERS: "金额不符",
    Outcome.NOT_NOTED: "我方未登记金额",
    Outcome.BILL_ONLY: "账单有、我方没有寄出",
    Outcome.OURS_ONLY: "我方有、账单没有",
}
#: What can be wrong in a cell of a bill, by the reason's id in `integrations.carriers.bills`.
REASONS = {
    "empty": "没有填。",
    "form": "不是邮政运单号：应为 13 位数字，或两位字母＋九位数字＋两位国别字母。",
    "check_digit": "运单号的校验位不对。",
    "doubled": "与第 {first} 行的运单号相同。",
    "day": "不是日期。",
    "amount": "不是金额。",
    "negative": "金额是负数。",
    "decimals": "金额的小数超过两位。",
}


@dataclass(frozen=True)
class Compared:
    """One line of the bill beside one parcel of ours; either may be missing."""

    outcome: Outcome
    waybill: str
    billed: int | None
    """What the carrier asks for (fen); None: the bill does not have it."""
    billed_on: str | None
    ours: Charge | None


@dataclass(frozen=True)
class Comparison:
    """A bill compared with a month, in the order of the bill, then what only we have."""

    month: str
    lines: tuple[Compared, ...]

    def counts(self) -> dict[str, int]:
        """How many lines came to what, nothing left out."""
        return {outcome.value: sum(one.outcome == outcome for one in self.lines) for outcome in Outcome}

    def of(self, outcome: Outcome) -> list[Compared]:
        """The lines that came to this."""
        return [one for one in self.lines if one.outcome == outcome]


def read(name: str, source: bytes | Path, *, progress: Progress = silent) -> list[BillLine]:
    """The items of a bill, CSV or XLSX; all that is wrong in it is told at once."""
    from integrations.carriers import bills, cells

    table = table_files.read(name, source, bills.COLUMNS, progress=progress)
    try:
        return bills.items(table.lines)
    except cells.Faulty as error:
        raise RowsFaulty(name, [_fault(one) for one in error.errors]) from error


def compare(desk: Desk, rows: Sequence[BillLine], month: str) -> Comparison:
    """Each line of the bill with the parcel of its number, and what this window pays that the bill lacks."""
    ours = postages.statement(desk, month)
    _of_this_month(rows, ours.month)
    with desk.reading() as reading:
        return _compared(reading, rows, ours)


def take(desk: Desk, rows: Sequence[BillLine], month: str) -> Comparison:
    """按账单登记邮费: what had no amount gets the bill's; gives the comparison as it was before."""
    with desk.act("take_bill") as work:
        ours = postages.taken(work, month, work.now)
        _of_this_month(rows, ours.month)
        found = _compared(work, rows, ours)
        for one in found.of(Outcome.NOT_NOTED):
            if one.ours is not None and one.billed is not None:
                postages.write(work, one.ours, one.billed, source="bill")
                work.mention(one.ours.object)
        work.object = found.month
        work.facts = found.counts()
        return found


def _compared(reading: Reading, rows: Sequence[BillLine], ours: Statement) -> Comparison:
    of_month: Mapping[str, Charge] = {one.waybill: one for one in ours.charges if one.waybill}
    lines = []
    for billed in rows:
        # Posted on the last evening, it may stand in the bill of the next month.
        found = of_month.get(billed.waybill) or postages.of_number(reading, billed.waybill)
        lines.append(_one(billed, found))
    told = {billed.waybill for billed in rows}
    missing = [
        Compared(Outcome.OURS_ONLY, one.waybill, None, None, one)
        for one in ours.charges
        # What another side pays stands in the bill of that side.
        if one.payer == "window" and one.waybill not in told
    ]
    return Comparison(ours.month, (*lines, *missing))


def _one(billed: BillLine, ours: Charge | None) -> Compared:
    if ours is None:
        outcome = Outcome.BILL_ONLY
    elif ours.fen is None:
        outcome = Outcome.NOT_NOTED
    else:
        outcome = Outcome.EQUAL if ours.fen == billed.fen else Outcome.DIFFERS
    return Compared(outcome, billed.waybill, billed.fen, billed.on.isoformat(), ours)


def _of_this_month(rows: Sequence[BillLine], month: str) -> None:
    """Refuse the bill of another month, which differs from ours in every line."""
    days = sorted(billed.on.isoformat() for billed in rows)
    if any(day.startswith(month) for day in days):
        return
    told = f"收寄日期从 {days[0]} 到 {days[-1]}" if days else "账单里一件邮件也没有"
    raise WrongUsage(
        "bill-other-month",
        what=f"这不是 {month} 的账单，没有核对。",
        why=f"{told}。",
        next="请核对文件和月份。（命令：--month）",
    )


def _fault(error: CellError) -> RowFault:
    return RowFault(error.row, error.column, REASONS[error.reason].format(first=error.first_row))
