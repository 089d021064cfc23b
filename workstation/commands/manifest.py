"""Noun `manifest` 内件清单二维码: read into a received packing list, to tick off and to hand on as JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from workstation.acts import manifests
from workstation.acts.manifests import Received
from workstation.commands import parser
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain import manifest

HELP = "内件清单二维码：读成收到的清单，逐项核对；本大厅寄出的与账核对"

#: More characters than the symbols of any list have.
_LARGEST = 100_000
_ARGUMENTS = (
    argument("digits", metavar="数字", nargs="*", help="扫到的数字，每个二维码一串；不写就从标准输入读"),
    argument(
        "--image", metavar="文件", type=Path, action="append", default=[], help="拍照或扫描的 PNG、JPEG、PDF"
    ),
)


def register(verbs: Verbs) -> None:
    """The one verb."""
    shows = ("--image qingdan.jpg --as 1001", "--json --as 1001 < qingdan.txt")
    verbs.add("read", _read, help="读一份内件清单的二维码", shows=shows, arguments=_ARGUMENTS)


def _read(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    texts = [*args.digits, *(text for path in args.image for text in manifests.in_file(path))]
    received = manifests.received(desk, texts or _typed())
    return Result(
        {"manifest": _shown(received)},
        text=manifests.sheet(received).rstrip("\n"),
        exit_code=3 if received.agrees is False else 0,
    )


def _typed() -> list[str]:
    """The symbols on standard input, apart by blanks or line ends."""
    given = sys.stdin.buffer.read(_LARGEST + 1) if sys.stdin else b""
    if len(given) > _LARGEST:
        raise parser.usage("input-too-large", f"超过了 {_LARGEST} 字节。", "workstation manifest read")
    try:
        return given.decode("utf-8-sig").split()
    except UnicodeDecodeError:
        raise parser.usage("input-not-utf8", "标准输入不是 UTF-8。", "workstation manifest read") from None


def _shown(received: Received) -> dict[str, object]:
    listed = received.manifest
    return {
        "version": manifest.VERSION,
        "envelope": listed.envelope,
        "office": listed.office,
        "cases": [{**asdict(case), "title": received.titles.get(case.item)} for case in listed.cases],
        "pieces": [asdict(piece) for piece in listed.pieces],
        "totals": {
            "cases": len(listed.cases),
            "rows": len(listed.pieces),
            "pieces": sum(piece.copies for piece in listed.pieces),
        },
        "known": received.state is not None,
        "state": received.state,
        "agrees": received.agrees,
        "differences": list(received.differences),
    }
