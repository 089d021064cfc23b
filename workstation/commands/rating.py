"""Noun `rating` 好差评: invited, given or refused; a supervisor records the grade the device has told."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import ratings
from workstation.acts.ratings import Graded
from workstation.commands import output, parser, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.case import Case
from workstation.domain.times import minute
from workstation.errors import WrongUsage

HELP = "好差评：邀请评价、登记评价结果，值班长登记等级，列出差评"

#: Stands in the examples.
_SAMPLE = "13502031012632400012"


def register(verbs: Verbs) -> None:
    """The verbs of a rating."""
    number = argument("number", metavar="编号", help="办件编号（20 位）")
    verbs.add(
        "invite", _invite, help="邀请申请人评价（一次一评）", shows=f"{_SAMPLE} --as 1001", arguments=[number]
    )
    verbs.add(
        "record",
        _record,
        help="登记评价结果；等级只由值班长按评价器或平台登记",
        shows=(
            f"{_SAMPLE} --kind given --as 1001",
            f"{_SAMPLE} --grade satisfied --source device-03 --as 2001",
        ),
        arguments=[number, _KIND, _GRADE, _SOURCE],
    )
    answered = argument(
        "--outcome",
        required=True,
        choices=tuple(ratings.ANSWERS),
        help="、".join(f"{code} {name}" for code, name in ratings.ANSWERS.items()),
    )
    note = argument("--note", required=True, metavar="说明", help="回访情况")
    verbs.add(
        "answer",
        _answer,
        help="差评已回访，了结待办（值班长）",
        shows=f"{_SAMPLE} --outcome corrected --note 已回访 --as 2001",
        arguments=[number, answered, note],
    )
    bad = argument("--bad", action="store_true", help="只列差评")
    count = argument("--count", type=whole, default=200, metavar="条数", help="最多列出几条")
    verbs.add("list", _list, help="列出评价", shows="--bad --as 2001", arguments=[bad, count])


_KIND = argument("--kind", choices=ratings.KINDS, help="given 已在设备上评价，refused 不愿评价")
_GRADE = argument(
    "--grade",
    choices=tuple(ratings.GRADES),
    help="、".join(f"{code} {name}" for code, name in ratings.GRADES.items()),
)
_SOURCE = argument("--source", metavar="代号", help="等级来自哪台评价器或哪个平台，如 device-03")


def _invite(context: Context, args: Namespace) -> Result:
    return _case(ratings.invite(context.desk(), args.number))


def _record(context: Context, args: Namespace) -> Result:
    graded = args.grade is not None
    if (args.kind is not None) == graded or (args.source is not None) != graded:
        raise _one_of_two()
    if not graded:
        return _case(ratings.record(context.desk(), args.number, args.kind))
    policy = context.open().settings.rating
    return _graded(ratings.record_grade(context.desk(), args.number, args.grade, args.source, policy=policy))


def _answer(context: Context, args: Namespace) -> Result:
    task = ratings.answer(context.desk(), args.number, outcome=args.outcome, note=args.note)
    return Result(
        {"task": shown.record(task)}, text=f"差评已了结：{args.number} {ratings.ANSWERS[args.outcome]}"
    )


def _one_of_two() -> WrongUsage:
    return parser.usage(
        "rating-kind-or-grade",
        "要么写 --kind，要么同时写 --grade 和 --source（值班长）。",
        "workstation rating record",
    )


def _case(case: Case) -> Result:
    said = ratings.STEPS[case.rating or "invited"]
    return Result({"case": shown.record(case)}, text=f"评价：{case.number} {said}")


def _graded(graded: Graded) -> Result:
    data: dict[str, object] = {"rating": shown.record(graded.rating), "task": None}
    said = f"已登记等级：{graded.rating.case_number} {ratings.GRADES[graded.rating.grade or '']}"
    if graded.task and graded.contact_by and graded.answer_by:
        data["task"] = {
            **shown.record(graded.task),
            # The note is these days and names nobody.
            "note": graded.task.note,
            "contact_by": graded.contact_by.day.isoformat(),
            "answer_by": graded.answer_by.day.isoformat(),
            "is_provisional": graded.answer_by.is_provisional,
        }
        said += f"\n差评，已开待办 {graded.task.id}：{graded.task.note}"
    return Result(data, text=said)


def _list(context: Context, args: Namespace) -> Result:
    found = ratings.listed(context.desk(), bad=args.bad, count=args.count)
    rows = [
        (
            r.case_number,
            minute(r.at),
            ratings.STEPS[r.kind],
            ratings.GRADES.get(r.grade or ""),
            r.source,
            r.by,
        )
        for r in found
    ]
    text = output.table(("办件", "时间", "评价", "等级", "来源", "登记人"), rows)
    return Result({"ratings": [shown.record(rating) for rating in found]}, text=text)
