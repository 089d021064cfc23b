"""Papers 纸面: promised inside an act under an own number, made after its commit, reprinted as copies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workstation.acts import making, refusals, stocks, targets
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, packing_list
from workstation.acts.targets import Target
from workstation.domain.codes import Kind, short_form
from workstation.domain.paper import Paper, PaperBody, PaperState
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Refused, command
from workstation.store.work import Reading, Work

_KINDS = {"envelope": Kind.ENVELOPE, "reply_slip": Kind.REPLY_SLIP, "day_sheet": Kind.DAY_SHEET}

#: Coded reasons for a reprint (补打事由).
REPRINT_REASONS = {
    "damaged": "破损",
    "jammed": "卡纸",
    "lost": "遗失",
    "unreadable": "扫不出",
    "other_printer": "换打印机",
}
#: And of an envelope's face: its papers do not fit, or that size has run out.
OTHER_STOCK = "other_stock"
ENVELOPE_REASONS = {**REPRINT_REASONS, OTHER_STOCK: "换封套"}


def promise(work: Work, kind: str, object_: str, facts: Facts, *, number: str | None = None) -> Paper:
    """Give a face its number and the facts it will be made from; `make` does the rest after the commit."""
    number = number or work.number(_KINDS.get(kind, Kind.FACE))
    paper = Paper(
        number=number,
        kind=kind,
        object=object_,
        case_number=facts.case_number,
        state=PaperState.PROMISED,
        copy=1,
        promised_at=work.now,
        promised_by=work.stamp.operator or "",
        window=work.stamp.window or 0,
        **vars(targets.routed(work, kind, work.stamp.window or 0)),
    )
    return _write(work, paper, {**facts.values, **_own_facts(work, paper)})


def promise_packing_list(work: Work, envelope: str, facts: Facts) -> tuple[Paper, Paper]:
    """The packing list and the reply slip on its sheet: two faces, two numbers, one print."""
    slip_number = work.number(Kind.REPLY_SLIP)
    values = {**facts.values, **_slip_facts(slip_number)}
    sheet = promise(work, "packing_list", envelope, Facts(values, facts.case_number))
    return sheet, _slip(work, sheet, slip_number)


def _slip_facts(number: str) -> dict[str, str]:
    return {"reply.number": number, "reply.short_code": short_form(number)}


def _slip(work: Work, sheet: Paper, number: str, replaces: str | None = None) -> Paper:
    slip = replace(sheet, number=number, kind="reply_slip", sheet=sheet.number, replaces=replaces)
    return work.papers.add(slip)


def _own_facts(work: Work, paper: Paper) -> dict[str, str]:
    return {
        "paper.number": paper.number,
        "paper.copy": str(paper.copy),
        "paper.copy_mark": f"副本 {paper.copy}" if paper.copy > 1 else "",
        "paper.printed_at": minute(work.now),
    }


def _write(work: Work, paper: Paper, values: Mapping[str, Any]) -> Paper:
    work.papers.add(paper)
    work.paper_bodies.add(
        PaperBody(paper.number, facts=json.dumps(values, ensure_ascii=False, sort_keys=True))
    )
    work.promised.append(paper.number)
    return paper


def void(work: Work, object_: str, reason: str, kinds: Sequence[str] = ()) -> None:
    """Void the live faces of an envelope, case or batch."""
    for paper in work.papers.where(object=object_):
        if paper.state != PaperState.VOID and (not kinds or paper.kind in kinds):
            work.papers.save(replace(paper, state=PaperState.VOID, reason=reason))


def reprint(desk: Desk, number: str, *, reason: str, stock: str | None = None) -> Paper:
    """A new face for a live one: 副本 n under a new number; the former is void and names it.

    `stock` is the envelope or label it is for, where that is the reason.
    """
    if reason not in ENVELOPE_REASONS:
        raise _unknown_reason(reason)
    if (stock is None) == (reason == OTHER_STOCK):
        raise _stock_and_reason(reason)
    if stock is not None:
        stocks.find(desk.tray, stock)
    with desk.act("reprint") as work:
        former = live(work, number)
        if former.sheet:
            former = live(work, former.sheet)
        work.object = former.number
        work.facts = {"reason": reason}
        if stock is None:
            return copied(work, former, reason)
        if former.kind != "envelope":
            raise _wrong_kind(former, ["envelope"])
        return copied(work, former, reason, targets.routed(work, former.kind, desk.window, stock=stock))


def copied(work: Work, former: Paper, reason: str, target: Target | None = None) -> Paper:
    """副本 n of a face, inside an act: drawn for `target`, or for where the window's papers go now."""
    number = work.number(_KINDS.get(former.kind, Kind.FACE))
    copy = replace(
        former,
        number=number,
        state=PaperState.PROMISED,
        copy=former.copy + 1,
        promised_at=work.now,
        promised_by=work.stamp.operator or "",
        window=work.stamp.window or 0,
        replaces=former.number,
        reason=reason,
        digest=None,
        made_at=None,
        **vars(target or targets.routed(work, former.kind, work.stamp.window or 0)),
    )
    values = {**facts_of(work, former.number), **_own_facts(work, copy), **_waybill(work, former)}
    for slip in work.papers.where(object=former.object, kind="reply_slip", sheet=former.number):
        successor = work.number(Kind.REPLY_SLIP)
        values |= _slip_facts(successor)
        _slip(work, copy, successor, replaces=slip.number)
        _supersede(work, slip, successor)
    _supersede(work, former, number)
    return _write(work, copy, values)


