"""`custody NUMBER`: who holds each piece of a case, now, then, or all along."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import custody
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, moment
from workstation.commands.session import Context
from workstation.domain.custody import Span
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "保管：每份材料在谁手里"


def register(verbs: Verbs) -> None:
    """The command itself."""
    number = argument("number", metavar="编号", help="办件编号（20 位）")
    at = argument("--at", type=moment, metavar="时间", help="只看那一刻，如 2026-11-20T09:00")
    verbs.only(
        _custody,
        help="显示保管链",
        shows=("13502031012632400012 --as 1001", "13502031012632400012 --at 2026-11-20T09:00 --as 1001"),
        arguments=[number, at],
    )


def _custody(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    spans = custody.of_case(desk, args.number) if args.at is None else custody.at(desk, args.number, args.at)
    rows = [(s.piece, minute(s.since), minute(s.until) or "至今", _who(s), s.envelope) for s in spans]
    text = output.table(("材料", "自", "至", "保管", "封套"), rows)
    return Result({"spans": [_span(span) for span in spans]}, text=text)


def _who(span: Span) -> str:
    return f"{word(span.holder)} {span.holder_ref or ''}".rstrip()


def _span(span: Span) -> dict[str, object]:
    return {
        "piece": span.piece,
        "since": shown.time(span.since),
        "until": shown.time(span.until),
        "holder": span.holder,
        "holder_ref": span.holder_ref,
        "envelope": span.envelope,
        "act": span.act,
        "seq": span.seq,
    }
