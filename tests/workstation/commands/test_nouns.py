"""Nouns are found by listing the folder: each has its help and registers its verbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from workstation.commands import nouns, parser
from workstation.errors import Explained

FRAMEWORK = {
    "__init__",
    "case_page",
    "day_figures",
    "faults",
    "nouns",
    "output",
    "parser",
    "reading",
    "running",
    "session",
    "shown",
    "verifying",
}


def test_every_module_is_a_noun_or_the_framework() -> None:
    """Nothing lies in the folder that nobody can call."""
    modules = {path.stem for path in Path(nouns.__file__).parent.glob("*.py")}

    assert set(nouns.names()) == modules - FRAMEWORK


@pytest.mark.parametrize("noun", nouns.names())
def test_every_noun_registers_its_verbs(noun: str) -> None:
    """Each verb says in Chinese what it does, and its help can be made, examples included."""
    verbs = nouns.load(noun)

    assert verbs.known
    for verb in verbs.known.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in verb.help)
        assert "用法：" in parser.help_text(noun, verb)
        assert "\n示例：\n" in parser.help_text(noun, verb)
    assert noun in nouns.overview()


@pytest.mark.parametrize("noun", nouns.names())
def test_every_example_is_of_its_schema(noun: str) -> None:
    """What `--schema` shows as an example is accepted as input."""
    from workstation import typed

    for verb in nouns.load(noun).known.values():
        if verb.reads is not None:
            assert typed.convert(typed.plain(verb.example), verb.reads) == verb.example


@pytest.mark.parametrize("name", ["", "nouns", "__init__", "..", "no such", "parser"])
def test_what_is_no_noun_is_refused(name: str) -> None:
    """The framework's own modules are no nouns."""
    with pytest.raises(Explained) as found:
        nouns.load(name)

    assert found.value.code == "noun-unknown"
    assert "user" in found.value.why
