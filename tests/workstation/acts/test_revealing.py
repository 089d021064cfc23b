"""查看明文: a look at personal fields is an act with a coded reason that the journal keeps."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, refused
from workstation.acts import revealing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.CLOSED])
def test_a_look_is_recorded(desk: Desk, state: CaseState) -> None:
    """Who, when and why; the case itself does not change, and it is possible at any state."""
    case = a_case(desk, state)

    shown = revealing.reveal(desk, case.number, reason="contact", note="回访")

    with desk.reading() as reading:
        (reveal,) = reading.reveals.where(case_number=case.number)
        entry = reading.journal_of(case.number)[-1]
    assert shown.applicant_name == "覃示例"
    assert (reveal.id, reveal.by, reveal.reason, reveal.note) == (
        f"{case.number}-r1",
        "1001",
        "contact",
        "回访",
    )
    assert entry.act == "reveal"
    assert "回访" not in entry.body
    assert builders.case_of(desk, case.number).version == shown.version
    builders.assert_true_ledger(desk)


def test_each_look_is_one(desk: Desk) -> None:
    """Looks are counted."""
    case = a_case(desk, CaseState.REGISTERED).number

    for _ in range(2):
        revealing.reveal(desk, case, reason="verify")

    with desk.reading() as reading:
        assert len(reading.reveals.where(case_number=case)) == 2


def test_a_look_has_a_reason(desk: Desk) -> None:
    """Curiosity is no code."""
    case = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, "code-unknown"):
        revealing.reveal(desk, case, reason="curiosity")
    with refused(desk, "plain-text-control"):
        revealing.reveal(desk, case, reason="legal", note="a\x00")
    with refused(desk, "case-not-found"):
        revealing.reveal(desk, case[::-1], reason="legal")
