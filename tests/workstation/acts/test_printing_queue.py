"""The queue as a screen asks for it: jobs with their faces, where a face could go, and where its sheet is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_case, at, paper_of, refused
from tests.integrations.printers.fake_printer import FakePrinter
from workstation.acts import calibrating, papers, print_jobs, printers, printing, stocks
from workstation.acts.desk import Desk
from workstation.acts.sending import Sender
from workstation.domain.case import CaseState
from workstation.domain.paper import Paper
from workstation.domain.printing import PrintJob, PrintState
from workstation.errors import OutsideFailed, Refused


@pytest.fixture
def slip(routed: Desk) -> Paper:
    """An intake slip on its way to the printer."""
    return paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip")


def the_job(desk: Desk, paper: Paper) -> PrintJob:
    """The latest attempt with a face."""
    return printing.listed(desk, of=paper.number)[-1]


def failed(desk: Desk, paper: Paper) -> PrintJob:
    """Its job, refused by the printer."""
    job = the_job(desk, paper)
    for to in (PrintState.SENDING, PrintState.FAILED):
        with desk.carrying_out("send_print") as work:
            job = print_jobs.move(work, print_jobs.find(work, job.id), "send_print", to)
    return job


def queued(desk: Desk) -> list[str]:
    """The ids of the jobs in the queue."""
    return [one.job.id for one in printing.queue(desk)]


def test_each_job_comes_with_its_face(routed: Desk, slip: Paper) -> None:
    """Two questions to the store, however many there are."""
    a_case(routed, CaseState.REGISTERED)

    found = printing.queue(routed)

    assert [one.job for one in found] == printing.listed(routed)
    assert [one.paper.number for one in found] == [one.job.paper for one in found]
    assert found[0].paper == slip


def test_nobody_at_the_desk_sees_no_queue(routed: Desk, slip: Paper) -> None:
    """Faces carry the numbers of cases."""
    for look in (printing.queue, lambda desk: printing.places(desk, slip.number)):
        with refused(builders.nobody(routed), "nobody-signed-in"):
            look(builders.nobody(routed))


def test_what_failed_is_in_the_queue_until_something_else_is_begun(routed: Desk, slip: Paper) -> None:
    """Else it would ask for a person for ever."""
    job = failed(routed, slip)
    assert queued(routed) == [job.id]

    printing.print_paper(routed, slip.number)

    tomorrow(routed)
    assert queued(routed) == [the_job(routed, slip).id] != [job.id]


def test_what_failed_leaves_the_queue_with_its_face(routed: Desk, slip: Paper) -> None:
    """A void face is not to be printed."""
    failed(routed, slip)
    copy = papers.reprint(routed, slip.number, reason="lost")

    tomorrow(routed)

    assert queued(routed) == [the_job(routed, copy).id]


def tomorrow(desk: Desk) -> None:
    """A day later, on which nothing of today ended."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += 24 * 60 * 60 * 1000


def test_what_failed_is_cancelled_when_nobody_wants_it(routed: Desk, slip: Paper) -> None:
    """It can still be printed later."""
    job = failed(routed, slip)

    assert printing.cancel_print(routed, job.id).state == PrintState.CANCELED

    assert printing.print_paper(routed, slip.number).number == slip.number


def test_what_did_not_come_out_is_taken_out_of_the_printer(
    routed: Desk, slip: Paper, laser: FakePrinter
) -> None:
    """Without paper it waits in there: refilled it would come out beside the one printed instead."""
    laser.paper = False
    Sender().round(routed)

    ended = printing.confirm_print(routed, the_job(routed, slip).id, printed=False)

    assert (ended.state, printing.reason(ended)) == (PrintState.FAILED, "由 1001 确认")
    assert [job.state for job in laser.jobs.values()] == ["canceled"]


def test_what_came_out_is_not_asked_back(routed: Desk, slip: Paper, laser: FakePrinter) -> None:
    """The printer may be at the next one."""
    Sender().round(routed)

    printing.confirm_print(routed, the_job(routed, slip).id, printed=True)

    assert laser.asked("cancel") == []


def test_what_has_ended_in_the_printer_needs_no_taking_out(
    routed: Desk, slip: Paper, laser: FakePrinter
) -> None:
    """It says no to that, and is right."""
    Sender().round(routed)
    laser.jobs[1].state = "aborted"

    assert printing.confirm_print(routed, the_job(routed, slip).id, printed=False).state == PrintState.FAILED


def test_a_printer_that_cannot_be_asked_back_is_told_of(
    routed: Desk, slip: Paper, laser: FakePrinter
) -> None:
    """The answer is kept all the same; whoever gave it learns that a sheet may still come."""
    Sender().round(routed)
    laser.script = ["cut before reading"]

    with pytest.raises(Refused) as caught:
        printing.confirm_print(routed, the_job(routed, slip).id, printed=False)

    builders.assert_explained(caught.value, "print-not-withdrawn")
    assert "可能还会打出这一张" in caught.value.next
    assert the_job(routed, slip).state == PrintState.FAILED


def test_an_answered_job_is_not_said_to_be_unknown(routed: Desk, slip: Paper, laser: FakePrinter) -> None:
    """What the printer left open a person has closed."""
    laser.script = ["", "", "cut after reading"]
    Sender().round(routed)

    ended = printing.confirm_print(routed, the_job(routed, slip).id, printed=True)

    assert printing.reason(ended) == "由 1001 确认"


