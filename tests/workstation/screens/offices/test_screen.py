"""属地部门: found by any part, asked by telephone, changed without losing a word, closed with a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import an_office, at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.filling import close, fill_in
from tests.workstation.screens.offices.scenes import SCENES
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import offices
from workstation.acts.desk import Desk
from workstation.domain.office import Office

TODAY = "2026-11-20"
FIRST, SECOND = "450101-police", "450102-police"
NEW = {
    "code": "450109-hz",
    "division": "450109",
    "name": "示例市邕宁公安局",
    "address": "示例市示例区示例路 9 号",
    "postcode": "530022",
    "phone": "0771-5550009",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall that knows three offices, one of them asked lately, one long ago."""
    supervising = at(desk, "2001")
    offices.add(supervising, an_office(1))
    offices.add(supervising, an_office(2, verified_on="2026-11-01", contact="覃联系", hours="9:00-17:00"))
    offices.add(supervising, an_office(3, verified_on="2025-01-02"))
    return supervising


def office_of(desk: Desk, code: str = FIRST) -> Office:
    """The office as the directory has it."""
    return offices.standing(desk, code).office


def told(desk: Desk, folder: Path, story: Story, **given: Any) -> None:
    """Play a story on the list."""
    play(a_counter(desk, folder, "offices", **given), story)


# --- finding


def test_an_address_that_cannot_be_relied_on_has_a_sign(desk: Desk, tmp_path: Path) -> None:
    """Never asked and asked too long ago are told by sign and day, not by colour alone."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("! 从未", "✓ 2026-11-01", "! 2025-01-02", "✓ 在用", "3 条")

    told(desk, tmp_path, story)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第2", [SECOND]),
        ("450103", ["450103-police"]),
        ("兴宁", [SECOND]),
        ("南宁 ３", ["450103-police"]),
        ("未核实", [FIRST, "450103-police"]),
        ("停用", []),
        ("[bold]", []),
    ],
)
def test_an_office_is_found_by_any_part(desk: Desk, tmp_path: Path, text: str, found: list[str]) -> None:
    """By parts of name, code and division, and by what is to be done about it, however it is typed."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(text)
        shown = [line.office.code for line in clerk.screen.fits(text)]  # type: ignore[attr-defined]
        assert shown == found
        clerk.sees(f"{len(found)} 条")

    told(desk, tmp_path, story)


def test_enter_on_the_only_one_shows_all_of_it_and_esc_comes_back(desk: Desk, tmp_path: Path) -> None:
    """The page has address, telephone, division by name; the contact person is masked; the text stays."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("第2")
        await clerk.press("enter")
        clerk.sees("属地部门 450102-police", "兴宁区", "530022", "9:00-17:00", "覃**", "0 件送件", "协议：无")
        clerk.misses("覃联系")
        await clerk.press("escape")
        clerk.sees("1 条", SECOND)

    told(desk, tmp_path, story)


def test_the_page_tells_agreements_and_what_is_on_its_way(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Consignments that are open and agreements that hold; F8 leads to the agreements."""
    builders.agreed(desk)
    builders.a_case(at(desk, "1001"))

    async def story(clerk: Clerk) -> None:
        await clerk.type(FIRST)
        await clerk.press("enter")
        clerk.sees("1 件送件", "开具户籍类证明", "收件受理权", "有未办结的送件寄往这里", "没有核实过")
        await clerk.press("f8")

    told(desk, tmp_path, story)
    assert opened == [("agreements", {"office": FIRST})]


def test_of_several_one_chooses_in_the_list(desk: Desk, tmp_path: Path) -> None:
    """Enter goes from the box to the list, and there opens the one under the cursor."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down", "enter")
        clerk.sees(f"属地部门 {SECOND}")

    told(desk, tmp_path, story)


# --- added, changed, verified


def test_an_office_is_added(desk: Desk, tmp_path: Path) -> None:
    """What was typed stands in the directory, found at once."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, **NEW)
        await clerk.press("ctrl+s")
        assert clerk.message == "已新增 450109-hz（示例市邕宁公安局）。"
        clerk.sees("4 条")

    told(desk, tmp_path, story)
    assert office_of(desk, "450109-hz").phone == "0771-5550009"


