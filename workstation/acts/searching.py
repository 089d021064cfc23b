"""Find cases by number, its end, pickup code, another system's number, document, telephone or name.

No name is stored in clear: names are looked up by digest; a part of one is found among the cases open or
closed lately, opened in memory (design §7: nothing per character is stored).
"""

from __future__ import annotations

import unicodedata

from forms.identifiers import citizen_id, landline, mobile, person_name, plain_text
from workstation.acts import numbers, steps
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import Case
from workstation.store.statements import cases as sql
from workstation.store.work import Reading

#: A closed case is found by part of a name for this long.
RECENT_MS = 90 * 24 * 3600 * 1000


def search(desk: Desk, text: str) -> list[Case]:
    """Cases that fit, newest first."""
    text = plain_text.compact(text)
    if not text or plain_text.forbidden(text):
        return []
    with desk.reading() as reading:
        exact = [*_by_number(reading, text), *_by_digest(reading, text), *numbers.cases_of(reading, text)]
        found = {case.number: case for case in exact}
        if not found and not text.isascii():
            since = desk.store.now() - RECENT_MS
            found = {case.number: case for case in _by_part_of_name(reading, text, since)}
        return sorted(found.values(), key=lambda case: case.number[9:], reverse=True)


def _by_number(reading: Reading, text: str) -> list[Case]:
    digits = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return []
    if len(digits) == 20:
        case = reading.cases.get(digits)
        return [case] if case else []
    if len(digits) in (4, 5):
        by_tail = reading.cases.query(sql.BY_TAIL, tail=f"%{digits}" if len(digits) == 5 else f"%{digits}_")
        return [*_by_pickup_code(reading, digits), *by_tail]
    return []


def _by_pickup_code(reading: Reading, digits: str) -> list[Case]:
    """Whose result waits under this code 领取码."""
    if not codes.is_pickup_code(digits):
        return []
    waiting = reading.consignments.where(pickup_code=digits)
    return [steps.find_case(reading, consignment.case_number) for consignment in waiting]


def _by_digest(reading: Reading, text: str) -> list[Case]:
    keys = reading.keys
    phone = mobile.compact(text) if mobile.compact(text).startswith("1") else landline.compact(text)
    return reading.cases.query(
        sql.BY_DIGEST,
        name=keys.lookup("name", person_name.compact(text)),
        id=keys.lookup("id", citizen_id.compact(text)),
        phone=keys.lookup("phone", phone),
    )


def _by_part_of_name(reading: Reading, text: str, since: int) -> list[Case]:
    part = person_name.compact(text)
    return [case for case in reading.cases.query(sql.RECENT, since=since) if part in case.applicant_name]
