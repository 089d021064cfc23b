"""Noun `case` 办件: from registration to close, by command."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from workstation.acts import (
    departures,
    formal_review,
    hints,
    identification,
    inputs,
    notices,
    numbers,
    pictures,
    registration,
    result_files,
    revealing,
    service,
    viewing,
)
from workstation.commands import case_page, output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, moment, whole
from workstation.commands.session import Context
from workstation.domain.case import Case, CaseState
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "办件：登记、核验、审查、告知、补正、不予收件、指引、撤回、送达、办结、查看"

_SAMPLE = "13502031012632400012"
#: An example of each verb.
_SHOWS = {
    "register": "--json - --as 1001 < 收件.json",
    "check": "--json - --as 1001 < 收件.json",
    "identify": f"{_SAMPLE} --method in_person --outcome passed --as 1001",
    "review": f"{_SAMPLE} --json - --as 1001 < 审查.json",
    "notice": f"{_SAMPLE} --due 2026-11-27 --as 1001",
    "resubmit": f"{_SAMPLE} --json - --as 1001 < 材料.json",
    "decline": f"{_SAMPLE} --reason not_this_item --text 另有对应的事项 \\\n    --as 1001 --second 1002",
    "guide": f"{_SAMPLE} --channel online --text 可以全程网办 --as 1001",
    "withdraw": f"{_SAMPLE} --as 1001",
    "lapse": f"{_SAMPLE} --as 1001",
    "hand-back": f"{_SAMPLE} --as 1001",
    "serve": f"{_SAMPLE} --identity-checked --as 1001",
    "close": f"{_SAMPLE} --rating invited --as 1001",
    "add-number": f"{_SAMPLE} --system provincial --value 示例0001 --as 1001",
    "reveal": f"{_SAMPLE} --reason contact --as 1001",
    "show": f"{_SAMPLE} --as 1001",
    "list": "--state to_correct --as 1001",
    "schema": "",
}

_NUMBER = argument("number", metavar="编号", help="办件编号（20 位）")


def register(verbs: Verbs) -> None:
    """The verbs of a case."""
    _taking_in(verbs)
    _leaving(verbs)
    _looking(verbs)


def _taking_in(verbs: Verbs) -> None:
    intake = (inputs.Intake, inputs.EXAMPLE_INTAKE)
    verbs.add("register", _register, help="收件登记（--json -）", shows=_SHOWS["register"], reads=intake)
    verbs.add(
        "check",
        _check,
        help="登记前的提示：重复、属地、证件、部门（--json -）",
        shows=_SHOWS["check"],
        reads=intake,
    )
    verbs.add("identify", _identify, help="身份核验", shows=_SHOWS["identify"], arguments=_IDENTIFY)
    review = (inputs.Findings, inputs.EXAMPLE_FINDINGS)
    verbs.add(
        "review",
        _review,
        help="形式审查（--json -）",
        shows=_SHOWS["review"],
        arguments=[_NUMBER],
        reads=review,
    )
    verbs.add("notice", _notice, help="一次性告知", shows=_SHOWS["notice"], arguments=[_NUMBER, _DUE, _WHY])
    materials = (inputs.Materials, inputs.EXAMPLE_MATERIALS)
    verbs.add(
        "resubmit",
        _resubmit,
        help="补正提交（--json -）",
        shows=_SHOWS["resubmit"],
        arguments=[_NUMBER],
        reads=materials,
    )


def _leaving(verbs: Verbs) -> None:
    verbs.add("decline", _decline, help="不予收件（须第二人）", shows=_SHOWS["decline"], arguments=_DECLINE)
    verbs.add(
        "guide",
        _guide,
        help="指引到更方便的渠道，出办事指引单；可帮办",
        shows=_SHOWS["guide"],
        arguments=_GUIDE,
    )
    verbs.add("withdraw", _withdraw, help="撤回", shows=_SHOWS["withdraw"], arguments=[_NUMBER])
    verbs.add("lapse", _lapse, help="逾期未补正", shows=_SHOWS["lapse"], arguments=[_NUMBER])
    verbs.add(
        "hand-back", _hand_back, help="退还逾期办件的材料", shows=_SHOWS["hand-back"], arguments=[_NUMBER]
    )
    verbs.add(
        "serve",
        _serve,
        help="送达结果：窗口领取、直寄申请人、电子",
        shows=(_SHOWS["serve"], f"{_SAMPLE} --received-on 2026-11-27 --as 1001"),
        arguments=[_SERVED, _RECIPIENT, _CHECKED, _RECEIVED_ON, _FILE],
    )
    verbs.add("close", _close, help="办结", shows=_SHOWS["close"], arguments=[_NUMBER, _RATING])


def _looking(verbs: Verbs) -> None:
    verbs.add(
        "add-number",
        _add_number,
        help="登记其他系统的编号",
        shows=_SHOWS["add-number"],
        arguments=[_NUMBER, _SYSTEM, _VALUE],
    )
    verbs.add(
        "reveal",
        _reveal,
        help="查看明文（留痕）",
        shows=_SHOWS["reveal"],
        arguments=[_NUMBER, _REVEAL_REASON, _NOTE],
    )
    verbs.add("show", _show, help="显示一件", shows=_SHOWS["show"], arguments=[_NUMBER])
    verbs.add("list", _list, help="列出办件", shows=_SHOWS["list"], arguments=[_STATE, _COUNT])
    verbs.add("schema", _schema, help="显示登记用 JSON 的 Schema 和示例", shows=_SHOWS["schema"])


_IDENTIFY = (
    _NUMBER,
    argument(
        "--method",
        required=True,
        choices=identification.METHODS,
        help="in_person 人证目视，e_licence 电子证照，video 远程视频，manual 人工录入（须第二人）",
    ),
    argument("--outcome", required=True, choices=identification.OUTCOMES, help="passed 通过，failed 未通过"),
    argument(
        "--subject",
        choices=identification.SUBJECTS,
        help="applicant 申请人，agent 代办人；不写就是到窗口来的人",
    ),
    argument("--reason", metavar="原因", help="人工录入的原因（manual 必填）"),
    argument("--licence", metavar="证照", help="电子证照标明的名称和标识（e_licence 必填）"),
    argument("--participants", metavar="人员", help="参加视频的人员（video 必填）"),
    argument("--held-at", metavar="时间", type=moment, help="视频的时间，如 2026-11-20T09:00（video 必填）"),
    argument("--picture", metavar="文件", type=Path, help="视频画面，JPEG 或 PNG，5 MB 以内（video 必填）"),
)
_DUE = argument("--due", metavar="日期", help="补正期限，如 2026-12-01")
_WHY = argument("--reason", help="再次告知的原因")
_TEXT = argument("--text", required=True, help="向申请人说明的话")
_NOTE = argument("--note", help="说明")
_DECLINE_REASON = argument(
    "--reason", required=True, choices=tuple(departures.DECLINE_REASONS), help="事由代码"
)
_DECLINE = (
    _NUMBER,
    _DECLINE_REASON,
    _TEXT,
    argument("--authority", metavar="部门", help="有权办理的部门（事由为 not_this_authority 时必填）"),
)
_GUIDE = (
    _NUMBER,
    argument("--channel", choices=tuple(departures.CHANNELS), help="渠道代码；不写则按事项的办理方式"),
    _TEXT,
    argument("--entry", metavar="入口", help="到哪里办：平台、地址或窗口"),
    argument("--assisted", nargs=2, metavar=("系统", "编号"), help="帮办：在窗口协助网上申报所得的编号"),
)
_SYSTEM = argument("--system", required=True, choices=tuple(numbers.SYSTEMS), help="哪个系统")
_VALUE = argument("--value", required=True, metavar="编号", help="该系统的编号")
_RECIPIENT = argument(
    "--recipient", choices=service.RECIPIENTS, help="领取人；不写为申请人，单位申请的为经办人"
)
_CHECKED = argument("--identity-checked", action="store_true", help="已核对领取人证件与本人")
_SERVED = argument("number", metavar="编号", help="办件编号；只送达其中一个送件的，写送件编号")
_RECEIVED_ON = argument(
    "--received-on", metavar="日期", help="直寄申请人的：邮件回执上的收到日期，以它为送达日期"
)
_FILE = argument("--file", metavar="文件", type=Path, help="电子结果的文件：记下它的 SM3 摘要，不留文件")
_RATING = argument(
    "--rating", choices=service.RATINGS, help="invited 已邀请评价，refused 不愿评价；已另行邀请的不写"
)
_REVEAL_REASON = argument("--reason", required=True, choices=tuple(revealing.REASONS), help="事由代码")
_STATE = argument("--state", choices=tuple(CaseState), help="只列这个状态")
_COUNT = argument("--count", type=whole, default=200, help="最多列出几件")


def _register(context: Context, _: Namespace) -> Result:
    desk, intake = context.desk(), context.read(inputs.Intake)
    found = _hints(context, intake)
    case = registration.register(desk, intake)
    said = f"已收件登记：{case.number}（{word(case.state)}）"
    return Result({"case": shown.record(case), **found.as_dict()}, text="\n".join([said, *_told(found)]))


def _check(context: Context, _: Namespace) -> Result:
    found = _hints(context, context.read(inputs.Intake))
    return Result(found.as_dict(), text="\n".join(_told(found)) or "没有要留意的。")


def _hints(context: Context, intake: inputs.Intake) -> hints.Hints:
    policies = context.open().settings
    return hints.before_intake(
        context.desk(),
        intake,
        verified_days=policies.offices.verified_days,
        duplicate_days=policies.counter.duplicate_days,
    )


def _told(found: hints.Hints) -> Iterator[str]:
    """What the clerk should look at, the cases that may be the same first."""
    for earlier in found.duplicates:
        yield f"重复？{earlier.date} 已有 {earlier.number}（{word(earlier.state)}，经办 {earlier.clerk}）"
    yield from (f"留意：{hint.text}" for hint in found.warnings)
    if found.office_suggestion:
        suggested = found.office_suggestion
        yield f"证件号码指向 {suggested.division} {suggested.name}（{suggested.label}）"
    if found.last_office:
        yield f"同一属地最近寄往：{found.last_office.code} {found.last_office.name}"


def _identify(context: Context, args: Namespace) -> Result:
    case = identification.identify(
        context.desk(),
        args.number,
        method=args.method,
        outcome=args.outcome,
        subject=args.subject,
        reason=args.reason,
        participants=args.participants,
        held_at=args.held_at,
        licence=args.licence,
        picture=pictures.load(args.picture) if args.picture else None,
    )
    return _done(case, "已记身份核验")


def _review(context: Context, args: Namespace) -> Result:
    case = formal_review.review(context.desk(), args.number, context.read(inputs.Findings).findings)
    return _done(case, "已记形式审查")


def _notice(context: Context, args: Namespace) -> Result:
    return _done(
        notices.notice(context.desk(), args.number, due=args.due, reason=args.reason),
        "已出一次性告知单",
    )


def _resubmit(context: Context, args: Namespace) -> Result:
    case = formal_review.resubmit(context.desk(), args.number, context.read(inputs.Materials).materials)
    return _done(case, "已收补正材料")


def _decline(context: Context, args: Namespace) -> Result:
    case = departures.decline(
        context.desk(), args.number, reason=args.reason, text=args.text, authority=args.authority
    )
    return _done(case, "不予收件")


def _guide(context: Context, args: Namespace) -> Result:
    case = departures.guide(
        context.desk(),
        args.number,
        channel=args.channel,
        text=args.text,
        entry=args.entry,
        assisted=tuple(args.assisted) if args.assisted else None,
    )
    return _done(case, "已指引")


def _add_number(context: Context, args: Namespace) -> Result:
    added = numbers.add(context.desk(), args.number, system=args.system, value=args.value)
    said = f"已登记{numbers.SYSTEMS[added.system]}：{added.number}（办件 {added.case_number}）"
    return Result({"number": shown.record(added)}, text=said)


def _withdraw(context: Context, args: Namespace) -> Result:
    case = departures.withdraw(context.desk(), args.number)
    return _done(case, "已撤回" if case.state == CaseState.WITHDRAWN else "已登记撤回请求，待材料回到窗口")


def _lapse(context: Context, args: Namespace) -> Result:
    return _done(departures.lapse(context.desk(), args.number), "已按逾期处理")


def _hand_back(context: Context, args: Namespace) -> Result:
    return _done(departures.hand_back(context.desk(), args.number), "材料已退还")


def _serve(context: Context, args: Namespace) -> Result:
    case = service.serve(
        context.desk(),
        args.number,
        recipient=args.recipient,
        identity_checked=args.identity_checked,
        received_on=args.received_on,
        file=result_files.load(args.file) if args.file else None,
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
    return case_page.of(viewing.case_file(context.desk(), args.number))


def _list(context: Context, args: Namespace) -> Result:
    cases = viewing.cases(context.desk(), state=args.state, count=args.count)
    rows = [
        (
            c.number,
            word(now),
            c.item,
            shown.mask("name", c.applicant_name, c.applicant_id_kind),
            minute(c.registered_at),
        )
        for c, now in cases
    ]
    text = output.table(("编号", "状态", "事项", "申请人", "收件时间"), rows)
    return Result({"cases": [{**shown.record(c), "shown": now} for c, now in cases]}, text=text)


def _schema(context: Context, _: Namespace) -> Result:
    return context.schema(inputs.Intake, inputs.EXAMPLE_INTAKE)


def _done(case: Case, said: str) -> Result:
    return Result({"case": shown.record(case)}, text=f"{said}：{case.number}（{word(case.state)}）")
