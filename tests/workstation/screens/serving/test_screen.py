"""送达: the result handed to whom it is for, the proof seen before it prints, the rating and the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, a_person
from tests.workstation.screens.stage import WIDE, Clerk, a_counter, play
from workstation.acts import home, packing, ratings, service, viewing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Result
from workstation.domain.case import Case, CaseState, Holder
from workstation.domain.consignment import ConsignmentState as S
from workstation.screens import doors


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case whose result lies here; handed in by an agent."""
    return a_consignment(desk, S.RESULT_ARRIVED, agent=a_person("李代办")).case_number


def now(desk: Desk, number: str) -> Case:
    """The case as it stands."""
    return builders.case_of(desk, number)


def test_it_is_opened_for_a_case() -> None:
    """Its door stands in no palette."""
    door = doors.door("serving")

    assert (door.title, door.needs) == ("送达", True)


def test_the_result_is_handed_over_and_the_case_closed(desk: Desk, tmp_path: Path, case: str) -> None:
    """Five keys: the look, the service, the end with its invitation."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("户籍证明", "货位 R-01", "申请人 覃**", "代办人 李**", "送达回证")
        await clerk.press("space", "ctrl+s")
        assert "已送达：送达回证已打印，请领取人签名" in clerk.message
        clerk.sees("【已送达】", "已交领取人", "F2 邀请评价")
        await clerk.press("f9")
        clerk.sees("评价邀请过了吗？")
        await clerk.press("enter")
        assert clerk.message == f"已办结：{case}。"
        clerk.sees("【办结】", "已办结。")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    done = now(desk, case)
    assert (done.state, done.rating) == (CaseState.CLOSED, "invited")
    builders.assert_true_ledger(desk, case)


def test_nobody_collects_unseen(desk: Desk, tmp_path: Path, case: str) -> None:
    """Without the tick the act is crossed out, and says what is missing."""

    async def story(clerk: Clerk) -> None:
        assert clerk.keys.startswith("^S 送达×")
        await clerk.press("ctrl+s")
        assert "先核对领取人的证件" in clerk.message
        await clerk.press("space")
        assert clerk.keys.startswith("^S 送达  ")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    assert now(desk, case).state == CaseState.REVIEWED


def test_another_recipient_is_looked_at_anew(desk: Desk, tmp_path: Path, case: str) -> None:
    """Choosing the agent takes the tick away, and the proof names who collects for whom."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "up", "right")
        clerk.sees("< 代办人 李** >", "[ ] 已核对", "代收人：李代办")
        await clerk.press("down", "space", "ctrl+s")

    play(a_counter(desk, tmp_path, "serving", number=case), story, WIDE)
    assert viewing.case_file(desk, case).identities[-1].subject == "agent"
    assert now(desk, case).state == CaseState.SERVED


def test_an_organisation_has_no_face(desk: Desk, tmp_path: Path) -> None:
    """Only its agent is offered."""
    firm = a_person("示例有限公司", id_kind="unified_credit_code", id_number="91350100M000100Y43")
    number = a_consignment(desk, S.RESULT_ARRIVED, applicant=firm, agent=a_person("李代办")).case_number

    async def story(clerk: Clerk) -> None:
        clerk.sees("< 代办人 李** >")
        await clerk.press("space", "ctrl+s")
        clerk.sees("【已送达】")

    play(a_counter(desk, tmp_path, "serving", number=number), story)


@pytest.mark.parametrize(("mode", "word"), [("electronic", "电子"), ("direct_post", "直寄申请人")])
def test_what_came_otherwise_needs_nobody_here(desk: Desk, tmp_path: Path, mode: str, word: str) -> None:
    """Nobody is looked at; the form may stay empty, and the same key once more records it."""
    own = a_consignment(desk, S.ACCEPTED)
    builders.decided(desk, own.id, mode)

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"结果{word}，不经窗口领取", "由属地送达")
        clerk.misses("已核对领取人", "领取人      <")
        await clerk.press("ctrl+s", "ctrl+s")
        assert "归入办件" in clerk.message

    play(a_counter(desk, tmp_path, "serving", number=own.case_number), story)
    assert now(desk, own.case_number).state == CaseState.SERVED


def test_a_part_is_served_when_it_is_there(desk: Desk, tmp_path: Path) -> None:
    """The other consignment is named, and served later."""
    number = a_case(desk, offices=2).number
    builders.advance(desk, f"{number}-1", S.RESULT_ARRIVED)

    async def story(clerk: Clerk) -> None:
        clerk.sees("还没办完：2 号送件“待封装”")
        await clerk.press("space", "ctrl+s")
        assert "已送达一部分" in clerk.message
        await clerk.press("ctrl+s")
        assert "现在不能办" in clerk.message

    play(a_counter(desk, tmp_path, "serving", number=number), story)
    assert now(desk, number).state == CaseState.REVIEWED


def test_nothing_is_served_before_it_is_here(desk: Desk, tmp_path: Path) -> None:
    """Why not stands where the next step would."""
    number = a_consignment(desk, S.ACCEPTED).case_number

    async def story(clerk: Clerk) -> None:
        clerk.sees("现在没有可送达的结果。", "（没有可交付的）")
        await clerk.press("f9")
        assert "现在不能办" in clerk.message
        await clerk.press("f2")
        assert "送达以后才邀请评价" in clerk.message

    play(a_counter(desk, tmp_path, "serving", number=number), story)


