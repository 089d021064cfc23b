"""What is said of a consignment in each state, where each piece lies, and what cannot be an answer."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_consignment, arrived, found, paper_of
from workstation.acts import contacts, handover, results, troubles
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.errors import Explained
from workstation.screens.arrivals import answers, questions, saying
from workstation.screens.arrivals.asking import Given
from workstation.screens.arrivals.way import Way, look


def a_way(desk: Desk, state: str) -> Way:
    """A consignment in this state, as the screen looks at it."""
    return look(desk, a_consignment(desk, state).id)


@pytest.mark.parametrize(
    ("state", "told", "possible"),
    [
        (S.PACKING, "先装袋封装", set()),
        (S.SEALED, "等揽投员来取", set()),
        (S.HANDED_OVER, "F2 属地签收", {"acknowledge", "acknowledge_by_hand", "trouble"}),
        (S.HOME_CORRECTING, "补充封套", set()),
        (S.ACKNOWLEDGED, "受理 F4", {"home_accept", "home_correct", "decide", "home_refuse"}),
        (S.ACCEPTED, "等决定", {"decide", "home_refuse"}),
        (S.DECIDED, "等回寄 F7", {"result_return"}),
        (S.RESULT_RETURNING, "^S 到窗", {"arrive"}),
        (S.RESULT_ARRIVED, "F9 送达", {"arrive", "serve"}),
        (S.DONE, "已经办完", set()),
    ],
)
def test_each_state_says_what_comes_next(desk: Desk, state: str, told: str, possible: set[str]) -> None:
    """And exactly the acts of that state are possible."""
    way = a_way(desk, state)

    acts = {*questions.ACTS.values(), "arrive", "serve"} - {"contact"}
    assert told in saying.next_step(way)
    assert {act for act in acts if way.why_not(act) is None} == possible


def test_dates_come_in_their_order_and_apart(desk: Desk) -> None:
    """收件 is not 受理, 交寄 is not 签收; what has not come has no date."""
    labels = [label for label, _ in a_way(desk, S.RESULT_ARRIVED).dates()]

    assert labels == ["收件", "封装", "交寄", "属地签收", "属地受理", "属地决定", "回寄", "到窗"]


def test_four_dates_stand_on_a_line(desk: Desk) -> None:
    """So that all ten have room on the smallest screen."""
    lines = saying.dates(a_way(desk, S.RESULT_ARRIVED)).split("\n")

    assert [line.count("11-20") for line in lines] == [4, 4]


def test_beside_them_stand_envelopes_and_calls(desk: Desk) -> None:
    """With the waybill that is still live, and the latest tries."""
    number = builders.an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, builders.badge(desk)).number
    handover.scan_envelope(desk, batch, face=number, waybill=WAYBILL)
    handover.hand_over(desk, batch, missing={})
    (own,) = builders.consignments_in(desk, number)
    contacts.add(desk, own.id, who="home_office", outcome="busy_line", channel="phone")

    beside = saying.dates_beside(look(desk, own.id))

    assert f"封套 {number[-5:]} 已交寄 运单 {WAYBILL}" in beside
    assert "电话联系业务属地：占线" in beside


def test_each_piece_says_where_it_lies(desk: Desk) -> None:
    """Inside an envelope with its holder, on the way back, on the shelf."""
    coming = a_way(desk, S.RESULT_RETURNING)
    arrived(desk, coming.consignment.id)
    here = look(desk, coming.consignment.id)

    assert coming.where(coming.expected[0]) == "回寄途中"
    assert {here.where(p) for p in here.pieces if p.form == "result"} == {"结果货位 R-01"}
    envelope = (here.consignment.envelope or "")[-5:]
    assert {here.where(p) for p in here.pieces if p.holder == "inside"} == {f"业务属地（封套 {envelope}）"}


def test_what_the_mail_lost_is_said(desk: Desk) -> None:
    """Claimed for: the carrier answers, nobody waits."""
    own = a_consignment(desk, S.HANDED_OVER)
    troubles.trouble(desk, own.envelope or "", kind="lost")
    lost = look(desk, own.id)
    troubles.resolve(desk, own.envelope or "", outcome="claim")
    after = look(desk, own.id)

    assert "! 待办：丢失" in saying.next_step(lost)
    assert lost.why_not("resolve") is None
    assert "! 丢失，寄递企业赔付" in {after.where(piece) for piece in after.pieces}


def test_the_rest_may_come_late(desk: Desk) -> None:
    """With a piece missing, the check is open again; with all there it is over."""
    own = a_consignment(desk, S.RESULT_RETURNING)
    results.arrive(desk, own.id, [], place="R-01")
    waiting = look(desk, own.id)
    results.arrive(desk, own.id, found(desk, own.id), place="R-01")

    assert waiting.is_coming_back
    assert "还有没到的" in saying.next_step(waiting)
    assert not look(desk, own.id).is_coming_back


def refused_as(code: str, text: Explained) -> None:
    """A refusal in the clerk's words, under this code."""
    builders.assert_explained(text, code)


def test_only_this_envelopes_code_is_taken(desk: Desk) -> None:
    """Its slip in full, full width or short; any other is refused without saying what would be right."""
    way = a_way(desk, S.HANDED_OVER)
    slip = paper_of(desk, way.consignment.envelope or "", "reply_slip").number
    short = codes.short_form(slip)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in slip)

    assert [answers.of_this_envelope(way, said) for said in (slip, wide, f" {short[:2]} {short[2:]}")] == [
        slip,
        slip,
        short,
    ]
    for said in ("00000", way.consignment.envelope or "", "", "abc"):
        with pytest.raises(Explained) as caught:
            answers.of_this_envelope(way, said)
        refused_as("reply-code-elsewhere", caught.value)
        assert short not in "".join(caught.value.as_dict().values())


def test_copies_are_a_number() -> None:
    """Full width is folded; words are refused."""
    assert answers.copies(" ３ ") == 3
    for text in ("", "二", "-1", "1.5", "9" * 9):
        with pytest.raises(Explained) as caught:
            answers.copies(text)
        refused_as("count-impossible", caught.value)


def test_each_document_has_a_name() -> None:
    """One without is refused; none at all is nobody's fault here."""
    answers.named([])
    answers.named([{"name": "户籍证明"}])
    with pytest.raises(Explained) as caught:
        answers.named([{"name": "户籍证明"}, {"name": " "}])
    refused_as("results-missing", caught.value)


def test_a_waybill_is_scanned_or_typed_twice() -> None:
    """Nothing is a waybill too: it may not be known yet. Typed over, a scan is typed."""
    assert answers.waybill(Given()) == (None, "typed")
    scanned = Given({"waybill": RETURN_WAYBILL, "again": RETURN_WAYBILL}, scanned=RETURN_WAYBILL)
    assert answers.waybill(scanned) == (RETURN_WAYBILL, "scanned")
    typed = Given({"waybill": WAYBILL, "again": f" {WAYBILL}"}, scanned=RETURN_WAYBILL)
    assert answers.waybill(typed) == (WAYBILL, "typed")
    with pytest.raises(Explained) as caught:
        answers.waybill(Given({"waybill": WAYBILL, "again": ""}))
    refused_as("waybill-typed-twice", caught.value)


def test_every_question_can_be_put_at_any_moment(desk: Desk) -> None:
    """Even of a consignment without an envelope: the palette may ask before the footer has noticed."""
    way = a_way(desk, S.PACKING)

    titles = {name: questions.ask(name, way).title for name in questions.ACTS}

    assert all(titles.values())
    assert set(questions.WITH_WAYBILL) < set(titles)
