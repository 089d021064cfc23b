"""协议: whose they are, what they grant, entered without losing a word, ended on a day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import an_office, at
from tests.workstation.screens.agreements.scenes import HOSTILE, SCENES, with_agreements
from tests.workstation.screens.filling import fill_in, values
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import agreements, offices
from workstation.acts.desk import Desk
from workstation.domain.office import Agreement
from workstation.widgets.field import Tick

FIRST, SECOND = "450101-police", "450102-police"
TODAY = "2026-11-20"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall with one agreement that holds, one to come and one of the past."""
    return with_agreements(desk)


def agreement(desk: Desk, name: str) -> Agreement:
    """The agreement with this id."""
    return agreements.show(desk, name)


def told(desk: Desk, folder: Path, story: Story, **given: Any) -> None:
    """Play a story on the list."""
    play(a_counter(desk, folder, "agreements", **given), story)


def ids(clerk: Clerk) -> list[str]:
    """The agreements on the list."""
    text = clerk.screen.query_one("#field-find").value  # type: ignore[attr-defined]
    return [line.agreement.id for line in clerk.screen.fits(text)]  # type: ignore[attr-defined]


async def tick(clerk: Clerk, *names: str) -> None:
    """Tick these boxes of the form with a blank."""
    for name in names:
        clerk.app.screen.query_one(f"#field-{name.replace('.', '-').replace('_', '-')}", Tick).focus()
        await clerk.press("space")


async def begin(clerk: Clerk, office: str = "第2", item: str = "59") -> None:
    """With whom and about what."""
    await clerk.press("f2")
    await fill_in(clerk, office=office, item=item)
    await clerk.press("ctrl+s")


# --- looking


def test_those_that_hold_stand_first_with_state_by_word_and_sign(desk: Desk, tmp_path: Path) -> None:
    """Then those to come, then those of the past; powers in words, the last day or 长期."""

    async def story(clerk: Clerk) -> None:
        assert ids(clerk) == [f"{FIRST}/59/1", f"{SECOND}/63/1", f"{FIRST}/63/1"]
        clerk.sees("✓ 现行", "· 将生效", "- 已到期", "受理 告知 核验 送达", "长期", "2026-06-30")

    told(desk, tmp_path, story)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第2", [f"{SECOND}/63/1"]),
        ("户籍类", [f"{FIRST}/59/1"]),
        ("已到期", [f"{FIRST}/63/1"]),
        ("police/63", [f"{SECOND}/63/1", f"{FIRST}/63/1"]),
        ("受理权 现行", [f"{FIRST}/59/1"]),
    ],
)
def test_an_agreement_is_found_by_any_part(desk: Desk, tmp_path: Path, text: str, found: list[str]) -> None:
    """By office, item, number, state and power."""

    async def story(clerk: Clerk) -> None:
        await clerk.type(text)
        assert ids(clerk) == found

    told(desk, tmp_path, story)


def test_enter_shows_all_an_agreement_says(desk: Desk, tmp_path: Path) -> None:
    """Powers, days, who pays, which papers may come later, by the names of the checklist."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "enter")
        clerk.sees("收件受理权、一次性告知权、原件核验权、审批结果送达权", "去程 本窗口，回程 业务属地")
        clerk.sees("示例协议 1 号", "未约定", "纸质寄回窗口", "可容缺：", "2026-01-01 至 长期")
        clerk.misses("statement")
        await clerk.press("escape")
        clerk.sees("3 条")

    told(desk, tmp_path, story)


def test_only_those_of_one_office_or_item_are_shown(desk: Desk, tmp_path: Path) -> None:
    """Come to from an office or an item, the title says whose they are."""

    async def of_office(clerk: Clerk) -> None:
        clerk.sees(f"协议：{SECOND}")
        assert ids(clerk) == [f"{SECOND}/63/1"]

    async def of_item(clerk: Clerk) -> None:
        clerk.sees("协议：事项 63")
        assert ids(clerk) == [f"{SECOND}/63/1", f"{FIRST}/63/1"]

    told(desk, tmp_path, of_office, office=SECOND)
    told(desk, tmp_path, of_item, item="63")


def test_a_wide_terminal_shows_the_first_day_too(desk: Desk, tmp_path: Path) -> None:
    """Whole names, and from when it holds."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("起期", "2026-01-01", "示例市第1公安局示例派出所")

    play(a_counter(desk, tmp_path, "agreements"), story, WIDE)


