"""Every error of the layers below has words of its own: this list is complete, and stays so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import workstation.store
from forms import identifiers, items, review
from forms.documents import DocumentError, Slip, TemplateFault, UnknownDocument
from forms.documents.errors import MissingFact, WrongFact
from forms.identifiers import InvalidIdentifier
from forms.items import InvalidItem
from tests.builders import assert_explained
from workstation.acts import explanations, formal_review
from workstation.domain import codes, lifecycle, roles, words
from workstation.domain.codes import CodeError
from workstation.errors import Explained, OutsideFailed, Refused, WrongUsage, command
from workstation.store import protocols
from workstation.store.ledger import ClockSetBack
from workstation.store.personal import SealBroken
from workstation.store.protocols import StoreFailed

T = TypeVar("T")


def explained(error: Exception) -> Explained:
    """What the clerk is told when a layer below raises this."""
    with pytest.raises(Explained) as caught, explanations.explained():
        raise error
    assert caught.value.__cause__ is error
    return caught.value


def subclasses(kind: type[T]) -> Iterator[type[T]]:
    """A class and all that derive from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from subclasses(child)


IDENTIFIERS = [
    (module.KIND, reason)
    for module in (identifiers.load(name) for name in identifiers.names())
    for reason in module.REASONS
]


@pytest.mark.parametrize(("kind", "reason"), IDENTIFIERS)
def test_every_reason_of_every_identifier_has_words(kind: str, reason: str) -> None:
    """The code names kind and reason; the sentence names what it is called on the counter."""
    error = explained(InvalidIdentifier(kind, reason))

    assert_explained(error, f"{kind}-{reason}".replace("_", "-"))
    assert isinstance(error, WrongUsage)
    assert explanations.KINDS[kind] in error.what


def test_each_kind_has_a_name_and_there_are_no_words_for_what_cannot_be() -> None:
    """The names, the reasons and the more exact reasons are those of the identifiers, no longer."""
    reasons = {reason for _, reason in IDENTIFIERS}

    assert explanations.KINDS.keys() == set(identifiers.names())
    assert len(set(explanations.KINDS.values())) == len(explanations.KINDS)
    assert explanations.IDENTIFIER_REASONS.keys() == reasons
    assert explanations.KIND_REASONS.keys() <= set(IDENTIFIERS)


@pytest.mark.parametrize(
    ("kind", "reason"), [(kind, reason) for kind, reason in IDENTIFIERS if reason in identifiers.names()]
)
def test_a_number_of_another_kind_tells_which_to_choose(kind: str, reason: str) -> None:
    """What it was taken for, and the kind to choose by its name for people and for commands."""
    error = explained(InvalidIdentifier(kind, reason))

    assert error.why.startswith(f"{explanations.KINDS[kind]}填成了")
    assert explanations.KINDS[reason].removesuffix("号码") in error.next
    assert error.next.endswith(command(reason))


def test_a_kind_may_say_a_reason_more_exactly() -> None:
    """A passport's form is not that of a name, and a foreign one is another kind."""
    passport, name = (explained(InvalidIdentifier(kind, "form")) for kind in ("passport", "person_name"))

    assert "foreign_passport" in passport.next
    assert "间隔号" in name.why


CODE_ERRORS = sorted(
    {kind for kind in subclasses(CodeError) if kind.__module__ == codes.__name__},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", CODE_ERRORS, ids=lambda kind: kind.__name__)
def test_every_fault_of_a_number_has_words(kind: type[CodeError]) -> None:
    """An own number and an anchor are told apart, and the end of the serials is a refusal."""
    error = explained(kind("detail"))

    assert_explained(error, error.code)
    if issubclass(kind, codes.NotAnAnchor) and kind is not codes.NotAnAnchor:
        assert error.code.startswith("anchor-")
    assert isinstance(error, Refused if kind is codes.SerialExhausted else WrongUsage)


def store_reasons() -> set[str]:
    """Every reason that the sources of the store give to a `StoreFailed`, and those that are promised."""
    folder = Path(workstation.store.__file__).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]
    given = {reason for tree in trees for reason in _reasons_in(tree)}
    source = Path(protocols.__file__).read_text("utf-8")
    promised = next(line for line in source.splitlines() if "disk_full ·" in line)
    return given | set(re.findall(r"[a-z_]+", promised))


def _reasons_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="StoreFailed"), args=[ast.Constant(value=str(reason)), *_]):
                yield reason
            case ast.Assign(targets=[ast.Name(id="_REASONS")], value=ast.Dict(values=values)):
                yield from (value.value for value in values if isinstance(value, ast.Constant))  # type: ignore[misc]


