"""Printing 打印 by hand: a face to a printer, to another one, cancelled, and what a person has seen of it.

What goes over the wire, and what the printer tells, is `sending`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from workstation.acts import papers, print_jobs, printers, refusals, targets
from workstation.acts.desk import Desk
from workstation.acts.targets import Target
from workstation.domain.paper import Paper, PaperState
from workstation.domain.printing import ENDED, MAY_EXIST, Printer, PrintJob, PrintState
from workstation.domain.times import beginning_of_day
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.statements import printing as sql
from workstation.store.work import Reading, Work

#: Why a face is drawn anew when it goes to a printer with other dots or offsets.
_OTHER_PRINTER = "other_printer"
_REASONS = {
    "killed": "交给打印机时程序中断，不知道打出来没有；到打印机前看有没有出纸，再确认",
    "void": "纸面已作废，没有打印",
    "gone": "纸面影像已不在账上，没有打印",
    "moved": "改到另一台打印机",
    "cancel_asked": "已请打印机取消",
}


@dataclass(frozen=True)
class Queued:
    """A print job with the face that it is to bring onto paper."""

    job: PrintJob
    paper: Paper


@dataclass(frozen=True)
class Place:
    """A printer in service that a face could go to."""

    printer: Printer
    anew: bool
    """Whether it has to be drawn anew there: a copy 副本, and the face of before void."""


def print_paper(desk: Desk, number: str, *, printer: str | None = None) -> Paper:
    """Bring a face onto paper, on the printer it was drawn for or another one; gives the face that goes.

    Refused while a sheet of this number exists or may exist: that would be a double, and is a reprint.
    """
    with desk.act("print_paper") as work:
        paper = _sheet(work, number)
        for job in print_jobs.of(work, paper):
            _refuse_double(job)
        chosen = _chosen(work, paper, printer)
        going = _to(work, paper, chosen)
    # Printed from the tray as well, it would be there twice.
    with suppress(OSError):
        (desk.tray / f"{paper.number}.pdf").unlink()
    return going


def move_print(desk: Desk, job_id: str, *, printer: str) -> Paper:
    """Have a job that has not begun, or of which nothing came, printed elsewhere; gives the face that goes.

    Where the other printer has other dots or offsets the face is drawn anew as a copy 副本.
    """
    with desk.act("move_print") as work:
        job = _for_act(desk, work, job_id)
        chosen = printers.in_service(work, printer)
        paper = papers.live(work, job.paper)
        if job.state == PrintState.WAITING:
            print_jobs.move(work, job, "move_print", PrintState.CANCELED, condition="moved")
        elif job.state not in ENDED or job.state == PrintState.PRINTED:
            raise _not_movable(job)
        for other in print_jobs.of(work, paper):
            _refuse_double(other)
        return _to(work, paper, chosen)


def cancel_print(desk: Desk, job_id: str) -> PrintJob:
    """Do not print it. What the printer has taken already it is asked to drop; its end then tells."""
    with desk.act("cancel_print") as work:
        job = _for_act(desk, work, job_id)
        if job.state != PrintState.SENT:
            return print_jobs.move(work, job, "cancel_print", PrintState.CANCELED)
        asked = print_jobs.move(work, job, "cancel_print", PrintState.SENT, condition="cancel_asked")
        printer = printers.find(work, job.printer)
    _withdraw(printer, asked)
    return asked


def confirm_print(desk: Desk, job_id: str, *, printed: bool) -> PrintJob:
    """A person has looked: the sheet is there, or none came out; then none shall come out later either."""
    to = PrintState.PRINTED if printed else PrintState.FAILED
    with desk.act("confirm_print") as work:
        job = _for_act(desk, work, job_id)
        ended = print_jobs.move(work, job, "confirm_print", to, ended_by=work.stamp.operator)
        printer = printers.find(work, job.printer)
    if job.state == PrintState.SENT and not printed:
        # Left in the printer it would come out beside the one that is printed instead.
        _withdraw(printer, ended)
    return ended


def listed(desk: Desk, *, of: str | None = None) -> list[PrintJob]:
    """The jobs of this window on their way or in need of a person, and what ended today; or a face's."""
    desk.signed_in()
    with desk.reading() as reading:
        if of is not None:
            paper = reading.papers.get(refusals.readable("paper", of))
            if paper is None:
                raise refusals.not_found("paper", of)
            return print_jobs.of(reading, paper)
    return [queued.job for queued in queue(desk)]


def queue(desk: Desk) -> list[Queued]:
    """The jobs of this window that `listed` gives, each with its face."""
    desk.signed_in()
    since = beginning_of_day(desk.store.now())
    with desk.reading() as reading:
        return _queue(reading, desk.window, since)


def places(desk: Desk, number: str) -> list[Place]:
    """The printers in service that a face could go to, by name."""
    desk.signed_in()
    with desk.reading() as reading:
        paper = papers.live(reading, number)
        if paper.sheet:
            paper = papers.live(reading, paper.sheet)
        return [
            Place(printer, not targets.looks_alike(paper, _target(reading, paper, printer)))
            for printer in reading.printers.where(state="in_service")
        ]


def whereabouts(desk: Desk, paper: Paper) -> str:
    """Where to look for the sheet of a face, and how its printing stands, in words."""
    with desk.reading() as reading:
        jobs = print_jobs.of(reading, paper)
    if not jobs:
        return papers.where(desk, paper)
    last = jobs[-1]
    return "，".join(filter(None, (f"打印机“{last.printer}”：{word(last.state)}", reason(last))))


