"""属地签收: only the reply slip's code closes the outward leg; 妥投 is no acknowledgement."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts import checks, packing, papers, refusals, steps, waybills
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import OPEN_ROWS, Holder
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.paper import Paper
from workstation.errors import Refused
from workstation.store.statements import papers as sql
from workstation.store.work import Work

CHANNELS = ("phone", "fax", "photo", "slip")
"""电话 · 传真 · 照片 · 回执联寄回."""
_SHORT = 5


def acknowledge(desk: Desk, code: str, *, channel: str, office: str | None = None) -> Envelope:
    """The home office named the code of the slip that travelled inside: it has the papers."""
    checks.one_of("channel", channel, CHANNELS)
    with desk.act("acknowledge") as work:
        slip = _slip(work, code, office)
        envelope = steps.find_envelope(work, slip.object)
        steps.for_act(desk, work.envelopes, envelope, "acknowledge")
        work.facts = {"channel": channel, "short": len(codes_only(code)) == _SHORT}
        for consignment in steps.consignments_in(work, envelope):
            _received(work, envelope, consignment, channel)
        waybills.end(work, envelope.number)
        return steps.move(
            work.envelopes,
            envelope,
            "acknowledge",
            EnvelopeState.OPENED,
            holder=Holder.HOME_OFFICE,
            holder_ref=envelope.office_code,
        )


def codes_only(code: str) -> str:
    """A code as said or typed, blanks and dashes left out."""
    return "".join(ch for ch in code if ch.isalnum())


def _received(work: Work, envelope: Envelope, consignment: Consignment, channel: str) -> None:
    if envelope.purpose == "supplement":
        to = _after_supplement(work, consignment)
        steps.move(work.consignments, consignment, "acknowledge", to, supplement=None)
        return
    steps.move(
        work.consignments,
        consignment,
        "acknowledge",
        ConsignmentState.ACKNOWLEDGED,
        acknowledged_at=work.now,
        acknowledged_how=channel,
    )


def _after_supplement(work: Work, consignment: Consignment) -> str:
    """A home office that has all it asked for goes on; a deferred paper alone moves nothing."""
    if consignment.state != ConsignmentState.HOME_CORRECTING:
        return consignment.state
    rows = work.rows.where(case_number=consignment.case_number)
    is_waited_for = any(row.state in OPEN_ROWS for row in rows)
    if is_waited_for or packing.to_send(work, consignment):
        return ConsignmentState.HOME_CORRECTING
    return ConsignmentState.ACKNOWLEDGED


def _slip(work: Work, code: str, office: str | None) -> Paper:
    said = codes_only(code)
    if len(said) != _SHORT:
        number = codes.parse(said).text
        return papers.live(work, number, "reply_slip")
    if office is None:
        raise checks.usage(
            "office-missing", "报短码时没有核对属地名称。", "请选对方单位。（命令：--office 部门代码）"
        )
    slips = work.papers.query(sql.AWAITED_SLIPS, office=office)
    return _only([slip for slip in slips if codes.matches_short_form(slip.number, said)], said)


def _only(candidates: Sequence[Paper], said: str) -> Paper:
    if len(candidates) == 1:
        return candidates[0]
    why = "没有寄往该属地、尚未签收的封套使用这个短码。" if not candidates else "有不止一个封套符合。"
    raise Refused(
        "reply-code-unknown",
        what=f"回执短码 {refusals.shown(said)} 对不上，没有登记签收。",
        why=why,
        next="请对方核对回执联并报出完整的 20 位编号。",
    )
