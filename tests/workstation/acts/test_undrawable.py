"""Every error of the drawing packages has words of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import printing
from printing.lines import DoesNotFit
from tests.builders import assert_explained
from workstation.acts import undrawable

#: Told elsewhere: when a calibration is typed, and when papers are exported.
_BASES = {"Exception", "ValueError", "LookupError"}
ELSEWHERE = {"NotMeasured", "NotArchivable"}


def errors() -> set[str]:
    """Every exception class that the package defines."""
    assert printing.__file__ is not None
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(printing.__file__).parent.rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return {each.name for each in classes if {ast.unparse(base) for base in each.bases} & _BASES}


def test_the_list_is_complete_and_has_nothing_else() -> None:
    """A new error needs a sentence before it can be raised at somebody."""
    assert undrawable.REASONS.keys() == errors() - ELSEWHERE


@pytest.mark.parametrize("name", sorted(undrawable.REASONS))
def test_each_is_told_apart(name: str) -> None:
    """Why and what next, and the error's own words for whoever is called."""
    error = undrawable.told("envelope", type(name, (ValueError,), {})("123 mm"))

    assert_explained(error, "paper-undrawable")
    assert "123 mm" in error.why
    assert [reason for reason in undrawable.REASONS.values() if reason[0] in error.why] == [
        undrawable.REASONS[name]
    ]


def test_what_nobody_foresaw_is_told_as_such() -> None:
    """And a special case of a known error as that one."""
    assert "没有料到" in undrawable.told("notice", ValueError("?")).why
    assert undrawable.REASONS["DoesNotFit"][0] in undrawable.told("notice", DoesNotFit("长")).why
