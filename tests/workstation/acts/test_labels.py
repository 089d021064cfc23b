"""Fields by their names at the counter, in refusals and beside their boxes."""

from __future__ import annotations

import ast

import pytest

from tests.architecture import house
from tests.builders import a_person, an_intake, refused
from workstation.acts import checks, labels, registration
from workstation.acts.desk import Desk
from workstation.errors import WrongUsage, on_screen

#: Where in the call the field's name stands; all these tell of it.
_CHECKS = {"count", "day", "digits", "field", "one_of", "phone"}


def test_every_field_that_is_checked_has_a_label() -> None:
    """A name that nobody put into words would be read as English by a clerk."""
    places = {
        node.args[0].value
        for source in house.sources("workstation")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _CHECKS
        and ast.unparse(node.func.value) == "checks"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }

    assert {"reason", "valid_from", "credit.outcome"} <= places
    assert {place for place in places if place and labels.label(place).isascii()} == set()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("applicant.phone", "申请人电话"),
        ("agent.valid_to", "代办人证件有效期至"),
        ("valid_to", "止期"),
        ("applicant.name", "申请人姓名"),
        ("users[2].name", "姓名"),
        ("offices[0].name", "部门名称"),
        ("office.phone", "部门电话"),
        ("offices[1].postcode", "邮编"),
        ("materials[3].copies", "份数"),
        ("application.licence_fault.kind", "错证缺证的种类"),
        ("rows[0].due", "期限"),
        ("申请人电话", "申请人电话"),
        ("nobody_knows", "nobody_knows"),
        ("", ""),
    ],
)
def test_a_field_is_called_by_where_it_stands(name: str, said: str) -> None:
    """The same name is another thing in another part; a label stays what it is."""
    assert labels.label(name) == said


@pytest.mark.parametrize(("name", "told"), [("agent.phone", "agent.phone"), ("代办人电话", None), ("", None)])
def test_a_refusal_tells_the_field_by_its_own_name_too(name: str, told: str | None) -> None:
    """For whoever typed it in JSON, and for the form that asked; a label has no other name."""
    with pytest.raises(WrongUsage) as caught:
        checks.digits(name, "12", 6)

    assert labels.named(caught.value) == told
    assert on_screen(caught.value.why) == f"{labels.label(name)}不是 6 位数字。"


def test_a_field_named_amid_a_sentence_is_not_what_it_is_about() -> None:
    """Only the end tells it."""
    error = WrongUsage("x", what="甲", why=f"甲。{labels.at('reason')}乙。", next="丙")

    assert labels.named(error) is None


def test_a_wrong_hand_in_is_told_in_words(desk: Desk) -> None:
    """On the screen no English is left, at the command line the place in the JSON is."""
    with refused(desk, "mobile-length") as caught:
        registration.register(desk, an_intake(applicant=a_person(phone="139")))

    told = caught.value
    assert told.what == "申请人电话不能这样登记。"
    assert on_screen(told.why + told.next).isascii() is False
    assert "applicant" not in on_screen(told.why)
    assert labels.named(told) == "applicant.phone"
