"""A gate between a program and a printer: all passes, but one paper meets with what is arranged for it.

It takes each request whole before it passes it on, so that it can be cut after any byte of the paper.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from integrations.printers.messages import PRINT_JOB
from tests.printers.virtual import WITHIN

UNTOLD, TOLD = 1.0, 2.0
"""Cut when the printer has the whole paper: before its answer has passed, and right after."""


@dataclass
class Gate:
    """Arrange something for a paper with `strike_at`; it happens once."""

    printer: int
    port: int = 0
    papers: int = 0
    """How many papers have come to the gate."""
    _armed: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    opened: threading.Event = field(default_factory=threading.Event)
    """Set when the next request comes to the gate; whoever waits for it clears it."""

    @property
    def uri(self) -> str:
        """Where the printer seems to be."""
        return f"ipp://localhost:{self.port}/ipp/print"

    def strike_at(self, share: float, strike: Callable[[], object] = int) -> None:
        """When the next paper comes, pass on this share of it, strike, and cut the line."""
        self._armed = [(share, strike)]

    def disarm(self) -> None:
        """Let the next paper pass as well."""
        self._armed.clear()

    def passed(self, head: dict[str, str], body: bytes) -> bytes | None:
        """The printer's answer to a request, or None where the line is cut."""
        self.opened.set()
        is_paper = int.from_bytes(body[2:4]) == PRINT_JOB
        self.papers += is_paper
        share, strike = self._armed.pop() if is_paper and self._armed else (TOLD, None)
        connection = HTTPConnection("localhost", self.printer, timeout=WITHIN)
        try:
            connection.putrequest("POST", "/ipp/print")
            for name in ("Content-Type", "Content-Length"):
                connection.putheader(name, head[name])
            connection.endheaders(body[: int(share * len(body))])
            answer = connection.getresponse().read() if share >= UNTOLD else b""
        except OSError:
            return None
        finally:
            connection.close()
        if strike is not None and share < TOLD:
            strike()
            return None
        if strike is not None:
            threading.Timer(0.0, strike).start()
        return answer


class _Handler(BaseHTTPRequestHandler):
    gate: Gate
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Pass one request on."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.gate.passed(dict(self.headers.items()), body)
        self.close_connection = True
        if answer is None:
            return
        self.send_response_only(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Nothing: the papers that came are counted."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Nothing: whoever was killed does not wait for an answer."""


@contextmanager
def standing(printer: int) -> Iterator[Gate]:
    """A gate in front of the printer at this port."""
    gate = Gate(printer)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"gate": gate}))
    gate.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield gate
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