# --- entering


def test_an_agreement_grants_what_is_ticked_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    """Powers, days and papers stand as they were ticked; it holds from today."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk)
        clerk.sees("照协议原文勾选", "开具户籍类证明")
        assert values(clerk)["valid_from"] == TODAY
        await tick(clerk, "power.notify", "power.serve", "defer.statement")
        await fill_in(clerk, document_number="示例协议 2 号")
        await clerk.fill("limits.send", "3")
        await clerk.press("ctrl+s")
        assert clerk.message == f"已登记协议 {SECOND}/59/1（{TODAY} 至 长期）。"
        assert f"{SECOND}/59/1" in ids(clerk)

    told(desk, tmp_path, story)
    made = agreement(desk, f"{SECOND}/59/1")
    assert (made.powers, made.limits, made.calendar) == ("notify,serve", "send:3", "national")
    assert (made.deferrable_rows, made.pledgeable_rows) == ("statement", "")
    assert (made.payer_out, made.payer_back, made.return_mode) == ("window", "home", "paper")


def test_who_pays_and_how_the_result_comes_is_chosen(desk: Desk, tmp_path: Path) -> None:
    """The arrow keys choose; the last day and the calendar are typed."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk)
        for name in ("payer_out", "return_mode"):
            clerk.app.screen.query_one(f"#field-{name.replace('_', '-')}").focus()
            await clerk.press("right")
        await fill_in(clerk, valid_to="2027-12-31", calendar="450000")
        await tick(clerk, "pledge.statement")
        await clerk.press("ctrl+s")

    told(desk, tmp_path, story)
    made = agreement(desk, f"{SECOND}/59/1")
    assert (made.payer_out, made.return_mode, made.calendar) == ("home", "electronic", "450000")
    assert (made.valid_to, made.pledgeable_rows) == ("2027-12-31", "statement")


def test_of_several_offices_and_items_one_is_picked(desk: Desk, tmp_path: Path) -> None:
    """What fits is offered; Esc there comes back to the question with the answers in it."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk, office="公安局", item="户口迁移")
        clerk.sees("哪个部门？", FIRST, SECOND)
        await clerk.press("escape")
        assert values(clerk) == {"office": "公安局", "item": "户口迁移"}
        await clerk.press("ctrl+s", "down", "enter")
        clerk.sees("哪个事项？")
        await clerk.press("enter")
        clerk.sees(f"登记协议 {SECOND}/")

    told(desk, tmp_path, story)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"office": "没有", "item": "59"}, "属地部门没有相符的"),
        ({"office": "第1", "item": "没有"}, "事项没有相符的"),
    ],
)
def test_what_fits_nothing_is_asked_again(
    desk: Desk, tmp_path: Path, given: dict[str, str], said: str
) -> None:
    """It is said which of the two, and both answers stay."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk, **given)
        clerk.sees(said)
        assert values(clerk) == given

    told(desk, tmp_path, story)


