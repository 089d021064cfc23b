"""Facts of the 收件凭证."""

from __future__ import annotations

from workstation.acts.facts import Facts, form_word, numbered, of_case, of_hall
from workstation.domain.case import Case, Piece
from workstation.domain.people import Hall
from workstation.store.work import Reading

RETENTION = "复印件和纸面影像自办结之日起 90 日"


def facts(reading: Reading, hall: Hall, case: Case) -> Facts:
    """What was handed in, and what will happen to it."""
    pieces = reading.pieces.where(case_number=case.number)
    return Facts(
        {
            **of_hall(hall, case.window),
            **of_case(reading, case),
            "retention": RETENTION,
            "rows": numbered([_row(piece) for piece in pieces]),
            "count.rows": str(len(pieces)),
            "count.originals": _copies(pieces, "original"),
            "count.photocopies": _copies(pieces, "copy"),
        },
        case.number,
    )


def _row(piece: Piece) -> dict[str, str]:
    return {
        "name": piece.name,
        "kind": form_word(piece.form),
        "copies": str(piece.copies),
        "pages": str(piece.pages),
        "handling": "随件寄送" if piece.goes else "核对后当场退还",
    }


def _copies(pieces: list[Piece], form: str) -> str:
    return str(sum(piece.copies for piece in pieces if piece.form == form))
