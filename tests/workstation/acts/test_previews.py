"""Previews: the text of a paper before it prints, and nothing done for it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import documents
from forms.review import DEFECTS
from tests import builders, halls
from tests.builders import a_case, a_consignment, an_intake, at, missing, passing, refused
from workstation.acts import (
    departures,
    formal_review,
    notices,
    packing,
    papers,
    previews,
    registration,
    service,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.paper import Paper
from workstation.errors import Explained

#: Numbers that come with the printing, and when it was printed or told.
DIFFERING = re.compile(rf"[0-9]{{20}}|{previews.NOT_ISSUED}|\d{{4}}-\d{{2}}-\d{{2}} \d{{2}}:\d{{2}}")


def failing(desk: Desk, *findings: Finding) -> str:
    """The number of a case with every row looked at, these findings among them."""
    case = a_case(desk, CaseState.REGISTERED).number
    given = {finding.row: finding for finding in findings or (missing("statement"),)}
    rows = builders.open_rows(desk, case)
    formal_review.review(desk, case, [given.get(row.row_id) or passing(row) for row in rows])
    return case


def state_of(desk: Desk) -> list[object]:
    """The journal's head and everything numbers, papers and tray hold."""
    with desk.reading() as reading:
        lines = [dict(line) for line in reading.engine.rows("SELECT * FROM counters", {})]
        faces = reading.papers.where()
    return [builders.head(desk), lines, faces, sorted(path.name for path in desk.tray.iterdir())]


def alike(text: str) -> str:
    """What a preview and the printed paper must have alike: all but numbers and times."""
    return re.sub(r"(短码[： ])[^。\n]+", r"\1#", DIFFERING.sub("#", text))


def the(found: list[Paper]) -> Paper:
    """The newest face of a list."""
    return max(found, key=lambda paper: paper.promised_at)


def printed(desk: Desk, number: str, kind: str) -> str:
    """The text of the newest paper of this kind that was really promised."""
    with desk.reading() as reading:
        faces = reading.papers.where(object=number, kind=kind)
    return previews.printed(desk, the(faces).number)


PREVIEWS: dict[str, Callable[[Desk], str]] = {
    "intake_slip": lambda desk: previews.intake_slip(desk, an_intake()),
    "notice": lambda desk: previews.notice(desk, failing(desk), due="2026-12-01"),
    "guidance": lambda desk: previews.guidance(
        desk, a_case(desk, CaseState.REGISTERED).number, text="网上可全程办理", channel="online"
    ),
    "pledge": lambda desk: previews.pledge(
        desk, a_case(desk, CaseState.REGISTERED).number, builders.asked_later()
    ),
    "packing_list": lambda desk: previews.packing_list(desk, [a_consignment(desk).id]),
    "proof_of_service": lambda desk: previews.proof_of_service(
        desk, a_consignment(desk, ConsignmentState.RESULT_ARRIVED).case_number
    ),
    "dunning_letter": lambda desk: previews.dunning_letter(
        desk, a_consignment(desk, ConsignmentState.ACCEPTED).id
    ),
    "day_sheet": lambda desk: previews.day_sheet(at(desk, "2001")),
    "postage_statement": lambda desk: previews.postage_statement(at(desk, "2001"), "2026-11"),
}


@pytest.mark.parametrize("kind", PREVIEWS)
def test_a_preview_is_the_paper_with_no_number_made_up(desk: Desk, kind: str) -> None:
    """Each has its title, and says that its number comes with the printing."""
    builders.agreed(desk)

    text = PREVIEWS[kind](desk)

    assert f"【{documents.load(kind).title}】" in text
    assert f"▌▍▌ {previews.NOT_ISSUED}" in text


def test_nothing_is_done_for_a_preview(desk: Desk) -> None:
    """Journal, counters, papers and tray are as before; so is the case."""
    case = failing(desk)
    before, known = state_of(desk), builders.case_of(desk, case)

    previews.notice(desk, case, due="2026-12-01")
    previews.guidance(desk, case, text="网上可全程办理", channel="online")
    previews.intake_slip(desk, an_intake())

    assert state_of(desk) == before
    assert builders.case_of(desk, case) == known
    builders.assert_true_ledger(desk, case)


def test_the_next_number_is_the_one_it_would_have_been(desk: Desk) -> None:
    """A preview before the registration leaves no gap in the numbers."""
    first = registration.register(desk, an_intake()).number

    previews.intake_slip(desk, an_intake())
    second = registration.register(desk, an_intake()).number

    assert int(second[:-1]) == int(first[:-1]) + 1


