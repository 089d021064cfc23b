"""Noun `report` 监测: what supervisors and auditors look at; reads, changes nothing."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import bypass
from workstation.acts.bypass import Sign
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.times import minute

HELP = "监测：体外循环"

_TITLES = {
    "unreviewed": "已收件、逾期未审查",
    "untold": "审查发现不符、未一次性告知",
    "found_later": "审查通过后属地又要求补正",
}


def register(verbs: Verbs) -> None:
    """The reports there are."""
    since = argument("--since", metavar="日期", help="只看这一天起发生的，如 2026-11-01")
    until = argument("--until", metavar="日期", help="只看到这一天为止发生的")
    verbs.add(
        "bypass",
        _bypass,
        help="体外循环监测（值班长、审计员）",
        shows="--since 2026-11-01 --as 8001",
        arguments=[since, until],
    )


def _bypass(context: Context, args: Namespace) -> Result:
    policy = context.open().settings.bypass
    found = bypass.report(context.desk(), since=args.since, until=args.until, policy=policy)
    signs = {kind: getattr(found, kind) for kind in _TITLES}
    data = {kind: [_record(sign) for sign in of_kind] for kind, of_kind in signs.items()}
    return Result(data, text="\n\n".join(_section(kind, signs[kind]) for kind in _TITLES))


def _section(kind: str, signs: list[Sign]) -> str:
    head = f"{_TITLES[kind]}：{len(signs)} 件"
    if not signs:
        return head
    rows = [(s.case_number, s.clerk, minute(s.since), f"{s.days} 天", "、".join(s.rows)) for s in signs]
    return f"{head}\n{output.table(('办件', '首问责任人', '自', '已', '材料行'), rows)}"


def _record(sign: Sign) -> dict[str, object]:
    return {
        "case_number": sign.case_number,
        "clerk": sign.clerk,
        "since": shown.time(sign.since),
        "days": sign.days,
        "rows": list(sign.rows),
    }
