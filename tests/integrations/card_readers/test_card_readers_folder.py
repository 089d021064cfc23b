"""The contract of the folder: every make is found without a list, and nothing personal gets into a log."""

from __future__ import annotations

import datetime

import pytest

from integrations import card_readers
from integrations.card_readers import CardText, ReaderError


def a_card() -> CardText:
    """A card of nobody."""
    return CardText(
        kind="citizen_id",
        name="演练一",
        number="450102195202290005",
        birth=datetime.date(1952, 2, 29),
        sex="female",
        valid_from=datetime.date(2020, 1, 1),
        valid_to=None,
        long_term=True,
        address="演练路0号",
    )


def test_the_makes_are_found_by_themselves() -> None:
    """Being a folder in the folder is being registered."""
    assert "sdt_serial" in card_readers.names()


@pytest.mark.parametrize("name", card_readers.names())
def test_each_make_gives_a_reader_without_touching_the_port(name: str) -> None:
    """A reader can be made before it is plugged in; only reading opens the port."""
    reader = card_readers.load(name).reader("/dev/nowhere", baud=9600)

    with pytest.raises(ReaderError) as caught:
        reader.read(0)
    assert caught.value.reason == "port_missing"


@pytest.mark.parametrize("name", ["os", "", "sdt_serial.client", "..", "__init__"])
def test_an_unknown_make_is_no_module(name: str) -> None:
    """Only what lies in the folder can be loaded by name."""
    with pytest.raises(KeyError):
        card_readers.load(name)


def test_a_card_does_not_print_itself() -> None:
    """Neither its repr nor its text nor a list of it shows a field."""
    card = a_card()

    for shown in (repr(card), str(card), f"{[card]}"):
        assert "…" in shown
        assert not any(secret in shown for secret in ("演练", "4501", "1952", "2020", "female"))


def test_cards_are_compared_by_what_they_say() -> None:
    """Two readings of one card are equal."""
    assert a_card() == a_card()


def test_the_error_names_reason_and_code() -> None:
    """Its text is for logs; the sentence is for the clerk."""
    plain = ReaderError("no_card")
    coded = ReaderError("status", status=0x0A, sentence="某事")

    assert (str(plain), plain.status, plain.sentence) == ("no_card", None, "")
    assert (str(coded), coded.status, coded.sentence) == ("status 0A", 0x0A, "某事")


def test_no_reason_stands_twice() -> None:
    """So that wording can be checked against REASONS."""
    assert len(set(card_readers.REASONS)) == len(card_readers.REASONS)
