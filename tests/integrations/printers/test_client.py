"""The client against a printer in this process: papers that go well, and all that goes wrong on the way."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integrations.printers import (
    Busy,
    Lost,
    Misaddressed,
    PrinterError,
    Refused,
    Unreachable,
    Unreadable,
    Unsure,
    client,
    messages,
)
from integrations.printers.client import Printer, Sight
from integrations.printers.messages import Media
from tests.integrations.printers.fake_printer import FakePrinter

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300
ZL = Media(230, 120)
GARBAGE = b"<!DOCTYPE html><html>It works!</html>"


@dataclass
class Clock:
    """Time that passes only while somebody waits; what shall happen then is done one by one."""

    now: float = 0.0
    then: list[Callable[[], object]] = field(default_factory=list)

    def __call__(self) -> float:
        """What time it is."""
        return self.now

    def pause(self, seconds: float) -> None:
        """Wait."""
        self.now += seconds
        if self.then:
            self.then.pop(0)()


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    """A printer that stands ready."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def clock() -> Clock:
    """Midnight."""
    return Clock()


@pytest.fixture
def printer(fake: FakePrinter, clock: Clock) -> Printer:
    """The way to it."""
    return Printer(fake.uri, monotonic=clock, pause=clock.pause)


def submit(printer: Printer, patience: float = 0) -> int:
    """A paper is given to print."""
    return printer.submit(PDF, name="P-0001", media=ZL, patience=patience)


def follow(printer: Printer, number: int, within: float = 20) -> list[Sight]:
    """All that is seen of a job."""
    return list(printer.follow(number, name="P-0001", within=within))


def conditions(sights: list[Sight]) -> list[str]:
    """What the clerk is told, one after the other."""
    return [sight.condition.id for sight in sights]


def test_a_paper_is_printed(fake: FakePrinter, printer: Printer) -> None:
    """Given, queued, printing, done; the printer got exactly these bytes, once."""
    sights = follow(printer, submit(printer))

    (received,) = fake.asked("print")
    assert received.document == PDF
    assert received.headers["Content-Type"] == "application/ipp"
    assert "Transfer-Encoding" not in received.headers
    assert conditions(sights) == ["waiting", "processing", "completed"]
    assert [sight.printed for sight in sights] == [False, False, True]


def test_a_paper_is_asked_for_exactly(fake: FakePrinter, printer: Printer) -> None:
    """Medium, scaling, copies and name go with it, and nothing else that could name anybody."""
    submit(printer)

    (received,) = fake.asked("print")
    assert received.number("media-col/media-size/x-dimension") == 12000
    assert received.number("media-col/media-size/y-dimension") == 23000
    assert received.text("print-scaling") == "none"
    assert received.number("copies") == 1
    assert received.text("job-name") == "P-0001"
    assert received.text("requesting-user-name") == "workstation"
    assert received.text("printer-uri") == fake.uri


