"""容缺 and 告知承诺: where the agreement lists the row, 失信 is checked, a day set and the pledge signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from forms.identifiers import plain_text
from forms.review import Way
from workstation.acts import agreements, checks, papers, refusals, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import pledge as pledge_facts
from workstation.acts.inputs import CreditCheck, PledgedRow, Pledges
from workstation.domain.case import Case, Row, RowState
from workstation.domain.consignment import Consignment
from workstation.domain.office import Agreement
from workstation.domain.pledge import Pledge
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading, Work

KINDS = ("deferred", "pledged")
CREDIT = ("clear", "listed")
#: Rows that a pledge can still stand for.
_UNSETTLED = frozenset({RowState.PENDING, RowState.FAILING})


@dataclass(frozen=True)
class Due:
    """A pledge on the due list: the case it belongs to, and whether its day has passed."""

    pledge: Pledge
    case: Case
    row_name: str
    is_overdue: bool


def print_pledge(desk: Desk, number: str, asked: Pledges) -> list[Pledge]:
    """Print the 容缺/告知承诺书 for some rows of one home office; it counts once it is signed."""
    asked = _checked(asked)
    credit = asked.credit
    with desk.act("print_pledge") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "print_pledge")
        if credit.outcome == "listed":
            raise _listed(credit)
        consignment = _consignment(work, case, asked.office)
        agreement = agreements.in_force(work, consignment.office_code, case.item)
        rows = [_row(work, case, wanted, agreement) for wanted in asked.rows]
        sheet = f"{number}-p{len(_sheets(work, case)) + 1}"
        pledges = [
            _pledge(work, row, wanted, sheet=sheet, agreement=agreement, credit=credit)
            for row, wanted in zip(rows, asked.rows, strict=True)
        ]
        terms = _terms(work, consignment, agreement, rows=rows, asked=asked)
        papers.promise(work, "pledge", sheet, pledge_facts.facts(work, desk.hall, case, given=terms))
        work.facts = {"rows": [row.row_id for row in rows], "agreement": agreement.id if agreement else ""}
        return pledges


def sign(desk: Desk, face: str) -> list[Pledge]:
    """The applicant has signed the sheet whose barcode was scanned."""
    with desk.act("sign_pledge") as work:
        paper = papers.live(work, face, "pledge")
        case = steps.find_case(work, paper.case_number or "")
        steps.for_act(desk, work.cases, case, "sign_pledge")
        printed = [p for p in work.pledges.where(case_number=case.number) if p.sheet == paper.object]
        if not is_to_be_signed(printed):
            raise _signed_already(face)
        return [
            work.pledges.save(
                replace(pledge, state="signed", signed_at=work.now, signed_by=desk.signed_in().code)
            )
            for pledge in printed
            if pledge.state == "printed"
        ]


def is_to_be_signed(printed: Sequence[Pledge]) -> bool:
    """Whether a signature is still awaited on one of these."""
    return any(pledge.state == "printed" for pledge in printed)


def require(printed: Sequence[Pledge], row: Row, way: Way) -> None:
    """Refuse a row that is to be deferred or pledged without its signed pledge, among those of its case."""
    kinds = {Way.DEFERRED: "deferred", Way.PLEDGED: "pledged"}
    if way not in kinds:
        return
    if not any(p.kind == kinds[way] and p.state == "signed" for p in printed if p.row_id == row.row_id):
        raise _not_signed(row, kinds[way])


def settle(work: Work, printed: Sequence[Pledge], row: Row) -> None:
    """A row that has passed in another way needs its pledge no more."""
    if row.state != RowState.PASSED or row.way == Way.PLEDGED:
        return
    for pledge in printed:
        if pledge.row_id == row.row_id and pledge.state in ("printed", "signed"):
            state = "kept" if pledge.state == "signed" else "void"
            work.pledges.save(replace(pledge, state=state, ended_at=work.now))


def void_all(work: Work, case: Case) -> None:
    """A case that leaves owes nothing any more."""
    for pledge in work.pledges.where(case_number=case.number):
        if pledge.state in ("printed", "signed"):
            work.pledges.save(replace(pledge, state="void", ended_at=work.now))


def _of_row(reading: Reading, row: Row) -> list[Pledge]:
    return [p for p in reading.pledges.where(case_number=row.case_number) if p.row_id == row.row_id]


def due_list(desk: Desk) -> list[Due]:
    """What is still owed by a signed 容缺 pledge, the first due first."""
    with desk.reading() as reading:
        today = local(desk.store.now()).date().isoformat()
        owed = [p for p in reading.pledges.where(state="signed") if p.kind == "deferred"]
        found = [_due(reading, pledge, today) for pledge in owed]
    return sorted(found, key=lambda due: (due.pledge.due, due.pledge.id))


def _due(reading: Reading, pledge: Pledge, today: str) -> Due:
    row = reading.rows.get(pledge.case_number, pledge.row_id)
    return Due(
        pledge, steps.find_case(reading, pledge.case_number), row.name if row else "", pledge.due < today
    )


def _checked(asked: Pledges) -> Pledges:
    """The wish with every value in its one form (what the sheet must say: 厦审改办〔2024〕12号)."""
    if not asked.rows:
        raise checks.usage(
            "rows-missing", "没有写明哪些材料容缺或承诺。", "请至少选一行材料。（命令：字段 rows）"
        )
    if len({wanted.row for wanted in asked.rows}) < len(asked.rows):
        raise checks.usage("row-repeated", "同一材料写了两次。", "每一行只写一次。")
    for i, wanted in enumerate(asked.rows):
        checks.one_of(f"rows[{i}].kind", wanted.kind, KINDS)
        checks.day(f"rows[{i}].due", wanted.due)
    checks.one_of("credit.outcome", asked.credit.outcome, CREDIT)
    source = checks.field("credit.source", plain_text.validate, asked.credit.source)
    return msgspec.structs.replace(
        asked,
        credit=CreditCheck(source=source, outcome=asked.credit.outcome),
        verification=checks.field("verification", plain_text.validate, asked.verification),
        consequence=checks.field("consequence", plain_text.validate, asked.consequence),
    )


def _consignment(reading: Reading, case: Case, office: int) -> Consignment:
    for consignment in reading.consignments.where(case_number=case.number):
        if consignment.ordinal == office:
            return consignment
    raise checks.usage(
        "material-office",
        "部门序号指向不存在的部门。（命令：字段 office）",
        "请核对办件页上送件的序号。（命令：case show）",
    )


def _row(reading: Reading, case: Case, wanted: PledgedRow, agreement: Agreement | None) -> Row:
    row = reading.rows.get(case.number, refusals.readable("row", wanted.row))
    if row is None:
        raise refusals.not_found("row", wanted.row)
    if row.exempt:
        raise _exempt(row)
    if row.state not in _UNSETTLED:
        raise _settled(row)
    if agreement is None or not agreement.allows(wanted.kind, row.row_id):
        raise _not_agreed(row, wanted.kind, agreement)
    return row


def _pledge(
    work: Work,
    row: Row,
    wanted: PledgedRow,
    *,
    sheet: str,
    agreement: Agreement | None,
    credit: CreditCheck,
) -> Pledge:
    due = checks.day("due", wanted.due)
    if due < local(work.now).date().isoformat():
        raise checks.usage("due-past", f"“{row.name}”的期限 {due} 已经过去。", "请写今天或今天以后的日期。")
    for former in _of_row(work, row):
        if former.state in ("printed", "signed"):
            work.pledges.save(replace(former, state="void", ended_at=work.now))
    return work.pledges.add(
        Pledge(
            id=f"{sheet}-{row.row_id}",
            case_number=row.case_number,
            row_id=row.row_id,
            kind=wanted.kind,
            agreement=agreement.id if agreement else "",
            due=due,
            credit_source=credit.source,
            credit_checked_at=work.now,
            sheet=sheet,
        )
    )


def _sheets(reading: Reading, case: Case) -> set[str]:
    return {pledge.sheet for pledge in reading.pledges.where(case_number=case.number)}


def _terms(
    work: Work,
    consignment: Consignment,
    agreement: Agreement | None,
    *,
    rows: Sequence[Row],
    asked: Pledges,
) -> pledge_facts.Terms:
    return pledge_facts.Terms(
        office_name=consignment.office_name,
        agreement_number=(agreement.document_number if agreement else None) or "未载文号",
        rows=[(row, word(wanted.kind), wanted.due) for row, wanted in zip(rows, asked.rows, strict=True)],
        credit_source=asked.credit.source,
        credit_checked_at=work.now,
        verification=asked.verification,
        consequence=asked.consequence,
    )


def _listed(credit: CreditCheck) -> Refused:
    return Refused(
        "credit-listed",
        what="申请人有未修复的失信记录，不能容缺或告知承诺。",
        why=f"失信核查（{refusals.shown(credit.source)}）结果为有记录。",
        next="请按正常方式收取材料：缺的材料写进一次性告知单。",
    )


def _not_agreed(row: Row, kind: str, agreement: Agreement | None) -> Refused:
    why = (
        f"协议 {agreement.id} 没有把这一行列为可{word(kind)}。"
        if agreement
        else "与该业务属地部门就本事项没有现行有效的协议；没有写明的，一律不授予。"
    )
    return Refused(
        "not-agreed",
        what=f"“{row.name}”不能{word(kind)}。",
        why=why,
        next="请按正常方式收取；属地确已同意的，请值班长先登记协议。（命令：agreement add）",
    )


def _exempt(row: Row) -> Refused:
    return Refused(
        "row-exempt",
        what=f"“{row.name}”是免提交材料，不需要容缺或承诺。",
        why="该材料由部门调取，不要申请人提交。",
        next="审查时选“证照库”调取，或登记错证、缺证。",
    )


def _settled(row: Row) -> Refused:
    return Refused(
        "row-settled",
        what=f"“{row.name}”现在是“{word(row.state)}”，不需要容缺或承诺。",
        why="容缺和承诺只用于还没有通过的材料。",
        next="请不要选这一行。（命令：字段 rows）",
    )


def _not_signed(row: Row, kind: str) -> Refused:
    return Refused(
        "pledge-not-signed",
        what=f"“{row.name}”还不能记为{word(kind)}。",
        why="没有已签的承诺书：须先出具、由申请人签名，再扫承诺书条码登记。",
        next="请先出具承诺书，申请人签名后登记已签。（命令：pledge print、pledge sign）",
    )


def _signed_already(face: str) -> Refused:
    return Refused(
        "pledge-signed",
        what=f"承诺书 {refusals.shown(face)} 上没有待签的承诺。",
        why="它已经登记为已签，或其中的承诺已被新的承诺书代替。",
        next="请核对是不是现行的承诺书。（命令：pledge list）",
    )
