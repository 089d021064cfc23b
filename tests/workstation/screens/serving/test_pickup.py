"""领取码: told on arrival, it leads from any screen to its case; it proves nothing, the look does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_consignment
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts.desk import Desk
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens.arrivals.consignment import ConsignmentScreen
from workstation.screens.case.screen import CaseScreen
from workstation.screens.serving.screen import ServingScreen


@pytest.fixture
def here(desk: Desk) -> Consignment:
    """A consignment whose result waits."""
    return a_consignment(desk, S.RESULT_ARRIVED)


def code_of(consignment: Consignment) -> str:
    """What its applicant was told."""
    assert consignment.pickup_code is not None
    return consignment.pickup_code


async def given(clerk: Clerk, code: str) -> None:
    """Let the application take a code as scanned: so few digits at once may be anybody's typing."""
    clerk.app.scanned(code)
    await clerk.settle()


def test_it_is_typed_into_the_search(desk: Desk, tmp_path: Path, here: Consignment) -> None:
    """`/` and five digits, wherever one is."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("slash")
        await clerk.type(code_of(here))
        await clerk.press("enter")
        assert isinstance(clerk.screen, CaseScreen)
        clerk.sees(f"办件 {here.case_number[-5:]}")

    play(a_counter(desk, tmp_path, "worklist"), story)


def test_a_scan_on_the_worklist_opens_its_case(desk: Desk, tmp_path: Path, here: Consignment) -> None:
    """Where the work of the day begins."""

    async def story(clerk: Clerk) -> None:
        await given(clerk, code_of(here))
        assert isinstance(clerk.screen, CaseScreen)
        clerk.sees(f"办件 {here.case_number[-5:]}")

    play(a_counter(desk, tmp_path, "worklist"), story)


def test_on_its_own_screen_it_is_recognised_and_ticks_nothing(
    desk: Desk, tmp_path: Path, here: Consignment
) -> None:
    """It stands there to be compared; whoever tells it is looked at all the same."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"领取码 {code_of(here)}", "[ ] 已核对")
        await given(clerk, code_of(here))
        assert isinstance(clerk.screen, ServingScreen)
        clerk.sees("[ ] 已核对")

    play(a_counter(desk, tmp_path, "serving", number=here.case_number), story)
    assert builders.consignment_of(desk, here.id).state == S.RESULT_ARRIVED


def test_it_leads_to_the_consignment_from_the_arrivals(desk: Desk, tmp_path: Path, here: Consignment) -> None:
    """Scanned there, it is no reply code."""

    async def story(clerk: Clerk) -> None:
        await given(clerk, code_of(here))
        assert isinstance(clerk.screen, ConsignmentScreen)
        clerk.sees(f"领取码 {code_of(here)}，请告知申请人。")

    play(a_counter(desk, tmp_path, "arrivals"), story)


def test_once_collected_it_leads_nowhere(desk: Desk, tmp_path: Path, here: Consignment) -> None:
    """It is over with the service, and gone from the screen."""
    code = code_of(here)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "ctrl+s")
        clerk.misses("领取码")
        await clerk.press("slash")
        await clerk.type(code)
        await clerk.press("enter")
        clerk.sees("没有找到")

    play(a_counter(desk, tmp_path, "serving", number=here.case_number), story)
