"""What a scan means here: the number must have been issued; what it stands for, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from tests import builders
from tests.builders import WAYBILL, a_case, an_envelope, badge, batched, paper_of, refused, with_second
from tests.engines import HALL
from tests.workstation.domain.lists import a_list
from workstation.acts import handover, packing, papers, scan_log, scanning
from workstation.acts.desk import Desk
from workstation.acts.scanning import Taken
from workstation.domain import codes, lifecycle, manifest, scans
from workstation.domain.case import CaseState
from workstation.domain.codes import HallCode, Kind
from workstation.domain.envelope import EnvelopeState
from workstation.domain.grades import Grade
from workstation.store.protocols import StoreFailed


def test_a_case_number_leads_to_the_case(desk: Desk) -> None:
    """With its state and the acts possible now."""
    case = a_case(desk, CaseState.REGISTERED)

    scanned = scanning.scan(desk, f"]C1{case.number} ")

    assert (scanned.kind, scanned.object, scanned.state) == ("case", case.number, "registered")
    assert scanned.acts == lifecycle.allowed(lifecycle.CASE, "registered")


@pytest.mark.parametrize("kind", ["envelope", "packing_list", "reply_slip"])
def test_every_live_face_leads_to_its_envelope(desk: Desk, kind: str) -> None:
    """Whichever of the three is at hand."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number

    scanned = scanning.scan(desk, paper_of(desk, envelope, kind).number)

    assert (scanned.kind, scanned.object, scanned.state) == (kind, envelope, "sealed")
    assert scanned.acts == lifecycle.allowed(lifecycle.ENVELOPE, "sealed")


def test_a_slip_leads_to_its_case(desk: Desk) -> None:
    """The 收件凭证 in the applicant's hand is scanned like a number."""
    case = a_case(desk, CaseState.REGISTERED).number

    scanned = scanning.scan(desk, paper_of(desk, case, "intake_slip").number)

    assert (scanned.kind, scanned.object) == ("intake_slip", case)


def test_batch_sheet_and_badge_are_known(desk: Desk) -> None:
    """A batch by its own number and by its sheet; a badge by its courier."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batch = batched(desk, envelope).number
    open_ = scanning.scan(desk, batch)
    handover.hand_over(desk, batch)
    sheet = paper_of(desk, batch, "handover_sheet").number

    assert (open_.kind, open_.acts) == ("batch", ("scan_envelope", "hand_over"))
    assert (scanning.scan(desk, sheet).object, scanning.scan(desk, sheet).acts) == (batch, ())
    assert (scanning.scan(desk, badge(desk)).kind, scanning.scan(desk, badge(desk)).object) == (
        "badge",
        "5001",
    )


def test_a_void_face_is_refused_by_its_successor(desk: Desk) -> None:
    """And one without successor by the reason why it is void."""
    envelope = an_envelope(desk).number
    copy = papers.reprint(desk, envelope, reason="damaged")
    other = an_envelope(desk).number
    packing.void(with_second(desk), other, reason="other")

    with refused(desk, "paper-void") as caught:
        scanning.scan(desk, envelope)
    with refused(desk, "paper-void"):
        scanning.scan(desk, other)

    assert copy.number in caught.value.why


def number(kind: Kind, place: HallCode) -> str:
    """A right number that this hall has not issued."""
    return codes.compose(kind, place, window=7, day=date(2026, 11, 20), serial=77)


@pytest.mark.parametrize("kind", Kind)
def test_a_right_number_that_was_never_issued_is_unknown(desk: Desk, kind: Kind) -> None:
    """A check digit is never enough."""
    with refused(desk, "code-not-issued"):
        scanning.scan(desk, number(kind, HallCode(HALL.division, HALL.digit)))


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("practice-code-in-live-hall", HallCode(HALL.division, 9)),
        ("code-of-other-hall", HallCode("110101", 1)),
        ("code-of-other-hall", HallCode(HALL.division, 2)),
    ],
)
def test_another_halls_number_is_refused_by_name(desk: Desk, code: str, place: HallCode) -> None:
    """A practice code in a live hall above all."""
    with refused(desk, code):
        scanning.scan(desk, number(Kind.CASE, place))


def test_a_waybill_is_known_while_it_is_live(desk: Desk) -> None:
    """It leads to its envelope; after the arrival 13 digits are nobody's again."""
    envelope = an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.open_batch(desk, badge(desk)).number
    with refused(desk, "scan-waybill-not-expected"):
        scanning.scan(desk, WAYBILL)
    handover.scan_envelope(desk, batch, face=envelope, waybill=WAYBILL)
    live = scanning.scan(desk, WAYBILL)
    handover.hand_over(desk, batch)
    builders.acknowledged(desk, envelope)

    assert (live.kind, live.object, live.state) == ("waybill", envelope, "live")
    with refused(desk, "scan-waybill-not-expected"):
        scanning.scan(desk, WAYBILL)


