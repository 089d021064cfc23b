"""A case on one screen: found by whatever number leads to it, shown masked, its panes, its next step."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.case.hands import on_case, rows, screen, seated
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, play, widths
from workstation.acts import contacts, day_sheets, packing, papers, postages, registration, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.errors import OutsideFailed
from workstation.screens.case import sight
from workstation.screens.dialogs import Pick, Reading, Refusal

#: Everything about the applicant that nobody may read here.
CLEAR = ("覃示例", "450103199003070004", "13900000001", "101 室")


@pytest.fixture
def sent(desk: Desk) -> str:
    """A case whose envelope is at its home office."""
    return builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED).case_number


def test_it_shows_the_case_with_people_masked(desk: Desk, tmp_path: Path) -> None:
    """Number in fives, state by word and sign, item, 首问, telling limit, next step; nobody in clear."""
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("13501 02101 26324 00019", "· 已收件", "开具户籍类证明", "覃**", "139****0001")
        clerk.sees("首问 1001", "? 未核验", "告知时限 2026-11-27", "下一步：身份核验（F2）")
        clerk.sees("1 开具户籍类证明申请表", "? 未审", "1 示例市第1公安局示例派出所", "· 待封装")
        clerk.misses(*CLEAR)

    on_case(desk, tmp_path, number, story)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_every_pane_is_reached_by_keys_and_shows_nobody(
    desk: Desk, tmp_path: Path, sent: str, size: tuple[int, int]
) -> None:
    """→ through all of them and round, at both sizes; no line is wider than the terminal."""
    contacts.add(desk, sent, who="applicant", outcome="no_answer", note="覃示例 不在家")

    async def story(clerk: Clerk) -> None:
        seen = []
        for key in ("right", "ctrl+right", "right", "right", "right"):
            seen.append(clerk.text)
            await clerk.press(key)
        shown = "\n".join(seen)
        assert max(widths(shown)) <= size[0]
        assert not [text for text in CLEAR if text in shown]
        for text in ("封装", "业务属地 450101-police", "回执联", "申请人 无人接听　电话", "形式审查"):
            assert text in shown
        await clerk.press("left")
        clerk.sees("【联系与评价】" if size == NARROW else "【概要】【时间线】")

    on_case(desk, tmp_path, sent, story, size)


def test_a_wide_terminal_shows_two_panes_and_a_narrow_one_the_same_case(
    desk: Desk, tmp_path: Path, sent: str
) -> None:
    """The overview stays beside every other pane; resizing loses nothing."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("【概要】【时间线】", "属地签收", "1 开具户籍类证明申请表")
        await clerk.press("right")
        clerk.sees("【概要】 时间线 【材料与交接】", "现在谁手里", "1 开具户籍类证明申请表")
        await clerk.pilot.resize_terminal(*NARROW)
        await clerk.settle()
        clerk.sees("【材料与交接】", "现在谁手里")
        clerk.misses("1 开具户籍类证明申请表")

    on_case(desk, tmp_path, sent, story, WIDE)


def test_the_time_line_ends_with_what_came_last(desk: Desk, tmp_path: Path, sent: str) -> None:
    """All of the journal's entries, the cursor on the newest, with person and second; Enter tells one."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("right")
        entries = rows(clerk, "entries")
        assert len(entries.rows) == len(viewing.case_file(desk, sent).timeline)
        assert entries.cursor == len(entries.rows) - 1
        clerk.sees(">2026-11-20 09:00 属地签收", "收件登记")
        await clerk.press("home", "enter")
        clerk.sees("办理：收件登记", "经办：1001", "1 号窗口")

    on_case(desk, tmp_path, sent, story)


def test_enter_tells_everything_of_a_row_a_consignment_and_a_piece(
    desk: Desk, tmp_path: Path, sent: str
) -> None:
    """The standard and source of a row, each date of a consignment, the hands a piece went through."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        clerk.sees("标准：", "审查：✓ 通过", "来源：未核对")
        await clerk.press("escape", "tab", "enter")
        clerk.sees("示例市示例区示例路 1 号", "交寄：2026-11-20", "属地签收：2026-11-20")
        await clerk.press("escape", "right", "right", "enter")
        clerk.sees("窗口人员 1001", "揽投员 5001", "业务属地 450101-police", "因“属地签收”", "至今")

    on_case(desk, tmp_path, sent, story)


