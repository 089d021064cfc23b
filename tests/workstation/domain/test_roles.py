"""Who may do what, and who may stand beside (design §1, §5)."""

from __future__ import annotations

import pytest

from workstation.domain import roles
from workstation.domain.roles import COUNTER, COUNTER_ACTS, NEVER_WAITS, ROLES, SECOND, Role

#: Design §5, and by whom.
TWO_PEOPLE = {
    "decline": COUNTER,
    "identify": COUNTER,
    "notice": {Role.SUPERVISOR},
    "reopen": COUNTER,
    "void": COUNTER,
    "pack": COUNTER,
    "scan_envelope": COUNTER,
    "bind_waybill": COUNTER,
    "resolve_order": COUNTER,
    "home_refuse": COUNTER,
    "result_return": COUNTER,
    "export_recovery": {Role.SUPERVISOR},
    "issue_non_acceptance": COUNTER,
    "reopen_day": COUNTER,
    "export_register": COUNTER,
    # Where an administrator does it.
    "add_item": {Role.SUPERVISOR},
    "set_mode": {Role.SUPERVISOR},
    "set_wording": {Role.SUPERVISOR},
    "reset_wording": {Role.SUPERVISOR},
}

#: What the hall itself says about items, guides, offices and agreements.
RULES = (
    "change_office",
    "close_office",
    "import_offices",
    "add_agreement",
    "end_agreement",
    "import_guide",
    "add_item",
    "set_mode",
    "set_wording",
    "reset_wording",
    "set_carrier",
    "import_pool",
    "spend_number",
)


@pytest.mark.parametrize("act", sorted(COUNTER_ACTS))
def test_the_counter_does_the_counters_acts(act: str) -> None:
    """Clerk and supervisor do them, and nobody else."""
    assert {role for role in Role if roles.may(role, act)} == COUNTER


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("add_user", {Role.ADMINISTRATOR}),
        ("disable_user", {Role.ADMINISTRATOR}),
        ("enrol_key", {Role.ADMINISTRATOR}),
        ("export_recovery", {Role.ADMINISTRATOR}),
        ("accept_clock", {Role.SUPERVISOR}),
        ("read_journal", {Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR}),
        ("record_grade", {Role.SUPERVISOR}),
        ("answer_rating", {Role.SUPERVISOR}),
        ("add_office", COUNTER | {Role.ADMINISTRATOR}),
        ("verify_office", COUNTER | {Role.ADMINISTRATOR}),
        *((act, {Role.SUPERVISOR, Role.ADMINISTRATOR}) for act in RULES),
        ("export_papers", COUNTER),
        ("print_dunning_letter", COUNTER),
        ("print_day_sheet", {Role.SUPERVISOR}),
        ("print_postage_statement", {Role.SUPERVISOR}),
        ("note_postage", COUNTER),
        ("take_bill", {Role.SUPERVISOR}),
        ("import_calendar", {Role.SUPERVISOR, Role.ADMINISTRATOR}),
        *((act, COUNTER) for act in ("begin_pause", "end_pause", "claim_line", "release_line")),
        *((act, COUNTER) for act in ("print_shift_handover", "export_register", "export_archive")),
        *((act, {Role.SUPERVISOR}) for act in ("reassign_line", "see_line", "draw_sample", "note_finding")),
        *((act, {Role.SUPERVISOR}) for act in ("close_day", "reopen_day", "explain_day", "close_month")),
        ("print_sampling_sheet", {Role.SUPERVISOR}),
        ("export_statistics", {Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
        ("export_journal", {Role.AUDITOR}),
        *((act, {Role.SUPERVISOR, Role.ADMINISTRATOR}) for act in ("import_history", "map_columns")),
        ("export_platform", {Role.SUPERVISOR, Role.ADMINISTRATOR}),
        ("set_password", set(Role)),
        ("set_pin", set(Role)),
    ],
)
def test_other_acts_have_their_own_people(act: str, who: set[Role]) -> None:
    """The administrator touches no case; the auditor reads and changes nothing."""
    assert {role for role in Role if roles.may(role, act)} == who


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.COURIER])
def test_who_does_not_serve_does_not_confirm(role: Role) -> None:
    """The second person is of the counter."""
    assert not [act for act in SECOND if roles.may_confirm(role, act)]


def test_two_people_are_asked_for_where_the_design_says() -> None:
    """By those roles, and for no other act."""
    asked = {act: set(who) for act, who in SECOND.items()}

    assert asked == {act: set(who) for act, who in TWO_PEOPLE.items()}


def test_a_second_person_is_asked_for_acts_that_exist() -> None:
    """And those that never wait are among them."""
    assert not SECOND.keys() - ROLES.keys()
    assert not NEVER_WAITS - SECOND.keys()
