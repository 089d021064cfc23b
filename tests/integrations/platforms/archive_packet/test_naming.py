"""How a packet is called: known placeholders, the case's number among them, and a name that is a file's."""

from __future__ import annotations

import pytest

from integrations.platforms.archive_packet import naming
from integrations.platforms.archive_packet.naming import NameFault

VALUES = {
    "division": "350203",
    "hall": "1",
    "item": "59",
    "year": "2026",
    "number": "13502031012632400012",
    "ordinal": "2",
}


def reason_of(template: str) -> str:
    """Why a template is refused, by the check and by the name alike."""
    with pytest.raises(NameFault) as checked:
        naming.check(template)
    with pytest.raises(NameFault) as named:
        naming.name_of(template, VALUES)
    assert checked.value.reason == named.value.reason
    return checked.value.reason


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{division}-{year}-{number}", "350203-2026-13502031012632400012.zip"),
        ("{number}.{ordinal}", "13502031012632400012.2.zip"),
        ("档案{hall}-{item}-{number}", "档案1-59-13502031012632400012.zip"),
    ],
)
def test_a_template_is_filled(template: str, name: str) -> None:
    """Placeholders by what they stand for, all else as it is written."""
    assert naming.name_of(template, VALUES) == name


def test_every_placeholder_is_known_by_its_name() -> None:
    """All of them in one name."""
    template = "-".join(f"{{{name}}}" for name in naming.PLACEHOLDERS)

    assert naming.name_of(template, VALUES) == "350203-1-59-2026-13502031012632400012-2.zip"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{applicant}-{number}", "unknown"),
        ("{number.real}", "unknown"),
        ("{0}-{number}", "unknown"),
        ("{}-{number}", "unknown"),
        ("{division}-{year}", "number"),
        ("packet", "number"),
        ("{number", "braces"),
        ("number}", "braces"),
        ("{number:>30}", "braces"),
        ("{number!r}", "braces"),
        ("../{number}", "form"),
        ("/{number}", "form"),
        ("a\\{number}", "form"),
        (".{number}", "form"),
        ("-{number}", "form"),
        ("{number}\n", "form"),
        ("{number} a", "form"),
        ("{number}" + "长" * 80, "form"),
    ],
)
def test_what_makes_no_name_is_refused(template: str, reason: str) -> None:
    """Each for its own reason, whether it is used or only looked at."""
    assert reason_of(template) == reason


def test_an_unknown_placeholder_is_named() -> None:
    """So that it can be found in the setting."""
    with pytest.raises(NameFault) as fault:
        naming.check("{applicant_name}-{number}")

    assert fault.value.detail == "applicant_name"


@pytest.mark.parametrize("item", ["../59", "a/b", "59.1", "甲 乙"])
def test_a_code_of_the_hall_cannot_leave_the_folder(item: str) -> None:
    """What is no letter or digit in a code becomes a dash."""
    name = naming.name_of("{number}-{item}", {**VALUES, "item": item})

    assert "/" not in name
    assert " " not in name
    assert name.count(".") == 1
