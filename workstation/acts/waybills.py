"""运单号: a carrier's number bound one to one, by scan, or typed twice with a second person (design §5)."""

from __future__ import annotations

from dataclasses import replace

from workstation.acts import checks, mail_orders, steps
from workstation.acts.desk import Desk
from workstation.acts.waiting import waits
from workstation.domain import scans
from workstation.domain.codes import HallCode
from workstation.domain.envelope import Envelope, EnvelopeState, Waybill
from workstation.domain.times import DAY_MS, local
from workstation.errors import Refused
from workstation.store.protocols import Duplicate
from workstation.store.work import Reading, Work

HOW = ("scanned", "typed")
"""What a person says of a number; `pool` and `order` are the machine's own."""
REUSE_DAYS = 731
"""UPU S10: 12 months before a number is used again, 24 recommended; the same is asked of 13 digits."""
_BINDABLE = (EnvelopeState.OPEN, EnvelopeState.SEALED, EnvelopeState.HANDED_OVER)


@waits("bind_waybill")
def bind_envelope(
    desk: Desk, number: str, *, waybill: str, how: str = "scanned", instead: bool = False
) -> Waybill:
    """绑定运单: the sticker that was put on an envelope; `instead` of the one it had, which ends."""
    with desk.act("bind_waybill") as work:
        envelope = steps.find_envelope(work, number)
        work.object = envelope.number
        desk.saw(envelope)
        if envelope.state not in _BINDABLE:
            raise _not_bindable(envelope)
        if instead:
            _take_off(work, envelope, waybill)
        return bind(desk, work, waybill, leg="out", object_=envelope.number, how=how)


def _take_off(work: Work, envelope: Envelope, waybill: str) -> None:
    for former in work.waybills.where(object=envelope.number, state="live"):
        if former.number != scans.clean(waybill):
            work.waybills.save(replace(former, state="ended"))


def bind(desk: Desk, work: Work, number: str, *, leg: str, object_: str, how: str) -> Waybill:
    """Bind a waybill to an envelope (out) or consignment (back); a number is live at most once."""
    checks.one_of("how", how, HOW)
    place = HallCode(desk.hall.division, desk.hall.digit)
    scan = scans.resolve(number, place, known=lambda _: False, expecting_waybill=True)
    if not isinstance(scan, scans.Waybill):
        raise _not_a_waybill()
    second = desk.confirmed(work.stamp.act) if how == "typed" else None
    if leg == "back":
        _unused_label(work, object_, scan.text)
    bound = attach(work, scan.text, leg=leg, object_=object_, how=how, second=second)
    if leg == "out" and work.stamp.act != "resolve_order":
        mail_orders.give_way(work, bound, work.stamp.act)
    return bound


def _unused_label(work: Work, object_: str, number: str) -> None:
    """The home office has not used the prepaid label that was in the envelope."""
    for standing in work.waybills.where(object=object_, leg="back", state="live"):
        if standing.number != number:
            work.waybills.save(replace(standing, state="ended"))


def attach(
    work: Work, number: str, *, leg: str, object_: str, how: str, second: str | None = None
) -> Waybill:
    """The binding itself; the same number on the same object again changes nothing."""
    for standing in work.waybills.where(object=object_, state="live"):
        if standing.leg == leg and standing.number == number:
            return standing
        if standing.leg == leg:
            raise already_bound(object_, standing)
    _not_used_lately(work, number, object_)
    waybill = Waybill(
        id=f"{object_}-y{len(work.waybills.where(object=object_)) + 1}",
        number=number,
        leg=leg,
        object=object_,
        state="live",
        how=how,
        bound_at=work.now,
        bound_by=work.stamp.operator or "",
        second=second,
    )
    try:
        with work.savepoint():
            work.waybills.add(waybill)
    except Duplicate as error:
        raise _live_elsewhere(number) from error
    _out_of_pool(work, number, object_)
    return waybill


def _out_of_pool(work: Work, number: str, object_: str) -> None:
    known = work.pool_numbers.get(number)
    if known is None or (known.state == "bound" and known.object == object_):
        return
    if known.state != "free":
        raise _spent(number)
    work.pool_numbers.save(replace(known, state="bound", object=object_))


def end(work: Work, object_: str) -> None:
    """The waybills of an envelope or consignment are no longer live: it arrived, came back or was lost."""
    for waybill in work.waybills.where(object=object_, state="live"):
        work.waybills.save(replace(waybill, state="ended"))


def attach_back(work: Work, number: str | None, envelope: str) -> None:
    """The prepaid label for the way back is the first consignment's, unless that has one already."""
    if number is None:
        return
    for consignment in steps.consignments_in(work, steps.find_envelope(work, envelope))[:1]:
        if not work.waybills.where(object=consignment.id, leg="back", state="live"):
            attach(work, number, leg="back", object_=consignment.id, how="order")


def used_lately(reading: Reading, number: str, now: int) -> Waybill | None:
    """The latest binding of this number within the time in which it must not be used again."""
    since = now - REUSE_DAYS * DAY_MS
    found = [waybill for waybill in reading.waybills.where(number=number) if waybill.bound_at > since]
    return max(found, key=lambda waybill: waybill.bound_at, default=None)


def _not_used_lately(work: Work, number: str, object_: str) -> None:
    former = used_lately(work, number, work.now)
    if former is None or former.object == object_:
        return
    if former.state == "live":
        raise _live_elsewhere(number)
    raise Refused(
        "waybill-used-before",
        what=f"运单号 {number} 用过，没有绑定。",
        why=f"它 {local(former.bound_at).date()} 绑过 {former.object}；同一个运单号 24 个月内不再使用。",
        next="请核对贴的是不是旧运单；换一张新的再扫。（命令：scan 运单号）",
    )


def _not_bindable(envelope: Envelope) -> Refused:
    return Refused(
        "envelope-not-bindable",
        what=f"封套 {envelope.number} 没有绑定运单。",
        why="它已不在路上：拆封、退回、丢失或作废的封套不再绑运单。",
        next="请核对扫的是哪个封套。（命令：case show）",
    )


def already_bound(object_: str, standing: Waybill) -> Refused:
    """It has another waybill that is live."""
    return Refused(
        "waybill-bound",
        what=f"{object_} 已绑了运单号，没有再绑。",
        why=f"它的运单号是 {standing.number}。",
        next="请核对手里的运单；确实换贴了运单，请改绑。（命令：envelope bind --instead）",
    )


def _spent(number: str) -> Refused:
    return Refused(
        "waybill-spent",
        what=f"运单号 {number} 不能用，没有绑定。",
        why="它在号码池里已用过或已作废。",
        next="请换一张运单再扫。（命令：pool status）",
    )


def _not_a_waybill() -> Refused:
    return Refused(
        "waybill-unknown-form",
        what="这不是邮政运单号，没有绑定。",
        why="运单号是 13 位数字，或两位字母＋九位数字（含校验）＋两位国别字母。",
        next="请扫运单上的条码；手工输入时逐位核对。",
    )


def _live_elsewhere(number: str) -> Refused:
    return Refused(
        "waybill-in-use",
        what=f"运单号 {number} 正用在别的封套上，没有绑定。",
        why="同一个运单号同时只能属于一个封套。",
        next="请核对是否贴错了运单；在别处扫它，就知道它属于哪个封套。（命令：scan 运单号）",
    )
