"""A whole process of ours: a CSV of letters in, one PDF of ZL envelopes out, the red boxes drawn.

`python -m tests.bench.envelopes_ours [--checked] CSV OUT`. Checked is what the acts do with each envelope:
the post's zones are measured on the finished page and every barcode is read again. Else it is only drawn.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import msgspec

from printing import envelopes
from printing.envelopes import EnvelopeFace, Stock


def stock() -> Stock:
    """ZL without red boxes of its own."""
    return msgspec.structs.replace(envelopes.stocks()["ZL"], postcode_boxes=True)


def letters(file: Path) -> list[EnvelopeFace]:
    """The letters of a CSV."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [EnvelopeFace(**row) for row in csv.DictReader(rows)]


def drawn(letters: list[EnvelopeFace]) -> bytes:
    """One PDF of them all, not looked at again."""
    return envelopes.unmeasured(*letters, stock=stock())


def checked(letters: list[EnvelopeFace]) -> bytes:
    """One PDF of them all: as `drawn`, the zones measured and the barcodes read."""
    from printing import reading

    pdf = envelopes.render(*letters, stock=stock())
    read = reading.codes(pdf, dpi=stock().dpi)
    if unread := {letter.number for letter in letters}.difference(read):
        raise SystemExit(f"not read: {', '.join(sorted(unread))}")
    return pdf


def main(arguments: list[str]) -> None:
    """Draw them, and check them if that is asked for."""
    *how, file, out = arguments
    make = checked if how == ["--checked"] else drawn
    Path(out).write_bytes(make(letters(Path(file))))


if __name__ == "__main__":
    main(sys.argv[1:])
