"""Speaks to a printer or a print queue: submit, look, follow, cancel, each over a connection of its own.

The line that matters is the moment the first byte of a paper leaves: before it nothing can print
(`Unreachable`), from then on only an answer tells (`Unsure`).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from integrations.printers import (
    Busy,
    Lost,
    Misaddressed,
    PrinterError,
    Refused,
    Unreachable,
    Unreadable,
    Unsure,
    messages,
    states,
)
from integrations.printers.messages import Media, Message
from integrations.printers.states import Condition, Job, Status

PORT = 631
POLL = 1.0  # seconds from one look at a job to the next
PATIENCE = 30.0  # seconds a busy printer is asked again and again
CONNECT_WITHIN, ANSWER_WITHIN = 5.0, 30.0

_PATH = "/ipp/print"  # where printers are found that name no other
_LARGEST_ANSWER = 1 << 20
_TYPE = "application/ipp"
_SECURE = {"ipp": False, "http": False, "ipps": True, "https": True}


@dataclass(frozen=True)
class Sight:
    """One look at a job: what is going on, and the job where the printer told of it."""

    condition: Condition
    job: Job | None = None

    @property
    def printed(self) -> bool:
        """Whether its end was seen and was a good one."""
        return self.job is not None and self.job.printed


@dataclass(frozen=True)
class Printer:
    """A printer at an address (ipp, ipps, http, https).

    `certificate` is the printer's own, where no authority vouches for it. `pause` is called between two
    looks; what it raises ends the waiting, and the job goes on.
    """

    uri: str
    certificate: Path | None = None
    connect_within: float = CONNECT_WITHIN
    answer_within: float = ANSWER_WITHIN
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def state(self) -> Status:
        """How the printer is."""
        return states.status(_done(self._ask(messages.get_printer(self._ipp))))

    def submit(self, pdf: bytes, *, name: str, media: Media, patience: float = PATIENCE) -> int:
        """Give a paper to print, once, on this medium, at its own size; the job's number.

        First the printer is asked whether it would: a wrong medium is refused before a page is lost.
        """
        until = self.monotonic() + patience
        _willing(self._patiently(messages.validate_job(self._ipp, name=name, media=media), until))
        answer = self._patiently(messages.print_job(self._ipp, pdf, name=name, media=media), until)
        try:
            return states.job(_done(answer)).id
        except Unreadable as error:
            raise Unsure("accepted, but no job told") from error

    def job(self, number: int) -> Job:
        """How far a job is, or `Lost`."""
        return states.job(_done(self._ask(messages.get_job(self._ipp, number))), number)

    def cancel(self, number: int) -> None:
        """Stop a job; `Refused` where it has ended already, `Lost` where there is none."""
        _done(self._ask(messages.cancel_job(self._ipp, number)))

    def follow(self, number: int, *, name: str, within: float, poll: float = POLL) -> Iterator[Sight]:
        """Every change of a job until its end, until it is lost, or until the time is up.

        The name tells it from another job that got the same number after the printer was switched off.
        """
        until = self.monotonic() + within
        before = None
        while True:
            now = self._sight(number, name)
            if now != before:
                yield now
            left = until - self.monotonic()
            if now.condition.id == Lost.condition or (now.job and now.job.over) or left <= 0:
                return
            before = now
            self.pause(min(poll, left))

    def _sight(self, number: int, name: str) -> Sight:
        try:
            job = self.job(number)
            if job.name not in {"", name}:
                return Sight(states.CONDITIONS[Lost.condition])
            return Sight(
                states.CONDITIONS[job.state] if job.over else states.condition(job, self.state()), job
            )
        except Lost as error:
            return Sight(states.condition_of(error))
        except PrinterError:
            # Whatever it is, the job is in there: nothing may sound like "not printed".
            return Sight(states.CONDITIONS["out_of_sight"])

    def _patiently(self, request: Message, until: float) -> Message:
        while True:
            answer = self._ask(request)
            left = until - self.monotonic()
            # Busy is the one refusal that passes, and it says that nothing was taken.
            if answer.code != messages.BUSY or left <= 0:
                return answer
            self.pause(min(POLL, left))

    @property
    def _ipp(self) -> str:
        address = self._address
        scheme, usual = ("ipps", 443) if address.scheme == "https" else ("ipp", 80)
        return str(address.copy_with(scheme=scheme, port=address.port or usual))

    @property
    def _address(self) -> httpx.URL:
        try:
            uri = httpx.URL(self.uri)
        except httpx.InvalidURL as error:
            raise Misaddressed("not an address") from error
        if uri.scheme not in _SECURE or not uri.host or uri.userinfo:
            raise Misaddressed("not an address of a printer")
        return uri.copy_with(
            scheme="https" if _SECURE[uri.scheme] else "http",
            port=uri.port or (PORT if uri.scheme.startswith("ipp") else None),
            path=_PATH if uri.path == "/" else uri.path,
        )

    def _ask(self, request: Message) -> Message:
        answer = self._asked(request)
        if answer.code != messages.VERSION_NOT_SUPPORTED:
            return answer
        return self._asked(replace(request, version=(1, 1)))

    def _asked(self, request: Message) -> Message:
        body = _Body(request.encoded())
        try:
            return messages.decoded(self._sent(body))
        except (httpx.HTTPError, httpx.StreamError, Unreadable) as error:
            if request.code == messages.PRINT_JOB and body.begun:
                raise Unsure(type(error).__name__) from error
            if isinstance(error, Unreadable):
                raise
            raise Unreachable(type(error).__name__) from error

    def _sent(self, body: _Body) -> bytes:
        address = self._address
        until = self.monotonic() + self.answer_within
        timeout = httpx.Timeout(self.answer_within, connect=self.connect_within)
        # Settings for the way to the internet do not lead to a printer in the hall.
        with (
            httpx.Client(verify=self._trust(address), timeout=timeout, trust_env=False) as http,
            http.stream("POST", address, content=iter(body), headers=body.headers) as answer,
        ):
            _welcome(answer)
            read = b""
            for piece in answer.iter_bytes():
                read += piece
                if len(read) > _LARGEST_ANSWER or self.monotonic() > until:
                    raise Unreadable("an answer without end")
            return read

    def _trust(self, address: httpx.URL) -> ssl.SSLContext:
        if address.scheme == "http":
            # Loading the authorities takes longer than printing.
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context = ssl.create_default_context(cafile=self.certificate)
        except OSError as error:
            raise Misaddressed("no certificate in that file") from error
        # A printer that vouches for itself seldom knows its own name.
        context.check_hostname = self.certificate is None
        return context


class _Body:
    """Bytes to be sent, which remember whether the sending has begun."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.begun = False
        self.headers = {"Content-Type": _TYPE, "Content-Length": str(len(data)), "Accept": _TYPE}

    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        yield self._data


