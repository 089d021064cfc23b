"""Cards read through a pseudo-terminal from a simulator in a process of its own, and all that goes wrong."""

from __future__ import annotations

import datetime
import errno
import itertools
import os
import shutil
import tempfile
import termios
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import serial

from integrations.card_readers import REASONS, CardText, ReaderError
from integrations.card_readers.sdt_serial import client, messages
from integrations.card_readers.sdt_serial.client import SdtSerial
from tests.integrations.card_readers.sdt_serial import device

CITIZEN = CardText(
    kind="citizen_id",
    name="演练𠮷",
    number="450102195202290005",
    birth=datetime.date(1952, 2, 29),
    sex="female",
    valid_from=datetime.date(2020, 1, 1),
    valid_to=None,
    long_term=True,
    nation="壮",
    address="广西壮族自治区南宁市演练路0号",
    issuer="南宁市公安局演练分局",
)
PERMIT = CardText(
    kind="residence_permit",
    name="演练港",
    number="810000199408230005",
    birth=datetime.date(1994, 8, 23),
    sex="male",
    valid_from=datetime.date(2021, 6, 1),
    valid_to=datetime.date(2026, 6, 1),
    long_term=False,
    address="广西壮族自治区南宁市演练路1号",
    issuer="南宁市公安局演练分局",
    pass_number="H00000000",
    issue_count="01",
)
FOREIGNER_2017 = CardText(
    kind="foreigner_card",
    name="演练外",
    number="XXX450000000000",
    birth=datetime.date(1984, 8, 26),
    sex="male",
    valid_from=datetime.date(2018, 2, 1),
    valid_to=datetime.date(2028, 2, 1),
    long_term=False,
    latin_name="EXERCISE, ALEX SAMPLE",
    nationality="XXX",
    version="01",
    office_code="0000",
)
FOREIGNER_2023 = CardText(
    kind="foreigner_card",
    name="",
    number="945000198408260000",
    birth=datetime.date(1984, 8, 26),
    sex="female",
    valid_from=datetime.date(2024, 2, 1),
    valid_to=datetime.date(2034, 2, 1),
    long_term=False,
    latin_name="EXERCISE, ALEXANDRA WILHELMINA SAMPLE",
    nationality="XXX",
    issue_count="00",
)
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
ABSENT = bytes.fromhex("AAAAAA9669 0004 000080 84")
REFUSED = sorted(set(range(256)) - {0x90, 0x9F, 0x80, 0x81, 0x41})


def refusal(reader: SdtSerial, timeout: float = device.PATIENCE) -> ReaderError:
    """The error a reading ends with; it is one of the list and says nothing of the card."""
    with pytest.raises(ReaderError) as caught:
        reader.read(timeout)
    assert caught.value.reason in REASONS
    assert not any(
        secret in f"{caught.value!r}{caught.value.sentence}" for secret in ("演练", "4501", "1952")
    )
    return caught.value


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("citizen_id", CITIZEN),
        ("residence_permit", PERMIT),
        ("foreigner_2017", FOREIGNER_2017),
        ("foreigner_2023", FOREIGNER_2023),
    ],
)
def test_each_kind_of_card_is_read(card: str, said: CardText) -> None:
    """All four layouts come through the wire as they are in the chip, each time anew."""
    with device.running(card=card) as simulated:
        reader = simulated.client()

        assert reader.read(device.PATIENCE) == said
        assert reader.read(device.PATIENCE) == said


def test_a_card_that_comes_later_is_waited_for() -> None:
    """The reader is asked again until a card lies on it; the waits are those that were set."""
    waits: list[float] = []
    with device.running("lifted,lifted,lifted") as simulated:
        reader = SdtSerial(simulated.path, poll=0.4, answer_within=device.PATIENCE, pause=waits.append)

        assert reader.read(device.PATIENCE) == CITIZEN
    assert waits == [0.4, 0.4, 0.4]


def test_no_card_until_the_end_of_the_time() -> None:
    """The last wait is as long as there is time; then it is said that no card came."""
    ticks = itertools.count()
    waits: list[float] = []
    with device.running(",".join(["lifted"] * 99)) as simulated:
        reader = SdtSerial(
            simulated.path,
            poll=0.5,
            answer_within=1000.0,
            monotonic=lambda: next(ticks) * 0.1,
            pause=waits.append,
        )

        assert refusal(reader, timeout=2.0).reason == "no_card"
    assert waits[0] == 0.5
    assert 0 < waits[-1] < 0.5


def test_without_time_it_looks_once() -> None:
    """A card that lies there already needs no waiting."""
    with device.running("lifted") as simulated:
        assert refusal(simulated.client(), timeout=0).reason == "no_card"
        assert simulated.client().read(0) == CITIZEN