findings = st.builds(
    Finding,
    row=st.just("application"),
    form=st.sampled_from(("original", "copy")),
    copies=st.integers(1, 3),
    pages=st.integers(1, 9),
    defects=st.lists(
        st.sampled_from(sorted(DEFECTS.keys() - {"missing"})), unique=True, min_size=1, max_size=4
    ).map(tuple),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(finding=findings, also=st.booleans(), due=st.none() | st.dates().map(lambda day: day.isoformat()))
def test_what_is_previewed_is_what_is_told(desk: Desk, finding: Finding, also: bool, due: str | None) -> None:
    """Whatever the defects, the notice printed afterwards differs only in its numbers and times."""
    case = failing(desk, finding, *([missing("statement")] if also else []))

    previewed = previews.notice(desk, case, due=due)
    notices.notice(desk, case, due=due)

    assert alike(previewed) == alike(printed(desk, case, "notice"))
    assert finding.row not in previewed
    assert all(DEFECTS[code].word in previewed for code in finding.defects)


def test_the_other_papers_are_printed_as_previewed(desk: Desk) -> None:
    """Packing list, guidance and proof of service too, whatever the act still changes."""
    packed, guided = a_consignment(desk).id, a_case(desk, CaseState.REGISTERED).number
    served = a_consignment(desk, ConsignmentState.RESULT_ARRIVED).case_number
    before = [
        previews.packing_list(desk, [packed]),
        previews.guidance(desk, guided, text="网上可全程办理", channel="online", entry="示例平台"),
        previews.proof_of_service(desk, served),
    ]

    envelope = packing.pack(desk, [packed]).number
    departures.guide(desk, guided, text="网上可全程办理", channel="online", entry="示例平台")
    service.serve(desk, served, identity_checked=True)

    after = [
        printed(desk, envelope, "packing_list"),
        printed(desk, guided, "guidance"),
        printed(desk, served, "proof_of_service"),
    ]
    assert [alike(text) for text in before] == [alike(text) for text in after]
    assert envelope not in before[0]


def test_a_second_notice_is_previewed_before_anybody_confirms_it(desk: Desk) -> None:
    """Its text is what the supervisor is asked about; telling it still takes the supervisor and a reason."""
    scene = a_case(desk, CaseState.TO_CORRECT).number
    formal_review.resubmit(desk, scene, builders.materials(without=("application", "applicant_id")))
    (row,) = builders.open_rows(desk, scene)
    unsigned = Finding(row=row.row_id, form=row.form, copies=row.copies, pages=1, defects=("unsigned",))
    formal_review.review(desk, scene, [unsigned])

    assert "再次告知" in previews.notice(desk, scene)
    with refused(desk, "second-needed"):
        notices.notice(desk, scene, reason="补交的没有签名")


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("review-incomplete", previews.notice),
        ("day-impossible", lambda desk, case: previews.notice(desk, case, due="明天")),
        ("case-not-found", lambda desk, case: previews.notice(desk, case[::-1])),
        ("plain-text-empty", lambda desk, case: previews.guidance(desk, case, text=" ")),
        ("wrong-state", lambda desk, case: previews.packing_list(desk, [case])),
        ("wrong-state", previews.proof_of_service),
        ("wrong-role", lambda desk, case: previews.notice(at(desk, "4001"), case)),
        ("nobody-signed-in", lambda desk, case: previews.notice(builders.nobody(desk), case)),
    ],
)
def test_a_preview_is_refused_where_the_act_is(
    desk: Desk, code: str, look: Callable[[Desk, str], str]
) -> None:
    """State, role, values: the same guards, since it is the same act."""
    case = a_case(desk, CaseState.REGISTERED).number

    with refused(desk, code):
        look(desk, case)


def test_a_face_there_is_can_be_read_as_text(desk: Desk) -> None:
    """With its own number; the reply slip shows the sheet it stands on."""
    envelope = builders.an_envelope(desk).number
    slip = builders.paper_of(desk, envelope, "reply_slip")
    listed = builders.paper_of(desk, envelope, "packing_list")

    text = previews.printed(desk, slip.number)

    assert text == previews.printed(desk, listed.number)
    assert slip.number in text
    assert listed.number in text
    assert previews.NOT_ISSUED not in text


def test_what_is_no_document_has_no_text(desk: Desk) -> None:
    """An envelope's face is drawn; an unknown number is nobody's."""
    envelope = builders.an_envelope(desk).number

    with refused(desk, "paper-without-text"):
        previews.printed(desk, envelope)
    with refused(desk, "paper-not-found"):
        previews.printed(desk, "12345678901234567890")


def test_hostile_text_is_shown_and_not_obeyed(desk: Desk) -> None:
    """What would steer a terminal is refused at the door, and markup is text."""
    case = a_case(desk, CaseState.REGISTERED).number

    text = previews.guidance(desk, case, text="[bold]网上[/] {{paper.number}}", channel="online")

    assert "[bold]网上[/] {{paper.number}}" in text
    with pytest.raises(Explained):
        previews.guidance(desk, case, text="\x1b]0;x\x07", channel="online")


def test_an_act_that_promises_elsewhere_is_a_fault_of_ours(desk: Desk) -> None:
    """A rehearsal without a transaction could not be undone, so it never counts as one."""
    with pytest.raises(AssertionError):
        previews.rehearsed(desk, "notice", lambda there: papers.listed(there, None))


@pytest.mark.engine
def test_a_rehearsal_is_rolled_back_whole(vacant: Desk, undrawn: None) -> None:
    """On the server too: no number is gone, no lock is left, and the act goes on from there."""
    desk = halls.seat(vacant, halls.CLERK)
    first = registration.register(desk, an_intake()).number
    before = state_of(desk)

    text = previews.intake_slip(desk, an_intake())
    seen = state_of(desk)
    second = registration.register(desk, an_intake()).number

    assert previews.NOT_ISSUED in text
    assert seen == before
    assert int(second[:-1]) == int(first[:-1]) + 1
    builders.assert_true_ledger(desk, first, second)
