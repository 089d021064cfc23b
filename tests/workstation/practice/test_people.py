"""The people, offices and waybills of a practice hall are valid in form and cannot be anybody's."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from forms import identifiers
from forms.identifiers import address, landline, mobile, organisation_name, person_name, unified_credit_code
from workstation.acts import passwords
from workstation.domain import scans
from workstation.domain.codes import HallCode
from workstation.policies import PasswordPolicy
from workstation.practice import hall, people, plan
from workstation.practice.waybills import Waybills
from workstation.reference import divisions

CROWD = list(islice(people.strangers(Random(7), 2026), 3000))


def test_every_person_passes_the_checks_of_a_hand_in() -> None:
    """Name, ID number, telephone and address are in the one form they are stored in."""
    for person in CROWD:
        assert person_name.validate(person.name) == person.name
        assert identifiers.load(person.id_kind).validate(person.id_number) == person.id_number
        assert mobile.validate(person.phone) == person.phone
        assert address.validate(person.address or "") == person.address


def test_no_person_can_exist() -> None:
    """The sequence 000 is never issued, and the telephones all begin alike."""
    assert {person.id_number[14:17] for person in CROWD} == {"000"}
    assert {person.phone[:7] for person in CROWD} == {"1390000"}
    assert all("演练" in (person.address or "") for person in CROWD)


def test_no_two_people_are_taken_for_each_other() -> None:
    """Names, ID numbers and telephones are each given once."""
    for field in ("name", "id_number", "phone"):
        assert len({getattr(person, field) for person in CROWD}) == len(CROWD)


def test_everybody_is_of_age() -> None:
    """People are between 18 and 76 in the year that is played."""
    years = [2026 - int(person.id_number[6:10]) for person in CROWD]

    assert 18 < min(years) < max(years) < 76


def test_the_first_people_have_the_names_that_make_trouble() -> None:
    """The smallest cast meets them all: rare characters, 间隔号, a compound surname, Latin letters."""
    first = [person.name for person in CROWD[: plan.FEWEST]]

    assert {"𬱟", "𪾢", "䶮"} <= set("".join(first))
    assert any(name.startswith("买买提·") for name in first)
    assert any(name.isascii() for name in first)
    assert {person.id_kind for person in CROWD if person.name.isascii()} == {"foreigner_card"}


def test_units_do_not_exist_and_pass_the_checks() -> None:
    """Both check digits are right, the code begins with EXAM, the name says that it is practice."""
    rng = Random(7)
    units = [people.organisation(person, rng) for person in CROWD[:200]]

    for unit, person in zip(units, CROWD, strict=False):
        assert unified_credit_code.validate(unit.id_number) == unit.id_number
        assert unified_credit_code.organisation_code(unit.id_number).startswith("EXAM")
        assert divisions.exists(unified_credit_code.division(unit.id_number))
        assert organisation_name.validate(unit.name) == unit.name
        assert unit.name.startswith("演练")
        assert "示例" in unit.name
        assert (unit.id_kind, unit.phone, unit.address) == (
            "unified_credit_code",
            person.phone,
            person.address,
        )
    assert len({unit.id_number for unit in units}) == len(units)


def test_every_waybill_is_one_to_a_scanner_and_given_once() -> None:
    """Both forms come up; each is read as a waybill where one is asked for."""
    pad, rng, ours = Waybills(), Random(7), HallCode("350203", 9)
    numbers = [pad.next(rng) for _ in range(500)]

    meanings = [scans.resolve(n, ours, known=lambda _: False, expecting_waybill=True) for n in numbers]

    assert all(isinstance(meaning, scans.Waybill) for meaning in meanings)
    assert len(set(numbers)) == len(numbers)
    assert {number.isdigit() for number in numbers} == {True, False}


def test_every_office_is_invented_under_a_division_that_exists() -> None:
    """Names say that they are practice, telephones and divisions are of the right form."""
    for office in hall.offices():
        assert "演练" in office.name
        assert "演练" in office.address
        assert landline.validate(office.phone) == office.phone
        assert divisions.exists(office.division)


@pytest.mark.parametrize("seed", range(60))
def test_every_password_and_pin_passes_the_policy(seed: int) -> None:
    """Whatever the seed, everybody but couriers can sign in and confirm."""
    for operator in hall.operators(seed):
        if operator.role == "courier":
            assert (operator.password, operator.pin) == (None, None)
            continue
        passwords.check_password(PasswordPolicy(), operator.code, operator.password or "")
        assert passwords.check_pin(operator.code, operator.pin or "") == operator.pin
