"""The Chinese side of our words: every state, act, role and holder has one, and no two of a kind share it."""

from __future__ import annotations

import pytest

from workstation.domain import words
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.roles import ROLES, Role

#: As the design has them (§2, §3).
DESIGN = {
    "registered": "已收件",
    "to_correct": "待补正",
    "reviewed": "形式审查通过",
    "declined": "不予收件",
    "closed": "办结",
    "packing": "待封装",
    "home_correcting": "属地要求补正",
    "result_arrived": "结果已到窗口",
    "acknowledge": "属地签收",
    "notice": "一次性告知",
    "intake_slip": "收件凭证",
    "reply_slip": "回执联",
    "handover_sheet": "交接清单",
    "proof_of_service": "送达回证",
    "supervisor": "值班长",
}


@pytest.mark.parametrize("kind", [CaseState, ConsignmentState, EnvelopeState, BatchState, Holder, Role])
def test_every_code_has_its_word(kind: type) -> None:
    """None is shown in English on the counter, and two of one kind are told apart."""
    shown = [words.word(code) for code in kind]  # type: ignore[attr-defined]  # an enumeration

    assert set(shown).isdisjoint(set(kind))  # type: ignore[call-overload]
    assert len(shown) == len(set(shown))


def test_every_act_has_its_word() -> None:
    """As it stands in refusals and in the timeline."""
    assert [act for act in ROLES if act not in words.WORDS] == []


@pytest.mark.parametrize(("code", "chinese"), DESIGN.items())
def test_words_are_those_of_the_design(code: str, chinese: str) -> None:
    """One English word for one Chinese term."""
    assert words.word(code) == chinese


def test_an_unknown_code_is_shown_as_it_is() -> None:
    """Never guessed."""
    assert words.word("quarantined") == "quarantined"
