"""形式审查, 一次性告知 and 补正提交: row by row, formal findings only, everything missing told at once.

行政许可法 32(4): what must be supplied is told once and completely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from forms import review as formal
from forms.identifiers import plain_text
from forms.items import PATH_WORDS, Item, Path
from workstation.acts import catalogue, checks, licences, pledges, refusals, registration, steps
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material
from workstation.domain.case import OPEN_ROWS, Case, CaseState, Holder, Piece, Row, RowState
from workstation.domain.consignment import PROGRESS, Consignment, ConsignmentState
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.store.work import Reading, Work


def review(desk: Desk, number: str, findings: Sequence[Finding]) -> Case:
    """Record the findings of some or all rows; the case passes when every row does."""
    found = [as_found(finding) for finding in findings]
    remarks = {f.row: checks.field("remark", plain_text.validate, f.remark) for f in findings if f.remark}
    faults = {f.row: licences.checked(f.row, f.licence_fault) for f in findings if f.licence_fault}
    with desk.act("review") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "review")
        path = collected_here(work, case)
        for row_id, fault in faults.items():
            licences.register(work, case, _row_of(work, case, row_id), fault)
        rows = work.rows.where(case_number=number)
        awaited(case, rows)
        for row in rows:
            if any(finding.row_id == row.row_id for finding in found):
                row_awaited(case, row)
        after = _recorded(work, case, rows, found=found, remarks=remarks)
        work.facts = {"failing": [r.row_id for r in after if r.state == RowState.FAILING]}
        passed = not _open_rows(after)
        to = CaseState.REVIEWED if passed or case.state == CaseState.REVIEWED else CaseState.REGISTERED
        dates = {
            "first_reviewed_at": case.first_reviewed_at or work.now,
            "passed_at": case.passed_at or (work.now if passed else None),
        }
        return steps.move(work.cases, case, "review", to, path=path, **dates)


def collected_here(reading: Reading, case: Case) -> str | None:
    """The path by which this window collects the papers; refused where the item is done elsewhere.

    A hall may have given the item a mode of its own since the case was registered.
    """
    if case.path is None or Path(case.path).is_received:
        return case.path
    item = catalogue.item(reading, case.item)
    if item.path.is_received:
        return item.path
    raise _not_collected(case, item)


def as_found(finding: Finding) -> formal.RowFinding:
    """A finding as the review reads it; one that contradicts itself is refused."""
    for number in (finding.copies, finding.pages):
        if number:
            checks.count(f"清单行 {refusals.shown(finding.row)} ", number)
    try:
        return formal.RowFinding(
            row_id=finding.row,
            form=formal.PaperForm(finding.form) if finding.form else None,
            copies=finding.copies,
            pages=finding.pages,
            defects=finding.defects,
            not_applicable=finding.not_applicable,
            way=formal.Way(checks.one_of("way", finding.way, tuple(formal.Way))),
        )
    except formal.ReviewError as error:
        raise review_error(error) from error
    except ValueError as error:
        raise checks.usage(
            "form-unknown",
            f"清单行 {refusals.shown(finding.row)} 的形式“{refusals.shown(finding.form or '')}”不认识。",
            "请选原件、复印件或复印件（核对原件）。（命令：可用 original、copy、copy_checked）",
        ) from error


def awaited(case: Case, rows: Sequence[Row]) -> None:
    """Refuse a review of a case that has passed and for which nothing new came in."""
    if case.state == CaseState.REVIEWED and not _open_rows(rows):
        raise _nothing_to_review(case)


def row_awaited(case: Case, row: Row) -> None:
    """Refuse a row that has passed once the case has: it may be on its way. Those that wait are looked at."""
    if case.state == CaseState.REVIEWED and row.state not in OPEN_ROWS:
        raise _row_closed(row)


def _recorded(
    work: Work,
    case: Case,
    rows: Sequence[Row],
    *,
    found: Sequence[formal.RowFinding],
    remarks: Mapping[str, str],
) -> list[Row]:
    """All rows, those with a finding as they are now."""
    try:
        formal.conclude(rows, found)
    except formal.ReviewError as error:
        raise review_error(error, rows) from error
    pieces = defaultdict(list)
    for piece in work.pieces.where(case_number=case.number):
        pieces[piece.row_id].append(piece)
    by_id = {row.row_id: row for row in rows}
    consignments = work.consignments.where(case_number=case.number)
    printed = work.pledges.where(case_number=case.number)
    for finding in found:
        row = by_id[finding.row_id]
        pledges.require(printed, row, finding.way)
        if unnoted := taken_in(finding, pieces[row.row_id], consignments):
            pieces[row.row_id] += registration.receive(work, case, [unnoted])
        by_id[row.row_id] = work.rows.save(judged(row, finding, remarks.get(row.row_id)))
        pledges.settle(work, printed, by_id[row.row_id])
        if finding.way != formal.Way.PAPER:
            _give_back(work, pieces[row.row_id])
        elif by_id[row.row_id].state != RowState.FAILING:
            _give_back_checked(work, pieces[row.row_id])
    return list(by_id.values())


def judged(row: Row, finding: formal.RowFinding, remark: str | None = None) -> Row:
    """The row as this finding leaves it."""
    defects = formal.row_defects(row, finding)
    licence = "retrieved" if finding.way == formal.Way.LICENCE else row.licence
    return replace(
        row,
        state=RowState.FAILING if defects else _state(finding),
        way=None if finding.not_applicable else finding.way,
        licence=licence,
        defects=",".join(defect.code for defect in defects),
        found_form=finding.form,
        found_copies=finding.copies,
        found_pages=finding.pages,
        remark=remark,
    )


def _state(finding: formal.RowFinding) -> RowState:
    if finding.not_applicable:
        return RowState.NOT_APPLICABLE
    return RowState.DEFERRED if finding.way == formal.Way.DEFERRED else RowState.PASSED


def taken_in(
    finding: formal.RowFinding, pieces: Sequence[Piece], consignments: Sequence[Consignment]
) -> Material | None:
    """A paper that lies here and was not noted at registration is a piece all the same: it has a holder.

    `pieces` are those of the row, `consignments` those of the case.
    """
    if not finding.has_paper:
        return None
    form = "original" if finding.form == formal.PaperForm.ORIGINAL else "copy"
    if any(piece.form == form and piece.holder != Holder.APPLICANT and not piece.is_lost for piece in pieces):
        return None
    waiting = (ConsignmentState.HOME_CORRECTING, ConsignmentState.PACKING)
    office = next((c.ordinal for c in consignments if c.state in waiting), 1)
    return Material(
        row=finding.row_id, form=form, copies=finding.copies, pages=max(finding.pages, 1), office=office
    )


def _give_back_checked(work: Work, pieces: Sequence[Piece]) -> None:
    """An original that was only checked goes back at once, and that is an entry too (design §2)."""
    for piece in pieces:
        if not piece.goes and piece.holder == Holder.CLERK:
            give_back(work, piece)


def _give_back(work: Work, pieces: Sequence[Piece]) -> None:
    """What was scanned, looked up or pledged is not sent, so it does not stay here."""
    for piece in pieces:
        if piece.holder == Holder.CLERK:
            give_back(work, piece)


def give_back(work: Work, piece: Piece) -> Piece:
    """Hand a piece back to the applicant."""
    return work.pieces.save(replace(piece, holder=Holder.APPLICANT, holder_ref=None, expected=0))


def _open_rows(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.state in OPEN_ROWS]


def resubmit(desk: Desk, number: str, materials: Sequence[Material]) -> Case:
    """补正提交: the row's former pieces go back, the new ones are taken in and wait for review."""
    with desk.act("resubmit") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "resubmit")
        if not materials:
            raise checks.usage(
                "materials-missing",
                "没有写明补交了什么材料。",
                "请至少登记一份补交的材料。（命令：字段 materials）",
            )
        if case.state == CaseState.REVIEWED:
            _supplement_wanted(work, case, materials)
        for row_id in dict.fromkeys(material.row for material in materials):
            _reopen_row(work, case, row_id)
        offices = len(work.consignments.where(case_number=number))
        checked = [checks.material(f"materials[{i}]", m, offices) for i, m in enumerate(materials)]
        registration.receive(work, case, checked)
        to = CaseState.REGISTERED if case.state == CaseState.TO_CORRECT else CaseState.REVIEWED
        return steps.move(work.cases, case, "resubmit", to)