def test_a_paper_is_read_masked_and_printed_again_for_a_reason(desk: Desk, tmp_path: Path, sent: str) -> None:
    """The text of the 收件凭证 and the path of its sheet; ^R asks why, and the former one is void."""
    former = builders.paper_of(desk, sent, "intake_slip").number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+r")
        assert "请先到“纸面”选一张" in clerk.message
        await clerk.press("right", "right", "right", "enter")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("出纸盘：")
        # The cursor of the list below and the bar beside are no part of it, however it is broken.
        assert f"{former}.pdf" in re.sub(r"[│>\s\u2581-\u2588]", "", clerk.text)
        await clerk.press(*["pagedown"] * 2)
        clerk.misses("覃示例")
        await clerk.press("escape", "ctrl+r")
        clerk.sees("补打", "破损")
        await clerk.press("enter")
        again = builders.paper_of(desk, sent, "intake_slip").number
        assert "已办：补打" in clerk.message
        assert clerk.message.endswith(f"{again}.pdf")
        clerk.sees("× 作废")

    on_case(desk, tmp_path, sent, story)

    again = builders.paper_of(desk, sent, "intake_slip")
    assert (again.copy, again.replaces, again.reason) == (2, former, "damaged")


def test_the_face_of_an_envelope_has_no_text_and_says_so(desk: Desk, tmp_path: Path, sent: str) -> None:
    """It is drawn; where its sheet lies is told all the same."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("right", "right", "right", "down", "enter")
        clerk.sees("封套面", "出纸盘：", "没有文字可预览")

    on_case(desk, tmp_path, sent, story)


# --- by which numbers it is found


def test_every_number_of_a_case_leads_to_it(desk: Desk) -> None:
    """Its own, its consignment's, its envelope's, every live face's, the waybill's."""
    envelope = builders.an_envelope(desk, EnvelopeState.SEALED)
    (consignment,) = builders.consignments_in(desk, envelope.number)
    case = consignment.case_number
    faces = [paper.number for paper in papers.listed(desk, case)]

    assert len(faces) == 3
    for number in (case, consignment.id, f"{case}-p1", envelope.number, *faces):
        assert sight.cases_of(desk, number) == [case]


def test_a_number_of_no_case_is_told_and_one_is_back_where_one_was(desk: Desk, tmp_path: Path) -> None:
    """Never issued, a batch's, or a sheet of the whole hall: refused in words, and the worklist is back."""
    batch, supervisor = builders.a_batch(desk), builders.at(desk, "2001")
    sheets = (day_sheets.print_sheet(supervisor), postages.print_statement(supervisor, "2026-11"))
    of_none = dict.fromkeys((batch.number, *(sheet.number for sheet in sheets)), "不属于任何办件")
    for number, said in {"13501021012632499994": "下一步", **of_none}.items():

        async def story(clerk: Clerk, said: str = said) -> None:
            assert isinstance(clerk.app.screen, Refusal)
            clerk.sees(said)
            await clerk.press("enter")
            clerk.sees("工作台")

        on_case(desk, tmp_path, number, story)


def test_a_store_that_does_not_answer_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    """While one looks, what was shown stays and the message says why it is not newer."""

    def away(*_: object) -> None:
        raise OutsideFailed("store-away", what="大厅数据库连不上。", why="网络断了。", next="稍候再试。")

    async def story(clerk: Clerk) -> None:
        monkeypatch.setattr(sight, "look", away)
        await clerk.press("f1", "escape")
        assert "大厅数据库连不上" in clerk.message
        clerk.sees("· 属地已签收", "覃**")

    on_case(desk, tmp_path, sent, story)