def test_a_waybill_that_is_asked_for_may_be_new(desk: Desk) -> None:
    """Only at this moment, and bound to nothing yet."""
    scanned = scanning.scan(desk, WAYBILL, expecting_waybill=True)

    assert (scanned.kind, scanned.object, scanned.state) == ("waybill", "", "unbound")
    assert scanning.scan(desk, "EE123456785CN").state == "unbound"


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("scan-empty", " \t\r\n"),
        ("scan-characters", "收件号"),
        ("scan-characters", "1350102\ud800"),
        ("scan-characters", "\x00\x1b[2J1"),
        ("scan-too-short", "135010210126"),
        ("scan-too-long", "1" * 5000),
        ("scan-check-digit", "13501021012632400010"),
        ("scan-s10-check-digit", "EE123456784CN"),
        ("scan-s10-country", "EE123456785QQ"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest_reason(desk: Desk, code: str, raw: str) -> None:
    """Nothing that a scanner or a keyboard can send gets past the resolver unnamed."""
    with refused(desk, code):
        scanning.scan(desk, raw)


def test_every_reason_of_the_resolver_has_words() -> None:
    """No reason is added to the resolver without its sentence."""
    assert scanning._REASONS.keys() == set(scans.Reason)
    assert scanning._STRANGERS.keys() == set(scans.Stranger)


# --- taken: graded and logged


def logged(desk: Desk) -> list[tuple[str, str, str, str]]:
    """Grade, kind, object and reason of every scan, newest first."""
    return [(e.grade, e.kind, e.object, e.reason) for e in scan_log.listed(desk)]


@contextmanager
def no_store(desk: Desk, monkeypatch: pytest.MonkeyPatch, *ways: str) -> Iterator[None]:
    """In here the server is away, for these ways to it."""

    def gone(self: object) -> None:
        raise StoreFailed("unreachable", "gone")

    with monkeypatch.context() as patch:
        for way in ways:
            patch.setattr(type(desk.store.engine), way, gone)
        yield


def test_a_known_code_is_taken_and_logged(desk: Desk) -> None:
    """In words of one line, with what it led to."""
    case = a_case(desk, CaseState.REGISTERED).number
    slip = paper_of(desk, case, "intake_slip").number

    taken = scanning.take(desk, slip, at_ms=0)

    assert (taken.grade, taken.error, taken.logged, taken.unlogged) == (Grade.RECOGNISED, None, True, None)
    assert taken.scanned == scanning.scan(desk, slip)
    assert taken.text == f"收件凭证 {slip}（{case}） 已收件"
    assert logged(desk) == [("recognised", "intake_slip", case, "")]


def test_the_same_code_again_is_a_repeat(desk: Desk) -> None:
    """However long the trigger is held; after a pause it is a scan again."""
    case = a_case(desk, CaseState.REGISTERED).number
    first = scanning.take(desk, case, at_ms=1000)
    second = scanning.take(desk, f"]C1{case}", at_ms=2400, previous=first)
    third = scanning.take(desk, case, at_ms=3800, previous=second)
    later = scanning.take(desk, case, at_ms=5400, previous=third)
    sooner = scanning.take(desk, case, at_ms=5600, previous=later, repeat_ms=100)

    grades = [taken.grade for taken in (first, second, third, later, sooner)]
    assert grades == ["recognised", "repeated", "repeated", "recognised", "recognised"]
    assert third.text == second.text == f"同一个条码，没有再办：{first.text}"
    assert third.scanned == first.scanned
    assert [entry[0] for entry in logged(desk)] == list(reversed(grades))


def test_another_code_is_no_repeat(desk: Desk) -> None:
    """However quickly it comes."""
    first, second = (a_case(desk, CaseState.REGISTERED).number for _ in range(2))
    taken = scanning.take(desk, first, at_ms=0)

    assert scanning.take(desk, second, at_ms=1, previous=taken).grade == Grade.RECOGNISED


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("practice-code-in-live-hall", HallCode(HALL.division, 9)),
        ("code-of-other-hall", HallCode("110101", 1)),
    ],
)
def test_another_halls_code_cannot_be_done(desk: Desk, code: str, place: HallCode) -> None:
    """It is a code of ours, and not one of here."""
    taken = scanning.take(desk, number(Kind.CASE, place), at_ms=0)

    assert (taken.grade, taken.scanned) == (Grade.REFUSED, None)
    assert taken.error is not None
    builders.assert_explained(taken.error, code)
    assert logged(desk) == [("refused", "", "", code)]


