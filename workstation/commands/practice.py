"""Noun `practice`: a hall that does not exist, to be played and practised in."""

from __future__ import annotations

import argparse
import datetime
import re
import shlex
import sys
from argparse import Namespace
from pathlib import Path

from workstation import bootstrap, practice
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.practice import Played
from workstation.settings import Home

HELP = "演练：在空目录里建一个演练大厅，演出十一天的业务"

CASES = 40
SEED = 7


def register(verbs: Verbs) -> None:
    """The verbs of a practice hall."""
    verbs.add(
        "day",
        _day,
        help="演出起始日之前的十个工作日和起始日当天；数据目录须是空的或还不存在",
        shows="--home 演练 --cases 40 --seed 7 --start 2026-11-20",
        arguments=[
            argument("--cases", type=whole, default=CASES, metavar="个数", help=f"办件数（缺省 {CASES}）"),
            argument(
                "--seed",
                type=whole,
                default=SEED,
                metavar="种子",
                help=f"同一种子演出同样内容（缺省 {SEED}）",
            ),
            argument(
                "--start", type=_date, metavar="日期", help="起始日，如 2026-11-20（缺省：今天或前一工作日）"
            ),
        ],
    )
    verbs.add(
        "show",
        _show,
        help="已演过的演练大厅：各状态的件数、谁怎样登录、纸面在哪里",
        shows="--home 演练",
    )


def _show(context: Context, _: Namespace) -> Result:
    return _result(context.home, practice.show(context.home))


def _day(context: Context, args: Namespace) -> Result:
    return _played(context, args.cases, args.seed, args.start)


def _played(context: Context, cases: int, seed: int, start: datetime.date | None) -> Result:
    start = start or practice.latest_start(bootstrap.machine_clock())
    return _result(context.home, practice.play(context.home, cases=cases, seed=seed, start=start))


def _date(text: str) -> datetime.date:
    try:
        # ISO 8601 has other forms too, such as 2026-W47-5; people mean this one.
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError("须为日期，如 2026-11-20")


def _result(home: Home, played: Played) -> Result:
    lines = [*_place(home, played), *_counts(played), *_people(home, played)]
    return Result(played.document(), text="\n".join(lines))


def _place(home: Home, played: Played) -> list[str]:
    made = len({paper["path"] for paper in played.papers})
    return [
        f"演练大厅：{played.hall}（一切都是假的，可以随意试）",
        f"数据目录：{home.root}",
        f"纸面：{played.tray}（{made} 份 PDF，{len(played.papers)} 个编号）",
        f"账：{played.journal.entries} 笔，链首码 {played.journal.anchor}，"
        + ("核对无误" if played.journal.verified else "核对有误，请运行 journal verify"),
        f"演到：{local(played.until):%Y-%m-%d %H:%M}",
        *_clock_hint(played),
    ]


def _clock_hint(played: Played) -> list[str]:
    if played.until <= bootstrap.machine_clock():
        return []
    return ["注意：演到的时刻在本机时钟之后；要接着办理，先由值班长运行 clock accept。"]


def _counts(played: Played) -> list[str]:
    return [
        "",
        "办件：" + "  ".join(f"{word(state)} {count}" for state, count in played.cases.items()),
        "送件：" + "  ".join(f"{word(state)} {count}" for state, count in played.consignments.items()),
    ]


def _people(home: Home, played: Played) -> list[str]:
    rows = [(o.code, word(o.role), o.password, o.pin, played.badges.get(o.code)) for o in played.operators]
    clerk = next(o for o in played.operators if o.role == "clerk")
    table = output.table(("工号", "职责", "密码", "PIN", "胸牌"), rows)
    # As it was started: .venv/bin stands on nobody's PATH.
    program = shlex.quote(str(Path(sys.executable).with_name("workstation")))
    command = f"{program} --home {shlex.quote(str(home.root))} --as {clerk.code} case list"
    return ["", table, "", f"试一试：WORKSTATION_PASSWORD={clerk.password} {command}"]
