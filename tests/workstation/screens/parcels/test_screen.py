"""邮件轨迹: what stands first and why, how a parcel is found, what leads elsewhere, who only looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, as_role, at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.parcels.mailed import STORY, told, unexplained
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts.desk import Desk
from workstation.acts.whereabouts import REASONS, Report, Whereabouts
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.screens.dialogs import Refusal
from workstation.screens.mailing import Mailing
from workstation.screens.parcels import lines
from workstation.screens.parcels.lines import Line
from workstation.screens.parcels.screen import ParcelsScreen
from workstation.screens.parcels.timeline import TimelineScreen
from workstation.screens.worklist.screen import WorklistScreen


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on everything that is on its way."""
    play(a_counter(desk, folder, "parcels"), story, size)


def screen(clerk: Clerk) -> ParcelsScreen:
    """The list."""
    assert isinstance(clerk.screen, ParcelsScreen)
    return clerk.screen


def numbers(clerk: Clerk) -> list[str]:
    """What is listed."""
    return [row.key for row in screen(clerk)._list.rows]


# --- looking


def test_what_nobody_can_explain_stands_first(desk: Desk, tmp_path: Path) -> None:
    """Marked ✗ and counted; then what somebody has to do, then what goes its way."""
    going = told(desk, "702")
    with_task = told(desk, *STORY, waybill=builders.RETURN_WAYBILL)
    broken = unexplained(desk)

    async def story(clerk: Clerk) -> None:
        assert numbers(clerk) == [broken.number, with_task.number, going.number]
        clerk.sees("在途 3 件　✗ 说不清在哪里 1　! 要人办 1　· 照常 1")
        clerk.sees("✗ 说不清在哪里", "! 待办：签收待核实", "· 在路上：派送中")
        clerk.sees("请逐项核对账实；核清之前不能日清。")
        await clerk.press("end")
        clerk.sees(f"寄出　封套 {going.number}", f"运单 {WAYBILL}　派送中")

    seen(desk, tmp_path, story)


def test_with_nothing_on_its_way_it_says_so(desk: Desk, tmp_path: Path) -> None:
    """And why no key leads anywhere."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("没有在途的邮件。", "（没有在途的邮件）")
        for key in ("f4", "f8"):
            await clerk.press(key)
            assert "没有邮件" in clerk.message
        await clerk.press("enter")
        assert isinstance(clerk.screen, ParcelsScreen)

    seen(desk, tmp_path, story)


def test_a_wide_screen_shows_the_carriers_account(desk: Desk, tmp_path: Path) -> None:
    """At 80 columns it stands below."""
    told(desk, "702")

    async def narrow(clerk: Clerk) -> None:
        assert "情况" not in clerk.lines[2]

    async def wide(clerk: Clerk) -> None:
        assert {"邮件", "情况"} <= set(clerk.lines[2].split())
        assert clerk.lines[3].count("派送中") == 3

    seen(desk, tmp_path, narrow)
    seen(desk, tmp_path, wide, WIDE)


def test_the_list_is_asked_for_at_a_key_and_what_was_asked_is_told_by_itself(
    desk: Desk, tmp_path: Path
) -> None:
    """It may be long, and parcels are asked about many times a minute."""
    told(desk, "702")

    async def story(clerk: Clerk) -> None:
        late = told(desk, waybill=builders.RETURN_WAYBILL)
        clerk.app.last_sync = "邮件轨迹：15:20 问过，共 1 件"
        clerk.app.screen.post_message(Mailing.Mailed())
        await clerk.settle()
        clerk.sees("15:20 问过")
        assert late.number not in numbers(clerk)
        await clerk.press("f5")
        assert late.number in numbers(clerk)

    seen(desk, tmp_path, story)


def test_the_cursor_stays_on_its_line(desk: Desk, tmp_path: Path) -> None:
    """Something worse has come meanwhile."""
    going = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        unexplained(desk)
        await clerk.press("f5")
        assert screen(clerk).about == going.number
        assert screen(clerk)._list.cursor == 1

    seen(desk, tmp_path, story)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_line(reason: str) -> None:
    """With its sign, what is concrete about it, and what comes next."""
    number = "13502031012632400012-1"
    one = Line(Whereabouts("back", number, "某局", "result_returning", reason, "细节", None, "mail_none"))

    assert one.cells[0][0] in "✗!·"
    assert ("细节" in one.cells[0]) == (reason in ("trouble", "order_in_doubt", "moving"))
    assert one.cells[2] == "…00012-1"
    assert one.cells[3:5] == ("", "")
    assert one.told.startswith(f"寄回　送件 {number}　某局　结果回寄中\n")
    assert f"{REASONS[reason][0]}：细节" in one.told
    assert one.told.endswith(f"下一步：{REASONS[reason][1]}。")
    assert lines.summary(Report((one.where,))).startswith("在途 1 件　")


# --- to a parcel


def test_enter_shows_what_was_told_and_esc_comes_back(desk: Desk, tmp_path: Path) -> None:
    """To the same line."""
    told(desk, "702")
    second = told(desk, "702", waybill=builders.RETURN_WAYBILL)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter")
        assert isinstance(clerk.screen, TimelineScreen)
        clerk.sees(builders.RETURN_WAYBILL, "投递下段")
        await clerk.press("escape")
        assert screen(clerk).about == second.number

    seen(desk, tmp_path, story)


def test_opened_for_a_number_it_is_the_parcel_at_once(desk: Desk, tmp_path: Path) -> None:
    """Esc leads to where one came from, not to the list of all."""
    envelope = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        clerk.sees(envelope.number, "投递下段")
        await clerk.press("escape")
        assert isinstance(clerk.screen, WorklistScreen)

    play(a_counter(desk, tmp_path, "parcels", number=WAYBILL), story)


def test_a_number_that_nothing_has_is_refused_and_the_list_remains(desk: Desk, tmp_path: Path) -> None:
    """In words; and all that is on its way is there to choose from."""
    envelope = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("track-not-found", "没有轨迹可看")
        await clerk.press("enter")
        assert numbers(clerk) == [envelope.number]

    play(a_counter(desk, tmp_path, "parcels", number="9999999999999"), story)


@pytest.mark.parametrize("of", ["waybill", "envelope", "list", "case", "slip"])
def test_a_scan_leads_to_its_parcels(desk: Desk, tmp_path: Path, of: str) -> None:
    """Whatever of it lies at hand: the sticker, a face, the case's number or a paper of it."""
    envelope = told(desk, "702")
    case = builders.consignments_in(desk, envelope.number)[0].case_number
    code = {
        "waybill": WAYBILL,
        "envelope": builders.paper_of(desk, envelope.number, "envelope").number,
        "list": builders.paper_of(desk, envelope.number, "packing_list").number,
        "case": case,
        "slip": builders.paper_of(desk, case, "intake_slip").number,
    }[of]

    async def story(clerk: Clerk) -> None:
        await clerk.scan(code)
        assert isinstance(clerk.screen, TimelineScreen)
        clerk.sees(WAYBILL, "投递下段")

    seen(desk, tmp_path, story)


