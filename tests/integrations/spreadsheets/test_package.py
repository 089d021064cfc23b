"""Zips that are not what they say, and XML that grows: refused in a moment and with little memory."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from integrations.spreadsheets import LEDGER, Reason, SpreadsheetError, read, reading
from integrations.spreadsheets.limits import USUAL
from tests.integrations.spreadsheets import books
from tests.integrations.spreadsheets.books import SHEET, a_book, book_parts, text

MEGABYTE = 1024 * 1024


def refused(content: bytes) -> Reason:
    """Why a workbook is refused; it must take neither long nor much memory."""
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(SpreadsheetError) as refusal:
        read(content)
    took = time.process_time() - began
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert took < 5
    assert most < 30 * MEGABYTE
    return refusal.value.reason


def relabelled(content: bytes, size: int) -> bytes:
    """The same zip, its largest part said to be of another size, in both places that tell it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        true = max(entry.file_size for entry in packed.infolist())
    return content.replace(struct.pack("<I", true), struct.pack("<I", size))


@pytest.mark.parametrize("filling", ["0", " "])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(filling: str) -> None:
    """A small file whose sheet would be of 101 MB."""
    content = a_book(parts={SHEET: books.worksheet(filling * (USUAL.unpacked + MEGABYTE))})

    assert len(content) < MEGABYTE
    assert refused(content) is Reason.ZIP_BOMB


def test_a_ratio_no_table_has_is_refused() -> None:
    """Below the limit of size, but packed more than two hundred times; small ones are harmless."""
    assert refused(a_book(parts={SHEET: books.worksheet(" " * 20 * MEGABYTE)})) is Reason.ZIP_BOMB
    assert read(a_book(text("a"), parts={"xl/media/white.bin": "0" * (MEGABYTE - 9000)})).rows == (("a",),)


@pytest.mark.parametrize("size", [0, 1, 1000])
def test_a_part_larger_than_its_header_says_is_refused(size: int) -> None:
    """What is unpacked is cut at the size told, and then it is not what the checksum says."""
    content = relabelled(a_book(parts={SHEET: books.worksheet(" " * 50 * MEGABYTE)}), size)

    assert refused(content) is Reason.DAMAGED


def test_what_is_asked_for_often_is_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten sheets that are one part are within the limit by their headers, and beyond it when unpacked."""
    noise = "".join(f"<a{n}/>" for n in range(20_000))
    sheets = books.workbook(*((f"s{n}", "rId1", "") for n in range(10)))
    content = a_book(parts={SHEET: books.worksheet(noise), books.WORKBOOK: sheets})

    monkeypatch.setattr(reading, "USUAL", replace(USUAL, unpacked=MEGABYTE))
    assert refused(content) is Reason.ZIP_BOMB
    monkeypatch.setattr(reading, "USUAL", replace(USUAL, elements=100_000))
    assert refused(content) is Reason.TOO_LARGE
    assert LEDGER.elements > USUAL.elements


ENTITIES = [
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE a SYSTEM "http://localhost/a.dtd">',
    "<!DOCTYPE a>",
]


@pytest.mark.parametrize("declaration", ENTITIES)
@pytest.mark.parametrize("part", [SHEET, books.WORKBOOK, "_rels/.rels", books.STRINGS, books.STYLES])
def test_declared_entities_are_refused_in_every_part(declaration: str, part: str) -> None:
    """Bombs, files of this machine, addresses: none is looked at, in no part we read."""
    parts = book_parts(text("a")) | {books.STRINGS: books.strings(), books.STYLES: books.styles([])}

    assert refused(books.zipped(parts | {part: declaration + parts[part]})) is Reason.ENTITIES


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    """Their unpackers give out megabytes at a time, and no spreadsheet program uses them."""
    assert refused(books.zipped(book_parts(text("a")), method)) is Reason.DAMAGED


def test_stored_parts_are_read() -> None:
    """A workbook need not be packed at all."""
    assert read(books.zipped(book_parts(text("a")), zipfile.ZIP_STORED)).rows == (("a",),)


def test_a_zip_with_a_password_is_named() -> None:
    """The flag of one part is enough."""
    content = bytearray(a_book(text("a")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1

    assert refused(bytes(content)) is Reason.ENCRYPTED


@pytest.mark.parametrize("end", [30, 100, -1, -22, -60])
def test_a_zip_cut_short_is_damage(end: int) -> None:
    """A download that broke off."""
    assert refused(a_book(text("a"))[:end]) is Reason.DAMAGED


def test_deep_nesting_does_no_harm() -> None:
    """A hundred thousand elements within each other are as harmless as beside each other."""
    deep = "<a>" * 100_000 + "</a>" * 100_000

    assert read(a_book(text("a"), after=deep)).rows == (("a",),)
