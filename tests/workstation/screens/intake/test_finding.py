"""Items and places found as one types; what is chosen stands in the field, what follows beside it."""

from __future__ import annotations

import pytest

from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import Intake, here
from tests.workstation.screens.stage import Clerk
from workstation.widgets.record_list import RecordList


@pytest.mark.parametrize("typed", ["开具户籍", "kaijuhuji", "kjhjl", "ｋｊｈｊｌ", "59"])
def test_an_item_by_chinese_pinyin_initials_or_number(intake: Intake, typed: str) -> None:
    """Enter takes the first line; title, way and basis place are said."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "item", typed)
        clerk.sees("办理方式")
        await clerk.press("enter")
        clerk.sees("事项        开具户籍类证明", "✓ 59 收件　户籍地", "开具户籍类证明申请表")
        assert (typing.hand_in(clerk).item.code, here(clerk)) == ("59", "field-basis-place")

    intake.play(story)


def test_another_line_is_chosen_with_the_arrow_keys(intake: Intake) -> None:
    """Down goes into the list, Enter takes the line under the cursor; further typing finds anew."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "item", "公证")
        await clerk.press("down", "down", "enter")
        assert typing.hand_in(clerk).item.code == "2"
        await typing.put(clerk, "item", "学历公")
        assert typing.hand_in(clerk).item.chosen is None
        await clerk.press("enter")
        assert typing.hand_in(clerk).item.code == "1"

    intake.play(story)


def test_with_nothing_typed_one_may_look_through_all_items(intake: Intake) -> None:
    """Enter in the empty field goes into the list and takes nothing."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        assert here(clerk) == "found-item"
        assert len(clerk.screen.query_one("#found-item", RecordList).rows) >= 40
        await clerk.press("up", "up")
        assert typing.hand_in(clerk).value == {}

    intake.play(story)


def test_an_item_nobody_knows_is_told(intake: Intake) -> None:
    """Enter takes nothing, and leaving the field says that nothing is chosen; the text stays."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "item", "没有这回事")
        await clerk.press("enter")
        clerk.sees("✗ 没有这样的事项")
        assert here(clerk) == "field-item"
        await typing.put(clerk, "basis_place", "")
        clerk.sees("没有这回事", "✗ 还没有选定")
        assert typing.hand_in(clerk).value == {"item": "没有这回事"}

    intake.play(story)


def test_a_long_title_is_said_in_full_below(intake: Intake) -> None:
    """The field shows its beginning, and the way that leads elsewhere is told with it."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk, "6")
        clerk.sees(
            "事项        社会保险", "· 事项：社会保险个人权益记录单查询打印（养老保险、工伤保险、失业保险等）"
        )
        clerk.sees("! 办理方式是“网办”")

    intake.play(story)


def test_an_item_from_elsewhere_is_chosen_already(intake: Intake) -> None:
    """Opened from the list of items: one goes on with the place, and leaving asks nothing."""

    async def story(clerk: Clerk) -> None:
        assert (typing.hand_in(clerk).item.code, here(clerk)) == ("63", "field-basis-place")
        clerk.sees("夫妻投靠户口迁移")
        assert typing.screen(clerk).unsaved is None

    intake.play(story, item="63")

    assert intake.drafts == ()


@pytest.mark.parametrize("typed", ["450103", "４５０１０３", "青秀", "广西 青秀"])
def test_a_place_by_code_or_parts_of_its_name(intake: Intake, typed: str) -> None:
    """Its full name stands beside the field, its offices below."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "basis_place", typed)
        await clerk.press("enter")
        clerk.sees("✓ 广西壮族自治区南宁市青秀区", "[1]  示例市第3公安局示例派出所")
        assert here(clerk) == "offices"

    intake.play(story)


def test_a_place_the_table_has_not_is_taken_and_told(intake: Intake) -> None:
    """The table is of one day; a code may be newer. No mistake is made of it, but it is said."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "basis_place", "999999")
        clerk.sees("· 999999 不在", "! 属地依据 999999 不在行政区划表")
        await clerk.press("enter")
        assert here(clerk) == "offices"

    intake.play(story)


def test_a_part_of_a_name_that_is_nowhere(intake: Intake) -> None:
    """Said in the list; a place half typed is no place."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "basis_place", "桃花源")
        clerk.sees("区划表里没有：可以直接填 6 位代码")
        await clerk.press("enter")
        clerk.sees("✗ 区划表里没有")
        assert typing.hand_in(clerk).value == {"basis_place": "桃花源"}

    intake.play(story)
