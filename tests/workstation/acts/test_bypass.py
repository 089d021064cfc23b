"""体外循环: what lay unreviewed, untold, or was found too late is shown to those who supervise."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import Ticking, a_case, a_consignment, as_role, at, corrected, passing, refused
from tests.workstation.acts.scenes import replace_defects
from workstation.acts import bypass, formal_review, notices
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.roles import Role
from workstation.policies import BypassPolicy

DAY = 24 * 3600 * 1000


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who asks for the report."""
    return as_role(desk, Role.SUPERVISOR)


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days go by; the hall's first day is a Friday."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * DAY


def failing(desk: Desk, case: str, *rows: str) -> None:
    """Review a case: these rows fail, the others pass."""
    findings = [
        replace_defects(row) if row.row_id in rows else passing(row) for row in builders.open_rows(desk, case)
    ]
    formal_review.review(desk, case, findings)


def test_a_quiet_hall_shows_nothing(desk: Desk, supervisor: Desk) -> None:
    """A case that went its way is no sign, however long ago."""
    a_case(desk, CaseState.CLOSED)
    a_case(desk, CaseState.TO_CORRECT)
    days_pass(desk, 20)

    assert bypass.report(supervisor) == bypass.Bypass([], [], [])


def test_what_is_registered_and_left_is_shown_after_a_working_day(desk: Desk, supervisor: Desk) -> None:
    """Handed in on Friday, it may be reviewed on Monday."""
    case = a_case(desk, CaseState.REGISTERED)
    seen = []

    for _ in range(5):
        seen.append([sign.case_number for sign in bypass.report(supervisor).unreviewed])
        days_pass(desk, 1)

    (sign,) = bypass.report(supervisor).unreviewed
    assert seen == [[], [], [], [], [case.number]]
    assert sign == bypass.Sign(case.number, "1001", case.registered_at, 5)


def test_how_long_a_case_may_lie_is_a_setting(desk: Desk, supervisor: Desk) -> None:
    """The figure is ours."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 5)

    assert len(bypass.report(supervisor).unreviewed) == 1
    assert bypass.report(supervisor, policy=BypassPolicy(review_days=3)).unreviewed == []


def test_a_review_ends_the_sign(desk: Desk, supervisor: Desk) -> None:
    """Even of one row only."""
    case = a_case(desk, CaseState.REGISTERED).number
    days_pass(desk, 5)

    formal_review.review(desk, case, [passing(builders.open_rows(desk, case)[0])])

    assert bypass.report(supervisor) == bypass.Bypass([], [], [])


def test_what_is_found_failing_must_be_told(desk: Desk, supervisor: Desk) -> None:
    """From the finding on, until the notice."""
    case = a_case(desk, CaseState.REGISTERED).number
    failing(desk, case, "statement")
    found_at = builders.case_of(desk, case).changed_at
    days_pass(desk, 2)

    (sign,) = bypass.report(supervisor).untold
    notices.notice(desk, case)

    assert sign == bypass.Sign(case, "1001", found_at, 2, ("statement",))
    assert bypass.report(supervisor).untold == []


def test_what_was_told_and_not_yet_supplied_is_no_sign(desk: Desk, supervisor: Desk) -> None:
    """Two rows were told, one is supplied and fails anew: that one has not been told."""
    case = a_case(desk, CaseState.REGISTERED).number
    first, second, *_ = (row for row in builders.open_rows(desk, case) if row.condition is None)
    failing(desk, case, first.row_id, second.row_id)
    notices.notice(desk, case)
    paper = Material(row=first.row_id, form=first.form.removesuffix("_checked"))
    formal_review.resubmit(desk, case, [paper])

    before = bypass.report(supervisor).untold
    formal_review.review(desk, case, [replace_defects(first)])
    (sign,) = bypass.report(supervisor).untold

    assert before == []
    assert sign.since == builders.case_of(desk, case).changed_at


def test_what_passes_after_all_is_no_sign(desk: Desk, supervisor: Desk) -> None:
    """The paper was looked at again at the counter."""
    case = a_case(desk, CaseState.REGISTERED).number
    failing(desk, case, "statement")

    builders.review_all(desk, case)

    assert bypass.report(supervisor).untold == []


def test_what_the_home_office_asks_for_was_found_later(desk: Desk, supervisor: Desk) -> None:
    """It stays shown when it has been supplied: it was not told the first time."""
    consignment = a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    asked = corrected(desk, consignment.id)
    (row,) = builders.open_rows(desk, consignment.case_number)

    (sign,) = bypass.report(supervisor).found_later
    builders.supplied(desk, consignment.case_number)

    assert asked.corrected_at is not None
    assert sign == bypass.Sign(consignment.case_number, "1001", asked.corrected_at, 0, (row.row_id,))
    assert bypass.report(supervisor).found_later == [sign]


def test_signs_are_taken_between_two_days(desk: Desk, supervisor: Desk) -> None:
    """Both days belong to it, and the oldest stands first."""
    first = a_case(desk, CaseState.REGISTERED).number
    days_pass(desk, 3)
    second = a_case(at(desk, "1002"), CaseState.REGISTERED).number
    days_pass(desk, 7)

    def shown(since: str | None = None, until: str | None = None) -> list[tuple[str, str]]:
        found = bypass.report(supervisor, since=since, until=until)
        return [(sign.case_number, sign.clerk) for sign in found.unreviewed]

    assert shown() == [(first, "1001"), (second, "1002")]
    assert shown(since="2026-11-21") == shown(since="2026-11-23", until="2026-11-23") == [(second, "1002")]
    assert shown(until="2026-11-22") == shown(since="2026-11-20", until="2026-11-20") == [(first, "1001")]


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [("2026-11-31", None, "day-impossible"), (None, "x", "day-impossible"),
     ("2026-11-20", "2026-11-19", "span-empty"), ("2027-01-01", None, "span-empty")],
)  # fmt: skip
def test_a_span_that_cannot_be(supervisor: Desk, since: str | None, until: str | None, code: str) -> None:
    """Each fault by its code."""
    with refused(supervisor, code):
        bypass.report(supervisor, since=since, until=until)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_operators_do_not_supervise_themselves(desk: Desk, role: Role) -> None:
    """Supervisor and auditor look, nobody else; and somebody must be signed in."""
    with refused(desk, "report-role"):
        bypass.report(as_role(desk, role))
    with refused(desk, "nobody-signed-in"):
        bypass.report(builders.nobody(desk))

    assert bypass.report(as_role(desk, Role.AUDITOR)) == bypass.Bypass([], [], [])


def test_looking_leaves_no_trace(desk: Desk, supervisor: Desk) -> None:
    """The report reads only."""
    a_case(desk, CaseState.REGISTERED)
    before = builders.head(desk)

    bypass.report(supervisor)

    assert builders.head(desk) == before
