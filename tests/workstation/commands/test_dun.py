"""Noun `dun`, typed: a letter to a silent home office, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def silent(counter: Line) -> str:
    """A consignment that was handed over, and of which nothing was heard."""
    return played(counter, ConsignmentState.HANDED_OVER)


def played(counter: Line, state: ConsignmentState) -> str:
    """A consignment in this state at the counter's hall."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        name = builders.a_consignment(desk, state).id
    desk.store.engine.close()
    return name


def test_a_letter_is_printed_and_counted(counter: Line, silent: str) -> None:
    """Into the tray, with its number and the how many-eth it is."""
    first = counter("dun", "print", silent, "--json", as_="1001").json
    said = counter("dun", "print", silent, as_="1001").out

    assert (first["ordinal"], first["paper"]["kind"], first["paper"]["object"]) == (
        1,
        "dunning_letter",
        silent,
    )
    assert Path(first["paper"]["path"]).is_file()
    assert "（第 2 次催办）" in said


def test_it_can_be_read_before_it_is_printed(counter: Line, silent: str) -> None:
    """As text, without a number; nothing is counted for it."""
    text = counter("paper", "preview", "dunning_letter", silent, as_="1001").out

    assert "【催办函】" in text
    assert "现第 1 次函请贵单位协助" in text
    assert counter("dun", "print", silent, "--json", as_="1001").json["ordinal"] == 1


def test_where_nothing_is_awaited_it_is_refused(counter: Line) -> None:
    """With exit code 3 and its own code."""
    name = played(counter, ConsignmentState.SEALED)

    answer = counter("dun", "print", name, "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (3, "dunning-nothing-awaited")
    assert counter("dun", "print", name, as_="8001").code == "wrong-role"
