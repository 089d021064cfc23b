"""Answers as typed, brought to what the acts take; what cannot be right is said before anything is done."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from workstation.acts import receipts
from workstation.domain import codes, scans
from workstation.errors import Refused, WrongUsage
from workstation.screens.arrivals import finding
from workstation.screens.arrivals.asking import Given, Values
from workstation.screens.arrivals.way import TAIL, Way


def of_this_envelope(way: Way, said: str) -> str:
    """The code if it is this envelope's own: a caller may be speaking of another one.

    Which code would be right is not told: whoever has the papers reads it from them.
    """
    code = receipts.codes_only(unicodedata.normalize("NFKC", said))
    for slip in way.slips:
        if slip.number == code or (finding.is_short(code) and codes.matches_short_form(slip.number, code)):
            return code
    number = way.envelope.number if way.envelope else ""
    raise Refused(
        "reply-code-elsewhere",
        what="回执码和这个封套对不上，没有登记签收。",
        why=f"封套 {number[-TAIL:]} 里的回执联不是这个编号。",
        next="请对方再报一遍；若说的是别的封套，按 Esc 回到“到件”，在那里输入。",
    )


def copies(text: str) -> int:
    """How many, typed."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > TAIL:
        raise WrongUsage(
            "count-impossible",
            what="输入有误，没有办理。",
            why="份数不是数字。",
            next="请填 1 至 999 的数字。",
        )
    return int(digits)


def named(lines: Iterable[Values]) -> None:
    """Each document that will come has a name."""
    if any(not line["name"].strip() for line in lines):
        raise WrongUsage(
            "results-missing",
            what="没有登记决定。",
            why="结果以纸质寄回，却没有写文书名称。",
            next="请填结果文书；不寄纸质的，把结果方式改为电子或直寄。",
        )


def waybill(given: Given) -> tuple[str | None, str]:
    """The waybill, if there is one, and whether it was scanned or typed; typed, it is typed twice."""
    number, again = scans.clean(given.text("waybill")), scans.clean(given.text("again"))
    if number and number == given.scanned:
        return number, "scanned"
    if number != again:
        raise WrongUsage(
            "waybill-typed-twice",
            what="两遍输入的运单号不一样，没有登记。",
            why="手输的运单号要输两遍，错一位就绑到别的邮件上。",
            next="请对照运单逐位核对，或直接扫条码。",
        )
    return number or None, "typed"
