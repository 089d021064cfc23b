"""月结: the day closes added up, each figure that does not agree named, and what a reopened day does."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_case, as_role, at, refused, with_second
from tests.workstation.acts.closing import TODAY, TOMORROW, closed, days_pass
from workstation.acts import (
    day_closes,
    month_closes,
    month_figures,
    postages,
    previews,
    verification,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.acts.facts.month_sheet import figure_word
from workstation.acts.month_figures import MonthDifference
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_close import CloseState, MonthClose
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.store.work import Reading, Work

MONTH = "2026-11"


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who closes the month."""
    return at(desk, "2001")


@pytest.fixture
def played(desk: Desk) -> Desk:
    """Two days of November, both closed; it is December."""
    builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    a_case(desk, CaseState.REGISTERED)
    closed(desk)
    days_pass(desk)
    a_case(at(desk, "1002"), CaseState.REGISTERED, item="63")
    closed(desk)
    days_pass(desk, 12)
    return desk


def differences(close: MonthClose) -> list[tuple[str, str, str, str]]:
    """What a close has kept."""
    return [
        (one["day"], one["figure"], one["closed"], one["journal"]) for one in json.loads(close.differences)
    ]


def test_a_month_is_the_sum_of_its_days(played: Desk, supervisor: Desk) -> None:
    """By step, item, office and clerk; nothing differs, and the sheet says so."""
    close = month_closes.close(supervisor, MONTH)

    kept = json.loads(close.figures)
    assert (close.id, close.state, close.month) == (f"{MONTH}-1", CloseState.MONTH_CLOSED, MONTH)
    assert kept["cases"] == {"registered": 3, "reviewed": 1}
    assert kept["items"]["63"] == {"cases.registered": 1}
    assert kept["clerks"]["1002"] == {"cases.registered": 1}
    assert kept["days"] == {TODAY: f"{TODAY}-1", TOMORROW: f"{TOMORROW}-1"}
    assert differences(close) == []
    text = previews.printed(supervisor, close.paper)
    assert "与留痕账重新统计的数相符" in text
    assert close.anchor in text
    builders.assert_true_ledger(played)


def test_the_anchor_is_that_of_all_before(played: Desk, supervisor: Desk) -> None:
    """As on the sheet of a day, so that the month's sheet verifies the journal too."""
    anchor, (entries, _) = verification.anchor(played), builders.head(played)

    close = month_closes.close(supervisor, MONTH)

    assert (close.anchor, close.entries) == (anchor, entries)
    assert verification.verify_from(played, close.anchor, sheet=close.paper).verified


def test_a_day_that_was_not_closed_is_named(desk: Desk, supervisor: Desk) -> None:
    """With how much was done on it; nothing of it is in the sum."""
    a_case(desk, CaseState.REGISTERED)
    closed(desk)
    days_pass(desk)
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 12)

    close = month_closes.close(supervisor, MONTH)

    assert differences(close) == [(TOMORROW, "not_closed", "没有日清", "办理 1 次")]
    assert json.loads(close.figures)["cases"] == {"registered": 1}
    assert "办过件，没有日清" in previews.printed(supervisor, close.paper)


def test_a_close_that_is_not_what_the_journal_has_is_named(played: Desk, supervisor: Desk) -> None:
    """Day, figure, and both values; figures, anchor and parcels."""
    with played.carrying_out("try") as work:
        (held,) = work.day_closes.where(day=TODAY)
        figures = json.loads(held.figures)
        figures["cases"]["registered"] = 5
        figures["postage"] = []
        work.day_closes.save(replace(held, figures=json.dumps(figures), anchor="1" * 40))

    found = {one[1]: one for one in differences(month_closes.close(supervisor, MONTH))}

    assert found["cases.registered"] == (TODAY, "cases.registered", "5", "2")
    assert found["postage/window/out"] == (TODAY, "postage/window/out", "0", "1")
    assert found["anchor"][2] == "1" * 40
    assert set(found) == {"cases.registered", "postage/window/out", "anchor"}


def test_postage_is_added_up_as_it_was_known(desk: Desk, supervisor: Desk) -> None:
    """By payer and leg; a bill that came later is no difference."""
    for ordinal, waybill in enumerate((builders.WAYBILL, builders.RETURN_WAYBILL)):
        number = builders.an_envelope(desk, EnvelopeState.HANDED_OVER).number
        waybills.bind_envelope(desk, number, waybill=waybill)
        if ordinal == 0:
            postages.note(desk, waybill, 2250)
    closed(desk)
    days_pass(desk, 12)
    postages.note(desk, builders.RETURN_WAYBILL, 1000)

    close = month_closes.close(supervisor, MONTH)

    assert json.loads(close.figures)["postage"] == [
        {"payer": "window", "leg": "out", "parcels": 2, "fen": 2250, "unknown": 1}
    ]
    assert differences(close) == []


# --- refused


