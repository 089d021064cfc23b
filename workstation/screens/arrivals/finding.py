"""Which consignments a number, a code or a waybill leads to."""

from __future__ import annotations

from workstation.acts import refusals, scanning, viewing
from workstation.acts.desk import Desk
from workstation.acts.scanning import Scanned
from workstation.domain import codes, scans
from workstation.domain.codes import Kind
from workstation.domain.consignment import Consignment
from workstation.domain.words import word
from workstation.errors import Refused

#: The last four digits of a slip and its check digit, as said on the telephone.
SHORT = 5


def is_short(text: str) -> bool:
    """Whether this is the short form of a slip's code."""
    said = joined(text)
    return len(said) == SHORT and said.isascii() and said.isdigit()


def joined(text: str) -> str:
    """A code as typed, its blanks left out and full width folded."""
    return "".join(scans.clean(text).split())


def find(desk: Desk, text: str) -> tuple[Consignment, ...]:
    """The consignments of this consignment, case, envelope, face or waybill; refused if there is none."""
    said = joined(text)
    number, dash, _ = said.partition("-")
    if dash:
        found = [c for c in viewing.case_file(desk, number).consignments if c.id == said]
        if not found:
            raise refusals.not_found("consignment", said)
        return tuple(found)
    return led_to(desk, scanning.scan(desk, said))


def led_to(desk: Desk, scanned: Scanned) -> tuple[Consignment, ...]:
    """The consignments that what was scanned belongs to."""
    number, dash, _ = scanned.object.partition("-")
    if dash:
        return find(desk, scanned.object)
    if scanned.kind == "waybill" and not number:
        raise _unbound(scanned.code)
    kind = None if scanned.kind == "badge" else codes.parse(number).kind
    if kind == Kind.ENVELOPE:
        found = viewing.envelope_file(desk, number).consignments
    else:
        found = viewing.case_file(desk, number).consignments if kind == Kind.CASE else []
    if not found:
        raise _none(scanned)
    return tuple(found)


def _unbound(waybill: str) -> Refused:
    return Refused(
        "waybill-unbound",
        what=f"运单号 {waybill} 没有登记在任何送件上。",
        why="回寄时没有登记过这个运单号，或它已经了结。",
        next="拆开看是哪个办件的结果，再按办件编号打开。",
    )


def _none(scanned: Scanned) -> Refused:
    return Refused(
        "no-consignment",
        what=f"{word(scanned.kind)} {scanned.code} 里没有送件。",
        why="它没有寄往业务属地的材料。",
        next="请扫或输入办件、送件、封套、回执联的编号，或运单号。",
    )