def test_a_closed_office_agrees_nothing(desk: Desk, tmp_path: Path) -> None:
    """It is not offered."""
    offices.close(desk, offices.add(desk, an_office(3)).code)

    async def story(clerk: Clerk) -> None:
        await begin(clerk, office="450103-police")
        clerk.sees("没有相符的")

    told(desk, tmp_path, story)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("limits-accept", "三天", "“受理”不是天数"),
        ("limits-return", "99", "的工作日数不对"),
        ("valid-from", "昨天", "起期不是日历上的日期"),
        ("calendar", "全国", "不是 6 位数字"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_ticked_is_lost(
    desk: Desk, tmp_path: Path, field: str, text: str, said: str
) -> None:
    """The form comes back with every tick, and says what is wrong in its own words."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk)
        await tick(clerk, "power.accept")
        await fill_in(clerk, **{field: text})
        await clerk.press("ctrl+s")
        clerk.sees(said)
        assert values(clerk)["power.accept"] == "yes"

    told(desk, tmp_path, story)
    assert len(agreements.listed(desk, past=True)) == 3


def test_two_that_would_hold_on_one_day_are_refused(desk: Desk, tmp_path: Path) -> None:
    """The refusal names the other one; the answers wait, and a later first day is taken."""

    async def story(clerk: Clerk) -> None:
        await begin(clerk, office=SECOND, item="63")
        await tick(clerk, "power.serve")
        await clerk.press("ctrl+s")
        clerk.sees("agreement-overlaps", f"{SECOND}/63/1")
        await clerk.press("enter")
        await begin(clerk, office=SECOND, item="63")
        assert values(clerk)["power.serve"] == "yes"
        await fill_in(clerk, valid_to="2026-12-31")
        await clerk.press("ctrl+s")

    told(desk, tmp_path, story)
    assert agreement(desk, f"{SECOND}/63/2").valid_to == "2026-12-31"


# --- ending


def test_an_agreement_ends_on_a_day(desk: Desk, tmp_path: Path) -> None:
    """Today is offered; that day it still holds."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        clerk.sees(f"终止协议 {FIRST}/59/1", "2026-01-01 至 长期", TODAY)
        await clerk.press("enter")
        assert clerk.message == f"协议 {FIRST}/59/1 到 {TODAY} 为止，当天仍有效。"
        clerk.sees("✓ 现行")

    told(desk, tmp_path, story)
    assert agreement(desk, f"{FIRST}/59/1").valid_to == TODAY


def test_what_is_past_cannot_be_ended(desk: Desk, tmp_path: Path) -> None:
    """The key is crossed out on such a line and says why."""

    async def story(clerk: Clerk) -> None:
        await clerk.type("已到期")
        clerk.sees("F4 终止×")
        await clerk.press("f4")
        assert "已经到期" in clerk.message
        await clerk.type("没有这个")
        await clerk.press("f4")
        assert "没有选协议" in clerk.message

    told(desk, tmp_path, story)


def test_a_colleague_who_ended_it_first_is_told(desk: Desk, tmp_path: Path) -> None:
    """The older copy yields, and the list shows what holds now."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        agreements.end(at(desk, "2002"), f"{FIRST}/59/1", on="2026-12-31")
        await clerk.press("enter")
        clerk.sees("changed-meanwhile")
        await clerk.press("enter")
        clerk.sees("2026-12-31")

    told(desk, tmp_path, story)
    assert agreement(desk, f"{FIRST}/59/1").valid_to == "2026-12-31"


# --- who may what


@pytest.mark.parametrize("code", ["1001", "4001"])
def test_who_may_not_looks_and_is_told_why(desk: Desk, tmp_path: Path, code: str) -> None:
    """Both acts are crossed out, everything else is shown."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("F2 登记×", "F4 终止×", "现行")
        await clerk.press("f2")
        assert "值班长" in clerk.message

    told(at(desk, code), tmp_path, story)
    assert builders.head(desk) == before


def test_a_desk_that_only_looks_shows_all(desk: Desk, tmp_path: Path) -> None:
    """It says that it does not write."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        assert "只看不写" in clerk.message
        await clerk.press("enter", "enter")
        clerk.sees("授予的权力")

    told(replace(desk, readonly=True), tmp_path, story)


def test_names_from_data_are_text(tmp_path: Path, undrawn: None) -> None:
    """Markup in the name of an office or a document is shown as it stands."""
    app, story = SCENES["hostile"](tmp_path)

    async def watched(clerk: Clerk) -> None:
        await story(clerk)
        clerk.sees(HOSTILE[0], "》[/]")

    play(app, watched)
    app.desk.store.engine.close()
