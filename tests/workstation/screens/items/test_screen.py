"""事项: found by initials, shown with the checklist that holds, changed by those who may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms import items
from tests import builders
from tests.builders import at
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.filling import fill_in, send, values
from tests.workstation.screens.items.scenes import DAY, SCENES, SOURCE, a_guide
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import catalogue, guides, hall_items, users
from workstation.acts.desk import Desk
from workstation.domain.guide import ItemVersion

PIN = "270493"
OFFICE = "450101-police"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall whose directory has an office."""
    builders.a_case(desk)
    return at(desk, "2001")


def item_of(desk: Desk, code: str = "63") -> items.Item:
    """The item as it holds."""
    with desk.reading() as reading:
        return catalogue.item(reading, code)


def editions(desk: Desk, code: str = "63") -> list[ItemVersion]:
    """What the hall has said about an item."""
    with desk.reading() as reading:
        return catalogue.editions(reading, code)


def rows_of(desk: Desk, code: str = "63", **of: str) -> list[str]:
    """The papers of the checklist that holds."""
    with desk.reading() as reading:
        return [row.name for row in catalogue.checklist(reading, code, **of).rows]


def told(desk: Desk, folder: Path, story: Story, **given: Any) -> None:
    """Play a story on the list."""
    play(a_counter(desk, folder, "items", **given), story)


def the_file(folder: Path, *names: str, **of: str) -> str:
    """The path of a table file with these papers."""
    path = folder / "指南.csv"
    path.write_bytes(a_guide(*names, **of))
    return str(path)


async def to_the_end(clerk: Clerk) -> None:
    """To the last line of the text."""
    await clerk.press("end")
    await clerk.pilot.wait_for_animation()
    await clerk.settle()


async def ask_import(clerk: Clerk, path: str, scope: str = "*", day: str = DAY) -> None:
    """The form of an import, filled in and sent."""
    await clerk.press("f5")
    await fill_in(clerk, path=path, scope=scope, source=SOURCE, source_date=day)
    await send(clerk)


# --- finding and looking


@pytest.mark.parametrize("text", ["fqtk", "夫妻投靠", "fuqitoukao", "63"])
def test_an_item_is_found_as_one_types(desk: Desk, tmp_path: Path, text: str) -> None:
    """By initials, Chinese, pinyin and code; Enter on the only one shows it."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(text)
        clerk.sees("夫妻投靠户口迁移", "收件")
        await clerk.press("enter")
        if len(clerk.app.screen_stack) < 4:
            await clerk.press("enter")
        clerk.sees("事项 63")

    told(desk, tmp_path, story)


def test_all_items_stand_there_with_mode_and_rate(desk: Desk, tmp_path: Path) -> None:
    """All 137; of the one item that had a case, how many needed one visit only."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("137 条", "学历公证", "本地就办", "收件（多地联办）")
        await clerk.type("59")
        clerk.sees("100%")

    told(desk, tmp_path, story)


def test_an_item_shows_all_columns_of_the_list(desk: Desk, tmp_path: Path) -> None:
    """Mode, place with the words it was read from, checklist with 审查要点, and below all the rest."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("enter")
        clerk.sees("收件（异地代收代办）", "迁入地（“只需在迁入地申请”）", "事项清单", "示例", "审查要点：")
        clerk.sees("1. 户口迁移申请表", "必需", "常见缺陷：缺件")
        await to_the_end(clerk)
        clerk.sees(
            "应用场景：", "公安部", "民政部", "省公安厅", "2021 年底前，序号 6", "没有查到全国统一口径"
        )
        clerk.sees("协议：无", "办事指南：无", "本大厅的版本：无")

    told(desk, tmp_path, story)


def test_the_checklist_of_a_place_is_shown_with_whose_it_is(desk: Desk, tmp_path: Path) -> None:
    """F3 asks for an office or a division; the hall's guide for it is shown with its source."""
    content = a_guide("邕城落户申请表")
    guides.import_file(desk, "指南.csv", content, scope=OFFICE, source=SOURCE, source_date=DAY)

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("enter")
        clerk.misses("邕城落户申请表")
        await clerk.press("f3")
        await clerk.type(OFFICE)
        await clerk.press("enter")
        clerk.sees("本大厅办事指南", f"适用于{OFFICE}", SOURCE, "邕城落户申请表", "示例市第1公安局")
        await clerk.press("f3")
        await clerk.fill("place", "450102")
        await clerk.press("enter")
        clerk.sees("450102 广西壮族自治区南宁市兴宁区", "户口迁移申请表（夫妻投靠）")

    told(desk, tmp_path, story)


