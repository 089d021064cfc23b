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
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case, Piece
from workstation.domain.people import Hall
from workstation.store.work import Reading

RETENTION = "复印件和纸面影像自办结之日起 90 日"


#: What becomes of the papers, for what is mailed from here and for what is only guided here.
_MAILED = "形式审查通过后，材料封装编号，由{carrier}寄往{offices}；封套外面不写申请人、事项和证件号码。"
_GUIDED = "本事项不由本窗口寄送：本窗口出具办事指引单，所交材料当场退还。"

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "retention": Fact("个人信息保存期限", RETENTION),
    "slip.way": Fact(
        "材料怎样处理", _MAILED.format(carrier=CARRIER, offices="示例市公安局示例分局跨省通办窗口")
    ),
    "rows": Rows(
        "收到的材料",
        {
            "seq": SEQ,
            "name": Fact("材料名称", "结婚证"),
            "kind": Fact("原件／复印件", "原件"),
            "copies": Fact("份数", "1"),
            "pages": Fact("页数", "3"),
            "handling": Fact("处理方式", "核对后当场退还"),
        },
        further=({"name": "户口簿（首页、本人页）", "kind": "复印件", "handling": "随件寄送"},),
    ),
    "count.rows": Fact("材料项数", "2"),
    "count.originals": Fact("原件份数", "1"),
    "count.photocopies": Fact("复印件份数", "1"),
}


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
