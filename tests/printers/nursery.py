"""Programs to be killed: a process that has everything loaded forks a `workstation` for each line it reads.

It answers with the process number, and when that process is gone with how it ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_NEEDED = (
    "integrations.printers.client",
    "integrations.printers.states",
    "printing.reading",
    "workstation.acts.sending",
    "workstation.bootstrap",
    "workstation.commands.print",
    "workstation.store.sqlite",
)


@dataclass(frozen=True)
class Nursery:
    """The process that forks."""

    process: subprocess.Popen[str]

    def born(self, *words: str) -> int:
        """Start a command line; its process number."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self._told()

    def end(self) -> int:
        """How the last one ended, as `os.waitstatus_to_exitcode` tells it."""
        return self._told()

    def _told(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@contextmanager
def open_nursery(environment: dict[str, str]) -> Iterator[Nursery]:
    """A nursery for the length of a block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.printers.nursery"],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


def kill(process: int) -> None:
    """kill -9."""
    os.kill(process, signal.SIGKILL)


def main() -> None:
    """Fork until the input ends."""
    from workstation.__main__ import main as workstation

    for name in _NEEDED:
        importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(workstation(json.loads(line)))
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
