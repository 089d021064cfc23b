"""收件登记: the plain way in few keys, what is refused, what is kept, who may, and what a scan does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import NAME, NUMBER, OFFICE, PHONE, Intake, here
from tests.workstation.screens.stage import Clerk, play
from workstation.acts import offices, registration
from workstation.domain.case import CaseState
from workstation.errors import OutsideFailed
from workstation.screens import doors
from workstation.screens.dialogs import Reading, Refusal
from workstation.screens.worklist.screen import WorklistScreen


def test_the_reference_case_in_few_keys(
    intake: Intake, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    """Item by initials, one citizen, five rows, one office: ≤ 14 keys beyond what is typed."""
    keys: list[str] = []

    async def story(clerk: Clerk) -> None:
        async def press(*pressed: str) -> None:
            keys.extend(pressed)
            await clerk.press(*pressed)

        await clerk.type("gejz")
        await press("enter")
        await clerk.type("450103")
        await press("enter", "enter")
        for text in (NUMBER, NAME, PHONE):
            await clerk.type(text)
            await press("enter")
        await press("enter", "enter", "enter")
        assert here(clerk) == "materials"
        await press("ctrl+a", "ctrl+s")

    intake.play(story)

    with capsys.disabled():
        print(f"\n收件登记, reference case: {len(keys)} keys beyond typed data ({' '.join(keys)})")
    case, rows = intake.case.case, {piece.row_id for piece in intake.case.pieces}
    assert (case.state, case.item, case.applicant_name) == (CaseState.REGISTERED, "65", NAME)
    assert len(rows) == 5
    assert [each.office_code for each in intake.case.consignments] == [OFFICE]
    assert opened == [("case", {"number": case.number})]
    assert len(keys) <= 14


def test_after_success_the_case_takes_the_place_of_the_screen(intake: Intake, opened: Opened) -> None:
    """The number is told, the draft used up, and Esc will lead from the case to the worklist."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        assert len(intake.drafts) == 1
        await clerk.press("ctrl+s")
        clerk.sees("✓ 办好：已收件：")
        assert isinstance(clerk.app.screen, WorklistScreen)

    intake.play(story)

    number = intake.case.case.number
    assert opened == [("case", {"number": number})]
    assert intake.drafts == ()
    assert [paper.kind for paper in builders.papers_of(intake.desk, number)] == ["intake_slip"]


def test_enter_goes_through_all_parts(intake: Intake) -> None:
    """In the order a clerk works; at the end a word says what is next, and nothing has been done."""
    passed: list[str] = []

    async def story(clerk: Clerk) -> None:
        await clerk.type("kjhjl")
        for typed in ("450103", "", NUMBER, NAME, PHONE, "", "", "", ""):
            await clerk.press("enter")
            passed.append(here(clerk))
            await clerk.type(typed)
        await clerk.press("tab", "enter")
        assert "填完了" in clerk.message

    intake.play(story)

    fields = ["id-number", "name", "phone", "address", "valid-to"]
    people = [f"field-applicant-{name}" for name in fields]
    assert passed == ["field-basis-place", "offices", *people, "field-has-agent", "materials"]
    assert intake.cases == []


def test_the_arrow_keys_go_through_all_parts_too(intake: Intake) -> None:
    """Down from the first to the last, through the lists and out of them, and up again."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        ways: dict[str, list[str]] = {"down": [here(clerk)], "up": []}
        for key, last in (("down", "field-remark"), ("up", "field-item")):
            while here(clerk) != last:
                await clerk.pilot.press(key)
                ways[key].append(here(clerk))
                assert len(ways[key]) < 40, ways
        down, up = (list(dict.fromkeys(way)) for way in ways.values())
        assert down[:3] == ["field-basis-place", "offices", "field-applicant-id-kind"]
        assert down[-3:] == ["field-has-agent", "materials", "field-remark"]
        assert up == [*down[-2::-1], "field-item"]

    intake.play(story)


def test_what_is_missing_is_told_and_the_cursor_goes_there(intake: Intake) -> None:
    """Ctrl+S too early does nothing: the first gap is named, and everything typed is still there."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.place(clerk)
        await typing.put(clerk, "applicant.name", NAME)
        await clerk.press("ctrl+s")
        assert here(clerk) == "field-applicant-id-number"
        clerk.sees("! 注意：还没有填写：申请人证件号码。", NAME, "青秀区")

    intake.play(story)

    assert intake.cases == []


