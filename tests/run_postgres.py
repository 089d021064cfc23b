"""Runs the engine tests on a PostgreSQL server of their own and on SQLite, and compares the two.

A test that quietly ran on one engine only would be a promise nobody has tried, so the run passes only when
both engines passed the same tests, and passed every one of them.
"""

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from tests import postgres_server


@dataclass(frozen=True)
class Tally:
    """What one run of the suite came to; taken from pytest's report, not from its words."""

    engine: str
    passed: frozenset[str] = frozenset()
    not_passed: frozenset[str] = frozenset()
    exit_code: int = 0


def main() -> int:
    """Run both engines and say, as the last lines, how they compare."""
    signal.signal(signal.SIGTERM, leave)  # so that the server is stopped then, too
    try:
        with postgres_server.running() as server:
            version = postgres_server.version_of(server)
            postgres = run_suite("postgres", server.dsn)
            visits = postgres_server.visits_to(server)
    except postgres_server.NoServer as error:
        print(f"No PostgreSQL to test on. {error}", file=sys.stderr)
        return 1
    sqlite = run_suite("sqlite", "")
    print(f"\nPostgreSQL {version}: {len(postgres.passed)} tests passed, {visits} connections")
    print(f"SQLite: {len(sqlite.passed)} tests passed")
    found = complaints(postgres, sqlite, visits)
    for complaint in found:
        print(f"FAILED: {complaint}", file=sys.stderr)
    return 1 if found else 0


def leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end."""
    sys.exit(128 + number)


def run_suite(engine: str, dsn: str) -> Tally:
    """Run the tests marked `engine` in a process of their own."""
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        report = Path(folder) / "report.xml"
        environment = {**os.environ, "WORKSTATION_TEST_ENGINE": engine, "WORKSTATION_TEST_DSN": dsn}
        command = [sys.executable, "-m", "pytest", "-m", "engine", f"--junit-xml={report}"]
        print(f"\nThe engine tests on {engine}:", flush=True)
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
        return tally(engine, done.returncode, report.read_text() if report.exists() else "<testsuites/>")


def tally(engine: str, exit_code: int, report: str) -> Tally:
    """Read pytest's report: a test that failed, broke or was skipped carries a child that says so."""
    passed: set[str] = set()
    not_passed: set[str] = set()
    for case in ElementTree.fromstring(report).iter("testcase"):
        troubled = any(case.find(trouble) is not None for trouble in ("failure", "error", "skipped"))
        (not_passed if troubled else passed).add(f"{case.get('classname')}::{case.get('name')}")
    return Tally(engine, frozenset(passed - not_passed), frozenset(not_passed), exit_code)


def complaints(postgres: Tally, sqlite: Tally, visits: int) -> list[str]:
    """Say everything that keeps the two runs from proving the same."""
    found = []
    for run in (postgres, sqlite):
        if not run.passed:
            found.append(f"no test passed on {run.engine}")
        if run.not_passed:
            found.append(f"not passed or skipped on {run.engine}: {', '.join(sorted(run.not_passed))}")
        if run.exit_code:
            found.append(f"pytest ended with {run.exit_code} on {run.engine}")
    if lopsided := postgres.passed ^ sqlite.passed:
        found.append(f"passed on one engine only: {', '.join(sorted(lopsided))}")
    if visits < 1:
        found.append("the tests for PostgreSQL never connected to it")
    return found


if __name__ == "__main__":
    sys.exit(main())
