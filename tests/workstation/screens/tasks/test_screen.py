"""待办 on the screen: a step ticked, a call noted, a task ended; what cannot be is said, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from tests.workstation.screens.tasks.raised import (
    back_here,
    by_carrier,
    incomplete,
    of_kind,
    on_its_way,
    withdrawn,
)
from workstation.acts import contacts, packing, tasks, troubles, viewing
from workstation.acts.desk import Desk
from workstation.screens import doors
from workstation.screens.tasks.screen import TasksScreen
from workstation.widgets.field import Field


def told(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24), **given: Any) -> None:
    """Play a story on the tasks."""
    play(a_counter(desk, folder, "tasks", **given), story, size)


def at(clerk: Clerk) -> str:
    """The id of the task under the cursor."""
    assert isinstance(clerk.screen, TasksScreen)
    assert clerk.screen.line is not None
    return clerk.screen.line.task.id


def test_it_is_found_in_the_palette() -> None:
    """It needs nothing to be opened for."""
    door = doors.door("tasks")

    assert (door.title, door.initials, door.needs) == ("待办", "db", False)


def test_open_tasks_stand_with_their_steps(desk: Desk, tmp_path: Path) -> None:
    """In order, with what to do for the next one; at both sizes; ended ones are gone."""
    envelope = back_here(desk, "lost")
    over = by_carrier(desk)
    tasks.do(desk, over.id, "call_carrier")
    tasks.end_by_hand(desk, over.id, outcome="settled")

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"封套 …{envelope[-5:]}", "0/4", "·  向寄递企业查问", "办好了按 ^S 记下")
        clerk.sees("由“异常处理”了结")
        clerk.misses("邮件异常 ")

    told(desk, tmp_path, story)
    told(desk, tmp_path, story, WIDE)


def test_nothing_to_do_is_said(desk: Desk, tmp_path: Path) -> None:
    """And every key says so."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("没有未了结的待办。", "（没有待办）")
        for key in ("ctrl+s", "f3", "f4", "f5", "f6"):
            await clerk.press(key)
            assert "没有待办" in clerk.message
        await clerk.press("enter", "space")

    told(desk, tmp_path, story)