def _waybill(work: Work, face: Paper) -> dict[str, str]:
    """An envelope's waybill, known by now: the first face was printed before there was one."""
    if face.kind != "envelope":
        return {}
    live = work.waybills.where(object=face.object, state="live")
    return {"face.waybill": live[0].number if live else ""}


def _supersede(work: Work, former: Paper, by: str) -> None:
    work.papers.save(replace(former, state=PaperState.VOID, replaced_by=by))


def facts_of(reading: Reading, number: str) -> dict[str, Any]:
    """The facts a face was promised with."""
    body = reading.paper_bodies.get(number)
    if body is None or body.facts is None:
        raise refusals.not_found("paper", number)
    return packing_list.completed(json.loads(body.facts))


def live(reading: Reading, number: str, *kinds: str) -> Paper:
    """A face that is not void, of one of `kinds` if given; a void one is refused and names its successor."""
    paper = reading.papers.get(refusals.readable("paper", number))
    if paper is None:
        raise refusals.not_found("paper", number)
    if paper.state == PaperState.VOID:
        raise is_void(reading, paper)
    if kinds and paper.kind not in kinds:
        raise _wrong_kind(paper, kinds)
    return paper


def is_void(reading: Reading, paper: Paper) -> Refused:
    """A void face that somebody wants to use: what replaced it, and where that is."""
    successor = reading.papers.get(paper.replaced_by) if paper.replaced_by else None
    if successor is None:
        why, then = f"作废事由：{word(paper.reason or '未注明')}", "请销毁这一张；如仍要寄送，请重新装袋。"
    else:
        place = _place(reading, successor)
        why, then = f"已由 {successor.number} 代替（{place}）", "请销毁这一张，使用代替它的纸面。"
    return Refused("paper-void", what=f"纸面 {paper.number} 已作废，不能使用。", why=f"{why}。", next=then)


def _place(reading: Reading, paper: Paper) -> str:
    """Where a face is to be looked for: with its envelope, on its way out of a printer, or in the tray."""
    if paper.state == PaperState.VOID:
        return "也已作废"
    envelope = reading.envelopes.get(paper.object)
    if envelope is not None and envelope.place:
        return f"封套在货位 {envelope.place}"
    return f"打印机“{paper.printer}”" if paper.printer else f"{paper.window} 号窗口的出纸盘"


