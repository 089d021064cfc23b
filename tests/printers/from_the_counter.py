"""From the counter to the paper: acts promise papers, the sender gives them to real printers to their end.

What goes wrong on the way is made to go wrong at the printer, and is read off the jobs as a clerk would.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

import pytest

from integrations.printers.messages import Media
from tests import builders
from tests.printers import counter
from tests.printers.conftest import Told
from tests.printers.counter import ENVELOPES, SHEETS, Window, titles
from tests.printers.gate import UNTOLD, standing
from tests.printers.print_server import PrintServer
from tests.printers.virtual import VirtualPrinter
from workstation.acts import packing, printing
from workstation.domain.printing import PrintState

A5 = Media(148, 210)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A practice hall for all tests here."""
    founded = counter.founded(tmp_path_factory.mktemp("hall") / "home")
    yield founded
    founded.clerk.store.engine.close()


@pytest.fixture
def window(hall: Window, virtual: VirtualPrinter) -> Window:
    """Its window, with everything routed to the printer."""
    hall.route(virtual.uri)
    return hall


@pytest.mark.parametrize("way", ["printer", "queue"])
def test_registering_and_packing_print_by_themselves(
    window: Window, virtual: VirtualPrinter, serving: PrintServer, way: str
) -> None:
    """Every paper of a case is on paper once, each from its printer, and none lies in the tray."""
    window.route(virtual.uri if way == "printer" else serving.uri)
    case = builders.a_case(window.clerk)
    envelope = packing.pack(window.clerk, [builders.consignments_of(window.clerk, case.number)[0].id])

    window.empty()

    of_case = [job.paper for job in window.of(case)]
    papers = builders.papers_of(window.clerk, case.number) + builders.papers_of(window.clerk, envelope.number)
    kinds = {paper.number: paper.kind for paper in papers if not paper.sheet}
    jobs = [job for job in printing.listed(window.clerk) if job.paper in kinds]
    assert {kinds[job.paper]: job.printer for job in jobs} == {
        "intake_slip": SHEETS,
        "envelope": ENVELOPES,
        "packing_list": SHEETS,
    }
    assert {job.state for job in jobs} == {PrintState.PRINTED}
    assert set(of_case) <= set(kinds)
    assert titles(virtual) == Counter(job.title for job in jobs)
    assert list(window.clerk.tray.glob("*.pdf")) == []


def test_out_of_paper_is_told_and_a_refill_is_enough(window: Window, virtual: VirtualPrinter) -> None:
    """The job waits in the printer; nobody has to do anything but put paper in."""
    virtual.load(0)
    job = window.waiting()

    window.see(job, "out_of_paper")

    assert window.sender.sights[job.id].what == "打印机里没有所需的纸"
    assert "放入所需的纸" in window.sender.sights[job.id].next
    assert window.now(job).state == PrintState.SENT
    virtual.load(100)
    window.come_to(job, PrintState.PRINTED)
    assert titles(virtual)[job.title] == 1


def test_what_the_printer_gave_up_is_asked_about_and_printed_again(
    window: Window, virtual: VirtualPrinter
) -> None:
    """A failed print changes nothing: after a look the same face goes out once more, and once only."""
    virtual.fail()
    job = window.waiting()

    doubtful = window.come_to(job, PrintState.UNSURE)

    assert "打印机放弃了这次打印" in printing.reason(doubtful)
    virtual.go_on()
    assert window.look(virtual) == {"not there": 1}
    window.empty()
    assert [each.state for each in window.jobs() if each.paper == job.paper] == [
        PrintState.FAILED,
        PrintState.PRINTED,
    ]
    assert len(virtual.out()) == 1


def test_a_job_is_canceled_at_the_printer(window: Window, virtual: VirtualPrinter) -> None:
    """The printer is asked to drop it; its end is a person's to tell."""
    virtual.hold()
    job = window.come_to(window.waiting(), PrintState.SENT)

    printing.cancel_print(window.clerk, job.id)

    virtual.go_on()
    ended = window.come_to(job, PrintState.UNSURE)
    assert printing.reason(ended).startswith("这次打印已取消")
    printing.confirm_print(window.clerk, job.id, printed=bool(titles(virtual)[job.title]))


