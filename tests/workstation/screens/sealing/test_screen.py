"""装袋封装: the plain way in few keys, two scans that belong together, and what happens when they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from tests import builders
from tests.builders import ONE_CLERK, a_case, an_envelope, at, envelope_of, paper_of
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.sealing.scenes import HOSTILE, a_hostile_supplement
from tests.workstation.screens.stage import WIDE, Clerk, a_counter, a_desk, play
from workstation.acts import drafts, identification, packing, papers, registration, users, waiting
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.errors import Refused
from workstation.screens.sealing import companions
from workstation.screens.sealing.screen import SealingScreen
from workstation.store.drafts import Drafts
from workstation.store.protocols import StoreFailed

PIN = "704913"
FIVE = "65"
"""An item of which five papers are sent."""


def screen(clerk: Clerk) -> SealingScreen:
    """The packing screen."""
    return cast(SealingScreen, clerk.screen)


def listed(desk: Desk, envelope: str) -> str:
    """The number of an envelope's packing list."""
    return paper_of(desk, envelope, "packing_list").number


async def scan_both(clerk: Clerk, desk: Desk, envelope: str) -> None:
    """The two scans, list first."""
    await clerk.scan(listed(desk, envelope))
    await clerk.scan(paper_of(desk, envelope, "envelope").number)


def in_envelope(desk: Desk, number: str) -> list[str]:
    """The papers in an envelope."""
    with desk.reading() as reading:
        return sorted(p.id for p in reading.pieces.where(holder=Holder.INSIDE, holder_ref=number))


def envelopes(desk: Desk) -> list[str]:
    """Every envelope of the hall."""
    with desk.reading() as reading:
        return [envelope.number for envelope in reading.envelopes.where()]


@pytest.fixture
def case(desk: Desk) -> str:
    """A reviewed case with three papers to send."""
    return a_case(desk).number


@pytest.fixture
def envelope(desk: Desk) -> str:
    """An open envelope."""
    return an_envelope(desk).number


@pytest.fixture
def second(desk: Desk) -> str:
    """Somebody with a PIN who can confirm."""
    return with_pin(desk)


def with_pin(desk: Desk, code: str = "2001") -> str:
    """This person has a PIN now."""
    users.set_pin(at(desk, code), code, PIN)
    return code