def reason(job: PrintJob) -> str:
    """Why a job stands as it does, in words; empty where there is nothing to add."""
    from integrations.printers.states import CONDITIONS

    if job.ended_by:
        # What was not known before is known by now.
        return f"由 {job.ended_by} 确认"
    if job.condition is None:
        return ""
    if job.condition in _REASONS:
        return _REASONS[job.condition]
    condition = CONDITIONS.get(job.condition)
    return "；".join(filter(None, (condition.what, condition.next))) if condition else job.condition


def _queue(reading: Reading, window: int, since: int) -> list[Queued]:
    jobs, faces = reading.print_jobs, reading.papers
    found = {
        job.id: job
        for job in (
            *jobs.query(sql.OPEN, window=window),
            *jobs.query(sql.ENDED, window=window, since=since),
        )
    }
    of = {
        paper.number: paper
        for paper in (
            *faces.query(sql.FACES_OF_OPEN, window=window),
            *faces.query(sql.FACES_OF_ENDED, window=window, since=since),
        )
    }
    in_order = sorted(found.values(), key=lambda job: (job.queued_at, job.id))
    return [Queued(job, of[job.paper]) for job in in_order if not _is_past(job, of[job.paper], since)]


def _is_past(job: PrintJob, paper: Paper, since: int) -> bool:
    """Whether a job that failed before today is nobody's business: its face is void."""
    failed = job.state == PrintState.FAILED and (job.ended_at or 0) < since
    return failed and paper.state == PaperState.VOID


def _sheet(work: Work, number: str) -> Paper:
    paper = papers.live(work, number)
    if paper.sheet:
        paper = papers.live(work, paper.sheet)
    if paper.state != PaperState.MADE:
        raise _not_made(paper)
    body = work.paper_bodies.get(paper.number)
    if body is None or body.pdf is None:
        raise papers.not_kept(paper)
    work.object = paper.number
    return paper


def _chosen(work: Work, paper: Paper, name: str | None) -> Printer:
    if name is None:
        name = paper.printer or targets.routed(work, paper.kind, work.stamp.window or 0).printer
    if name is None:
        raise _no_printer(paper)
    return printers.in_service(work, name)


def _to(work: Work, paper: Paper, printer: Printer) -> Paper:
    target = _target(work, paper, printer)
    if not targets.looks_alike(paper, target):
        # Its job is queued when the copy has been drawn.
        return papers.copied(work, paper, _OTHER_PRINTER, target)
    print_jobs.queue(work, paper, printer.name)
    return paper if paper.printer == printer.name else work.papers.save(replace(paper, printer=printer.name))


def _target(reading: Reading, paper: Paper, printer: Printer) -> Target:
    return targets.on(reading, paper.kind, printer, stock=paper.stock)


def _for_act(desk: Desk, work: Work, job_id: str) -> PrintJob:
    job = print_jobs.find(work, job_id)
    desk.saw(job)
    work.object = job.id
    return job


def _withdraw(printer: Printer, job: PrintJob) -> None:
    from integrations.printers import PrinterError, states
    from integrations.printers import Refused as SaidNo

    try:
        printers.wire(printer).cancel(job.printer_job or 0)
    except SaidNo:
        # It has ended there already: nothing is left to take back.
        return
    except PrinterError as error:
        raise _not_withdrawn(job, states.condition_of(error).what) from error


def _refuse_double(job: PrintJob) -> None:
    if job.state == PrintState.WAITING:
        raise Refused(
            "print-waiting",
            what=f"纸面 {job.paper} 已在打印队列里，没有再打。",
            why=f"任务 {job.id} 正等着“{job.printer}”。",
            next="请等它打出来；要换一台，请在打印队列里换打印机。（命令：print move）",
        )
    if job.state in MAY_EXIST:
        raise Refused(
            "print-exists",
            what=f"纸面 {job.paper} 已经打过，没有再打。",
            why=f"任务 {job.id}：{word(job.state)}。同一编号不能有两张纸。",
            next="没有打出来的，请先在打印队列里确认；要再要一张，请补打，旧的随之作废。"
            "（命令：print confirm、paper reprint）",
        )


def _not_movable(job: PrintJob) -> Refused:
    return Refused(
        "print-not-movable",
        what=f"打印任务 {job.id} 不能换打印机。",
        why=f"它现在是“{word(job.state)}”，纸可能已经打出来了。",
        next="请先看有没有出纸，再取消或确认；确认没有打出后就可以换。（命令：print cancel、print confirm）",
    )


def _not_withdrawn(job: PrintJob, why: str) -> Refused:
    return Refused(
        "print-not-withdrawn",
        what=f"已记下，但没能从打印机里撤下 {job.id}。",
        why=f"{why}。",
        next="请到打印机前看：它恢复后可能还会打出这一张，请在面板上取消；打出来没有，以亲眼看到的为准。",
    )


def _not_made(paper: Paper) -> Refused:
    return Refused(
        "paper-not-made",
        what=f"纸面 {paper.number} 还没有成文，没有打印。",
        why="它排版时中断了，或字体、封套尺寸有问题。",
        next="请先取出这一张：会再排一次，并说明原因。（命令：paper show）",
    )


def _no_printer(paper: Paper) -> Refused:
    return Refused(
        "printer-missing",
        what=f"没有说明用哪台打印机，没有打印 {paper.number}。",
        why="本窗口的这种纸面放进出纸盘，没有设打印机。",
        next="请选一台打印机，或请值班长设置本窗口的出纸去向。（命令：--printer、printer route）",
    )
