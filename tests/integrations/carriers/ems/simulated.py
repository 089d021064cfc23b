"""The simulated platform in a process of its own, for the length of a test."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIMULATOR = "integrations.carriers.ems.simulator"
PATIENCE = 20.0  # seconds; only a test that fails waits so long

Json = dict[str, Any]


@dataclass(frozen=True)
class Credentials:
    """What a customer of the platform is given."""

    sender_no: str
    authorization: str
    sign_key: str


@dataclass(frozen=True)
class Simulated:
    """A running simulator: where to ask it, how to steer it, and what it has seen."""

    url: str
    test_url: str
    credentials: Credentials
    test_credentials: Credentials
    control: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        """Where another one must listen to be taken for it."""
        return urllib.parse.urlsplit(self.url).port or 0

    def orders(self) -> Json:
        """`orders`, `faults`, the number of `envelopes`, and those `doubled` by two live orders."""
        return self._asked("orders")

    def traffic(self) -> Json:
        """The `count` by apiCode, and of the `last` thousand what was done to them."""
        return self._asked("traffic")

    def set_script(self, script: Mapping[str, object]) -> None:
        """Behave so from now on."""
        self._asked("script", script)

    def set_clock(self, at: str | None) -> None:
        """Stand at `yyyy-mm-dd hh:mm:ss` in China; None is the real time."""
        self._asked("clock", {"at": at})

    def plot(self, waybills: Sequence[str], plot: str | Sequence[Sequence[object]]) -> None:
        """Let a plot begin now for waybills, of an order or from a sticker."""
        self._asked("plot", {"waybills": waybills, "plot": plot})

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def _asked(self, place: str, body: object = None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.control}{place}", data, PATIENCE) as answer:
            said: Json = json.load(answer)
        return said


@contextmanager
def running(
    script: Mapping[str, object] | None = None,
    *,
    clock: str | None = None,
    record: Path | None = None,
    state: Path | None = None,
    port: int = 0,
) -> Iterator[Simulated]:
    """A simulator that behaves by a script, ended with the block."""
    command = [sys.executable, "-m", SIMULATOR, "--port", str(port)]
    given = {"clock": clock, "record": record, "state": state}
    command += [f"--{name}={value}" for name, value in given.items() if value is not None]
    with TemporaryDirectory() as folder:
        written = Path(folder) / "script.json"
        written.write_text(json.dumps(script or {}), encoding="utf-8")
        command += ["--script", str(written)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            try:
                yield _started(process)
            finally:
                process.kill()


def _started(process: subprocess.Popen[bytes]) -> Simulated:
    assert process.stdout is not None
    told: dict[str, str] = json.loads(process.stdout.readline())
    sender, key = told["sender_no"], told["sign_key"]
    return Simulated(
        url=told["url"],
        test_url=told["test_url"],
        credentials=Credentials(sender, told["authorization"], key),
        test_credentials=Credentials(sender, told["test_authorization"], key),
        control=told["control"],
        process=process,
    )
