"""A packing list in digits comes back as it was, or not at all: never as another list."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from tests.architecture import house
from tests.workstation.domain.lists import a_list, lists, number
from workstation.domain import manifest
from workstation.domain.codes import HallCode, Kind
from workstation.domain.manifest import BrokenContent, ListedPiece, Manifest, ManifestError, Part

LONG = manifest.symbols(a_list(150))
PAGE = house.ROOT / "docs" / "manifest.md"


def read(texts: Any) -> Manifest:
    """The list of these symbols."""
    return manifest.joined([manifest.part(text) for text in texts])


def sealed(digits: str) -> str:
    """Digits with the check that fits them."""
    return digits + mod_97_10.calc_check_digits(digits)


def holding(body: bytes, *, envelope: str = "", packed: bytes | None = None) -> str:
    """One symbol that is right in everything but what it holds."""
    envelope = envelope or number(Kind.ENVELOPE)
    data = manifest._packed(body) if packed is None else packed
    return manifest._text(Part(envelope, 1, 1, manifest._digest(envelope, body), data))


# ---- what comes back


@given(lists(), st.randoms())
def test_every_list_comes_back_as_it_was(found: Manifest, chance: Any) -> None:
    """Whatever its names are made of; the symbols in any order, and one of them twice."""
    texts = [*manifest.symbols(found)]
    texts.append(texts[0])
    chance.shuffle(texts)

    assert read(texts) == found


@pytest.mark.parametrize(("rows", "symbols"), [(1, 1), (5, 1), (100, 3), (400, 8)])
def test_a_long_list_takes_several_even_symbols(rows: int, symbols: int) -> None:
    """As few as can be, none longer than a scanner bears, each told apart from any number of ours."""
    texts = manifest.symbols(a_list(rows, cases=3))

    assert len(texts) == symbols
    assert max(map(len, texts)) <= manifest.LONGEST
    assert max(map(len, texts)) - min(map(len, texts)) < 20
    assert all(manifest.is_marked(text) and int(text[4:8]) == len(text) for text in texts)
    assert read(reversed(texts)) == a_list(rows, cases=3)


def test_a_list_that_does_not_fit_is_told() -> None:
    """Nine symbols are the most a paper carries."""
    with pytest.raises(manifest.TooLong):
        manifest.symbols(a_list(2000))


def test_a_list_has_no_field_for_a_person() -> None:
    """Neither name nor number nor telephone of anybody can be put in."""
    named = {each.name for kind in (Manifest, manifest.ListedCase, ListedPiece) for each in fields(kind)}

    assert named == {
        *("envelope", "office", "cases", "pieces", "number", "item", "case", "row"),
        *("name", "form", "copies", "pages"),
    }


def test_equal_lists_are_equal_digits() -> None:
    """A paper that is printed again carries the same symbol."""
    assert manifest.symbols(a_list(7)) == manifest.symbols(a_list(7))


# ---- what is refused


@given(st.data())
def test_a_wrong_digit_is_refused(data: st.DataObject) -> None:
    """Any one digit, at any place of any symbol."""
    text = data.draw(st.sampled_from(LONG))
    at = data.draw(st.integers(0, len(text) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[at]]))

    with pytest.raises(ManifestError):
        manifest.part(text[:at] + digit + text[at + 1 :])


@given(st.data())
def test_a_flipped_bit_of_the_data_is_refused(data: st.DataObject) -> None:
    """Even where head and check digits were made to fit it."""
    parts = [manifest.part(text) for text in LONG]
    at = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, len(parts[at].data) * 8 - 1))
    spoilt = bytearray(parts[at].data)
    spoilt[bit // 8] ^= 1 << bit % 8
    parts[at] = manifest.part(manifest._text(replace(parts[at], data=bytes(spoilt))))

    with pytest.raises((manifest.WrongDigest, BrokenContent)):
        manifest.joined(parts)


@given(st.integers(21, len(LONG[0]) - 1))
def test_a_scan_that_stopped_is_refused(length: int) -> None:
    """However far it came."""
    with pytest.raises(manifest.Truncated):
        manifest.part(LONG[0][:length])


@pytest.mark.parametrize("more", ["7", LONG[1], LONG[0], "0" * 5000])
def test_a_scan_with_more_behind_it_is_refused(more: str) -> None:
    """Two scans in one, or a key that was pressed."""
    with pytest.raises(manifest.Lengthened):
        manifest.part(LONG[0] + more)


@given(st.integers(0, len(LONG[0]) - 2))
def test_two_digits_changed_about_are_refused(at: int) -> None:
    """As no scanner does it, but a person who types."""
    text = LONG[0]
    assume(text[at] != text[at + 1])

    with pytest.raises(ManifestError):
        manifest.part(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


@pytest.mark.parametrize("absent", range(len(LONG)))
def test_a_missing_symbol_is_named(absent: int) -> None:
    """Which it is and how many there are; no part of the list is given."""
    parts = [manifest.part(text) for n, text in enumerate(LONG) if n != absent]

    with pytest.raises(manifest.MissingParts) as caught:
        manifest.joined(parts)

    assert (caught.value.missing, caught.value.count) == ((absent + 1,), len(LONG))
    assert manifest.missing(parts) == [absent + 1]


@pytest.mark.parametrize("other", [a_list(150, serial=2), a_list(151), a_list(400)])
def test_symbols_of_two_lists_are_refused(other: Manifest) -> None:
    """Another envelope's, one packed anew, one of more symbols."""
    with pytest.raises(manifest.MixedParts):
        read([LONG[0], manifest.symbols(other)[1]])


