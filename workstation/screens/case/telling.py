"""A case in words: the lines above, and what Enter tells of a row, a consignment, a piece, a paper.

People are masked; `clear` shows them, after the act that reveals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.review import DEFECTS
from workstation.acts import masking
from workstation.domain.case import Case, CaseState, Row, RowState
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.custody import Span
from workstation.domain.envelope import Waybill
from workstation.domain.journal import Entry
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.screens.case.sight import Sight

HIDDEN = "（已遮盖）"
_IDENTITY = {"none": "? 未核验", "passed": "✓ 已核验", "failed": "✗ 未通过"}
_ROW_SIGNS: Mapping[str, str] = {
    RowState.PENDING: "?",
    RowState.PASSED: "✓",
    RowState.FAILING: "✗",
    RowState.NOT_APPLICABLE: "-",
    RowState.DEFERRED: "!",
}
_ENDED = frozenset({CaseState.SERVED, CaseState.CLOSED})
_LEFT = frozenset({CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN})
#: States in which something may still have to be told.
_TO_TELL = frozenset({CaseState.REGISTERED, CaseState.TO_CORRECT})
#: Every field about a person, with what it is called.
_PERSONAL = (
    ("applicant_name", "申请人"),
    ("applicant_id", "证件号码"),
    ("applicant_phone", "电话"),
    ("applicant_address", "地址"),
    ("agent_name", "代办人"),
    ("agent_id", "代办人证件"),
    ("agent_phone", "代办人电话"),
    ("remark", "备注"),
    ("reason_text", "说明"),
)
_DATES = (
    ("sealed_at", "封装"),
    ("handed_over_at", "交寄"),
    ("acknowledged_at", "属地签收"),
    ("corrected_at", "属地要求补正"),
    ("accepted_at", "属地受理"),
    ("decided_at", "属地决定"),
    ("returned_at", "结果回寄"),
    ("arrived_at", "结果到窗"),
    ("served_at", "送达"),
)


def grouped(number: str) -> str:
    """A number in fives for reading aloud: the last five are its short form, the five before them its day."""
    return " ".join(number[at : at + 5] for at in range(0, len(number), 5))


def head(sight: Sight, next_step: str, *, clear: bool = False, seconds: int = 0) -> str:
    """The lines above everything else."""
    case = sight.case
    lines = [f"{grouped(case.number)}　{state(sight)}　{sight.title}"]
    lines += _clear(case, seconds) if clear else _masked(case)
    lines.append(_duties(sight))
    lines.append("　".join(_next(sight, next_step)))
    return "\n".join(lines)


def state(sight: Sight) -> str:
    """The state people see, with its sign."""
    shown = sight.file.shown
    sign = "✓" if shown in _ENDED else "×" if shown in _LEFT else "·"
    return f"{sign} {word(shown)}"


def in_one_line(sight: Sight) -> str:
    """Number, state, applicant and item."""
    name = masking.field(sight.case, "applicant_name") or ""
    return f"{sight.case.number}　{state(sight)}　{name}　{sight.title}"


def _masked(case: Case) -> Iterator[str]:
    for who in ("applicant", "agent"):
        parts = [masking.field(case, f"{who}_{part}") for part in ("name", "id", "phone")]
        if parts[0] is not None:
            yield "　".join([f"{word(who)} {parts[0]}", *(part for part in parts[1:] if part)])


def _clear(case: Case, seconds: int) -> Iterator[str]:
    yield f"! 明文，{seconds} 秒后或离开时遮盖；本次查看已留痕。"
    for names in (_PERSONAL[:4], _PERSONAL[4:7], _PERSONAL[7:]):
        told = [f"{label} {value}" for name, label in names if (value := getattr(case, name))]
        if told:
            yield "　".join(told)


def _duties(sight: Sight) -> str:
    case = sight.case
    parts = [f"首问 {case.clerk}", f"收件 {minute(case.registered_at)}"]
    if case.agent_name:
        parts.append(f"代办人 {_IDENTITY[case.agent_identity]}")
    else:
        parts.append(f"身份 {_IDENTITY[case.identity]}")
    if case.state in _TO_TELL:
        limit = sight.file.tell_by
        day = limit.day.isoformat()
        parts.append(told_by(day, sight.today, doubtful=limit.is_provisional, told=case.notices > 0))
    return "　".join(parts)


def told_by(day: str, today: str, *, doubtful: bool, told: bool) -> str:
    """Until when everything missing must have been told, and whether that has passed."""
    doubt = "（暂定）" if doubtful else ""
    if told:
        return f"告知时限 {day}{doubt}（已告知）"
    late = "! 已过" if day < today else ""
    return f"{late}告知时限 {day}{doubt}"


def _next(sight: Sight, next_step: str) -> Iterator[str]:
    yield f"下一步：{next_step}"
    if sight.case.withdrawal_requested_at is not None and sight.case.state == CaseState.REVIEWED:
        yield "! 已登记撤回请求"
    tasks = [word(task.kind) for task in sight.file.tasks if task.state == "open"]
    if tasks:
        yield f"! 待办：{'、'.join(tasks)}"


def masked_text(text: str, case: Case) -> str:
    """A printed text with whatever it tells of the people of this case masked."""
    for name, _ in _PERSONAL:
        value = getattr(case, name)
        if value and len(value) > 1:
            text = text.replace(value, masking.field(case, name) or HIDDEN)
    return text


# --- rows


def finding(row: Row) -> str:
    """The outcome of a row, with its sign."""
    return f"{_ROW_SIGNS.get(row.state, '?')} {word(row.state)}"


def defects(row: Row) -> str:
    """What is wrong with it, in words."""
    codes = [code for code in row.defects.split(",") if code]
    licence = [word(row.licence)] if row.licence else []
    return "、".join([*(DEFECTS[code].word if code in DEFECTS else code for code in codes), *licence])


def row_told(row: Row, *, clear: bool) -> str:
    """Everything about a checklist row."""
    found = f"{word(row.found_form or '')} {row.found_copies or 0} 份 {row.found_pages or 0} 页"
    lines = [
        f"要求：{word(row.form)} {row.copies} 份，{row.from_whom}",
        f"标准：{row.standard}",
        f"条件：{row.condition}" if row.condition else "",
        f"审查：{finding(row)}　{defects(row)}",
        f"方式：{word(row.way)}" if row.way else "",
        f"收到：{found}" if row.found_form else "",
        f"备注：{row.remark if clear else HIDDEN}" if row.remark else "",
        row.source if row.source.startswith("来源") else f"来源：{row.source or '未核对'}",
    ]
    return "\n".join(line for line in lines if line)


# --- consignments


def consignment_state(consignment: Consignment) -> str:
    """Where it stands, with its sign."""
    sign = "✓" if consignment.state == ConsignmentState.DONE else "·"
    return f"{sign} {word(consignment.state)}"


def waybills(sight: Sight, consignment: Consignment, *, live: bool = True) -> list[str]:
    """The waybills of a consignment and of the envelopes it is in; the latest last."""
    return [each.number for each in _bound(sight, consignment, live=live)]


def mail(sight: Sight, consignment: Consignment) -> list[str]:
    """Where the parcel of each of these is by the carrier's account, and how it was signed for."""
    return [_mail(waybill) for waybill in _bound(sight, consignment, live=True)]


