"""`--readonly`: for inspectors; reading verbs work, writing ones end with 3 and write nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import halls
from tests.line import Answer, Line
from workstation import bootstrap, settings
from workstation.acts import inputs
from workstation.commands import parser
from workstation.commands.init import EXAMPLE as HALL
from workstation.settings import Place

INTAKE: Any = msgspec.to_builtins(inputs.EXAMPLE_INTAKE)
INPUT = ("--json", "-")


def anchor(counter: Line) -> str:
    """Where the journal stands."""
    return str(counter("journal", "anchor", "--json").json["anchor"])


def refused(answer: Answer) -> bool:
    """Whether it was refused for being read-only."""
    return (answer.exit_code, answer.code) == (3, "read-only")


def a_case(counter: Line) -> str:
    """A case, registered in earnest."""
    answer = counter("case", "register", *INPUT, stdin=INTAKE, as_="1001")
    assert answer.exit_code == 0, answer
    return str(answer.json["case"]["number"])


@pytest.mark.parametrize(
    "words",
    [
        ("--readonly", "case", "list", "--json"),
        ("case", "--readonly", "list", "--json"),
        ("case", "list", "--json", "--readonly"),
    ],
)
def test_it_may_stand_anywhere(counter: Line, words: tuple[str, ...]) -> None:
    """Before the noun, between, and after the verb, like the other global options."""
    assert counter(*words, as_="1001").json == {"cases": []}


def test_it_takes_no_value(line: Line) -> None:
    """`--readonly=no` would be read by nobody as what it does."""
    assert line("locate", "--readonly=no").code == "argument-wrong"


def test_reading_verbs_work(counter: Line) -> None:
    """Lists, a case, its papers, the journal and its verification, what was done today."""
    number = a_case(counter)
    before = anchor(counter)

    for words in (
        ("case", "show", number),
        ("paper", "list", "--of", number),
        ("task", "list"),
        ("item", "list"),
        ("office", "list"),
        ("doing", "list"),
        ("search", number),
        ("custody", number),
        ("draft", "list"),
        ("journal", "verify"),
        ("journal", "anchor"),
        ("doctor",),
        ("locate",),
    ):
        answer = counter(*words, "--readonly", "--json", as_="1001")
        assert answer.exit_code == 0, (words, answer)
    assert counter("journal", "list", "--readonly", as_="8001").exit_code == 0
    assert anchor(counter) == before


def test_writing_verbs_end_with_three(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Acts of the counter, of the rules, of people; what needs a second person, and what waits."""
    number = a_case(counter)
    before = anchor(counter)
    monkeypatch.setenv("WORKSTATION_NEW_PIN", "730185")

    answers = [
        counter("case", "register", *INPUT, "--readonly", stdin=INTAKE, as_="1001"),
        counter("--readonly", "case", "identify", number, "--method", "in_person", "--outcome", "passed",
                as_="1001"),
        counter("case", "withdraw", number, "--readonly", as_="1001"),
        counter("case", "decline", number, "--reason", "not_this_item", "--text", "别的事项", "--readonly",
                as_="1001", second="1002"),
        counter("case", "reveal", number, "--reason", "contact", "--readonly", as_="1001"),
        counter("user", "pin", "--readonly", as_="1001"),
        counter("user", "disable", "1002", "--readonly", as_="9001"),
        counter("clock", "accept", "--readonly", as_="2001"),
        counter("key", "export-recovery", "--readonly", as_="9001", second="2001"),
    ]  # fmt: skip

    assert [answer.code for answer in answers] == ["read-only"] * len(answers)
    assert all(map(refused, answers))
    assert anchor(counter) == before


def test_drafts_are_shown_and_not_kept(counter: Line) -> None:
    """Saved, parked, gone on with, discarded: refused; and used up by no act."""
    save = ("draft", "save", *INPUT)
    draft = counter(*save, "--kind", "intake", stdin=INTAKE, as_="1001").json["draft"]["id"]

    assert refused(counter(*save, "--kind", "intake", "--readonly", stdin=INTAKE, as_="1001"))
    assert refused(counter(*save, "--id", draft, "--readonly", stdin=INTAKE, as_="1001"))
    for words in (("park",), ("resume",), ("discard", "--yes")):
        assert refused(counter("draft", *words, draft, "--readonly", as_="1001"))
    assert refused(counter("case", "register", "--draft", draft, "--readonly", as_="1001"))

    shown = counter("draft", "show", draft, "--readonly", "--json", as_="1001").json["draft"]
    assert (shown["id"], shown["version"]) == (draft, 1)


def test_no_hall_is_founded(line: Line, tmp_path: Path) -> None:
    """Neither one in earnest nor one to practise in, nor without a noun."""
    home = tmp_path / "new"
    line.home = home
    plan = msgspec.to_builtins(halls.with_key(HALL, tmp_path / "hall.key"))

    assert refused(line("init", *INPUT, "--readonly", stdin=plan))
    assert refused(line("practice", "day", "--cases", "1", "--readonly"))
    assert refused(line("--readonly"))

    assert not home.exists()
    assert not (tmp_path / "hall.key").exists()


def test_its_help_is_shown_all_the_same(line: Line) -> None:
    """Nothing is written by looking at how it is done."""
    assert line("init", "--schema", "--readonly").exit_code == 0
    assert "--readonly" in line("init", "--help", "--readonly").out
    assert "--readonly" in line("--help").out


def test_no_key_is_brought_here(counter: Line, tmp_path: Path) -> None:
    """Neither file nor setting changes."""
    key = tmp_path / "brought.key"
    assert counter.home is not None
    before = (counter.home / "settings.toml").read_bytes()
    brought = {"recovery": "1 2 3", "key_file": str(key)}

    assert refused(counter("key", "enrol", *INPUT, "--readonly", stdin=brought, as_="9001"))

    assert not key.exists()
    assert (counter.home / "settings.toml").read_bytes() == before


def test_while_the_server_is_away_drafts_are_only_shown(
    counter: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds at a desk holds at a window that has none."""
    draft = counter("draft", "save", *INPUT, "--kind", "intake", stdin=INTAKE, as_="1001").json["draft"]["id"]
    assert counter.home is not None
    home = settings.locate(counter.home)
    monkeypatch.setenv("WORKSTATION_KEY_FILE", str(halls.key_file()))
    away = Place(engine="postgres", dsn="host=127.0.0.1 port=1 connect_timeout=1")
    bootstrap.keep(home, msgspec.structs.replace(settings.load(home), store=away))

    assert refused(counter("draft", "park", draft, "--readonly", as_="1001"))
    assert counter("draft", "list", "--readonly", as_="1001").exit_code == 0


def test_the_parser_gives_it_on(line: Line) -> None:
    """Off unless it is asked for."""
    verb = parser.Verb("do", lambda *_: None, "做", ("",))  # type: ignore[arg-type]

    assert not parser.parse("thing", verb, [])[0].readonly
    assert parser.parse("thing", verb, ["--readonly"])[0].readonly
