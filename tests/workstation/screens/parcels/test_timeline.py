"""轨迹 of one number: events with their signs among our own acts, several parcels, what comes meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, an_envelope, at
from tests.engines import OPENING
from tests.workstation.acts import parcels
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.parcels.mailed import HOUR, STORY, both_ways, no_task, says, told
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import tracking
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.tracking import Grade
from workstation.domain.words import word
from workstation.screens.dialogs import Refusal
from workstation.screens.mailing import Mailing
from workstation.screens.parcels import saying
from workstation.screens.parcels.saying import Followed
from workstation.screens.parcels.timeline import TimelineScreen


def on(desk: Desk, folder: Path, number: str, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the parcels of a number."""
    play(a_counter(desk, folder, "parcels", number=number), story, size)


def screen(clerk: Clerk) -> TimelineScreen:
    """The parcels of one number."""
    assert isinstance(clerk.screen, TimelineScreen)
    return clerk.screen


def what(clerk: Clerk) -> list[str]:
    """What happened, as it is listed."""
    return [row.what for row in screen(clerk)._moments.rows]


def the_one(desk: Desk, number: str) -> Followed:
    """The only parcel of a number."""
    (found,) = saying.look(desk, number).parcels
    return found


# --- one parcel


def test_the_newest_stands_first_with_its_sign(desk: Desk, tmp_path: Path) -> None:
    """What was taken back is marked, an unknown code is kept and marked, our own acts stand among them."""
    envelope = told(desk, *STORY)

    async def story(clerk: Clerk) -> None:
        rows = screen(clerk)._moments.rows
        assert [row.note for row in rows][:5] == ["", "? 代码 999", "", "✗ 已冲销", ""]
        assert what(clerk)[2:5] == ["投递妥投撤销", "投递结果反馈-妥投（本人签收）", "投递下段"]
        assert what(clerk)[5:] == ["绑定运单", "交寄", "封装", "装袋"]
        clerk.sees(f"{WAYBILL}　寄出　封套 {envelope.number}")
        clerk.sees("! 妥投（自 2026-11-20 14:00）　收发室等代收，请电话核实", "! 待办：签收待核实")
        clerk.sees("? 有不认识的代码 999", "本大厅 1001")

    on(desk, tmp_path, envelope.number, story)


def test_a_single_parcel_needs_no_list(desk: Desk, tmp_path: Path) -> None:
    """The cursor is in what happened, and the room is for it."""
    told(desk, "702")

    async def story(clerk: Clerk) -> None:
        assert screen(clerk)._moments.has_focus
        assert not screen(clerk)._parcels.display

    on(desk, tmp_path, WAYBILL, story)


def test_enter_tells_all_of_an_event_and_never_its_sentence(desk: Desk, tmp_path: Path) -> None:
    """The carrier's sentence may name who signed."""
    told(desk)
    says(desk, "704/60", 1, text="由覃示例签收")

    async def story(clerk: Clerk) -> None:
        clerk.misses("覃示例")
        await clerk.press("enter")
        clerk.sees("时间：2026-11-20 10:00:00", "机构：南宁揽投部", "收到：", "向寄递企业问来")
        clerk.misses("覃示例")

    on(desk, tmp_path, WAYBILL, story)


def test_a_wide_screen_shows_how_each_event_came(desk: Desk, tmp_path: Path) -> None:
    """Asked of the carrier, or out of a file."""
    told(desk, "702")
    event = parcels.an_event("704/10", OPENING + 9 * HOUR)
    tracking.take(desk, WAYBILL, [event], source=tracking.IMPORT)

    async def story(clerk: Clerk) -> None:
        clerk.sees("怎么来的", "从表格导入", "向寄递企业问来")

    on(desk, tmp_path, WAYBILL, story, WIDE)


