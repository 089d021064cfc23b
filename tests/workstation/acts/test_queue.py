"""督办队列: for each reason a line where that happened, none after its act; nobody named; the worst first."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, at
from tests.workstation.acts.queue_scenes import SCENES, days_pass, lines, patient
from workstation.acts import claims, day_sheets, dunning, formal_review, papers, queue, receipts
from workstation.acts.desk import Desk
from workstation.acts.queue import REASONS, Policies
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import ROLES
from workstation.domain.words import WORDS
from workstation.errors import WrongUsage
from workstation.screens import doors
from workstation.settings import Settings

every_reason = pytest.mark.parametrize("reason", SCENES)


@pytest.fixture
def hall(request: pytest.FixtureRequest, reason: str) -> Desk:
    """A hall in which nothing has happened; with one clerk where an act is to wait."""
    found: Desk = request.getfixturevalue("lonely" if reason == "waiting" else "desk")
    return found


def test_every_reason_has_its_scene() -> None:
    """None is left untried."""
    assert list(SCENES) == list(REASONS)


@every_reason
def test_one_line_where_it_happened_and_none_after_its_act(hall: Desk, reason: str) -> None:
    """Under exactly this reason, with case, office and the act that resolves it."""
    scene = SCENES[reason]
    scene.build(hall)
    days_pass(hall, scene.days)

    (line,) = lines(hall, scene.policies)
    assert (line.reason, line.holder, line.also) == (reason, "", ())
    scene.resolve(hall, line)

    assert reason not in {left.reason for left in lines(hall, scene.policies)}
    assert line.key not in {left.key for left in lines(hall, scene.policies)}


@every_reason
def test_a_line_says_what_is_to_be_done_and_where(hall: Desk, reason: str) -> None:
    """Its act is one with a word that somebody may do, its screen is there, its words are Chinese."""
    scene = SCENES[reason]
    scene.build(hall)
    days_pass(hall, scene.days)

    (line,) = lines(hall, scene.policies)

    assert line.act in ROLES
    assert line.act in WORDS
    assert line.screen in doors.names()
    assert bool(line.opens) or not doors.door(line.screen).needs
    assert any("\u4e00" <= character <= "\u9fff" for character in line.told)
    assert line.since > 0


@every_reason
def test_no_line_names_anybody(hall: Desk, reason: str) -> None:
    """Neither the applicant nor the number, telephone and address; not in part."""
    scene = SCENES[reason]
    scene.build(hall)
    days_pass(hall, scene.days)
    person = builders.a_person()

    told = repr(lines(hall, scene.policies))

    for value in (person.name, person.id_number, person.phone, person.address or ""):
        assert value not in told
    assert "*" not in told


def test_an_empty_day_has_no_lines(desk: Desk) -> None:
    """Nor has one on which everything was done."""
    assert lines(desk, Policies()) == []

    a_case(desk, CaseState.CLOSED)
    a_case(desk, CaseState.GUIDED)

    assert [line.reason for line in lines(desk)] == []


# --- order, and a thing for several reasons


def test_the_worst_stands_first(desk: Desk) -> None:
    """By reason, then by the days left, then by age."""
    slow = a_consignment(desk, S.ACCEPTED)
    days_pass(desk, 20)
    a_case(desk, CaseState.REGISTERED)
    slower = a_consignment(desk, S.ACCEPTED)
    days_pass(desk, 3)
    an_envelope(desk, EnvelopeState.LOST)

    found = lines(desk, patient(decision=1))

    assert [line.reason for line in found] == ["overdue", "overdue", "trouble", "unreviewed"]
    assert [line.object for line in found[:2]] == [slow.id, slower.id]
    assert found[0].left is not None
    assert found[0].left < (found[1].left or 0) < 0
    assert queue.counts(found) == {"overdue": 2, "trouble": 1, "unreviewed": 1}


def test_a_thing_stands_once_with_its_other_reasons(desk: Desk) -> None:
    """A case nobody has looked at in time is overdue; that it is unreviewed is told beside."""
    case = a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 14)

    (line,) = lines(desk, patient(review=1))

    assert (line.reason, line.object, line.office) == ("overdue", case.number, "示例市第1公安局示例派出所")
    assert {other.reason for other in line.also} == {"overdue", "unreviewed"}
    assert "收件未审" in line.said
    assert "收件→告知" in line.said


def test_it_is_found_under_each_of_its_reasons(desk: Desk) -> None:
    """Who asks for the unreviewed ones gets it too, as the one line it is."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 14)

    found = {reason: lines(desk, patient(review=1), reason) for reason in ("overdue", "unreviewed", "silent")}

    assert found["overdue"] == found["unreviewed"] == lines(desk, patient(review=1))
    assert found["silent"] == []


def test_an_unknown_reason_is_refused(desk: Desk) -> None:
    """A slip of the pen must not look like an empty queue."""
    with pytest.raises(WrongUsage):
        queue.listed(desk, reasons=["overdu"])


def test_nobody_looks_without_signing_in(desk: Desk) -> None:
    """The queue is the hall's own."""
    with builders.refused(desk, "nobody-signed-in"):
        queue.listed(builders.nobody(desk))


def test_the_settings_of_the_window_are_asked() -> None:
    """Each policy the queue uses is taken from them."""
    settings = Settings(hall=1, window=1)

    policies = Policies.of(settings)

    assert (policies.deadline, policies.queue, policies.mail) == (
        settings.deadline,
        settings.queue,
        settings.mail,
    )
    assert policies.others.review == settings.bypass.review_days