def test_a_wrong_field_is_named_in_chinese_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    """The form comes back with what is wrong and everything that was typed; the second try is taken."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, **{**NEW, "postcode": "5300"})
        await clerk.press("ctrl+s")
        clerk.sees("不是 6 位数字", "示例市邕宁公安局", "0771-5550009")
        clerk.misses("postcode", "（命令：")
        await clerk.fill("postcode", "530022")
        await clerk.press("ctrl+s")

    told(desk, tmp_path, story)
    assert office_of(desk, "450109-hz").postcode == "530022"


def test_a_code_in_use_is_refused_and_the_answers_wait_for_the_key(desk: Desk, tmp_path: Path) -> None:
    """After the refusal F2 opens the form as it was left, and leaving the screen asks first."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, **{**NEW, "code": FIRST})
        await clerk.press("ctrl+s")
        clerk.sees("已在目录里", "office-exists")
        await clerk.press("enter", "escape")
        clerk.sees("离开这个画面吗", "新增属地部门")
        await clerk.press("escape", "f2")
        clerk.sees("示例市邕宁公安局")
        await clerk.fill("code", "450109-hz")
        await clerk.press("ctrl+s", "escape")
        assert clerk.screen.TITLE_WORD == "工作台"

    told(desk, tmp_path, story)
    assert office_of(desk, "450109-hz").name == NEW["name"]


def test_esc_keeps_what_was_typed_until_one_leaves(desk: Desk, tmp_path: Path) -> None:
    """A form left by Esc is opened as it was; leaving the screen or the program asks before it is lost."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.fill("name", "写到一半")
        await close(clerk)
        await clerk.press("f2")
        clerk.sees("写到一半")
        await close(clerk)
        await clerk.press("ctrl+q")
        clerk.sees("现在退出吗", "填过还没有办成：新增属地部门", "不存草稿")
        await close(clerk)
        await clerk.press("escape")
        clerk.sees("离开这个画面吗", "离开就没有了")
        await clerk.press("enter")
        assert clerk.screen.TITLE_WORD == "工作台"

    told(desk, tmp_path, story)


def test_change_keeps_the_contact_person_nobody_sees(desk: Desk, tmp_path: Path) -> None:
    """All but the person is shown; left empty the person stays, and the new address is unverified."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(SECOND)
        await clerk.press("f3")
        clerk.sees("示例路 2 号", "写 - 就去掉")
        clerk.misses("覃")
        await clerk.fill("address", "示例市示例区新路 8 号")
        await clerk.press("ctrl+s")
        clerk.sees("! 从未")

    told(desk, tmp_path, story)
    changed = office_of(desk, SECOND)
    assert (changed.address, changed.contact, changed.verified_on) == (
        "示例市示例区新路 8 号",
        "覃联系",
        None,
    )


def test_a_dash_takes_the_contact_person_away(desk: Desk, tmp_path: Path) -> None:
    """Who is no contact any more is noted no more; the day of a call made just now is taken."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(SECOND)
        await clerk.press("f3")
        await fill_in(clerk, contact="-", phone="0771-5550002", verified_on=TODAY)
        await clerk.press("ctrl+s")

    told(desk, tmp_path, story)
    changed = office_of(desk, SECOND)
    assert (changed.contact, changed.phone, changed.verified_on) == (None, "0771-5550002", TODAY)


def test_a_colleague_who_was_faster_is_told_and_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    """The older copy yields; the key opens the form anew, the colleague's change and one's own in it."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(FIRST)
        await clerk.press("f3")
        await clerk.fill("hours", "上午")
        offices.change(at(desk, "2002"), an_office(1, phone="0771-5559999"))
        await clerk.press("ctrl+s")
        clerk.sees("changed-meanwhile")
        await clerk.press("enter", "f3")
        clerk.sees("0771-5559999", "上午")
        await clerk.press("ctrl+s")

    told(desk, tmp_path, story)
    assert (office_of(desk).phone, office_of(desk).hours) == ("0771-5559999", "上午")


