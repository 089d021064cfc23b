"""What a case shows while its consignments are on their way, and what of a person a record marks as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.case import Case, Evidence, Identity, Notice, Piece, Reveal, Row
from workstation.domain.consignment import PROGRESS, Consignment, ConsignmentState, least_advanced
from workstation.domain.contact import Contact, ExternalNumber, Rating
from workstation.domain.envelope import Batch, Envelope, Task
from workstation.domain.fields import field_names, personal_fields, secret_fields
from workstation.domain.guide import Guide, GuideRow, ItemVersion
from workstation.domain.office import Agreement, Office
from workstation.domain.paper import Paper, PaperBody
from workstation.domain.people import Hall, User, Waiting
from workstation.domain.pledge import LicenceDefect, Pledge

STATES = st.lists(st.sampled_from(ConsignmentState), min_size=1)


@given(STATES)
def test_the_least_advanced_is_shown(states: list[str]) -> None:
    """One of them, and none is before it, in whatever order they come."""
    shown = least_advanced(states)

    assert shown in states
    assert all(PROGRESS.index(ConsignmentState(shown)) <= PROGRESS.index(ConsignmentState(s)) for s in states)
    assert least_advanced(states[::-1]) == shown


def test_every_state_has_its_place_in_the_progress() -> None:
    """Once; correcting is before acknowledged, because its papers are not all there."""
    assert sorted(PROGRESS) == sorted(ConsignmentState)
    assert PROGRESS.index(ConsignmentState.HOME_CORRECTING) < PROGRESS.index(ConsignmentState.ACKNOWLEDGED)


PERSONAL: dict[type, set[str]] = {
    Case: {
        "applicant_name", "applicant_id", "applicant_phone", "applicant_address", "agent_name", "agent_id",
        "agent_phone", "remark", "reason_text", "right_authority", "entry",
    },
    Row: {"name", "standard", "remark"},
    Piece: {"name"},
    Identity: {"reason", "participants", "licence"},
    Evidence: {"picture"},
    Pledge: {"credit_source"},
    LicenceDefect: {"what", "note"},
    Contact: {"number", "note"},
    ExternalNumber: {"number"},
    Office: {"contact"},
    Agreement: {"document_number"},
    ItemVersion: set(),
    Guide: set(),
    GuideRow: set(),
    Rating: set(),
    Notice: {"reason"},
    Reveal: {"note"},
    Envelope: {"reason_text"},
    Task: {"note"},
    PaperBody: {"facts", "pdf"},
    User: {"name"},
    Waiting: {"arguments"},
    Consignment: {"document_number"},
    Batch: set(),
    Paper: set(),
    Hall: set(),
}  # fmt: skip


@pytest.mark.parametrize("kind", PERSONAL, ids=lambda kind: kind.__name__)
def test_what_is_about_a_person_is_marked(kind: type) -> None:
    """Names, numbers, telephones, addresses, remarks, bytes of papers; to change the list is a decision."""
    assert personal_fields(kind) == PERSONAL[kind]
    assert personal_fields(kind) <= set(field_names(kind))


def test_only_password_and_pin_are_secret() -> None:
    """They are random by nature, so the journal carries only their versions."""
    assert secret_fields(User) == {"password", "pin"}
    assert all(secret_fields(kind) == set() for kind in PERSONAL if kind is not User)


def test_a_row_is_known_to_the_review_by_its_id() -> None:
    """The review asks for `id`, the checklist says `row_id`."""
    row = Row(
        "1", "statement", 3, name="情况说明", standard="签名", form="original", copies=1, from_whom="申请人"
    )

    assert row.id == "statement"
