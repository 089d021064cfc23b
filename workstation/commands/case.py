"""Noun `case` 办件: from registration to close, by command."""

from __future__ import annotations

from argparse import Namespace

from forms.review import DEFECTS
from workstation.acts import (
    departures,
    formal_review,
    identification,
    inputs,
    registration,
    revealing,
    service,
    viewing,
)
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.case import Case, CaseState, Row
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "办件：登记、核验、审查、告知、补正、不予收件、指引、撤回、送达、办结、查看"

_NUMBER = argument("number", metavar="编号", help="办件编号（20 位）")


def register(verbs: Verbs) -> None:
    """The verbs of a case."""
    _taking_in(verbs)
    _leaving(verbs)
    _looking(verbs)


def _taking_in(verbs: Verbs) -> None:
    verbs.add(
        "register", _register, help="收件登记（--json -）", reads=(inputs.Intake, inputs.EXAMPLE_INTAKE)
    )
    verbs.add("identify", _identify, help="身份核验", arguments=_IDENTIFY)
    review = (inputs.Findings, inputs.EXAMPLE_FINDINGS)
    verbs.add("review", _review, help="形式审查（--json -）", arguments=[_NUMBER], reads=review)
    verbs.add("notice", _notice, help="一次性告知", arguments=[_NUMBER, _DUE, _WHY])
    materials = (inputs.Materials, inputs.EXAMPLE_MATERIALS)
    verbs.add("resubmit", _resubmit, help="补正提交（--json -）", arguments=[_NUMBER], reads=materials)


def _leaving(verbs: Verbs) -> None:
    verbs.add("decline", _decline, help="不予收件（须第二人）", arguments=[_NUMBER, _DECLINE_REASON, _TEXT])
    verbs.add("guide", _guide, help="指引到更方便的渠道", arguments=[_NUMBER, _CHANNEL, _TEXT])
    verbs.add("withdraw", _withdraw, help="撤回", arguments=[_NUMBER])
    verbs.add("lapse", _lapse, help="逾期未补正", arguments=[_NUMBER])
    verbs.add("hand-back", _hand_back, help="退还逾期办件的材料", arguments=[_NUMBER])
    verbs.add("serve", _serve, help="送达结果", arguments=[_NUMBER, _RECIPIENT, _CHECKED])
    verbs.add("close", _close, help="办结", arguments=[_NUMBER, _RATING])


def _looking(verbs: Verbs) -> None:
    verbs.add("reveal", _reveal, help="查看明文（留痕）", arguments=[_NUMBER, _REVEAL_REASON, _NOTE])
    verbs.add("show", _show, help="显示一件", arguments=[_NUMBER])
    verbs.add("list", _list, help="列出办件", arguments=[_STATE, _COUNT])
    verbs.add("schema", _schema, help="显示登记用 JSON 的 Schema 和示例")


_IDENTIFY = (
    _NUMBER,
    argument(
        "--method", required=True, choices=identification.METHODS, help="in_person 人证目视，manual 人工录入"
    ),
    argument("--outcome", required=True, choices=identification.OUTCOMES, help="passed 通过，failed 未通过"),
    argument("--subject", default="applicant", choices=identification.SUBJECTS, help="申请人或代办人"),
    argument("--reason", help="人工录入的原因"),
)
_DUE = argument("--due", metavar="日期", help="补正期限，如 2026-12-01")
_WHY = argument("--reason", help="再次告知的原因")
_TEXT = argument("--text", required=True, help="向申请人说明的话")
_NOTE = argument("--note", help="说明")
_DECLINE_REASON = argument(
    "--reason", required=True, choices=tuple(departures.DECLINE_REASONS), help="事由代码"
)
_CHANNEL = argument("--channel", required=True, choices=tuple(departures.CHANNELS), help="渠道代码")
_RECIPIENT = argument("--recipient", default="applicant", choices=service.RECIPIENTS, help="领取人")
_CHECKED = argument("--identity-checked", action="store_true", help="已核对领取人证件与本人")
_RATING = argument(
    "--rating", required=True, choices=service.RATINGS, help="invited 已邀请评价，refused 不愿评价"
)
_REVEAL_REASON = argument("--reason", required=True, choices=tuple(revealing.REASONS), help="事由代码")
_STATE = argument("--state", choices=tuple(CaseState), help="只列这个状态")
_COUNT = argument("--count", type=whole, default=200, help="最多列出几件")


def _register(context: Context, _: Namespace) -> Result:
    case = registration.register(context.desk(), context.read(inputs.Intake))
    return _done(case, "已收件登记")


def _identify(context: Context, args: Namespace) -> Result:
    case = identification.identify(
        context.desk(),
        args.number,
        method=args.method,
        outcome=args.outcome,
        subject=args.subject,
        reason=args.reason,
    )
    return _done(case, "已记身份核验")


