"""A printer in this process: it takes jobs, runs out of paper, is busy, talks nonsense and cuts the line.

It has a codec of its own, and keeps what it received. A job goes one step further each time it is asked
about, so nothing here waits. `against_ippeveprinter.py` holds its answers against a real implementation.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

OPERATIONS = {2: "print", 4: "validate", 8: "cancel", 9: "job", 11: "printer"}
JOB_STATES = {
    "pending": 3,
    "held": 4,
    "processing": 5,
    "stopped": 6,
    "canceled": 7,
    "aborted": 8,
    "completed": 9,
}
JOB_REASONS = {
    "pending": "none",
    "processing": "job-printing",
    "canceled": "job-canceled-by-user",
    "aborted": "aborted-by-system",
    "completed": "job-completed-successfully",
}
PRINTER_STATES = {"idle": 3, "processing": 4, "stopped": 5}
PRINTER_WORDS = {"idle": b"Idle.", "processing": b"Printing.", "stopped": b"Stopped."}


@dataclass(frozen=True)
class Received:
    """What came in one request; members of collections are named `media-col/media-size/x-dimension`."""

    operation: str
    version: bytes
    request_id: bytes
    attributes: dict[str, list[bytes]]
    document: bytes
    headers: dict[str, str]

    def number(self, name: str) -> int:
        """An integer, 0 where there is none."""
        return int.from_bytes(self.attributes.get(name, [b""])[0])

    def text(self, name: str) -> str:
        """A string, empty where there is none."""
        return self.attributes.get(name, [b""])[0].decode()


@dataclass
class Printing:
    """A job in the printer."""

    number: int
    name: str
    state: str = "pending"


@dataclass
class FakePrinter:
    """Set what shall happen, then ask it over the wire."""

    paper: bool = True
    holds: bool = False  # the job that prints stands still
    busy: int = 0  # how many more papers it has no room for
    state: str = ""  # as it follows from the jobs, where nothing is said
    reasons: list[str] = field(default_factory=list)
    first_state: str = "pending"
    ends: str = "completed"
    reads_version: bytes = b"\x02\x00"
    knows: set[str] = field(default_factory=lambda: set(OPERATIONS.values()))
    tells_names: bool = True
    ignores_media: bool = False
    certificate: Path | None = None  # with its key; then it speaks TLS only
    # One entry a connection, "" for one that goes well: see `_Handler.handle` and `_Handler.do_POST`.
    script: list[str | bytes] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    jobs: dict[int, Printing] = field(default_factory=dict)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False
        if self.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def uri(self) -> str:
        """Its address."""
        scheme = "ipp" if self.certificate is None else "ipps"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}/ipp/print"

    def asked(self, operation: str) -> list[Received]:
        """What was received of one kind."""
        return [received for received in self.received if received.operation == operation]

    def answer(self, request: Received) -> bytes:
        """What it says."""
        if request.version > self.reads_version:
            return said(request, 0x0503, words="Bad request version")
        if request.operation not in self.knows:
            return said(request, 0x0501, words="Not supported")
        does: Callable[[Received], bytes] = getattr(self, f"_{request.operation}")
        return does(request)

    def _validate(self, request: Received) -> bytes:
        return self._refused(request) or said(request, *self._accepted())

    def _print(self, request: Received) -> bytes:
        if self.busy > 0:
            self.busy -= 1
            return said(request, 0x0507, words="Currently printing another job.")
        if refused := self._refused(request):
            return refused
        job = Printing(len(self.jobs) + 1, request.text("job-name"), self.first_state)
        self.jobs[job.number] = job
        return said(request, *self._accepted(), self._job_group(job, with_name=False))

    def _refused(self, request: Received) -> bytes:
        size = "media-col/media-size"
        if request.number(f"{size}/x-dimension") <= request.number(f"{size}/y-dimension"):
            return b""
        sides = [(side, request.number(f"{size}/{side}")) for side in ("x-dimension", "y-dimension")]
        told = b"".join(attribute(0x4A, "", s.encode()) + attribute(0x21, "", number(n)) for s, n in sides)
        inner = (
            attribute(0x4A, "", b"media-size") + attribute(0x34, "", b"") + told + attribute(0x37, "", b"")
        )
        group = b"\x05" + attribute(0x34, "media-col", b"") + inner + attribute(0x37, "", b"")
        return said(request, 0x040B, group, words="Unsupported media-col collection value.")

    def _accepted(self) -> tuple[int, bytes]:
        return (0x0001, b"\x05" + attribute(0x10, "media-col", b"")) if self.ignores_media else (0, b"")

    def _job(self, request: Received) -> bytes:
        job = self.jobs.get(request.number("job-id"))
        if job is None:
            return said(request, 0x0406, words="Job not found.")
        told = said(request, 0, self._job_group(job, with_name=self.tells_names))
        if job.state == "processing" and self.paper and not self.holds:
            job.state = self.ends
        elif job.state == "pending":
            job.state = "processing"
        return told

    def _cancel(self, request: Received) -> bytes:
        job = self.jobs.get(request.number("job-id"))
        if job is None:
            return said(request, 0x0406, words="Job not found.")
        if job.state in {"canceled", "aborted", "completed"}:
            return said(request, 0x0404, words=f"Job #{job.number} is already {job.state} - can't cancel.")
        job.state = "canceled"
        return said(request, 0)

    def _printer(self, request: Received) -> bytes:
        printing = any(job.state == "processing" for job in self.jobs.values())
        state = self.state or ("processing" if printing else "idle")
        reasons = self.reasons
        if not self.paper:
            # A tray that is empty is a report; it is a warning when a job wants paper out of it.
            empty = ["media-empty-warning", "media-needed-warning"] if printing else ["media-empty-report"]
            reasons = [*reasons, *empty]
        group = b"\x04" + attribute(0x22, "printer-is-accepting-jobs", b"\x01")
        group += attribute(0x23, "printer-state", number(PRINTER_STATES[state]))
        group += attribute(0x41, "printer-state-message", PRINTER_WORDS[state])
        group += attribute(0x44, "printer-state-reasons", *(r.encode() for r in reasons or ["none"]))
        return said(request, 0, group)

    def _job_group(self, job: Printing, *, with_name: bool) -> bytes:
        group = b"\x02" + attribute(0x21, "job-id", number(job.number))
        if with_name:
            group += attribute(0x42, "job-name", job.name.encode())
        group += attribute(0x23, "job-state", number(JOB_STATES[job.state]))
        group += attribute(0x41, "job-state-message", f"Job {job.state}.".encode())
        return group + attribute(0x44, "job-state-reasons", JOB_REASONS.get(job.state, "none").encode())


class _Handler(BaseHTTPRequestHandler):
    fake: FakePrinter

    def handle(self) -> None:
        """Play the next line of the script on this connection."""
        self.line = self.fake.script.pop(0) if self.fake.script else ""
        if self.line == "cut before reading":
            # Not before the first byte of the request proper: cut earlier, the client has sent nothing yet.
            read = b""
            while b"\r\n\r\n" not in read[:-1] and (piece := self.connection.recv(1 << 16)):
                read += piece
            reset(self.connection)
            return
        super().handle()

    def do_POST(self) -> None:
        """Read a request and answer it, or not."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = parsed(body, dict(self.headers.items()))
        self.fake.received.append(request)
        answer = self.fake.answer(request)
        if self.line == "cut after reading":
            reset(self.connection)
        elif self.line == "cut in the answer":
            self._send(b"HTTP/1.1 200 OK", answer, answer[: len(answer) // 2])
            reset(self.connection)
        elif isinstance(self.line, bytes):
            self._send(b"HTTP/1.1 200 OK", self.line, self.line)
        else:
            self._send(f"HTTP/1.1 {self.line or '200 OK'}".encode(), answer, answer)

    def _send(self, first_line: bytes, whole: bytes, part: bytes) -> None:
        head = b"%b\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        # In one piece: two writes cost 40 ms a call.
        self.wfile.write(head % (first_line, len(whole)) + part)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on stderr."""


def reset(connection: socket.socket) -> None:
    """Cut the line, with no farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# ---- its own codec


def number(value: int) -> bytes:
    """An integer or enum."""
    return struct.pack(">i", value)


def attribute(tag: int, name: str, *values: bytes) -> bytes:
    """A name and its values."""
    names = [name.encode()] + [b""] * (len(values) - 1)
    return b"".join(
        struct.pack(f">BH{len(n)}sH{len(v)}s", tag, len(n), n, len(v), v)
        for n, v in zip(names, values, strict=True)
    )


def said(request: Received, status: int, *groups: bytes, words: str = "") -> bytes:
    """An answer in the version of the request."""
    first = b"\x01" + attribute(0x47, "attributes-charset", b"utf-8")
    first += attribute(0x48, "attributes-natural-language", b"zh-cn")
    if words:
        first += attribute(0x41, "status-message", words.encode())
    head = request.version + struct.pack(">H", status) + request.request_id
    return head + first + b"".join(groups) + b"\x03"


def parsed(body: bytes, headers: dict[str, str]) -> Received:
    """A request, its collections laid flat."""
    attributes: dict[str, list[bytes]] = {}
    path: list[str] = []
    at, inside = 8, False
    while body[at] != 3:
        tag = body[at]
        at += 1
        if tag < 0x10:
            continue
        (long,) = struct.unpack_from(">H", body, at)
        name, at = body[at + 2 : at + 2 + long].decode(), at + 2 + long
        (long,) = struct.unpack_from(">H", body, at)
        value, at = body[at + 2 : at + 2 + long], at + 2 + long
        path, inside = moved(path, tag, name or (value.decode() if tag == 0x4A else ""), inside)
        if tag not in {0x34, 0x37, 0x4A}:
            attributes.setdefault("/".join(path), []).append(value)
    operation = OPERATIONS[int.from_bytes(body[2:4])]
    return Received(operation, body[:2], body[4:8], attributes, body[at + 1 :], headers)


def moved(path: list[str], tag: int, name: str, inside: bool) -> tuple[list[str], bool]:
    """Where in the collections a value stands; `inside` is true right after one has begun."""
    if tag == 0x37:
        return path if inside else path[:-1], False
    if not name:
        return path, tag == 0x34
    if tag == 0x4A:
        return [*path, name] if inside else [*path[:-1], name], False
    return [name], tag == 0x34