@pytest.fixture
def lonely(tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """A hall with one clerk, where what needs a second person waits."""
    made = a_desk(tmp_path, staff=ONE_CLERK)
    yield made
    made.store.engine.close()


# --- the plain way


def test_five_papers_are_sealed_with_eight_keys(desk: Desk, tmp_path: Path) -> None:
    """A blank for each paper, ^S, two scans, a blank for 无涉密, ^S; the place is the last one's."""
    builders.sealed(desk, an_envelope(desk).number, place="A-07")
    number = a_case(desk, item=FIVE).number
    pressed: list[str] = []

    async def press(clerk: Clerk, *keys: str) -> None:
        pressed.extend(keys)
        await clerk.press(*keys)

    async def story(clerk: Clerk) -> None:
        clerk.sees("0/5")
        await press(clerk, *["space"] * 5, "ctrl+s")
        clerk.sees("待封口", "请扫封套面和内件清单")
        await scan_both(clerk, desk, envelopes(desk)[-1])
        clerk.sees("不填就是 A-07（上次）", "本封套")
        await press(clerk, "space", "ctrl+s")
        clerk.sees("✓ 已封装，在货位 A-07", "办好")
        assert screen(clerk).unsaved is None

    play(a_counter(desk, tmp_path, "sealing", number=number), story)

    made = envelope_of(desk, envelopes(desk)[-1])
    assert (made.state, made.place, made.inspected_by) == (EnvelopeState.SEALED, "A-07", "1001")
    assert len(in_envelope(desk, made.number)) == 5
    assert len(pressed) == 8
    assert drafts.listed(desk).drafts == ()
    builders.assert_true_ledger(desk, number)


def test_packing_waits_for_every_paper(desk: Desk, case: str, tmp_path: Path) -> None:
    """^S before all is confirmed says how many are not; a blank twice takes one back; F6 packs as ^S does."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space", "ctrl+s")
        assert clerk.message == "“装袋封装”现在不能办：还有 1 份没有确认装入"
        await clerk.press("space", "space", "f6")
        clerk.sees("2/3")
        await clerk.press("space", "f6")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)

    assert len(in_envelope(desk, envelopes(desk)[0])) == 3


def test_a_place_and_another_inspector_are_typed(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """The first envelope of the day has no place before it; who has looked must be on duty."""

    async def story(clerk: Clerk) -> None:
        await scan_both(clerk, desk, envelope)
        await clerk.press("ctrl+s")
        assert "还没有写货位" in clerk.message
        await clerk.type("B-12")
        await clerk.press("enter")
        await clerk.fill("inspector", "9999")
        clerk.sees("✗ 不在岗或没有这个工号")
        await clerk.press("ctrl+s")
        assert "验视人不在岗" in clerk.message
        await clerk.fill("inspector", "1002")
        clerk.sees("✓ 陈二河")
        await clerk.press("ctrl+s")
        assert "无涉密" in clerk.message
        await clerk.press("enter", "space", "enter", "ctrl+s")
        clerk.sees("✓ 已封装，在货位 B-12", "验视　1002 陈二河")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    made = envelope_of(desk, envelope)
    assert (made.place, made.inspected_by, made.sealed_by) == ("B-12", "1002", "1001")


@pytest.mark.parametrize(
    ("typed", "said", "at"),
    [
        ({}, "还没有写货位", "place"),
        ({"place": "A-01", "inspector": "9999"}, "验视人不在岗", "inspector"),
        ({"place": "A-01"}, "还没有确认封套内无涉密材料", "no_secret"),
    ],
)
def test_what_the_seal_waits_for_gets_the_cursor(
    desk: Desk, envelope: str, tmp_path: Path, typed: dict[str, str], said: str, at: str
) -> None:
    """^S from anywhere on the screen says what is missing and goes there; a blank ticks at once."""

    async def story(clerk: Clerk) -> None:
        await scan_both(clerk, desk, envelope)
        for name, text in typed.items():
            await clerk.fill(name, text)
        screen(clerk).rows.focus()
        await clerk.press("ctrl+s")
        assert said in clerk.message
        wanted = screen(clerk).pane.tick if at == "no_secret" else screen(clerk).pane.field(at)
        assert wanted.has_focus_within or wanted.has_focus
        if at == "no_secret":
            await clerk.press("space", "ctrl+s")
            clerk.sees("✓ 已封装，在货位 A-01")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    assert envelope_of(desk, envelope).state == (
        EnvelopeState.SEALED if at == "no_secret" else EnvelopeState.OPEN
    )


def test_a_face_not_scanned_gets_the_cursor(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Of the two, the one that is missing; its number can be typed at once."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        screen(clerk).rows.focus()
        await clerk.press("ctrl+s")
        assert "还没有扫内件清单" in clerk.message
        await clerk.type(listed(desk, envelope))
        clerk.misses("请扫")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


def test_a_paper_not_confirmed_gets_the_cursor(desk: Desk, case: str, tmp_path: Path) -> None:
    """^S too early goes to the first line without a sign, wherever the cursor stood."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "down", "space", "ctrl+s")
        assert "还有 1 份没有确认装入" in clerk.message
        assert screen(clerk).rows.cursor == 1
        await clerk.press("space", "ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)


def test_what_is_missing_elsewhere_moves_no_cursor(desk: Desk, tmp_path: Path) -> None:
    """Identity is looked at on another screen: the cursor stays, the reason is told."""
    number = a_case(desk, CaseState.REGISTERED).number
    builders.review_all(desk, number)
    packed = packing.pack(desk, [number]).number

    async def story(clerk: Clerk) -> None:
        screen(clerk).pane.field("inspector").focus()
        await clerk.press("ctrl+s")
        assert "没有通过身份核验" in clerk.message
        assert screen(clerk).pane.field("inspector").has_focus_within

    play(a_counter(desk, tmp_path, "sealing", number=packed), story)


def test_a_hall_without_a_scanner_types_the_numbers(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Twenty digits are looked up; another kind, another envelope and nonsense are told beside the field."""
    number, other = listed(desk, envelope), an_envelope(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.type(envelope[:18])
        clerk.sees("还差 2 位")
        await clerk.fill("envelope", number)
        clerk.sees("✗ 这是内件清单的编号")
        await clerk.fill("envelope", other)
        clerk.sees("✗ 不是一套", other)
        await clerk.fill("envelope", "1" * 20)
        clerk.sees("✗ 扫到的不是认识的编号")
        await clerk.fill("envelope", f"{envelope[:10]} {envelope[10:]}")
        clerk.sees("✓ 本封套", "请扫内件清单")
        await clerk.type(number)
        clerk.misses("请扫")
        await clerk.press("backspace")
        await clerk.press("ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    assert envelope_of(desk, envelope).state == EnvelopeState.OPEN


# --- scans that do not belong together


def test_the_list_of_another_envelope_is_told_and_not_taken(
    desk: Desk, envelope: str, tmp_path: Path, opened: Opened
) -> None:
    """It says which list belongs here, and stays with its envelope even if both scans are another's."""
    other = an_envelope(desk).number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.scan(listed(desk, other))
        clerk.sees("不是一套", other, listed(desk, envelope), "请扫内件清单")
        await clerk.scan(other)
        await clerk.press("ctrl+s")
        assert "还没有扫内件清单" in clerk.message
        await clerk.scan(listed(desk, envelope))
        clerk.misses("不是一套")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    assert opened == []
    assert {envelope_of(desk, n).state for n in (envelope, other)} == {EnvelopeState.OPEN}


def test_the_reply_slip_on_the_same_sheet_is_no_list(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Two barcodes stand on that sheet; the wrong one is told by name."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(paper_of(desk, envelope, "reply_slip").number)
        assert clerk.message == "这是回执联；请扫同一张纸上内件清单的条码。"
        assert screen(clerk).ticks.scans == {}

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


def test_a_scan_leaves_a_half_typed_place_alone(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Scanned with the cursor in a field, or over a dialog: the field keeps its text, the scan is ticked."""

    async def story(clerk: Clerk) -> None:
        await clerk.fill("place", "A-0")
        await clerk.scan(listed(desk, envelope))
        assert screen(clerk).pane.field("place").value == "A-0"
        await clerk.press("ctrl+g")
        await clerk.scan(envelope)
        await clerk.press("escape")
        assert screen(clerk).ticks.scans == {"envelope": envelope, "packing_list": listed(desk, envelope)}
        assert screen(clerk).ticks.place == "A-0"

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


def test_a_case_scanned_while_packing_is_only_opened(
    desk: Desk, case: str, tmp_path: Path, opened: Opened
) -> None:
    """What belongs to no envelope leads to where it always leads, and what was ticked is still ticked."""
    other = a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        await clerk.scan(other)
        clerk.sees("1/3")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)

    assert opened == [("case", {"number": other})]


def test_what_does_not_fit_goes_into_a_larger_envelope(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """^R, the face, 换封套, which one; the list of another reason asks for none."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+r", "enter")
        clerk.sees("为什么补打", "换封套")
        await clerk.press("end", "enter")
        clerk.sees("换成哪种封套", "C4　324×229 毫米", "76x130")
        await clerk.press(*["down"] * 4, "enter")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    (face,) = builders.papers_of(desk, envelope, "envelope")
    assert (face.stock, face.copy, face.reason) == ("C4", 2, "other_stock")


def test_an_unreadable_label_is_printed_again(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """^R, which one, why; the former scan does not count any more, the new number does."""
    former = listed(desk, envelope)

    async def story(clerk: Clerk) -> None:
        await scan_both(clerk, desk, envelope)
        await clerk.press("ctrl+r", "down", "enter")
        clerk.sees("为什么补打")
        await clerk.press("end", "up", "enter")
        clerk.sees("已补打内件清单", "请扫内件清单")
        await clerk.scan(former)
        clerk.sees("已作废", "请扫内件清单")
        await clerk.scan(listed(desk, envelope))
        await clerk.type("A-01")
        await clerk.press("enter", "space", "ctrl+s")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    copy = next(p for p in papers.listed(desk, envelope) if p.replaces == former and p.kind == "packing_list")
    assert copy.reason in papers.REPRINT_REASONS
    assert envelope_of(desk, envelope).state == EnvelopeState.SEALED


# --- several, and fewer


def test_cases_to_one_office_travel_in_one_envelope(desk: Desk, case: str, tmp_path: Path) -> None:
    """Only those that wait for the same office are offered; the papers of each are confirmed."""
    beside = a_case(desk).number
    away = a_case(desk, offices=(builders.an_office(2),)).number
    packed = an_envelope(desk).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("同属地另有 1 件")
        await clerk.press("space", "insert")
        clerk.sees(beside)
        clerk.misses(away)
        await clerk.press("space", "space", "space", "enter")
        clerk.sees("合装　2 件", "1/6")
        await clerk.press("home", "down", *["space"] * 5, "ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)

    (made,) = [number for number in envelopes(desk) if number != packed]
    assert {c.case_number for c in builders.consignments_in(desk, made)} == {case, beside}
    assert len(in_envelope(desk, made)) == 6


def test_nothing_to_join_says_so(desk: Desk, case: str, tmp_path: Path) -> None:
    """Ins without anybody else waiting."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("insert")
        assert clerk.message == "“合装”现在不能办：没有别的送件在等同一属地"

    play(a_counter(desk, tmp_path, "sealing", number=case), story)


def test_a_paper_stays_out_with_a_second_person(desk: Desk, case: str, second: str, tmp_path: Path) -> None:
    """Del instead of a blank; a wrong PIN is told, and nothing that was confirmed is lost."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "delete", "space")
        clerk.sees("不装", "1 份不装，要第二人确认")
        await clerk.press("ctrl+s")
        await clerk.type(second)
        await clerk.press("enter")
        await clerk.type("000001")
        await clerk.press("enter")
        clerk.sees("PIN")
        await clerk.press("escape")
        clerk.sees("不装", "没有办理")
        await clerk.press("ctrl+s")
        await clerk.type(second)
        await clerk.press("enter")
        await clerk.type(PIN)
        await clerk.press("enter")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)

    (made,) = envelopes(desk)
    assert len(in_envelope(desk, made)) == 2
    builders.assert_true_ledger(desk, case)


def test_where_one_clerk_is_alone_it_waits(lonely: Desk, tmp_path: Path) -> None:
    """Leaving a paper out is noted and waits; the screen says so and does not note it twice."""
    number = a_case(lonely).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("delete", "space", "space", "ctrl+s")
        clerk.sees("已经装过，在等第二人确认")
        assert screen(clerk).unsaved is None
        await clerk.press("ctrl+s")
        assert "在等第二人确认" in clerk.message

    play(a_counter(lonely, tmp_path, "sealing", number=number), story)

    assert [each.object for each in waiting.listed(lonely)] == [f"{number}-1"]
    assert envelopes(lonely) == []


def test_the_next_office_of_the_same_case_is_one_key_away(desk: Desk, tmp_path: Path) -> None:
    """多地联办: one consignment after the other; F2 is refused while one is half done."""
    number = a_case(desk, offices=2).number

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"{number}-1", "第1公安局")
        await clerk.press("space", "f2")
        assert "这一件还没有办完" in clerk.message
        await clerk.press("space", "space", "ctrl+s")
        await scan_both(clerk, desk, envelopes(desk)[0])
        await clerk.type("A-01")
        await clerk.press("enter", "space", "ctrl+s", "f2")
        clerk.sees(f"{number}-2", "第2公安局", "0/3")

    play(a_counter(desk, tmp_path, "sealing", number=number), story)


def test_a_consignment_is_opened_by_its_own_id(desk: Desk, tmp_path: Path) -> None:
    """The second of two, not the first."""
    number = a_case(desk, offices=2).number

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"{number}-2", "第2公安局")

    play(a_counter(desk, tmp_path, "sealing", number=f"{number}-2"), story)


def test_a_supplement_goes_the_same_way(desk: Desk, tmp_path: Path) -> None:
    """What a home office asked for is packed and sealed into an envelope of its own."""
    number = a_hostile_supplement(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("补充材料", *HOSTILE)
        await clerk.press(*["space"] * 5, "ctrl+s")
        made = envelopes(desk)[-1]
        await scan_both(clerk, desk, made)
        await clerk.type("B-01")
        await clerk.press("enter", "space", "ctrl+s")
        clerk.sees("✓ 已封装")

    play(a_counter(desk, tmp_path, "sealing", number=number), story)

    made = envelope_of(desk, envelopes(desk)[-1])
    assert (made.purpose, made.state) == ("supplement", EnvelopeState.SEALED)


# --- what the seal waits for


def test_a_bearer_nobody_has_looked_at_is_told_before_packing(desk: Desk, tmp_path: Path) -> None:
    """It is said while the papers are laid in, and the seal is refused by name."""
    number = registration.register(desk, builders.an_intake()).number
    builders.review_all(desk, number)

    async def story(clerk: Clerk) -> None:
        clerk.sees("封装还等：还没有核验申请人的身份")
        await clerk.press("space", "space", "space", "ctrl+s")
        clerk.sees("! 现在不能封装")
        await scan_both(clerk, desk, envelopes(desk)[0])
        await clerk.press("ctrl+s")
        assert "没有通过身份核验" in clerk.message
        identification.identify(desk, number, method="in_person", outcome="passed")
        await screen(clerk).load()
        clerk.misses("封装还等")

    play(a_counter(desk, tmp_path, "sealing", number=number), story)


def test_a_case_not_reviewed_yet_cannot_be_packed(desk: Desk, tmp_path: Path) -> None:
    """The reason stands on the screen; blanks tick nothing."""
    number = a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("! 现在不能装袋：办件现在是“已收件”")
        await clerk.press("space", "ctrl+s")
        assert screen(clerk).ticks.is_empty
        assert "已收件" in clerk.message

    play(a_counter(desk, tmp_path, "sealing", number=number), story)

    assert envelopes(desk) == []


def test_a_number_that_leads_nowhere_is_told(desk: Desk, tmp_path: Path) -> None:
    """No screen without words: what, why, what next."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗ 没有")
        await clerk.press("ctrl+s")
        assert "不能办" in clerk.message

    play(a_counter(desk, tmp_path, "sealing", number="13501021012632400019-7"), story)


# --- taking it back


def test_an_open_envelope_is_voided_with_a_reason(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Its papers are to be laid in anew, on the same screen; Esc in the question voids nothing."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.press("ctrl+g", "escape")
        assert envelope_of(desk, envelope).state == EnvelopeState.OPEN
        await clerk.press("ctrl+g", "right", "ctrl+s")
        clerk.sees("已作废", "未装袋", "0/3")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    voided = envelope_of(desk, envelope)
    assert (voided.state, voided.reason) == (EnvelopeState.VOID, list(packing.REASONS)[1])
    assert drafts.listed(desk).drafts == ()


def test_a_seal_is_opened_with_a_second_person(desk: Desk, second: str, tmp_path: Path) -> None:
    """拆封 before it has left; without the second person nothing happens."""
    number = an_envelope(desk, EnvelopeState.SEALED).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "已封装" in clerk.message
        await clerk.press("ctrl+t", "ctrl+s", "escape")
        assert envelope_of(desk, number).state == EnvelopeState.SEALED
        await clerk.press("ctrl+t", "ctrl+s")
        await clerk.type(second)
        await clerk.press("enter")
        await clerk.type(PIN)
        await clerk.press("enter")
        clerk.sees("已拆封", "0/3")

    play(a_counter(desk, tmp_path, "sealing", number=number), story)

    assert envelope_of(desk, number).state == EnvelopeState.VOID


def test_the_rarer_acts_stand_in_a_list(desk: Desk, envelope: str, tmp_path: Path, opened: Opened) -> None:
    """^O: the list can be read, an impossible act says why, and the case is one key away."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+o")
        clerk.sees("× 拆封：封套现在是“待封口”", "作废")
        await clerk.press("enter")
        clerk.sees("本清单编号", listed(desk, envelope))
        await clerk.press("escape", "ctrl+o", "end", "enter")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    (consignment,) = builders.consignments_in(desk, envelope)
    assert opened == [("case", {"number": consignment.case_number})]


def test_the_list_is_read_before_it_is_printed(desk: Desk, case: str, tmp_path: Path) -> None:
    """^Y while packing shows the text, and writes nothing."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+y")
        clerk.sees("打印时编号")
        await clerk.press("escape")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)

    assert builders.head(desk) == before


# --- nothing is lost


def test_leaving_asks_and_coming_back_goes_on(desk: Desk, case: str, tmp_path: Path) -> None:
    """Esc asks; what was confirmed is a draft, and the next screen begins where this one stopped."""

    async def leaving(clerk: Clerk) -> None:
        await clerk.press("space", "space", "escape")
        clerk.sees("离开这个画面吗", "还没有装袋")
        await clerk.press("escape")
        clerk.sees("2/3")
        await clerk.press("escape", "enter")
        clerk.misses("2/3")

    play(a_counter(desk, tmp_path, "sealing", number=case), leaving)
    (draft,) = drafts.listed(desk).drafts
    assert (draft.kind, draft.object) == ("packing", case)

    async def coming_back(clerk: Clerk) -> None:
        clerk.sees("接着办：1001", "2/3")
        await clerk.press("end", "space", "ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), coming_back)

    assert drafts.listed(desk).drafts == ()


def test_scans_and_place_outlive_the_program(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Half sealed, the program is gone: face and place are there again; 无涉密 has to be said anew."""

    async def half(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.fill("place", "C-03")
        await clerk.fill("inspector", "1002")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), half)

    async def whole(clerk: Clerk) -> None:
        clerk.sees("请扫内件清单", "C-03", "陈二河")
        assert not screen(clerk).pane.tick.ticked
        await clerk.scan(listed(desk, envelope))
        await clerk.press("space", "ctrl+s")
        clerk.sees("✓ 已封装，在货位 C-03")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), whole)

    assert envelope_of(desk, envelope).inspected_by == "1002"
    assert drafts.listed(desk).drafts == ()


