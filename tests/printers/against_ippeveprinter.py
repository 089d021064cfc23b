"""Holds the fake printer's answers against those of ippeveprinter, the IPP Everywhere reference printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pytest

from integrations.printers import messages
from integrations.printers.client import Printer
from integrations.printers.messages import Content, Media, Message, Range, Value, Worded
from tests.integrations.printers.fake_printer import FakePrinter
from tests.printers.virtual import VirtualPrinter, until

PDF = b"%PDF-1.7\n%%EOF\n"
DL = Media(220, 110)

Shape = tuple[int, list[tuple[int, dict[str, list[object]]]]]


class Bench(Protocol):
    """What a scenario may do to a printer, the same for both."""

    @property
    def printer(self) -> Printer:
        """Our client at it."""

    def hold(self) -> None:
        """Let the next job stand in the middle of its printing."""

    def fail(self) -> None:
        """Let the next job be given up."""

    def empty(self) -> None:
        """Take the paper out."""

    def refill(self) -> None:
        """Put paper in, and let everything go on."""


@dataclass
class Real:
    """ippeveprinter in a process of its own."""

    virtual: VirtualPrinter

    @property
    def printer(self) -> Printer:
        """Our client at it."""
        return self.virtual.wire

    def hold(self) -> None:
        """The print command waits."""
        self.virtual.hold()

    def fail(self) -> None:
        """The print command fails."""
        self.virtual.fail()

    def empty(self) -> None:
        """The web form of the tray."""
        self.virtual.load(0)

    def refill(self) -> None:
        """Everything back as it was."""
        self.virtual.load(25)
        self.virtual.go_on()


@dataclass
class Fake:
    """The printer in this process."""

    printer: Printer
    fake: FakePrinter

    def hold(self) -> None:
        """It stands."""
        self.fake.holds, self.fake.first_state = True, "processing"

    def fail(self) -> None:
        """It gives up."""
        self.fake.ends = "aborted"

    def empty(self) -> None:
        """No paper."""
        self.fake.paper, self.fake.first_state = False, "processing"

    def refill(self) -> None:
        """As it was."""
        self.fake.paper, self.fake.holds, self.fake.ends = True, False, "completed"


@pytest.fixture
def real(virtual: VirtualPrinter) -> Real:
    """The reference printer, with nothing to do."""
    return Real(virtual)


def ask(bench: Bench, build: Callable[[str], Message]) -> Message:
    """One answer as it came, read by the client's codec."""
    return bench.printer._asked(build(bench.printer._ipp))


def printing(bench: Bench) -> tuple[int, Message]:
    """A paper is given; its number and the answer."""
    answer = ask(bench, lambda uri: messages.print_job(uri, PDF, name="P-1", media=DL))
    (number,) = answer.group(messages.JOB).values("job-id")
    assert isinstance(number, int)
    return number, answer


def ended(bench: Bench, number: int) -> Message:
    """The answer about a job after its end."""
    until(lambda: bench.printer.job(number).over)
    return ask(bench, lambda uri: messages.get_job(uri, number))


# ---- scenarios: what is answered, in order


def state(bench: Bench) -> list[Message]:
    """A printer with nothing to do."""
    return [ask(bench, messages.get_printer)]


def validated(bench: Bench) -> list[Message]:
    """Would it print this?"""
    return [ask(bench, lambda uri: messages.validate_job(uri, name="P-1", media=DL))]


def printed(bench: Bench) -> list[Message]:
    """A paper that goes well, and is canceled too late."""
    number, _ = printing(bench)
    return [ended(bench, number), ask(bench, lambda uri: messages.cancel_job(uri, number))]


def busy(bench: Bench) -> list[Message]:
    """A paper while another one is printing."""
    bench.hold()
    number, _ = printing(bench)
    until(lambda: bench.printer.job(number).state == "processing")
    if isinstance(bench, Fake):
        bench.fake.busy = 1
    second = ask(bench, lambda uri: messages.print_job(uri, PDF, name="P-2", media=DL))
    meanwhile = [ask(bench, lambda uri: messages.get_job(uri, number)), ask(bench, messages.get_printer)]
    bench.refill()
    return [second, *meanwhile, ended(bench, number)]


def canceled(bench: Bench) -> list[Message]:
    """A paper stopped in the middle."""
    bench.hold()
    number, _ = printing(bench)
    until(lambda: bench.printer.job(number).state == "processing")
    answer = ask(bench, lambda uri: messages.cancel_job(uri, number))
    bench.refill()
    return [answer, ended(bench, number)]


def aborted(bench: Bench) -> list[Message]:
    """A paper given up."""
    bench.fail()
    number, _ = printing(bench)
    answer = ended(bench, number)
    bench.refill()
    return [answer]


def out_of_paper(bench: Bench) -> list[Message]:
    """No paper, a job that wants some, paper again."""
    bench.empty()
    before = ask(bench, messages.get_printer)
    number, _ = printing(bench)
    until(lambda: "media-needed-warning" in bench.printer.state().reasons)
    meanwhile = [ask(bench, lambda uri: messages.get_job(uri, number)), ask(bench, messages.get_printer)]
    bench.refill()
    return [before, *meanwhile, ended(bench, number)]


def landscape(bench: Bench) -> list[Message]:
    """A medium that lies on its side."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Media, "hundredths", (22000, 11000))
        build = messages.validate_job
        return [
            ask(bench, lambda uri: build(uri, name="P-1", media=DL)),
            ask(bench, lambda uri: messages.print_job(uri, PDF, name="P-1", media=DL)),
        ]


def unknown(bench: Bench) -> list[Message]:
    """Jobs that never were."""
    return [
        ask(bench, lambda uri: messages.get_job(uri, 999)),
        ask(bench, lambda uri: messages.cancel_job(uri, 999)),
    ]


def old(bench: Bench) -> list[Message]:
    """The older version of IPP."""
    return [bench.printer._asked(Message(r.code, r.groups, version=(1, 1))) for r in requests(bench)]


def newer(bench: Bench) -> list[Message]:
    """A version of IPP that is still to come."""
    return [bench.printer._asked(Message(r.code, r.groups, version=(9, 0))) for r in requests(bench)]


def requests(bench: Bench) -> list[Message]:
    """One simple question."""
    return [messages.get_printer(bench.printer._ipp)]


SCENARIOS = [
    state, validated, printed, busy, canceled, aborted, out_of_paper, landscape, unknown, old, newer,
]  # fmt: skip


def shape(answer: Message) -> Shape:
    """What must be equal: status, groups, names, tags and contents, but not the counting of jobs."""
    groups = [
        (g.tag, {a.name: [told(a.name, v) for v in a.values] for a in g.attributes}) for g in answer.groups
    ]
    return answer.code, groups


def told(name: str, value: Value) -> object:
    """A value to compare; numbers of jobs differ, and words for people may."""
    content: Content = value.content
    if name in {"job-id", "status-message", "job-state-message"} or isinstance(content, Worded | Range):
        return value.tag
    return value.tag, content


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_both_answer_alike(real: Real, scenario: Callable[[Bench], list[Message]]) -> None:
    """Whatever the fast tests rely on is what the reference printer says."""
    with FakePrinter() as fake:
        ours = scenario(Fake(Printer(fake.uri), fake))

    theirs = scenario(real)

    assert [shape(answer) for answer in ours] == [shape(answer) for answer in theirs]