def _welcome(answer: httpx.Response) -> None:
    """Go on where the web server in the printer took the request for one of IPP."""
    if answer.is_client_error:
        # It never reached what prints: wrong path, no permission, TLS asked for.
        raise Refused(answer.status_code, f"HTTP {answer.status_code}")
    if answer.status_code != httpx.codes.OK:
        raise Unreadable(f"HTTP {answer.status_code}")


def _willing(answer: Message) -> None:
    """Go on unless the printer would not print it, or cannot be asked beforehand."""
    if answer.code == messages.OPERATION_NOT_SUPPORTED:
        return
    ignored = _unsupported(_done(answer))
    if "media-col" in ignored:
        # It would print all the same, on whatever paper lies there.
        raise Refused(messages.UNSUPPORTED_VALUES, _words(answer), ignored)


def _done(answer: Message) -> Message:
    if answer.succeeded:
        return answer
    kinds: dict[int, type[Refused]] = {
        messages.BUSY: Busy,
        messages.NOT_FOUND: Lost,
        messages.GONE: Lost,
    }
    raise kinds.get(answer.code, Refused)(answer.code, _words(answer), _unsupported(answer))


def _words(answer: Message) -> str:
    return states.first_text(answer.group(messages.OPERATION), "status-message")


def _unsupported(answer: Message) -> tuple[str, ...]:
    return tuple(attribute.name for attribute in answer.group(messages.UNSUPPORTED).attributes)
