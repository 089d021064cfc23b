"""读证: what a card says becomes a document for the hand-in; what a reader objects to is put into words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import pytest

from integrations import card_readers
from integrations.card_readers import CardText, ReaderError
from tests.builders import a_person, an_intake, assert_explained
from tests.integrations.card_readers.sdt_serial import device
from tests.integrations.card_readers.sdt_serial.device import Device
from workstation.acts import checks, reading
from workstation.acts.inputs import IdentityDocument, Person
from workstation.errors import Explained, OutsideFailed, WrongUsage

#: Of nobody: sequence 000.
CARD = CardText(
    kind="citizen_id",
    name="演练一",
    number="450102195202290005",
    birth=datetime.date(1952, 2, 29),
    sex="female",
    valid_from=datetime.date(2020, 1, 1),
    valid_to=datetime.date(2040, 1, 1),
    long_term=False,
    nation="壮",
    address="演练路0号",
)


@dataclass
class FakeReader:
    """A make and its device that gives a card, or fails; it notes how it was asked."""

    outcome: CardText | ReaderError
    asked: tuple[object, ...] = ()

    def reader(self, port: str, *, baud: int) -> FakeReader:
        """The device at a port."""
        self.asked += (port, baud)
        return self

    def read(self, timeout: float) -> CardText:
        """The card, or the failure."""
        self.asked += (timeout,)
        if isinstance(self.outcome, ReaderError):
            raise self.outcome
        return self.outcome


def told(error: ReaderError, monkeypatch: pytest.MonkeyPatch) -> OutsideFailed:
    """What the clerk is told when a reader fails so."""
    monkeypatch.setattr(card_readers, "load", lambda _: FakeReader(error))
    with pytest.raises(OutsideFailed) as caught:
        reading.read("sdt_serial", "/dev/ttyUSB0", 10)
    assert caught.value.__cause__ is error
    return caught.value


@pytest.fixture
def simulated(request: pytest.FixtureRequest) -> Iterator[Device]:
    """The simulated reader, with the card that the test names."""
    with device.running(card=request.param) as running:
        yield running


def test_a_card_becomes_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its reader as the source; port, speed and patience are handed on."""
    make = FakeReader(CARD)
    monkeypatch.setattr(card_readers, "load", lambda _: make)

    document = reading.read("sdt_serial", "/dev/ttyUSB0", 2.5, baud=9600)

    assert document == IdentityDocument(
        name="演练一",
        id_kind="citizen_id",
        id_number="450102195202290005",
        address="演练路0号",
        valid_to="2040-01-01",
        source="sdt_serial",
    )
    assert make.asked == ("/dev/ttyUSB0", 9600, 2.5)


def test_a_card_that_holds_for_ever_has_no_last_day() -> None:
    """长期 is no day."""
    document = reading.document(replace(CARD, valid_to=None, long_term=True), "sdt_serial")

    assert document.valid_to is None


@pytest.mark.parametrize(
    ("name", "latin_name", "expected"),
    [
        ("演练外", "EXERCISE, ALEX", "演练外"),
        ("", "EXERCISE,ALEX  SAMPLE", "EXERCISE ALEX SAMPLE"),
        ("", "EXERCISE", "EXERCISE"),
        ("", None, ""),
    ],
)
def test_foreigners_have_names_too(name: str, latin_name: str | None, expected: str) -> None:
    """The Chinese one where there is one, else the Latin one without its comma."""
    card = replace(CARD, kind="foreigner_card", name=name, latin_name=latin_name)

    assert reading.document(card, "sdt_serial").name == expected


@pytest.mark.parametrize(
    "simulated", ["citizen_id", "residence_permit", "foreigner_2017", "foreigner_2023"], indirect=True
)
def test_what_is_read_can_be_registered(simulated: Device) -> None:
    """Through the port, whichever card it is: every value is in its one form, and no other form is needed."""
    document = reading.read("sdt_serial", simulated.path, 10)

    person = Person(**msgspec.structs.asdict(document), phone=a_person().phone)
    assert document.source == "sdt_serial"
    assert checks.checked(an_intake(applicant=person), today=datetime.date(2026, 11, 20)).applicant == person


@pytest.mark.parametrize("reason", card_readers.REASONS)
def test_every_reason_of_the_readers_has_words(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happened, why and what next, under a code of its own."""
    error = told(ReaderError(reason), monkeypatch)

    assert_explained(error, f"reader-{reason.replace('_', '-')}")
    assert "{" not in error.why


def test_there_are_no_words_for_what_cannot_be() -> None:
    """The words are those of the readers' reasons, no more."""
    assert reading.READER_REASONS.keys() == set(card_readers.REASONS)
    assert len({why for why, _ in reading.READER_REASONS.values()}) == len(card_readers.REASONS)


@pytest.mark.parametrize("reason", ["status", "card_lifted"])
def test_what_the_device_said_is_told(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its documented words."""
    error = told(ReaderError(reason, status=0x31, sentence="设备认证证件失败"), monkeypatch)

    assert error.why.endswith("：设备认证证件失败。")


def test_a_missing_port_is_told_without_a_device() -> None:
    """The real reader, plugged in nowhere."""
    with pytest.raises(OutsideFailed) as caught:
        reading.read("sdt_serial", "/dev/nowhere", 0)

    assert_explained(caught.value, "reader-port-missing")
    assert "--port" in caught.value.next


@pytest.mark.parametrize("name", ["os", "", "sdt_serial.client", "a\x1b[2J"])
def test_an_unknown_reader_is_refused(name: str) -> None:
    """With those named that there are, and nothing that moves a cursor."""
    with pytest.raises(WrongUsage) as caught:
        reading.read(name, "/dev/ttyUSB0", 0)

    assert_explained(caught.value, "reader-unknown")
    assert "sdt_serial" in caught.value.next
    assert "\x1b" not in caught.value.why


def test_nothing_of_a_card_stands_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be read aloud on the telephone."""
    errors: list[Explained] = [told(ReaderError(reason), monkeypatch) for reason in card_readers.REASONS]

    assert not any(CARD.number in str(error.as_dict()) for error in errors)
