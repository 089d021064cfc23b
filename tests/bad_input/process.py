"""A command line in a process of its own, on a disk that ends early or without a superuser's rights.

`python -m tests.bad_input.process '{"clock": …, "largest_file": …, "rights": false}' case list …`
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests import halls
from tests.line import Answer
from workstation import bootstrap
from workstation.__main__ import main

#: linux/capability.h: what lets a superuser write where the mode says no.
_VERSION_3 = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True)
class Conditions:
    """Under which a line is typed."""

    clock: int | None = None
    """Where the machine's clock stands; None: where it stands."""
    largest_file: int | None = None
    """Bytes beyond which no file grows, as on a full disk."""
    rights: bool = True
    """False: root too is held to the modes of files."""

    def command(self, words: Sequence[str]) -> list[str]:
        """The command that types these words under these conditions."""
        return [sys.executable, "-m", "tests.bad_input.process", json.dumps(asdict(self)), *words]

    def begin(self) -> None:
        """Bring them about in this process."""
        if self.clock is not None:
            at = self.clock
            bootstrap.machine_clock = lambda: at
        if self.largest_file is not None:
            # Python leaves SIGXFSZ ignored, so that a write beyond it fails, as on a full disk.
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest_file, self.largest_file))
        if not self.rights:
            drop_override()


def drop_override() -> None:
    """Give up a superuser's right to write against the mode; an ordinary user has none to give up."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = struct.pack("Ii", _VERSION_3, 0)
    sets = ctypes.create_string_buffer(24)
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    effective, permitted, inheritable, *upper = struct.unpack("6I", sets.raw)
    kept = ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH)
    sets.raw = struct.pack("6I", effective & kept, permitted & kept, inheritable & kept, *upper)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def start(
    *words: str,
    under: Conditions = Conditions(),
    stdin: object = None,
    as_: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a line that has its input and runs by itself; `finish` gives its answer."""
    people = ["--as", as_] if as_ else []
    process = subprocess.Popen(
        under.command([*words, *people]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(as_),
    )
    assert process.stdin is not None
    process.stdin.write(b"" if stdin is None else json.dumps(stdin).encode())
    process.stdin.close()
    process.stdin = None
    return process


def finish(process: subprocess.Popen[bytes]) -> Answer:
    """What came of a line."""
    out, err = process.communicate(timeout=120)
    return Answer(process.returncode, out.decode(), err.decode())


def _environment(as_: str | None) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKSTATION_")}
    return {**kept, "WORKSTATION_PASSWORD": halls.PASSWORDS[as_]} if as_ else kept


def _run(conditions: dict[str, Any], words: list[str]) -> int:
    Conditions(**conditions).begin()
    return main(words)


if __name__ == "__main__":
    sys.exit(_run(json.loads(sys.argv[1]), sys.argv[2:]))