def _review(context: Context, args: Namespace) -> Result:
    case = formal_review.review(context.desk(), args.number, context.read(inputs.Findings).findings)
    return _done(case, "已记形式审查")


def _notice(context: Context, args: Namespace) -> Result:
    return _done(
        formal_review.notice(context.desk(), args.number, due=args.due, reason=args.reason),
        "已出一次性告知单",
    )


def _resubmit(context: Context, args: Namespace) -> Result:
    case = formal_review.resubmit(context.desk(), args.number, context.read(inputs.Materials).materials)
    return _done(case, "已收补正材料")


def _decline(context: Context, args: Namespace) -> Result:
    return _done(
        departures.decline(context.desk(), args.number, reason=args.reason, text=args.text), "不予收件"
    )


def _guide(context: Context, args: Namespace) -> Result:
    return _done(
        departures.guide(context.desk(), args.number, channel=args.channel, text=args.text), "已指引"
    )


def _withdraw(context: Context, args: Namespace) -> Result:
    case = departures.withdraw(context.desk(), args.number)
    return _done(case, "已撤回" if case.state == CaseState.WITHDRAWN else "已登记撤回请求，待材料回到窗口")


def _lapse(context: Context, args: Namespace) -> Result:
    return _done(departures.lapse(context.desk(), args.number), "已按逾期处理")


def _hand_back(context: Context, args: Namespace) -> Result:
    return _done(departures.hand_back(context.desk(), args.number), "材料已退还")


def _serve(context: Context, args: Namespace) -> Result:
    case = service.serve(
        context.desk(), args.number, recipient=args.recipient, identity_checked=args.identity_checked
    )
    return _done(case, "已送达")


def _close(context: Context, args: Namespace) -> Result:
    return _done(service.close(context.desk(), args.number, rating=args.rating), "已办结")


def _reveal(context: Context, args: Namespace) -> Result:
    case = revealing.reveal(context.desk(), args.number, reason=args.reason, note=args.note)
    clear = shown.record(case, reveal=True)
    people = [f"{name}：{clear[name]}" for name in _CLEAR if clear[name]]
    return Result({"case": clear}, text="\n".join([f"办件 {case.number}（本次查看已留痕）", *people]))


_CLEAR = ("applicant_name", "applicant_id", "applicant_phone", "applicant_address", "agent_name", "agent_id")


def _show(context: Context, args: Namespace) -> Result:
    file = viewing.case_file(context.desk(), args.number)
    lists = ("rows", "pieces", "consignments", "identities", "notices", "papers", "tasks")
    data: dict[str, object] = {name: [shown.record(r) for r in getattr(file, name)] for name in lists}
    timeline = [
        {"seq": e.seq, "at": shown.time(e.at), "act": e.act, "operator": e.operator, "second": e.second}
        for e in file.timeline
    ]
    case = {**shown.record(file.case), "shown": file.shown}
    return Result({"case": case, **data, "timeline": timeline, "acts": list(file.acts)}, text=_page(file))


def _page(file: viewing.CaseFile) -> str:
    case = file.case
    masked = shown.record(case)
    head = f"办件 {case.number}　{word(file.shown)}　{masked['applicant_name']} {masked['applicant_id']}"
    rows = [(r.position, r.name, word(r.state), _defects(r)) for r in file.rows]
    ways = [(c.id, c.office_name, word(c.state), c.envelope or "") for c in file.consignments]
    past = [(minute(e.at), word(e.act), e.operator or "", e.second or "") for e in file.timeline]
    acts = "、".join(word(act) for act in file.acts) or "没有后续办理"
    return "\n\n".join(
        (
            f"{head}\n现在可以：{acts}（第 {case.version} 版）",
            output.table(("行", "材料", "审查", "缺陷"), rows),
            output.table(("送件", "业务属地", "状态", "封套"), ways),
            output.table(("时间", "办理", "经办", "复核"), past),
        )
    )


def _defects(row: Row) -> str:
    return "、".join(DEFECTS[code].word for code in row.defects.split(",") if code)


def _list(context: Context, args: Namespace) -> Result:
    cases = viewing.cases(context.desk(), state=args.state, count=args.count)
    rows = [
        (c.number, word(now), c.item, shown.mask("name", c.applicant_name), minute(c.registered_at))
        for c, now in cases
    ]
    text = output.table(("编号", "状态", "事项", "申请人", "收件时间"), rows)
    return Result({"cases": [{**shown.record(c), "shown": now} for c, now in cases]}, text=text)


def _schema(context: Context, _: Namespace) -> Result:
    return context.schema(inputs.Intake, inputs.EXAMPLE_INTAKE)


def _done(case: Case, said: str) -> Result:
    return Result({"case": shown.record(case)}, text=f"{said}：{case.number}（{word(case.state)}）")
