"""地址 of a person, one line of plain text; an authority's address is no secret and needs no mask."""

from __future__ import annotations

import re

from forms.identifiers import plain_text

KIND = "address"
REASONS = plain_text.REASONS
MAX = 200
"""The longest address, in characters."""

_HIDDEN = "****"
_NUMERALS = "〇零一二三四五六七八九十百千两甲乙丙丁"
_UNITS = "号栋幢座楼层室单元弄组户院"
# Where the private part begins: any Arabic digit, a letter block (A座), a Chinese numeral that counts a unit.
_PRIVATE = re.compile(rf"[0-9０-９①-⑳]|[A-Za-zＡ-Ｚａ-ｚ]+\s*[{_UNITS}区]|第?[{_NUMERALS}]+\s*[{_UNITS}]")  # noqa: RUF001 - full-width digits are typed
_DISTRICT = re.compile(r"省|(?<!超)市(?!场)|州|盟|旗|[区县](?!长)|镇|乡|街道")
_STREET = re.compile(r"路|街|道|巷|弄|胡同|村|屯")


def compact(text: str) -> str:
    """NFC, without blanks at the ends."""
    return plain_text.compact(text)


def validate(text: str, *, longest: int = MAX) -> str:
    """The compact form, by the rules of `plain_text`."""
    return plain_text.validate_as(KIND, text, longest=longest)


def mask(text: str) -> str:
    """Down to the street or 小区: 广西南宁市青秀区民族大道****; enough for a label (GB/T 41833-2022).

    What follows the first number is private. Of the rest stays what ends at the last district, town or 小区,
    or at the first street or village after it; without either everything is hidden.
    """
    line = compact(text)
    private = _PRIVATE.search(line)
    public = line[: private.start()] if private else line
    kept = _street_end(public, _district_end(public))
    return line[:kept] + (_HIDDEN if kept < len(line) else "")


def _district_end(public: str) -> int:
    return max((match.end() for match in _DISTRICT.finditer(public)), default=0)


def _street_end(public: str, start: int) -> int:
    street = _STREET.search(public, start)
    return street.end() if street else start