def test_an_item_that_is_only_typed_is_not_taken(intake: Intake) -> None:
    """Nobody has said which of those found it is."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "item", "huji")
        await clerk.press("ctrl+s")
        assert here(clerk) == "field-item"
        assert "“事项”还没有选定" in clerk.message

    intake.play(story)


def test_without_an_office_nothing_is_registered(intake: Intake) -> None:
    """Where would it be mailed to? The cursor goes to the list, the way on is told."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.place(clerk, "450102")
        await typing.person(clerk)
        await clerk.press("ctrl+s")
        assert here(clerk) == "offices"
        assert "还没有选业务属地部门" in clerk.message

    intake.play(story)

    assert intake.cases == []


def test_an_item_done_elsewhere_is_said_at_once_and_registered(intake: Intake, opened: Opened) -> None:
    """It gets its number as any hand-in does, without office or papers; guiding comes after."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk, "sydj")
        clerk.sees("网办", "窗口不收材料：照常登记，登记后指引")
        await typing.put(clerk, "basis_place", "450102")
        await typing.person(clerk)
        await clerk.press("ctrl+s")

    intake.play(story)

    assert (intake.case.case.path, list(intake.case.consignments)) == ("online", [])


def test_the_slip_is_read_before_anything_is_registered(intake: Intake) -> None:
    """F5 shows its text without a number; Esc leads back to the form."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("f5")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("收件凭证", "（打印时编号）")
        await clerk.press("escape")
        assert typing.field(clerk, "applicant.name").value == NAME

    intake.play(story)

    assert intake.cases == []


def test_a_preview_of_half_a_form_says_what_is_missing(intake: Intake) -> None:
    """There is nothing to show yet."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await clerk.press("f5")
        assert here(clerk) == "field-basis-place"
        assert "“属地依据”还没有选定" in clerk.message

    intake.play(story)


def test_esc_asks_while_something_is_unsaved(intake: Intake) -> None:
    """No is the way back to the form; yes leaves it as a draft. An empty form is left unasked."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.name", NAME)
        await clerk.press("escape")
        clerk.sees("离开这个画面吗？", f"{NAME}的收件登记还没有登记。", "存在草稿里")
        await clerk.press("escape")
        assert typing.field(clerk, "applicant.name").value == NAME
        await clerk.press("escape", "enter")
        assert isinstance(clerk.app.screen, WorklistScreen)

    async def nothing(clerk: Clerk) -> None:
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, WorklistScreen)

    intake.play(story)
    intake.play(nothing)

    assert [draft.title for draft in intake.drafts] == [NAME]