def test_a_step_is_ticked_in_two_keys(desk: Desk, tmp_path: Path) -> None:
    """The note may stay empty; when nothing is left to do, one more choice ends the task."""
    task = by_carrier(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        assert "还差：向寄递企业查问" in clerk.message
        await clerk.press("ctrl+s")
        clerk.sees("记下：向寄递企业查问")
        await clerk.press("ctrl+s")
        assert clerk.message == "已记下：向寄递企业查问。"
        clerk.sees("✓  向寄递企业查问", "1/1", "F5 了结")
        await clerk.press("f5")
        clerk.sees("怎么了结？", "已处理完", "核实无异常", "无法再查")
        await clerk.press("down", "enter")
        assert clerk.message == "已了结：邮件异常（核实无异常）。"
        clerk.sees("（没有待办）")

    told(desk, tmp_path, story)
    ended = tasks.file(desk, task.id)
    assert (ended.task.outcome, ended.steps[0].done_by) == ("false_alarm", "1001")
    builders.assert_true_ledger(desk)


def test_the_note_is_kept(desk: Desk, tmp_path: Path) -> None:
    """Esc over it asks first."""
    task = by_carrier(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type("三日内答复")
        await clerk.press("escape")
        clerk.sees("放弃已填的内容吗？")
        await clerk.press("escape", "ctrl+s")

    told(desk, tmp_path, story)
    with desk.reading() as reading:
        (step,) = reading.task_steps.where(task=task.id)
    assert (step.step, step.note) == ("call_carrier", "三日内答复")


def test_a_refused_note_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    """What cannot be kept is told, and stands there to be mended."""
    task = by_carrier(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.app.screen.query_one("#field-note", Field).value = "三日内\u202e答复"
        await clerk.press("ctrl+s")
        clerk.sees("记下：向寄递企业查问", "✗", "三日内")

    told(desk, tmp_path, story)
    assert not tasks.file(desk, task.id).steps[0].done


def test_a_step_told_by_the_ledger_is_not_ticked(desk: Desk, tmp_path: Path) -> None:
    """The key says where it is recorded; the call recorded by F3 makes it done."""
    task = by_carrier(desk, "signing_doubtful")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "不用手工勾：在“联系登记”里记下（F3）" in clerk.message
        await clerk.press("f3")
        clerk.sees("联系登记", "< 业务属地 >")
        await clerk.press("ctrl+s")
        clerk.sees("✓  打电话问属地部门", "已登记", "1/1")

    told(desk, tmp_path, story)
    assert [p.done for p in tasks.file(desk, task.id).steps] == [True]


def test_the_step_says_whom_to_call(desk: Desk, tmp_path: Path) -> None:
    """The applicant, where the applicant is to be told; of two cases in one envelope it is asked which."""
    first, second = (builders.a_case(desk).number for _ in range(2))
    envelope = packing.pack(desk, [first, second]).number
    for act in (builders.sealed, builders.handed_over):
        act(desk, envelope)
    troubles.trouble(desk, envelope, kind="intercepted")

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab", "down", "f3")
        clerk.sees("联系的是哪个办件？", first[-5:], second[-5:])
        await clerk.press("down", "enter")
        clerk.sees("< 申请人 >")
        await clerk.press("ctrl+s")
        assert "联系申请人：已接通" in clerk.message
        clerk.sees("·  告诉申请人或代办人")

    told(desk, tmp_path, story)
    assert len(contacts.listed(desk, second)) == 1
    assert contacts.listed(desk, first) == []


def test_enter_opens_what_it_is_about(desk: Desk, tmp_path: Path, opened: list[Any]) -> None:
    """An envelope where the home office's word is taken down, a case as a case; F4 always the case."""
    envelope, case = back_here(desk), withdrawn(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "f4", "down", "enter")

    told(desk, tmp_path, story)
    assert opened == [
        ("arrivals", {"number": envelope}),
        ("case", {"number": envelope}),
        ("case", {"number": case}),
    ]


def test_the_papers_at_risk_are_listed(desk: Desk, tmp_path: Path) -> None:
    """Originals first, as each lies in the envelope."""
    back_here(desk, "lost")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        clerk.sees("受影响的材料：丢失", "1. ", "（原件） 1 份", "申请人居民身份证（复印件）")
        await clerk.press("escape")
        clerk.misses("受影响的材料：")

    told(desk, tmp_path, story)


def test_a_scanned_envelope_moves_to_its_task(desk: Desk, tmp_path: Path, opened: list[Any]) -> None:
    """Again to its next one; the slip of its case too; an envelope without trouble opens as everywhere."""
    other, envelope, plain = back_here(desk), incomplete(desk), on_its_way(desk)
    case = builders.consignments_in(desk, other)[0].case_number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        first = at(clerk)
        await clerk.scan(builders.paper_of(desk, envelope, "reply_slip").number)
        assert {first, at(clerk)} == {f"{envelope}-missing_inside", f"{envelope}-damaged_inside"}
        await clerk.scan(case)
        assert at(clerk) == f"{other}-sent_back"
        assert opened == []
        await clerk.scan(plain)
        assert opened == [("case", {"number": plain})]

    told(desk, tmp_path, story)
    assert len(of_kind(desk, "missing_inside")) == 1


def test_a_scan_over_a_question_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """What is typed stays, and the task is the same."""
    task, other = by_carrier(desk), back_here(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type("单号")
        await clerk.scan(other)
        clerk.sees("单号", "记下：向寄递企业查问")
        assert at(clerk) == task.id

    told(desk, tmp_path, story)


def test_it_opens_at_the_task_of_a_number(desk: Desk, tmp_path: Path) -> None:
    """Where one comes from a case or an envelope."""
    back_here(desk)
    envelope = back_here(desk, "lost")

    async def story(clerk: Clerk) -> None:
        assert at(clerk) == f"{envelope}-lost"
        clerk.sees("向寄递企业查问")

    told(desk, tmp_path, story, number=envelope)


def test_what_a_colleague_has_done_is_told(desk: Desk, tmp_path: Path) -> None:
    """The step is ticked once, and the screen shows by whom."""
    task = by_carrier(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        tasks.do(builders.at(desk, "1002"), task.id, "call_carrier")
        await clerk.press("ctrl+s")
        clerk.sees("已经记过")
        await clerk.press("enter")
        clerk.sees("✓  向寄递企业查问", "1002")

    told(desk, tmp_path, story)


def test_what_a_colleague_has_ended_is_told(desk: Desk, tmp_path: Path) -> None:
    """The refusal stands there in full, then the task is gone."""
    task = by_carrier(desk)
    tasks.do(desk, task.id, "call_carrier")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        tasks.end_by_hand(builders.at(desk, "1002"), task.id, outcome="given_up")
        await clerk.press("enter")
        clerk.sees("已经了结", "无法再查")
        await clerk.press("enter")
        clerk.sees("（没有待办）")

    told(desk, tmp_path, story)


def test_the_cursor_stays_on_its_task(desk: Desk, tmp_path: Path) -> None:
    """Though one above it has been ended meanwhile."""
    over, task = by_carrier(desk), by_carrier(desk)
    tasks.do(desk, over.id, "call_carrier")

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")
        assert at(clerk) == task.id
        tasks.end_by_hand(desk, over.id, outcome="settled")
        await clerk.press("f1", "escape")
        assert at(clerk) == task.id

    told(desk, tmp_path, story)


@pytest.mark.parametrize("code", ["4001", "1001"])
def test_who_only_looks_sees_all_and_does_nothing(desk: Desk, tmp_path: Path, code: str) -> None:
    """An auditor, and a clerk at a desk that only looks."""
    task = by_carrier(desk)
    app = a_counter(builders.at(desk, code), tmp_path, "tasks")
    app.given = replace(app.given, readonly=code == "1001")
    app._desk = replace(app.desk, readonly=code == "1001")

    async def story(clerk: Clerk) -> None:
        clerk.sees("邮件异常", "向寄递企业查问")
        for key in ("ctrl+s", "f3", "f5"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f6", "escape")

    play(app, story)
    assert not tasks.file(desk, task.id).steps[0].done
    assert viewing.case_file(desk, tasks.file(desk, task.id).cases[0].number).contacts == []
