"""What stands beside a case: looks at people, notices, calls, ratings, other numbers, what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workstation.acts import contacts, licences, numbers, ratings
from workstation.acts.viewing import CaseFile
from workstation.domain.case import Identity
from workstation.domain.contact import Contact, Rating
from workstation.domain.envelope import Task
from workstation.domain.pledge import LicenceDefect, Pledge
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.case.telling import HIDDEN


@dataclass(frozen=True)
class Note:
    """One line: when, of what kind, in a few words; and what of it is personal."""

    at: int
    kind: str
    text: str
    personal: str = ""
    by: str = ""

    def told(self, *, clear: bool) -> str:
        """All of it."""
        lines = [minute(self.at), self.text]
        if self.personal:
            lines.append(self.personal if clear else HIDDEN)
        if self.by:
            lines.append(f"经办：{self.by}")
        return "\n".join(lines)


def of_file(file: CaseFile) -> list[Note]:
    """All of a case, in the order it came."""
    return sorted(_notes(file), key=lambda note: note.at)


def _notes(file: CaseFile) -> Iterator[Note]:
    names = {row.row_id: row.name for row in file.rows}
    yield from map(_identity, file.identities)
    for told in file.notices:
        due = f"，请在 {told.due} 前补正" if told.due else ""
        text = f"第 {told.ordinal} 次{due}　告知单 {told.paper}"
        yield Note(told.at, "一次性告知", text, told.reason or "", _both("", told.second))
    yield from map(_contact, file.contacts)
    yield from map(_rating, file.ratings)
    for number in file.external_numbers:
        yield Note(number.at, "外部编号", f"{numbers.SYSTEMS[number.system]} {number.number}", by=number.by)
    yield from map(_task, file.tasks)
    yield from (_pledge(pledge, names) for pledge in file.pledges)
    yield from (_defect(defect, names) for defect in file.licence_defects)


def _identity(look: Identity) -> Note:
    sign = "✓" if look.outcome == "passed" else "✗"
    text = f"{word(look.subject)} {word(look.method)} {sign} {word(look.outcome)}"
    if look.held_at:
        text += f"（视频时间 {minute(look.held_at)}）"
    told = " ".join(part for part in (look.reason, look.participants, look.licence) if part)
    return Note(look.at, word("identify"), text, told, _both(look.by, look.second))


def _contact(contact: Contact) -> Note:
    channel = f"{contacts.CHANNELS[contact.channel]} {contact.number or ''}".strip()
    again = f"　下次 {contact.next_on}" if contact.next_on else ""
    text = f"{word(contact.who)} {word(contact.outcome)}{again}　{channel}"
    return Note(contact.at, "联系", text, contact.note or "", contact.by)


def _rating(rating: Rating) -> Note:
    grade = f"：{ratings.GRADES[rating.grade]}（{rating.source}）" if rating.grade else ""
    return Note(rating.at, "评价", f"{ratings.STEPS[rating.kind]}{grade}", by=rating.by)


def _task(task: Task) -> Note:
    ended = "! 未了结" if task.state == "open" else f"✓ 已了结 {minute(task.ended_at)}"
    return Note(task.opened_at, "待办", f"{word(task.kind)}　{ended}", task.note or "", task.opened_by)


def _pledge(pledge: Pledge, names: dict[str, str]) -> Note:
    row = names.get(pledge.row_id, pledge.row_id)
    text = f"{word(pledge.kind)} {row}　期限 {pledge.due}　{word(pledge.state)}"
    return Note(pledge.credit_checked_at, "承诺", text, by=pledge.signed_by or "")


def _defect(defect: LicenceDefect, names: dict[str, str]) -> Note:
    outcome = licences.OUTCOMES.get(defect.outcome or "", "! 未了结")
    row = names.get(defect.row_id, defect.row_id)
    text = f"{word(defect.kind)} {row}　送 {defect.sent_to}　期限 {defect.due}　{outcome}"
    personal = " ".join(part for part in (defect.what, defect.note) if part)
    return Note(defect.told_at, "错证缺证", text, personal, _both(defect.opened_by, defect.closed_by))


def _both(by: str, second: str | None) -> str:
    return "，复核 ".join(part for part in (by, second) if part)