def test_a_wrong_medium_is_refused_before_a_page_is_lost(
    fake: FakePrinter, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A medium lying on its side is what printers refuse; the paper itself never leaves."""
    monkeypatch.setattr(Media, "hundredths", (23000, 12000))

    with pytest.raises(Refused) as refused:
        submit(printer)

    assert refused.value.status == messages.UNSUPPORTED_VALUES
    assert refused.value.about == ("media-col",)
    assert refused.value.text == "Unsupported media-col collection value."
    assert fake.asked("print") == []


def test_a_printer_that_would_take_any_paper_is_given_none(fake: FakePrinter, printer: Printer) -> None:
    """One that says it will ignore the medium would print an envelope on what lies there."""
    fake.ignores_media = True

    with pytest.raises(Refused, match="media-col"):
        submit(printer)

    assert fake.asked("print") == []


def test_a_printer_that_cannot_be_asked_first_is_given_the_paper(fake: FakePrinter, printer: Printer) -> None:
    """Validating is a courtesy of the printer; without it the paper itself is the question."""
    fake.knows.remove("validate")

    assert submit(printer) == 1


def test_an_old_printer_is_spoken_to_in_its_version(fake: FakePrinter, printer: Printer) -> None:
    """Where 2.0 is not understood the same is said in 1.1."""
    fake.reads_version = b"\x01\x01"

    assert conditions(follow(printer, submit(printer)))[-1] == "completed"
    assert {received.version for received in fake.asked("print")} == {b"\x01\x01", b"\x02\x00"}
    assert len(fake.jobs) == 1


def test_a_busy_printer_is_asked_again(fake: FakePrinter, printer: Printer, clock: Clock) -> None:
    """No room now is no refusal: after a while the paper is taken, and once only."""
    fake.busy = 3

    assert submit(printer, patience=10) == 1
    assert clock.now == 3 * client.POLL
    assert len(fake.jobs) == 1


def test_a_printer_too_busy_to_be_asked_is_asked_again(
    fake: FakePrinter, printer: Printer, clock: Clock
) -> None:
    """Patience is one for both questions: would you, and do."""
    fake.script, fake.busy = [b"\x02\x00\x05\x07\x00\x00\x00\x01\x03"] * 2, 1

    assert submit(printer, patience=10) == 1
    assert clock.now == 3 * client.POLL


def test_patience_has_an_end(fake: FakePrinter, printer: Printer, clock: Clock) -> None:
    """A printer busy for longer is reported busy, in its own words, and nothing was printed."""
    fake.busy = 100

    with pytest.raises(Busy) as busy:
        submit(printer, patience=2.5)

    assert clock.now == 2.5
    assert busy.value.text == "Currently printing another job."
    assert fake.jobs == {}


@pytest.mark.parametrize("end", ["aborted", "canceled"])
def test_a_job_that_ends_badly_is_not_printed(fake: FakePrinter, printer: Printer, end: str) -> None:
    """What the printer gave up is told as such."""
    fake.ends = end

    sights = follow(printer, submit(printer))

    assert conditions(sights)[-1] == end
    assert not sights[-1].printed


def test_paper_is_put_in_and_the_job_goes_on(fake: FakePrinter, printer: Printer, clock: Clock) -> None:
    """Out of paper is shown while it lasts, once; after the refill the job comes to its end."""
    fake.paper = False
    clock.then = [int, int, lambda: setattr(fake, "paper", True)]

    sights = follow(printer, submit(printer))

    assert conditions(sights) == ["out_of_paper", "out_of_paper", "processing", "completed"]
    assert [sight.job and sight.job.state for sight in sights[:2]] == ["waiting", "processing"]


def test_a_job_is_canceled(fake: FakePrinter, printer: Printer) -> None:
    """A job that has not ended can be stopped; one that has, cannot, and the printer says why."""
    number = submit(printer)

    printer.cancel(number)

    assert conditions(follow(printer, number)) == ["canceled"]
    with pytest.raises(Refused, match="0x0404") as refused:
        printer.cancel(number)
    assert "already canceled" in refused.value.text


def test_a_job_nobody_knows_is_lost(printer: Printer) -> None:
    """The printer was switched off, or it forgot: following ends, and the clerk is asked to look."""
    assert conditions(follow(printer, 99)) == ["lost"]
    with pytest.raises(Lost):
        printer.job(99)
    with pytest.raises(Lost):
        printer.cancel(99)


def test_the_end_of_somebody_elses_job_is_not_ours(fake: FakePrinter, printer: Printer) -> None:
    """A printer that begins to count anew gives our number to another paper; by its name it is told."""
    number = printer.submit(PDF, name="P-0002", media=ZL)

    assert conditions(follow(printer, number)) == ["lost"]


def test_a_printer_may_keep_names_to_itself(fake: FakePrinter, printer: Printer) -> None:
    """Where a job's name is private the number has to do."""
    fake.tells_names = False

    assert conditions(follow(printer, submit(printer)))[-1] == "completed"


def test_following_ends_when_the_time_is_up(fake: FakePrinter, printer: Printer, clock: Clock) -> None:
    """A job that hangs is left, with what was seen last."""
    fake.paper = False

    sights = follow(printer, submit(printer), within=5)

    assert conditions(sights)[-1] == "out_of_paper"
    assert clock.now == 5


@pytest.mark.parametrize("trouble", ["cut after reading", "cut before reading", GARBAGE, "403 Forbidden"])
def test_a_printer_out_of_sight_is_looked_for_again(
    fake: FakePrinter, printer: Printer, trouble: str | bytes
) -> None:
    """Asking is harmless, so it goes on; meanwhile nothing says that the paper was not printed."""
    number = submit(printer)
    fake.script = ["", "", trouble, trouble]

    told = conditions(follow(printer, number))

    assert told[:2] == ["waiting", "out_of_sight"]
    assert told[-1] == "completed"


@pytest.mark.parametrize("cut", ["cut before reading", "cut after reading", "cut in the answer"])
def test_cut_off_before_the_paper_left(fake: FakePrinter, printer: Printer, cut: str) -> None:
    """While only asking whether it would print, nothing can have been printed."""
    fake.script = [cut]

    with pytest.raises(Unreachable):
        submit(printer)

    assert fake.asked("print") == []


@pytest.mark.parametrize("cut", ["cut before reading", "cut after reading", "cut in the answer"])
def test_cut_off_after_the_paper_left(fake: FakePrinter, printer: Printer, cut: str) -> None:
    """The line breaks when the paper is out: it may print, and it is not sent a second time."""
    fake.script = ["", cut]

    with pytest.raises(Unsure):
        submit(printer, patience=10)

    assert len(fake.received) == 1 + len(fake.asked("print"))
    assert len(fake.jobs) == (0 if cut == "cut before reading" else 1)


@pytest.mark.parametrize("nonsense", [GARBAGE, b"", b"\x02\x00\x00\x00\x00\x00\x00\x01\x03", "500 Oh"])
def test_nonsense_after_the_paper_left(fake: FakePrinter, printer: Printer, nonsense: str | bytes) -> None:
    """An answer nobody understands, or a success without a job, is no word on the paper either way."""
    fake.script = ["", nonsense]

    with pytest.raises(Unsure):
        submit(printer)


def test_a_web_server_that_refuses_prints_nothing(fake: FakePrinter, printer: Printer) -> None:
    """Not found or forbidden comes from before the printer: that is a refusal, also for a paper."""
    fake.script = ["", "404 Not Found"]

    with pytest.raises(Refused) as refused:
        submit(printer)

    assert (refused.value.status, refused.value.text) == (404, "HTTP 404")


@pytest.mark.parametrize("nonsense", [GARBAGE, b"", b"\x02", "500 Oh", b"\x02\x00" + b"\x00" * (1 << 21)])
def test_nonsense_is_told(fake: FakePrinter, printer: Printer, nonsense: str | bytes) -> None:
    """A question answered with nonsense, or without end, brings our error and no other."""
    fake.script = [nonsense]

    with pytest.raises(Unreadable):
        printer.state()


def test_an_answer_that_drips_has_an_end(fake: FakePrinter, printer: Printer, clock: Clock) -> None:
    """The time for an answer is for all of it, not for each piece."""

    def later() -> float:
        clock.pause(5)
        return clock.now

    slow = Printer(fake.uri, answer_within=3, monotonic=later)

    with pytest.raises(Unreadable, match="without end"):
        slow.state()


def test_a_silent_printer_is_waited_for_so_long() -> None:
    """One that takes the connection and says nothing: unreachable for a question, in the given time."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        printer = Printer(f"ipp://127.0.0.1:{silent.getsockname()[1]}", answer_within=0.1)

        with pytest.raises(Unreachable, match="ReadTimeout"):
            printer.state()


def test_nobody_there() -> None:
    """Where nothing listens the printer is unreachable, and so it is for a paper."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        printer = Printer(f"ipp://127.0.0.1:{gone.getsockname()[1]}")

    with pytest.raises(Unreachable):
        printer.state()
    with pytest.raises(Unreachable):
        submit(printer)


def test_a_printer_tells_how_it_is(fake: FakePrinter, printer: Printer) -> None:
    """Idle, a tray empty, stopped for a reason, stopped for a reason nobody knows."""
    assert printer.state().condition.id == "idle"

    fake.paper = False
    assert printer.state().condition.id == "paper_low"

    fake.paper = True
    fake.state, fake.reasons = "stopped", ["media-jam-error", "toner-low"]
    assert printer.state().condition.id == "jam"

    fake.reasons = ["x-coffee"]
    assert "x-coffee" in printer.state().condition.what


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "printer",
        "ftp://printer/",
        "file:///dev/lp0",
        "ipp://",
        "ipp://:631/",
        "ipp://a:b@printer/",
        "ipp://x:y",
    ],
)
def test_what_is_no_address_is_told(uri: str) -> None:
    """A slip in the settings is told as such; user names do not belong into an address."""
    with pytest.raises(Misaddressed):
        Printer(uri).state()


