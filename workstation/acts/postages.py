"""邮费: what each parcel cost and which side pays it, noted by hand or from a bill; the list of a month.

A parcel belongs to the month in which it was handed over, or in which its way back was told. What nobody
has noted is counted apart and never guessed. No person and no item stands in any of it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.identifiers import plain_text
from workstation.acts import agreements, checks, papers, refusals, steps, table_files
from workstation.acts.desk import Desk
from workstation.acts.facts import postage_statement
from workstation.acts.facts.postage_statement import LEGS, yuan
from workstation.acts.progress import Progress, silent
from workstation.domain import scans
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import BatchState, Waybill
from workstation.domain.mail import Postage
from workstation.domain.paper import Paper
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.store.statements import postages as sql
from workstation.store.work import Reading, Work

KIND = "postage_statement"
#: 邮寄费用由各寄件部门承担: without an agreement each side pays for what it sends.
DEFAULT_PAYERS = {"out": "window", "back": "home"}
HEADS = ("日期", "运单号", "程次", "业务属地部门", "承担方", "邮费（元）", "说明")
TITLE = "邮费月报表"
UNKNOWN = "邮费未知"

_YUAN = re.compile(r"¥?([0-9]{1,5})(?:\.([0-9]{1,2}))?元?")
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_PAGE = 2000
_END = 2**62
#: What tells that a parcel is on its way back here.
_RETURNS = ("result_return", "home_refuse")


@dataclass(frozen=True)
class Charge:
    """One parcel: what it cost (fen 分), and who pays."""

    id: str
    """Of its waybill; empty: it has none."""
    waybill: str
    object: str
    """Envelope number, or the id of the consignment that comes back."""
    on: str
    """The day it was handed over, or its way back was told."""
    leg: str
    """out · back."""
    office: str
    payer: str
    """window · home · applicant."""
    fen: int | None
    """None: nobody has noted it yet."""


@dataclass(frozen=True)
class Sum:
    """All parcels of one leg that one side pays."""

    payer: str
    leg: str
    parcels: int
    fen: int
    """Of those whose amount is known."""
    unknown: int
    """How many are not in it."""


@dataclass(frozen=True)
class Statement:
    """The parcels of a month and their postage."""

    month: str
    """YYYY-MM."""
    taken_at: int
    charges: tuple[Charge, ...]

    @property
    def unknown(self) -> int:
        """How many amounts nobody knows yet."""
        return sum(charge.fen is None for charge in self.charges)

    @property
    def fen(self) -> int:
        """What the known ones come to."""
        return sum(charge.fen or 0 for charge in self.charges)

    @property
    def sums(self) -> tuple[Sum, ...]:
        """By paying side and leg, those that there are."""
        found = (_sum(self.charges, payer, leg) for payer in agreements.PAYERS for leg in LEGS)
        return tuple(one for one in found if one.parcels)


def _sum(charges: Sequence[Charge], payer: str, leg: str) -> Sum:
    of = [charge for charge in charges if (charge.payer, charge.leg) == (payer, leg)]
    unknown = sum(charge.fen is None for charge in of)
    return Sum(payer, leg, len(of), sum(charge.fen or 0 for charge in of), unknown)


def note(desk: Desk, waybill: str, fen: int) -> Postage:
    """登记邮费 of a parcel as told at the counter; noted again, the later amount stands."""
    with desk.act("note_postage") as work:
        bound = latest(work, waybill)
        if bound is None:
            raise _unknown_waybill(waybill)
        work.object = bound.object
        sent_at = _sent_at(work, bound)
        if sent_at is None:
            raise _not_sent(bound)
        return write(work, charge(work, bound.object, bound.leg, sent_at), fen, source="typed")


def write(work: Work, found: Charge, fen: int, *, source: str) -> Postage:
    """Note what a parcel cost, inside an act."""
    noted = Postage(
        id=found.id,
        waybill=found.waybill,
        leg=found.leg,
        payer=found.payer,
        fen=fen,
        source=source,
        noted_at=work.now,
        noted_by=work.stamp.operator or "",
    )
    records = work.postages
    return records.save(noted) if records.get(found.id) else records.add(noted)


def statement(desk: Desk, month: str) -> Statement:
    """The postage of a month as it is known now."""
    desk.signed_in()
    now = desk.store.now()
    with desk.reading() as reading:
        return taken(reading, month, now)


def print_statement(desk: Desk, month: str) -> Paper:
    """出具邮费月报表: the same on paper, under an own number."""
    with desk.act("print_postage_statement") as work:
        found = taken(work, month, work.now)
        work.object = found.month
        work.facts = {"parcels": len(found.charges), "unknown": found.unknown}
        facts = postage_statement.facts(desk.hall, work.stamp.window or 0, found)
        return papers.promise(work, KIND, found.month, facts)


def export(desk: Desk, month: str, kind: str, *, progress: Progress = silent) -> bytes:
    """The same as the bytes of a table file: a row a parcel, then the sums."""
    found = statement(desk, month)
    rows = [*map(row, found.charges), *map(sum_row, found.sums)]
    return table_files.written(kind, HEADS, rows, title=f"{TITLE} {found.month}", progress=progress)


def row(one: Charge) -> tuple[str, ...]:
    """A parcel as people read it, in the order of `HEADS`."""
    amount, remark = ("", UNKNOWN) if one.fen is None else (yuan(one.fen), "")
    return one.on, one.waybill, LEGS[one.leg], one.office, agreements.PAYERS[one.payer], amount, remark


def sum_row(one: Sum) -> tuple[str, ...]:
    """A sum in the columns of `HEADS`."""
    remark = f"{one.parcels} 件" + (f"，另有 {one.unknown} 件{UNKNOWN}，未计入" if one.unknown else "")
    return "合计", "", LEGS[one.leg], "", agreements.PAYERS[one.payer], yuan(one.fen), remark


def fen_of(text: str) -> int:
    """An amount as typed, in 元, to the fen; up to 99999.99."""
    amount = _YUAN.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if amount is None:
        raise checks.usage(
            "postage-impossible",
            f"“{refusals.shown(text)}”不是邮费的金额。",
            "请写元，最多两位小数，如 22 或 22.50；不写负数，不超过 99999.99。",
        )
    return int(amount[1]) * 100 + int((amount[2] or "0").ljust(2, "0"))


def taken(reading: Reading, month: str, now: int) -> Statement:
    """The statement inside a transaction; a month to come is refused."""
    month = _month(month)
    today = local(now).date().isoformat()
    if month > today[:7]:
        raise _to_come(month, today)
    year, of_year = (int(part) for part in month.split("-"))
    since, until = checks.span(f"{month}-01", f"{month}-{monthrange(year, of_year)[1]}", now)
    return Statement(month, now, between(reading, since, until))


def between(reading: Reading, since: int, until: int) -> tuple[Charge, ...]:
    """The parcels of a span of time, sorted."""
    return tuple(sorted(_charges(reading, since, until), key=lambda one: (one.on, one.leg, one.object)))


def _charges(reading: Reading, since: int, until: int) -> Iterator[Charge]:
    batches, returns = _moves(reading, since, until)
    for number in batches:
        batch = reading.batches.get(number)
        if batch is None or batch.closed_at is None:
            continue
        for line in reading.lines(sql.SENT, batch=number):
            yield charge(reading, line["object"], "out", batch.closed_at, office=line["office"])
    for consignment, at in returns.items():
        yield charge(reading, consignment, "back", at)


def _moves(reading: Reading, since: int, until: int) -> tuple[list[str], dict[str, int]]:
    """Batches handed over and consignments sent back in a span of time, from the journal's end back.

    A clock that a supervisor set back leaves later times before earlier ones, so the search ends only with a
    whole page before the span.
    """
    batches: list[str] = []
    returns: dict[str, int] = {}
    before = _END
    while page := reading.lines(sql.PASSED, before=before, count=_PAGE):
        for line in page:
            if not since <= line["at"] < until:
                continue
            if line["act"] == "hand_over":
                batches.append(line["object"])
            elif line["act"] in _RETURNS:
                returns[line["object"]] = line["at"]
        if all(line["at"] < since for line in page):
            break
        before = page[-1]["seq"]
    return batches, returns


def charge(reading: Reading, object_: str, leg: str, at: int, *, office: str | None = None) -> Charge:
    """The postage of an envelope on its way there, or of a consignment on its way back."""
    bound = travelled(reading, object_, leg)
    known = reading.postages.get(bound.id) if bound else None
    on = local(at).date().isoformat()
    in_force_on = local(bound.bound_at).date().isoformat() if bound else on
    return Charge(
        id=bound.id if bound else "",
        waybill=bound.number if bound else "",
        object=object_,
        on=on,
        leg=leg,
        office=office or _office(reading, object_, leg),
        payer=known.payer if known else payer(reading, object_, leg, day=in_force_on),
        fen=known.fen if known else None,
    )


def payer(reading: Reading, object_: str, leg: str, *, day: str) -> str:
    """Who pays: as the agreements in force that day say, where all of a parcel say the same."""
    said = set()
    for consignment in _inside(reading, object_, leg):
        (line,) = reading.lines(sql.ITEM, number=consignment.case_number)
        agreement = agreements.at(reading, consignment.office_code, line["item"], day=day)
        agreed = (agreement.payer_out if leg == "out" else agreement.payer_back) if agreement else None
        said.add(agreed or DEFAULT_PAYERS[leg])
    return said.pop() if len(said) == 1 else DEFAULT_PAYERS[leg]


def _inside(reading: Reading, object_: str, leg: str) -> list[Consignment]:
    if leg == "out":
        return steps.consignments_in(reading, steps.find_envelope(reading, object_))
    return [steps.find_consignment(reading, object_)]


def travelled(reading: Reading, object_: str, leg: str) -> Waybill | None:
    """The waybill it travels under: the one that was stuck on last."""
    bound = [one for one in reading.waybills.where(object=object_) if one.leg == leg]
    return max(bound, key=lambda one: (one.bound_at, len(one.id), one.id), default=None)


def latest(reading: Reading, number: str) -> Waybill | None:
    """Whose a number was last; it is used once in 24 months."""
    if plain_text.forbidden(number):
        return None
    bound = reading.waybills.where(number=scans.clean(number))
    return max(bound, key=lambda one: one.bound_at, default=None)


def of_number(reading: Reading, number: str) -> Charge | None:
    """The parcel that travels or travelled under a number; None where none has left by our account."""
    bound = latest(reading, number)
    sent_at = _sent_at(reading, bound) if bound else None
    if bound is None or sent_at is None:
        return None
    return charge(reading, bound.object, bound.leg, sent_at)


def _sent_at(reading: Reading, bound: Waybill) -> int | None:
    """When the parcel of a waybill left; None for one that did not, or went under another."""
    there = travelled(reading, bound.object, bound.leg)
    if there is None or there.id != bound.id:
        return None
    if bound.leg == "back":
        return steps.find_consignment(reading, bound.object).returned_at
    batch = reading.batches.get(steps.find_envelope(reading, bound.object).batch or "")
    return batch.closed_at if batch and batch.state == BatchState.CLOSED else None


def _office(reading: Reading, object_: str, leg: str) -> str:
    if leg == "out":
        return steps.find_envelope(reading, object_).office_name
    return steps.find_consignment(reading, object_).office_name


def _month(text: str) -> str:
    month = unicodedata.normalize("NFKC", text).strip()
    if not _MONTH.fullmatch(month):
        raise checks.usage(
            "month-impossible", f"“{refusals.shown(text)}”不是一个月份。", "请按 2026-11 的样式填写。"
        )
    return month


def _to_come(month: str, today: str) -> Refused:
    return Refused(
        "month-to-come",
        what=f"{month} 还没有到，没有邮费月报表。",
        why=f"账上的今天是 {today}。",
        next="请写本月或者以前的月份。（命令：--month）",
    )


def _unknown_waybill(number: str) -> Refused:
    return Refused(
        "waybill-not-found",
        what=f"没有登记邮费：运单号 {refusals.shown(number)} 不在账上。",
        why="本大厅没有邮件绑过这个运单号。",
        next="请核对运单号；邮件还没有绑运单的，先扫运单绑定。（命令：envelope bind）",
    )


def _not_sent(bound: Waybill) -> Refused:
    return Refused(
        "parcel-not-sent",
        what=f"没有登记邮费：运单号 {bound.number} 没有寄出。",
        why="它绑过的邮件没有用它交寄，或还没有登记回寄。",
        next="请先交寄或登记回寄；换过运单的，请用后来的运单号。（命令：batch close、result return）",
    )
