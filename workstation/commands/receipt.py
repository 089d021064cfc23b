"""Noun `receipt` 属地签收."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import contacts, receipts
from workstation.acts.receipts import Expected
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.case import Piece
from workstation.domain.envelope import Envelope
from workstation.domain.words import word

HELP = "属地签收：凭回执联的编号或短码；没有的，凭对方姓名和联系方式"

_CODE = argument("code", metavar="回执码", help="回执联编号（20 位）或短码（5 位）")
_OFFICE = argument("--office", metavar="属地代码", help="报短码时核对的属地部门代码")
_ROWS = argument(
    "--rows",
    default="",
    metavar="缺损",
    help="内件清单上缺的、损的行，如“3缺 5损”（也可 3q 5s）；不写就是全部收到",
)
_HAND_CHANNEL = "、".join(f"{code} {name}" for code, name in contacts.CHANNELS.items())


def register(verbs: Verbs) -> None:
    """The verbs of an acknowledgement."""
    verbs.add(
        "acknowledge",
        _acknowledge,
        help="登记属地签收",
        shows=(
            "53502031012632400013 --channel slip --as 1001",
            "00013 --channel phone --office 450103-hz --rows 3缺,5损 --as 1001",
        ),
        arguments=(
            _CODE,
            argument(
                "--channel", required=True, choices=receipts.CHANNELS, help="电话、传真、照片、回执联寄回"
            ),
            _OFFICE,
            _ROWS,
        ),
    )
    verbs.add(
        "by-hand",
        _by_hand,
        help="对方报不出回执码：凭姓名和联系方式登记属地签收",
        shows="23502031012632400018 --person 示例科员 --channel phone --as 1001",
        arguments=(
            argument("envelope", metavar="封套", help="封套编号，或它的任一张纸面的编号（20 位）"),
            argument("--person", required=True, metavar="姓名", help="对方谁说收到了"),
            argument("--channel", required=True, choices=tuple(contacts.CHANNELS), help=_HAND_CHANNEL),
            _ROWS,
        ),
    )
    verbs.add(
        "show",
        _show,
        help="逐行列出该核对的内件清单，什么也不登记",
        shows=("53502031012632400013 --as 1001", "00013 --office 450103-hz --as 1001"),
        arguments=(_CODE, _OFFICE),
    )


def _acknowledge(context: Context, args: Namespace) -> Result:
    envelope = receipts.acknowledge(
        context.desk(), args.code, channel=args.channel, office=args.office, rows=args.rows
    )
    return _told(envelope)


def _by_hand(context: Context, args: Namespace) -> Result:
    envelope = receipts.acknowledge_by_hand(
        context.desk(), args.envelope, person=args.person, channel=args.channel, rows=args.rows
    )
    return _told(envelope)


def _told(envelope: Envelope) -> Result:
    text = f"{envelope.office_name} 已签收封套 {envelope.number}。"
    return Result({"envelope": shown.record(envelope)}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    expected = receipts.listed(context.desk(), args.code, args.office)
    return Result(
        {"envelope": shown.record(expected.envelope), "rows": _rows(expected)}, text=_list(expected)
    )


def _rows(expected: Expected) -> list[dict[str, object]]:
    return [{"row": row, **shown.record(piece)} for row, piece in enumerate(expected.rows, start=1)]


def _list(expected: Expected) -> str:
    envelope = expected.envelope
    rows = [_row(row, piece) for row, piece in enumerate(expected.rows, start=1)]
    listed = output.table(("行", "办件编号", "材料", "形式", "份", "页"), rows)
    return f"{envelope.office_name}　封套 {envelope.number}\n{listed}"


def _row(row: int, piece: Piece) -> tuple[object, ...]:
    return row, piece.case_number, piece.name, word(piece.form), piece.copies, piece.pages
