"""沉默属地: who is listed and why, letters and calls, what leads elsewhere, who only looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, an_office, as_role, at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.silent.waiting import days_pass, owed
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import contacts, dunning, offices, waybills
from workstation.acts.desk import Desk
from workstation.acts.silence import AWAITED, Silent, Usual
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.policies import MailPolicy
from workstation.screens import doors
from workstation.screens.dialogs import Confirm, Refusal
from workstation.screens.long_form import LongForm
from workstation.screens.silent.lines import Line
from workstation.screens.silent.screen import SilentScreen


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the silent offices."""
    play(a_counter(desk, folder, "silent"), story, size)


def screen(clerk: Clerk) -> SilentScreen:
    """The list."""
    assert isinstance(clerk.screen, SilentScreen)
    return clerk.screen


def listed(clerk: Clerk) -> list[str]:
    """The consignments in the list."""
    return [row.silent.consignment for row in screen(clerk)._list.rows]


def letters(desk: Desk, consignment: str) -> int:
    """How many letters were written about it."""
    with desk.reading() as reading:
        return len(dunning.letters(reading, consignment))


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
)


# --- looking


def test_where_nobody_is_silent_it_says_so(desk: Desk, tmp_path: Path) -> None:
    """And each key says why it does nothing."""
    with builders.no_ink():
        an_envelope(desk, EnvelopeState.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有沉默的属地）", "该回音的都在往常的时间以内")
        for key in ("ctrl+s", "f3", "f4", "f6", "f8"):
            await clerk.press(key)
            assert "没有沉默的属地" in clerk.message
        await clerk.press("enter")

    seen(desk, tmp_path, story)


def test_a_line_says_who_owes_what_for_how_long_and_by_which_rule(desk: Desk, tmp_path: Path) -> None:
    """And below, whom to call and what to press."""
    consignment = owed(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees(consignment.office_name, "签收确认", "11-20 10/3 设置")
        clerk.sees("已交寄，已等 10 个工作日，通常按设置：3 个工作日", "邮件：没有轨迹　催办：还没有")
        clerk.sees("电话 0771-5550000", "打电话问，F3 记下")

    seen(desk, tmp_path, story)


def test_a_wide_screen_shows_telephone_and_mail(desk: Desk, tmp_path: Path) -> None:
    """At 80 columns both stand below."""
    owed(desk)

    async def narrow(clerk: Clerk) -> None:
        assert "电话" not in clerk.lines[1]

    async def wide(clerk: Clerk) -> None:
        assert {"电话", "邮件"} <= set(clerk.lines[1].split())
        assert clerk.lines[2].split()[-2:] == ["0771-5550000", "没有轨迹"]

    seen(desk, tmp_path, narrow)
    seen(desk, tmp_path, wide, WIDE)


def test_the_days_of_the_settings_count(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hall that is more patient sees fewer."""
    owed(desk)
    app = a_counter(desk, tmp_path, "silent")
    patient = MailPolicy(silent_days=app.mail_policy.silent_days + 30)
    monkeypatch.setattr(type(app), "mail_policy", property(lambda _: patient))

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有沉默的属地）")

    play(app, story)


@pytest.mark.parametrize("awaited", AWAITED)
def test_each_thing_that_is_awaited_has_a_line(awaited: str) -> None:
    """Its word in the list and in the sentence below."""
    one = Line(replace(SILENT, awaited=awaited), "0771-5550000")

    assert one.cells[1] == AWAITED[awaited]
    assert f"等{AWAITED[awaited]}：" in one.told
    assert one.cells[3:5] == ("9/5 以往", "2次 11-23")
    assert "催办：2 次，最近 2026-11-23" in one.told
    assert "通常按以往 12 次：5 个工作日" in one.told


def test_days_that_are_not_sure_say_so() -> None:
    """The year has no table of working days; an office that left the directory has no telephone."""
    one = Line(replace(SILENT, provisional=True), "")

    assert one.cells[3].endswith("暂计")
    assert "暂计" in one.told
    assert "电话 名录里没有" in one.told


@pytest.mark.parametrize(
    ("awaited", "state", "first"),
    [
        ("receipt", "in_transit", "先按 F6 看轨迹"),
        ("receipt", "delivered", "打电话问"),
        ("receipt", "mail_none", "打电话问"),
        ("result", "in_transit", "打电话问"),
    ],
)
def test_what_comes_next_depends_on_where_the_mail_is(awaited: str, state: str, first: str) -> None:
    """An office is not blamed for what the carrier still has."""
    one = Line(replace(SILENT, awaited=awaited, mail_state=state), "1")

    assert one.told.splitlines()[-1].startswith("下一步：")
    assert first in one.told.splitlines()[-1]


# --- a letter


def test_a_letter_is_one_key_and_is_counted(desk: Desk, tmp_path: Path) -> None:
    """The list shows how often and when; the next one only after a question that Enter does not answer."""
    consignment = owed(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "已出具催办函，第 1 次催办" in clerk.message
        clerk.sees("1次 12-04", "催办：1 次，最近 2026-12-04")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Confirm)
        clerk.sees("已催办 1 次")
        await clerk.press("enter")
        assert letters(desk, consignment.id) == 1
        await clerk.press("ctrl+s", "ctrl+y")
        assert "第 2 次催办" in clerk.message
        clerk.sees("2次 12-04")

    seen(desk, tmp_path, story)

    assert letters(desk, consignment.id) == 2


def test_who_has_answered_meanwhile_is_not_asked(desk: Desk, tmp_path: Path) -> None:
    """The refusal says why, and the list is what it is now."""
    consignment = owed(desk)

    async def story(clerk: Clerk) -> None:
        with builders.no_ink():
            builders.advance(desk, consignment.id, ConsignmentState.RESULT_RETURNING)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("dunning-nothing-awaited")
        await clerk.press("enter")
        clerk.sees("（没有沉默的属地）")

    seen(desk, tmp_path, story)

    assert letters(desk, consignment.id) == 0


# --- a call


def test_a_call_is_recorded_with_its_outcome(desk: Desk, tmp_path: Path) -> None:
    """About the home office, in the case; the telephone stands in the form."""
    consignment = owed(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        clerk.sees("电话 0771-5550000")
        await clerk.press("right")
        await clerk.fill("next_on", "2026-12-07")
        await clerk.press("ctrl+s")
        assert "已登记联系：" in clerk.message
        assert "电话 无人接听，下次 2026-12-07" in clerk.message

    seen(desk, tmp_path, story)

    (contact,) = contacts.listed(desk, consignment.case_number)
    assert (contact.who, contact.outcome, contact.next_on) == ("home_office", "no_answer", "2026-12-07")


def test_a_wrong_date_is_asked_again_and_nothing_typed_is_lost(desk: Desk, tmp_path: Path) -> None:
    """Left in the middle the screen asks; the form opens with what was typed."""
    consignment = owed(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("next_on", "2026-11-01")
        await clerk.fill("note", "说明天回话")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("已经过去", "说明天回话")
        await clerk.press("escape", "escape")
        clerk.sees("离开这个画面吗")
        await clerk.press("escape", "f3")
        clerk.sees("说明天回话")
        await clerk.fill("next_on", "")
        await clerk.press("ctrl+s")
        assert "已登记联系" in clerk.message
        assert clerk.screen.unsaved is None

    seen(desk, tmp_path, story)

    (contact,) = contacts.listed(desk, consignment.case_number)
    assert (contact.next_on, contact.note) == (None, "说明天回话")


# --- elsewhere


def test_case_parcel_and_consignment_are_one_key_away(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Enter is the case, too; of a result the way back is looked at."""
    receipt = owed(desk)
    result = owed(desk, ConsignmentState.DECIDED)

    async def story(clerk: Clerk) -> None:
        assert listed(clerk) == [receipt.id, result.id]
        await clerk.press("enter", "f4", "f6", "f8", "down", "f6")

    seen(desk, tmp_path, story)
    assert opened == [
        ("case", {"number": receipt.case_number}),
        ("case", {"number": receipt.case_number}),
        ("parcels", {"number": receipt.envelope}),
        ("arrivals", {"number": receipt.id}),
        ("parcels", {"number": result.id}),
    ]


@pytest.mark.parametrize("of", ["waybill", "slip", "case"])
def test_a_scan_puts_the_cursor_on_its_line(desk: Desk, tmp_path: Path, of: str) -> None:
    """The sticker, a slip that came back, the case; it does nothing else."""
    owed(desk)
    wanted = owed(desk)
    waybills.bind_envelope(desk, wanted.envelope or "", waybill=WAYBILL)
    code = {
        "waybill": WAYBILL,
        "slip": builders.paper_of(desk, wanted.envelope or "", "reply_slip").number,
        "case": wanted.case_number,
    }[of]
    days_pass(desk)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        assert listed(clerk)[1] == wanted.id
        await clerk.scan(code)
        assert screen(clerk)._list.cursor == 1

    seen(desk, tmp_path, story)

    assert builders.head(desk) == before


def test_what_is_not_listed_is_left_to_the_frame(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """A case whose office has answered is opened."""
    owed(desk)
    with builders.no_ink():
        other = builders.a_case(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(other)

    seen(desk, tmp_path, story)
    assert opened == [("case", {"number": other})]


@pytest.mark.parametrize("who", ["auditor", "read-only"])
def test_who_writes_nothing_sees_all_of_it(desk: Desk, tmp_path: Path, who: str) -> None:
    """Letters and calls say whose they are."""
    consignment = owed(desk)
    looking = replace(desk, readonly=True) if who == "read-only" else as_role(desk, Role.AUDITOR)

    async def story(clerk: Clerk) -> None:
        clerk.sees(consignment.office_name)
        for key in ("ctrl+s", "f3"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f5")

    seen(looking, tmp_path, story)

    assert letters(desk, consignment.id) == 0


def test_the_telephone_is_that_of_the_directory_of_today(desk: Desk, tmp_path: Path) -> None:
    """Not the one the case was taken under."""
    consignment = owed(desk)
    assert consignment.office_phone == "0771-5550000"
    offices.change(at(desk, "2001"), an_office(phone="0771-5559999"))

    async def story(clerk: Clerk) -> None:
        clerk.sees("0771-5559999")
        clerk.misses("0771-5550000")

    seen(desk, tmp_path, story)


def test_it_is_found_by_who_works_at_the_counter() -> None:
    """The door is in the palette of clerks and supervisors."""
    assert doors.door("silent").roles == frozenset({Role.CLERK, Role.SUPERVISOR})
