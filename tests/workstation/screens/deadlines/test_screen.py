"""期限: the legs of a case and the days of each, what pauses them, and who only looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import as_role
from tests.workstation.acts.test_silence import days_pass
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.items.test_screen import to_the_end
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import deadlines, pauses
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState
from workstation.domain.deadlines import Pause
from workstation.domain.roles import Role
from workstation.policies import DeadlinePolicy
from workstation.screens import doors
from workstation.screens.deadlines.screen import DeadlinesScreen
from workstation.screens.dialogs import Refusal
from workstation.screens.long_form import LongForm

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def accepted(desk: Desk) -> str:
    """A consignment that its office has accepted."""
    return builders.a_consignment(desk, ConsignmentState.ACCEPTED).id


def seen(desk: Desk, folder: Path, number: str, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the deadlines of a case or a consignment."""
    play(a_counter(desk, folder, "deadlines", number=number), story, size)


def screen(clerk: Clerk) -> DeadlinesScreen:
    """The legs."""
    assert isinstance(clerk.screen, DeadlinesScreen)
    return clerk.screen


def under(clerk: Clerk) -> str:
    """The leg under the cursor."""
    leg = screen(clerk)._leg
    assert leg is not None
    return leg.leg


def paused(desk: Desk, consignment: str) -> list[Pause]:
    """The pauses of a consignment."""
    with desk.reading() as reading:
        return reading.pauses.where(consignment=consignment)


@pytest.mark.parametrize("size", [(80, 24), WIDE])
def test_the_leg_that_runs_is_explained_first(
    desk: Desk, tmp_path: Path, accepted: str, size: tuple[int, int]
) -> None:
    """Start, rule, end and days; the cursor moves on to any other, done or to come."""

    async def story(clerk: Clerk) -> None:
        assert under(clerk) == "decide"
        clerk.sees("受理→决定", "进行中", "行政许可法第四十二条", "起算日不计", "第  1 日")
        await clerk.press("down")
        clerk.sees("还没有开始。")
        await clerk.press("up", "up")
        assert under(clerk) == "answer"
        clerk.sees("按期", "完成：")

    seen(desk, tmp_path, accepted.partition("-")[0], story, size)


def test_a_case_opens_on_what_runs_at_the_counter(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Five working days for telling; F4 goes to the case."""
    case = builders.a_case(desk, "registered")

    async def story(clerk: Clerk) -> None:
        assert under(clerk) == "tell"
        clerk.sees("第三十二条第四项", "2026-11-27")
        await clerk.press("f4")

    seen(desk, tmp_path, case.number, story)

    assert opened == [("case", {"number": case.number})]


def test_the_days_scroll_on_their_own(desk: Desk, tmp_path: Path, accepted: str) -> None:
    """Tab to the right; the last of twenty days comes into sight, the legs stay."""

    async def story(clerk: Clerk) -> None:
        assert "第 20 日" not in clerk.text
        await clerk.press("tab")
        await to_the_end(clerk)
        clerk.sees("第 20 日", "收件→告知")

    seen(desk, tmp_path, accepted.partition("-")[0], story)


def test_a_pause_is_begun_and_ended_here(desk: Desk, tmp_path: Path, accepted: str) -> None:
    """F2 asks for kind and days, F3 for the last; the sum follows at once, the cursor stays."""
    days_pass(desk, 3)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.fill("told_on", "2026-11-23")
        await clerk.press("ctrl+s")
        clerk.sees("不计时限（听证）", "暂停")
        assert under(clerk) == "decide"
        await clerk.press("f3", "ctrl+s")
        clerk.sees("听证到 2026-11-23 为止", "暂停：听证")

    seen(desk, tmp_path, accepted, story)

    (pause,) = paused(desk, accepted)
    assert (pause.kind, pause.since, pause.until, pause.told_on) == ("hearing", *["2026-11-23"] * 3)


def test_a_refusal_keeps_what_was_typed(desk: Desk, tmp_path: Path, accepted: str) -> None:
    """Nobody was told in writing: said why; the form opens again with the note in it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.fill("note", "示例说明")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("期限照常计算", "pause-not-told")
        await clerk.press("escape", "f2")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("示例说明")
        await clerk.press("escape")

    seen(desk, tmp_path, accepted, story)

    assert paused(desk, accepted) == []


def test_only_a_running_decision_pauses(desk: Desk, tmp_path: Path, accepted: str) -> None:
    """On every other leg the key says so."""

    async def story(clerk: Clerk) -> None:
        for _ in range(2):
            await clerk.press("up", "f2")
            assert "只在受理之后、决定之前" in clerk.message

    seen(desk, tmp_path, accepted, story)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_only_looks_sees_the_same(desk: Desk, tmp_path: Path, accepted: str, role: Role) -> None:
    """And begins nothing."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("受理→决定", "进行中")
        await clerk.press("f2")
        assert isinstance(clerk.app.screen, DeadlinesScreen)

    seen(as_role(desk, role), tmp_path, accepted, story)


def test_a_provisional_end_is_told(desk: Desk, tmp_path: Path) -> None:
    """In the list by a sign, beside it in words with the year."""
    days_pass(desk, 36)
    name = builders.a_consignment(desk, ConsignmentState.ACCEPTED).id

    async def story(clerk: Clerk) -> None:
        clerk.sees("暂定：2027 年节假日安排尚未导入", "01-22?")

    seen(desk, tmp_path, name, story, WIDE)


def test_what_others_did_meanwhile_is_counted_anew(desk: Desk, tmp_path: Path, accepted: str) -> None:
    """F5; the screen reads what the acts tell."""

    async def story(clerk: Clerk) -> None:
        assert "暂停中" not in clerk.text
        pauses.begin(desk, accepted, "correcting")
        await clerk.press("f5")
        clerk.sees("暂停中（补正等待），结束后还有 20 个工作日")

    seen(desk, tmp_path, accepted, story, WIDE)

    states = {leg.leg: leg.state for leg in deadlines.why(desk, accepted, DeadlinePolicy())}
    assert states["decide"] == "paused"


def test_it_is_opened_for_a_case() -> None:
    """So not from the palette."""
    assert doors.door("deadlines").needs