def test_waiting_can_be_broken_off() -> None:
    """What `pause` raises travels to the caller, and the port is free again."""

    class BrokenOff(Exception):
        """The clerk pressed Escape."""

    def pause(_seconds: float) -> None:
        raise BrokenOff

    with device.running("lifted") as simulated:
        with pytest.raises(BrokenOff):
            SdtSerial(simulated.path, answer_within=device.PATIENCE, pause=pause).read(device.PATIENCE)

        assert simulated.client().read(device.PATIENCE) == CITIZEN


@pytest.mark.parametrize(
    "script",
    [
        "garbage,garbage,garbage",
        "split:1,split:1,split:1",
        "split:7,split:2,split:500",
        "slow:0.001,ok,slow:0.001",
    ],
)
def test_untidy_answers_are_understood(script: str) -> None:
    """Garbage before the preamble, any split, a slow device."""
    with device.running(script) as simulated:
        assert simulated.client().read(device.PATIENCE) == CITIZEN


@pytest.mark.parametrize("before", [0, 1, 2])
def test_every_other_status_is_told_with_its_code(before: int) -> None:
    """Documented or not, at find, select and read: the code as it came, with its sentence."""
    steps = [["ok"] * before + [f"status:{code:02X}"] for code in REFUSED]
    with device.running(",".join(itertools.chain(*steps))) as simulated:
        errors = [refusal(simulated.client()) for _ in REFUSED]

    assert {error.reason for error in errors} == {"status"}
    assert [error.status for error in errors] == REFUSED
    assert [error.sentence for error in errors] == [messages.status_of(code).sentence for code in REFUSED]


@pytest.mark.parametrize("status", [0x80, 0x81, 0x41])
@pytest.mark.parametrize("before", ["ok", "ok,ok"])
def test_a_card_lifted_in_the_middle(before: str, status: int) -> None:
    """Between find and select, or between select and read."""
    with device.running(f"{before},status:{status:02X}") as simulated:
        error = refusal(simulated.client())

    assert (error.reason, error.status) == ("card_lifted", status)


@pytest.mark.parametrize(
    ("script", "status"), [("status:90", 0x90), ("status:81", 0x81), ("ok,status:9F", 0x9F)]
)
def test_a_status_that_answers_another_question(script: str, status: int) -> None:
    """`ok` to find, or `found` to select, is no consent."""
    with device.running(script) as simulated:
        error = refusal(simulated.client())

    assert (error.reason, error.status) == ("status", status)


def test_a_read_without_text_is_no_card() -> None:
    """`ok` with nothing behind it."""
    with device.running("ok,ok,status:90") as simulated:
        assert refusal(simulated.client()).reason == "unexpected_answer"


@pytest.mark.parametrize("script", ["checksum", "ok,checksum", "ok,ok,checksum"])
def test_one_damaged_answer_is_made_good(script: str) -> None:
    """The whole cycle is repeated once."""
    with device.running(script) as simulated:
        assert simulated.client().read(device.PATIENCE) == CITIZEN


def test_two_damaged_answers_are_told() -> None:
    """A second one is no accident."""
    with device.running("ok,ok,checksum,ok,checksum") as simulated:
        assert refusal(simulated.client()).reason == "checksum"


def test_after_a_damaged_answer_the_damage_is_told_not_the_missing_card() -> None:
    """A reader that wants the card lifted before it finds it again says 80 in the repetition."""
    with device.running("ok,ok,checksum,lifted") as simulated:
        assert refusal(simulated.client(), timeout=0).reason == "checksum"


def test_another_fault_in_the_repetition_is_told() -> None:
    """The newer news."""
    with device.running("checksum,status:66") as simulated:
        assert refusal(simulated.client()).status == 0x66


@pytest.mark.parametrize("script", ["truncated:1", "ok,truncated:4", "ok,ok,truncated:1294"])
def test_an_answer_that_breaks_off(script: str) -> None:
    """When its time is over bytes have come, but no whole answer; the next reading is not disturbed."""
    over = threading.Event()
    with ThreadPoolExecutor() as threads, device.running(script) as simulated:
        reader = SdtSerial(simulated.path, monotonic=lambda: 1000.0 if over.is_set() else 0.0)
        reading = threads.submit(refusal, reader)

        simulated.has_dealt_with("truncated")
        over.set()

        assert reading.result(device.PATIENCE).reason == "truncated"
        assert simulated.client().read(device.PATIENCE) == CITIZEN


