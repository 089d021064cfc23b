"""Facts of the 收件凭证."""

from __future__ import annotations

from workstation.acts.facts import (
    CARRIER,
    Facts,
    form_word,
    in_order,
    numbered,
    of_case,
    of_hall,
    office_names,
)
from workstation.domain.case import Case, Piece
from workstation.domain.people import Hall
from workstation.store.work import Reading

RETENTION = "复印件和纸面影像自办结之日起 90 日"


#: What becomes of the papers, for what is mailed from here and for what is only guided here.
_MAILED = "形式审查通过后，材料封装编号，由{carrier}寄往{offices}；封套外面不写申请人、事项和证件号码。"
_GUIDED = "本事项不由本窗口寄送：本窗口出具办事指引单，所交材料当场退还。"


def facts(reading: Reading, hall: Hall, case: Case) -> Facts:
    """What was handed in, and what will happen to it."""
    pieces = in_order(reading, reading.pieces.where(case_number=case.number))
    return Facts(
        {
            **of_hall(hall, case.window),
            **of_case(reading, case),
            "retention": RETENTION,
            "slip.way": _way(reading, case),
            "rows": numbered([_row(piece) for piece in pieces]),
            "count.rows": str(len(pieces)),
            "count.originals": _copies(pieces, "original"),
            "count.photocopies": _copies(pieces, "copy"),
        },
        case.number,
    )


def _way(reading: Reading, case: Case) -> str:
    offices = office_names(reading.consignments.where(case_number=case.number))
    return _MAILED.format(carrier=CARRIER, offices="、".join(offices)) if offices else _GUIDED


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