def _reopen_row(work: Work, case: Case, row_id: str) -> None:
    row = _row_of(work, case, row_id)
    if not row.may_ask_for_paper:
        raise registration.row_exempt(row)
    if row.state in (RowState.PASSED, RowState.NOT_APPLICABLE):
        raise _row_passed(row)
    for piece in work.pieces.where(case_number=case.number, row_id=row_id):
        if piece.holder == Holder.CLERK:
            give_back(work, piece)
    work.rows.save(_unreviewed(row))


def _row_of(reading: Reading, case: Case, row_id: str) -> Row:
    row = reading.rows.get(case.number, refusals.readable("row", row_id))
    if row is None:
        raise refusals.not_found("row", row_id)
    return row


def _unreviewed(row: Row) -> Row:
    return replace(
        row,
        state=RowState.PENDING,
        way=None,
        defects="",
        found_form=None,
        found_copies=None,
        found_pages=None,
    )


def lost(work: Work, piece: Piece, envelope: str) -> None:
    """The carrier answers for a piece that never came out of this envelope; its row waits for another one."""
    work.pieces.save(replace(piece, holder=Holder.CARRIER, holder_ref=envelope, goes=0))
    row = work.rows.get(piece.case_number, piece.row_id)
    if row is not None:
        work.rows.save(_unreviewed(row))


