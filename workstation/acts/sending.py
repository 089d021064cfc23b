"""Works off a window's print jobs: gives them to their printers and follows them to their end.

Before the first byte leaves, a job is `sending` in the ledger: what a crash cuts off is found again and asked
about, never sent twice. One program a window does this at a time, behind a lock in its home.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workstation.acts import print_jobs, printers
from workstation.acts.alone import alone
from workstation.acts.desk import Desk
from workstation.domain.paper import PaperState
from workstation.domain.printing import PrintJob, PrintState
from workstation.store.statements import printing as sql

if TYPE_CHECKING:
    from integrations.printers import client
    from integrations.printers.states import Condition

#: Ends at the printer that leave open whether paper came out: a person looks.
_DOUBTFUL = frozenset({"canceled", "aborted", "lost"})
KILLED, VOID, GONE = "killed", "void", "gone"
"""Conditions of ours: the program ended while sending; the face became void; its bytes are not kept."""
_LEFT_ALONE = 5.0
"""Seconds a busy or silent printer is left alone: each try costs others time, or the journal an entry."""
_UNDONE, _KEPT = "打印队列打不开，没有打印。", "任务都留在队列里。"


@dataclass
class Sender:
    """Works off jobs round by round; what was last seen of each is kept here and nowhere else."""

    sights: dict[str, Condition] = field(default_factory=dict)
    held: bool = False
    """Whether the queue is held 停住: nothing more goes out, what is in a printer is followed on."""
    monotonic: Callable[[], float] = time.monotonic
    _not_before: dict[str, float] = field(default_factory=dict)

    def round(self, desk: Desk) -> list[PrintJob]:
        """Look after every job on its way once. Gives those that changed, as they are now."""
        if not live(desk):
            return []
        with alone(desk, "printing", undone=_UNDONE, kept=_KEPT) as is_alone:
            if not is_alone:
                return []
            changed = (self._looked_after(desk, job) for job in live(desk))
            return [job for job in changed if job is not None]

    def _looked_after(self, desk: Desk, job: PrintJob) -> PrintJob | None:
        if job.state == PrintState.SENDING:
            # Whoever was sending it does not hold the lock any more.
            return _moved(desk, job, PrintState.UNSURE, condition=KILLED)
        if self.monotonic() < self._not_before.get(job.printer, 0.0):
            return None
        if job.state == PrintState.SENT:
            return self._followed(desk, job)
        return None if self.held else self._sent(desk, job)

    def _sent(self, desk: Desk, job: PrintJob) -> PrintJob | None:
        pdf, reason = _bytes(desk, job)
        if pdf is None:
            return _moved(desk, job, PrintState.CANCELED, condition=reason)
        wire = _wire(desk, job)
        if not self._answers(job, wire):
            return None
        claimed = _moved(desk, job, PrintState.SENDING)
        return self._given(desk, claimed, wire, pdf) if claimed else None

    def _answers(self, job: PrintJob, wire: client.Printer) -> bool:
        """Whether the printer is there: one that is switched off shall not fill the journal with attempts."""
        from integrations.printers import PrinterError, Unreachable, states

        try:
            self.sights[job.id] = wire.state().condition
        except Unreachable as error:
            self._leave_alone(job, states.condition_of(error))
            return False
        except PrinterError as error:
            self.sights[job.id] = states.condition_of(error)
        return True

    def _given(self, desk: Desk, job: PrintJob, wire: client.Printer, pdf: bytes) -> PrintJob | None:
        from integrations.printers import Busy, PrinterError, Unreachable, Unsure, states

        try:
            number = wire.submit(pdf, name=job.title, media=_media(pdf), patience=0)
        except (Busy, Unreachable) as error:
            self._leave_alone(job, states.condition_of(error))
            return _moved(desk, job, PrintState.WAITING)
        except Unsure as error:
            return _moved(desk, job, PrintState.UNSURE, condition=error.condition)
        except PrinterError as error:
            return _moved(desk, job, PrintState.FAILED, condition=error.condition)
        return _moved(desk, job, PrintState.SENT, printer_job=number)

    def _followed(self, desk: Desk, job: PrintJob) -> PrintJob | None:
        wire = _wire(desk, job)
        sight = next(wire.follow(job.printer_job or 0, name=job.title, within=0))
        self.sights[job.id] = sight.condition
        if sight.printed:
            return _moved(desk, job, PrintState.PRINTED, act="follow_print", condition=None)
        if sight.condition.id in _DOUBTFUL:
            return _moved(desk, job, PrintState.UNSURE, act="follow_print", condition=sight.condition.id)
        if sight.condition.id == "out_of_sight":
            self._leave_alone(job, sight.condition)
        return None

    def _leave_alone(self, job: PrintJob, condition: Condition) -> None:
        self.sights[job.id] = condition
        self._not_before[job.printer] = self.monotonic() + _LEFT_ALONE


def live(desk: Desk) -> list[PrintJob]:
    """The jobs of this window that are on their way, in the order they were asked for."""
    with desk.reading() as reading:
        return reading.print_jobs.query(sql.LIVE, window=desk.window)


def _moved(
    desk: Desk, job: PrintJob, to: PrintState, *, act: str = "send_print", **fields: Any
) -> PrintJob | None:
    """The job in its next state; None if a person was faster."""
    try:
        with desk.carrying_out(act) as work:
            now = print_jobs.find(work, job.id)
            if now.state != job.state:
                raise _Overtaken
            if to == PrintState.SENT:
                fields["sent_at"] = work.now
            return print_jobs.move(work, now, act, to, **fields)
    except _Overtaken:
        return None


class _Overtaken(Exception):
    """Somebody has moved the job meanwhile; the transaction has nothing to do and leaves no entry."""


def _bytes(desk: Desk, job: PrintJob) -> tuple[bytes | None, str]:
    """What to print; or why there is nothing to print any more."""
    with desk.reading() as reading:
        paper = reading.papers.get(job.paper)
        if paper is None or paper.state == PaperState.VOID:
            return None, VOID
        body = reading.paper_bodies.get(job.paper)
        return (body.pdf if body else None), GONE


def _wire(desk: Desk, job: PrintJob) -> client.Printer:
    with desk.reading() as reading:
        return printers.wire(printers.find(reading, job.printer))


def _media(pdf: bytes) -> Any:
    from integrations.printers.messages import Media
    from printing import reading

    return Media(*reading.size(pdf))
