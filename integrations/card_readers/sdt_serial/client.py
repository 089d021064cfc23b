"""Reads a card over a serial port: find, select, read, and nothing of it is left in the device or here.

Bytes are in `messages`, the text in `layouts`; here are the order of things, the waiting and the port.
"""

from __future__ import annotations

import errno
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import serial

from integrations.card_readers import CardText, ReaderError
from integrations.card_readers.sdt_serial import layouts, messages

BAUD = 115200
POLL = 0.5  # seconds from one look for a card to the next; the makers name 0.3 to 1
ANSWER_WITHIN = 3.0  # seconds; at 9600 baud the answer to READ alone takes 1.4

_TICK = 0.05
_REFUSALS = {
    errno.ENOENT: "port_missing",
    errno.ENODEV: "port_missing",
    errno.ENXIO: "port_missing",
    errno.EACCES: "port_denied",
    errno.EPERM: "port_denied",
    errno.EBUSY: "port_busy",
    errno.EAGAIN: "port_busy",
}


@dataclass(frozen=True)
class SdtSerial:
    """A reader at a port. The port is open, and ours alone, only while `read` runs.

    `pause` is called between two looks for a card; what it raises ends the reading and closes the port.
    """

    port: str
    baud: int = BAUD
    poll: float = POLL
    answer_within: float = ANSWER_WITHIN
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def read(self, timeout: float) -> CardText:
        """The card that is laid on within `timeout` seconds, or `ReaderError`; it looks once at least."""
        until = self.monotonic() + timeout
        with self._opened() as port:
            try:
                return self._once(port, until)
            except ReaderError as error:
                if error.reason != "checksum":
                    raise
                damage = error
            try:
                return self._once(port, until)
            except ReaderError as error:
                # Many readers find a card again only after it was lifted: it is the damage that must be told.
                raise damage if error.reason == "no_card" else error from None

    def _once(self, port: serial.Serial, until: float) -> CardText:
        while not self._finds(port):
            left = until - self.monotonic()
            if left <= 0:
                raise ReaderError("no_card")
            self.pause(min(self.poll, left))
        self._good(port, messages.SELECT)
        return layouts.card_text(messages.text_of(self._good(port, messages.READ)))

    def _finds(self, port: serial.Serial) -> bool:
        status = self._ask(port, messages.FIND).status
        if status not in {messages.FOUND, messages.NO_CARD}:
            raise _failure("status", status)
        return status == messages.FOUND

    def _good(self, port: serial.Serial, request: bytes) -> messages.Answer:
        answer = self._ask(port, request)
        if answer.status in {messages.NO_CARD, messages.NOT_SELECTED, messages.READ_FAILED}:
            raise _failure("card_lifted", answer.status)
        if answer.status != messages.OK:
            raise _failure("status", answer.status)
        return answer

    def _ask(self, port: serial.Serial, request: bytes) -> messages.Answer:
        # What is still lying there answers an earlier question.
        port.read(port.in_waiting)
        until = self.monotonic() + self.answer_within
        port.write(request)
        frames = messages.Frames()
        late = False
        while not late:
            # The time is looked at first, so that what has come by then is always read.
            late = self.monotonic() >= until
            frames.feed(port.read(max(1, port.in_waiting)))
            if (answer := frames.next()) is not None:
                return answer
        return frames.give_up()

    @contextmanager
    def _opened(self) -> Iterator[serial.Serial]:
        try:
            port = serial.Serial(
                self.port, self.baud, timeout=_TICK, write_timeout=self.answer_within, exclusive=True
            )
        except (OSError, termios.error, ValueError) as error:
            refusal = _REFUSALS.get(getattr(error, "errno", None) or 0, "port_unusable")
            raise ReaderError(refusal) from error
        try:
            with port:
                yield port
        except OSError as error:
            raise ReaderError("port_vanished") from error


def reader(port: str, *, baud: int = BAUD) -> SdtSerial:
    """The device at a port."""
    return SdtSerial(port, baud)


def _failure(reason: str, code: int) -> ReaderError:
    return ReaderError(reason, status=code, sentence=messages.status_of(code).sentence)