def _wrong_kind(paper: Paper, kinds: Sequence[str]) -> Refused:
    wanted = "或".join(word(kind) for kind in kinds)
    return Refused(
        "paper-wrong-kind",
        what=f"扫到的是{word(paper.kind)}，这里要的是{wanted}。",
        why=f"纸面 {paper.number} 的种类是{word(paper.kind)}。",
        next=f"请扫{wanted}上的条码。",
    )


def _stock_and_reason(reason: str) -> Refused:
    if reason == OTHER_STOCK:
        return Refused(
            "stock-missing",
            what="没有说明换成哪种封套，没有补打。",
            why="封套面按封套的尺寸排版。",
            next="请选一种封套或标签。（命令：--stock，printer stocks 列出）",
        )
    return Refused(
        "stock-unexpected",
        what="只有换封套时才选封套，没有补打。",
        why=f"这次的事由是“{REPRINT_REASONS[reason]}”。",
        next="请去掉封套种类，或把事由改为“换封套”。（命令：--reason other_stock）",
    )


def _unknown_reason(reason: str) -> Refused:
    return Refused(
        "reason-unknown",
        what=f"补打事由“{refusals.shown(reason)}”不认识，没有补打。",
        why="事由只用列出的几种，便于统计和追溯。",
        next=f"请选一种事由：{'、'.join(ENVELOPE_REASONS.values())}。" + command("、".join(ENVELOPE_REASONS)),
    )


def pdf_of(desk: Desk, number: str) -> tuple[Paper, bytes]:
    """A face and the PDF of the sheet it stands on, laid into the tray again; a promised one is made now."""
    desk.may("show_paper")
    paper, pdf = _stored(desk, number)
    if paper.state == PaperState.PROMISED:
        desk.make_promised(paper.sheet or number)
        paper, pdf = _stored(desk, number)
    if pdf is None:
        raise not_kept(paper)
    making.lay_out(desk.tray, paper.sheet or paper.number, pdf)
    return paper, pdf


def stored(desk: Desk, number: str) -> bytes | None:
    """The bytes of a sheet, by the number they are kept under; None for one that is not kept."""
    with desk.reading() as reading:
        body = reading.paper_bodies.get(number)
        return body.pdf if body else None


def _stored(desk: Desk, number: str) -> tuple[Paper, bytes | None]:
    with desk.reading() as reading:
        paper = reading.papers.get(refusals.readable("paper", number))
        if paper is None:
            raise refusals.not_found("paper", number)
    return paper, stored(desk, paper.sheet or paper.number)


def not_kept(paper: Paper) -> Refused:
    """The face has no bytes: void before it was made, or swept in its time."""
    return Refused(
        "paper-not-kept",
        what=f"纸面 {paper.number} 的影像已不在账上，不能取出。",
        why="作废前没有排版成文，或已按期清除（办结后 90 日）；摘要仍在。",
        next="如需这张纸，请补打现行的一张。（命令：paper reprint）",
    )


def listed(desk: Desk, of: str | None) -> list[Paper]:
    """The faces of a case, envelope or batch, or all of the hall."""
    with desk.reading() as reading:
        if of is None:
            return reading.papers.where()
        refusals.readable("paper", of)
        found = [*reading.papers.where(object=of), *reading.papers.where(case_number=of)]
        return list({paper.number: paper for paper in found}.values())


def path_of(desk: Desk, paper: Paper) -> Path | None:
    """Where the sheet of a face lies in the tray; None for one that goes to a printer."""
    return None if paper.printer else tray_path(desk, paper)


def tray_path(desk: Desk, paper: Paper) -> Path:
    """Where the sheet of a face is laid when it is taken out."""
    return desk.tray.absolute() / f"{paper.sheet or paper.number}.pdf"


def where(desk: Desk, paper: Paper) -> str:
    """Where to look for the sheet of a face, in words."""
    return f"打印机“{paper.printer}”" if paper.printer else f"出纸盘：{path_of(desk, paper)}"


def sm3(pdf: bytes) -> str:
    """The plain SM3 digest of a PDF, to compare a file with (GB/T 32905)."""
    return hashlib.new("sm3", pdf).hexdigest()