@pytest.mark.parametrize("before", ["", "ok,", "ok,ok,"])
def test_a_device_that_says_nothing(before: str) -> None:
    """Switched off, another speed, or no reader at all."""
    over = threading.Event()
    with ThreadPoolExecutor() as threads, device.running(f"{before}silent") as simulated:
        reader = SdtSerial(simulated.path, monotonic=lambda: 1000.0 if over.is_set() else 0.0)
        reading = threads.submit(refusal, reader)

        simulated.has_dealt_with("silent")
        over.set()

        assert reading.result(device.PATIENCE).reason == "no_answer"


def test_an_answer_that_comes_twice() -> None:
    """The second copy answers nothing."""
    with device.running("twice,twice,twice") as simulated:
        assert simulated.client().read(device.PATIENCE) == CITIZEN


class StalePort:
    """A port with an answer in it that nobody has asked for; there is no card on the reader."""

    def __init__(self) -> None:
        self.arrived = FOUND
        self.is_open = True

    @property
    def in_waiting(self) -> int:
        """How much can be read."""
        return len(self.arrived)

    def read(self, size: int) -> bytes:
        """Take from what has arrived."""
        taken, self.arrived = self.arrived[:size], self.arrived[size:]
        return taken

    def write(self, _data: bytes) -> None:
        """Whatever is asked, no card is found."""
        self.arrived += ABSENT

    def __enter__(self) -> StalePort:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open = False


def test_what_came_before_the_question_does_not_answer_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was late for an earlier question is thrown away before the next is put."""
    port = StalePort()
    monkeypatch.setattr(serial, "Serial", lambda *_, **__: port)

    assert refusal(SdtSerial("/dev/ttyUSB0"), timeout=0).reason == "no_card"
    assert not port.is_open


@pytest.mark.parametrize("before", ["", "ok,", "ok,ok,"])
def test_a_device_that_closes_the_port(before: str) -> None:
    """Unplugged after the first bytes of an answer."""
    with device.running(f"{before}vanish") as simulated:
        assert refusal(simulated.client()).reason == "port_vanished"


def test_a_device_that_is_killed_in_the_middle() -> None:
    """The reading that waits for the rest of an answer ends at once."""
    with ThreadPoolExecutor() as threads, device.running("ok,ok,truncated:700") as simulated:
        reading = threads.submit(refusal, simulated.client(answer_within=600.0))
        simulated.has_dealt_with("truncated:700")

        simulated.process.kill()

        assert reading.result(device.PATIENCE).reason == "port_vanished"


def test_the_port_is_closed_after_a_fault() -> None:
    """A reading that failed leaves nothing open behind it."""
    with device.running("status:66") as simulated:
        refusal(simulated.client())
        open_files = [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]

    assert simulated.path not in open_files


@pytest.mark.parametrize("path", ["/dev/ttyNOWHERE", "/dev/pts/none", ""])
def test_a_port_that_is_not_there(path: str) -> None:
    """Not plugged in, or the wrong name in the settings."""
    assert refusal(SdtSerial(path)).reason == "port_missing"


@pytest.mark.parametrize("path", ["/dev/null", "/", "tty\x00"])
def test_a_path_that_is_no_port(path: str) -> None:
    """It exists, but no serial device answers there."""
    assert refusal(SdtSerial(path)).reason == "port_unusable"


def test_a_port_that_goes_while_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal's own error is no OSError; it is told like one."""

    def gone(*_: object, **__: object) -> None:
        raise termios.error(errno.EIO, "Input/output error")

    monkeypatch.setattr(serial, "Serial", gone)

    assert refusal(SdtSerial("/dev/ttyUSB0")).reason == "port_unusable"


def test_a_speed_that_does_not_exist() -> None:
    """A slip in the settings is no fault of the card."""
    with device.running() as simulated:
        assert refusal(SdtSerial(simulated.path, baud=-1)).reason == "port_unusable"


def test_a_port_somebody_else_uses() -> None:
    """Two programs at one reader would take each other's answers."""
    with device.running() as simulated, serial.Serial(simulated.path, exclusive=True):
        assert refusal(simulated.client()).reason == "port_busy"


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user whom rights do bind; for root they do not."""
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    nobody = 65534
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, nobody, nobody)
        os.setegid(nobody)
        os.seteuid(nobody)
    yield folder
    if is_root:
        os.seteuid(0)
        os.setegid(0)
    shutil.rmtree(folder)


def test_a_port_without_the_right_to_it(ordinary_user: Path) -> None:
    """The account of the workstation is not in the group that may use serial ports."""
    port = ordinary_user / "ttyUSB0"
    port.touch(mode=0o000)

    assert refusal(SdtSerial(str(port))).reason == "port_denied"


def test_the_folder_gives_this_reader() -> None:
    """`reader` passes port and speed on."""
    reader = client.reader("/dev/ttyUSB0", baud=57600)

    assert (reader.port, reader.baud) == ("/dev/ttyUSB0", 57600)
