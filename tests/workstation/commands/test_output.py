"""Results and errors as they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workstation.commands import output
from workstation.commands.output import Result
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.errors import Refused


def test_a_document_is_readable_json() -> None:
    """Chinese as it is, states as texts, paths absolute."""
    text = output.document({"role": Role.CLERK, "path": Path("here"), "name": "张*"})

    assert json.loads(text) == {"role": "clerk", "path": str(Path("here").absolute()), "name": "张*"}
    assert "张*" in text


def test_a_record_is_never_printed_whole() -> None:
    """It goes through `shown.record`, which masks."""
    with pytest.raises(TypeError, match=r"shown\.record"):
        output.document({"user": User(code="1", name="张三")})
    with pytest.raises(TypeError):
        output.document({"what": object()})


def test_columns_are_set_by_their_width() -> None:
    """A Chinese character is as wide as two letters."""
    assert output.table(("姓名", "x"), [("张三丰", 1), ("ab", None)]).split("\n") == [
        "姓名    x",
        "张三丰  1",
        "ab",
    ]


def test_an_error_is_told_in_its_four_parts(capsys: pytest.CaptureFixture[str]) -> None:
    """In words on standard error; with `--json` on standard output."""
    error = Refused("too-late", what="甲", why="乙", next="丙")

    output.show_error(error, as_json=False)
    words = capsys.readouterr()
    output.show_error(error, as_json=True)
    document = capsys.readouterr()

    assert (words.out, words.err) == ("", "没有办成（too-late）：甲\n原因：乙\n接下来：丙\n")
    assert json.loads(document.out) == {
        "error": {"code": "too-late", "what": "甲", "why": "乙", "next": "丙"}
    }


def test_a_result_without_words_is_its_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is ever printed as Python sees it."""
    output.show(Result({"a": 1}), as_json=False)

    assert json.loads(capsys.readouterr().out) == {"a": 1}


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\u202e", "\u200b", "\x07", "\u2028", "\ud800"])
def test_hostile_text_is_made_visible(hostile: str) -> None:
    """Nothing steers the terminal or hides in the line."""
    assert hostile[0] not in output.printable(f"a{hostile}b\n")
    assert output.printable("a\n𬱟") == "a\n𬱟"
