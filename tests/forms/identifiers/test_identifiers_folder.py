"""The contract of the folder: every module in it has the same verbs, found without a list."""

from __future__ import annotations

import pytest

from forms import identifiers
from forms.identifiers import Identifier, InvalidIdentifier

HOSTILE = ("", " ", "\x00", "\ud800", "😀", "a" * 5000, "١٢٣", "\u202e张三", "<b>", "ß" * 18)


def answer(module: Identifier, text: str) -> str | InvalidIdentifier:
    """What validate says of a text: the compact form, or the error."""
    try:
        return module.validate(text)
    except InvalidIdentifier as error:
        return error


def test_the_kinds_are_found_by_themselves() -> None:
    """Being in the folder is being registered."""
    assert set(identifiers.names()) >= {
        "citizen_id",
        "mobile",
        "landline",
        "person_name",
        "plain_text",
        "address",
    }


def test_an_unknown_kind_is_no_module() -> None:
    """Only what lies in the folder can be loaded by name."""
    with pytest.raises(KeyError):
        identifiers.load("os")


@pytest.mark.parametrize("name", identifiers.names())
def test_each_module_names_itself_and_its_reasons(name: str) -> None:
    """KIND is the module's name; REASONS has no name twice, so that wording can be checked against it."""
    module = identifiers.load(name)

    assert name == module.KIND
    assert len(set(module.REASONS)) == len(module.REASONS)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", identifiers.names())
def test_each_module_answers_any_text(name: str, text: str) -> None:
    """compact and mask never fail; validate gives the compact form or a reason that REASONS has."""
    module = identifiers.load(name)

    said = answer(module, text)

    assert isinstance(module.mask(text), str)
    if isinstance(said, InvalidIdentifier):
        assert said.kind == name
        assert said.reason in module.REASONS
    else:
        assert said == module.compact(text)


def test_the_error_names_kind_and_reason() -> None:
    """Its text is for logs and holds no value."""
    error = InvalidIdentifier("mobile", "length")

    assert str(error) == "mobile: length"
    assert isinstance(error, ValueError)
