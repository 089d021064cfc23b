"""A hall of half a million cases, written past the acts: only lists may be asked of it.

Each is a case that was really registered, once more: under a number, on a day, of a person and in a state of
its own, encrypted for its own row. The journal has none of them, so what looks there does not find them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests import builders, halls
from workstation import bootstrap
from workstation.acts import registration
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState, Notice
from workstation.domain.codes import HallCode, Kind, compose
from workstation.domain.consignment import PROGRESS, ConsignmentState
from workstation.domain.times import SHANGHAI
from workstation.store.personal import PersonalKeys
from workstation.store.sqlite import SqliteEngine
from workstation.store.tables import CASES, CONSIGNMENTS, NOTICES, Table
from workstation.store.work import Reading

COUNT, OPEN = 500_000, 5_000
_AT_ONCE = 20_000
_A_DAY, _PEOPLE = 300, 4_000
#: A year of days, and the minutes of one in which cases come.
_DAYS, _MINUTES = 365, 480
_HOUR = 3600 * 1000
#: Those that are no part of a table.
INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases' AND sql > ''"
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周覃韦", "一二三四五六示例明华芳静"

#: The states of the newest cases, in turn; a reviewed one shows that of its consignment.
_ON_THE_WAY = tuple(state for state in PROGRESS if state != ConsignmentState.DONE)
OPEN_STATES: Sequence[tuple[CaseState, ConsignmentState]] = (
    (CaseState.REGISTERED, ConsignmentState.PACKING),
    (CaseState.TO_CORRECT, ConsignmentState.PACKING),
    *((CaseState.REVIEWED, state) for state in _ON_THE_WAY),
    (CaseState.SERVED, ConsignmentState.DONE),
)
_STEPS = (
    "sealed_at",
    "handed_over_at",
    "acknowledged_at",
    "accepted_at",
    "decided_at",
    "returned_at",
    "arrived_at",
    "served_at",
)
_ENDED = (*(CaseState.CLOSED,) * 17, CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class Someone:
    """An applicant, who comes again and again."""

    name: str
    id_number: str
    phone: str
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Pattern:
    """What all the cases are made after."""

    hall: int
    place: HallCode
    keys: PersonalKeys
    case: Mapping[str, Any]
    consignment: Mapping[str, Any]
    yesterday: date
    people: Sequence[Someone] = field(repr=False)
    a_day: int = _A_DAY


def found(folder: Path, count: int = COUNT, still_open: int = OPEN, *, a_year: bool = False) -> Path:
    """Found the hall, its key beside its home, and give the home; half a million take about a minute.

    `a_year`: all of them came within a year, and each has been out at its home office and back.
    """
    plan = halls.with_key(halls.PLAN, folder / "hall.key")
    opened = bootstrap.found_hall(folder / "home", plan).opened
    pattern = _pattern(halls.seat(opened.desk, halls.CLERK))
    if a_year:
        pattern = replace(pattern, a_day=-(-count // _DAYS))
    opened.close()
    # Nobody will miss it after a power cut, so nothing waits for the disk.
    engine = SqliteEngine(opened.home.ledger, synchronous="OFF")
    with _without_indexes(engine):
        for begin in range(0, count, _AT_ONCE):
            at_once = range(begin, min(begin + _AT_ONCE, count))
            _write(engine, pattern, at_once, count, still_open, followed=a_year)
    engine.close()
    return opened.home.root


@contextmanager
def _without_indexes(engine: SqliteEngine) -> Iterator[None]:
    """In here the cases have no indexes: made at the end, they take a fraction of the time."""
    with engine.write():
        indexes = engine.rows(INDEXES, {})
        for index in indexes:
            engine.script(f"DROP INDEX {index['name']}")
    yield
    with engine.write():
        for index in indexes:
            engine.script(index["sql"])


def _write(
    engine: SqliteEngine, pattern: Pattern, ordinals: range, count: int, still_open: int, *, followed: bool
) -> None:
    cases = [_case(pattern, ordinal, count, still_open) for ordinal in ordinals]
    consignments = list(_consignments(pattern, cases, ordinals, first=count - still_open))
    if followed:
        consignments += [_been_out(pattern, case) for case in cases if case["state"] == CaseState.CLOSED]
    with engine.write():
        engine.many(CASES.insert, cases)
        engine.many(CONSIGNMENTS.insert, consignments)
        engine.many(NOTICES.insert, [_told(case) for case in cases if case["state"] == CaseState.TO_CORRECT])


def _pattern(desk: Desk) -> Pattern:
    """Register the one real case, and take it as it lies in the store."""
    with builders.no_ink():
        number = registration.register(desk, builders.an_intake()).number
    with desk.reading() as reading:
        (case,) = _columns(reading, CASES, number=number)
        (consignment,) = _columns(reading, CONSIGNMENTS, case_number=number)
    hall, keys = desk.hall, desk.store.keys
    yesterday = datetime.fromtimestamp(desk.store.now() / 1000, SHANGHAI).date() - timedelta(days=1)
    rng = random.Random(hall.id)
    people = [_someone(rng, keys) for _ in range(_PEOPLE)]
    return Pattern(hall.id, HallCode(hall.division, hall.digit), keys, case, consignment, yesterday, people)


def _columns(reading: Reading, table: Table[Any], **equal: str) -> list[dict[str, Any]]:
    return [{"hall": reading.hall, **line} for line in reading.lines(table.select(tuple(equal)), **equal)]


def _someone(rng: random.Random, keys: PersonalKeys) -> Someone:
    name = rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.randint(1, 2)))
    id_number, phone = f"4501031990{rng.randrange(10**8):08d}", f"139{rng.randrange(10**8):08d}"
    digests = {
        "name_digest": keys.lookup("name", name),
        "id_digest": keys.lookup("id", id_number),
        "phone_digest": keys.lookup("phone", phone),
    }
    return Someone(name, id_number, phone, digests)


def _case(pattern: Pattern, ordinal: int, count: int, still_open: int) -> dict[str, Any]:
    """The columns of one case, oldest first; the last `still_open` are not ended."""
    back, serial = divmod(count - 1 - ordinal, pattern.a_day)
    day = pattern.yesterday - timedelta(days=back)
    number = compose(Kind.CASE, pattern.place, window=1, day=day, serial=pattern.a_day - serial)
    at = int(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI).timestamp()) * 1000
    at += (pattern.a_day - serial) * _MINUTES * 60_000 // pattern.a_day
    is_open = ordinal >= count - still_open
    state = OPEN_STATES[ordinal % len(OPEN_STATES)][0] if is_open else _ENDED[ordinal % len(_ENDED)]
    who = pattern.people[ordinal % len(pattern.people)]
    personal = {"applicant_name": who.name, "applicant_id": who.id_number, "applicant_phone": who.phone}
    encrypted = {
        column: pattern.keys.encrypt(CASES.place((number,), column), value)
        for column, value in personal.items()
    }
    own = {
        "number": number,
        "state": state,
        "registered_at": at,
        "changed_at": at + _HOUR,
        "notices": int(state == CaseState.TO_CORRECT),
        "closed_at": at + _HOUR if state == CaseState.CLOSED else None,
        "applicant_address": None,
        "window": 1,
    }
    return {**pattern.case, **own, **encrypted, **who.digests}


def _consignments(
    pattern: Pattern, cases: Sequence[Mapping[str, Any]], ordinals: range, *, first: int
) -> Iterator[dict[str, Any]]:
    """One for each open case; those that have ended show a state of their own."""
    for case, ordinal in zip(cases, ordinals, strict=True):
        if ordinal >= first:
            number = case["number"]
            state = OPEN_STATES[ordinal % len(OPEN_STATES)][1]
            own = {"id": f"{number}-1", "case_number": number, "state": state}
            yield {**pattern.consignment, **own, "changed_at": case["changed_at"]}


def _told(case: Mapping[str, Any]) -> dict[str, Any]:
    """The notice of a case that waits for what was missing."""
    notice = Notice(
        id=f"{case['number']}-n1",
        case_number=case["number"],
        ordinal=1,
        at=case["changed_at"],
        rows="1",
        paper=case["number"],
    )
    return {"hall": case["hall"], **vars(notice)}


def _been_out(pattern: Pattern, case: Mapping[str, Any]) -> dict[str, Any]:
    """The consignment of a case that is closed, each step some hours after the one before."""
    number, begun = case["number"], case["registered_at"]
    hours = {column: begun + (n + 1) * (_HOUR + begun % _HOUR) for n, column in enumerate(_STEPS)}
    own = {"id": f"{number}-1", "case_number": number, "state": ConsignmentState.DONE, "outcome": "granted"}
    return {**pattern.consignment, **own, **hours, "result_mode": "paper", "changed_at": case["changed_at"]}