def test_what_is_no_parcel_is_left_to_the_frame(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """A courier's badge opens the hand-over; over a dialog nothing moves."""
    told(desk, "702")
    badge = builders.badge(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(badge)
        await clerk.press("ctrl+o")
        await clerk.scan(WAYBILL)
        assert "请先关闭这个对话框" in clerk.message

    seen(desk, tmp_path, story)
    assert opened == [("courier", {"badge": badge})]


@pytest.mark.parametrize("typed", ["{envelope}", " 1136281381675 ", "9999999999999"])
def test_a_number_can_be_typed(desk: Desk, tmp_path: Path, typed: str) -> None:
    """For a label that cannot be read; a wrong one is refused, and the list stays."""
    envelope = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "down", "enter")
        await clerk.type(typed.format(envelope=envelope.number))
        await clerk.press("enter")
        if typed.startswith("9"):
            clerk.sees("track-not-found")
            await clerk.press("enter")
            assert isinstance(clerk.screen, ParcelsScreen)
        else:
            assert isinstance(clerk.screen, TimelineScreen)

    seen(desk, tmp_path, story)


# --- elsewhere


def test_case_and_consignment_are_one_key_away(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """By the number of the envelope."""
    envelope = told(desk, "702")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4", "f8")

    seen(desk, tmp_path, story)
    assert opened == [("case", {"number": envelope.number}), ("arrivals", {"number": envelope.number})]


def test_its_tasks_are_a_choice_away(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """By the envelope they are about; from its events, too."""
    envelope = told(desk, *STORY)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "enter", "enter")
        assert isinstance(clerk.screen, TimelineScreen)
        clerk.sees("! 待办：签收待核实（Ctrl+O 去办）")
        await clerk.press("ctrl+o", "enter")

    seen(desk, tmp_path, story)
    assert opened == [("tasks", {"number": envelope.number})] * 2


def test_without_a_task_the_list_says_so(desk: Desk, tmp_path: Path) -> None:
    """Crossed out; and chosen all the same it is told why."""
    told(desk, "702")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o")
        clerk.sees("× 待办　这件邮件没有未了结的待办")
        await clerk.press("enter")
        assert "没有未了结的待办" in clerk.message

    seen(desk, tmp_path, story)


@pytest.mark.parametrize("who", ["auditor", "read-only"])
def test_who_writes_nothing_sees_all_of_it(desk: Desk, tmp_path: Path, who: str) -> None:
    """Only the file is not theirs."""
    told(desk, "702")
    looking = replace(desk, readonly=True) if who == "read-only" else as_role(desk, Role.AUDITOR)

    async def story(clerk: Clerk) -> None:
        clerk.sees("· 在路上：派送中")
        await clerk.press("ctrl+o")
        clerk.sees("× 导入轨迹表")
        await clerk.press("escape", "f5", "enter")
        clerk.sees("投递下段")

    seen(looking, tmp_path, story)


def test_it_is_found_by_who_works_at_the_counter() -> None:
    """The door is in the palette of clerks and supervisors."""
    assert doors.door("parcels").roles == frozenset({Role.CLERK, Role.SUPERVISOR})


def test_what_lies_here_is_told_by_its_place(desk: Desk, tmp_path: Path) -> None:
    """A sealed envelope that waits for the courier; the supervisor sees the same."""
    with builders.no_ink():
        an_envelope(desk, EnvelopeState.SEALED)

    async def story(clerk: Clerk) -> None:
        clerk.sees("· 在货位，等揽投员", "A-01", "等下一次揽收")

    seen(at(desk, "2001"), tmp_path, story)
