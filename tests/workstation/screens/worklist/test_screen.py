"""工作台: states with counts, the list of each, drafts to go on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import drafts, worklists
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.errors import OutsideFailed
from workstation.screens.worklist.screen import WorklistScreen
from workstation.widgets.record_list import RecordList


def test_states_are_listed_with_their_counts(desk: Desk, tmp_path: Path) -> None:
    """By word; moving to one shows its cases, applicants masked."""
    first = builders.a_case(desk, CaseState.REGISTERED, applicant=builders.a_person("诸葛示例")).number
    builders.a_case(desk, CaseState.TO_CORRECT)
    builders.a_consignment(desk, ConsignmentState.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        clerk.sees("已收件        1", "待补正        1", "已交寄        1", first)
        clerk.sees("诸葛**")
        clerk.misses("诸葛示例")
        await clerk.press("down")
        clerk.sees("待补正")
        clerk.misses(first)

    play(a_counter(desk, tmp_path), story)


def test_enter_opens_the_case(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """From the states into the list, and from the list into the case."""
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "enter")

    play(a_counter(desk, tmp_path), story)

    assert opened == [("case", {"number": number})]


def test_a_store_that_does_not_answer_is_told_and_the_window_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whatever it was asked, a key or the cursor; what was shown stays, and it is asked again."""
    number = builders.a_case(desk, CaseState.REGISTERED).number
    silent = OutsideFailed("store-gone", what="台账没有回音。", why="", next="请稍后再试。")

    def gone(*_: Any, **__: Any) -> None:
        raise silent

    async def story(clerk: Clerk) -> None:
        for asked, keys in {"counts": ["f5"], "page": ["down", "up"]}.items():
            with monkeypatch.context() as patch:
                patch.setattr(worklists, asked, gone)
                await clerk.press(*keys)
                clerk.sees("✗", "台账没有回音", number)
        await clerk.press("down")
        clerk.misses(number)
        await clerk.press("up", "enter", "end", "f5")
        clerk.sees(number)

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize(
    ("key", "name"), [("f2", "intake"), ("f7", "courier"), ("f8", "arrivals"), ("f9", "doings")]
)
def test_keys_lead_to_the_days_work(desk: Desk, tmp_path: Path, opened: Opened, key: str, name: str) -> None:
    """One key each, and the palette knows which screen it is."""
    play(a_counter(desk, tmp_path), lambda clerk: clerk.press(key))

    assert opened == [(name, {})]
    assert {do.key: do.opens for do in WorklistScreen.DOES}[key] == name


@pytest.mark.parametrize(("downs", "name"), enumerate(["parcels", "outbox", "tasks", "silent"]))
def test_the_screens_of_the_mail_are_behind_one_key(
    desk: Desk, tmp_path: Path, opened: Opened, downs: int, name: str
) -> None:
    """They are asked for by what one wants to know; Esc leads to none."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o", "escape", "ctrl+o")
        clerk.sees("邮件轨迹", "沉默属地")
        await clerk.press(*["down"] * downs, "enter")

    play(a_counter(desk, tmp_path), story)

    assert opened == [(name, {})]


def test_a_draft_is_offered_and_gone_on_with(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """After a crash or a change of clerks; its title is masked."""
    draft = drafts.begin(desk, "intake", {"item": "59"}, title="诸葛示例")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        clerk.sees("草稿          1", "收件登记", "诸")
        clerk.misses("诸葛示例")
        await clerk.press("enter")

    play(a_counter(desk, tmp_path), story)

    ((name, given),) = opened
    assert name == "intake"
    assert given["draft"].id == draft.id


@pytest.mark.parametrize(
    ("kind", "screen"), [("review", "review"), ("packing", "sealing"), ("arrival", "arrivals")]
)
def test_a_draft_about_something_opens_its_screen(
    desk: Desk, tmp_path: Path, opened: Opened, kind: str, screen: str
) -> None:
    """Which finds the draft by itself."""
    number = builders.a_case(desk, CaseState.REGISTERED).number
    drafts.begin(desk, kind, {}, object=number)

    play(a_counter(desk, tmp_path), lambda clerk: clerk.press("f3", "enter"))

    assert opened == [(screen, {"number": number})]


def test_coming_back_shows_what_has_changed_and_keeps_the_place(desk: Desk, tmp_path: Path) -> None:
    """A colleague has registered another one meanwhile; F5 asks again, too."""
    numbers = [builders.a_case(desk, CaseState.REGISTERED).number for _ in range(3)]

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab", "down", "f12")
        new = await clerk.app.do(lambda: builders.a_case(desk, CaseState.REGISTERED).number)
        await clerk.press("escape")
        clerk.sees("已收件        4", new)
        rows = clerk.app.screen.query_one("#lines", RecordList)
        assert rows.cursor == 1
        await clerk.press("f5")
        assert rows.cursor == 1
        clerk.sees(*numbers)

    play(a_counter(desk, tmp_path), story)


def test_an_auditor_may_look(desk: Desk, tmp_path: Path) -> None:
    """The lists are there, masked as for everybody."""
    builders.a_case(desk, CaseState.REGISTERED)

    play(
        a_counter(builders.at(desk, "4001"), tmp_path),
        lambda clerk: clerk.press("tab", "down"),
    )
