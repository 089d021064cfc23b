"""联系登记: who was tried to be reached about a case, by what, with what outcome, and when to try again."""

from __future__ import annotations

from typing import Required, TypedDict, Unpack

from forms.identifiers import plain_text
from workstation.acts import checks, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import phone
from workstation.domain.case import Case
from workstation.domain.contact import Contact
from workstation.domain.times import local
from workstation.store.statements import counter as sql
from workstation.store.work import Reading, Work

WHO = ("applicant", "agent", "home_office")
CHANNELS = {
    "phone": "电话",
    "message": "短信",
    "letter": "信函",
    "in_person": "当面",
}
OUTCOMES = ("reached", "no_answer", "busy_line", "wrong_number", "left_word")
#: Channels that need a number; what it was is kept masked.
_DIALLED = ("phone", "message")


class Tried(TypedDict, total=False):
    """What is said of one try."""

    who: Required[str]
    outcome: Required[str]
    channel: str
    next_on: str | None
    """Day of the next try, YYYY-MM-DD."""
    note: str | None


def add(desk: Desk, number: str, **tried: Unpack[Tried]) -> Contact:
    """Record one try, whatever the state of the case; a home office may be named by its consignment."""
    who = checks.one_of("who", tried["who"], WHO)
    channel = checks.one_of("channel", tried.get("channel", "phone"), tuple(CHANNELS))
    outcome = checks.one_of("outcome", tried["outcome"], OUTCOMES)
    next_on, note = _next_on(desk, tried.get("next_on")), _note(tried.get("note"))
    with desk.act("contact") as work:
        case, dialled = _called(work, number, who)
        work.object = case.number
        work.facts = {"who": who, "channel": channel, "outcome": outcome}
        return work.contacts.add(
            Contact(
                id=_next_id(work, case.number),
                case_number=case.number,
                at=work.now,
                by=desk.signed_in().code,
                who=who,
                channel=channel,
                outcome=outcome,
                number=phone(dialled) if channel in _DIALLED else None,
                next_on=next_on,
                note=note,
            )
        )


def heard(work: Work, case: str, *, channel: str, note: str) -> Contact:
    """What somebody at a home office has said about a case, noted within another act."""
    return work.contacts.add(
        Contact(
            id=_next_id(work, case),
            case_number=case,
            at=work.now,
            by=work.stamp.operator or "",
            who="home_office",
            channel=channel,
            outcome="reached",
            note=note,
        )
    )


def _next_id(reading: Reading, case: str) -> str:
    """Padded, so that ids stand in the order of the tries."""
    return f"{case}-c{len(reading.contacts.where(case_number=case)) + 1:04}"


def listed(desk: Desk, number: str | None = None) -> list[Contact]:
    """The tries of a case, first to last; or all whose next try is due and has not been made."""
    with desk.reading() as reading:
        if number is not None:
            return reading.contacts.where(case_number=steps.find_case(reading, number).number)
        return reading.contacts.query(sql.DUE_CONTACTS, today=_today(desk))


def _called(reading: Reading, number: str, who: str) -> tuple[Case, str]:
    """The case, and the number on it under which that person or office is reached."""
    if who == "home_office":
        consignment = steps.find_consignment(reading, number)
        return steps.find_case(reading, consignment.case_number), consignment.office_phone
    case = steps.find_case(reading, number)
    if who == "applicant":
        return case, case.applicant_phone
    checks.has_agent(case)
    return case, case.agent_phone or ""


def _next_on(desk: Desk, day: str | None) -> str | None:
    if not day:
        return None
    day, today = checks.day("next_on", day), _today(desk)
    if day < today:
        raise checks.usage(
            "day-past", f"下次联系的日期 {day} 已经过去（今天 {today}）。", "请填今天或以后的日期，或不填。"
        )
    return day


def _note(text: str | None) -> str | None:
    return checks.field("note", plain_text.validate, text) if text else None


def _today(desk: Desk) -> str:
    return local(desk.store.now()).date().isoformat()
