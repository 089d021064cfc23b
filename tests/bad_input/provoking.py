"""A hall at which something is done wrong, and what must hold then: it was said well, nothing happened."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tests.bad_input.causes import Cause
from tests.engines import Clock
from tests.line import Answer, Line
from workstation import bootstrap
from workstation.acts import inputs, verification
from workstation.store import schema
from workstation.store.protocols import Engine

CLERK, OTHER_CLERK, SUPERVISOR, ADMINISTRATOR, AUDITOR = "1001", "1002", "2001", "9001", "8001"
REGISTER = ("case", "register", "--json", "-")

_HAN = re.compile("[\u4e00-\u9fff]")
_PARTS = {"code", "what", "why", "next"}
#: Says nothing of what happened, why, or what to do.
_HOLLOW = "操作失败"
#: Wrong passwords are counted outside the ledger; the engine's side files come and go.
_NO_LEDGER = frozenset({"logins", "scans"})
_SIDE_FILES = re.compile(r"ledger\.db-.*|ledger\.db\.lock|logs(/.*)?")


@dataclass(frozen=True)
class State:
    """All that an act could change: the same before and after means that nothing was done."""

    entries: int
    anchor: str
    rows: Mapping[str, int]
    files: frozenset[str]


@dataclass(frozen=True)
class Counter:
    """A founded hall, its command line and its clock."""

    line: Line
    home: Path
    clock: Clock

    def state(self) -> State:
        """How the hall stands, whose journal must be true."""
        opened = bootstrap.open_hall(self.home, clock=self.clock)
        verified = verification.verify(opened.desk)
        rows = row_counts(opened.desk.store.engine)
        opened.close()
        assert verified.difference is None
        return State(verified.entries, verified.anchor, rows, files_in(self.home))

    def refuses(self, cause: Cause, *words: str, **given: Any) -> dict[str, str]:
        """Type a line that must be refused for this cause and leave no trace; gives the error's parts."""
        before = self.state()
        if "--json" not in words:
            assert_words(cause, self.line(*words, **given))
            words = (*words, "--json")
        error = error_of(self.line(*words, **given), cause)
        assert self.state() == before
        return error

    def refuses_intake(self, cause: Cause, **changes: Any) -> dict[str, str]:
        """Try to register a hand-in in which these values are wrong."""
        return self.refuses(cause, *REGISTER, stdin=intake(**changes), as_=CLERK)

    def does(self, *words: str, **given: Any) -> Any:
        """Type a line that must be done; gives its document."""
        words = words if "--json" in words else (*words, "--json")
        answer = self.line(*words, **given)
        assert answer.exit_code == 0, answer
        return answer.json

    def registers(self, **changes: Any) -> str:
        """Register a hand-in with these values; gives the case's number."""
        number: str = self.does(*REGISTER, stdin=intake(**changes), as_=CLERK)["case"]["number"]
        return number


def assert_words(cause: Cause, answer: Answer) -> None:
    """Without `--json` the same is said in words, on standard error."""
    assert answer.exit_code == cause.exit_code
    assert answer.err.startswith(f"没有办成（{cause.code}）：")
    assert "\n原因：" in answer.err
    assert "\n接下来：" in answer.err
    assert answer.out == ""


def error_of(answer: Answer, cause: Cause) -> dict[str, str]:
    """The four parts of the one JSON document an answer must be, in Chinese, under the cause's code."""
    document = json.loads(answer.out)
    assert set(document) == {"error"}, document
    error: dict[str, str] = document["error"]
    assert (error["code"], answer.exit_code, answer.err) == (cause.code, cause.exit_code, ""), error
    assert set(error) == _PARTS
    assert all(_HAN.search(error[part]) for part in ("what", "why", "next")), error
    assert _HOLLOW not in "".join(error.values())
    return error


def intake(**changes: Any) -> Any:
    """The example's hand-in as JSON, with values replaced by their path: `applicant_name=…`, `remark=…`."""
    document = msgspec.to_builtins(inputs.EXAMPLE_INTAKE)
    for path, value in changes.items():
        _set(document, path, value)
    return document


def _set(document: Any, path: str, value: Any) -> None:
    first, _, rest = path.partition("_")
    if first == "applicant" and rest:
        document["applicant"][rest] = value
    elif first == "office" and rest:
        document["offices"][0][rest] = value
    else:
        document[path] = value


def row_counts(engine: Engine) -> dict[str, int]:
    """How many rows each table of the store has."""
    with engine.read():
        names = [line["name"] for line in engine.rows(schema.TABLES[engine.name], {})]
        counts = {name: engine.row(f"SELECT count(*) AS n FROM {name}", {}) for name in names}
    return {name: line["n"] for name, line in counts.items() if line and name not in _NO_LEDGER}


def files_in(home: Path) -> frozenset[str]:
    """What lies in the home, the engine's side files and the logs aside."""
    found = (str(path.relative_to(home)) for path in home.rglob("*"))
    return frozenset(name for name in found if not _SIDE_FILES.fullmatch(name))
