"""`sync`: tells the carrier of what waits, asks it about what is on its way; and `sync status`."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from workstation.acts import orders, syncing
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.acts.syncing import Round, Syncer
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.mail import MailOrder
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import OutsideFailed

HELP = "收发：把待下的单下了，把在途邮件的轨迹收来"

_PAUSE = 20.0
"""Between two looks at what is due (s)."""
_AGAIN = {
    "unreachable": "没有丢什么，网络恢复后再运行即可。",
    "unreadable": "没有丢什么，过一会儿再运行；一直如此，请报告寄递企业。",
    "refused": "请核对账号和接口地址。（命令：carrier test）",
    "misconfigured": "请系统管理员检查账号文件。（命令：carrier test）",
}


def register(verbs: Verbs) -> None:
    """The command itself; its one word says which part of it."""
    what = argument(
        "what",
        nargs="?",
        choices=("run", "status"),
        default="run",
        metavar="run|status",
        help="run（不写就是它）做到没有可做的为止；status 只看",
    )
    watch = argument("--watch", action="store_true", help="一直做下去，直到 Ctrl-C 或系统要求结束")
    verbs.only(
        _sync,
        help="下单、收轨迹；status 显示什么时候问过、结果如何",
        shows=("--as 1001", "status --as 1001"),
        arguments=[what, watch],
    )


def _sync(context: Context, args: Namespace) -> Result:
    return _status(context) if args.what == "status" else _run(context, watch=args.watch)


@dataclass
class _Tally:
    """What all rounds came to."""

    orders: dict[str, MailOrder] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)

    def total(self, name: str) -> int:
        """A count over all rounds."""
        return sum(getattr(each, name) for each in self.rounds)


def _run(context: Context, *, watch: bool) -> Result:
    desk, policy = context.desk(), context.open().settings.mail
    desk.writes()
    orderer, syncer = Orderer(policy), Syncer(policy)
    with ExitStack() as closing:
        closing.callback(orderer.close)
        closing.callback(syncer.close)
        told = closing.enter_context(_told_to_end(orderer, syncer))
        tally = _worked_off(desk, orderer, syncer, told if watch else None)
        return _answer(tally, orderer, syncer)


@contextmanager
def _told_to_end(orderer: Orderer, syncer: Syncer) -> Iterator[threading.Event]:
    """In here Ctrl-C and SIGTERM let what is on the wire come to its end, and begin nothing more."""
    told = threading.Event()

    def leave(*_: object) -> None:
        told.set()
        orderer.held = syncer.held = True

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _worked_off(desk: Desk, orderer: Orderer, syncer: Syncer, watching: threading.Event | None) -> _Tally:
    """Round by round, until nothing is due; watching, until somebody says so."""
    tally = _Tally()
    while not syncer.held:
        changed = orderer.round(desk)
        tally.orders |= {order.id: order for order in changed}
        tally.rounds.append(came := syncer.round(desk))
        output.progress(tally.total("asked"), tally.total("asked") + came.left)
        if changed or came.asked:
            continue
        if watching is None:
            break
        watching.wait(_PAUSE)
    return tally


def _answer(tally: _Tally, orderer: Orderer, syncer: Syncer) -> Result:
    trouble = orderer.trouble or syncer.trouble
    tracks = {name: tally.total(name) for name in ("asked", "news", "not_found", "failed")}
    data = {
        "orders": [shown.record(order) for order in tally.orders.values()],
        "tracks": {**tracks, "left": tally.rounds[-1].left if tally.rounds else 0},
        "elsewhere": any(each.elsewhere for each in tally.rounds),
        "trouble": trouble.reason if trouble else None,
    }
    return Result(data, text=_said(tally, data), exit_code=OutsideFailed.exit_code if trouble else 0)


def _said(tally: _Tally, data: Mapping[str, Any]) -> str:
    tracks = data["tracks"]
    lines = [f"下单：{len(tally.orders)} 单有变化。"] + [
        "　".join(filter(None, (order.id, word(order.state), order.waybill, *orders.reason(order))))
        for order in tally.orders.values()
    ]
    lines.append(
        f"轨迹：问了 {tracks['asked']} 件，{tracks['news']} 件有新轨迹，"
        f"{tracks['not_found']} 件还查不到，{tracks['failed']} 件没有问到。"
    )
    if data["elsewhere"]:
        lines.append("本机另一个程序正在收轨迹，这次没有重复去问。")
    if reason := data["trouble"]:
        why, then = orders.REASONS.get(reason, (f"原因代码 {reason}", ""))
        lines.append(f"没有做完：{why}。{_AGAIN.get(reason, then)}")
    return "\n".join(lines)


def _status(context: Context) -> Result:
    status = syncing.status(context.desk())
    times = {name: shown.time(getattr(status, name)) for name in ("asked_at", "answered_at", "next_at")}
    waiting = (
        f"下单：未了结 {status.orders} 单，其中 {status.orders_for_person} 单等人处理。（命令：order list）"
    )
    if status.carrier is None:
        text = f"{waiting}\n轨迹：本大厅的寄递企业没有接口，轨迹从文件导入。（命令：track import）"
        return Result({"status": {**vars(status), **times}}, text=text)
    lines = [
        waiting,
        f"在途：{status.parcels} 件，现在该问 {status.due} 件，从未问过 {status.never_asked} 件。",
        f"上次问到：有轨迹 {status.answered} 件，查不到 {status.not_found} 件，没有回音 {status.failed} 件。",
        f"最近一次：{minute(status.asked_at) or '没有'}；下一次：{minute(status.next_at) or '没有安排'}。",
    ]
    if status.is_silent:
        lines.append(f"寄递企业没有应答，最近一次应答：{minute(status.answered_at) or '没有过'}。")
    return Result({"status": {**vars(status), **times}}, text="\n".join(lines))
