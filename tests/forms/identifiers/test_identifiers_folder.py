"""The contract of the folder: every module in it has the same verbs, found without a list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import identifiers
from forms.identifiers import Identifier, InvalidIdentifier

VECTORS = {
    "citizen_id": "11010519491231002X",
    "residence_permit": "810000199408230021",
    "foreigner_card": "911248198408260127",
    "travel_permit": "C12345678",
    "passport": "E12345678",
    "foreign_passport": "AB1234567",
    "unified_credit_code": "91350100M000100Y43",
}
DOCUMENTS = (*identifiers.OF_PERSONS, *identifiers.OF_ORGANISATIONS)
# Mostly what numbers and names are made of, so that some are valid; and now and then anything.
TEXTS = (
    st.text("0123456789", min_size=8, max_size=18)
    | st.from_regex(r"[A-Za-zＡ-Ｚ]{1,3} ?[0-9０-９]{7,12}", fullmatch=True)
    | st.text("张三（）() ·-示例公司ABab12\u0301", max_size=12)
    | st.text()
)
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
        "organisation_name",
        *DOCUMENTS,
    }


def test_what_several_kinds_share_is_no_kind() -> None:
    """A module with an underscore is neither listed nor loaded by name."""
    assert not [name for name in identifiers.names() if name.startswith("_")]
    with pytest.raises(KeyError):
        identifiers.load("_number")


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


@settings(max_examples=60)
@given(TEXTS)
def test_what_is_valid_once_is_valid_for_ever(text: str) -> None:
    """Validating the stored form gives it back unchanged, for every kind, and every text has a mask."""
    for name in identifiers.names():
        module = identifiers.load(name)
        said = answer(module, text)

        assert isinstance(module.mask(text), str)
        if isinstance(said, str):
            assert module.validate(said) == said


@settings(max_examples=60)
@given(TEXTS)
def test_every_number_has_one_form(text: str) -> None:
    """Compacting twice changes nothing, and all documents of persons are compacted alike, for look-up."""
    for name in (*DOCUMENTS, "organisation_name"):
        module = identifiers.load(name)
        once = module.compact(text)

        assert module.compact(once) == once
        if name in identifiers.OF_PERSONS:
            assert once == identifiers.load("citizen_id").compact(text)


@given(TEXTS, st.sampled_from(DOCUMENTS))
def test_a_mask_never_shows_much(text: str, kind: str) -> None:
    """Of eighteen characters the first six and last four at most, else the first and last three."""
    module = identifiers.load(kind)
    masked, number = module.mask(text), module.compact(text)
    first, last = (6, 4) if len(number) == 18 else (1, 3)

    assert len(masked) == len(number)
    assert all(hidden == "*" for hidden in masked[first : len(number) - last])
    assert not number or masked.count("*") * 2 >= min(len(number), 16)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_form_of_a_document_is_shown_in_part(kind: str) -> None:
    """Enough to tell two numbers apart, by beginning and end."""
    number = VECTORS[kind]
    masked = identifiers.load(kind).mask(number)

    assert re.fullmatch(r"\w+\*{5,}\w+", masked)
    assert all(shown in ("*", character) for shown, character in zip(masked, number, strict=True))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("11010519491231002x", ("citizen_id",)),
        ("810000199408230021", ("residence_permit",)),
        ("911248198408260127", ("foreigner_card",)),
        ("abc123456789012", ("foreigner_card",)),
        ("91350100-M000100Y-43", ("unified_credit_code",)),
        ("913527198408260086", ("foreigner_card", "unified_credit_code")),
        ("E12345678", ("passport",)),
        ("C12345678", ("travel_permit",)),
        ("12345678", ("travel_permit",)),
        ("H12345678", ("travel_permit", "passport")),
        ("M12345678", ("travel_permit", "passport")),
        ("AB1234567", ()),
        ("110105194912310021", ()),
        ("张三", ()),
        ("", ()),
    ],
)
def test_a_guess_names_the_kinds_a_number_can_be_of(text: str, kinds: tuple[str, ...]) -> None:
    """Most specific first, all where checks agree; nothing for a foreign passport, which can be anything."""
    assert identifiers.guess(text) == kinds


@given(TEXTS)
def test_what_is_guessed_is_accepted(text: str) -> None:
    """Every kind that is named validates the text, and is one of persons or organisations."""
    for kind in identifiers.guess(text):
        assert identifiers.load(kind).validate(text)
        assert kind in DOCUMENTS