def two_in_one(desk: Desk) -> tuple[str, str, str]:
    """An envelope with two cases in it."""
    first = builders.a_case(desk).number
    other = builders.a_case(desk, applicant=builders.a_person("买买提·吐尔逊", phone="13900000002")).number
    return packing.pack(desk, [first, other]).number, first, other


def test_of_several_cases_in_an_envelope_one_is_picked(desk: Desk, tmp_path: Path) -> None:
    """Each with state and masked name; Esc goes back without opening any."""
    envelope, _, other = two_in_one(desk)

    async def story(clerk: Clerk) -> None:
        assert isinstance(clerk.app.screen, Pick)
        clerk.sees("里有 2 个办件", "覃**", "买**·***")
        await clerk.press("down", "enter")
        assert screen(clerk).sight is not None
        clerk.sees("买**·***", other[-5:])

    on_case(desk, tmp_path, envelope, story)

    async def leaving(clerk: Clerk) -> None:
        await clerk.press("escape")
        clerk.sees("工作台")

    on_case(desk, tmp_path, envelope, leaving)


def test_a_scan_of_its_own_paper_shows_it_and_another_case_is_opened(
    desk: Desk, tmp_path: Path, sent: str, opened: Opened
) -> None:
    """What belongs here stays here; a scan never does an act."""
    slip = builders.paper_of(desk, sent, "intake_slip").number
    other = builders.a_case(desk, CaseState.REGISTERED).number
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip)
        clerk.sees("【纸面】", f">收件凭证                   {slip}")
        await clerk.scan(sent)
        assert opened == []
        await clerk.scan(other)

    on_case(desk, tmp_path, sent, story)

    assert opened == [("case", {"number": other})]
    assert builders.head(desk) == before


# --- the next step

NEXT = {
    ConsignmentState.PACKING: ("装袋", "sealing"),
    ConsignmentState.HANDED_OVER: ("属地签收", "arrivals"),
    ConsignmentState.ACKNOWLEDGED: ("等属地受理、决定", "arrivals"),
    ConsignmentState.DECIDED: ("结果回寄", "arrivals"),
    ConsignmentState.RESULT_RETURNING: ("结果到窗", "arrivals"),
    ConsignmentState.RESULT_ARRIVED: ("送达", "serving"),
    ConsignmentState.DONE: ("办结", "serving"),
}


@pytest.mark.parametrize("state", NEXT)
def test_f2_leads_to_the_next_usual_step(desk: Desk, tmp_path: Path, opened: Opened, state: str) -> None:
    """The head names it, F2 opens the screen it is done on."""
    number = builders.a_consignment(desk, state).case_number
    words, name = NEXT[ConsignmentState(state)]

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"下一步：{words}（F2）")
        await clerk.press("f2")

    on_case(desk, tmp_path, number, story)

    assert opened == [(name, {"number": number})]


