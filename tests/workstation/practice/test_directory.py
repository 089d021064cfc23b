"""The practice hall's directory and agreements: taken in before the first hand-in, invented and saying so."""

from __future__ import annotations

import json

from tests.workstation.practice.conftest import START, Day
from workstation.acts import catalogue, office_files, offices, verification
from workstation.domain.office import Power
from workstation.domain.times import local
from workstation.practice import hall, plan
from workstation.reference.calendars import NATIONAL

FIRST = NATIONAL.working_days_before(START, plan.DAYS_BEFORE)[0].isoformat()


def test_the_supervisor_opens_the_directory_before_anything_else(day: Day) -> None:
    """One import and two agreements, before the first hand-in of the first day."""
    began = next(number for number, entry in enumerate(day.entries) if entry.act == "register")
    before = [entry for entry in day.entries[:began] if entry.act in ("import_offices", "add_agreement")]

    assert [(entry.act, entry.operator) for entry in before] == [
        ("import_offices", "2001"), ("add_agreement", "2001"), ("add_agreement", "2001"),
    ]  # fmt: skip
    assert {local(entry.at).date().isoformat() for entry in before} == {FIRST}
    assert json.loads(before[0].body)["facts"]["added"] == len(hall.offices())


def test_every_office_stands_in_the_directory_as_it_was_invented(day: Day) -> None:
    """Code by code; in doubt after something came back, until it was asked anew; else since the first day."""
    with day.desk.reading() as reading:
        found = {office.code: office for office in reading.offices.where()}

    assert found.keys() == {office.code for office in hall.offices()}
    for office in hall.offices():
        known = found[office.code]
        fields = [field for field in office_files.HEADS if field not in ("verified_on", "state")]
        assert [getattr(known, field) for field in fields] == [getattr(office, field) for field in fields]
        assert known.verified_on is None or known.verified_on >= FIRST


def test_hand_ins_name_the_offices_of_the_directory(day: Day) -> None:
    """Each consignment has copied the address of its code; none was written out and entered on the way."""
    with day.desk.reading() as reading:
        for consignment in reading.consignments.where():
            office = offices.find(reading, consignment.office_code)
            assert (consignment.office_name, consignment.office_address) == (office.name, office.address)

    entered = {entry.act for entry in day.entries if '["offices",' in entry.body}
    assert entered <= {"import_offices", "trouble", "verify_office"}


def test_the_agreements_are_visibly_invented(day: Day) -> None:
    """One grants a little, the other every power; both hold on every day that is played."""
    with day.desk.reading() as reading:
        one, other = reading.agreements.where()

    for agreement in (one, other):
        assert "演练" in (agreement.document_number or "")
        assert "示例" in (agreement.document_number or "")
        assert agreement.is_in_force(FIRST)
        assert agreement.is_in_force(START.isoformat())
        assert agreement.limits == "accept:1,send:2,check:1,return:1"
    assert {power for power in Power if one.grants(power)} == set(Power)
    assert not other.grants(Power.ACCEPT)
    assert verification.verify(day.desk).difference is None


def test_one_office_has_a_guide_of_its_own(day: Day) -> None:
    """Taken in on the first morning, named as invented; only there two papers need not be handed in."""
    with day.desk.reading() as reading:
        (guide,) = reading.guides.where()
        theirs = catalogue.checklist(reading, hall.GUIDED, office=hall.GUIDING)
        elsewhere = catalogue.checklist(reading, hall.GUIDED, office=hall.GRANTING)

    assert (guide.scope, guide.item, guide.source_date) == (hall.GUIDING, hall.GUIDED, FIRST)
    assert guide.source == "演练办事指南（示例）"
    assert tuple(row.id for row in theirs.rows if row.exempt) == hall.EXEMPT
    assert [row.name for row in theirs.rows] == [row.name for row in elsewhere.rows]
    assert not any(row.exempt for row in elsewhere.rows)


def test_the_offices_have_the_item_in_hand_that_is_sent_to_them(day: Day) -> None:
    """What is surveyed goes to the office for land, everything about persons to those for households."""
    with day.desk.reading() as reading:
        cases = {case.number: case for case in reading.cases.where()}
        sent = {(cases[c.case_number].item, c.office_code) for c in reading.consignments.where()}

    to_surveyors = {item for item, office in sent if office == hall.RESOURCES}
    assert to_surveyors == {plan.COORDINATES, plan.ESTATE}
    assert not to_surveyors & {item for item, office in sent if office != hall.RESOURCES}