def test_a_void_face_cannot_be_used_and_is_named_in_the_log(desk: Desk) -> None:
    """Somebody will want to know who still has it."""
    envelope = an_envelope(desk).number
    papers.reprint(desk, envelope, reason="damaged")

    taken = scanning.take(desk, envelope, at_ms=0)

    assert taken.grade == Grade.REFUSED
    assert logged(desk) == [("refused", "", envelope, "paper-void")]


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("code-not-issued", number(Kind.CASE, HallCode(HALL.division, HALL.digit))),
        ("scan-waybill-not-expected", WAYBILL),
        ("scan-check-digit", "13501021012632400010"),
        ("scan-characters", "林示例\x00"),
        ("scan-too-short", "350102199001011234"),
        ("scan-empty", ""),
    ],
)
def test_what_is_unknown_is_a_result_too(desk: Desk, code: str, raw: str) -> None:
    """Told, counted in the log by length, and never raised."""
    taken = scanning.take(desk, raw, at_ms=0)

    assert (taken.grade, taken.scanned) == (Grade.UNKNOWN, None)
    assert taken.error is not None
    builders.assert_explained(taken.error, code)
    (entry,) = scan_log.listed(desk)
    assert (entry.reason, entry.object, entry.length) == (code, "", len(raw))


def test_a_waybill_is_taken_while_it_is_asked_for(desk: Desk) -> None:
    """A new one leads to nothing yet, and its number is not kept."""
    taken = scanning.take(desk, WAYBILL, at_ms=0, expecting_waybill=True)

    assert taken.text == f"运单号 {WAYBILL} 未绑定"
    assert logged(desk) == [("recognised", "waybill", "", "")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1" * 40, "位数太多"),
        ("13501021012632400010", "校验位不符"),
        (WAYBILL, "扫描中间断开"),
        ("EE123456785CN", "扫描中间断开"),
    ],
)
def test_a_burst_that_cannot_be_read_is_told_and_logged(desk: Desk, text: str, why: str) -> None:
    """With the nearest reason; a code in it is not acted on."""
    taken = scanning.take_unread(desk, text, length=99)

    assert taken.error is not None
    builders.assert_explained(taken.error, "scan-unreadable")
    assert why in taken.text
    (entry,) = scan_log.listed(desk)
    assert (entry.grade, entry.object, entry.length) == ("unknown", "", 99)


