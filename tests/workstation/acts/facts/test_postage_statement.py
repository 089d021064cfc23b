"""The 邮费月报表 as written: parcels and sums side by side, and what nobody knows said to be unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engines import OPENING
from tests.workstation.acts.facts.written import on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import postage_statement
from workstation.acts.postages import Charge, Statement

SENT = Charge(
    id="23-y1",
    waybill="1136281381675",
    object="23",
    on="2026-11-20",
    leg="out",
    office="示例部门",
    payer="window",
    fen=2250,
)
BACK = replace(SENT, id="", waybill="", object="13-1", leg="back", payer="home", fen=None)


def told(desk: Desk, *charges: Charge) -> str:
    """The statement of these parcels as text."""
    return on_paper(
        "postage_statement", postage_statement.facts(desk.hall, 2, Statement("2026-11", OPENING, charges))
    )


def cells(text: str, first: str) -> list[list[str]]:
    """The rows of tables that begin so."""
    rows = [[cell.strip() for cell in line.split("│")] for line in text.splitlines()]
    return [row for row in rows if row[0] == first]


def test_each_parcel_has_its_row(desk: Desk) -> None:
    """Numbered, with its amount in 元; without one it is unknown, without a waybill a dash."""
    text = told(desk, SENT, BACK)

    assert cells(text, "1") == [["1", "2026-11-20", "1136281381675", "寄出", "示例部门", "本窗口", "22.50"]]
    assert cells(text, "2") == [["2", "2026-11-20", "—", "寄回", "示例部门", "业务属地", "未知"]]


def test_sums_stand_by_paying_side_and_leg(desk: Desk) -> None:
    """Known amounts are added up, unknown ones counted beside them."""
    text = told(desk, SENT, replace(SENT, fen=None), BACK)

    assert cells(text, "本窗口") == [["本窗口", "寄出", "2", "22.50", "1"]]
    assert cells(text, "业务属地") == [["业务属地", "寄回", "1", "0.00", "1"]]
    assert "邮费已知合计：22.50 元" in text
    assert "邮费未知：2 件" in text


def test_a_month_without_parcels_shows_that_nothing_was_forgotten(desk: Desk) -> None:
    """Both tables have a dash, the totals are noughts."""
    lines = [line.replace(" ", "") for line in told(desk).splitlines()]

    assert [line for line in lines if line.startswith("—")] == ["—│—│—│—│—", "—│—│—│—│—│—│—"]
    assert "邮件合计：0件" in lines


@pytest.mark.parametrize(("fen", "shown"), [(0, "0.00"), (5, "0.05"), (2200, "22.00"), (9999999, "99999.99")])
def test_amounts_have_two_decimals(fen: int, shown: str) -> None:
    """To the fen, and never rounded."""
    assert postage_statement.yuan(fen) == shown
