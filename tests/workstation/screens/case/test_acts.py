"""The acts of a case by dialog: what is asked, what stands in the ledger after, nothing lost by a refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms import items
from tests import builders
from tests.workstation.screens.case.hands import further, last, on_case, screen, second, set_to
from tests.workstation.screens.stage import Clerk, a_counter, a_desk, play
from workstation.acts import (
    departures,
    formal_review,
    identification,
    licences,
    ratings,
    users,
    viewing,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, LicenceFault
from workstation.app import CounterApp
from workstation.domain.case import Case, CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import ROLES
from workstation.domain.words import WORDS
from workstation.policies import RatingPolicy, ScreenPolicy
from workstation.screens.case.asking import Further, Target
from workstation.screens.case.further import FURTHER, REPRINT, choices, grading
from workstation.screens.case.identity import IDENTIFY
from workstation.screens.dialogs import Form, Reading

PIN = "135790"


def test_every_act_of_the_table_has_a_word_and_somebody_who_may_do_it() -> None:
    """The list is made from them."""
    acts = [each.act for each in (*FURTHER, REPRINT, IDENTIFY, grading(RatingPolicy()))]

    assert set(acts) <= set(WORDS)
    assert set(acts) <= set(ROLES)
    assert len(acts) == len(set(acts))


# --- the others, each once in the plain way


async def _contact(clerk: Clerk) -> None:
    await further(clerk, "联系登记")
    await clerk.press("enter", "right", "ctrl+s")


async def _number(clerk: Clerk) -> None:
    await further(clerk, "登记外部编号")
    await set_to(clerk, value="示例 0001")
    await clerk.press("ctrl+s")


async def _yes(clerk: Clerk, label: str) -> None:
    await further(clerk, label)
    await clerk.press("enter")
    assert not clerk.app.screen.is_modal
    await further(clerk, label)
    await clerk.press("ctrl+y")


async def _withdraw(clerk: Clerk) -> None:
    await _yes(clerk, "撤回")
    clerk.sees("× 已撤回")


async def _lapse(clerk: Clerk) -> None:
    await _yes(clerk, "逾期未补正")


async def _hand_back(clerk: Clerk) -> None:
    await _yes(clerk, "退还材料")


async def _trouble(clerk: Clerk) -> None:
    await further(clerk, "邮件异常")
    await clerk.press("enter", "enter")
    clerk.sees("! 待办：退回")


async def _label(clerk: Clerk) -> None:
    await further(clerk, "绑定运单　回程")
    await clerk.press(*builders.WAYBILL, "enter")


async def _repack(clerk: Clerk) -> None:
    await further(clerk, "异常处理")
    clerk.sees("< 重新装袋寄送 >")
    await clerk.press("enter")
    clerk.sees("· 待封装")


async def _claim(clerk: Clerk) -> None:
    await further(clerk, "异常处理")
    clerk.sees("< 丢失，向寄递企业索赔 >")
    await clerk.press("enter")


async def _invite(clerk: Clerk) -> None:
    await _yes(clerk, "邀请评价")


def _lapsed(desk: Desk) -> Case:
    return departures.lapse(desk, builders.a_case(desk, CaseState.TO_CORRECT).number)


def _of_envelope(state: str) -> Callable[[Desk], Case]:
    def case(desk: Desk) -> Case:
        envelope = builders.an_envelope(desk, state)
        (consignment,) = builders.consignments_in(desk, envelope.number)
        return builders.case_of(desk, consignment.case_number)

    return case


PLAIN: dict[str, tuple[Callable[[Desk], Case], Callable[[Clerk], object]]] = {
    "contact": (builders.a_case, _contact),
    "add_number": (builders.a_case, _number),
    "withdraw": (lambda desk: builders.a_case(desk, CaseState.REGISTERED), _withdraw),
    "lapse": (lambda desk: builders.a_case(desk, CaseState.TO_CORRECT), _lapse),
    "hand_back": (_lapsed, _hand_back),
    "trouble": (_of_envelope(EnvelopeState.HANDED_OVER), _trouble),
    "bind_waybill": (_of_envelope(EnvelopeState.SEALED), _label),
    "resolve": (_of_envelope(EnvelopeState.SENT_BACK), _repack),
    "resolve a loss": (_of_envelope(EnvelopeState.LOST), _claim),
    "invite_rating": (lambda desk: builders.a_case(desk, CaseState.SERVED), _invite),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_rarer_act_is_chosen_asked_for_and_done(desk: Desk, tmp_path: Path, name: str) -> None:
    """^O, the act, its form or a yes that Enter does not give; the journal has it."""
    made, story = PLAIN[name]
    number = made(desk).number

    async def played(clerk: Clerk) -> None:
        done = story(clerk)
        assert hasattr(done, "__await__")
        await done
        assert "已办：" in clerk.message

    on_case(desk, tmp_path, number, played)

    assert last(desk, number) == (name.partition(" ")[0], "1001", None)
    builders.assert_true_ledger(desk, number)


def test_a_contact_can_be_with_a_home_office(desk: Desk, tmp_path: Path) -> None:
    """Each of several is named; a day that has passed is told beside the form, and the note is kept."""
    number = builders.a_case(desk, offices=2).number

    async def story(clerk: Clerk) -> None:
        await further(clerk, "联系登记")
        await set_to(clerk, who=f"home_office:{number}-2")
        clerk.sees("示例市第2公安局示例派出所")
        await set_to(clerk, next_on="2020-01-01", note="问回执")
        await clerk.press("ctrl+s")
        clerk.sees("已经过去", "问回执")
        await set_to(clerk, next_on="2026-11-25")
        await clerk.press("ctrl+s")
        assert "已办：联系登记" in clerk.message

    on_case(desk, tmp_path, number, story)

    (contact,) = viewing.case_file(desk, number).contacts
    assert (contact.who, contact.next_on, contact.note) == ("home_office", "2026-11-25", "问回执")


def test_a_guidance_is_read_before_it_prints(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """The text of the 办事指引单; Esc there does nothing, Enter guides, and 帮办 keeps its number."""

    async def story(clerk: Clerk) -> None:
        await further(clerk, "指引")
        await set_to(clerk, channel="online", text="可在网上全程办理", system="provincial", value="示例0001")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("出纸前预览")
        await clerk.press("escape")
        assert builders.case_of(desk, fresh).state == CaseState.REGISTERED
        await further(clerk, "指引")
        clerk.sees("可在网上全程办理", "< 全程网办 >")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("× 已指引")
        assert "办事指引单已送去出纸" in clerk.message

    on_case(desk, tmp_path, fresh, story)

    case = builders.case_of(desk, fresh)
    assert (case.channel, case.assisted, case.reason_text) == ("online", 1, "可在网上全程办理")
    assert len(builders.papers_of(desk, fresh, "guidance")) == 1


def test_a_guidance_that_turns_away_is_refused_before_anything_prints(
    desk: Desk, tmp_path: Path, fresh: str
) -> None:
    """The preview is refused as the act would be."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await further(clerk, "指引")
        await set_to(clerk, channel="onsite", text="请到现场")
        await clerk.press("ctrl+s")
        clerk.sees("不能指引到“现场办理”")

    on_case(desk, tmp_path, fresh, story)

    assert builders.head(desk) == before


