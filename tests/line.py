"""A command line typed in a test: `line("user", "list", as_="9001")` runs `main` and gives its answer."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import halls
from workstation.__main__ import main

_VARIABLES = (
    "CREDENTIALS_DIRECTORY",
    "WORKSTATION_CARRIER_FILE",
    "WORKSTATION_HOME",
    "WORKSTATION_KEY_FILE",
    "WORKSTATION_NEW_PASSWORD",
    "WORKSTATION_NEW_PIN",
    "WORKSTATION_PASSPHRASE",
    "WORKSTATION_PASSWORD",
    "WORKSTATION_RECOVERY",
    "WORKSTATION_SECOND_PIN",
    "WORKSTATION_WINDOW",
)


@dataclass(frozen=True)
class Answer:
    """What came of a command line."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """The code of the error, from `--json` or from the words."""
        if self.out.startswith("{"):
            return str(self.json["error"]["code"])
        return self.err.partition("（")[2].partition("）")[0]


class Line:
    """Types command lines at one home."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.home: Path | None = None

    def __call__(
        self, *words: str, stdin: object = None, as_: str | None = None, second: str | None = None
    ) -> Answer:
        """Run a line; `stdin` is text, bytes, or what shall stand there as JSON."""
        where = ["--home", str(self.home)] if self.home else []
        people = [*self._person(as_), *self._second(second)]
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_bytes(stdin))))
        self._capsys.readouterr()
        exit_code = main([*where, *words, *people])
        return Answer(exit_code, *self._capsys.readouterr())

    def _person(self, code: str | None) -> list[str]:
        if code is None:
            return []
        self._monkeypatch.setenv("WORKSTATION_PASSWORD", halls.PASSWORDS.get(code, "Falsch-2026"))
        return ["--as", code]

    def _second(self, code: str | None) -> list[str]:
        if code is None:
            return []
        self._monkeypatch.setenv("WORKSTATION_SECOND_PIN", halls.PINS.get(code, "999999"))
        return ["--second", code]


def _bytes(stdin: object) -> bytes:
    if isinstance(stdin, bytes):
        return stdin
    if isinstance(stdin, str):
        return stdin.encode()
    return b"" if stdin is None else json.dumps(stdin).encode()


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Line:
    """A command line without a home, and nothing from outside."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    return Line(capsys, monkeypatch)


@pytest.fixture
def counter(line: Line, tmp_path: Path) -> Line:
    """A command line at a founded hall."""
    line.home = halls.home_in(tmp_path)
    return line
