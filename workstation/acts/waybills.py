"""运单号: a carrier's number bound one to one, by scan, or typed twice with a second person (design §5)."""

from __future__ import annotations

from dataclasses import replace

from workstation.acts import checks
from workstation.acts.desk import Desk
from workstation.domain import scans
from workstation.domain.codes import HallCode
from workstation.domain.envelope import Waybill
from workstation.errors import Refused
from workstation.store.protocols import Duplicate
from workstation.store.work import Work

HOW = ("scanned", "typed")


def bind(desk: Desk, work: Work, number: str, *, leg: str, object_: str, how: str) -> Waybill:
    """Bind a waybill to an envelope (out) or consignment (back); a number is live at most once."""
    checks.one_of("how", how, HOW)
    place = HallCode(desk.hall.division, desk.hall.digit)
    scan = scans.resolve(number, place, known=lambda _: False, expecting_waybill=True)
    if not isinstance(scan, scans.Waybill):
        raise _not_a_waybill()
    second = desk.confirmed(work.stamp.act) if how == "typed" else None
    count = len(work.waybills.where(object=object_)) + 1
    waybill = Waybill(
        id=f"{object_}-y{count}",
        number=scan.text,
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
            return work.waybills.add(waybill)
    except Duplicate as error:
        raise _live_elsewhere(scan.text) from error


def end(work: Work, object_: str) -> None:
    """The waybills of an envelope or consignment are no longer live: it arrived, came back or was lost."""
    for waybill in work.waybills.where(object=object_, state="live"):
        work.waybills.save(replace(waybill, state="ended"))


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
