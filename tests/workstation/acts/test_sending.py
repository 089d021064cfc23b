"""Print jobs on the wire: given once, followed to their end, and never sent again where nobody knows."""

from __future__ import annotations

import errno
import os
from dataclasses import replace

import pytest

from integrations.printers import client
from tests import builders
from tests.builders import a_case, paper_of
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import making, papers, print_jobs, printing, sending, verification
from workstation.acts.desk import Desk
from workstation.acts.sending import Sender
from workstation.domain.case import CaseState
from workstation.domain.paper import PaperState
from workstation.domain.printing import PrintJob, PrintState
from workstation.errors import OutsideFailed
from workstation.store.filelock import FileLock


class PowerCut(BaseException):
    """The process ends here."""


@pytest.fixture
def slip(routed: Desk) -> str:
    """The number of an intake slip on its way to the printer."""
    return paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip").number


def the_job(desk: Desk, number: str) -> PrintJob:
    """The latest attempt with a face."""
    return printing.listed(desk, of=number)[-1]


def rounds(desk: Desk, sender: Sender, count: int = 4) -> list[str]:
    """The states that so many rounds lead to."""
    return [job.state for _ in range(count) for job in sender.round(desk)]


def head(desk: Desk) -> int:
    """How many entries the journal has."""
    return builders.head(desk)[0]


