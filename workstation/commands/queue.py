"""Noun `queue` 督办队列: what asks for somebody, the worst first; claims, looks, 交接班."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from workstation.acts import claims, papers, queue
from workstation.acts.desk import Desk
from workstation.acts.queue import REASONS, Line, Policies
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.queue import Claim
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "督办队列：逾期的、停着的、要过目的，最急的在前；认领、放回、改派、阅、交接班"

_SAMPLE = "unreviewed:13502031012632400012"
_LINES = argument(
    "lines", metavar="行", nargs="+", help="行的名称“事由:编号”，见 queue list；可以写几行，一起办"
)
_TO = argument("--to", required=True, metavar="工号", help="改派给谁、由谁接班")
_HEADS = ("行", "事由", "办件", "业务属地", "自", "到期", "剩余", "谁在办", "办什么", "说明")


def register(verbs: Verbs) -> None:
    """The verbs of the queue."""
    reason = argument(
        "--reason",
        action="append",
        choices=tuple(REASONS),
        help="只列这种事由，可以写几次："
        + "，".join(f"{code} {what.title}" for code, what in REASONS.items()),
    )
    mine = argument("--mine", action="store_true", help="只列我认领的")
    count = argument("--count", action="store_true", help="只数各事由有几行")
    verbs.add(
        "list",
        _list,
        help="列出要办、要过目的，最急的在前",
        shows=("--as 2001", "--reason overdue --reason due_soon --as 2001"),
        arguments=[reason, mine, count],
    )
    verbs.add("claim", _claim, help="认领：由我来办", shows=f"{_SAMPLE} --as 1001", arguments=[_LINES])
    verbs.add("release", _release, help="放回：不再由我办", shows=f"{_SAMPLE} --as 1001", arguments=[_LINES])
    verbs.add(
        "reassign",
        _reassign,
        help="改派给在岗的同事（值班长）",
        shows=f"{_SAMPLE} --to 1002 --as 2001",
        arguments=[_LINES, _TO],
    )
    verbs.add(
        "see",
        _see,
        help="阅：拆封、再次告知、人工核验、查看明文、作废、时钟，看过了（值班长）",
        shows="reopened:23502031012632400018 --as 2001",
        arguments=[_LINES],
    )
    verbs.add(
        "handover",
        _handover,
        help="交接班：出具交接班单，我认领的随之交给接班人",
        shows="--to 1002 --as 1001",
        arguments=[_TO],
    )


def _policies(context: Context) -> Policies:
    return Policies.of(context.open().settings)


def _list(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    lines = queue.listed(desk, policies=_policies(context), reasons=args.reason)
    if args.mine:
        lines = [line for line in lines if line.holder == desk.signed_in().code]
    counted = queue.counts(lines)
    if args.count:
        rows = [(REASONS[reason].title, count) for reason, count in counted.items()]
        text = output.table(("事由", "行"), [*rows, ("合计", len(lines))])
        return Result({"counts": counted, "total": len(lines)}, text=text)
    text = output.table(_HEADS, [_row(line) for line in lines]) if lines else "督办队列里没有要办的。"
    return Result({"lines": [_data(line) for line in lines], "counts": counted}, text=text)


def _named(context: Context, desk: Desk, keys: Sequence[str]) -> list[Line]:
    """The lines as they are at this moment."""
    return claims.named(queue.listed(desk, policies=_policies(context)), keys)


def _done(
    context: Context, args: Namespace, act: Callable[[Desk, list[Line]], list[Claim]], said: str
) -> Result:
    desk = context.desk()
    done = act(desk, _named(context, desk, args.lines))
    return Result(
        {"claims": [{**shown.record(one), "since": shown.time(one.since)} for one in done]},
        text="\n".join(f"{said}：{one.line}" for one in done),
    )


def _claim(context: Context, args: Namespace) -> Result:
    return _done(context, args, claims.claim, "已认领")


def _release(context: Context, args: Namespace) -> Result:
    return _done(context, args, claims.release, "已放回")


def _reassign(context: Context, args: Namespace) -> Result:
    return _done(
        context, args, lambda desk, lines: claims.reassign(desk, lines, args.to), f"已改派给 {args.to}"
    )


def _see(context: Context, args: Namespace) -> Result:
    return _done(context, args, claims.see, "已阅")


def _handover(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    done = claims.hand_over(desk, args.to, policies=_policies(context))
    data = {**shown.record(done.paper), "path": papers.path_of(desk, done.paper)}
    said = f"已出具交接班单 {done.paper.number}，{done.lines} 行交给 {done.to}。"
    text = f"{said}\n{papers.where(desk, done.paper)}"
    return Result({"paper": data, "to": done.to, "lines": done.lines}, text=text)


def _row(line: Line) -> tuple[object, ...]:
    left = "" if line.left is None else f"{line.left} 个工作日"
    return (
        line.key,
        line.title,
        line.case_number,
        line.office,
        minute(line.since),
        line.due or "",
        left,
        line.holder,
        word(line.act),
        line.said,
    )


def _data(line: Line) -> dict[str, object]:
    return {
        "line": line.key,
        "reason": line.reason,
        "title": line.title,
        "object": line.object,
        "case_number": line.case_number,
        "office": line.office,
        "since": shown.time(line.since),
        "due": line.due.isoformat() if line.due else None,
        "left": line.left,
        "by": line.by,
        "holder": line.holder,
        "version": line.version,
        "act": line.act,
        "screen": line.screen,
        "told": line.told,
        "also": [{"reason": other.reason, "told": other.told} for other in line.also],
    }
