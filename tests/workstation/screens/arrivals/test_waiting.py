"""In a hall with one clerk a typed waybill waits for its second person, and the screen says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, a_consignment
from tests.workstation.screens.stage import Clerk, a_counter, a_desk, play
from workstation.acts import waiting
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState as S


@pytest.fixture
def lonely(tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The only clerk of a hall."""
    desk = a_desk(tmp_path, staff=builders.ONE_CLERK)
    yield desk
    desk.store.engine.close()


def test_a_typed_waybill_waits(lonely: Desk, tmp_path: Path) -> None:
    """Nothing is lost, nothing is done yet; a scanned one would not wait."""
    own = a_consignment(lonely, S.DECIDED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        await clerk.type(RETURN_WAYBILL)
        await clerk.press("enter")
        await clerk.type(RETURN_WAYBILL)
        await clerk.press("enter")
        assert clerk.message == f"已记下，待第二人确认：{own.id}-w1"
        clerk.sees("【已决定】")

    play(a_counter(lonely, tmp_path, "arrivals", number=own.id), story)
    assert [(w.act, w.object) for w in waiting.listed(lonely)] == [("result_return", own.id)]