def test_without_a_waybill_it_says_what_to_do(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Case and consignment are reached all the same."""
    with builders.no_ink():
        number = an_envelope(desk, EnvelopeState.SEALED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees(number, "还没有绑定运单", "（还没有轨迹）")
        await clerk.press("f4", "enter")

    on(desk, tmp_path, number, story)
    assert opened == [("case", {"number": number})]


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        ((), "? 没有轨迹"),
        (("702",), "· 派送中"),
        (("704/10",), "✓ 妥投"),
        (("704/180",), "! 邮件丢失"),
    ],
)
def test_a_state_has_its_sign(desk: Desk, codes: tuple[str, ...], state: str) -> None:
    """Of what somebody has a task about it is that of a task."""
    told(desk, *codes)

    found = the_one(desk, WAYBILL)

    assert found.state == state
    assert found.cells[:3] == ("寄出", WAYBILL, state)
    if not codes:
        assert "? 寄递企业还没有说过它" in found.told


@pytest.mark.parametrize(
    ("code", "grade"),
    [
        ("704/10", Grade.PERSON),
        ("704/60", Grade.RECEPTION),
        ("704/180", Grade.LOST),
    ],
)
def test_how_it_was_signed_for_is_told_in_words(desk: Desk, code: str, grade: Grade) -> None:
    """No delivery is an acknowledgement: the word says what to do."""
    told(desk, code)

    assert word(grade) in the_one(desk, WAYBILL).told


def test_what_has_been_looked_after_is_told_apart_from_a_task(desk: Desk) -> None:
    """Somebody has called because of the reception's signature."""
    envelope = told(desk, *STORY)
    no_task(desk, envelope.number)

    told_now = the_one(desk, envelope.number).told

    assert "! 待办" not in told_now
    assert "· 轨迹提示过：签收待核实（没有未了结的待办）" in told_now


def test_a_leg_that_is_closed_says_so_and_keeps_its_events(desk: Desk) -> None:
    """The office has acknowledged: the waybill is not live any more."""
    envelope = told(desk, "702")
    assert "运单已了结" not in the_one(desk, WAYBILL).told

    builders.acknowledged(desk, envelope.number)

    found = the_one(desk, WAYBILL)
    assert "（运单已了结）" in found.told
    assert "投递下段" in [moment.what for moment in found.moments]


# --- several


def test_the_parcels_of_a_case_stand_above_and_each_has_its_story(desk: Desk, tmp_path: Path) -> None:
    """The latest first; Tab goes between the parcels and what happened."""
    number = both_ways(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"寄回 {RETURN_WAYBILL}", f"寄出 {WAYBILL}", "✓ 妥投")
        assert "结果回寄" in what(clerk)
        await clerk.press("shift+tab", "down")
        assert screen(clerk)._parcels.has_focus
        assert what(clerk)[0] == "投递结果反馈-妥投（本人签收）"
        await clerk.press("enter")
        assert screen(clerk)._moments.has_focus

    on(desk, tmp_path, number, story)


def test_a_scan_of_one_of_them_puts_the_cursor_there(desk: Desk, tmp_path: Path) -> None:
    """Another one's parcels take their place; an unknown number moves nothing."""
    number = both_ways(desk)
    other = told(desk, "702", waybill="1023456789013")

    async def story(clerk: Clerk) -> None:
        await clerk.scan(RETURN_WAYBILL)
        assert screen(clerk).about == f"{number}-1"
        await clerk.scan("1023456789013")
        assert screen(clerk).about == other.number
        clerk.misses(RETURN_WAYBILL)
        await clerk.press("escape")
        assert not isinstance(clerk.screen, TimelineScreen)

    on(desk, tmp_path, number, story)


def test_a_number_typed_wrong_leaves_all_as_it_is(desk: Desk, tmp_path: Path) -> None:
    """The refusal says why."""
    envelope = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "down", "enter")
        await clerk.type("9999999999999")
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, Refusal)
        await clerk.press("enter")
        assert screen(clerk).about == envelope.number
        assert "投递下段" in what(clerk)

    on(desk, tmp_path, envelope.number, story)


# --- meanwhile


@pytest.mark.parametrize("how", ["key", "by itself"])
def test_what_is_told_meanwhile_comes_in(desk: Desk, tmp_path: Path, how: str) -> None:
    """At the key, and each time the mail has been looked at; the parcel under the cursor stays."""
    number = both_ways(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("shift+tab", "down")
        says(at(desk, "1002"), "743", 5)
        if how == "key":
            await clerk.press("f5")
        else:
            clerk.app.screen.post_message(Mailing.Mailed())
            await clerk.settle()
        assert what(clerk)[0] == "投递妥投撤销"
        clerk.sees(f"{WAYBILL}　寄出")

    on(desk, tmp_path, number, story)


def test_the_cursor_stays_on_its_line(desk: Desk, tmp_path: Path) -> None:
    """Looked at again, nothing moves."""
    told(desk, *STORY)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down", "f5")
        assert screen(clerk)._moments.cursor == 2

    on(desk, tmp_path, WAYBILL, story)


def test_names_that_would_steer_the_screen_are_shown_as_they_are(desk: Desk, tmp_path: Path) -> None:
    """An organisation's, in the list and in the event; controls become visible."""
    told(desk)
    says(desk, "702", 1, organisation="[/oops]\x1b[2J")

    async def story(clerk: Clerk) -> None:
        clerk.sees("[/oops]?[2J")
        await clerk.press("enter")
        clerk.sees("机构：[/oops]?[2J")

    on(desk, tmp_path, WAYBILL, story)
