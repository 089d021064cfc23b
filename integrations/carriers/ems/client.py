"""Speaks to the EMS open platform: one call is one send, over a connection that is kept.

The line that matters is the moment the first byte of an order leaves: before it nothing can have been taken
(`Unreachable`), from then on only an answer tells (`Unsure`). Who asks again, and when, is decided elsewhere.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from typing import TypeVar

import httpx

from integrations.carriers import (
    Booked,
    CarrierError,
    Event,
    Misconfigured,
    Order,
    Party,
    Refused,
    Unreachable,
    Unreadable,
    Unsure,
)
from integrations.carriers.ems import answers, messages
from integrations.carriers.ems.answers import Answer, Place, Reach
from integrations.carriers.ems.messages import Credentials, Options, Request

PRODUCTION = "https://api.ems.com.cn/amp-prod-api/f/amp/api/open"
TEST = "https://api.ems.com.cn/amp-prod-api/f/amp/api/test"
CONNECT_WITHIN, ANSWER_WITHIN = 5.0, 30.0

_LARGEST_ANSWER, _LARGEST_LABEL = 2 << 20, 8 << 20
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# Answers of the gateway: the request never reached what takes orders.
_TURNED_AWAY = {401, 403, 404, 405, 413, 415}
_BEFORE_THE_FIRST_BYTE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

_Read = TypeVar("_Read")


@dataclass(eq=False)
class Client:
    """The platform at an address, for a hall with credentials; may be used by several threads at once."""

    credentials: Credentials
    _: KW_ONLY
    now: Callable[[], int]
    """Epoch milliseconds."""
    url: str = PRODUCTION
    options: Options = field(default_factory=Options)
    connect_within: float = CONNECT_WITHIN
    answer_within: float = ANSWER_WITHIN
    monotonic: Callable[[], float] = field(default=time.monotonic, repr=False)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    """Takes the place of the network, in tests."""

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            transport=self.transport,
            verify=_trust(_address(self.url)),
            timeout=httpx.Timeout(self.answer_within, connect=self.connect_within),
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            # An order goes where it is addressed and nowhere else.
            trust_env=False,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def body(self, order: Order) -> str:
        """The body of an order, to be kept before it is first sent."""
        return messages.order_body(order, sender_no=self.credentials.sender_no, options=self.options)

    def place(self, body: str) -> Booked:
        """Send an order, exactly as it was kept; `Duplicate` where the platform has one of that number."""
        number = messages.number_of(body)
        return self._commit(
            Request(messages.ORDER, body), lambda answer: answers.booked(answer, number, self.options)
        )

    def cancel(self, number: str, waybill: str, why: str) -> None:
        """Take an order back; the waybill is empty where it was never told."""
        request = messages.cancel_order(number, waybill, why)
        self._commit(request, lambda answer: answers.canceled(answer, self.options))

    def label(self, waybill: str, kind: str = messages.LABELS[0], *, reverse: bool = False) -> bytes:
        """The label of a waybill as a PDF; `reverse` is the one for the way back."""
        request = messages.get_label(waybill, kind, reverse=reverse)
        return self._question(request, answers.pdf, _LARGEST_LABEL)

    def pickup_range(self, party: Party) -> Reach:
        """Whether the carrier picks up at an address."""
        sender_no = self.credentials.sender_no
        request = messages.get_reach(party, sender_no=sender_no, options=self.options)
        return self._question(request, answers.reach)

    def track(self, waybill: str) -> list[Event]:
        """All that has happened to a parcel, in the order told; empty where it is not known yet."""
        request = messages.get_track(waybill)
        return self._question(request, lambda answer: answers.events(answer, waybill))

    def parse_address(self, text: str) -> Place | None:
        """Where an address is, or nothing."""
        return self._question(messages.get_place(text), answers.place)

    def _commit(self, request: Request, read: Callable[[Answer], _Read]) -> _Read:
        """Send what must not be done twice: an answer that says nothing leaves us unsure."""
        try:
            return read(answers.read(self._sent(request, _LARGEST_ANSWER)))
        except Unreadable as error:
            raise Unsure(str(error)) from error

    def _question(
        self, request: Request, read: Callable[[Answer], _Read], largest: int = _LARGEST_ANSWER
    ) -> _Read:
        """Send what may be asked as often as one likes."""
        try:
            return read(answers.read(self._sent(request, largest)))
        except Unsure as error:
            raise Unreachable(str(error)) from error

    def _sent(self, request: Request, largest: int) -> bytes:
        form = messages.form(request, self.credentials, at=self.now())
        until = self.monotonic() + self.answer_within
        silence: CarrierError
        try:
            with self._http.stream("POST", self.url, data=form) as answer:
                _welcome(answer)
                return self._whole(answer, largest, until)
        except _BEFORE_THE_FIRST_BYTE as error:
            silence = Unreachable(type(error).__name__)
        except (httpx.HTTPError, httpx.StreamError) as error:
            silence = Unsure(type(error).__name__)
        # Not its cause: that holds the request, and so names and credentials.
        raise silence

    def _whole(self, answer: httpx.Response, largest: int, until: float) -> bytes:
        read = bytearray()
        for piece in answer.iter_bytes():
            read += piece
            if len(read) > largest:
                raise Unreadable("an answer too long")
            if self.monotonic() > until:
                raise Unsure("an answer without end")
        return bytes(read)


def _welcome(answer: httpx.Response) -> None:
    """Go on where the platform itself answers."""
    if answer.status_code in _TURNED_AWAY:
        raise Refused(f"HTTP {answer.status_code}")
    if answer.status_code != httpx.codes.OK:
        raise Unsure(f"HTTP {answer.status_code}")


def _address(url: str) -> httpx.URL:
    """The address, or `Misconfigured`: credentials leave this machine under TLS only."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    secure = address.scheme == "https" or (address.scheme == "http" and address.host in _LOOPBACK)
    if not secure or not address.host or address.userinfo or address.query or address.fragment:
        raise Misconfigured("not an address of the platform")
    return address


def _trust(address: httpx.URL) -> ssl.SSLContext:
    if address.scheme == "http":
        # Loading the authorities takes longer than a day of practice mail.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return ssl.create_default_context()
