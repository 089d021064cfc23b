"""Facts of the 催办函: what an office has, since when, and what this window waits for; no code of the slip.

Whoever names the reply slip's code has opened the envelope. Told in a letter, it would prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts import catalogue
from workstation.acts.facts import CARRIER, Facts, of_hall
from workstation.acts.facts.known import OF_HALL, Fact, Known
from workstation.acts.masking import mask
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import Paper
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.tracking import MailState
from workstation.domain.words import word
from workstation.store.work import Reading, Work

#: By the state of the consignment: what has not come, and what the office is asked to do about it.
AWAITED = {
    S.HANDED_OVER: (
        "贵单位的签收确认",
        "请查收上列封套。已经收到的，请拆封后逐项核对，并致电本窗口，报出封套内回执联上的回执短码；"
        "没有收到的，也请来电告知，由本窗口向寄递企业查询。",
    ),
    S.ACKNOWLEDGED: (
        "贵单位是否受理的告知",
        "请告知办理情况。已经受理的，请告知受理时间和预计作出决定的时间；需要补正的，请一次告知需要补正的"
        "全部内容；不属于贵单位职权或者不予受理的，请告知理由，并将材料退回本窗口。",
    ),
    S.ACCEPTED: (
        "贵单位作出决定的告知",
        "请告知办理情况。已经作出决定的，请告知决定时间、文号和结果寄出的安排；尚未作出的，请告知预计作出"
        "决定的时间。",
    ),
    S.DECIDED: (
        "寄回的办理结果",
        "请告知结果是否寄出。已经寄出的，请告知寄出时间和运单号；尚未寄出的，请告知预计寄出的时间。",
    ),
}

_AWAITED, _REQUEST = AWAITED[S.ACKNOWLEDGED]

KNOWN: Known = {
    **OF_HALL,
    "office.name": Fact("业务属地部门", "示例市公安局示例分局跨省通办窗口"),
    "case.number": Fact("办件编号", "13508249992632400016"),
    "item.name": Fact("事项名称", "夫妻投靠户口迁移"),
    "applicant.name": Fact("申请人（部分隐去）", "张**"),
    "envelope.number": Fact("封套编号", "23508249992632400013"),
    "mail.told": Fact("寄递情况", "2026-11-20 11:03 交寄，中国邮政（EMS），运单号 1136281381675"),
    "consignment.told": Fact("已登记的进展", "2026-11-24 10:20 属地签收"),
    "dun.ordinal": Fact("第几次催办", "2"),
    "dun.earlier": Fact("此前的催办", "1 次，最近 2026-12-01 09:10"),
    "dun.awaited": Fact("没有收到的", _AWAITED),
    "dun.request": Fact("请对方做的", _REQUEST),
}


def facts(work: Work, hall: Hall, case: Case, consignment: Consignment, *, earlier: Sequence[Paper]) -> Facts:
    """What the office is asked, after `earlier` letters about the same consignment."""
    state, envelope = asked(work, consignment)
    awaited, request = AWAITED[state]
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        "office.name": consignment.office_name,
        "case.number": case.number,
        "item.name": catalogue.item(work, case.item).title,
        "applicant.name": mask("applicant_name", case.applicant_name, case.applicant_id_kind) or "",
        "envelope.number": envelope,
        "mail.told": _mail(work, consignment, envelope),
        "consignment.told": _told(consignment),
        "dun.ordinal": str(len(earlier) + 1),
        "dun.earlier": f"{len(earlier)} 次，最近 {minute(earlier[-1].promised_at)}" if earlier else "无",
        "dun.awaited": awaited,
        "dun.request": request,
    }
    return Facts(values, case.number)


def asked(reading: Reading, consignment: Consignment) -> tuple[S, str]:
    """The state the office is asked about, and the envelope: a supplement on its way comes first."""
    supplement = reading.envelopes.get(consignment.supplement or "")
    if (
        consignment.state != S.HANDED_OVER
        and supplement is not None
        and supplement.state == EnvelopeState.HANDED_OVER
    ):
        return S.HANDED_OVER, supplement.number
    return S(consignment.state), consignment.envelope or ""


def _mail(reading: Reading, consignment: Consignment, envelope: str) -> str:
    """When it left and with whom; under which waybill, if one was ever bound; and 妥投, if it was told."""
    bound = reading.waybills.where(object=envelope, leg="out")
    last = max(bound, key=lambda waybill: waybill.bound_at, default=None)
    waybill = f"，运单号 {last.number}" if last else ""
    delivered = (
        f"，{minute(last.mail_at)} {word(last.mail_state)}"
        if last and last.mail_state == MailState.DELIVERED
        else ""
    )
    return f"{minute(_handed_over_at(reading, consignment, envelope))} 交寄，{CARRIER}{waybill}{delivered}"


def _handed_over_at(reading: Reading, consignment: Consignment, number: str) -> int | None:
    """Of a supplement the batch tells it; the consignment knows the first envelope's."""
    if number == consignment.envelope:
        return consignment.handed_over_at
    envelope = reading.envelopes.get(number)
    batch = reading.batches.get(envelope.batch) if envelope and envelope.batch else None
    return batch.closed_at if batch else None


def _told(consignment: Consignment) -> str:
    """What the office has said so far, each with its time."""
    steps = {
        "属地签收": consignment.acknowledged_at,
        "属地受理": consignment.accepted_at,
        "属地决定": consignment.decided_at,
    }
    return "；".join(f"{minute(at)} {step}" for step, at in steps.items() if at) or "尚无"
