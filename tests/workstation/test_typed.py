"""Data of unknown shape made typed: what does not fit is named by its path, never by its value."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest

from workstation import typed
from workstation.domain.roles import Role


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    """A structure inside another."""

    code: str
    role: Role = Role.CLERK
    count: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    note: Annotated[str, msgspec.Meta(min_length=2, max_length=4)] = "ab"
    mode: Literal["a", "b"] = "a"
    perhaps: int | None = None


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    """The whole."""

    leaves: Annotated[list[Leaf], msgspec.Meta(max_length=2)]


@pytest.mark.parametrize(
    ("leaf", "problem", "path", "expected"),
    [
        ({}, "missing", "leaves[0].code", ""),
        ({"code": "1", "secret": 1}, "unknown", "leaves[0].secret", ""),
        ({"code": 1}, "type", "leaves[0].code", "文字"),
        ({"code": "1", "count": "2"}, "type", "leaves[0].count", "整数"),
        ({"code": "1", "count": True}, "type", "leaves[0].count", "整数"),
        ({"code": "1", "perhaps": "x"}, "type", "leaves[0].perhaps", "整数 或 null"),
        ({"code": "1", "count": 0}, "value", "leaves[0].count", "不小于 1"),
        ({"code": "1", "count": 10}, "value", "leaves[0].count", "不大于 9"),
        ({"code": "1", "note": "a"}, "value", "leaves[0].note", "至少 2 个字"),
        ({"code": "1", "note": "abcde"}, "value", "leaves[0].note", "至多 4 个字"),
        ({"code": "1", "role": "boss"}, "value", "leaves[0].role", "列明的值之一"),
        ({"code": "1", "mode": "boss"}, "value", "leaves[0].mode", "列明的值之一"),
        (["1"], "type", "leaves[0]", "对象 {…}"),
    ],
)
def test_a_misfit_is_named_by_path_and_expectation(
    leaf: object, problem: str, path: str, expected: str
) -> None:
    """Every way of not fitting is told apart, with its place."""
    with pytest.raises(typed.Misfit) as found:
        typed.convert({"leaves": [leaf]}, Tree)

    assert (found.value.problem, found.value.path, found.value.expected) == (problem, path, expected)


def test_the_whole_has_an_empty_path() -> None:
    """Where nothing fits, nothing is named."""
    with pytest.raises(typed.Misfit) as found:
        typed.convert([], Tree)

    assert (found.value.path, found.value.found) == ("", "列表 […]")


def test_too_many_elements_are_told() -> None:
    """A list has its bounds too."""
    with pytest.raises(typed.Misfit) as found:
        typed.convert({"leaves": [{"code": "1"}] * 3}, Tree)

    assert found.value.expected == "至多 2 项"


def test_a_misfit_never_carries_the_value() -> None:
    """The value may be personal, and errors are logged."""
    with pytest.raises(typed.Misfit) as found:
        typed.convert({"leaves": [{"code": "1", "role": "张三"}]}, Tree)

    shown = (str(found.value), repr(vars(found.value)), repr(found.value.__cause__))
    assert not any("张三" in text for text in shown)
    assert found.value.__suppress_context__


def test_what_fits_is_given_typed_and_back() -> None:
    """A structure and its plain form are the same thing."""
    plain = {"leaves": [{"code": "1", "role": "auditor"}]}

    tree = typed.convert(plain, Tree)

    assert tree.leaves[0].role is Role.AUDITOR
    assert typed.convert(typed.plain(tree), Tree) == tree
    assert "$defs" in typed.schema(Tree)
