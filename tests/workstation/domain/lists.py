"""Packing lists for tests: small ones by hand, any there can be by chance."""

from __future__ import annotations

import datetime
from random import Random

from hypothesis import strategies as st

from workstation.domain.codes import HallCode, Kind, compose
from workstation.domain.manifest import ListedCase, ListedPiece, Manifest

HALL = HallCode("350102", 1)
DAY = datetime.date(2026, 11, 20)


def number(kind: Kind, serial: int = 1, hall: HallCode = HALL) -> str:
    """A right number."""
    return compose(kind, hall, window=1, day=DAY, serial=serial)


def a_list(pieces: int = 3, *, cases: int = 1, serial: int = 1, hall: HallCode = HALL) -> Manifest:
    """A list of so many rows; its names differ, so that it does not pack too well."""
    numbers = [number(Kind.CASE, n, hall) for n in range(1, cases + 1)]
    chance = Random(pieces)
    rows = tuple(
        ListedPiece(
            numbers[n % cases],
            f"row_{n}",
            f"材料{''.join(chance.choices('户口簿结婚证身份明申请表', k=6))}",
            "original" if n % 2 else "copy",
            1 + n % 3,
            n % 9 or None,
        )
        for n in range(pieces)
    )
    return Manifest(
        number(Kind.ENVELOPE, serial, hall), "450103-ga", tuple(ListedCase(c, "63") for c in numbers), rows
    )


@st.composite
def lists(draw: st.DrawFn) -> Manifest:
    """Any list, its names of whatever characters people have."""
    count = draw(st.integers(0, 4))
    cases = [number(Kind.CASE, n) for n in range(1, count + 1)]
    words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
    pieces = st.builds(
        ListedPiece,
        case=st.sampled_from(cases),
        row=words,
        name=words,
        form=st.sampled_from(["original", "copy", "result"]),
        copies=st.integers(0, 999),
        pages=st.none() | st.integers(0, 999),
    )
    rows = draw(st.lists(pieces, max_size=12)) if cases else []
    return Manifest(
        number(Kind.ENVELOPE, draw(st.integers(1, 9999))),
        draw(words),
        tuple(ListedCase(case, draw(words)) for case in cases),
        tuple(rows),
    )