def _mail(waybill: Waybill) -> str:
    return " ".join(word(code) for code in (waybill.mail_state, waybill.mail_grade) if code)


def _bound(sight: Sight, consignment: Consignment, *, live: bool) -> list[Waybill]:
    names = (consignment.envelope, consignment.supplement, consignment.id)
    found = [each for each in sight.file.waybills if each.object in names]
    if live and any(each.state == "live" for each in found):
        found = [each for each in found if each.state == "live"]
    return sorted(found, key=lambda each: each.bound_at)


def way_told(sight: Sight, consignment: Consignment) -> str:
    """Everything about a consignment, each date of its way apart."""
    lines = [
        f"{consignment.office_name}（{consignment.office_code}）",
        f"{consignment.office_postcode} {consignment.office_address}　{consignment.office_phone}",
        f"状态：{consignment_state(consignment)}",
        *(f"封套：{grouped(number)}　{_envelope(sight, number)}" for number in _envelopes(consignment)),
    ]
    numbers_ = waybills(sight, consignment, live=False)
    lines += [f"运单：{'、'.join(numbers_)}"] if numbers_ else []
    told = mail(sight, consignment)
    lines += [f"邮件：{'、'.join(told)}"] if told else []
    for name, label in _DATES:
        if at := getattr(consignment, name):
            lines.append(f"{label}：{minute(at)}")
    lines += list(_decided(consignment))
    return "\n".join(lines)


def _envelopes(consignment: Consignment) -> list[str]:
    return [number for number in (consignment.envelope, consignment.supplement) if number]


def _envelope(sight: Sight, number: str) -> str:
    envelope = next(each.envelope for each in sight.envelopes if each.envelope.number == number)
    purpose = "补正" if envelope.purpose == "supplement" else "首次"
    return f"{purpose}　{word(envelope.state)}　{holder(envelope.holder, envelope.holder_ref)}"


def _decided(consignment: Consignment) -> Iterator[str]:
    if consignment.outcome:
        mode = f"　{word(consignment.result_mode)}" if consignment.result_mode else ""
        yield f"决定：{word(consignment.outcome)}{mode}"
    if consignment.document_number:
        yield f"文号：{consignment.document_number}"


# --- pieces and time


def holder(code: str, ref: str | None) -> str:
    """Who holds something, and which one."""
    return f"{word(code)} {ref or ''}".rstrip()


def custody_of(sight: Sight, piece: str) -> str:
    """The hands one piece went through, first to last."""
    return "\n".join(_span(span) for span in sight.spans if span.piece == piece) or "（没有保管记录）"


def _span(span: Span) -> str:
    until = minute(span.until) or "至今"
    envelope = f"（封套 {grouped(span.envelope)}）" if span.envelope else ""
    who = holder(span.holder, span.holder_ref)
    return f"{minute(span.since)} 至 {until}\n　{who}{envelope}　因“{word(span.act)}”"


def entry_told(entry: Entry) -> str:
    """One line of the journal."""
    second = f"\n复核：{entry.second}" if entry.second else ""
    flag = "\n时钟曾回拨，时间按前一笔顺延" if entry.flag == "clock" else ""
    at = local(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    window = f"　{entry.window} 号窗口" if entry.window else ""
    by = f"经办：{entry.operator or ''}{second}{flag}"
    return f"第 {entry.seq} 笔　{at}{window}\n办理：{word(entry.act)}\n{by}"
