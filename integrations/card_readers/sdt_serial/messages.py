"""The bytes on the wire: requests, answers found again in whatever arrives, and what status codes mean.

Pure: it sends nothing. A request is preamble, length, command, parameter, data, XOR; an answer has SW1 SW2
SW3 for the command. The length counts what follows it; the XOR runs over all after the preamble.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from integrations.card_readers import ReaderError

PREAMBLE = bytes.fromhex("AAAAAA9669")
TEXT_SIZE = 256

OK, FOUND, READ_FAILED, NO_CARD, NOT_SELECTED = 0x90, 0x9F, 0x41, 0x80, 0x81

_HEAD = len(PREAMBLE) + 2
_SHORTEST = 4  # SW1 SW2 SW3 and XOR
_LONGEST = 2321 - _HEAD  # the longest answer documented: text, photo and two fingerprints


@dataclass(frozen=True)
class Status:
    """What the third status byte of an answer says: an id for machines, a sentence for the clerk."""

    code: int
    id: str
    sentence: str


STATUSES = {
    status.code: status
    for status in (
        Status(0x90, "ok", "操作成功"),
        Status(0x9F, "card_found", "已找到证件"),
        Status(0x10, "request_checksum", "设备收到的数据校验和错误"),
        Status(0x11, "request_length", "设备收到的数据长度错误"),
        Status(0x21, "request_command", "设备收到的命令错误"),
        Status(0x24, "unrecognised_error", "设备报告无法识别的错误"),
        Status(0x31, "card_not_authenticated", "设备认证证件失败"),
        Status(0x32, "device_not_authenticated", "证件认证设备失败"),
        Status(0x33, "verification_error", "证件信息验证错误"),
        Status(0x40, "wrong_card_type", "无法识别的证件类型"),
        Status(0x41, "read_failed", "读取证件失败"),
        Status(0x47, "no_random_number", "设备取随机数失败"),
        Status(0x60, "self_test_failed", "设备自检失败"),
        Status(0x66, "not_authorised", "设备未经授权"),
        Status(0x80, "no_card", "没有找到证件"),
        Status(0x81, "select_failed", "选取证件失败"),
        Status(0x91, "no_such_content", "证件中没有此项内容"),  # wording 来源：未核对
    )
}


@dataclass(frozen=True)
class Answer:
    """A whole answer whose checksum is right; `status` is SW3, the byte that tells how it went."""

    sw1: int
    sw2: int
    status: int
    data: bytes = field(repr=False)


def status_of(code: int) -> Status:
    """What a status code means; a code nobody has documented is shown as it came."""
    return STATUSES.get(code) or Status(code, "undocumented", f"设备返回代码 {code:02X}，含义未知")


def _xor(data: bytes) -> int:
    return reduce(xor, data, 0)


def request(command: int, parameter: int, data: bytes = b"") -> bytes:
    """The bytes that ask for something."""
    body = bytes((command, parameter)) + data
    counted = (len(body) + 1).to_bytes(2) + body
    return PREAMBLE + counted + bytes((_xor(counted),))


FIND = request(0x20, 0x01)
SELECT = request(0x20, 0x02)
READ = request(0x30, 0x01)


def text_of(answer: Answer) -> bytes:
    """The text block in the answer to READ; the photo behind it is left where it is and kept nowhere."""
    text, photo = int.from_bytes(answer.data[:2]), int.from_bytes(answer.data[2:4])
    if text != TEXT_SIZE or len(answer.data) != 4 + text + photo:
        raise ReaderError("unexpected_answer")
    return answer.data[4 : 4 + text]


class Frames:
    """Finds answers in bytes that arrive in pieces of any size, with anything before them."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._heard = False
        self._damaged = False

    def feed(self, data: bytes) -> None:
        """Take what has arrived."""
        self._bytes += data
        self._heard = self._heard or bool(data)

    def next(self) -> Answer | None:
        """The next answer, None while it is incomplete, or ReaderError if there is only a damaged one.

        What looks like an answer and is none costs its first byte only, so that a true one within is found.
        """
        while self._seek():
            if len(self._bytes) < _HEAD:
                return None
            size = int.from_bytes(self._bytes[len(PREAMBLE) : _HEAD])
            if not _SHORTEST <= size <= _LONGEST:
                del self._bytes[0]
            elif len(self._bytes) < _HEAD + size:
                return None
            elif (answer := self._take(_HEAD + size)) is not None:
                return answer
        self._tell_damage()
        return None

    def give_up(self) -> Answer:
        """When nothing more comes: an answer behind an incomplete one, or ReaderError by what was heard."""
        while self._seek():
            if (answer := self.next()) is not None:
                return answer
            del self._bytes[:1]
        self._tell_damage()
        raise ReaderError("truncated" if self._heard else "no_answer")

    def _tell_damage(self) -> None:
        if self._damaged:
            self._damaged = False
            raise ReaderError("checksum")

    def _seek(self) -> bool:
        start = self._bytes.find(PREAMBLE)
        # Without a preamble the last bytes are kept: they may be the beginning of one.
        del self._bytes[: start if start >= 0 else -(len(PREAMBLE) - 1)]
        return start >= 0

    def _take(self, size: int) -> Answer | None:
        frame = bytes(self._bytes[:size])
        if _xor(frame[len(PREAMBLE) :]) != 0:
            self._damaged = True
            del self._bytes[0]
            return None
        self._damaged = False
        del self._bytes[:size]
        sw1, sw2, status, *_ = frame[_HEAD:]
        return Answer(sw1, sw2, status, frame[_HEAD + 3 : -1])
