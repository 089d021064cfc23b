"""Facts of the 内件清单 and the 回执联 on its sheet."""

from __future__ import annotations

from workstation.acts import catalogue
from workstation.acts.facts import Facts, form_word, in_order, masked_name, numbered, of_hall, staff
from workstation.domain.case import Case, Holder, Piece
from workstation.domain.envelope import Envelope
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work


def facts(work: Work, hall: Hall, envelope: Envelope) -> Facts:
    """What lies in the envelope, case by case."""
    pieces = in_order(work, work.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number))
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
    }
    return Facts(values, cases[0].number if len(cases) == 1 else None)


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
