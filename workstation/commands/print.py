"""Noun `print` 打印: the print jobs of this window, and what a person decides about them."""

from __future__ import annotations

import signal
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from workstation.acts import printing
from workstation.acts.sending import Sender, live
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.paper import Paper
from workstation.domain.printing import PrintJob
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "打印：队列、打印、换打印机、取消、确认"

_JOB = argument("job", metavar="任务", help="打印任务编号，如 43502031012632400011-1")
_TO = argument("--printer", required=True, metavar="名称", help="去哪台打印机")
_PAUSE = 0.5


def register(verbs: Verbs) -> None:
    """The verbs of a print job."""
    of = argument("--of", metavar="编号", help="只列这一张纸面的（20 位）")
    verbs.add("list", _list, help="列出本窗口的打印任务", shows="--as 1001", arguments=[of])
    number = argument("number", metavar="编号", help="纸面编号（20 位）")
    printer = argument("--printer", metavar="名称", help="去哪台打印机；不写就按本窗口的去向")
    verbs.add(
        "paper",
        _paper,
        help="打印一张已成文、还没有打过的纸面",
        shows="43502031012632400011 --printer 信封机 --as 1001",
        arguments=[number, printer],
    )
    seconds = argument("--seconds", type=float, default=60.0, metavar="秒", help="最多等多久，默认 60")
    verbs.add("run", _run, help="把队列交给打印机，直到打完或到时", shows="--as 1001", arguments=[seconds])
    verbs.add(
        "move",
        _move,
        help="改到另一台打印机",
        shows="43502031012632400011-1 --printer 备用机 --as 1001",
        arguments=[_JOB, _TO],
    )
    verbs.add("cancel", _cancel, help="取消", shows="43502031012632400011-1 --as 1001", arguments=[_JOB])
    seen = argument("--printed", required=True, choices=("yes", "no"), help="yes 已打出，no 没有打出")
    verbs.add(
        "confirm",
        _confirm,
        help="亲眼看过：打出来了没有",
        shows="43502031012632400011-1 --printed no --as 1001",
        arguments=[_JOB, seen],
    )


def _list(context: Context, args: Namespace) -> Result:
    return _told(printing.listed(context.desk(), of=args.of))


def _told(jobs: list[PrintJob]) -> Result:
    rows = [(j.id, j.printer, word(j.state), printing.reason(j), minute(j.queued_at)) for j in jobs]
    text = output.table(("任务", "打印机", "状态", "情况", "登记时间"), rows)
    return Result({"print_jobs": [shown.record(job) for job in jobs]}, text=text)


def _paper(context: Context, args: Namespace) -> Result:
    return _going(printing.print_paper(context.desk(), args.number, printer=args.printer))


def _going(paper: Paper) -> Result:
    anew = f"（副本 {paper.copy}，按这台打印机重新排版，旧的已作废）" if paper.copy > 1 else ""
    text = f"已交去打印：{word(paper.kind)} {paper.number}{anew}，打印机“{paper.printer}”。"
    return Result({"paper": shown.record(paper)}, text=text)


def _run(context: Context, args: Namespace) -> Result:
    desk, sender = context.desk(), Sender()
    desk.writes()
    changed: dict[str, PrintJob] = {}
    total, until = len(live(desk)), time.monotonic() + args.seconds
    with _stopped_between_papers(sender):
        while True:
            changed |= {job.id: job for job in sender.round(desk)}
            left = live(desk)
            output.progress(total - len(left), total)
            if not left or sender.held or time.monotonic() >= until:
                return _told(list(changed.values()))
            time.sleep(_PAUSE)


@contextmanager
def _stopped_between_papers(sender: Sender) -> Iterator[None]:
    """In here Ctrl-C lets the paper that is being given go, and gives no further one."""

    def hold(*_: object) -> None:
        sender.held = True

    before = signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _move(context: Context, args: Namespace) -> Result:
    return _going(printing.move_print(context.desk(), args.job, printer=args.printer))


def _cancel(context: Context, args: Namespace) -> Result:
    job = printing.cancel_print(context.desk(), args.job)
    text = f"{job.id}：{word(job.state)}。{printing.reason(job)}"
    return Result({"print_job": shown.record(job)}, text=text)


def _confirm(context: Context, args: Namespace) -> Result:
    job = printing.confirm_print(context.desk(), args.job, printed=args.printed == "yes")
    return Result({"print_job": shown.record(job)}, text=f"{job.id}：{word(job.state)}。")