def test_a_scan_while_typing_opens_what_it_is_and_loses_nothing(intake: Intake, opened: Opened) -> None:
    """The field gets back what it held, in the middle of a word, and nothing is registered or ticked."""
    scanned = builders.a_case(intake.desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await typing.put(clerk, "applicant.address", "示例路 1 号")
        await clerk.press("left", "left")
        await clerk.scan(scanned)
        assert typing.field(clerk, "applicant.address").value == "示例路 1 号"
        screen_items = typing.hand_in(clerk).value["materials"]
        typing.hand_in(clerk).materials.enter()
        await clerk.scan(scanned)
        assert typing.hand_in(clerk).value["materials"] == screen_items

    intake.play(story)

    assert opened[0] == ("case", {"number": scanned})
    assert len(intake.cases) == 1


@pytest.mark.parametrize("end", ["enter", "tab"])
def test_a_scan_into_the_item_field_chooses_nothing(intake: Intake, opened: Opened, end: str) -> None:
    """Its digits stand there for a moment, and the code's own Enter takes no line of the list."""
    scanned = builders.a_case(intake.desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await clerk.type("hj")
        await clerk.scan(scanned, end)
        assert typing.field(clerk, "item").value == "hj"
        assert typing.hand_in(clerk).item.chosen is None

    intake.play(story)

    assert opened == [("case", {"number": scanned})]


def test_a_refusal_is_told_and_nothing_typed_is_lost(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    """An office closed meanwhile: what, why, what next; the same form can be registered with another."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        offices.close(builders.as_role(intake.desk, "supervisor"), OFFICE)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("代号：")
        await clerk.press("enter")
        assert typing.field(clerk, "applicant.name").value == NAME

    intake.play(story)

    assert (intake.cases, opened) == ([], [])
    assert [draft.title for draft in intake.drafts] == [NAME]


def test_a_failure_after_the_commit_is_no_second_case(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    """The paper could not be made: that is told, and the screen goes on to the case there is."""
    register = registration.register

    def fails_late(*given: Any) -> Any:
        register(*given)
        raise OutsideFailed("paper-failed", what="事情已办成并记账。", why="没有纸。", next="等。")

    monkeypatch.setattr(registration, "register", fails_late)

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("ctrl+s")
        clerk.sees("事情已办成并记账")
        await clerk.press("enter")

    intake.play(story)

    assert opened == [("case", {"number": intake.case.case.number})]


def _readonly(intake: Intake) -> Intake:
    return Intake(replace(intake.desk, readonly=True), intake.folder)


@pytest.mark.parametrize("who", [_readonly, lambda intake: intake.at("4001")], ids=["readonly", "auditor"])
def test_who_may_not_register_may_look(intake: Intake, who: Callable[[Intake], Intake]) -> None:
    """Every part can be looked at, the acts are crossed out and say why, and no draft is begun."""
    looking = who(intake)

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.place(clerk)
        clerk.sees("开具户籍类证明申请表", "^S 登记×")
        await clerk.press("ctrl+s")
        assert "“登记”现在不能办" in clerk.message
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, WorklistScreen)

    app = looking.app()
    app.given = replace(app.given, readonly=looking.desk.readonly)
    play(app, story)

    assert (intake.drafts, intake.cases) == ((), [])


def test_a_changed_directory_is_seen_on_coming_back(intake: Intake) -> None:
    """Another window has added an office while one was elsewhere; what was typed stays."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "basis_place", "450102")
        clerk.misses("第2公安局")
        await clerk.press("f12")
        intake.with_offices(2)
        await clerk.press("escape")
        clerk.sees("[1]  示例市第2公安局")
        assert typing.field(clerk, "basis_place").value == "450102"

    intake.play(story)


def test_locked_and_unlocked_the_form_is_as_it_was(intake: Intake) -> None:
    """The lock covers it, and coming back fills in nothing anew."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "applicant.name", "覃")
        await clerk.press("ctrl+l")
        clerk.misses("开具户籍类证明")
        clerk.app.pop_screen()
        await clerk.settle()
        assert typing.field(clerk, "applicant.name").value == "覃"
        assert typing.hand_in(clerk).item.code == "59"

    intake.play(story)


def test_f1_says_all_hints_in_full(intake: Intake) -> None:
    """And what the field under the cursor asks for."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await clerk.press("f1")
        clerk.sees("户籍地、迁入地等所在的区县", "从上到下填一遍", "材料清单是示例")

    intake.play(story)


def test_the_palette_opens_it_for_those_who_register(intake: Intake) -> None:
    """A clerk and a supervisor find it, an auditor does not."""
    assert {"clerk", "supervisor"} == {str(role) for role in doors.door("intake").roles}
    assert not doors.door("intake").needs


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_field_error_and_hints_are_seen_together(intake: Intake, size: tuple[int, int]) -> None:
    """At both sizes: the part one works in, what is wrong of it in full, and what to look at."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.place(clerk)
        await typing.put(clerk, "applicant.valid_to", "2026-13-01")
        clerk.sees("证件到期    2026-13-01", "请按 2026-11-20 的样式填写", "材料清单是示例", "从未核实")

    intake.play(story, size)


def test_where_one_types_stays_in_sight(intake: Intake) -> None:
    """The last field of all, while its error takes a line more below: both are seen."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("ctrl+g")
        await typing.put(clerk, "remark", "好")
        clerk.sees("备注        好")
        await typing.put(clerk, "remark", "好\u202e")
        clerk.sees("备注        好", "✗ 备注含有不可见或改变文字方向的字符。")

    intake.play(story)


def test_a_resize_loses_nothing(intake: Intake) -> None:
    """From narrow to wide and back: the same form, with more beside it."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        before = typing.hand_in(clerk).value
        await clerk.pilot.resize_terminal(120, 40)
        await clerk.settle()
        clerk.sees("各栏填写完整", NAME)
        await clerk.pilot.resize_terminal(80, 24)
        await clerk.settle()
        clerk.misses("各栏填写完整")
        assert typing.hand_in(clerk).value == before

    intake.play(story)
