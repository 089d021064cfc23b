"""What is asked about a person: by role, secrets twice, and nothing secret is shown again."""

from __future__ import annotations

import pytest

from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.errors import Explained
from workstation.screens.users import person

GIVEN = {"code": "1003", "name": "林示例", "password": "Xin-2026", "password_again": "Xin-2026"}


def names(role: Role, *, with_pin: bool = False) -> list[str]:
    """What is asked for a role."""
    return [asked.name for asked in person.asked(role, {}, with_pin=with_pin)]


def test_a_courier_is_asked_for_nothing_secret() -> None:
    """The badge number comes by itself."""
    assert names(Role.COURIER, with_pin=True) == ["code", "name"]
    assert person.new_user(Role.COURIER, {"code": "5003", "name": "揽示例"}) == NewUser(
        code="5003", name="揽示例", role=Role.COURIER
    )


def test_everybody_else_types_a_password_twice() -> None:
    """And a PIN twice where the hall is being founded; it may be left out."""
    assert names(Role.CLERK) == ["code", "name", "password", "password_again"]
    with_pin = person.asked(Role.CLERK, {}, with_pin=True)
    assert [(asked.name, asked.required) for asked in with_pin[-2:]] == [("pin", False), ("pin_again", False)]
    assert all(asked.secret for asked in with_pin[2:])


def test_what_was_typed_is_shown_again_but_for_secrets() -> None:
    """After a refusal code and name need not be typed again."""
    new = person.new_user(Role.CLERK, GIVEN)

    shown = {asked.name: asked.value for asked in person.asked(Role.CLERK, person.typed(new))}

    assert shown == {"code": "1003", "name": "林示例", "password": "", "password_again": ""}
    assert person.typed(None) == {}


def test_a_pin_that_was_left_out_is_none() -> None:
    """An empty line is no PIN."""
    new = person.new_user(Role.CLERK, {**GIVEN, "pin": "", "pin_again": ""})

    assert (new.password, new.pin) == ("Xin-2026", None)


@pytest.mark.parametrize("name", ["password", "pin"])
def test_two_that_differ_are_refused(name: str) -> None:
    """One of them is a slip."""
    given = {**GIVEN, "pin": "618203", "pin_again": "618203", f"{name}_again": "x"}

    with pytest.raises(Explained) as caught:
        person.new_user(Role.CLERK, given)

    assert caught.value.code == "typed-differently"
    assert all(caught.value.as_dict().values())