def test_one_place_with_two_contents_is_refused() -> None:
    """Though both name the same list."""
    first, second = (manifest.part(text) for text in LONG[:2])

    with pytest.raises(manifest.MixedParts):
        manifest.joined([first, replace(first, data=second.data), second])


@pytest.mark.parametrize("version", ["00", "02", "99"])
def test_an_unknown_version_is_told_from_a_misread_one(version: str) -> None:
    """By the check digits, which stand at the same place in all of them."""
    text = LONG[0]

    with pytest.raises(manifest.UnknownVersion):
        manifest.part(sealed(f"88{version}{text[4:-2]}"))
    with pytest.raises(manifest.WrongCheck):
        manifest.part(f"88{version}{text[4:]}")


@pytest.mark.parametrize(
    "text", ["", "88", "88" * 10, "77" + "1" * 60, "８８" * 30, "88" + "x" * 60, "-8" * 40]
)
def test_other_texts_are_no_symbol(text: str) -> None:
    """Twenty digits are a number, not the beginning of a list."""
    assert not manifest.is_marked(text)
    with pytest.raises(ManifestError):
        manifest.part(text)


@pytest.mark.parametrize("index_and_count", ["01", "10", "21", "00"])
def test_a_place_that_cannot_be_is_refused(index_and_count: str) -> None:
    """The second of one."""
    text = LONG[0]

    with pytest.raises(BrokenContent):
        manifest.part(sealed(f"{text[:8]}{index_and_count}{text[10:-2]}"))


@pytest.mark.parametrize("envelope", ["1" * 20, number(Kind.CASE)])
def test_another_number_than_an_envelopes_is_refused(envelope: str) -> None:
    """One with a wrong check digit, and one of another kind."""
    with pytest.raises(BrokenContent):
        manifest.part(holding(b"[]", envelope=envelope))


@pytest.mark.parametrize("data", ["9" * 17, "9" * 3, "1", "12", "1" * 4, "1" * 16])
def test_digits_that_stand_for_no_bytes_are_refused(data: str) -> None:
    """Too large for their group, or of a length no group has."""
    head = f"8801{42 + len(data) + 2:04d}{LONG[0][8:42]}"

    with pytest.raises(BrokenContent):
        manifest.part(sealed(head + data))


CASE = number(Kind.CASE)
ROW = [1, "row", "结婚证", "copy", 1, 2]
WRONG: list[Any] = [
    {},
    [],
    ["o", []],
    ["o", [], [], 1],
    ["", [], []],
    ["o", [[CASE]], []],
    ["o", [[CASE, "63"], [CASE, "63"]], []],
    ["o", [["12345678901234567890", "63"]], []],
    ["o", [[number(Kind.ENVELOPE), "63"]], []],
    ["o", [], [ROW]],
    ["o", [[CASE, "63"]], [[0, *ROW[1:]]]],
    ["o", [[CASE, "63"]], [[2, *ROW[1:]]]],
    ["o", [[CASE, "63"]], [[True, *ROW[1:]]]],
    ["o", [[CASE, "63"]], [[*ROW[:4], -1, 2]]],
    ["o", [[CASE, "63"]], [[*ROW[:4], "1", 2]]],
    ["o", [[CASE, "63"]], [[*ROW[:4], 1.5, 2]]],
    ["o", [[CASE, "63"]], [[*ROW, "more"]]],
    ["o", [[CASE, "63"]], [[1, "row", "", "copy", 1, 2]]],
    ["o", [[CASE, "63"]], [[1, "row", "名" * 1001, "copy", 1, 2]]],
]


@pytest.mark.parametrize(
    "body", [json.dumps(wrong).encode() for wrong in WRONG] + [b"", b"{", b"\xff\xfe", b"null"]
)
def test_right_digits_of_no_list_are_refused(body: bytes) -> None:
    """Somebody else's JSON, whatever it is."""
    with pytest.raises(BrokenContent):
        read([holding(body)])


def test_a_list_that_would_fill_the_memory_is_refused() -> None:
    """A few hundred digits that unpack to more than any list is."""
    bomb = manifest._packed(b" " * (manifest.LARGEST + 1))[: manifest._ROOM]

    with pytest.raises(BrokenContent):
        read([holding(b"", packed=bomb)])


@pytest.mark.parametrize("packed", [b"", b"\xff" * 20, zlib.compress(b"[]"), manifest._packed(b"[]") + b"x"])
def test_what_is_not_one_packed_list_is_refused(packed: bytes) -> None:
    """Nothing, noise, another packing, more behind it."""
    with pytest.raises(BrokenContent):
        read([holding(b"[]", packed=packed)])


def test_no_symbols_are_no_list() -> None:
    """Nothing was scanned."""
    with pytest.raises(ManifestError):
        manifest.joined([])


def test_any_hall_can_read_it() -> None:
    """That is what it is for: the number says whose it is."""
    found = a_list(hall=HallCode("450103", 2))

    assert read(manifest.symbols(found)).envelope[1:8] == "4501032"


# ---- the page for whoever writes a reader


def test_the_pages_reader_reads_the_pages_example_and_ours() -> None:
    """What is written there is what is done here, byte for byte."""
    page = PAGE.read_text(encoding="utf-8")
    example, code, result = (
        re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("", "python", "json")
    )
    theirs: dict[str, Any] = {}
    exec(code[0], theirs)

    digits = "".join(example[0].split())
    ours = read([digits])

    assert theirs["manifest"]([digits]) == tuple(json.loads(result[0]))
    assert manifest.symbols(ours) == (digits,)
    assert theirs["manifest"](LONG)[0] == read(LONG).envelope