def _supplement_wanted(work: Work, case: Case, materials: Sequence[Material]) -> None:
    """Once reviewed, papers come in only for rows that wait, or that were deferred."""
    consignments = {c.ordinal: c for c in work.consignments.where(case_number=case.number)}
    rows = {row.row_id: row for row in work.rows.where(case_number=case.number)}
    deferred = [m for m in materials if m.row in rows and rows[m.row].state == RowState.DEFERRED]
    for material in deferred:
        consignment = consignments.get(material.office)
        if consignment and consignment.state not in _BEFORE_THE_DECISION:
            raise _too_late(consignment)
    correcting = any(c.state == ConsignmentState.HOME_CORRECTING for c in consignments.values())
    if not correcting and not deferred and not _open_rows(list(rows.values())):
        raise Refused(
            "no-supplement-wanted",
            what="现在没有要补交的材料，没有办理。",
            why="形式审查已通过，没有容缺后补的材料，也没有业务属地要求补正。",
            next="如属地来电要求补正，请先登记“属地要求补正”。（命令：home correct）",
        )


#: A deferred paper can follow as long as the home office has not decided (design §2).
_BEFORE_THE_DECISION = PROGRESS[: PROGRESS.index(ConsignmentState.DECIDED)]


def _too_late(consignment: Consignment) -> Refused:
    return Refused(
        "deferred-too-late",
        what=f"{consignment.id} 已有决定，不再补寄容缺材料。",
        why=f"送件现在是“{word(consignment.state)}”；容缺材料须在属地决定之前补齐。",
        next="请电话告知业务属地，按其答复办理。",
    )


def review_error(error: formal.ReviewError, rows: Sequence[Row] = ()) -> WrongUsage:
    """Findings from which nothing can be concluded; a row is called by its name."""
    code, why = _REVIEW_ERRORS[type(error)]
    names = {row.row_id: row.name for row in rows}
    subject = names.get(error.subject) or refusals.shown(error.subject)
    return checks.usage(
        code, f"“{subject}”{why}", "请对照办件的清单行和列出的缺陷改正后重试。（命令：case show）"
    )


_REVIEW_ERRORS: dict[type[formal.ReviewError], tuple[str, str]] = {
    formal.UnknownRow: ("finding-row-unknown", "不是本办件清单上的行。"),
    formal.UnknownDefect: ("defect-unknown", "不是形式缺陷；形式审查不记实质意见。"),
    formal.RepeatedRow: ("finding-repeated", "在同一次审查里出现了两次。"),
    formal.RowAlwaysRequired: ("row-required", "是必需的材料，不能标为不适用。"),
    formal.PaperNotAskedFor: (
        "row-exempt",
        "是免提交材料，不得要求纸质；请从证照库调取，或先登记错证、缺证。（命令：字段 way、licence_fault）",
    ),
    formal.ContradictoryFinding: ("finding-contradictory", "的审查结果自相矛盾（如缺件又有份数）。"),
}


def _not_collected(case: Case, item: Item) -> Refused:
    return Refused(
        "item-not-collected",
        what=f"{case.number} 的事项“{item.title}”不由本窗口收件寄送，没有审查。",
        why=f"办理方式：{PATH_WORDS[item.path]}。",
        next="请办“指引”，出具办事指引单（可帮办）；本大厅另有规定的，请值班长更改办理方式。"
        "（命令：case guide、item mode）",
    )


def _nothing_to_review(case: Case) -> Refused:
    return Refused(
        "nothing-to-review",
        what=f"{case.number} 没有待审查的材料。",
        why="清单各行都已通过或不适用。",
        next="可以装袋；如属地要求补正，先登记“属地要求补正”并收下补交材料。（命令：home correct）",
    )


def _row_closed(row: Row) -> Refused:
    return Refused(
        "row-closed",
        what=f"“{row.name}”的形式审查已经结束，没有记录。",
        why="办件已通过形式审查，材料可能已装袋或寄出；现在只审查属地要求补交的行。",
        next="请从审查结果里去掉这一行；材料装错的，先作废或拆封该封套。",
    )


def _row_passed(row: Row) -> Refused:
    return Refused(
        "row-passed",
        what=f"“{row.name}”已经通过，不需要补交。",
        why="补正只收未通过的行，已通过的材料不重复收取。",
        next="请从补交清单里去掉这一行。",
    )
