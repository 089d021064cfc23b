"""Whole processes: a practice day, and small commands against a Python that does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.spread import Spread
from workstation import bootstrap
from workstation.acts import verification
from workstation.practice import hall

#: The practice day that is measured, as the issue gives it.
CASES, SEED, START = 40, 7, "2026-11-20"
_CLERK = "1001"


@dataclass(frozen=True)
class Processes:
    """Seconds of whole processes."""

    nothing: Spread
    """`python -c pass`."""
    version: Spread
    case_show: Spread


def workstation(*arguments: str) -> list[str]:
    """The command as it is installed."""
    return [str(Path(sys.executable).parent / "workstation"), *arguments]


def practice_day(home: Path) -> float:
    """Play the practice day in this home; gives the seconds."""
    arguments = ("--cases", str(CASES), "--seed", str(SEED), "--start", START, "--json")
    return _seconds(workstation("--home", str(home), "practice", "day", *arguments))


def small_commands(home: Path, *, rounds: int) -> Processes:
    """Version and `case show` of the home that was played, in turn with a Python that does nothing."""
    show = workstation("--home", str(home), "--as", _CLERK, "case", "show", _a_case(home))
    commands = ([sys.executable, "-c", "pass"], workstation("--version"), show)
    times = [[_seconds(command, _signed_in()) for command in commands] for _ in range(rounds)]
    nothing, version, case_show = (Spread(column) for column in zip(*times, strict=True))
    return Processes(nothing, version, case_show)


def verify_speed(home: Path, *, rounds: int) -> Spread:
    """Journal entries verified a second, all records compared."""
    opened = bootstrap.open_hall(home)
    speeds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        verified = verification.verify(opened.desk)
        speeds.append(verified.entries / (time.perf_counter() - begun))
        assert verified.verified
    opened.close()
    return Spread(speeds)


def _a_case(home: Path) -> str:
    command = workstation("--home", str(home), "--as", _CLERK, "case", "list", "--json")
    listed = subprocess.run(command, env=_signed_in(), capture_output=True, check=True)
    number: str = json.loads(listed.stdout)["cases"][0]["number"]
    return number


def _signed_in() -> Mapping[str, str]:
    """The environment in which the clerk's password stands."""
    password = next(person.password for person in hall.operators(SEED) if person.code == _CLERK)
    return {**os.environ, "WORKSTATION_PASSWORD": password or ""}


def _seconds(command: Sequence[str], environment: Mapping[str, str] = os.environ) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