def test_declining_names_the_authority_and_needs_a_second_person(
    desk: Desk, tmp_path: Path, fresh: str
) -> None:
    """What is missing is told beside the form with everything else kept."""
    users.set_pin(builders.at(desk, "1002"), "1002", PIN)

    async def story(clerk: Clerk) -> None:
        await further(clerk, "不予收件")
        clerk.sees("窗口没有否决权")
        await set_to(clerk, reason="not_this_authority", text="应向另一部门申请")
        await clerk.press("ctrl+s")
        clerk.sees("没有写明应当向哪个部门申请", "应向另一部门申请", "不属于该属地部门职权")
        await set_to(clerk, authority="示例市民政局")
        await clerk.press("ctrl+s")
        await second(clerk, "1002", PIN)
        clerk.sees("× 不予收件")

    on_case(desk, tmp_path, fresh, story)

    case = builders.case_of(desk, fresh)
    assert (case.state, case.right_authority) == ("declined", "示例市民政局")
    assert last(desk, fresh) == ("decline", "1001", "1002")


def test_in_a_hall_with_one_clerk_it_waits(tmp_path: Path, undrawn: None) -> None:
    """It is told that the act waits and under which id; the case is as it was."""
    desk = a_desk(tmp_path, staff=builders.ONE_CLERK)
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await further(clerk, "不予收件")
        await set_to(clerk, text="应办理另一事项")
        await clerk.press("ctrl+s")
        assert f"{number}-w1" in clerk.message
        clerk.sees("· 已收件")

    on_case(desk, tmp_path, number, story)
    desk.store.engine.close()