def test_a_place_nobody_knows_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    """What was typed stays, the checklist that was there too."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("enter", "f3")
        await clerk.type("nobody-9")
        await clerk.press("enter")
        clerk.sees("nobody-9", "哪里的材料清单")
        await clerk.press("escape")
        clerk.sees("户口迁移申请表")

    told(desk, tmp_path, story)


def test_a_wide_terminal_shows_both_texts_side_by_side(desk: Desk, tmp_path: Path) -> None:
    """Checklist on the left, agreements and the list's columns on the right."""
    builders.agreed(desk, item="63")

    async def story(clerk: Clerk) -> None:
        clerk.sees("属地依据", "实现形式")
        await clerk.type("63")
        await clerk.press("enter")
        clerk.sees("审查要点：", f"{OFFICE}　2026-01-01 至 长期", "应用场景：")

    play(a_counter(desk, tmp_path, "items"), story, WIDE)


def test_keys_lead_to_the_hand_in_and_to_the_agreements(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """F2 on the list and on the page takes this item in, F8 shows its agreements."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("fqtk")
        await clerk.press("f2", "enter", "f2", "f8")

    told(at(desk, "1001"), tmp_path, story)
    assert opened == [
        ("intake", {"item": "63"}),
        ("intake", {"item": "63"}),
        ("agreements", {"item": "63"}),
    ]


# --- changing


def test_a_supervisor_changes_the_mode_alone(desk: Desk, tmp_path: Path) -> None:
    """The ticks are those that hold; the new edition is told, and the list says the hall has changed it."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("f4")
        clerk.sees("[x] 异地代收代办", "[ ] 多地联办", "现在：异地代收代办")
        await clerk.press("down", "down", "down", "space", "down", "space")
        await fill_in(clerk, source="大厅决定", source_date=DAY)
        await clerk.press("ctrl+s")
        assert clerk.message == "已更改办理方式：63　夫妻投靠户口迁移（第 1 版，多地联办）。"
        clerk.sees("更改")

    told(desk, tmp_path, story)
    assert item_of(desk).modes == (items.Mode.JOINT,)
    assert editions(desk)[0].source == "大厅决定"


def test_an_administrator_needs_a_supervisor_and_loses_nothing_without(desk: Desk, tmp_path: Path) -> None:
    """Esc at the second person does nothing and keeps the answers; with code and PIN it is done."""
    users.set_pin(desk, "2001", PIN)

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("f4", "down", "down", "down", "down", "space")
        await fill_in(clerk, source="大厅决定", source_date=DAY)
        await clerk.press("ctrl+s")
        clerk.sees("第二人")
        await clerk.press("escape", "f4")
        clerk.sees("[x] 多地联办")
        assert values(clerk)["source"] == "大厅决定"
        await clerk.press("ctrl+s")
        await clerk.type("2001")
        await clerk.press("enter")
        await clerk.type(PIN)
        await clerk.press("enter")

    told(at(desk, "3001"), tmp_path, story)
    assert (editions(desk)[0].added_by, editions(desk)[0].second) == ("3001", "2001")


def test_a_mode_that_says_nothing_is_refused_in_the_form(desk: Desk, tmp_path: Path) -> None:
    """Prechecking alone says nothing of what the counter does; nothing is written."""
    own = tmp_path / "own"
    own.mkdir()
    app, story = SCENES["wrong"](own)

    async def watched(clerk: Clerk) -> None:
        await story(clerk)
        clerk.sees("说不出窗口该怎么办")
        assert values(clerk)["source"] == "大厅决定"

    play(app, watched)
    assert editions(app.desk) == []
    app.desk.store.engine.close()


def test_an_item_of_the_halls_own_is_added_and_found(desk: Desk, tmp_path: Path) -> None:
    """It stands in the list as added; its pinyin was worked out."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await fill_in(clerk, code="H-1", title="异地租房备案", scenario="申请人可异地申请", source="大厅决定")
        await fill_in(clerk, source_date=DAY, cooperating_ministries="甲部、乙部")
        field = clerk.app.screen.query_one("#field-mode-collect-elsewhere")
        field.focus()
        await clerk.press("space", "ctrl+s")
        assert "已新增事项：H-1　异地租房备案（第 1 版，异地代收代办）" in clerk.message
        await clerk.type("ydzfba")
        clerk.sees("异地租房备案", "新增")
        await clerk.press("enter")
        clerk.sees("通用清单")
        await to_the_end(clerk)
        clerk.sees("不在全国清单里")

    told(desk, tmp_path, story)
    assert item_of(desk, "H-1").cooperating_ministries == ("甲部", "乙部")


def test_a_wrong_answer_is_called_by_its_label(desk: Desk, tmp_path: Path) -> None:
    """The refusal says 来源日期, not the name the command line has for it; nothing typed is lost."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await fill_in(clerk, code="0012", title="甲", scenario="乙", source="丙", source_date="明天")
        await clerk.press("ctrl+s")
        clerk.sees("事项代码不合要求", "0012")
        await clerk.fill("code", "H-2")
        clerk.app.screen.query_one("#field-mode-online").focus()
        await clerk.press("space", "ctrl+s")
        clerk.sees("来源日期不是日历上的日期")
        clerk.misses("source_date")
        assert values(clerk)["code"] == "H-2"

    told(desk, tmp_path, story)
    assert editions(desk, "H-2") == []


def test_who_may_not_is_told_why(desk: Desk, tmp_path: Path) -> None:
    """A clerk takes in and looks; a desk that only looks takes nothing in."""

    async def clerk_story(clerk: Clerk) -> None:
        clerk.sees("F3 新增×", "F4 改方式×", "F5 导入×")
        clerk.misses("F2 收件×", "F6 导出×")
        await clerk.press("f4")
        assert "值班长" in clerk.message

    async def readonly_story(clerk: Clerk) -> None:
        clerk.sees("F2 收件×", "F3 新增×", "F4 改方式×")
        await clerk.press("enter", "enter")
        clerk.sees("事项 1", "F2 收件×")

    told(at(desk, "1001"), tmp_path, clerk_story)
    told(replace(desk, readonly=True), tmp_path, readonly_story)


def test_a_scan_over_the_list_writes_nothing(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """The number of a case opens the case, as everywhere."""
    number = builders.a_case(at(desk, "1001")).number
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)

    told(desk, tmp_path, story)
    assert opened == [("case", {"number": number})]
    assert builders.head(desk) == before


# --- files


def test_a_guide_is_shown_before_it_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    """First what would change, then ^S; Esc before that changes nothing and brings the form back."""
    path = the_file(tmp_path, "落户申请表", "结婚证")

    async def story(clerk: Clerk) -> None:
        await ask_import(clerk, path)
        clerk.sees("新增 2", "还没有导入", "+ 新增")
        await clerk.press("escape")
        clerk.sees("导入办事指南", SOURCE)
        assert guides.listed(desk) == []
        await send(clerk)
        await send(clerk)
        assert "已导入：新增 2" in clerk.message

    told(desk, tmp_path, story)
    assert rows_of(desk) == ["落户申请表", "结婚证"]


def test_what_would_change_is_called_by_the_name_of_the_paper(desk: Desk, tmp_path: Path) -> None:
    """Item and paper in the list, a long name cut; the key and the whole name below."""
    long = "用证单位的书面要求（盖章，并写明用途、经办人和联系电话，原件当场核对后退还申请人本人）"
    path = the_file(tmp_path, "落户申请表", long)
    (_, key) = guides.preview(desk, "指南.csv", Path(path), scope="*").added

    async def story(clerk: Clerk) -> None:
        await ask_import(clerk, path)
        clerk.sees("+ 新增 63 落户申请表", "63 用证单位的书面要求（盖章", "…")
        clerk.misses(key, "退还申请人本人")
        await clerk.press("down")
        clerk.sees(f"新增 {key}")
        assert long in "".join(line.strip(" │0123456789") for line in clerk.lines)

    told(desk, tmp_path, story)


def test_the_same_file_again_has_nothing_to_take_in(desk: Desk, tmp_path: Path) -> None:
    """It says so, and ^S does nothing."""
    path = the_file(tmp_path, "落户申请表")
    guides.import_file(desk, "指南.csv", Path(path), scope="*", source=SOURCE, source_date=DAY)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await ask_import(clerk, path)
        clerk.sees("和这里的一样，不用导入", "不变 1")
        await clerk.press("ctrl+s")
        clerk.sees("和这里的一样")

    told(desk, tmp_path, story)
    assert builders.head(desk) == before


def test_every_fault_of_a_file_is_told_at_once(desk: Desk, tmp_path: Path) -> None:
    """A list by row and column, each readable whole; the form keeps path, scope and source."""
    path = the_file(tmp_path, "落户申请表", "落户申请表", item="9999")

    async def story(clerk: Clerk) -> None:
        await ask_import(clerk, path)
        clerk.sees("处不对，一行也没有导入", "事项代码", "没有代码为“9999”的事项")
        await clerk.press("down", "down", "escape")
        clerk.sees("导入办事指南", SOURCE, DAY)

    told(desk, tmp_path, story)
    assert guides.listed(desk) == []


def test_source_and_scope_are_checked_before_the_file_is_compared(desk: Desk, tmp_path: Path) -> None:
    """A source of tomorrow and a scope nobody knows are told in the form."""
    path = the_file(tmp_path, "落户申请表")

    async def story(clerk: Clerk) -> None:
        await ask_import(clerk, path, day="2027-01-01")
        clerk.sees("在今天之后", SOURCE)
        await fill_in(clerk, source_date=DAY, scope="nobody-9")
        await send(clerk)
        clerk.sees("nobody-9", "导入办事指南", "✗")

    told(desk, tmp_path, story)
    assert guides.listed(desk) == []


def test_the_shipped_checklist_is_written_as_a_draft_to_edit(desk: Desk, tmp_path: Path) -> None:
    """From the page of an item its code is filled in; the file imports again."""
    path = tmp_path / "清单.csv"

    async def story(clerk: Clerk) -> None:
        await clerk.type("63")
        await clerk.press("enter", "f6")
        await fill_in(clerk, path=str(path))
        await send(clerk)
        assert f"已导出到 {path}" in clerk.message

    told(desk, tmp_path, story)
    found = guides.preview(desk, path.name, path, scope="*")
    assert len(found.added) == len(rows_of(desk))


def test_a_guide_of_the_hall_is_written_for_its_scope(desk: Desk, tmp_path: Path) -> None:
    """A scope without a guide and an item that is none are refused in the form, then it is written."""
    guides.import_file(desk, "指南.csv", a_guide("甲"), scope="*", source=SOURCE, source_date=DAY)
    path = tmp_path / "清单.xlsx"

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        await fill_in(clerk, path=str(path), scope=OFFICE)
        await send(clerk)
        clerk.sees("✗", OFFICE)
        await fill_in(clerk, scope="", codes="9999")
        await send(clerk)
        clerk.sees("✗", "9999")
        await fill_in(clerk, scope="*", codes="")
        await send(clerk)

    told(desk, tmp_path, story)
    assert guides.preview(desk, path.name, path, scope="*").is_empty


def test_titles_from_data_are_text(tmp_path: Path, undrawn: None) -> None:
    """Markup in a title is shown as it stands, on the list and on the page."""
    app, story = SCENES["hostile"](tmp_path)

    async def watched(clerk: Clerk) -> None:
        await story(clerk)
        clerk.sees("[bold]x[/]", "[/oops]", "[@click=app.quit]x[/]", "𠮷𬀩㐂·买买提")
        await clerk.press("enter")
        await to_the_end(clerk)
        clerk.sees("应用场景：关于外省户籍人员")

    play(app, watched)
    app.desk.store.engine.close()


def test_an_item_the_hall_has_changed_tells_how_it_came(tmp_path: Path, undrawn: None) -> None:
    """Its editions, guides and agreements stand below the checklist."""
    app, story = SCENES["one"](tmp_path)

    async def watched(clerk: Clerk) -> None:
        await story(clerk)
        clerk.sees("多地联办", "本大厅办事指南", "落户申请表")
        await to_the_end(clerk)
        clerk.sees("第 1 版", "大厅决定（2026-11-01）", "适用于全部属地部门", OFFICE)

    play(app, watched)
    assert hall_items.rate(app.desk, "63").cases == 0
    app.desk.store.engine.close()
