"""The command line taken apart: words, options and their values, wherever they stand."""

from __future__ import annotations

import argparse
import inspect
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.line import Line
from workstation.commands import parser
from workstation.commands.output import Result
from workstation.commands.parser import Verb, Verbs, argument
from workstation.errors import Explained

VERB = Verb(
    "do", lambda *_: Result({}), "做", ("1", "1 --reason x"), (argument("number"), argument("--reason"))
)


def parsed(*tokens: str) -> tuple[parser.Options, argparse.Namespace]:
    return parser.parse("thing", VERB, parser.normalised(tokens))


def test_json_and_its_dash_are_one() -> None:
    """`--json -` reads standard input, `--json` does not, and neither takes the next word."""
    assert parser.normalised(["--json", "case", "show"]) == ["--json=out", "case", "show"]
    assert parser.normalised(["case", "--json", "-", "x"]) == ["case", "--json=-", "x"]
    assert parser.normalised(["--", "--json", "-"]) == ["--", "--json", "-"]
    assert parsed("1", "--json", "-")[0].reads_stdin
    assert not parsed("1", "--json")[0].reads_stdin


def test_json_is_wanted_only_before_a_double_dash() -> None:
    """What follows `--` is data."""
    assert parser.wants_json(["case", "--json"])
    assert parser.wants_json(["--json=-"])
    assert not parser.wants_json(["search", "--", "--json"])


@pytest.mark.parametrize(
    ("tokens", "word", "rest"),
    [
        (["case", "show"], "case", ["show"]),
        (["--home", "case", "show"], "show", ["--home", "case"]),
        (["--json=out", "--as", "1001", "case"], "case", ["--json=out", "--as", "1001"]),
        (["--home=x", "case"], "case", ["--home=x"]),
        (["--json=out"], None, ["--json=out"]),
        (["--", "case"], None, ["--", "case"]),
        (["--home"], None, ["--home"]),
        ([], None, []),
    ],
)
def test_the_first_word_is_no_option_and_no_value(
    tokens: list[str], word: str | None, rest: list[str]
) -> None:
    """Options before the noun keep their values."""
    assert parser.first_word(tokens) == (word, rest)


def test_global_options_arrive() -> None:
    """Each in its place, whatever its order."""
    options, args = parsed(
        "--as", "1001", "12", "--second", "2001", "--window", "7", "--seen", "3", "--reason", "x"
    )

    assert (options.operator, options.second, options.window, options.seen) == ("1001", "2001", 7, 3)
    assert (args.number, args.reason) == ("12", "x")


def test_data_that_looks_like_an_option_follows_a_double_dash() -> None:
    """`search -- --json` looks for that text."""
    assert parsed("--", "--as")[1].number == "--as"


def test_no_option_is_abbreviated() -> None:
    """`--sec` may become two things one day."""
    with pytest.raises(Explained) as found:
        parsed("1", "--sec", "2001")

    assert found.value.code == "argument-unknown"


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_are_read(number: int) -> None:
    """Digits as Python writes them."""
    assert parser.whole(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "１", "9" * 16, "1_000"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    """Nothing that int() would kindly take besides."""
    with pytest.raises(argparse.ArgumentTypeError):
        parser.whole(text)


def test_a_moment_without_a_zone_is_local() -> None:
    """Times are meant in Asia/Shanghai unless they say otherwise."""
    nine = int(datetime(2026, 11, 20, 1, tzinfo=UTC).timestamp() * 1000)

    assert parser.moment("2026-11-20T09:00") == nine
    assert parser.moment("2026-11-20T09:00+08:00") == nine
    assert parser.moment("2026-11-20T01:00Z") == nine
    with pytest.raises(argparse.ArgumentTypeError):
        parser.moment("yesterday")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("the following arguments are required: number, --x", "argument-missing"),
        ("one of the arguments --a --b is required", "argument-missing"),
        ("argument --a: not allowed with argument --b", "argument-conflict"),
        ("argument --a: ignored explicit argument 'x'", "argument-wrong"),
        ("argument --a: expected at least one argument", "argument-without-value"),
        ("argument --a: invalid choice: 'x' (choose from a, b)", "argument-wrong"),
        ("argument --a: invalid int value: 'x'", "argument-wrong"),
        ("something argparse says in a later version", "argument-wrong"),
    ],
)
def test_what_argparse_says_is_said_in_chinese(message: str, code: str) -> None:
    """Every message of the library, of this version and the next, ends in our words."""
    with pytest.raises(Explained) as found:
        parser._Parser("workstation x", "").error(message)

    assert found.value.code == code
    assert "。" in found.value.why


def test_the_help_ends_with_the_examples() -> None:
    """Each as it is typed, noun and verb before what the verb shows; a long one keeps its second line."""
    long = Verb("do", VERB.run, "做", ("1 \\\n    --reason x",))

    assert parser.examples("thing", VERB) == ["workstation thing do 1", "workstation thing do 1 --reason x"]
    assert parser.help_text("thing", VERB).endswith(
        "\n示例：\n  workstation thing do 1\n  workstation thing do 1 --reason x\n"
    )
    assert parser.help_text("thing", long).endswith(
        "\n示例：\n  workstation thing do 1 \\\n      --reason x\n"
    )


def test_one_example_or_two_are_registered() -> None:
    """A verb gives a line or a pair; a whole command is shown without a verb, and may need no arguments."""
    verbs = Verbs("thing")
    verbs.add("do", VERB.run, help="做", shows="1")
    verbs.add("redo", VERB.run, help="重做", shows=("1", "2"))
    alone = Verbs("alone")
    alone.only(VERB.run, help="做", shows="")

    assert [verb.shows for verb in verbs.known.values()] == [("1",), ("1", "2")]
    assert alone.alone is not None
    assert parser.examples("alone", alone.alone) == ["workstation alone"]


def test_no_verb_goes_without_an_example() -> None:
    """Neither a verb nor a whole command can be registered without showing how it is typed."""
    for register in (Verbs("thing").add, Verbs("thing").only):
        assert inspect.signature(register).parameters["shows"].default is inspect.Parameter.empty


def test_choices_are_named_as_they_are_typed(line: Line) -> None:
    """An enumeration's members too: nothing of the program's inside reaches the clerk."""
    said = line("item", "mode", "28", "--mode", "nothing", "--source", "x", "--date", "2026-11-01")

    assert said.code == "argument-wrong"
    assert "'collect_elsewhere'" in said.err
    assert "Mode." not in said.err