def test_a_busy_printer_gets_the_next_paper_later(window: Window, virtual: VirtualPrinter) -> None:
    """It says that it has taken nothing, so the paper waits here, and nobody is asked anything."""
    virtual.hold()
    first = window.come_to(window.waiting(), PrintState.SENT)
    second = window.waiting()

    window.see(second, "busy")

    assert window.now(second).state == PrintState.WAITING
    virtual.go_on()
    window.come_to(second, PrintState.PRINTED)
    assert titles(virtual) == {first.title: 1, second.title: 1}


def test_a_printer_that_dies_over_a_paper_has_forgotten_it(window: Window, virtual: VirtualPrinter) -> None:
    """While it is away the job is out of sight; when it is back it knows of nothing, and a person looks."""
    virtual.hold()
    job = window.come_to(window.waiting(), PrintState.SENT)
    virtual.kill()

    window.see(job, "out_of_sight")

    assert window.now(job).state == PrintState.SENT
    virtual.go_on()
    virtual.start()
    lost = window.come_to(job, PrintState.UNSURE)
    assert "打印机里已经没有这个任务" in printing.reason(lost)
    assert window.look(virtual) == {"not there": 1}
    window.empty()
    assert len(virtual.out()) == 1


def test_the_number_of_a_forgotten_job_is_no_mistake(window: Window, virtual: VirtualPrinter) -> None:
    """A printer counts from 1 again after it was switched off: another paper's end is not taken for ours."""
    virtual.kill()
    virtual.start()
    virtual.hold()
    job = window.come_to(window.waiting(), PrintState.SENT)
    virtual.kill()
    virtual.go_on()
    virtual.start()

    other = virtual.wire.submit(_pdf(window, job.paper), name="paper of another", media=A5)

    assert other == job.printer_job
    lost = window.come_to(job, PrintState.UNSURE)
    assert lost.condition == "lost"
    printing.confirm_print(window.clerk, job.id, printed=False)


def test_a_printer_that_is_off_leaves_the_paper_waiting(window: Window, virtual: VirtualPrinter) -> None:
    """Nothing has left, so nothing is asked, the journal stays as it is, and later it prints by itself."""
    virtual.kill()
    job = window.waiting()
    before = builders.head(window.clerk)

    window.see(job, "unreachable")

    assert builders.head(window.clerk) == before
    assert window.now(job).state == PrintState.WAITING
    virtual.start()
    window.come_to(job, PrintState.PRINTED)
    assert len(virtual.out()) == 1


@pytest.mark.parametrize(("share", "came"), [(0.5, "not there"), (UNTOLD, "there")])
def test_a_line_cut_over_a_paper_is_asked_about(
    window: Window, virtual: VirtualPrinter, share: float, came: str
) -> None:
    """Whether half or all of it had left, the program says that it does not know, and sends no second."""
    with standing(virtual.port) as gate:
        window.route(gate.uri)
        gate.strike_at(share)
        job = window.come_to(window.waiting(), PrintState.UNSURE)

        assert "不知道打出来没有" in printing.reason(job)
        assert gate.papers == 1
        window.round()
        assert gate.papers == 1
        assert window.look(virtual) == {came: 1}
        window.empty()
        assert len(virtual.out()) == 1


def test_what_a_job_takes(window: Window, virtual: VirtualPrinter, serving: PrintServer, told: Told) -> None:
    """From the first byte to the end seen, and from the promised paper on: printed each way."""
    for name, uri in (("a printer", virtual.uri), ("a queue", serving.uri)):
        window.route(uri)
        job = window.waiting()
        start = time.perf_counter()
        window.come_to(job, PrintState.PRINTED)
        told(f"one job from the ledger to its end, by {name}: {_ms(start)}")
    for name, wire in (("a printer", virtual.wire), ("a queue", serving.wire)):
        start = time.perf_counter()
        number = wire.submit(_pdf(window, job.paper), name="paper 1", media=A5)
        *_, last = wire.follow(number, name="paper 1", within=10, poll=0.002)
        told(f"one job by the client alone, by {name}: {_ms(start)}")
        assert last.printed


def _ms(start: float) -> str:
    return f"{1000 * (time.perf_counter() - start):.0f} ms"


def _pdf(window: Window, paper: str) -> bytes:
    with window.clerk.reading() as reading:
        body = reading.paper_bodies.get(paper)
    assert body is not None
    assert body.pdf is not None
    return body.pdf
