"""The floor of drawing envelopes: the same boxes, words and bars formatted and compressed, no library.

`python -m tests.bench.envelopes_floor CSV OUT`. No font is loaded, measured or embedded (viewers bring their
own for the predefined encoding), lines are broken by counting, and nothing is looked at again.
"""

from __future__ import annotations

import csv
import runpy
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

MM = 72 / 25.4
_ACROSS, _DOWN = 230 * MM, 120 * MM
_DOT = 72 / 203
_MODULE, _QUIET = 3 * _DOT, 10
#: Code set C has a symbol for each pair of digits; it starts with 105 and the symbol ends with 106.
_START, _STOP = 105, 106
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts"
    "[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor"
    "/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 880/StemV 93>>>>]>>"
)

Row = Mapping[str, str]


def main(arguments: Sequence[str]) -> None:
    """One PDF of all the letters in a CSV."""
    file, out = arguments
    with Path(file).open(encoding="utf-8", newline="") as rows:
        contents = [content(row) for row in csv.DictReader(rows)]
    Path(out).write_bytes(pdf(contents))


def content(row: Row) -> str:
    """Everything on one page, as operators."""
    return "\n".join([*_boxes(), *_postcode(row), *_recipient(row), *_code(row["number"]), *_sender(row)])


def _boxes() -> Iterator[str]:
    yield f".82 .15 .19 RG\n{0.3 * MM:.6f} w"
    for at in range(6):
        left, bottom = (12.65 + 10 * at) * MM, 101.65 * MM
        yield f"n {left:.5f} {bottom:.5f} {6.7 * MM:.5f} {8.7 * MM:.5f} re S"


def _postcode(row: Row) -> Iterator[str]:
    for at, digit in enumerate(row["postcode"]):
        yield _text(digit, 16, (16 + 10 * at) * MM - 4, 106 * MM - 5.8)


def _recipient(row: Row) -> Iterator[str]:
    y = 76 * MM
    for text, size, longest in ((row["address"], 15.0, 31), (f"{row['office']}　收", 20.0, 23)):
        for start in range(0, len(text), longest):
            y -= 1.45 * size
            yield _text(text[start : start + longest].strip(), size, 43.7 * MM, y)


def _code(number: str) -> Iterator[str]:
    left, bottom = round(12 * MM / _DOT) * _DOT, round(29 * MM / _DOT) * _DOT
    bars = [_bar(start, length) for start, length in _bars(number)]
    wide = (11 * (len(number) // 2 + 2) + 13 + 2 * _QUIET) * _MODULE
    ground = f"1 g {left:.4f} {bottom:.4f} {wide:.4f} {12 * MM:.4f} re f"
    scale = f"{_MODULE:.6f} 0 0 {12 * MM:.4f} {left + _QUIET * _MODULE:.6f} {bottom:.6f} cm"
    yield f"q {ground} 0 g {scale} {' '.join(bars)} f Q"
    yield _text("封套编号", 8, 44.65, 119.62)
    yield _text(" ".join(number[at : at + 4] for at in range(0, len(number), 4)), 10, 61.82, 70.3)


def _bar(start: int, length: int) -> str:
    return f"{start + 0.083:.3f} 0 {length - 0.167:.3f} 1 re"


def _bars(number: str) -> Iterator[tuple[int, int]]:
    """Where each bar begins, in modules, and how long it is."""
    pairs = [int(number[at : at + 2]) for at in range(0, len(number), 2)]
    check = (_START + sum(place * pair for place, pair in enumerate(pairs, 1))) % 103
    for place, symbol in enumerate([_START, *pairs, check, _STOP]):
        yield from ((11 * place + start, length) for start, length in _SYMBOLS[symbol])


def _sender(row: Row) -> Iterator[str]:
    yield _text(row["sender"], 12, 352.06, 97.14)
    yield _text(row["sender_address"], 10, 352.06, 79.14)
    yield _text(f"邮政编码　{row['sender_postcode']}", 10, 535.38, 31.18)


def _text(text: str, size: float, x: float, y: float) -> str:
    return f"BT 1 0 0 1 {x:.4f} {y:.4f} Tm /F1 {size:.2f} Tf <{text.encode('utf-16-be').hex()}> Tj ET"


def pdf(contents: Sequence[str]) -> bytes:
    """The pages in a file of their own, with a table of where each object begins."""
    pages = range(4, 4 + 2 * len(contents), 2)
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        _FONT.encode(),
    ]
    for number, each in zip(pages, contents, strict=True):
        stream = zlib.compress(each.encode())
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_ACROSS:.4f} {_DOWN:.4f}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {number + 1} 0 R>>".encode()
        )
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream))
    return _filed(objects)


def _filed(objects: Sequence[bytes]) -> bytes:
    pieces, at = [b"%PDF-1.4\n"], 9
    places = [b"0000000000 65535 f \n"]
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % at)
        pieces.append(b"%d 0 obj\n%b\nendobj\n" % (number, each))
        at += len(pieces[-1])
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places), at)
    return b"".join([*pieces, b"xref\n0 %d\n" % len(places), *places, trailer])


def _symbols() -> list[list[tuple[int, int]]]:
    """Start and length of the bars in each symbol of Code 128, from the table of python-barcode alone."""
    spec = find_spec("barcode")
    assert spec is not None
    assert spec.origin is not None
    table = runpy.run_path(str(Path(spec.origin).parent / "charsets" / "code128.py"))
    # The last bar of the stop symbol stands apart in that table.
    patterns = [*table["CODES"][:_STOP], "1100011101011"]
    return [list(_runs(pattern)) for pattern in patterns]


def _runs(pattern: str) -> Iterator[tuple[int, int]]:
    start = 0
    for bit, run in groupby(pattern):
        length = len(list(run))
        if bit == "1":
            yield start, length
        start += length


_SYMBOLS = _symbols()

if __name__ == "__main__":
    main(sys.argv[1:])
