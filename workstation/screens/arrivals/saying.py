"""What the screen of one consignment says, in lines; pure."""

from __future__ import annotations

from workstation.acts.masking import field
from workstation.acts.viewing import EnvelopeFile
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.arrivals import contacting
from workstation.screens.arrivals.way import TAIL, Way, short_time

_A_LINE = 4
_NEXT = {
    S.PACKING: "还没有封装：先装袋封装。",
    S.SEALED: "已封装，等揽投员来取。",
    S.HANDED_OVER: "等属地报回执码：F2 属地签收。妥投不算签收。",
    S.HOME_CORRECTING: "属地要补正：申请人补来后审查、装补充封套寄去，再凭回执码签收。",
    S.ACKNOWLEDGED: "等属地答复：受理 F4、补正 F5、决定 F6。",
    S.ACCEPTED: "属地已受理，等决定：F6。",
    S.RESULT_RETURNING: "结果在路上。到了：逐项核对，写货位，^S 到窗。",
    S.DONE: "这个送件已经办完。",
}


def head(way: Way) -> str:
    """Which consignment this is, to whom, of whom."""
    own, case = way.consignment, way.file.case
    several = f"（{own.ordinal}/{len(way.file.consignments)}）" if len(way.file.consignments) > 1 else ""
    who = field(case, "applicant_name") or ""
    document = f"　文号 {own.document_number}" if own.document_number else ""
    return (
        f"办件 {case.number}　{who}　【{word(own.state)}】{document}\n"
        f"属地{several} {own.office_name}　电话 {own.office_phone}"
    )


def dates(way: Way) -> str:
    """The dates of its way, each apart from the others, four a line."""
    told = [f"{label} {short_time(at)}" for label, at in way.dates()]
    lines = [told[at : at + _A_LINE] for at in range(0, len(told), _A_LINE)]
    return "\n".join("　".join(line) for line in lines)


def dates_beside(way: Way) -> str:
    """The same, one a line, for a wide screen; what was said and tried stands below."""
    told = [f"{label}{'　' * (4 - len(label))} {minute(at)}" for label, at in way.dates()]
    mailed = [
        f"封套 {f.envelope.number[-TAIL:]} {word(f.envelope.state)}{_waybills(f)}" for f in way.envelopes
    ]
    tried = [contacting.told(contact) for contact in way.file.contacts[-3:]]
    return "\n".join([*told, *([""] if mailed else []), *mailed, *([""] if tried else []), *tried])


def next_step(way: Way) -> str:
    """What is waited for, and the open tasks."""
    tasks = "、".join(word(task.kind) for task in way.tasks)
    return (f"! 待办：{tasks}。" if tasks else "") + _next(way)


def _next(way: Way) -> str:
    own = way.consignment
    if way.envelope and way.why_not("resolve") is None:
        return f"封套 {way.envelope.number[-TAIL:]} {word(way.envelope.state)}：^O 异常处理。"
    if own.state == S.DECIDED:
        outcome = f"{word(own.outcome or '')}，结果{word(own.result_mode or '')}"
        return f"{outcome}：{'等回寄 F7' if own.result_mode == 'paper' else 'F9 送达'}。"
    if own.state == S.RESULT_ARRIVED:
        late = "还有没到的，到了再核对；" if way.expected else ""
        return f"{pickup(own)}结果在窗口：{late}联系申请人来领（^O 联系登记），F9 送达。"
    return _NEXT[S(own.state)]


def pickup(consignment: Consignment) -> str:
    """The code the applicant is to be told; nothing where every code was taken."""
    code = consignment.pickup_code
    return f"领取码 {code}，请告知申请人。" if code else ""


def _waybills(file: EnvelopeFile) -> str:
    return "".join(f" 运单 {waybill.number}" for waybill in file.waybills if waybill.state == "live")
