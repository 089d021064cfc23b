"""今日办理 on the screen: parts and lines, what opens what, and acts that wait confirmed or dropped here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import Clerk, Seated, a_counter, a_desk, play
from workstation.acts import departures, doings, drafts, offices, waiting
from workstation.acts.desk import Desk
from workstation.acts.waiting import Waits
from workstation.app import CounterApp
from workstation.domain.case import CaseState
from workstation.domain.draft import Draft
from workstation.errors import Refused
from workstation.screens.dialogs import Confirm
from workstation.screens.doings import lines
from workstation.screens.doings.screen import DoingsScreen

PARTS = tuple(lines.TITLES)


@pytest.fixture
def lonely(tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The only clerk of a hall, where what needs a second person waits."""
    made = a_desk(tmp_path, staff=builders.ONE_CLERK)
    yield made
    made.store.engine.close()


@pytest.fixture
def case(lonely: Desk) -> str:
    """A case whose declining waits for a second person."""
    number = builders.a_case(lonely, CaseState.REGISTERED).number
    with pytest.raises(Waits):
        departures.decline(lonely, number, reason="not_this_item", text="应办理另一事项")
    return number


def seated(desk: Desk, folder: Path, code: str = "2001") -> Seated:
    """That person looks at the day."""
    return a_counter(builders.at(desk, code), folder, "doings")


async def to(clerk: Clerk, part: str) -> DoingsScreen:
    """Into the lines of a part."""
    screen = clerk.screen
    assert isinstance(screen, DoingsScreen)
    screen._parts.to(PARTS.index(part))
    await clerk.settle()
    await clerk.press("enter")
    return screen


def state(desk: Desk, number: str) -> str:
    """The state of a case."""
    return builders.case_of(desk, number).state


def test_the_day_at_a_glance(desk: Desk, tmp_path: Path) -> None:
    """How many of each, and today's entries with the newest first."""
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("今天写了", "今天出纸", "待确认", "待办", "草稿", "出纸", "收件登记", number)
        entries = len(doings.listed(desk).entries)
        assert any(
            line.split("│")[0].split()[-1] == str(entries) for line in clerk.lines if "今天写了" in line
        )

    play(seated(desk, tmp_path, "1001"), story)


