"""The plan of a new hall: every value checked before anything is made."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests import halls
from workstation import founding
from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.errors import Explained

ADMINISTRATOR = NewUser(code="9001", name="管理员", role=Role.ADMINISTRATOR, password="Guanli-2026")


def planned(**changes: Any) -> founding.Founding:
    return msgspec.structs.replace(halls.PLAN, **changes)


def test_values_are_brought_to_their_one_form() -> None:
    """Full-width digits and blanks at the ends do not make another hall."""
    plan = planned(division="３５０２０３", phone="（0592）5550000", name=" 大厅 ", users=(ADMINISTRATOR,))

    checked = founding.checked(plan, practice=False)

    assert (checked.division, checked.phone, checked.name) == ("350203", "0592-5550000", "大厅")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"division": "35020"}, "digits-expected"),
        ({"division": "35020x"}, "digits-expected"),
        ({"digit": 0}, "hall-digit"),
        ({"digit": 9}, "hall-digit"),
        ({"window": 100}, "window-impossible"),
        ({"name": ""}, "plain-text-empty"),
        ({"name": "大厅\u202e"}, "plain-text-invisible"),
        ({"address": "示例路\x00"}, "address-control"),
        ({"address": "路" * 5000}, "address-too-long"),
        ({"postcode": "36100"}, "digits-expected"),
        ({"phone": "12"}, "mobile-length"),
        ({"passphrase": "eleven char"}, "passphrase-too-short"),
        ({"users": ()}, "administrator-missing"),
        ({"users": (ADMINISTRATOR, ADMINISTRATOR)}, "user-twice"),
        ({"users": (msgspec.structs.replace(ADMINISTRATOR, code="x"),)}, "user-code-form"),
        ({"users": (msgspec.structs.replace(ADMINISTRATOR, name="😀"),)}, "person-name-characters"),
        ({"users": (msgspec.structs.replace(ADMINISTRATOR, password="short"),)}, "password-weak"),
    ],
)
def test_each_wrong_value_has_its_code(changes: dict[str, Any], code: str) -> None:
    """Nothing is founded on a value that is not right."""
    with pytest.raises(Explained) as found:
        founding.checked(planned(**changes), practice=False)

    assert found.value.code == code


def test_only_a_practice_hall_has_the_digit_nine() -> None:
    """Numbers of a practice hall can be told from live ones for ever."""
    assert founding.checked(planned(digit=9), practice=True).digit == 9
    with pytest.raises(Explained) as found:
        founding.checked(planned(digit=1), practice=True)

    assert found.value.code == "hall-digit"


def test_the_settings_follow_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall's number is its division and digit; a server in the plan is the store's engine."""
    monkeypatch.delenv("WORKSTATION_KEY_FILE", raising=False)
    here = founding.settings_of(planned(key_file="/etc/hall.key"), None)
    there = founding.settings_of(planned(dsn="host=db"), None)
    practice = founding.settings_of(planned(digit=9, key_file="/etc/hall.key"), 7)

    assert (here.hall, here.window, here.key_file, here.store.engine) == (
        3502031,
        3,
        "/etc/hall.key",
        "sqlite",
    )
    assert (there.store.engine, there.store.dsn) == ("postgres", "host=db")
    assert practice.practice is not None
    assert (practice.hall, practice.practice.seed, practice.key_file) == (3502039, 7, None)


def test_a_practice_hall_is_marked_as_one() -> None:
    """The mark stands in the hall itself, not only in its number."""
    plan = planned(digit=9)

    assert founding.hall_of(plan, founding.settings_of(plan, 7), 1).practice == 1
    assert founding.hall_of(halls.PLAN, founding.settings_of(halls.PLAN, None), 1).practice == 0