def test_attempts_are_in_their_order_beyond_the_ninth(routed: Desk, slip: Paper) -> None:
    """By key the tenth would stand before the second."""
    for _ in range(10):
        printing.cancel_print(routed, the_job(routed, slip).id)
        printing.print_paper(routed, slip.number)

    ids = [job.id for job in printing.listed(routed, of=slip.number)]

    assert ids == [f"{slip.number}-{ordinal}" for ordinal in range(1, 12)]


# --- where it could go, and where it is


def test_a_printer_of_other_dots_or_offsets_takes_a_copy(routed: Desk, slip: Paper) -> None:
    """Told before it is chosen; what is retired is no place."""
    supervisor = at(routed, "2001")
    for name, dpi in (("同样", 203), ("细", 600), ("旧", 203)):
        printers.add(supervisor, name, "ipp://127.0.0.1:9/", dpi=dpi)
    printers.retire(supervisor, "旧")

    found = {place.printer.name: place.anew for place in printing.places(routed, slip.number)}

    assert found == {"激光机": False, "同样": False, "细": True}


def test_a_correction_of_the_stock_makes_another_face(routed: Desk) -> None:
    """The same dots, moved by a millimetre, are other bytes."""
    supervisor = at(routed, "2001")
    envelope = paper_of(routed, builders.an_envelope(routed).number, "envelope")
    assert [place.anew for place in printing.places(routed, envelope.number)] == [False]

    calibrating.calibrate(supervisor, "激光机", stocks.USUAL, left=19.0, top=20.0)

    assert [place.anew for place in printing.places(routed, envelope.number)] == [True]


def test_a_reply_slip_goes_where_its_sheet_goes(routed: Desk) -> None:
    """It stands on the packing list; a void face goes nowhere."""
    number = builders.an_envelope(routed).number
    slip, sheet = (paper_of(routed, number, kind) for kind in ("reply_slip", "packing_list"))

    assert printing.places(routed, slip.number) == printing.places(routed, sheet.number)

    papers.reprint(routed, sheet.number, reason="lost")
    with refused(routed, "paper-void"):
        printing.places(routed, slip.number)


def test_where_a_sheet_is_told_with_how_its_printing_stands(
    routed: Desk, slip: Paper, laser: FakePrinter
) -> None:
    """On a printer by its last attempt; else in the tray."""
    assert printing.whereabouts(routed, slip) == "打印机“激光机”：待打印"
    sender = Sender()
    for _ in range(4):
        sender.round(routed)
    assert printing.whereabouts(routed, slip) == "打印机“激光机”：已打印"

    envelope = paper_of(routed, builders.an_envelope(routed).number, "envelope")
    assert printing.whereabouts(routed, envelope).startswith("出纸盘：")
    assert len(laser.asked("print")) == 1


# --- calibration without a printer of ours, and windows there are not


def test_the_calibration_sheet_is_laid_into_the_tray(desk: Desk) -> None:
    """The same sheet as a printer of those dots gets, under its stock's name."""
    path = calibrating.lay_out(at(desk, "2001"), "ZL", dpi=300)

    assert path == desk.tray.absolute() / "calibration-ZL.pdf"
    assert path.read_bytes() == calibrating.sheet(desk, "ZL", dpi=300)


def test_distances_are_turned_into_tenths_before_anything_is_kept(desk: Desk) -> None:
    """Nothing is written; what cannot be is refused as when it is kept."""
    with refused(desk, "offset-too-far"):
        calibrating.offsets(90.0, 20.0)
    with refused(desk, "distance-missing"):
        calibrating.offsets(20.0, None)

    assert calibrating.offsets(18.5, 20.3) == (15, -3)


def test_a_sheet_that_did_not_come_out_is_told_with_what_to_do() -> None:
    """Where the printer says nothing of it, whoever stands before it looks."""
    from integrations.printers.states import CONDITIONS

    for name in ("out_of_paper", "processing"):
        error = calibrating.not_printed("激光机", CONDITIONS[name])
        assert isinstance(error, OutsideFailed)
        builders.assert_explained(error, "calibration-not-printed")
        assert CONDITIONS[name].what in error.why


def test_a_printer_that_was_changed_meanwhile_is_named(desk: Desk) -> None:
    """It has no number, only its name; who changed it is told."""
    supervisor = at(desk, "2001")
    seen = printers.add(supervisor, "激光机", "ipp://127.0.0.1:9/", dpi=203).version
    printers.change(at(desk, "3001"), "激光机", dpi=300)

    with refused(supervisor, "changed-meanwhile") as caught:
        printers.retire(replace(supervisor, seen=seen), "激光机")

    assert "激光机" in caught.value.what
    assert "3001" in caught.value.why


@pytest.mark.parametrize("window", [0, 100, -1])
def test_a_window_no_number_has_room_for_gets_no_route(desk: Desk, window: int) -> None:
    """Two digits of a number are its window."""
    supervisor = at(desk, "2001")
    with refused(supervisor, "window-impossible"):
        printers.set_route(supervisor, "sheet", printer=None, window=window)
