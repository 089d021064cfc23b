"""Every verb shows how it is typed, and what it shows can be typed: no example is wrong."""

from __future__ import annotations

import re
import shlex
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import halls
from tests.line import Line
from workstation import typed
from workstation.commands import nouns, parser
from workstation.commands.parser import Verb
from workstation.domain import codes

WIDEST = 100
#: They need nobody at the desk (design §9), so their examples name nobody.
WITHOUT_OPERATOR = {
    ("archive", "check"),
    ("case", "schema"),
    ("doctor", ""),
    ("identity", "check"),
    ("identity", "read"),
    ("init", ""),
    ("item", "export"),
    ("item", "find"),
    ("item", "list"),
    ("item", "show"),
    ("journal", "anchor"),
    ("journal", "check"),
    ("journal", "verify"),
    ("key", "status"),
    ("locate", ""),
    ("platform", "check"),
    ("practice", "day"),
    ("practice", "show"),
}
#: What a hall in which nothing has happened answers, once the people are accepted.
NOTHING_THERE = {"badge-unknown", "code-not-issued", "file-unreadable", "mode-unchanged", "not-waiting"}
NOTHING_THERE |= {"day-not-closed", "month-empty", "not-unexplained", "sample-empty"}
NOTHING_THERE |= {"manifest-nothing-read", "reply-code-unknown", "user-exists"}


class Example(NamedTuple):
    """One example of a verb, as its help prints it."""

    noun: str
    verb: Verb
    text: str

    def __str__(self) -> str:
        return f"{self.noun} {self.verb.name}".rstrip()

    @property
    def words(self) -> list[str]:
        """The words that a shell would hand to the program."""
        command, _, _ = self.text.replace("\\\n", "").partition(" < ")
        return shlex.split(command)[1:]

    @property
    def reads_a_file(self) -> bool:
        """Whether a file is sent to its standard input."""
        return re.search(r" < [\w.]+\.json$", self.text) is not None


EXAMPLES = [
    Example(noun, verb, text)
    for noun in nouns.names()
    for verb in nouns.load(noun).known.values()
    for text in parser.examples(noun, verb)
]
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=str)


def parsed(example: Example) -> parser.Options:
    """The example's global options, once the real parser has accepted all of it."""
    noun, tokens = parser.first_word(parser.normalised(example.words))
    assert noun == example.noun
    if example.verb.name:
        verb, tokens = parser.first_word(tokens)
        assert verb == example.verb.name
    options, _ = parser.parse(example.noun, example.verb, tokens)
    return options


def test_every_verb_shows_one_or_two_examples() -> None:
    """The help of each verb prints them under their heading, as they are typed."""
    for noun in nouns.names():
        for verb in nouns.load(noun).known.values():
            shown = parser.examples(noun, verb)
            heading, _, printed = parser.help_text(noun, verb).partition("\n示例：\n")

            assert 1 <= len(shown) <= 2
            assert heading.startswith("用法：")
            assert [line.strip() for line in printed.splitlines()] == [
                line.strip() for text in shown for line in text.splitlines()
            ]
            assert printed.count("  workstation ") == len(shown)


@every_example
def test_the_parser_accepts_an_example(example: Example) -> None:
    """Noun and verb are its own, all its arguments are known, and JSON is read where the verb reads JSON."""
    options = parsed(example)

    assert options.reads_stdin == example.reads_a_file
    assert example.verb.reads is not None or not options.reads_stdin


@every_example
def test_an_example_fits_on_a_line(example: Example) -> None:
    """Indented as the help prints it, no line is cut or wrapped; a long one goes on behind a backslash."""
    lines = [f"  {line}" for line in example.text.split("\n")]

    assert max(width(line) for line in lines) <= WIDEST
    assert len(lines) <= 2
    assert all(line.endswith(" \\") for line in lines[:-1])


def width(text: str) -> int:
    """The columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@every_example
def test_the_numbers_of_an_example_are_numbers(example: Example) -> None:
    """Twenty digits are a number as the hall gives it, check digit included, and none of a practice hall."""
    for number in re.findall(r"(?<![0-9])[0-9]{20}(?![0-9])", example.text):
        assert not codes.parse(number).place.is_practice


@every_example
def test_an_example_names_an_operator_where_one_is_needed(example: Example) -> None:
    """Who copies the line is not told first that nobody is signed in."""
    needs_none = (example.noun, example.verb.name) in WITHOUT_OPERATOR

    assert (parsed(example).operator is None) == needs_none


@pytest.mark.parametrize(
    "example",
    # `key` takes secrets that this hall does not have, and keeps the hall key where the example says.
    [e for e in EXAMPLES if "--as" in e.words and e.noun != "key"],
    ids=str,
)
def test_the_people_of_an_example_may_do_it(
    example: Example, counter: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a hall with these people it is done, or only the thing itself is missing there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKSTATION_NEW_PASSWORD", "Xin-Mima-2027")
    monkeypatch.setenv("WORKSTATION_NEW_PIN", "730185")
    options = parsed(example)
    monkeypatch.setenv("WORKSTATION_PASSWORD", halls.PASSWORDS[options.operator or ""])
    monkeypatch.setenv("WORKSTATION_SECOND_PIN", halls.PINS.get(options.second or "", ""))

    answer = counter(*example.words, stdin=typed.plain(example.verb.example))

    if answer.exit_code != 0:
        assert answer.code.endswith("-not-found") or answer.code in NOTHING_THERE