def test_a_code_without_its_enter_is_told_and_not_acted_on(desk: Desk) -> None:
    """Though it is a case of this hall; and scanned again it is no repeat."""
    case = a_case(desk, CaseState.REGISTERED).number

    taken = scanning.take_unread(desk, case, unfinished=True)
    again = scanning.take(desk, case, at_ms=1, previous=taken)

    assert (taken.grade, taken.scanned, again.grade) == (Grade.UNKNOWN, None, Grade.RECOGNISED)
    assert taken.error is not None
    builders.assert_explained(taken.error, "scan-unfinished")
    assert "没有以回车结尾" in taken.text


def test_a_log_that_cannot_be_written_is_told_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """And never in place of the result."""
    case = a_case(desk, CaseState.REGISTERED).number
    taken: list[Taken] = []
    with no_store(desk, monkeypatch, "write"):
        for at in (0, 10_000, 20_000):
            taken.append(scanning.take(desk, case, at_ms=at, previous=taken[-1] if taken else None))
    taken.append(scanning.take(desk, case, at_ms=30_000, previous=taken[-1]))

    assert [each.grade for each in taken] == [Grade.RECOGNISED] * 4
    assert [each.unlogged.code if each.unlogged else None for each in taken] == [
        "store-unreachable", None, None, None,
    ]  # fmt: skip
    assert [each.logged for each in taken] == [False, False, False, True]
    assert len(logged(desk)) == 1


def test_a_store_that_is_away_is_told_as_the_result(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, not again for the log."""
    case = a_case(desk, CaseState.REGISTERED).number

    with no_store(desk, monkeypatch, "read", "write"):
        taken = scanning.take(desk, case, at_ms=0)

    assert taken.grade == Grade.REFUSED
    assert taken.error is not None
    assert taken.error.code == "store-unreachable"
    assert (taken.logged, taken.unlogged) == (False, None)


def test_a_desk_that_only_looks_takes_scans(desk: Desk) -> None:
    """An inspector finds a case by its paper, and nothing is written."""
    case = a_case(desk, CaseState.REGISTERED).number
    before = builders.head(desk)

    taken = scanning.take(replace(desk, readonly=True), case, at_ms=0)

    assert (taken.grade, taken.logged) == (Grade.RECOGNISED, True)
    assert (builders.head(desk), logged(desk)) == (before, [])


# --- packing lists


def test_a_packing_list_leads_to_its_envelope(desk: Desk) -> None:
    """Any of its QR codes does, told by its number; and is nothing that could be sealed with."""
    envelope = an_envelope(desk, EnvelopeState.SEALED)
    with desk.reading() as reading:
        (face,) = reading.papers.where(object=envelope.number, kind="packing_list")
        digits = papers.facts_of(reading, face.number)["manifest.code"]

    taken = scanning.take(desk, digits, at_ms=0)

    scanned = taken.scanned
    assert scanned is not None
    assert (scanned.kind, scanned.code, scanned.object) == ("manifest", envelope.number, envelope.number)
    assert scanned.symbol == digits
    assert scanned.acts == lifecycle.allowed(lifecycle.ENVELOPE, "sealed")
    assert taken.text == f"内件清单二维码 {envelope.number} 已封装"
    assert logged(desk) == [("recognised", "manifest", envelope.number, "")]


def test_another_halls_packing_list_is_known_for_one(desk: Desk) -> None:
    """It leads nowhere here, and its number is not kept."""
    theirs = a_list(hall=HallCode("110101", 2))

    taken = scanning.take(desk, manifest.symbols(theirs)[0], at_ms=0)

    assert taken.scanned is not None
    assert (taken.scanned.kind, taken.scanned.object, taken.scanned.acts) == ("foreign_manifest", "", ())
    assert theirs.envelope in taken.text
    assert logged(desk) == [("recognised", "foreign_manifest", "", "")]


def test_a_half_scanned_packing_list_is_told_as_one(desk: Desk) -> None:
    """What it lacks, and only its length in the log."""
    digits = manifest.symbols(a_list())[0][:200]

    taken = scanning.take_unread(desk, digits)

    assert "内件清单二维码" in taken.text
    assert "没有扫完" in taken.text
    (entry,) = scan_log.listed(desk)
    assert (entry.length, entry.classes, entry.object) == (200, "digit", "")
