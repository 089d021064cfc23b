"""What a clerk reads is about the counter's work: what to type at a command line stands apart, at the end."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.architecture import house
from workstation.commands import nouns
from workstation.errors import on_screen

FILES = ("bootstrap", "closed_files", "faults", "founding", "ground", "secrets", "settings", "wallet")
RAISED = {"Refused", "WrongUsage", "OutsideFailed"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPTION = re.compile(r"--[a-z]")
IDENTIFIER = re.compile(r"[A-Za-z]\w*(?:[._]\w+)+", re.ASCII)
WORD = re.compile(r"(?<![A-Za-z])[a-z_]{2,}(?![A-Za-z])")
#: What is filled in later.
GAP = re.compile(r"\{[^}]*\}")
#: English names a person may read all the same.
ALLOWED = {
    "scanner.prefix": "a key of the settings file, told to who is writing that file",
    "store.engine": "a key of the settings file",
    "store.dsn": "a key of the settings file",
    "hall.key": "the end of an example of a path",
}


@dataclass(frozen=True)
class Sentence:
    """A text of the sources, with what is filled in left out."""

    where: str
    text: str

    @property
    def shown(self) -> str:
        """What a screen shows of it."""
        return on_screen(self.text)

    @property
    def has_command(self) -> bool:
        """Whether something is told for the command line."""
        return self.shown != self.text


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every Chinese text of the acts and of the start, docstrings apart."""
    return tuple(sentence for source in spoken() for sentence in read(source))


def spoken() -> Iterator[house.Source]:
    """The sources whose refusals reach a screen."""
    yield from house.sources("workstation/acts")
    yield from (house.read(house.ROOT / "workstation" / f"{name}.py") for name in FILES)


def read(source: house.Source) -> Iterator[Sentence]:
    """The texts of one file; those that are written for the command line alone are none."""
    left_out = set(map(id, apart(source.tree)))
    for node in ast.walk(source.tree):
        text = text_of(node)
        if text and CHINESE.search(text) and id(node) not in left_out:
            yield Sentence(f"{source.where}:{getattr(node, 'lineno', 0)}", text)


def apart(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, the pieces of a composed text, and what `command` and `at` are given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and name_of(node) == "command":
            yield from (inner for argument in node.args for inner in ast.walk(argument))


def text_of(node: ast.AST | None) -> str:
    """A constant text, or a composed one with a blank in each gap."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return GAP.sub("□", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "□" for part in node.values)
    if isinstance(node, ast.BinOp):
        return text_of(node.left) + text_of(node.right)
    return ""


def name_of(call: ast.Call) -> str:
    """The last part of what is called."""
    return ast.unparse(call.func).rpartition(".")[2]


def parts(position: int, keyword: str) -> Iterator[Sentence]:
    """One of the three sentences of every refusal that is written where it is raised."""
    for source in spoken():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call):
                continue
            told = {given.arg: given.value for given in node.keywords}
            if name_of(node) == "usage" and position < len(node.args):
                yield Sentence(f"{source.where}:{node.lineno}", text_of(node.args[position]))
            elif name_of(node) in RAISED and keyword in told:
                yield Sentence(f"{source.where}:{node.lineno}", text_of(told[keyword]))


def words_of(text: str) -> set[str]:
    """The English words of a text that belong to no longer name or path."""
    return set(WORD.findall(re.sub(r"[\w~./-]*[./~-][\w~./-]*", " ", text, flags=re.ASCII)))


def test_no_option_stands_in_a_sentence() -> None:
    """A dialog has none."""
    assert [said for said in sentences() if OPTION.search(said.shown)] == []


def test_no_command_stands_in_a_sentence() -> None:
    """Neither `case identify` nor `doctor`: a screen has keys."""
    known = set(nouns.names())

    assert {"case", "doctor"} <= known
    assert [said for said in sentences() if words_of(said.shown) & known] == []


def test_no_name_of_a_field_stands_in_a_sentence() -> None:
    """`id_kind` and `applicant.phone` are said in Chinese."""
    found = {(said.where, name) for said in sentences() for name in IDENTIFIER.findall(said.shown)}

    assert {each for each in found if each[1] not in ALLOWED} == set()
    assert {name for _, name in found} == set(ALLOWED), "an exception that nobody needs any more"


def test_no_plain_word_of_a_program_stands_in_a_sentence() -> None:
    """Small letters are names of fields and codes; what people say has capitals."""
    found = {(said.where, word) for said in sentences() for word in words_of(said.shown)}

    assert {word for _, word in found} <= {"true", "false", "postgres", "sqlite"}, found


def test_what_is_typed_at_a_command_line_stands_at_the_end() -> None:
    """After a whole sentence, once."""
    told = [said for said in sentences() if said.has_command]

    assert len(told) > 100
    assert [said for said in told if not said.text.startswith(said.shown)] == []
    assert [said for said in told if said.shown[-1] not in "。"] == []


@pytest.mark.parametrize(("position", "keyword"), [(1, "why"), (2, "next")])
def test_something_is_left_of_every_sentence_on_a_screen(position: int, keyword: str) -> None:
    """A refusal that says only what to type would say nothing to a clerk."""
    told = [said for said in parts(position, keyword) if said.text]

    assert len(told) > 100
    assert [said for said in told if not said.shown.strip()] == []


def test_what_happened_needs_no_command() -> None:
    """It is the title of a dialog, shown as it is."""
    told = [said for said in parts(9, "what") if said.text]

    assert len(told) > 100
    assert [said for said in told if said.has_command] == []