def test_a_draft_that_cannot_be_kept_is_told_once(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was ticked stays on the screen, and it can be packed all the same."""

    def full(*_: object, **__: object) -> None:
        raise StoreFailed("disk_full")

    monkeypatch.setattr(Drafts, "begin", full)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        clerk.sees("注意：草稿没有存成", "1/3")
        clerk.app.done("别的事")
        await clerk.press("space")
        assert clerk.message == "别的事"
        await clerk.press("space", "ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)


def test_a_draft_that_does_not_open_is_told_and_begun_anew(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen opens all the same, with nothing ticked."""

    async def leaving(clerk: Clerk) -> None:
        await clerk.press("space")

    play(a_counter(desk, tmp_path, "sealing", number=case), leaving)

    def gone(*_: object) -> None:
        raise Refused("draft-not-found", what="没有草稿。", why="查不到。", next="重新开始。")

    monkeypatch.setattr(drafts, "resume", gone)

    async def coming_back(clerk: Clerk) -> None:
        clerk.sees("没有草稿。", "0/3")

    play(a_counter(desk, tmp_path, "sealing", number=case), coming_back)


def test_a_paper_left_in_hand_is_marked(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """It came after the list was printed: a sign at its row, and why the seal waits."""
    (consignment,) = builders.consignments_in(desk, envelope)
    with desk.act("pack") as work:
        work.object = envelope
        piece = work.pieces.where(consignment=consignment.id, holder=Holder.INSIDE)[0]
        work.pieces.save(replace(piece, holder=Holder.CLERK, holder_ref="1001"))

    async def story(clerk: Clerk) -> None:
        clerk.sees("! 未装", "! 现在不能封装", "封装还等：还在窗口人员手里")
        await clerk.press("shift+tab", "space")
        assert clerk.message == "已经装袋；要改请先作废"

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


def test_leaving_while_companions_are_looked_for_harms_nothing(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer comes when nobody is there any more."""
    asked, go_on = Event(), Event()

    def slow(*_: object) -> tuple[()]:
        asked.set()
        go_on.wait(5)
        return ()

    monkeypatch.setattr(companions, "waiting", slow)

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(SealingScreen(case))
        await clerk.pilot.pause()
        while not asked.is_set():
            await clerk.pilot.pause()
        clerk.app.pop_screen()
        await clerk.pilot.pause()
        go_on.set()
        await clerk.settle()
        assert clerk.screen.TITLE_WORD == "工作台"

    play(a_counter(desk, tmp_path), story)

    assert go_on.is_set()


def test_another_size_at_any_moment_loses_nothing(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """Too small says so; large again, scans and what was typed are there."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.fill("place", "C-03")
        await clerk.pilot.resize_terminal(40, 10)
        await clerk.settle()
        clerk.sees("窗口太小了")
        await clerk.pilot.resize_terminal(*WIDE)
        await clerk.settle()
        clerk.sees("C-03", "✓ 本封套", "办件编号", "请扫内件清单")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


def test_every_key_explains_itself(desk: Desk, case: str, tmp_path: Path) -> None:
    """F1 tells what the list wants; the palette finds the acts by their initials."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f1")
        clerk.sees("放进封套的按空格", "^S")
        await clerk.press("escape", "ctrl+p")
        await clerk.type("zdfz")
        clerk.sees("装袋封装", "还有 3 份没有确认装入")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)


def test_a_case_changed_meanwhile_is_not_packed(desk: Desk, case: str, tmp_path: Path) -> None:
    """Another window was faster: it is said who, what was confirmed stays, and the second try packs."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space", "space")
        identification.identify(at(desk, "1002"), case, method="in_person", outcome="passed")
        await clerk.press("ctrl+s")
        clerk.sees("已被改动", "1002")
        await clerk.press("enter")
        clerk.sees("齐了")
        await clerk.press("ctrl+s")
        clerk.sees("待封口")

    play(a_counter(desk, tmp_path, "sealing", number=case), story)


def test_an_envelope_voided_elsewhere_is_not_sealed(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """The seal is refused, and the screen shows the papers to be packed anew."""

    async def story(clerk: Clerk) -> None:
        await scan_both(clerk, desk, envelope)
        await clerk.type("A-01")
        await clerk.press("enter", "space")
        packing.void(at(desk, "1002"), envelope, reason="damaged")
        await clerk.press("ctrl+s")
        clerk.sees("代号")
        await clerk.press("enter")
        clerk.sees("未装袋", "0/3")

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)

    assert envelope_of(desk, envelope).state == EnvelopeState.VOID


def test_nothing_secret_is_said_anew_for_each_envelope(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """A voided envelope's 无涉密 says nothing about the next one."""

    async def story(clerk: Clerk) -> None:
        await scan_both(clerk, desk, envelope)
        await clerk.type("A-01")
        await clerk.press("enter", "space", "ctrl+g", "ctrl+s", "space", "space", "space", "ctrl+s")
        clerk.sees("待封口")
        assert not screen(clerk).pane.tick.ticked

    play(a_counter(desk, tmp_path, "sealing", number=envelope), story)


# --- who may only look


@pytest.mark.parametrize(
    ("code", "readonly", "why"), [("4001", False, "“补打”由"), ("1001", True, "本次只看不写")]
)
def test_whoever_may_only_look_sees_and_writes_nothing(
    desk: Desk, case: str, tmp_path: Path, code: str, readonly: bool, why: str
) -> None:
    """An auditor, or a window that only looks: all is shown, each key says why not, no draft is begun."""
    before = builders.head(desk)
    looking = replace(at(desk, code), readonly=readonly)

    async def story(clerk: Clerk) -> None:
        clerk.sees(case, "无法取得居民户口簿")
        await clerk.press("space", "delete", "ctrl+s", "ctrl+g", "ctrl+r")
        clerk.sees(why)
        assert screen(clerk).ticks.is_empty

    play(a_counter(looking, tmp_path, "sealing", number=case), story)

    assert builders.head(desk) == before
    assert drafts.listed(desk).drafts == ()


def test_an_envelope_that_has_left_only_shows(desk: Desk, tmp_path: Path) -> None:
    """Handed over: neither sealed nor voided here any more."""
    number = an_envelope(desk, EnvelopeState.HANDED_OVER).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("已交寄")
        await clerk.press("ctrl+s", "ctrl+g", "ctrl+t")
        assert "不能办" in clerk.message

    play(a_counter(desk, tmp_path, "sealing", number=number), story)

    assert envelope_of(desk, number).state == EnvelopeState.HANDED_OVER


def test_a_supplement_of_a_deferred_paper_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    """容缺: what follows a consignment that has left goes into an envelope of its own."""
    consignment = builders.a_deferred_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    builders.brought(desk, consignment.case_number)

    async def story(clerk: Clerk) -> None:
        clerk.sees("补充材料", "0/1")
        await clerk.press("space", "ctrl+s")
        clerk.sees("补充材料　待封口")

    play(a_counter(desk, tmp_path, "sealing", number=consignment.case_number), story)
