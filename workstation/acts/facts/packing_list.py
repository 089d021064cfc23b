"""Facts of the 内件清单 and the 回执联 on its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workstation.acts import catalogue
from workstation.acts.facts import Facts, form_word, in_order, masked_name, numbered, of_hall, staff
from workstation.acts.facts.known import OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain import manifest
from workstation.domain.case import Case, Holder, Piece
from workstation.domain.envelope import Envelope
from workstation.domain.manifest import ListedCase, ListedPiece, Manifest
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Reading, Work

_TOLD = "扫{}可得到本清单的电子版，便于逐项核对；其中没有申请人和证件号码。"
_CASE = "13508249992632400016"
_SAMPLE = Manifest(
    "23508249992632400013",
    "示例部门",
    (ListedCase(_CASE, "63"),),
    (ListedPiece(_CASE, "application", "户口迁移申请表（夫妻投靠）", "original", 1, 2),),
)

KNOWN: Known = {
    **OF_HALL,
    "office.name": Fact("业务属地部门", "示例市公安局示例分局跨省通办窗口"),
    "office.address": Fact("业务属地部门地址", "示例省示例市示例区民族大道 100 号"),
    "envelope.number": Fact("封套编号", "23508249992632400013"),
    "envelope.purpose": Fact("寄送性质", "首次寄送"),
    "envelope.packed_at": Fact("装袋时间", "2026-11-20 10:02"),
    "clerk.name": Fact("装袋人员", "林示例（1001）"),
    "case_rows": Rows(
        "办件",
        {
            "seq": SEQ,
            "number": Fact("办件编号", "13508249992632400016"),
            "item": Fact("事项名称", "夫妻投靠户口迁移"),
            "applicant": Fact("申请人（部分隐去）", "张**"),
        },
    ),
    "rows": Rows(
        "内件",
        {
            "seq": SEQ,
            "case": Fact("第几个办件", "1"),
            "name": Fact("材料名称", "户口迁移申请表（夫妻投靠）"),
            "kind": Fact("原件／复印件", "原件"),
            "copies": Fact("份数", "1"),
            "pages": Fact("页数", "2"),
            "after": Fact("办结后", "随结果退回或存档"),
        },
        further=({"name": "户口簿（首页、本人页）", "kind": "复印件"},),
    ),
    "count.cases": Fact("办件件数", "1"),
    "count.rows": Fact("材料项数", "2"),
    "count.pieces": Fact("材料份数", "2"),
    "manifest.code": Fact("清单二维码的数字", " ".join(manifest.symbols(_SAMPLE))),
    "manifest.told": Fact("清单二维码的说明", _TOLD.format("二维码")),
    "reply.number": Fact("回执联编号", "53508249992632400015"),
    "reply.short_code": Fact("回执短码", "00015"),
}


def facts(work: Work, hall: Hall, envelope: Envelope) -> Facts:
    """What lies in the envelope, case by case."""
    pieces = inside(work, envelope)
    cases = _cases(work, pieces)
    order = {case.number: str(i) for i, case in enumerate(cases, start=1)}
    values = {
        **of_hall(hall, envelope.window),
        "office.name": envelope.office_name,
        "office.address": envelope.office_address,
        "envelope.number": envelope.number,
        "envelope.purpose": "补充材料" if envelope.purpose == "supplement" else "首次寄送",
        "envelope.packed_at": minute(envelope.packed_at),
        "clerk.name": staff(work, envelope.packed_by),
        "case_rows": numbered([_case_row(work, case) for case in cases]),
        "rows": numbered([_piece_row(piece, order) for piece in pieces]),
        "count.cases": str(len(cases)),
        "count.rows": str(len(pieces)),
        "count.pieces": str(sum(piece.copies for piece in pieces)),
        **_electronic(listed(envelope, cases, pieces)),
    }
    return Facts(values, cases[0].number if len(cases) == 1 else None)


def inside(reading: Reading, envelope: Envelope) -> list[Piece]:
    """What lies in an envelope, in the order in which its list numbers it."""
    return in_order(reading, reading.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number))


def listed(envelope: Envelope, cases: Sequence[Case], pieces: Sequence[Piece]) -> Manifest:
    """What the QR code says of an envelope: nothing about people."""
    return Manifest(
        envelope=envelope.number,
        office=envelope.office_code,
        cases=tuple(ListedCase(case.number, case.item) for case in cases),
        pieces=tuple(map(listed_piece, pieces)),
    )


def listed_piece(piece: Piece) -> ListedPiece:
    """A piece of paper as the QR code has it."""
    return ListedPiece(piece.case_number, piece.row_id, piece.name, piece.form, piece.copies, piece.pages)


def _electronic(found: Manifest) -> dict[str, str]:
    try:
        symbols = manifest.symbols(found)
    except manifest.TooLong:
        return {"manifest.code": "", "manifest.told": "本清单太长，没有二维码，请按纸面逐项核对。"}
    several = f"{len(symbols)} 个二维码（先后不限）" if len(symbols) > 1 else "二维码"
    return {"manifest.code": " ".join(symbols), "manifest.told": _TOLD.format(several)}


def completed(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a list that was promised before lists had a QR code: printed again, it has none."""
    return {"manifest.code": "", "manifest.told": "", **facts} if "reply.number" in facts else facts


def _cases(work: Work, pieces: list[Piece]) -> list[Case]:
    numbers = dict.fromkeys(piece.case_number for piece in pieces)
    return [case for number in numbers if (case := work.cases.get(number))]


def _case_row(work: Work, case: Case) -> dict[str, str]:
    return {
        "number": case.number,
        "item": catalogue.item(work, case.item).title,
        "applicant": masked_name(case.applicant_name),
    }


def _piece_row(piece: Piece, order: dict[str, str]) -> dict[str, str]:
    return {
        "case": order[piece.case_number],
        "name": piece.name,
        "kind": form_word(piece.form),
        "copies": str(piece.copies),
        "pages": str(piece.pages),
        "after": "随结果退回或存档",
    }
