"""Noun `clock` 时钟."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import clock
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs
from workstation.commands.session import Context
from workstation.domain.times import minute

HELP = "时钟：被拨回后由值班长确认"


def register(verbs: Verbs) -> None:
    """The one verb."""
    verbs.add("accept", _accept, help="确认现在的时钟是对的（值班长，留痕）", shows="--as 2001")


def _accept(context: Context, _: Namespace) -> Result:
    at = clock.accept(context.desk())
    return Result({"at": shown.time(at)}, text=f"已确认时钟：{minute(at)}，可以继续办理。")
