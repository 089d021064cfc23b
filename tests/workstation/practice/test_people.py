"""The people, offices and waybills of a practice hall are valid in form and cannot be anybody's."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from forms.identifiers import address, citizen_id, landline, mobile, person_name
from workstation.acts import passwords
from workstation.domain import scans
from workstation.domain.codes import HallCode
from workstation.practice import hall, people, plan
from workstation.practice.waybills import Waybills
from workstation.reference import divisions
from workstation.settings import PasswordPolicy

CROWD = list(islice(people.strangers(Random(7), 2026), 3000))


def test_every_person_passes_the_checks_of_a_hand_in() -> None:
    """Name, ID number, telephone and address are in the one form they are stored in."""
    for person in CROWD:
        assert person_name.validate(person.name) == person.name
        assert citizen_id.validate(person.id_number) == person.id_number
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
    years = [2026 - citizen_id.birth_date(person.id_number).year for person in CROWD]

    assert 18 < min(years) < max(years) < 76


def test_the_first_people_have_the_names_that_make_trouble() -> None:
    """The smallest cast meets them all: rare characters, 间隔号, a compound surname, Latin letters."""
    first = [person.name for person in CROWD[: plan.FEWEST]]

    assert {"𬱟", "𪾢", "䶮"} <= set("".join(first))
    assert any(name.startswith("买买提·") for name in first)
    assert any(name.isascii() for name in first)
    assert any(person.id_number.startswith("9") for person in CROWD if person.name.isascii())


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
