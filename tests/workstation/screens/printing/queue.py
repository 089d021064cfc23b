"""Windows whose papers go to printers, and print jobs in every state, for scenes and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests import builders
from tests.builders import a_case, at, paper_of
from workstation.acts import print_jobs, printers, printing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.printing import PrintJob, PrintState

#: An address where nothing listens.
NOWHERE = "ipp://127.0.0.1:9/ipp/print"
LASER = "激光机"


def routed(desk: Desk, uri: str = NOWHERE, *, name: str = LASER, dpi: int = 203) -> Desk:
    """The desk of a window whose sheets go to this printer."""
    with_printer(desk, uri, name=name, dpi=dpi)
    printers.set_route(at(desk, "2001"), "sheet", printer=name)
    return desk


def with_printer(desk: Desk, uri: str = NOWHERE, *, name: str, dpi: int = 203) -> None:
    """One more printer of the hall."""
    printers.add(at(desk, "2001"), name, uri, dpi=dpi)


def a_job(desk: Desk, state: str = PrintState.WAITING, *, condition: str | None = None) -> PrintJob:
    """An intake slip whose print job has come so far."""
    with builders.no_ink():
        number = a_case(desk, CaseState.REGISTERED).number
    job = jobs_of(desk, paper_of(desk, number, "intake_slip").number)[-1]
    for act, to in _ways(state):
        job = moved(desk, job, act, to)
    if condition is not None:
        with desk.carrying_out("follow_print") as work:
            found = print_jobs.find(work, job.id)
            job = work.print_jobs.save(_with(found, condition))
    return job


def jobs_of(desk: Desk, number: str) -> list[PrintJob]:
    """Every attempt with a face, the first one first."""
    return printing.listed(desk, of=number)


def moved(desk: Desk, job: PrintJob, act: str, to: str) -> PrintJob:
    """The job one step further, as a sender leaves it in the ledger."""
    with desk.carrying_out(act) as work:
        fields = {"printer_job": 7} if to == PrintState.SENT else {}
        return print_jobs.move(work, print_jobs.find(work, job.id), act, PrintState(to), **fields)


def _with(job: PrintJob, condition: str) -> PrintJob:
    return replace(job, condition=condition)


def _ways(state: str) -> Sequence[tuple[str, str]]:
    sending = ("send_print", PrintState.SENDING)
    sent = [sending, ("send_print", PrintState.SENT)]
    return {
        PrintState.WAITING: [],
        PrintState.SENDING: [sending],
        PrintState.SENT: sent,
        PrintState.PRINTED: [*sent, ("follow_print", PrintState.PRINTED)],
        PrintState.FAILED: [sending, ("send_print", PrintState.FAILED)],
        PrintState.UNSURE: [sending, ("send_print", PrintState.UNSURE)],
        PrintState.CANCELED: [("cancel_print", PrintState.CANCELED)],
    }[PrintState(state)]
