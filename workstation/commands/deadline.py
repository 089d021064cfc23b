"""Noun `deadline` 期限: how each leg of a case is counted, and the days that do not count."""

from __future__ import annotations

import datetime
from argparse import Namespace
from collections.abc import Iterator

from workstation.acts import deadline_words, deadlines, pauses
from workstation.acts.deadline_legs import TITLES
from workstation.acts.deadlines import Explained, OtherDays
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context

HELP = "期限：每一段怎么算的（起点、跳过的每一天、暂停、终点），不计时限的环节"


def register(verbs: Verbs) -> None:
    """The verbs of a deadline."""
    number = argument("number", metavar="编号", help="办件或送件编号")
    verbs.add(
        "why",
        _why,
        help="一个办件的每一段期限，逐日列出",
        shows=("13502031012632400012 --as 1001", "13502031012632400012-1 --leg decide --as 1001"),
        arguments=[number, argument("--leg", choices=tuple(TITLES), help=_legs())],
    )
    sent = argument("number", metavar="送件编号", help="只有一个送件时，办件编号也可以")
    verbs.add(
        "pause",
        _pause,
        help="登记不计时限的环节开始",
        shows="13502031012632400012-1 hearing --told-on 2026-11-20 --as 1001",
        arguments=[
            sent,
            argument("kind", choices=tuple(pauses.names()), help=_kinds()),
            argument("--since", metavar="日期", help="第一个不计的日子；不写就是今天"),
            argument("--told-on", metavar="日期", help="哪一天书面告知申请人所需时间"),
            argument("--note", metavar="说明", help="说明"),
        ],
    )
    verbs.add(
        "resume",
        _resume,
        help="登记不计时限的环节结束",
        shows="13502031012632400012-1 --until 2026-11-24 --as 1001",
        arguments=[
            sent,
            argument("--until", metavar="日期", help="最后一个不计的日子；不写就是今天"),
        ],
    )


def _legs() -> str:
    return "，".join(f"{code} {title}" for code, title in TITLES.items())


def _kinds() -> str:
    return "，".join(f"{code} {name}" for code, name in pauses.names().items())


def _why(context: Context, args: Namespace) -> Result:
    settings = context.open().settings
    found = deadlines.why(context.desk(), args.number, settings.deadline, others=OtherDays.of(settings))
    found = [one for one in found if args.leg in (None, one.leg)]
    return Result(
        {"legs": [_data(one) for one in found]}, text="\n\n".join("\n".join(_told(one)) for one in found)
    )


def _told(one: Explained) -> Iterator[str]:
    yield f"{deadline_words.sign(one)} {deadline_words.head(one)}"
    yield from (f"  {line}" for line in deadline_words.lines(one))


def _data(one: Explained) -> dict[str, object]:
    found = one.sum
    return {
        "leg": one.leg,
        "object": one.object,
        "office": one.office_name,
        "state": one.state,
        "since": shown.time(one.since),
        "ended": shown.time(one.ended),
        "rule": one.rule,
        "source": one.source,
        "due": _iso(one.due),
        "due_at": found.end.isoformat() if found and found.end else None,
        "limit": found.limit.days if found and found.limit else None,
        "counted": found.counted if found else None,
        "provisional_years": found.provisional if found else (),
        "paused": found.paused if found else "",
        "days": [{**vars(day), "day": _iso(day.day)} for day in found.days] if found else [],
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _pause(context: Context, args: Namespace) -> Result:
    pause = pauses.begin(
        context.desk(), args.number, args.kind, since=args.since, told_on=args.told_on, note=args.note
    )
    said = f"已登记：{pause.consignment} 自 {pause.since} 起不计时限（{pauses.called(pause)}）。"
    return Result({"pause": shown.record(pause)}, text=said)


def _resume(context: Context, args: Namespace) -> Result:
    pause = pauses.end(context.desk(), args.number, until=args.until)
    said = f"已登记：{pause.consignment} 的{pauses.called(pause)}到 {pause.until} 为止，次日起继续计算。"
    return Result({"pause": shown.record(pause)}, text=said)
