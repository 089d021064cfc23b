"""The simulated reader in a process of its own, for the length of a test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from integrations.card_readers.sdt_serial.client import SdtSerial

SIMULATOR = "integrations.card_readers.sdt_serial.simulator"
PATIENCE = 20.0  # seconds; only a test that fails waits so long


@dataclass(frozen=True)
class Device:
    """A running simulator and where to open it."""

    path: str
    process: subprocess.Popen[str]
    words: IO[str]

    def client(self, answer_within: float = PATIENCE) -> SdtSerial:
        """A reader on it that looks for a card without making the test wait."""
        return SdtSerial(self.path, poll=0.001, answer_within=answer_within)

    def has_dealt_with(self, step: str) -> None:
        """Wait until it says that it has dealt with a request as a step of the script wants."""
        for said in self.words:
            if step in said:
                return
        raise AssertionError(f"the simulator ended before {step}")


@contextmanager
def running(script: str = "", *, card: str = "citizen_id") -> Iterator[Device]:
    """A simulator with a script, ended with the block."""
    command = [sys.executable, "-m", SIMULATOR, "--card", card, "--script", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Device(process.stdout.readline().strip(), process, process.stdout)
        finally:
            process.kill()
