"""The open platform of EMS (协议客户开放平台) over real HTTP, which by script misbehaves as real ones do.

A program of its own: it takes nothing from the client beside it, so that no mistake is made on both sides.
What it demands, does and tells stands in the other `simulated_` modules; here are the wire, the misbehaviour
and the files. Under `/_sim/` it is steered and looked into. Nobody whom it names exists.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import socket
import socketserver
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

import msgspec

from integrations.carriers.ems.simulated_parcels import Happening, read_time, written
from integrations.carriers.ems.simulated_platform import Platform
from integrations.carriers.ems.simulated_requests import Account, Json
from integrations.carriers.ems.simulated_script import Plan, Rule, Script, read_script

_PLACE = "/amp-prod-api/f/amp/api/"
_ENVIRONMENTS = {f"{_PLACE}open": "production", f"{_PLACE}test": "test"}
_REMEMBERED = 1000


@dataclass(frozen=True)
class Outcome:
    """What goes back over the wire; of the bytes only the first `cut`, and then the line is dead."""

    body: bytes
    status: int = 200
    kind: str = "application/json;charset=UTF-8"
    cut: int | None = None
    seconds: float = 0.0
    did: str = ""

    def sent(self) -> bytes:
        """The bytes of the answer as far as they go out."""
        head = (
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\nContent-Type: {self.kind}\r\n"
            f"Content-Length: {len(self.body)}\r\n"
        )
        place = "Location: /elsewhere\r\n" if self.status == HTTPStatus.FOUND else ""
        return (f"{head}{place}\r\n".encode() + self.body)[: self.cut]


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _opened(answer: Json) -> object:
    try:
        return json.loads(answer["retBody"])
    except ValueError:
        return {"content": answer["retBody"]}


def _within(answer: Json, _: Rule) -> Outcome:
    good = Outcome(_json(answer))
    return replace(good, cut=len(good.sent()) - len(good.body) // 2)


# What becomes of the good answer to a request that a rule applies to.
SHAPES: dict[str, Callable[[Json, Rule], Outcome]] = {
    "slow": lambda answer, rule: Outcome(_json(answer), seconds=rule.seconds),
    "status_500": lambda _, __: Outcome(b"Internal Server Error", status=500, kind="text/plain"),
    "redirect": lambda _, __: Outcome(b"", status=302, kind="text/plain"),
    "page": lambda _, __: Outcome("<html><body>请先登录网络</body></html>".encode(), kind="text/html"),
    "refuse": lambda answer, rule: Outcome(
        _json({**answer, "retCode": rule.code, "retMsg": rule.message, "retBody": "", "success": False})
    ),
    "cut_before": lambda _, __: Outcome(b"", cut=0),
    "cut_after": lambda _, __: Outcome(b"", cut=0),
    "cut_within": _within,
    "malformed": lambda answer, _: Outcome(_json(answer)[:-12]),
    "not_string": lambda answer, _: Outcome(_json({**answer, "retBody": _opened(answer)})),
    "in_array": lambda answer, _: Outcome(_json({**answer, "retBody": f"[{answer['retBody']}]"})),
    "bodyless": lambda answer, _: Outcome(_json({**answer, "retBody": ""})),
}


class Clock:
    """The real time, or one that stands where it was set."""

    def __init__(self, at: str | None = None) -> None:
        self.set(at)

    def __call__(self) -> int:
        return int(time.time()) if self._at is None else self._at

    def set(self, at: str | None) -> None:
        """Stand at `yyyy-mm-dd hh:mm:ss` in China; None is the real time again."""
        self._at = None if at is None else read_time(at)


class _ClockAsked(msgspec.Struct, forbid_unknown_fields=True):
    at: str | None = None


class _PlotAsked(msgspec.Struct, forbid_unknown_fields=True):
    waybills: list[str]
    plot: str | list[Happening]


_CLOCK_ASKED = msgspec.json.Decoder(_ClockAsked)
_PLOT_ASKED = msgspec.json.Decoder(_PlotAsked)


class Simulator:
    """The platform with its script, its clock and its files; one lock around all of it."""

    def __init__(
        self, account: Account, clock: Clock, *, first: int, files: Mapping[str, Path | None]
    ) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._plan = Plan(())
        self._count: Counter[str] = Counter()
        self._last: deque[Json] = deque(maxlen=_REMEMBERED)
        self._record = _appending(files.get("record"))
        self._state: BinaryIO | None = None
        self.platform = Platform(account, clock, self._note, first)
        if kept := files.get("state"):
            self._state = self._remembering(kept)

    def follow(self, script: Script) -> None:
        """Behave so from now on; the rules count from one."""
        with self._lock:
            self.platform.follow(script)
            self._plan = Plan(script.rules)

    def unread(self, environment: str, request: bytes) -> Outcome | None:
        """Cut the line on a request that nobody reads; None where the script lets it in."""
        with self._lock:
            if self._plan.rule("unread") is None:
                return None
            outcome = Outcome(b"", cut=0, did="cut_unread")
            self._keep(environment, "", request, outcome)
        return outcome

    def exchange(self, environment: str, form: Mapping[str, str], request: bytes) -> Outcome:
        """Carry a request out as the script has it, and keep what was said on both sides."""
        asked = form.get("apiCode", "")
        with self._lock:
            rule = self._plan.rule(asked, "*")
            if rule is None or rule.takes:
                answer = self.platform.answer(environment, form)
            else:
                answer = self.platform.said("00000", "")
            outcome = self._shaped(answer, rule)
            self._keep(environment, asked, request, outcome)
        return outcome

    def steered(self, place: str, body: bytes) -> Outcome:
        """Do what is asked under `/_sim/`, or tell why not."""
        try:
            if place == "script":
                self.follow(read_script(body))
            elif place == "clock":
                self.clock.set(_CLOCK_ASKED.decode(body).at)
            elif place == "plot":
                asked = _PLOT_ASKED.decode(body)
                with self._lock:
                    self.platform.plot(asked.waybills, asked.plot)
            else:
                return Outcome(_json({"error": f"nothing at {place}"}), status=404)
        except ValueError as error:  # msgspec's are such as well
            return Outcome(_json({"error": str(error)}), status=400)
        return Outcome(_json({"done": place}))

    def shown(self, place: str) -> Outcome:
        """What is to be seen under `/_sim/`."""
        with self._lock:
            if place == "orders":
                return Outcome(_json(self.platform.overview()))
            if place == "traffic":
                return Outcome(_json({"count": self._count, "last": list(self._last)}))
        return Outcome(_json({"error": f"nothing at {place}"}), status=404)

    def _keep(self, environment: str, asked: str, request: bytes, outcome: Outcome) -> None:
        """Count an exchange and, if so wanted, append its bytes to the record."""
        self._count[asked] += 1
        said = {"environment": environment, "apiCode": asked, "did": outcome.did}
        self._last.append(said)
        if self._record is not None:
            pair = {"request": request, "answer": outcome.sent()}
            raw = {name: base64.b64encode(data).decode() for name, data in pair.items()}
            self._record.write(_json({**said, "at": written(self.clock()), **raw}) + b"\n")

    def _shaped(self, answer: Json, rule: Rule | None) -> Outcome:
        if rule is None:
            return Outcome(_json(answer))
        return replace(SHAPES[rule.do](answer, rule), did=rule.do)

    def _note(self, entry: Json) -> None:
        if self._state is not None:
            self._state.write(_json(entry) + b"\n")

    def _remembering(self, path: Path) -> BinaryIO:
        """Do again what the file tells; a line that a killed simulator did not finish is dropped."""
        kept = path.read_bytes() if path.exists() else b""
        whole = kept[: kept.rfind(b"\n") + 1]
        for line in whole.splitlines():
            self.platform.apply(json.loads(line))
        path.write_bytes(whole)
        return path.open("ab", buffering=0)


def _appending(path: Path | None) -> BinaryIO | None:
    return None if path is None else path.open("ab", buffering=0)


class _Listening(io.BufferedReader):
    """Keeps each byte that it gives, so that a request can be recorded as it came."""

    heard = b""

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        self.heard += line
        return line

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.heard += data
        return data


class _Handler(BaseHTTPRequestHandler):
    """One connection, kept alive."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self.rfile = self._wire = _Listening(self.connection.makefile("rb", buffering=0))

    def handle_one_request(self) -> None:
        self._wire.heard = b""
        super().handle_one_request()

    def do_GET(self) -> None:
        """Show what a test wants to see."""
        self._send(self.server.simulator.shown(self.path.removeprefix("/_sim/")))

    def do_POST(self) -> None:
        """Answer a request, or be steered."""
        simulator = self.server.simulator
        environment = _ENVIRONMENTS.get(self.path)
        if self.path.startswith("/_sim/"):
            self._send(simulator.steered(self.path.removeprefix("/_sim/"), self._body()))
        elif environment is None:
            self._send(Outcome(self._body()[:0], status=404))
        elif cut := simulator.unread(environment, self._wire.heard):
            self._send(cut)
        elif self.headers.get_content_type() != "application/x-www-form-urlencoded":
            self._send(Outcome(self._body()[:0], status=415))
        else:
            form = dict(parse_qsl(self._body().decode(errors="replace"), keep_blank_values=True))
            self._send(simulator.exchange(environment, form, self._wire.heard))

    def _body(self) -> bytes:
        size = self.headers.get("Content-Length", "0")
        return self.rfile.read(int(size)) if size.isdigit() else b""

    def _send(self, outcome: Outcome) -> None:
        time.sleep(outcome.seconds)
        self.wfile.write(outcome.sent())
        if outcome.cut is not None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what was said is in the record."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, port: int, simulator: Simulator) -> None:
        self.simulator = simulator
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name service who we are, which may take seconds where there is no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, *_: Any) -> None:
        """A client that has hung up is no error; anything else is told as always."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(*_)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="A simulated open platform of EMS on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0: any that is free; it is printed")
    parser.add_argument("--script", type=Path, help="a JSON file: rules, repeat, plots, clock_skew and more")
    parser.add_argument("--clock", help="stand at this time, yyyy-mm-dd hh:mm:ss in China")
    parser.add_argument("--record", type=Path, help="append each request and answer, one JSON a line")
    parser.add_argument("--state", type=Path, help="keep orders here, so that they outlive the simulator")
    parser.add_argument("--first", type=int, default=1190000000001, help="the first waybill number")
    for name, value in asdict(Account()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", default=value)
    return parser


def main() -> None:
    """Open a port, tell where, and answer until ended."""
    parser = _arguments()
    given = parser.parse_args()
    account = Account(**{name: getattr(given, name) for name in asdict(Account())})
    try:
        clock = Clock(given.clock)
        script = read_script(given.script.read_bytes()) if given.script else Script()
    except (OSError, ValueError) as error:
        parser.error(str(error))
    simulator = Simulator(
        account, clock, first=given.first, files={"record": given.record, "state": given.state}
    )
    simulator.follow(script)
    server = _Server(given.port, simulator)
    base = f"http://127.0.0.1:{server.server_port}"
    told = {"url": f"{base}{_PLACE}open", "test_url": f"{base}{_PLACE}test", "control": f"{base}/_sim/"}
    print(json.dumps({**told, **asdict(account)}), flush=True)
    with suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
