"""查看明文: personal fields of one case in clear, with a coded reason, as an act that the journal keeps."""

from __future__ import annotations

from forms.identifiers import plain_text
from workstation.acts import checks, steps
from workstation.acts.desk import Desk
from workstation.domain.case import Case, Reveal
from workstation.store.work import Work

REASONS = {
    "contact": "联系申请人",
    "verify": "核对证件",
    "supervise": "检查抽查",
    "legal": "依法调取",
}


def reveal(desk: Desk, number: str, *, reason: str, note: str | None = None) -> Case:
    """The case with its personal fields, for this one look."""
    checks.one_of("reason", reason, tuple(REASONS))
    note = checks.field("note", plain_text.validate, note) if note else None
    with desk.act("reveal") as work:
        case = steps.find_case(work, number)
        work.object = number
        work.facts = {"reason": reason}
        look_at(work, number, reason=reason, note=note)
        return case


def look_at(work: Work, number: str, *, reason: str, note: str | None = None) -> Reveal:
    """Write down that somebody sees what is hidden of a case, in whatever act it is shown."""
    count = len(work.reveals.where(case_number=number)) + 1
    by = work.stamp.operator or ""
    return work.reveals.add(Reveal(f"{number}-r{count}", number, work.now, by, reason=reason, note=note))
