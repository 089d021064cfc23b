"""Printing by hand: never two sheets of one number, another printer, cancelled, and what a person saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from integrations.printers.states import CONDITIONS
from tests import builders
from tests.builders import a_case, paper_of, refused
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import papers, printers, printing, sending, verification
from workstation.acts.desk import Desk
from workstation.acts.sending import Sender
from workstation.domain.case import CaseState
from workstation.domain.paper import Paper, PaperState
from workstation.domain.printing import PrintJob, PrintState
from workstation.errors import Refused


@pytest.fixture
def spare(desk: Desk) -> Iterator[FakePrinter]:
    """A second printer, with finer dots."""
    with FakePrinter() as printer:
        printers.add(builders.at(desk, "2001"), "备用机", printer.uri, dpi=600)
        yield printer


@pytest.fixture
def twin(desk: Desk) -> Iterator[FakePrinter]:
    """A second printer just like the first."""
    with FakePrinter() as printer:
        printers.add(builders.at(desk, "2001"), "同型机", printer.uri, dpi=203)
        yield printer


def a_slip(desk: Desk) -> str:
    """The number of an intake slip."""
    return paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip").number


def the_job(desk: Desk, number: str) -> PrintJob:
    """The latest attempt with a face."""
    return printing.listed(desk, of=number)[-1]


def the_paper(desk: Desk, number: str) -> Paper:
    """A face, live or void."""
    with desk.reading() as reading:
        paper = reading.papers.get(number)
    assert paper is not None
    return paper


def unsure(desk: Desk, laser: FakePrinter) -> PrintJob:
    """A job of which nobody knows whether it came out."""
    number = a_slip(desk)
    laser.script = ["", "", "cut after reading"]
    Sender().round(desk)
    return the_job(desk, number)


def worked_off(desk: Desk) -> None:
    """Give the printers the time they need."""
    sender = Sender()
    for _ in range(5):
        sender.round(desk)


def test_a_paper_of_the_tray_is_printed_by_name(desk: Desk, laser: FakePrinter) -> None:
    """It leaves the tray, so that it does not come out of both."""
    number = a_slip(desk)
    printers.add(builders.at(desk, "2001"), "激光机", laser.uri, dpi=203)
    assert (desk.tray / f"{number}.pdf").exists()

    going = printing.print_paper(desk, number, printer="激光机")
    worked_off(desk)

    assert (going.number, going.printer) == (number, "激光机")
    assert not (desk.tray / f"{number}.pdf").exists()
    assert the_job(desk, number).state == PrintState.PRINTED


def test_without_a_printer_named_or_routed_it_is_asked_for(desk: Desk) -> None:
    """The tray is the default, and prints nothing by itself."""
    number = a_slip(desk)

    with refused(desk, "printer-missing"):
        printing.print_paper(desk, number)


def test_what_waits_is_not_queued_twice(routed: Desk) -> None:
    """The refusal names the job."""
    number = a_slip(routed)

    with refused(routed, "print-waiting") as caught:
        printing.print_paper(routed, number)

    assert the_job(routed, number).id in caught.value.why


@pytest.mark.parametrize("after", [1, 5])
def test_what_may_exist_is_not_printed_again(routed: Desk, laser: FakePrinter, after: int) -> None:
    """Given to the printer or printed: a second sheet under the same number would be a double."""
    number = a_slip(routed)
    sender = Sender()
    for _ in range(after):
        sender.round(routed)

    with refused(routed, "print-exists") as caught:
        printing.print_paper(routed, number)

    assert "补打" in caught.value.next
    assert len(laser.asked("print")) == 1


def test_a_person_who_has_looked_may_print_it_again(routed: Desk, laser: FakePrinter) -> None:
    """Nothing came out: the same face goes once more, as a second attempt."""
    job = unsure(routed, laser)
    with refused(routed, "print-exists"):
        printing.print_paper(routed, job.paper)

    looked = printing.confirm_print(routed, job.id, printed=False)
    printing.print_paper(routed, job.paper)
    worked_off(routed)

    assert (looked.state, looked.ended_by) == (PrintState.FAILED, "1001")
    assert [j.state for j in printing.listed(routed, of=job.paper)] == [PrintState.FAILED, PrintState.PRINTED]
    assert "1001" in printing.reason(replace(looked, condition=None))
    assert verification.verify(routed).difference is None


def test_a_person_who_has_it_in_hand_ends_the_question(routed: Desk, laser: FakePrinter) -> None:
    """It counts as printed, and no second one comes."""
    job = unsure(routed, laser)

    printing.confirm_print(routed, job.id, printed=True)

    assert the_job(routed, job.paper).state == PrintState.PRINTED
    with refused(routed, "print-exists"):
        printing.print_paper(routed, job.paper)


def test_what_has_ended_is_not_confirmed_again(routed: Desk, laser: FakePrinter) -> None:
    """The printer has told already."""
    number = a_slip(routed)
    worked_off(routed)

    with refused(routed, "wrong-state"):
        printing.confirm_print(routed, the_job(routed, number).id, printed=False)


def test_a_waiting_job_goes_to_a_printer_of_the_same_kind_as_it_is(
    routed: Desk, laser: FakePrinter, twin: FakePrinter
) -> None:
    """Same dots, same offsets: the same bytes under the same number."""
    number = a_slip(routed)

    going = printing.move_print(routed, the_job(routed, number).id, printer="同型机")
    worked_off(routed)

    assert going.number == number
    assert (len(laser.asked("print")), len(twin.asked("print"))) == (0, 1)
    states = [(job.printer, job.state) for job in printing.listed(routed, of=number)]
    assert states == [("激光机", PrintState.CANCELED), ("同型机", PrintState.PRINTED)]
    assert the_paper(routed, number).printer == "同型机"


def test_other_dots_make_another_face(routed: Desk, laser: FakePrinter, spare: FakePrinter) -> None:
    """Never a rescale: 副本 2 drawn for 600 dpi, the former void, and only the copy is printed."""
    number = a_slip(routed)

    copy = printing.move_print(routed, the_job(routed, number).id, printer="备用机")
    worked_off(routed)

    assert (copy.copy, copy.dpi, copy.reason, copy.replaces) == (2, 600, "other_printer", number)
    former = the_paper(routed, number)
    assert (former.state, former.replaced_by) == (PaperState.VOID, copy.number)
    assert (len(laser.asked("print")), len(spare.asked("print"))) == (0, 1)
    assert the_job(routed, copy.number).state == PrintState.PRINTED


def test_a_job_in_the_printer_is_not_moved(routed: Desk, laser: FakePrinter, twin: FakePrinter) -> None:
    """It may be coming out at this moment."""
    number = a_slip(routed)
    Sender().round(routed)

    with refused(routed, "print-not-movable"):
        printing.move_print(routed, the_job(routed, number).id, printer="同型机")


def test_a_failed_job_is_moved(routed: Desk, laser: FakePrinter, twin: FakePrinter) -> None:
    """The printer had said no, so nothing came of it."""
    laser.ignores_media = True
    number = a_slip(routed)
    worked_off(routed)
    assert the_job(routed, number).state == PrintState.FAILED

    printing.move_print(routed, the_job(routed, number).id, printer="同型机")
    worked_off(routed)

    assert the_job(routed, number).state == PrintState.PRINTED


def test_a_waiting_job_is_cancelled(routed: Desk, laser: FakePrinter) -> None:
    """Nothing goes out, and it can be printed later."""
    number = a_slip(routed)

    printing.cancel_print(routed, the_job(routed, number).id)
    worked_off(routed)

    assert the_job(routed, number).state == PrintState.CANCELED
    assert laser.asked("print") == []
    printing.print_paper(routed, number)
    worked_off(routed)
    assert the_job(routed, number).state == PrintState.PRINTED


def test_a_job_in_the_printer_is_cancelled_there_and_asked_about(routed: Desk, laser: FakePrinter) -> None:
    """Whether a sheet came out before, a person has to see."""
    laser.holds = True
    number = a_slip(routed)
    sender = Sender()
    sender.round(routed)

    printing.cancel_print(routed, the_job(routed, number).id)
    sender.round(routed)

    job = the_job(routed, number)
    assert len(laser.asked("cancel")) == 1
    assert (job.state, job.condition) == (PrintState.UNSURE, "canceled")


def test_a_printer_that_does_not_answer_a_cancel_is_told(routed: Desk, laser: FakePrinter) -> None:
    """That somebody wanted it is kept; what is true, the printer tells."""
    number = a_slip(routed)
    Sender().round(routed)
    laser.script = ["cut before reading"]

    with pytest.raises(Refused) as caught:
        printing.cancel_print(routed, the_job(routed, number).id)

    builders.assert_explained(caught.value, "print-not-withdrawn")
    assert the_job(routed, number).condition == "cancel_asked"


def test_a_void_face_is_not_printed(routed: Desk) -> None:
    """The refusal names the one that replaced it."""
    number = a_slip(routed)
    copy = papers.reprint(routed, number, reason="lost")

    with refused(routed, "paper-void") as caught:
        printing.print_paper(routed, number)

    assert copy.number in caught.value.why


def test_a_retired_printer_takes_nothing(routed: Desk) -> None:
    """Its route leads to the tray from then on; a paper drawn for it is told where to go."""
    printers.retire(builders.at(routed, "2001"), "激光机")
    number = a_slip(routed)

    assert the_paper(routed, number).printer is None
    with refused(routed, "printer-retired"):
        printing.print_paper(routed, number, printer="激光机")


def test_somebody_who_was_faster_is_named(routed: Desk) -> None:
    """A job that changed after it was looked at is not cancelled under one's eyes."""
    job = the_job(routed, a_slip(routed))
    printing.cancel_print(routed, job.id)

    with refused(routed, "changed-meanwhile"):
        printing.cancel_print(replace(routed, seen=job.version), job.id)


def test_unknown_jobs_and_papers_are_refused_by_name(routed: Desk) -> None:
    """Each with a way to find the right one."""
    with refused(routed, "print_job-not-found"):
        printing.cancel_print(routed, "43502031012632400012-1")
    with refused(routed, "paper-not-found"):
        printing.listed(routed, of="43502031012632400012")


def test_the_queue_shows_what_is_on_its_way_and_what_ended_today(routed: Desk, laser: FakePrinter) -> None:
    """Jobs of other windows are theirs."""
    first = a_slip(routed)
    worked_off(routed)
    second = a_slip(routed)

    assert [job.paper for job in printing.listed(routed)] == [first, second]
    assert printing.listed(replace(routed, window=2)) == []


def test_every_condition_has_words(routed: Desk) -> None:
    """Those of the printer and those of ours."""
    job = the_job(routed, a_slip(routed))
    ours = {sending.KILLED, sending.VOID, sending.GONE, "moved", "cancel_asked"}
    for condition in {*CONDITIONS, *ours}:
        told = printing.reason(replace(job, condition=condition))
        assert told
        assert not told.isascii()
