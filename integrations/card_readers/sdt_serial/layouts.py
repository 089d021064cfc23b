"""The text in the chip: 256 bytes, UTF-16LE, padded with blanks, laid out in one of four ways.

Pure. Errors are raised outside of `except`, so that no error carries another one with the card's text in it.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from integrations.card_readers import CardText, Kind, ReaderError, Sex
from integrations.card_readers.sdt_serial.nations import NATIONS

SIZE = 256
TYPE_OFFSET = 248
RESERVED = "reserved"
LONG_TERM = "长期"

_PADDING = " \x00\u3000"
_DAY = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
# Control and formatting characters do not belong on a card, and on a screen they could hide or move text.
_NOT_TEXT = frozenset({"Cc", "Cf", "Zl", "Zp"})
_SEXES: Mapping[str, Sex] = {"1": "male", "2": "female"}


@dataclass(frozen=True)
class Field:
    """A part of the block, in bytes."""

    name: str
    offset: int
    length: int


@dataclass(frozen=True)
class Layout:
    """How one kind of card divides the block."""

    kind: Kind
    fields: tuple[Field, ...]


_CITIZEN = Layout(
    "citizen_id",
    (
        Field("name", 0, 30),
        Field("sex", 30, 2),
        Field("nation", 32, 4),
        Field("birth", 36, 16),
        Field("address", 52, 70),
        Field("number", 122, 36),
        Field("issuer", 158, 30),
        Field("valid_from", 188, 16),
        Field("valid_to", 204, 16),
        Field(RESERVED, 220, 36),
    ),
)
_PERMIT = Layout(
    "residence_permit",
    (
        Field("name", 0, 30),
        Field("sex", 30, 2),
        Field(RESERVED, 32, 4),
        Field("birth", 36, 16),
        Field("address", 52, 70),
        Field("number", 122, 36),
        Field("issuer", 158, 30),
        Field("valid_from", 188, 16),
        Field("valid_to", 204, 16),
        Field("pass_number", 220, 18),
        Field("issue_count", 238, 4),
        Field(RESERVED, 242, 6),
        Field("type", 248, 2),
        Field(RESERVED, 250, 6),
    ),
)
_FOREIGNER_2017 = Layout(
    "foreigner_card",
    (
        Field("latin_name", 0, 120),
        Field("sex", 120, 2),
        Field("number", 122, 30),
        Field("nationality", 152, 6),
        Field("name", 158, 30),
        Field("valid_from", 188, 16),
        Field("valid_to", 204, 16),
        Field("birth", 220, 16),
        Field("version", 236, 4),
        Field("office_code", 240, 8),
        Field("type", 248, 2),
        Field(RESERVED, 250, 6),
    ),
)
_FOREIGNER_2023 = Layout(
    "foreigner_card",
    (
        Field("name", 0, 30),
        Field("sex", 30, 2),
        Field("issue_count", 32, 4),
        Field("birth", 36, 16),
        Field("latin_name", 52, 70),
        Field("number", 122, 36),
        Field(RESERVED, 158, 30),
        Field("valid_from", 188, 16),
        Field("valid_to", 204, 16),
        Field("latin_name_rest", 220, 22),
        Field("nationality", 242, 6),
        Field("type", 248, 2),
        Field("former_link", 250, 6),
    ),
)

# By the character at TYPE_OFFSET.
LAYOUTS = {"": _CITIZEN, "J": _PERMIT, "I": _FOREIGNER_2017, "Y": _FOREIGNER_2023}


def card_text(block: bytes) -> CardText:
    """What the block says; ReaderError if it is none of the four, or holds what no card can hold."""
    if len(block) != SIZE:
        raise ReaderError("unexpected_answer")
    layout = LAYOUTS.get(_decoded(block[TYPE_OFFSET : TYPE_OFFSET + 2]).strip(_PADDING))
    if layout is None:
        raise ReaderError("unknown_layout")
    texts = {
        field.name: _decoded(block[field.offset : field.offset + field.length])
        for field in layout.fields
        if field.name != RESERVED
    }
    # A long name runs on in a second field, at whichever letter the first is full.
    texts["latin_name"] = re.sub(" +", " ", texts.get("latin_name", "") + texts.pop("latin_name_rest", ""))
    return _card(layout.kind, {name: _clean(text) for name, text in texts.items()})


def _card(kind: Kind, texts: Mapping[str, str]) -> CardText:
    if not texts["number"] or not (texts["name"] or texts["latin_name"]):
        raise ReaderError("unreadable_text")
    long_term = texts["valid_to"] == LONG_TERM
    return CardText(
        kind=kind,
        name=texts["name"],
        number=texts["number"],
        birth=_day(texts["birth"]),
        sex=_SEXES.get(texts["sex"]),
        valid_from=_day(texts["valid_from"]) if texts["valid_from"] else None,
        valid_to=_day(texts["valid_to"]) if texts["valid_to"] and not long_term else None,
        long_term=long_term,
        latin_name=texts["latin_name"] or None,
        nation=_nation(texts.get("nation", "")),
        nationality=texts.get("nationality") or None,
        address=texts.get("address") or None,
        issuer=texts.get("issuer") or None,
        pass_number=texts.get("pass_number") or None,
        issue_count=texts.get("issue_count") or None,
        version=texts.get("version") or None,
        office_code=texts.get("office_code") or None,
        former_link=texts.get("former_link") or None,
    )


def _decoded(part: bytes) -> str:
    # Half of a surrogate pair comes out as one lone surrogate, which no good text has.
    text = part.decode("utf-16-le", "surrogatepass")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ReaderError("unreadable_text")
    return text


def _clean(text: str) -> str:
    text = text.strip(_PADDING)
    if any(unicodedata.category(letter) in _NOT_TEXT for letter in text):
        raise ReaderError("unreadable_text")
    return text


def _nation(code: str) -> str | None:
    return NATIONS.get(code, f"未知({code})") if code else None


def _day(text: str) -> datetime.date:
    found = _DAY.fullmatch(text)
    day = _date(*map(int, found.groups())) if found else None
    if day is None:
        raise ReaderError("unreadable_text")
    return day


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
