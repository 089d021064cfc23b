"""Noun `locate`: where things lie; works without a home."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

import workstation
from workstation.commands.output import Result
from workstation.commands.parser import Verbs
from workstation.commands.session import Context

HELP = "数据目录、账本、出纸盘、日志和程序在哪里"


def register(verbs: Verbs) -> None:
    """A whole command."""
    verbs.only(_locate, help="显示各处的路径", shows="")


def _locate(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    home = context.home
    paths = {
        "home": home.root,
        "settings": home.settings,
        "ledger": home.ledger,
        "tray": home.tray,
        "logs": home.logs,
        "program": Path(workstation.__file__).parent,
        "python": Path(sys.executable),
    }
    words = ("数据目录", "设置", "账本", "出纸盘", "日志", "程序", "Python")
    text = "\n".join(f"{word}：{path}" for word, path in zip(words, paths.values(), strict=True))
    return Result({**paths, "founded": home.has_hall}, text=text)