def test_acceptance_papers_are_read_first_and_printed_for_who_granted_it(
    desk: Desk, tmp_path: Path, fresh: str
) -> None:
    """受理通知书 after the review, 不予受理 before it with a second person."""
    users.set_pin(builders.at(desk, "1002"), "1002", PIN)
    builders.agreed(desk)
    reviewed = builders.a_case(desk).number

    async def accepting(clerk: Clerk) -> None:
        await further(clerk, "出具受理通知书")
        await set_to(clerk, legal_basis="示例依据", limit="20 个工作日")
        await clerk.press("ctrl+s")
        clerk.sees("出具受理通知书：出纸前预览")
        await clerk.press("enter")
        assert "受理通知书已送去出纸" in clerk.message

    async def refusing(clerk: Clerk) -> None:
        await further(clerk, "出具不予受理通知书")
        for name in ("reason", "legal_basis", "remedies"):
            await set_to(clerk, **{name: f"示例{name}"})
        await clerk.press("ctrl+s", "enter")
        await second(clerk, "1002", PIN)
        clerk.sees("× 不予收件")

    on_case(desk, tmp_path, reviewed, accepting)
    on_case(desk, tmp_path, fresh, refusing)

    assert len(builders.papers_of(desk, f"{reviewed}-1", "acceptance")) == 1
    assert len(builders.papers_of(desk, f"{fresh}-1", "non_acceptance")) == 1


def test_ratings_are_recorded_and_a_bad_one_is_answered_by_a_supervisor(desk: Desk, tmp_path: Path) -> None:
    """The clerk records that one rated, never the grade; two supervisors' acts follow."""
    number = builders.a_case(desk, CaseState.CLOSED).number

    async def clerk_does(clerk: Clerk) -> None:
        await further(clerk, "登记评价等级")
        assert "由值班长办理" in clerk.message
        await further(clerk, "记录评价")
        await clerk.press("enter")

    async def supervisor_does(clerk: Clerk) -> None:
        await further(clerk, "登记评价等级")
        await set_to(clerk, grade="dissatisfied", source="张三的平板")
        await clerk.press("ctrl+s")
        clerk.sees("不是设备号", "张三的平板")
        await set_to(clerk, source="device-03")
        await clerk.press("ctrl+s")
        clerk.sees("! 待办：差评核实")
        await further(clerk, "差评回访了结")
        await set_to(clerk, note="已回访")
        await clerk.press("ctrl+s")
        clerk.misses("差评核实")

    on_case(desk, tmp_path, number, clerk_does)
    on_case(builders.at(desk, "2001"), tmp_path, number, supervisor_does)

    file = viewing.case_file(desk, number)
    assert [rating.kind for rating in file.ratings] == ["invited", "given", "grade"]
    assert [(task.kind, task.state, task.outcome) for task in file.tasks] == [
        ("bad_rating", "done", "corrected")
    ]
    assert ratings.listed(desk, bad=True)


