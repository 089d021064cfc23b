"""Noun `silent`, typed: who has not answered for longer than usual, in words and as JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import silence
from workstation.acts.desk import Desk
from workstation.acts.silence import Silent, Usual
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def owed(counter: Line) -> str:
    """A consignment that was handed over, and of which nothing was heard."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        name = builders.a_consignment(desk, ConsignmentState.HANDED_OVER).id
    desk.store.engine.close()
    return name


SILENT = Silent(
    consignment="13502031012632400012-1",
    case_number="13502031012632400012",
    office_code="450103-hz",
    office_name="示例部门",
    envelope="23502031012632400018",
    awaited="receipt",
    since=1_795_398_000_000,
    began="delivered",
    waited=9,
    usual=Usual(5, "history", 12),
    mail_state="delivered",
    mail_at=1_795_398_000_000,
    dunned=2,
    dunned_at=1_795_398_060_000,
    provisional=True,
)


def test_at_a_hall_where_all_have_answered_nobody_is_listed(counter: Line, owed: str) -> None:
    """What left today is not awaited yet, whatever is set as usual."""
    assert counter("silent", "list", "--json", as_="1001").json == {"silent": []}
    assert counter("silent", "list", "--days", "0", as_="1001").out.strip() == "没有逾常沉默的属地。"
    assert counter("dun", "print", owed, as_="1001").exit_code == 0


def test_who_is_silent_is_told_with_rule_and_letters(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line: what is awaited, since when, how long, what is usual, where it is, how often dunned."""
    asked: list[int] = []

    def one(_: Desk, *, days: int) -> list[Silent]:
        asked.append(days)
        return [SILENT]

    monkeypatch.setattr(silence, "listed", one)

    (_, line) = counter("silent", "list", "--days", "7", as_="1001").out.splitlines()
    (data,) = counter("silent", "list", "--json", as_="1001").json["silent"]

    assert re.split(" {2,}", line) == [
        "13502031012632400012-1",
        "示例部门",
        "签收确认",
        "2026-11-23 09:40 妥投",
        "9（暂计）",
        "以往 12 次：5 个工作日",
        "妥投",
        "2 次，最近 2026-11-23 09:41",
    ]
    assert (data["consignment"], data["awaited"], data["began"]) == (
        SILENT.consignment,
        "receipt",
        "delivered",
    )
    assert (data["since"], data["mail_at"]) == ("2026-11-23T09:40:00.000+08:00",) * 2
    assert (data["usual"], data["over"]) == ({"days": 5, "rule": "history", "answers": 12}, 4)
    # Where it is not typed it is the setting's.
    assert asked == [7, 3]


def test_days_are_a_number(counter: Line) -> None:
    """Anything else is no line; and somebody has to be signed in."""
    assert counter("silent", "list", "--days", "viele", as_="1001").exit_code == 2
    assert counter("silent", "list").code == "nobody-signed-in"