def test_a_month_that_is_not_over_is_not_closed(desk: Desk, supervisor: Desk) -> None:
    """Nor one to come; what is no month is no month."""
    closed(desk)
    for month in (MONTH, "2026-12"):
        with refused(desk, "month-not-over"):
            month_closes.close(supervisor, month)
    for text in ("2026-13", "november", "", "[/oops]"):
        with refused(desk, "month-impossible"):
            month_closes.close(supervisor, text)


def test_a_month_is_closed_once(played: Desk, supervisor: Desk) -> None:
    """The refusal names the sheet and who closed it."""
    close = month_closes.close(supervisor, MONTH)

    with refused(played, "month-closed-already") as caught:
        month_closes.close(at(played, "2002"), MONTH)

    assert close.paper in caught.value.why
    assert "2001" in caught.value.why


def test_a_month_in_which_nothing_was_done_is_not_closed(played: Desk, supervisor: Desk) -> None:
    """There is nothing to sign."""
    with refused(played, "month-empty"):
        month_closes.close(supervisor, "2026-10")


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR, Role.COURIER])
def test_only_a_supervisor_closes_a_month(played: Desk, role: str) -> None:
    """Whatever it adds up to."""
    with refused(played, "wrong-role"):
        month_closes.close(as_role(played, role), MONTH)


def test_who_does_not_supervise_does_not_look(played: Desk) -> None:
    """The auditor does."""
    with refused(played, "report-role"):
        month_closes.file(played, MONTH)
    with refused(played, "report-role"):
        month_closes.listed(played)
    assert month_closes.file(at(played, "4001"), MONTH).closes == ()


# --- a day of it opened again


def test_a_month_with_a_reopened_day_no_longer_adds_up(played: Desk, supervisor: Desk) -> None:
    """It says so and names the day; closed anew it is the second."""
    first = month_closes.close(supervisor, MONTH)
    assert month_closes.file(supervisor, MONTH).adds_up

    day_closes.reopen(with_second(supervisor), TODAY, reason="forgotten")

    file = month_closes.file(supervisor, MONTH)
    assert (file.live, file.adds_up) == (None, False)
    assert f"这次月结不再作数：月结之后 {TODAY} 重开过" in file.standing
    assert [close.state for close in month_closes.listed(supervisor)] == [CloseState.MONTH_REOPENED]

    closed(played, TODAY)
    second = month_closes.close(supervisor, MONTH)

    assert (second.id, first.id) == (f"{MONTH}-2", f"{MONTH}-1")
    assert month_closes.file(supervisor, MONTH).adds_up
    assert "第 2 次月结" in previews.printed(supervisor, second.paper)
    builders.assert_true_ledger(played)


def test_a_month_says_how_it_stands(played: Desk, supervisor: Desk) -> None:
    """Before its close, and after it; a month to come cannot be shown."""
    assert month_closes.file(supervisor, MONTH).standing == "没有月结。"
    close = month_closes.close(supervisor, MONTH)
    assert f"月结单 {close.paper}" in month_closes.file(supervisor, MONTH).standing
    with refused(played, "month-not-over"):
        month_closes.file(supervisor, "2027-01")


def test_a_day_reopened_while_the_month_is_counted_is_seen(
    played: Desk, supervisor: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count is made before the transaction: what it rests on is looked at again inside."""
    counted = month_figures.taken
    calls: list[str] = []

    def taken(reading: Reading, month: str, now: int) -> month_figures.Month:
        calls.append(month)
        return counted(reading, month, now)

    act = Desk.act

    def acting(desk: Desk, name: str, **how: bool) -> AbstractContextManager[Work]:
        if name == "close_month":
            day_closes.reopen(with_second(supervisor), TODAY, reason="forgotten")
        return act(desk, name, **how)

    monkeypatch.setattr(month_figures, "taken", taken)
    monkeypatch.setattr(Desk, "act", acting)

    close = month_closes.close(supervisor, MONTH)

    assert len(calls) == 2
    assert differences(close)[0][:2] == (TODAY, "not_closed")


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("cases.registered", "办件收件"),
        ("consignments.sealed", "送件封装"),
        ("envelopes.void", "封套作废"),
        ("items/59/cases.closed", "事项 开具户籍类证明 办件办结"),
        ("items/x/consignments.done", "事项 x 送件送达"),
        ("offices/示例/二部门/sealed", "属地 示例/二部门 送件封装"),
        ("clerks/1001/cases.served", "经办 1001 办件送达"),
        ("postage/home/back", "邮件 业务属地 寄回"),
        ("not_closed", "办过件，没有日清"),
        ("anchor", "链首码"),
    ],
)
def test_every_figure_has_its_words(figure: str, told: str) -> None:
    """An office may have any name."""
    assert figure_word(figure, {"59": "开具户籍类证明"}) == told
    assert MonthDifference(TODAY, figure, "1", "2").figure == figure