@pytest.mark.parametrize("reason", sorted(store_reasons()))
def test_every_failure_of_the_store_has_words(reason: str) -> None:
    """It is told as a failure of what is outside, with its detail; the step was not done."""
    error = explained(StoreFailed(reason, "detail"))

    assert_explained(error, f"store-{reason.replace('_', '-')}")
    assert isinstance(error, OutsideFailed)
    assert "没有办成" in error.what
    assert "detail" in error.why


def test_there_are_no_words_for_failures_that_cannot_be() -> None:
    """The list of store failures is that of the sources, no longer."""
    assert explanations.STORE_REASONS.keys() == store_reasons()


@pytest.mark.parametrize("kind", review.ReviewError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_fault_of_a_finding_has_words(kind: type[review.ReviewError]) -> None:
    """Each with a code of its own, and the row or defect named."""
    error = formal_review.review_error(kind("statement"))

    assert_explained(error, error.code)
    assert "statement" in error.why


def test_each_fault_of_a_finding_has_its_own_code() -> None:
    """No two of them share one."""
    raised = [formal_review.review_error(kind("x")).code for kind in review.ReviewError.__subclasses__()]

    assert len(set(raised)) == len(raised)


FORM_FAULTS = [
    UnknownDocument("notice"),
    TemplateFault("notice", 3, Slip.MARKUP),
    MissingFact("notice", 3, "case.number"),
    WrongFact("notice", 3, "rows"),
    DocumentError("broken", "notice"),
    InvalidItem("x/item.toml", "code", "stands twice"),
    items.UnknownItem("999"),
]


@pytest.mark.parametrize("fault", FORM_FAULTS, ids=lambda fault: type(fault).__name__)
def test_every_fault_of_a_form_has_words(fault: Exception) -> None:
    """A broken document or item is the administrator's, and the file is named."""
    assert_explained(explained(fault), "form-broken")


@pytest.mark.parametrize("slip", Slip)
def test_every_slip_in_a_wording_has_words(slip: Slip) -> None:
    """With the line it stands in, and what stands there."""
    error = explained(TemplateFault("notice", 7, slip, "[条码"))

    assert error.why == f"notice：第 7 行：{explanations.SLIPS[slip]}写的是“[条码”。"
    assert len(set(explanations.SLIPS.values())) == len(Slip)


def test_a_fault_about_a_fact_names_it() -> None:
    """As it is written in the wording."""
    told = [explained(kind("notice", 3, "case.number")).why for kind in (MissingFact, WrongFact)]

    assert all("第 3 行" in why and "case.number" in why for why in told)
    assert len(set(told)) == 2


def test_every_kind_of_document_fault_is_among_them() -> None:
    """No kind is forgotten."""
    kinds = set(subclasses(DocumentError)) | set(subclasses(InvalidItem)) | set(subclasses(items.UnknownItem))

    assert {kind for kind in kinds if kind.__module__.startswith("forms")} == {type(f) for f in FORM_FAULTS}


def test_a_clock_set_back_tells_both_times() -> None:
    """The last entry's and the clock's, in the hall's time."""
    error = explained(ClockSetBack(1795136400000, 1795050000000))

    assert_explained(error, "clock-set-back")
    assert "2026-11-20 09:00:00" in error.why
    assert "2026-11-19 09:00:00" in error.why


def test_a_broken_seal_tells_its_place() -> None:
    """Which field it is, never what it says."""
    error = explained(SealBroken("cases.applicant_name|1350"))

    assert_explained(error, "seal-broken")
    assert "cases.applicant_name" in error.why


def test_what_is_explained_already_passes() -> None:
    """A refusal on its way up is not explained again."""
    refusal = Refused("x", what="a", why="b", next="c")

    with pytest.raises(Refused) as caught, explanations.explained():
        raise refusal

    assert caught.value is refusal


def test_what_fails_after_the_commit_does_not_read_as_if_the_act_had() -> None:
    """Another attempt would register twice: the clerk is told that the act is done."""
    with pytest.raises(OutsideFailed) as caught, explanations.explained_afterwards():
        raise StoreFailed("disk_full", "no room")

    assert_explained(caught.value, "paper-failed")
    assert "已办成" in caught.value.what
    assert "没有办成" not in "".join(caught.value.as_dict().values())


def test_exit_codes_are_those_of_the_design() -> None:
    """2 wrong usage, 3 refused, 4 the outside failed."""
    kinds = (WrongUsage, Refused, OutsideFailed)

    assert [kind.exit_code for kind in kinds] == [2, 3, 4]


def test_every_act_role_and_state_has_a_chinese_word() -> None:
    """What a refusal names is never an English identifier."""
    states = {s for table in lifecycle.TABLES.values() for edge in table for s in (edge.state, edge.to) if s}
    named = states | roles.ROLES.keys() | roles.SECOND.keys() | set(roles.Role)

    assert {word for word in named if word not in words.WORDS} == set()