# --- particulars


def test_a_parcel_on_its_way_is_not_the_offices_silence(desk: Desk) -> None:
    """The carrier still has it: late is the carrier, not the office."""
    SCENES["not_delivered"].build(desk)
    days_pass(desk, 10)

    assert [line.reason for line in lines(desk, patient(delivery=1, silent=3))] == ["not_delivered"]


def test_without_cut_offs_a_late_pickup_is_told_by_its_days(desk: Desk) -> None:
    """A hall that has set none still learns of what lies."""
    an_envelope(desk, EnvelopeState.SEALED)
    days_pass(desk, 10)

    (line,) = lines(desk, patient(pickup=1))

    assert (line.reason, line.act) == ("missed_pickup", "hand_over")


def test_what_pauses_is_neither_over_nor_soon(desk: Desk) -> None:
    """The office has asked for more: its days do not count."""
    a_consignment(desk, S.HOME_CORRECTING)
    days_pass(desk, 60)

    assert lines(desk, patient(answer=1, soon=1)) == []


def test_a_fault_told_is_no_fault_untold(desk: Desk) -> None:
    """Only what was found since the last notice counts."""
    case = a_case(desk, CaseState.TO_CORRECT)
    assert lines(desk) == []
    builders.brought(desk, case.number)

    assert lines(desk) == []


def test_a_task_tells_its_kind_and_opens_its_object(desk: Desk) -> None:
    """Case and office of what travels in the envelope."""
    envelope = an_envelope(desk, EnvelopeState.LOST)

    (line,) = lines(desk)

    assert (line.told[:2], line.opens, line.screen, line.act) == ("丢失", envelope.number, "tasks", "resolve")
    assert line.office == envelope.office_name
    assert line.case_number == builders.consignments_in(desk, envelope.number)[0].case_number


def test_an_unacknowledged_delivery_becomes_silence(desk: Desk) -> None:
    """One line all the time: first the mild one, then the worse."""
    SCENES["unacknowledged"].build(desk)
    before = [line.reason for line in lines(desk, patient(silent=3))]
    days_pass(desk, 14)

    assert before == ["unacknowledged"]
    assert [line.reason for line in lines(desk, patient(silent=3))] == ["silent"]


# --- what is only to be looked at


@pytest.mark.parametrize("reason", [reason for reason, what in REASONS.items() if what.looked_at])
def test_what_happened_long_ago_is_not_shown(desk: Desk, reason: str) -> None:
    """After the working days of the setting it has gone by itself."""
    SCENES[reason].build(desk)
    assert len(lines(desk)) == 1

    days_pass(desk, 5)

    assert lines(desk) == []


def test_friday_is_still_there_on_monday(desk: Desk) -> None:
    """It is counted in working days: a weekend hides nothing. The hall's clock begins on a Friday."""
    SCENES["reopened"].build(desk)

    days_pass(desk, 3)
    assert [line.reason for line in lines(desk)] == ["reopened"]
    days_pass(desk, 1)
    assert lines(desk) == []


def test_the_same_again_asks_to_be_looked_at_again(desk: Desk) -> None:
    """The clock went back, that was seen, and it went back once more on the same day."""
    SCENES["clock"].build(desk)
    (line,) = lines(desk)
    claims.see(at(desk, "2001"), [line])
    assert lines(desk) == []

    SCENES["clock"].build(desk)

    (anew,) = lines(desk)
    assert (anew.key, anew.state) == (line.key, "")
    assert anew.since > line.since


@pytest.mark.parametrize(("of", "screen"), [("sheet", "journal"), ("face", "case"), ("letter", "case")])
def test_a_voided_face_opens_what_it_speaks_for(desk: Desk, of: str, screen: str) -> None:
    """Its case, or its envelope; one of the hall itself is told of in the journal alone."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    number = {
        "sheet": lambda: day_sheets.print_sheet(at(desk, "2001")).number,
        "face": lambda: builders.paper_of(desk, consignment.envelope or "", "envelope").number,
        "letter": lambda: dunning.dun(desk, consignment.id).paper.number,
    }[of]()
    papers.reprint(desk, number, reason="jammed")

    (line,) = lines(desk)

    assert (line.reason, line.screen) == ("voided", screen)
    assert line.case_number == ("" if of == "sheet" else consignment.case_number)
    assert line.opens == {"sheet": "", "face": consignment.envelope, "letter": consignment.case_number}[of]


def test_receipts_end_silence_for_every_consignment_of_an_envelope(desk: Desk) -> None:
    """One code on the telephone, and all lines of the envelope are gone."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    days_pass(desk, 14)
    assert len(lines(desk, patient(silent=3))) == 1

    slip = builders.paper_of(desk, consignment.envelope or "", "reply_slip")
    receipts.acknowledge(desk, slip.number, channel="phone")

    assert lines(desk, patient(silent=3)) == []


def test_a_second_look_at_the_papers_is_not_unreviewed(desk: Desk) -> None:
    """Once looked through, a case is not among those that nobody has looked at."""
    case = a_case(desk, CaseState.REGISTERED)
    row = builders.open_rows(desk, case.number)[0]

    formal_review.review(desk, case.number, [builders.passing(row)])

    assert lines(desk) == []
