"""Facts of the 邮费月报表: parcels by their waybill numbers, offices and amounts; nobody's name, no item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.acts import agreements
from workstation.acts.facts import Facts, numbered, of_hall
from workstation.acts.facts.known import OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.people import Hall
from workstation.domain.times import minute

if TYPE_CHECKING:
    from workstation.acts.postages import Statement

LEGS = {"out": "寄出", "back": "寄回"}
UNKNOWN = "未知"

KNOWN: Known = {
    **OF_HALL,
    "postage.month": Fact("统计月份", "2026-11"),
    "postage.taken_at": Fact("统计截至", "2026-11-30 17:02"),
    "parcel_rows": Rows(
        "邮件",
        {
            "seq": SEQ,
            "on": Fact("交寄或者登记回寄的日期", "2026-11-20"),
            "waybill": Fact("运单号", "EE123456785CN"),
            "leg": Fact("程次", "寄出"),
            "office": Fact("业务属地部门", "示例市公安局示例分局跨省通办窗口"),
            "payer": Fact("承担方", "本窗口"),
            "amount": Fact("邮费，元", "22.00"),
        },
        further=({"on": "2026-11-26", "waybill": "", "leg": "寄回", "payer": "业务属地", "amount": UNKNOWN},),
    ),
    "sum_rows": Rows(
        "合计",
        {
            "payer": Fact("承担方", "本窗口"),
            "leg": Fact("程次", "寄出"),
            "parcels": Fact("件数", "1"),
            "amount": Fact("已知邮费合计，元", "22.00"),
            "unknown": Fact("邮费未知的件数", "0"),
        },
        further=({"payer": "业务属地", "leg": "寄回", "amount": "0.00", "unknown": "1"},),
    ),
    "count.parcels": Fact("邮件件数", "2"),
    "count.unknown": Fact("邮费未知的件数", "1"),
    "total.amount": Fact("已知邮费总额，元", "22.00"),
}


def facts(hall: Hall, window: int, statement: Statement) -> Facts:
    """The month's parcels, and the sums by paying side and leg."""
    values = {
        **of_hall(hall, window),
        "postage.month": statement.month,
        "postage.taken_at": minute(statement.taken_at),
        "parcel_rows": numbered(parcels(statement)),
        "sum_rows": sums(statement),
        "count.parcels": str(len(statement.charges)),
        "count.unknown": str(statement.unknown),
        "total.amount": yuan(statement.fen),
    }
    return Facts(values)


def parcels(statement: Statement) -> list[dict[str, str]]:
    """Each parcel; an amount that nobody has noted is said to be unknown."""
    return [
        {
            "on": one.on,
            "waybill": one.waybill,
            "leg": LEGS[one.leg],
            "office": one.office,
            "payer": agreements.PAYERS[one.payer],
            "amount": UNKNOWN if one.fen is None else yuan(one.fen),
        }
        for one in statement.charges
    ]


def sums(statement: Statement) -> list[dict[str, str]]:
    """What each side pays for each leg, as far as it is known."""
    return [
        {
            "payer": agreements.PAYERS[one.payer],
            "leg": LEGS[one.leg],
            "parcels": str(one.parcels),
            "amount": yuan(one.fen),
            "unknown": str(one.unknown),
        }
        for one in statement.sums
    ]


def yuan(fen: int) -> str:
    """An amount in 元, always with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"
