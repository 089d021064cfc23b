"""The form of a new hall: what stands beside each field, and which field a refusal is about."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests import halls
from workstation import founding, secrets
from workstation.errors import Explained, on_screen
from workstation.screens.welcome import plan

VALUES = {
    "name": "示例大厅",
    "division": "350203",
    "digit": "1",
    "window": "1",
    "address": "示例路 1 号",
    "postcode": "361000",
    "phone": "0592-5550000",
    "key_file": "",
    "passphrase": "",
    "again": "",
}


def test_the_form_asks_for_all_that_a_hall_is_founded_with() -> None:
    """But for its people, the keyring, which is not everywhere, and a server, for which there is `init`."""
    asked = plan.LABELS.keys() - {"again"}

    assert asked == set(founding.Founding.__struct_fields__) - {"users", "keyring", "dsn"}
    assert plan.LABELS.keys() == VALUES.keys()
    assert set(plan.PLAIN) < asked


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("division", "350203", "福建省厦门市思明区"),
        ("division", "３５０２０３", "福建省厦门市思明区"),
        ("division", "3502", "6 位数字"),
        ("division", "999999", "不在"),
        ("passphrase", "十二个字", "4 个字"),
        ("again", "甲", "还不相同"),
        ("again", "口令", "两遍相同"),
        ("name", "大厅", ""),
        ("division", "", ""),
    ],
)
def test_what_follows_from_a_field_stands_beside_it(name: str, typed: str, told: str) -> None:
    """The place's name, the length of the passphrase, whether both are alike."""
    said = plan.said(name, typed, {"passphrase": "口令"})

    assert told in said
    assert bool(told) == bool(said)


def test_a_complete_form_has_no_faults() -> None:
    """All else is checked where the hall is founded."""
    assert plan.faults(VALUES) == {}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"name": " ", "phone": ""}, ["name", "phone"]),
        ({"window": ""}, ["window"]),
        ({"window": "x"}, ["window"]),
        ({"window": "１"}, ["window"]),
        ({"window": "100"}, ["window"]),
        ({"passphrase": "一个口令"}, ["again"]),
    ],
)
def test_everything_that_is_missing_is_named_at_once(changes: dict[str, str], names: list[str]) -> None:
    """Not one after the other."""
    assert list(plan.faults({**VALUES, **changes})) == names


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"division": "35020"}, "division"),
        ({"window": 100}, "window"),
        ({"name": ""}, "name"),
        ({"name": "大厅\u202e"}, "name"),
        ({"address": "示例路\x00"}, "address"),
        ({"postcode": "36100"}, "postcode"),
        ({"phone": "12"}, "phone"),
        ({"passphrase": "eleven char"}, "passphrase"),
        ({"digit": 9}, None),
        ({"users": ()}, None),
    ],
)
def test_a_refusal_finds_its_field(changes: dict[str, Any], name: str | None) -> None:
    """By its code, or by the field it names; its words do not quote the field's English name."""
    with pytest.raises(Explained) as caught:
        founding.checked(msgspec.structs.replace(halls.PLAN, **changes), practice=False)

    assert plan.field_of(caught.value) == name
    assert name is None or name not in on_screen(caught.value.why)


def test_every_trouble_with_the_key_file_stands_beside_it(tmp_path: Any) -> None:
    """Such as one inside the home."""
    with pytest.raises(Explained) as caught:
        secrets.refuse_inside(tmp_path / "hall.key", tmp_path)

    assert plan.field_of(caught.value) == "key_file"