def test_a_job_is_given_once_and_followed_to_its_end(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """*Printed* is told when the printer has seen the end; the bytes are those that are stored."""
    states = rounds(routed, Sender())

    assert states == [PrintState.SENT, PrintState.PRINTED]
    (received,) = laser.asked("print")
    assert received.document == papers.pdf_of(routed, slip)[1]
    assert received.number("media-col/media-size/x-dimension") == 21000
    assert received.number("media-col/media-size/y-dimension") == 29700
    job = the_job(routed, slip)
    assert (job.printer_job, job.ended_by, job.condition) == (1, None, None)
    assert verification.verify(routed).difference is None


def test_what_goes_to_a_printer_does_not_lie_in_the_tray(routed: Desk, slip: str) -> None:
    """From there it would be printed a second time."""
    assert not (routed.tray / f"{slip}.pdf").exists()
    assert papers.path_of(routed, builders.paper_of(routed, the_case(routed, slip), "intake_slip")) is None


def the_case(desk: Desk, number: str) -> str:
    """The case a face belongs to."""
    with desk.reading() as reading:
        paper = reading.papers.get(number)
    assert paper is not None
    return paper.object


def test_nothing_to_print_touches_neither_wire_nor_journal(desk: Desk) -> None:
    """A window without jobs costs one look."""
    before = head(desk)

    assert Sender().round(desk) == []

    assert head(desk) == before
    assert not desk.tray.with_name("printing.lock").exists()


def test_without_paper_the_job_waits_in_the_printer(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """The clerk is told what to do; refilled, it goes on by itself."""
    laser.paper = False
    sender = Sender()
    states = rounds(routed, sender)

    assert states == [PrintState.SENT]
    assert sender.sights[the_job(routed, slip).id].id == "out_of_paper"

    laser.paper = True
    assert rounds(routed, sender) == [PrintState.PRINTED]
    assert len(laser.asked("print")) == 1


def test_a_printer_that_is_off_leaves_the_job_waiting(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """Nothing was given: no entry in the journal, no second try within seconds, and then it prints."""
    laser.script = ["cut before reading"]
    now = [0.0]
    sender = Sender(monotonic=lambda: now[0])
    before = head(routed)

    assert rounds(routed, sender) == []

    assert head(routed) == before
    assert sender.sights[the_job(routed, slip).id].id == "unreachable"
    now[0] = 60.0
    assert rounds(routed, sender) == [PrintState.SENT, PrintState.PRINTED]


def test_a_busy_printer_is_asked_again_later(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """Busy says that nothing was taken: the job waits on."""
    laser.busy = 1
    now = [0.0]
    sender = Sender(monotonic=lambda: now[0])

    assert rounds(routed, sender) == [PrintState.WAITING]

    assert sender.sights[the_job(routed, slip).id].id == "busy"
    now[0] = 60.0
    assert rounds(routed, sender) == [PrintState.SENT, PrintState.PRINTED]


@pytest.mark.parametrize("line", ["cut after reading", "cut in the answer", b"nonsense"])
def test_a_cut_while_it_is_given_asks_a_person(
    routed: Desk, slip: str, laser: FakePrinter, line: str | bytes
) -> None:
    """The printer may have it: nobody sends it again before somebody has looked."""
    laser.script = ["", "", line]  # asked, would it print; then the paper
    sender = Sender()

    assert rounds(routed, sender) == [PrintState.UNSURE]

    assert len(laser.asked("print")) == 1
    job = the_job(routed, slip)
    assert job.condition == "unsure"
    assert "有没有出纸" in printing.reason(job)


def test_a_refusal_is_told_and_nothing_was_printed(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """The printer would take other paper for it; the job has failed, and can go elsewhere."""
    laser.ignores_media = True

    assert rounds(routed, Sender()) == [PrintState.FAILED]

    assert laser.asked("print") == []
    assert the_job(routed, slip).condition == "refused"


@pytest.mark.parametrize("end", ["aborted", "canceled"])
def test_an_end_that_is_not_a_good_one_asks_a_person(
    routed: Desk, slip: str, laser: FakePrinter, end: str
) -> None:
    """Half a sheet may be out; how the printer put it is kept."""
    laser.ends = end

    assert rounds(routed, Sender()) == [PrintState.SENT, PrintState.UNSURE]

    assert the_job(routed, slip).condition == end


def test_a_job_the_printer_does_not_know_any_more_asks_a_person(
    routed: Desk, slip: str, laser: FakePrinter
) -> None:
    """Somebody switched it off and on."""
    sender = Sender()
    sender.round(routed)
    laser.jobs.clear()

    assert rounds(routed, sender) == [PrintState.UNSURE]

    assert the_job(routed, slip).condition == "lost"


def test_another_job_under_its_number_is_not_taken_for_it(
    routed: Desk, slip: str, laser: FakePrinter
) -> None:
    """A printer that was restarted counts anew: the name tells."""
    sender = Sender()
    sender.round(routed)
    laser.jobs[1].name = "somebody else's"

    assert rounds(routed, sender) == [PrintState.UNSURE]


@pytest.mark.parametrize("moment", ["submit", "after"])
def test_a_program_killed_while_sending_asks_at_the_next_start(
    routed: Desk, slip: str, laser: FakePrinter, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first byte the ledger says `sending`: what came of it nobody knows, so nothing is sent."""
    submit = client.Printer.submit

    def cut(self: client.Printer, *args: object, **kwargs: object) -> int:
        if moment == "after":
            submit(self, *args, **kwargs)  # type: ignore[arg-type]
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(client.Printer, "submit", cut)
        with pytest.raises(PowerCut):
            Sender().round(routed)
    sent = len(laser.asked("print"))

    assert the_job(routed, slip).state == PrintState.SENDING
    assert rounds(routed, Sender()) == [PrintState.UNSURE]
    assert the_job(routed, slip).condition == sending.KILLED
    assert len(laser.asked("print")) == sent
    assert verification.verify(routed).difference is None


def test_a_program_killed_while_following_goes_on_with_the_same_job(
    routed: Desk, slip: str, laser: FakePrinter
) -> None:
    """The job's number stands in the ledger."""
    Sender().round(routed)

    assert rounds(routed, Sender()) == [PrintState.PRINTED]

    assert len(laser.asked("print")) == 1


def test_only_one_program_sends_at_a_time(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """While another one is at it, nothing is touched."""
    lock = FileLock(routed.tray.with_name("printing.lock"))
    lock.acquire(0)

    assert rounds(routed, Sender()) == []

    lock.close()
    assert laser.received == []
    assert the_job(routed, slip).state == PrintState.WAITING


def test_a_lock_that_cannot_be_made_is_told(routed: Desk, slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file system is read-only, or full."""

    def refused(*_: object) -> int:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "open", refused)

    with pytest.raises(OutsideFailed) as caught:
        Sender().round(routed)

    builders.assert_explained(caught.value, "printing-lock")


def test_a_face_that_became_void_meanwhile_is_not_printed(
    routed: Desk, slip: str, laser: FakePrinter
) -> None:
    """Its copy is; the former job says why it ended."""
    copy = papers.reprint(routed, slip, reason="lost")

    states = rounds(routed, Sender())

    assert states == [PrintState.CANCELED, PrintState.SENT, PrintState.PRINTED]
    assert the_job(routed, slip).condition == sending.VOID
    (received,) = laser.asked("print")
    assert received.document == papers.pdf_of(routed, copy.number)[1]


def test_a_job_a_person_has_moved_meanwhile_is_left_alone(
    routed: Desk, slip: str, laser: FakePrinter
) -> None:
    """Between the look and the act somebody has cancelled it."""
    job = the_job(routed, slip)
    printing.cancel_print(routed, job.id)

    assert sending._moved(routed, job, PrintState.SENDING) is None

    assert the_job(routed, slip).state == PrintState.CANCELED


def test_several_papers_go_in_the_order_they_were_asked_for(routed: Desk, laser: FakePrinter) -> None:
    """Three hand-ins, three slips."""
    numbers = [
        paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip").number for _ in range(3)
    ]

    rounds(routed, Sender())

    titles = [received.text("job-name") for received in laser.asked("print")]
    assert titles == [the_job(routed, number).title for number in numbers]
    assert all(the_job(routed, number).state == PrintState.PRINTED for number in numbers)


def test_the_name_at_the_printer_holds_no_long_run_of_digits(routed: Desk, slip: str) -> None:
    """Some queues take such a run for a number to dial, and all cut a name of more than 64."""
    title = the_job(routed, slip).title

    assert title.isascii()
    assert len(title) <= 64
    assert max(map(len, title.split())) < 11
    assert title.endswith("-1")


def test_a_held_queue_follows_what_is_out_and_gives_nothing_more(routed: Desk, laser: FakePrinter) -> None:
    """Stopped between two papers: the first comes to its end, the second waits until one goes on."""
    first = paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip").number
    sender = Sender()
    sender.round(routed)
    second = paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip").number

    sender.held = True
    rounds(routed, sender)
    held = [the_job(routed, number).state for number in (first, second)]
    sender.held = False
    rounds(routed, sender)

    assert held == [PrintState.PRINTED, PrintState.WAITING]
    assert the_job(routed, second).state == PrintState.PRINTED


def test_a_desk_that_only_looks_sends_nothing(routed: Desk, slip: str, laser: FakePrinter) -> None:
    """Inspectors' desks leave jobs to the others."""
    with builders.refused(routed, "read-only"):
        Sender().round(replace(routed, readonly=True))

    assert laser.asked("print") == []


def test_a_face_drawn_after_an_interruption_has_its_job(
    routed: Desk, laser: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise and job are one transaction with the bytes: neither is there without the other."""

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(making, "draw", cut)
        with pytest.raises(PowerCut):
            a_case(routed, CaseState.REGISTERED)
    (left,) = [p for p in papers.listed(routed, None) if p.state == PaperState.PROMISED]
    assert printing.listed(routed, of=left.number) == []

    routed.make_promised()

    assert the_job(routed, left.number).state == PrintState.WAITING
    with routed.reading() as reading:
        assert print_jobs.find(reading, f"{left.number}-1").printer == "激光机"
