"""免提交 and 错证缺证: paper is asked for only once it is registered that the library did not give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, refusals, year_tables
from workstation.acts.desk import Desk
from workstation.acts.inputs import LicenceFault
from workstation.domain.case import Case, Row, RowState
from workstation.domain.pledge import LicenceDefect
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.reference.calendars import Counted
from workstation.store.work import Reading, Work

KINDS = ("wrong", "absent")
"""错证 · 缺证."""
#: Working days in which the keeper of the licence is to mend it (闽审改办〔2023〕2号).
MENDING_DAYS = 5
OUTCOMES = {"mended": "已更正或补录", "not_mended": "未能更正，申请人已交纸质", "withdrawn": "误登记"}


def checked(row: str, fault: LicenceFault) -> LicenceFault:
    """The fault with every value in its one form."""
    place = refusals.shown(row)
    return LicenceFault(
        kind=checks.one_of(f"{place}.licence_fault.kind", fault.kind, KINDS),
        what=checks.field(f"{place}.licence_fault.what", plain_text.validate, fault.what),
        sent_to=checks.field(f"{place}.licence_fault.sent_to", plain_text.validate, fault.sent_to),
    )


def register(work: Work, case: Case, row: Row, fault: LicenceFault) -> LicenceDefect:
    """Write 错证 or 缺证 into the register; the applicant is told now, the keeper has five working days."""
    before = work.licence_defects.where(case_number=case.number)
    registrable(row, before)
    mend_by = due(work, work.now)
    work.rows.save(replace(row, licence=fault.kind))
    return work.licence_defects.add(
        LicenceDefect(
            id=f"{case.number}-d{len(before) + 1}",
            case_number=case.number,
            row_id=row.row_id,
            kind=fault.kind,
            what=fault.what,
            told_at=work.now,
            sent_to=fault.sent_to,
            sent_at=work.now,
            due=mend_by.day.isoformat(),
            due_provisional=int(mend_by.is_provisional),
            opened_by=work.stamp.operator or "",
        )
    )


def due(reading: Reading, sent_at: int) -> Counted:
    """Until when the keeper of a licence is to have mended it."""
    return year_tables.here(reading).working_day_after(local(sent_at).date(), MENDING_DAYS)


def registrable(row: Row, before: Sequence[LicenceDefect]) -> None:
    """Refuse 错证 or 缺证 of a row that asks for paper anyway, or that has one open `before` in its case."""
    if not row.exempt:
        raise _not_exempt(row)
    if any(defect.row_id == row.row_id and defect.state == "open" for defect in before):
        raise _registered_already(row)


def close(desk: Desk, defect_id: str, *, outcome: str, note: str | None = None) -> LicenceDefect:
    """End an entry; one registered by mistake takes back that paper may be asked for."""
    checks.one_of("outcome", outcome, tuple(OUTCOMES))
    note = checks.field("note", plain_text.validate, note) if note else None
    with desk.act("close_defect") as work:
        defect = work.licence_defects.get(refusals.readable("defect", defect_id))
        if defect is None:
            raise refusals.not_found("defect", defect_id)
        if defect.state != "open":
            raise _closed_already(defect)
        work.object = defect.case_number
        work.facts = {"outcome": outcome}
        if outcome == "withdrawn":
            _take_back(work, defect)
        return work.licence_defects.save(
            replace(
                defect,
                state="closed",
                closed_at=work.now,
                closed_by=desk.signed_in().code,
                outcome=outcome,
                note=note,
            )
        )


def listed(desk: Desk, *, closed_too: bool = False) -> list[LicenceDefect]:
    """The register, the first due first."""
    with desk.reading() as reading:
        found = reading.licence_defects.where(state="open")
        if closed_too:
            found += reading.licence_defects.where(state="closed")
    return sorted(found, key=lambda defect: (defect.due, defect.id))


def _take_back(work: Work, defect: LicenceDefect) -> None:
    row = work.rows.get(defect.case_number, defect.row_id)
    held = work.pieces.where(case_number=defect.case_number, row_id=defect.row_id)
    if row is None or row.state == RowState.PASSED or held:
        raise Refused(
            "defect-used",
            what=f"{defect.id} 不能按误登记撤销。",
            why="登记之后这一行已经收了纸质材料或已通过审查。",
            next="请按实际结果了结：已更正或补录，或未能更正。（命令：mended、not_mended）",
        )
    work.rows.save(replace(row, licence=None, state=RowState.PENDING, defects=""))


def _not_exempt(row: Row) -> Refused:
    return Refused(
        "row-not-exempt",
        what=f"“{row.name}”不是免提交材料，没有登记错证缺证。",
        why="错证缺证登记只用于由部门调取、不要申请人提交的材料。",
        next="请直接审查申请人提交的材料。",
    )


def _registered_already(row: Row) -> Refused:
    return Refused(
        "defect-registered",
        what=f"“{row.name}”的错证缺证已经登记，没有再登记。",
        why="同一材料的登记还没有了结。",
        next="不必再登记；申请人补交了纸质的，直接审查这一行。（命令：defect list）",
    )


def _closed_already(defect: LicenceDefect) -> Refused:
    return Refused(
        "defect-closed",
        what=f"{defect.id} 已经了结，没有办理。",
        why=f"它已由 {defect.closed_by} 按“{OUTCOMES.get(defect.outcome or '', defect.outcome)}”了结。",
        next="请从还没有了结的登记里选。（命令：defect list）",
    )
