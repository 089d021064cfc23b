"""Kinds of tasks: each has a Chinese name, steps that can be done, and is opened by an act that exists."""

from __future__ import annotations

import pytest

from workstation.acts import task_steps, tasks, troubles
from workstation.domain import roles, words
from workstation.domain.tasks import ENDINGS, KINDS, OF_TRACKING, By, TaskKind, kind_of
from workstation.domain.tracking import Alarm

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@every_kind
def test_a_kind_is_called_by_its_chinese_name(kind: TaskKind) -> None:
    """As lists and papers show it; no two kinds a clerk must tell apart share one."""
    titles = [other.title for other in KINDS.values() if other is not kind]

    assert kind.title == words.WORDS[kind.code]
    assert kind.title not in titles


@every_kind
def test_the_steps_of_a_kind_have_their_own_ids_and_words(kind: TaskKind) -> None:
    """Nothing is asked twice, and every step is said in Chinese."""
    ids = [step.id for step in kind.steps]

    assert ids
    assert len(ids) == len(set(ids))
    for step in kind.steps:
        assert any("\u4e00" <= character <= "\u9fff" for character in step.label)
        assert kind.step(step.id) is step
    assert kind.step("dance") is None


@every_kind
def test_what_a_person_ticks_needs_no_other_act(kind: TaskKind) -> None:
    """A step the ledger answers for says where it is recorded, and somebody looks there."""
    facts = [step for step in kind.steps if step.by == By.FACT]

    assert {step.id for step in facts} <= task_steps._FACTS.keys()
    assert all(step.how.endswith("）") for step in facts)
    assert all(not step.how for step in kind.steps if step.by == By.HAND)


@every_kind
def test_who_ends_a_kind_exists(kind: TaskKind) -> None:
    """An act of the counter, which can be typed; or a person by hand."""
    if kind.ended_by is not None:
        assert kind.ended_by in roles.ROLES
        assert kind.ended_by in tasks._TYPED


def test_every_trouble_and_every_alarm_is_a_kind() -> None:
    """No act opens a task that has no steps."""
    assert set(troubles.KINDS) <= KINDS.keys()
    assert {alarm.value for alarm in Alarm} == OF_TRACKING
    assert KINDS.keys() >= OF_TRACKING


def test_a_kind_of_an_older_program_has_no_steps() -> None:
    """It is listed by its code, and can be ended."""
    assert kind_of("eaten_by_mice") == TaskKind("eaten_by_mice", ())
    assert kind_of("lost") is KINDS["lost"]


def test_the_papers_at_risk_are_listed_where_papers_may_be_gone() -> None:
    """Lost, damaged, vanished, wrong or missing inside."""
    listing = {code for code, kind in KINDS.items() if kind.step("list_at_risk")}

    assert {"lost", "damaged", "mail_vanished", "wrong_contents", "missing_inside"} <= listing


def test_endings_are_chinese() -> None:
    """What a person chooses from."""
    assert len(set(ENDINGS.values())) == len(ENDINGS)
    assert not any(label.isascii() for label in ENDINGS.values())