def test_after_a_call_the_day_is_noted_by_a_clerk(desk: Desk, tmp_path: Path) -> None:
    """What to ask stands in the question; F4 and Enter note that all was right today."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("F3 更改×", "F5 导入×", "F7 停用×")
        await clerk.type(FIRST)
        await clerk.press("f4")
        clerk.sees("请拨 0771-5550000", "示例路 1 号", "530022", TODAY)
        await clerk.press("enter")
        clerk.sees(f"✓ {TODAY}")

    told(at(desk, "1001"), tmp_path, story)
    assert (office_of(desk).verified_on, office_of(desk).verified_by) == (TODAY, "1001")


def test_a_call_of_tomorrow_is_refused_beside_the_day(desk: Desk, tmp_path: Path) -> None:
    """The day stays in the form to be put right."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("on", "2026-12-01")
        await clerk.press("enter")
        clerk.sees("还没有到", "2026-12-01")
        await clerk.fill("on", "昨天")
        await clerk.press("enter")
        clerk.sees("核实日期不是日历上的日期")

    told(desk, tmp_path, story)
    assert office_of(desk).verified_on is None


def test_closing_asks_what_hangs_on_it(desk: Desk, tmp_path: Path) -> None:
    """Enter closes nothing; ^Y does, and a change opens it again."""
    builders.a_case(at(desk, "1001"))

    async def story(clerk: Clerk) -> None:
        await clerk.type(FIRST)
        await clerk.press("f7")
        clerk.sees("停用 示例市第1公安局示例派出所 吗", "还有 1 件送件没有办结")
        await clerk.press("enter")
        assert office_of(desk).state == "active"
        await clerk.press("f7", "ctrl+y")
        clerk.sees("- 停用", "F4 核实×", "F7 停用×")
        await clerk.press("f4")
        assert "已经停用" in clerk.message
        await clerk.press("f3", "ctrl+s")
        clerk.sees("✓ 在用")

    told(desk, tmp_path, story)
    assert office_of(desk).state == "active"


# --- who may what


def test_the_auditor_looks_and_is_told_why_not(desk: Desk, tmp_path: Path) -> None:
    """Every act is crossed out, its key gives the reason, and nothing is written."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("F2 新增×", "F4 核实×", "F6 导出×")
        await clerk.press("f3")
        assert "值班长" in clerk.message
        await clerk.press("enter", "enter")
        clerk.sees("电话")

    told(at(desk, "4001"), tmp_path, story)
    assert builders.head(desk) == before


def test_a_desk_that_only_looks_writes_files_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    """To export is to look."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("F2 新增×", "F3 更改×")
        clerk.misses("F6 导出×")
        await clerk.press("f2")
        assert "只看不写" in clerk.message

    told(replace(desk, readonly=True), tmp_path, story)


def test_a_scanner_writes_nothing_here(desk: Desk, tmp_path: Path) -> None:
    """A number typed by a scanner into the box narrows the list at most, and no act follows."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan("6901234567892")
        assert clerk.screen.TITLE_WORD in ("属地部门", "办件")

    told(desk, tmp_path, story)
    assert builders.head(desk) == before


def test_an_empty_directory_says_so(desk: Desk, tmp_path: Path) -> None:
    """Nothing found is told, and acts on one office say that none is chosen."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("没有这个")
        clerk.sees("（没有相符的）")
        await clerk.press("f3")
        assert "没有选部门" in clerk.message

    told(desk, tmp_path, story)


def test_a_wide_terminal_shows_the_division(desk: Desk, tmp_path: Path) -> None:
    """More columns, and the cursor is still where it was after a resize."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down")
        clerk.sees("行政区划", "兴宁区")
        await clerk.pilot.resize_terminal(80, 24)
        await clerk.settle()
        clerk.misses("兴宁区")
        assert f">{SECOND}" in clerk.text

    play(a_counter(desk, tmp_path, "offices"), story, WIDE)


def test_hostile_names_are_text(tmp_path: Path, undrawn: None) -> None:
    """Markup in a name is shown as it stands, on the list and on the page."""
    app, story = SCENES["hostile"](tmp_path)

    async def watched(clerk: Clerk) -> None:
        await story(clerk)
        clerk.sees("[bold]x[/]", "[/oops]", "𠮷𬀩㐂")

    play(app, watched)
    app.desk.store.engine.close()