def test_a_licence_defect_is_ended(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named with its row; only open ones are listed."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    number = builders.a_case(desk, CaseState.REGISTERED, without=("applicant_id",)).number
    fault = LicenceFault(kind="absent", what="库中无此证", sent_to="示例市公安局")
    formal_review.review(desk, number, [Finding(row="applicant_id", way="licence", licence_fault=fault)])

    async def story(clerk: Clerk) -> None:
        await further(clerk, "错证缺证了结")
        await set_to(clerk, outcome="not_mended")
        await clerk.press("ctrl+s")
        seen = screen(clerk).sight
        assert seen is not None
        assert "close_defect" not in {act.act for act, _ in choices(seen, RatingPolicy())}

    on_case(desk, tmp_path, number, story)

    assert licences.listed(desk) == []


# --- in clear


def test_clear_text_is_shown_after_a_reason_and_masked_on_leaving(
    desk: Desk, tmp_path: Path, fresh: str
) -> None:
    """Said before that it is journalled; a dialog over it masks it again; one entry in the journal."""

    async def story(clerk: Clerk) -> None:
        await further(clerk, "查看明文")
        clerk.sees("都记入留痕账")
        await clerk.press("ctrl+s")
        clerk.sees("! 明文", "覃示例", "450103199003070004", "13900000001")
        await clerk.press("f1", "escape")
        clerk.misses("覃示例", "! 明文")
        clerk.sees("覃**")

    on_case(desk, tmp_path, fresh, story)

    assert [e.act for e in viewing.case_file(desk, fresh).timeline].count("reveal") == 1


def test_clear_text_is_masked_when_its_time_is_over(
    desk: Desk, tmp_path: Path, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the seconds of the settings, here next to none, without a key."""
    soon = ScreenPolicy(reveal_seconds=0.01)  # type: ignore[arg-type]  # no test waits for a whole one
    monkeypatch.setattr(CounterApp, "screen_policy", soon)

    async def story(clerk: Clerk) -> None:
        await further(clerk, "查看明文")
        await clerk.press("ctrl+s")
        for _ in range(200):
            if not screen(clerk).is_clear:
                break
            await clerk.pilot.pause(0.01)
        clerk.misses("覃示例", "! 明文")

    on_case(desk, tmp_path, fresh, story)

    assert last(desk, fresh) == ("reveal", "1001", None)


def test_a_note_is_read_in_clear_only_then(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """Why a look was taken by hand names people: masked, until revealed."""
    second_ = builders.with_second(desk, "1002")
    identification.identify(second_, fresh, method="manual", outcome="passed", reason="覃示例的证件坏了")

    async def story(clerk: Clerk) -> None:
        await clerk.press("left", "enter")
        clerk.sees("（已遮盖）", "1001，复核 1002")
        clerk.misses("覃示例")
        await clerk.press("escape")
        await further(clerk, "查看明文")
        await clerk.press("ctrl+s", "enter")
        clerk.sees("覃示例的证件坏了")

    on_case(desk, tmp_path, fresh, story)


# --- refusals


def test_a_case_changed_meanwhile_is_not_acted_on(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """The older copy yields in words; what is shown then is the case as it is."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        assert isinstance(clerk.app.screen, Form)
        builders.identified(builders.at(desk, "1002"), fresh)
        await clerk.press("enter", "enter")
        clerk.sees("在您查看之后已被改动", "changed-meanwhile")
        await clerk.press("enter")
        clerk.sees("✓ 已核验")

    on_case(desk, tmp_path, fresh, story)

    assert len(viewing.case_file(desk, fresh).identities) == 1


def test_esc_and_a_scan_over_a_dialog_do_nothing(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """No act, whatever a scanner types into the form; the field gets back what it held."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await further(clerk, "登记外部编号")
        await set_to(clerk, value="示例")
        await clerk.scan(fresh)
        clerk.sees("示例")
        assert isinstance(clerk.app.screen, Form)
        await clerk.press("escape")
        clerk.sees("放弃已填的内容吗？")
        await clerk.press("escape")
        clerk.sees("示例")
        await clerk.press("escape", "enter", "ctrl+o", "escape")
        await further(clerk, "撤回")
        await clerk.scan(fresh)
        await clerk.press("escape")

    on_case(desk, tmp_path, fresh, story)

    assert builders.head(desk) == before


def test_an_impossible_act_is_listed_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    """Choosing it tells why, in the acts' own words."""
    number = builders.a_consignment(desk, ConsignmentState.SEALED).case_number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o")
        clerk.sees("× 撤回　材料还在封套里")
        await clerk.press("escape")
        await further(clerk, "撤回")
        assert clerk.message == "“撤回”现在不能办：材料还在封套里"

    play(a_counter(desk, tmp_path, "case", number=number), story)


def test_a_target_of_several_is_named() -> None:
    """An act on one of two offices says which."""
    act = Further("issue_acceptance", lambda *_: None)

    assert act.label(Target("x", 1)) == "出具受理通知书"
    assert act.label(Target("x", 1, "甲局")) == "出具受理通知书　甲局"
