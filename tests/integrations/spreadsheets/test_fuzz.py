"""A hundred thousand hostile files: each is read or refused by name, none takes long, none warns.

The loops are seeded, so a file that was refused wrongly once is found again by its number.
"""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.spreadsheets import Column, SpreadsheetError, columns, read, write_csv, write_xlsx
from tests.integrations.spreadsheets import books
from tests.integrations.spreadsheets.books import STRINGS, STYLES, book_parts, merged, number, text
from tests.lengths import often

TEXT_FILES = often(90_000, 20_000)
PACKED_FILES = often(4_000, 2_000)
PARTS = 6_000
LONGEST = 2.0

HEADER = ["事项名称", "区划", "备注"]
ROWS = [["夫妻投靠户口迁移", "450102", "=1+1"], ['说"明', "a,b;c", "两\n行"]]
SPEC = (Column("事项名称"), Column("区划", ("行政区划",)), Column("备注", required=False))

WORDS = [
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"'=",
    b"PK",
]
XML_WORDS = [
    b"<", b">", b"/", b'"', b"&", b"&#0;", b"&lt;", b"<c>", b"</c>", b'<c t="s">', b"<v>", b"-1", b"1e999",
    b"A1:XFD9", b'r="ZZZ99999999"', b"<f>", b'<row r="99999999999">', b"<!DOCTYPE a>", b"<!-- ", b"<![CDATA[",
]  # fmt: skip


def outcome(content: bytes) -> str:
    """The reason a file is refused for, or `read`; anything else that is raised ends the test."""
    try:
        columns(read(content), SPEC)
    except SpreadsheetError as refusal:
        return refusal.reason
    return "read"


def mutated(seed: bytes, chance: random.Random, words: list[bytes]) -> bytes:
    """A good file with a few bytes changed, cut out, put in or doubled."""
    content = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        place = chance.randrange(len(content) + 1)
        match chance.randrange(5):
            case 0:
                content[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[place : place + chance.choice((1, 2, 9, 99))]
            case 2:
                content[place:place] = chance.choice(words)
            case 3:
                content[place:place] = content[place : place + chance.choice((1, 9, 99))]
            case 4:
                content[place : place + 4] = chance.randbytes(4)
    return bytes(content)


def outcomes(make: Callable[[random.Random], bytes], files: int, seed: int) -> set[str]:
    """What became of so many files; none may take long, none may warn."""
    chance = random.Random(seed)
    seen = set()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(files):
            began = time.process_time()
            seen.add(outcome(make(chance)))
            assert time.process_time() - began < LONGEST
    return seen


def text_seeds() -> Iterator[bytes]:
    """Good text files in each encoding, small so that a change hits something."""
    table = "\r\n".join(",".join(row) for row in (HEADER, ["夫妻", "450102", "'=x"], ['"两\n行"', "a", "b"]))
    yield write_csv(HEADER, ROWS)
    for encoding in ("utf-8", "utf-16", "gb18030"):
        yield table.encode(encoding)
    yield table.replace(",", "\t").encode()


@pytest.mark.long
def test_no_text_file_brings_us_down() -> None:
    """Ninety thousand changed tables and arbitrary bytes."""
    seeds = tuple(text_seeds())

    def make(chance: random.Random) -> bytes:
        if chance.randrange(6) == 0:
            return chance.randbytes(chance.randrange(60))
        return mutated(chance.choice(seeds), chance, WORDS)

    seen = outcomes(make, TEXT_FILES, seed=1)

    assert seen >= {"read", "binary", "encoding", "quotes", "header", "empty"}


@pytest.mark.long
def test_no_changed_zip_brings_us_down() -> None:
    """Thousands of workbooks with bytes changed in the zip itself."""
    seeds = (
        write_xlsx(HEADER, ROWS, title="目录"),
        books.zipped(rich_parts()),
        books.zipped(rich_parts(), 0),
    )

    seen = outcomes(
        lambda chance: mutated(chance.choice(seeds), chance, [*WORDS, b"PK\x03\x04"]), PACKED_FILES, seed=2
    )

    assert seen >= {"read", "damaged", "binary"}


def test_no_changed_part_brings_us_down() -> None:
    """Thousands of workbooks whose zip is sound and whose XML is not."""
    parts = {name: part.encode() for name, part in rich_parts().items()}
    names = sorted(parts)

    def make(chance: random.Random) -> bytes:
        changed = {name: mutated(parts[name], chance, XML_WORDS) for name in chance.choices(names, k=2)}
        return books.zipped(parts | changed, 0)

    seen = outcomes(make, PARTS, seed=3)

    assert seen >= {"read", "damaged", "header", "unknown_format"}


def rich_parts() -> dict[str, str]:
    """A workbook with every kind of thing in it that we look at."""
    shared = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>' + text("备注")
    kinds = number("45413", 1) + '<c t="b"><v>1</v></c><c><f t="shared" si="0">A1</f></c>'
    more = text("a_x000D_b", "A4") + '<c r="B4"><f t="shared" si="0"/></c><c t="d"><v>2024-05-01</v></c>'
    parts = book_parts(text("清单"), shared, kinds, more, number("7", 2), after=merged("A1:C1", "A4:A5"))
    return parts | {
        STRINGS: books.strings("<t>事项名称</t>", "<r><t>区</t></r><r><t>划</t></r>"),
        STYLES: books.styles([0, 14, 176], {176: "000000"}),
    }


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    """Shrunk by hypothesis to the smallest file, should one ever fail."""
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert outcome(start + content)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("<>/&;cvrfst=\"' 019AZ:!-[]"), max_size=80))
def test_arbitrary_markup_is_read_or_refused(body: str) -> None:
    """In the middle of a worksheet."""
    assert outcome(books.zipped(book_parts() | {books.SHEET: books.worksheet(body)}))
