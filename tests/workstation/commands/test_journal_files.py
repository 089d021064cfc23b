"""The noun `journal`: what is looked for, the journal as a file, and such a file checked anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.line import Line
from workstation.acts.inputs import EXAMPLE_INTAKE


@pytest.fixture
def told(counter: Line) -> Line:
    """A hall whose journal tells of three hand-ins."""
    for _ in range(3):
        counter("case", "register", "--json", "-", stdin=msgspec.to_builtins(EXAMPLE_INTAKE), as_="1001")
    return counter


def test_entries_are_looked_for(told: Line) -> None:
    """With a filter the newest first, and how far was looked; without, from the first on, as ever."""
    everything = told("journal", "list", "--json", as_="8001").json
    found = told("journal", "list", "--act", "收件登记", "--json", as_="8001").json
    page = told("journal", "list", "--act", "register", "--count", "2", as_="8001").out

    seqs = [entry["seq"] for entry in found["entries"]]
    assert set(everything) == {"entries"}
    assert [entry["seq"] for entry in everything["entries"]] == list(range(1, len(everything["entries"]) + 1))
    assert seqs == sorted(seqs, reverse=True)
    assert {entry["act"] for entry in found["entries"]} == {"register"}
    assert (found["more"], found["looked_to"]) == (False, 1)
    assert f"--before {seqs[1]}" in page


def test_one_goes_on_where_the_page_ended(told: Line) -> None:
    """`--before` with what was told."""
    whole = told("journal", "list", "--act", "register", "--json", as_="8001").json["entries"]
    first = told("journal", "list", "--act", "register", "--count", "2", "--json", as_="8001").json
    before = str(first["looked_to"])
    rest = told("journal", "list", "--act", "register", "--before", before, "--json", as_="8001").json
    newer = told("journal", "list", "--act", "register", "--after", before, "--json", as_="8001").json

    assert first["entries"] + rest["entries"] == whole
    assert newer["entries"] == whole[:1]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("--act", "吃饭"), 2, "act-unknown"),
        (("--by", "7777"), 3, "user-not-found"),
        (("--since", "x"), 2, "day-impossible"),
        (("--after", "1", "--before", "3"), 2, "argument-conflict"),
    ],
)
def test_what_cannot_be_looked_for(counter: Line, words: tuple[str, ...], exit_code: int, code: str) -> None:
    """In words."""
    answer = counter("journal", "list", *words, "--json", as_="8001")

    assert (answer.exit_code, answer.code) == (exit_code, code)


def test_a_file_goes_out_and_is_checked_without_a_hall(counter: Line, tmp_path: Path) -> None:
    """Nobody at the desk, no home."""
    path = tmp_path / "留痕账.jsonl"
    told = counter("journal", "export", str(path), "--json", as_="8001").json["export"]
    counter.home = None

    found = counter("journal", "check", str(path), "--json")
    text = counter("journal", "check", str(path)).out

    assert (told["path"], told["first"], told["entries"]) == (str(path), 1, told["last"])
    assert found.exit_code == 0
    assert (found.json["verified"], found.json["entries"], found.json["fault"]) == (
        True,
        told["entries"],
        None,
    )
    assert found.json["head"]["anchor"] == told["anchor"]
    assert told["anchor"] in text
    assert "榕城政务服务中心" in text


def test_a_changed_file_fails_with_its_line(told: Line, tmp_path: Path) -> None:
    """Exit 3; the result is printed all the same."""
    path = tmp_path / "x.jsonl"
    told("journal", "export", str(path), as_="8001")
    lines = path.read_text("utf-8").splitlines()
    entry = json.loads(lines[3])
    lines[3] = json.dumps({**entry, "act": "seal"}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", "utf-8")

    found = told("journal", "check", str(path), "--json")
    text = told("journal", "check", str(path))

    assert found.exit_code == text.exit_code == 3
    assert found.json["fault"]["line"] == 4
    assert "第 4 行" in text.out


def test_only_an_auditor_gives_it_out(counter: Line, tmp_path: Path) -> None:
    """And nothing is written over."""
    path = tmp_path / "x.jsonl"

    assert counter("journal", "export", str(path), "--json", as_="2001").code == "wrong-role"
    assert counter("journal", "export", str(path), as_="8001").exit_code == 0
    assert counter("journal", "export", str(path), "--json", as_="8001").code == "file-exists"
    gone = counter("journal", "check", str(tmp_path / "nothing"), "--json")
    assert (gone.exit_code, gone.code) == (4, "file-unreadable")


def test_days_are_a_stretch(counter: Line, tmp_path: Path) -> None:
    """Days before the hall was founded have nothing."""
    answer = counter("journal", "export", str(tmp_path / "x"), "--until", "2020-01-01", "--json", as_="8001")

    assert (answer.exit_code, answer.code) == (3, "journal-empty")
