"""The noun `register`: what registers there are, their lines masked, and files that go out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from integrations import spreadsheets
from tests.line import Line
from workstation.acts.inputs import EXAMPLE_INTAKE
from workstation.acts.registers import REGISTERS


@pytest.fixture
def case(counter: Line) -> str:
    """A registered case."""
    intake = msgspec.to_builtins(EXAMPLE_INTAKE)
    answer = counter("case", "register", "--json", "-", stdin=intake, as_="1001")
    number: str = answer.json["case"]["number"]
    return number


def clear() -> list[str]:
    """What must not be seen of the applicant."""
    person: Any = EXAMPLE_INTAKE.applicant
    return [person.name, person.id_number, person.phone]


def test_the_registers_are_listed_with_their_columns(counter: Line) -> None:
    """By key and title."""
    found = counter("register", "list", "--json", as_="1001").json["registers"]
    text = counter("register", "list", as_="1001").out

    assert [(one["key"], one["title"]) for one in found] == [(k, r.title) for k, r in REGISTERS.items()]
    assert found[0]["columns"][:2] == ["序号", "收件编号"]
    assert "收件台账" in text


def test_lines_are_shown_masked(counter: Line, case: str) -> None:
    """All columns in JSON, the chief ones in words."""
    shown = counter("register", "show", "intake", "--json", as_="8001").json
    text = counter("register", "show", "收件台账", as_="1001").out

    assert (shown["register"], shown["total"]) == ("intake", 1)
    assert shown["lines"][0]["收件编号"] == case
    assert case in text
    assert not any(secret in str(shown) + text for secret in clear())


def test_a_page_and_other_days_are_asked_for(counter: Line, case: str) -> None:
    """By ordinal, and by date."""
    assert counter("register", "show", "intake", "--after", "1", "--json", as_="1001").json["lines"] == []
    before = counter(
        "register", "show", "intake", "--since", "2020-01-01", "--until", "2020-01-02", "--json", as_="1001"
    )
    assert (before.json["total"], before.json["since"]) == (0, "2020-01-01")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_a_file_is_written(counter: Line, case: str, tmp_path: Path, kind: str) -> None:
    """Its path is told; a second time it is refused."""
    path = tmp_path / f"台账.{kind}"

    told = counter("register", "export", "intake", str(path), "--json", as_="1001").json["export"]
    again = counter("register", "export", "intake", str(path), "--json", as_="1001")

    assert (told["path"], told["lines"], told["unmasked"]) == (str(path), 1, False)
    assert path.stat().st_size > 100
    assert (again.exit_code, again.code) == (3, "file-exists")


def test_in_clear_with_a_second_person(counter: Line, case: str, tmp_path: Path) -> None:
    """`--unmasked --second`; the words warn."""
    path = tmp_path / "x.csv"
    line = ("register", "export", "intake", str(path), "--unmasked")

    assert counter(*line, "--json", as_="1001").code == "second-needed"
    answer = counter(*line, as_="1001", second="2001")

    assert "收件台账（明文）" in answer.out
    assert "用完请销毁" in answer.out
    told = "".join(cell for row in spreadsheets.read(path).rows for cell in row)
    assert all(secret in told for secret in clear())


@pytest.mark.parametrize(
    ("words", "as_", "exit_code", "code"),
    [
        (("show", "nothing"), "1001", 2, "register-unknown"),
        (("show", "sent", "--since", "x"), "1001", 2, "day-impossible"),
        (("show", "sent"), "9001", 3, "register-role"),
        (("export", "sent", "x.doc"), "1001", 2, "file-ending"),
        (("export", "sent", "/nowhere/x.csv"), "1001", 4, "export-not-written"),
        (("export", "sent", "x.csv"), "8001", 3, "wrong-role"),
        (("export", "sent", "x.csv", "--readonly"), "1001", 3, "read-only"),
    ],
)
def test_what_cannot_be_is_refused(
    counter: Line, words: tuple[str, ...], as_: str, exit_code: int, code: str
) -> None:
    """Each under its own code."""
    answer = counter("register", *words, "--json", as_=as_)

    assert (answer.exit_code, answer.code) == (exit_code, code)