def test_f2_leads_through_identity_review_and_correction(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Registered: look, then review; told what is missing: take it in; sealed: the courier."""
    fresh = builders.a_case(desk, CaseState.REGISTERED).number
    waiting = builders.a_case(desk, CaseState.TO_CORRECT).number
    lying = builders.a_consignment(desk, ConsignmentState.SEALED).case_number

    async def first(clerk: Clerk) -> None:
        await clerk.press("f2", "enter", "enter")
        clerk.sees("下一步：形式审查（F2）", "✓ 已核验")
        await clerk.press("f2")

    async def then(clerk: Clerk) -> None:
        await clerk.press("f2")

    on_case(desk, tmp_path, fresh, first)
    on_case(desk, tmp_path, waiting, then)
    on_case(desk, tmp_path, lying, then)

    assert opened == [("review", {"number": fresh}), ("review", {"number": waiting}), ("courier", {})]


def test_an_ended_case_has_no_next_step(desk: Desk, tmp_path: Path) -> None:
    """It is said, and F2 says it again."""
    number = builders.a_case(desk, CaseState.GUIDED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("× 已指引", "没有（在本窗口已无事可办）")
        await clerk.press("f2")
        assert "没有通常的下一步" in clerk.message

    on_case(desk, tmp_path, number, story)


def test_a_key_whose_act_is_not_possible_says_why(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Crossed out in the footer; pressed, the reason of the act's own guard; nothing opens."""
    number = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        assert "F2 下一步  ^O 其他  F3 核验  F4 审查  ^T 期限  F5 告知×" in clerk.keys
        for key, said in (("f5", "有材料没有审查"), ("f6", "现在是“已收件”"), ("f7", "还没有封装好的封套")):
            await clerk.press(key)
            assert said in clerk.message
        await clerk.press("f9")
        assert "“送达”现在不能办" in clerk.message
        await clerk.press("f4")

    on_case(desk, tmp_path, number, story)

    assert opened == [("review", {"number": number})]


@pytest.mark.parametrize("who", ["4001", "3001", "readonly"])
def test_who_may_not_act_sees_everything_masked(desk: Desk, tmp_path: Path, who: str) -> None:
    """Auditor, administrator, inspector: all panes, every act crossed out with its reason, no trace."""
    number = builders.a_consignment(desk, ConsignmentState.SEALED).case_number
    there = replace(desk, readonly=True) if who == "readonly" else builders.at(desk, who)
    said = "本次只看不写" if who == "readonly" else "由窗口人员、值班长办理"
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("覃**", "F3 核验×")
        for key in ("f3", "f6", "f7", "ctrl+r"):
            await clerk.press(key)
            assert said in clerk.message
        await clerk.press("right", "right", "right", "enter")
        clerk.sees("收件凭证")
        clerk.misses(*CLEAR)
        await clerk.press("escape", "ctrl+o", "down", "down", "enter")
        assert "“查看明文”现在不能办" in clerk.message
        assert said in clerk.message

    on_case(there, tmp_path, number, story)

    assert builders.head(desk) == before


# --- what stands on it may change, and be hostile


def test_coming_back_shows_what_has_changed_and_keeps_the_cursor(desk: Desk, tmp_path: Path) -> None:
    """Somebody else has looked at the person and reviewed meanwhile."""
    number = builders.a_case(desk, CaseState.REGISTERED).number
    app = seated(desk, tmp_path, number)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down")
        builders.identified(builders.at(desk, "1002"), number)
        builders.review_all(builders.at(desk, "1002"), number)
        await clerk.press("f1", "escape")
        clerk.sees("· 待封装", "✓ 已核验", "✓ 通过")
        assert rows(clerk, "rows").cursor == 2

    play(app, story)


def test_hostile_and_rare_text_is_text(desk: Desk, tmp_path: Path) -> None:
    """Markup in an office's name and a note, rare characters in a long name: literal, and nobody quits."""
    office = builders.an_office(name="[bold]x[/] [/oops] [@click=app.quit]示例[/]派出所")
    person = builders.a_person("𠮷𬀩㐂·买买提·吐尔逊·阿卜杜拉", phone="13900000009")
    intake = builders.an_intake(offices=(office,), applicant=person)
    number = registration.register(desk, intake).number
    contacts.add(desk, number, who="applicant", outcome="reached", note="[/oops]")

    async def story(clerk: Clerk) -> None:
        clerk.sees("[bold]x[/]", "𠮷**·***·***·****")
        await clerk.press("tab", "enter")
        clerk.sees("[bold]x[/] [/oops] [@click=app.quit]示例[/]派出所")
        await clerk.press("escape", *["right"] * 4, "end", "enter")
        clerk.sees("（已遮盖）")

    on_case(desk, tmp_path, number, story)