def test_enter_opens_what_a_line_is_about(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """A paper its case, an office the offices; what is about nothing says so."""
    case = builders.a_case(desk, CaseState.REGISTERED).number
    paper = builders.paper_of(desk, case, "intake_slip").number
    offices.add(builders.as_role(desk, "supervisor"), builders.an_office(7))

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab", "enter", "down", "enter", "down", "enter", "end", "enter")

    play(seated(desk, tmp_path), story)

    assert opened[:3] == [("offices", {}), ("case", {"number": paper}), ("case", {"number": case})]


def test_a_batch_leads_to_the_courier_s_screen(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """And a consignment to its case."""
    builders.a_batch(desk)

    async def story(clerk: Clerk) -> None:
        screen = await to(clerk, lines.WRITTEN)
        opening = next(line for line in screen._lines.rows if line.what == "开交寄批次")
        screen._go_to(opening)
        registered = next(line for line in screen._lines.rows if line.what == "收件登记")
        screen._go_to(replace(registered, object=f"{registered.object}-1"))

    play(seated(desk, tmp_path), story)

    assert [name for name, _ in opened] == ["courier", "case"]


def test_a_draft_is_gone_on_with(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the screen it belongs to."""
    begun = drafts.begin(desk, "intake", {"item": "59"}, title="覃示例")
    resumed: list[str] = []

    def resume(_: CounterApp, draft: Draft) -> None:
        resumed.append(draft.id)

    monkeypatch.setattr(CounterApp, "resume", resume)

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.DRAFTS)
        clerk.sees("收件", "覃**")
        await clerk.press("enter")

    play(seated(desk, tmp_path, "1001"), story)

    assert resumed == [begun.id]


def test_another_person_confirms_what_waits(lonely: Desk, case: str, tmp_path: Path) -> None:
    """Signed in by password, they are its second person; it is done and gone from the list."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("1001　? 待")
        screen = await to(clerk, lines.WAITING)
        clerk.sees("不予收件", "经办 1001")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Confirm)
        assert state(lonely, case) == CaseState.REGISTERED
        await clerk.press("enter")
        assert f"已确认：不予收件 {case}" in clerk.message
        assert screen._lines.rows == ()

    play(seated(lonely, tmp_path), story)

    assert state(lonely, case) == CaseState.DECLINED
    newest = next(done for done in doings.listed(lonely).entries if done.act == "decline")
    assert (newest.operator, newest.second) == ("1001", "2001")


def test_escape_confirms_nothing(lonely: Desk, case: str, tmp_path: Path) -> None:
    """A last look, and back."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.WAITING)
        await clerk.press("ctrl+s", "escape")

    play(seated(lonely, tmp_path), story)

    assert [one.object for one in waiting.listed(lonely)] == [case]


def test_what_waits_can_be_dropped(lonely: Desk, case: str, tmp_path: Path) -> None:
    """After a question whose Enter says no."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.WAITING)
        await clerk.press("f4", "enter")
        assert waiting.listed(lonely)
        await clerk.press("f4", "ctrl+y")
        assert f"已撤下：不予收件 {case}" in clerk.message

    play(seated(lonely, tmp_path), story)

    assert waiting.listed(lonely) == []
    assert state(lonely, case) == CaseState.REGISTERED


@pytest.mark.parametrize(
    ("code", "key", "told"),
    [
        ("1001", "ctrl+s", "经办人不能确认自己的"),
        ("3001", "ctrl+s", "由窗口人员、值班长办理"),
        ("4001", "f4", "由窗口人员、值班长办理"),
    ],
)
def test_who_may_not_is_told_why(
    lonely: Desk, case: str, tmp_path: Path, code: str, key: str, told: str
) -> None:
    """The key is crossed out; nothing is asked and nothing done."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.WAITING)
        await clerk.press(key)
        assert told in clerk.message
        assert not clerk.app.screen.is_modal

    play(seated(lonely, tmp_path, code), story)

    assert len(waiting.listed(lonely)) == 1


def test_keys_for_what_waits_are_crossed_out_elsewhere(desk: Desk, tmp_path: Path) -> None:
    """There is nothing to confirm in what is done."""

    async def story(clerk: Clerk) -> None:
        assert "^S 确认×" in clerk.keys
        await clerk.press("ctrl+s")
        assert "光标不在“待确认”的一件上" in clerk.message

    play(seated(desk, tmp_path), story)


def test_what_somebody_else_has_settled_meanwhile_is_refused(lonely: Desk, case: str, tmp_path: Path) -> None:
    """The list is read again when the refusal has been read."""

    async def story(clerk: Clerk) -> None:
        screen = await to(clerk, lines.WAITING)
        waiting.drop(builders.at(lonely, "2002"), waiting.listed(lonely)[0].id)
        await clerk.press("ctrl+s", "enter")
        assert clerk.app.screen.is_modal
        await clerk.press("enter")
        assert screen._lines.rows == ()

    play(seated(lonely, tmp_path), story)

    assert state(lonely, case) == CaseState.REGISTERED


def test_f5_asks_again_and_keeps_the_place(desk: Desk, tmp_path: Path) -> None:
    """What was written meanwhile is there, in the part one is looking at."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.PAPERS)
        number = builders.a_case(desk, CaseState.REGISTERED).number
        paper = builders.paper_of(desk, number, "intake_slip").number
        clerk.misses(paper)
        await clerk.press("f5")
        clerk.sees(paper, "收件凭证")

    play(seated(desk, tmp_path, "1001"), story)


def test_an_inspector_sees_the_day_and_confirms_nothing(lonely: Desk, case: str, tmp_path: Path) -> None:
    """Looking is all."""
    desk = replace(builders.at(lonely, "2001"), readonly=True)

    async def story(clerk: Clerk) -> None:
        await to(clerk, lines.WAITING)
        clerk.sees("不予收件")
        for key in ("ctrl+s", "f4"):
            await clerk.press(key)
            assert "只看不写" in clerk.message

    play(a_counter(desk, tmp_path, "doings"), story)

    assert len(waiting.listed(lonely)) == 1


def test_a_refusal_to_look_is_told_and_the_screen_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a store that is away for a moment."""

    def away(*_: Any, **__: Any) -> None:
        raise Refused("away", what="连不上。", why="网络断了。", next="稍候再试。")

    async def story(clerk: Clerk) -> None:
        monkeypatch.setattr(doings, "listed", away)
        await clerk.press("f5")
        assert "连不上" in clerk.message
        clerk.sees("今天写了")

    play(seated(desk, tmp_path), story)