@pytest.mark.parametrize(("keys", "kind"), [(("enter",), "given"), (("down", "enter"), "refused")])
def test_the_rating_is_invited_then_noted(
    desk: Desk, tmp_path: Path, case: str, keys: tuple[str, ...], kind: str
) -> None:
    """The clerk types no grade: only whether there is one; then the case closes without another question."""
    builders.served(desk, case)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        assert clerk.message == "评价：已邀请。"
        await clerk.press("f2")
        clerk.sees("等级由申请人在评价器上给，窗口不录")
        await clerk.press(*keys)
        clerk.sees(f"评价：{ratings.STEPS[kind]}")
        await clerk.press("f2")
        assert "一次办件只评一次" in clerk.message
        await clerk.press("f9")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    assert (now(desk, case).state, now(desk, case).rating) == (CaseState.CLOSED, kind)


def test_who_will_not_rate_may_not(desk: Desk, tmp_path: Path, case: str) -> None:
    """Refused at the end is invited and refused in one; Esc closes nothing."""
    builders.served(desk, case)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f9", "escape")
        assert now(desk, case).state == CaseState.SERVED
        await clerk.press("f9", "down", "enter")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    assert [step.kind for step in viewing.case_file(desk, case).ratings] == ["invited", "refused"]


async def rarer(clerk: Clerk, at: int) -> None:
    """Choose one of what is needed more rarely."""
    await clerk.press("ctrl+o", *["down"] * at, "enter")


def test_a_try_to_reach_somebody_is_noted(desk: Desk, tmp_path: Path, case: str) -> None:
    """It stands on the screen, with the day of the next one."""

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, 0)
        await clerk.press("down", "space")
        await clerk.fill("next_on", "2026-11-25")
        await clerk.press("ctrl+s")
        clerk.sees("电话联系申请人：无人接听，下次 2026-11-25")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    assert viewing.case_file(desk, case).contacts[0].outcome == "no_answer"


def test_it_leads_to_the_way_and_to_the_case(
    desk: Desk, tmp_path: Path, case: str, opened: list[Any]
) -> None:
    """By the list of rarer things."""

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, 1)
        await rarer(clerk, 2)
        await clerk.press("ctrl+o", "escape")
        assert opened == [("arrivals", {"number": case}), ("case", {"number": case})]

    play(a_counter(desk, tmp_path, "serving", number=case), story)


def test_what_has_changed_meanwhile_is_told(desk: Desk, tmp_path: Path, case: str) -> None:
    """A colleague was faster; nothing is served twice."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        service.serve(builders.at(desk, "1002"), case, identity_checked=True)
        await clerk.press("ctrl+s")
        clerk.sees("在您查看之后已被改动")
        await clerk.press("enter")
        clerk.sees("【已送达】")

    play(a_counter(desk, tmp_path, "serving", number=case), story)
    assert now(desk, case).changed_by == "1002"


def test_a_scan_of_this_case_changes_nothing(
    desk: Desk, tmp_path: Path, case: str, opened: list[Any]
) -> None:
    """One is here already; another case opens as it does everywhere."""
    other = a_case(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        await clerk.scan(case)
        clerk.sees("[x] 已核对")
        assert opened == []
        await clerk.scan(other)
        assert opened == [("case", {"number": other})]

    play(a_counter(desk, tmp_path, "serving", number=case), story)


def test_an_unknown_case_is_told(desk: Desk, tmp_path: Path) -> None:
    """The screen says so and offers nothing."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗ 没有编号为 99 的办件")
        await clerk.press("ctrl+s")
        assert "现在不能办" in clerk.message

    play(a_counter(desk, tmp_path, "serving", number="99"), story)


def test_an_auditor_sees_no_name(desk: Desk, tmp_path: Path, case: str) -> None:
    """The proof has the name in clear, so it is not shown; every act says who does it."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("户籍证明", "覃**", "只给窗口人员看")
        clerk.misses("覃示例")
        await clerk.press("space", "ctrl+s")
        assert "由窗口人员、值班长办理" in clerk.message
        await clerk.press("f2")
        assert "现在不能办" in clerk.message

    play(a_counter(builders.at(desk, "4001"), tmp_path, "serving", number=case), story)


def test_a_desk_that_only_looks_serves_nothing(desk: Desk, tmp_path: Path, case: str) -> None:
    """Everything stands there, and nothing can be done."""
    app = a_counter(desk, tmp_path, "serving", number=case)
    app.given = replace(app.given, readonly=True)
    app._desk = replace(app.desk, readonly=True)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "ctrl+s")
        assert "本次只看不写" in clerk.message

    play(app, story)
    pieces = viewing.case_file(desk, case).pieces
    assert Holder.RESULT_SHELF in {piece.holder for piece in pieces}


def test_every_paper_that_changes_hands_is_seen(desk: Desk, tmp_path: Path) -> None:
    """Several documents, and one paper that was left out of the envelope, each with its place."""
    number = a_case(desk).number
    left = f"{number}-statement-original-1"
    envelope = packing.pack(builders.with_second(desk), [number], without=[left]).number
    builders.sealed(desk, envelope)
    own = builders.advance(desk, f"{number}-1", S.ACCEPTED)
    documents = [Result(name=name) for name in ("户籍证明", "告知函", "收据")]
    home.decide(desk, own.id, outcome="granted", result_mode="paper", results=documents)
    builders.advance(desk, own.id, S.RESULT_ARRIVED)

    async def story(clerk: Clerk) -> None:
        clerk.sees("户籍证明", "告知函", "收据", "货位 R-01", "留在窗口")

    play(a_counter(desk, tmp_path, "serving", number=number), story)