@pytest.mark.parametrize(
    ("uri", "address", "ipp"),
    [
        ("ipp://p", "http://p:631/ipp/print", "ipp://p:631/ipp/print"),
        ("ipp://p:8631/ipp/print", "http://p:8631/ipp/print", "ipp://p:8631/ipp/print"),
        ("ipps://p/x", "https://p:631/x", "ipps://p:631/x"),
        ("http://p:631/printers/hall", "http://p:631/printers/hall", "ipp://p:631/printers/hall"),
        ("https://p/ipp", "https://p/ipp", "ipps://p:443/ipp"),
    ],
)
def test_addresses(uri: str, address: str, ipp: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the four schemes leads to the right port, and the printer is named to itself as IPP wants."""
    printer = Printer(uri)
    asked: list[str] = []

    def sent(_: Printer, body: client._Body) -> bytes:
        (request,) = messages.decoded(next(iter(body))).groups
        asked.extend(str(value) for value in request.values("printer-uri"))
        return b""

    monkeypatch.setattr(Printer, "_sent", sent)
    with pytest.raises(Unreadable):
        printer.state()

    assert str(printer._address) == address
    assert asked == [ipp]


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    """A missing or damaged file is a slip in the settings."""
    (tmp_path / "bad.pem").write_text("nonsense")

    for name in ("bad.pem", "missing.pem"):
        with pytest.raises(Misaddressed):
            Printer("ipps://127.0.0.1:9", certificate=tmp_path / name).state()


def test_a_secure_address_is_never_spoken_to_openly(fake: FakePrinter) -> None:
    """Where the other side does not speak TLS there is no connection, and it has received nothing."""
    with pytest.raises(Unreachable):
        submit(Printer(fake.uri.replace("ipp://", "ipps://")))

    assert fake.received == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate that a printer made for itself, under a name that is not its address."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "NPI000000")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = tmp_path / "printer.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(pem))
    return file


def test_a_printer_is_known_by_its_certificate(certificate: Path) -> None:
    """With the printer's own certificate at hand it is trusted; without, nothing is sent to it."""
    with FakePrinter(certificate=certificate) as fake:
        assert submit(Printer(fake.uri, certificate=certificate)) == 1
        with pytest.raises(Unreachable):
            submit(Printer(fake.uri))

    assert len(fake.asked("print")) == 1


def test_what_the_pause_raises_ends_the_following(fake: FakePrinter) -> None:
    """A clerk who goes on to something else leaves; the job does not."""

    def leave(_: float) -> None:
        raise KeyboardInterrupt

    printer = Printer(fake.uri, pause=leave)
    number = submit(printer)

    with pytest.raises(KeyboardInterrupt):
        follow(printer, number)

    assert fake.jobs[number].state == "processing"


def test_errors_may_be_logged() -> None:
    """What an error shows of itself is codes and names."""
    errors: list[PrinterError] = [Refused(0x040B, "some words", ("media-col",)), Unsure("ReadError")]

    assert [str(error) for error in errors] == ["('0x040B', 'media-col')", "ReadError"]
