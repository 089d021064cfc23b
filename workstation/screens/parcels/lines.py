"""What is on its way, in words: each envelope and result with its one explanation, and how many of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.whereabouts import REASONS, Report, Whereabouts
from workstation.domain.codes import short_form
from workstation.domain.words import word

WAYS = {"out": "寄出", "back": "寄回"}
_CARRIERS = {"out": "封套", "back": "送件"}
_NOBODY_KNOWS = "unexplained"
_COUNTED = {"✗": "说不清在哪里", "!": "要人办", "·": "照常"}
#: Reasons that somebody has to do something about.
_TO_DO = frozenset({"trouble", "order_in_doubt", "silent", "missed_pickup", "no_waybill"})

#: Reasons that say little without what makes them concrete, as a column has room for them.
_CONCRETE = {"trouble": "待办", "order_in_doubt": "下单", "moving": "在路上"}


@dataclass(frozen=True)
class Line:
    """One envelope, or one result on its way back."""

    where: Whereabouts

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return self.where.number

    @property
    def cells(self) -> Sequence[str]:
        """Why it is where it is, office, number, waybill; on a wide screen also what makes it concrete."""
        where = self.where
        why, _ = REASONS[where.reason]
        short_why = f"{_CONCRETE[where.reason]}：{where.about}" if where.reason in _CONCRETE else why
        return (
            f"{_sign(where.reason)} {short_why}",
            where.office,
            short(where.number),
            where.waybill or "",
            word(where.mail_state) if where.waybill else "",
            where.about,
        )

    @property
    def told(self) -> str:
        """All about it, and what comes next."""
        where = self.where
        waybill = f"　运单 {where.waybill}　{word(where.mail_state)}" if where.waybill else ""
        return "\n".join((
            f"{named(where.leg, where.number)}　{where.office}　{word(where.state)}",
            f"{_sign(where.reason)} {where.said}{waybill}",
            f"下一步：{REASONS[where.reason][1]}。",
        ))  # fmt: skip


def named(leg: str, object_: str) -> str:
    """Which way it goes, and as what."""
    return f"{WAYS[leg]}　{_CARRIERS[leg]} {object_}"


def short(number: str) -> str:
    """An envelope or a consignment by its last digits."""
    head, dash, ordinal = number.partition("-")
    return f"…{short_form(head)}{dash}{ordinal}"


def _sign(reason: str) -> str:
    if reason == _NOBODY_KNOWS:
        return "✗"
    return "!" if reason in _TO_DO else "·"


def summary(report: Report) -> str:
    """How many there are, and of how many somebody has to think."""
    if not report.lines:
        return "没有在途的邮件。"
    counts = Counter(_sign(line.reason) for line in report.lines)
    told = [f"{sign} {word_} {counts[sign]}" for sign, word_ in _COUNTED.items() if counts[sign]]
    return "　".join([f"在途 {len(report.lines)} 件", *told])
