"""The statements of the statistics on each engine: ranks beside a sorted list, days by the calendar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

import pytest

from tests.engines import OPENING, STAMP
from tests.workstation.store.samples import a_record
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.store import tables
from workstation.store.ledger import Store
from workstation.store.statements import statistics as sql

pytestmark = pytest.mark.engine

HOUR = 3_600_000
DAY = 24 * HOUR
SPAN = {"since": OPENING - 400 * DAY, "until": OPENING + 400 * DAY}
WAY = (
    "sealed_at",
    "handed_over_at",
    "acknowledged_at",
    "accepted_at",
    "decided_at",
    "returned_at",
    "arrived_at",
    "served_at",
)


def a_case(number: str, **changes: Any) -> Case:
    """A case as the store keeps it, whatever an act would say of it."""
    case: Case = replace(a_record(tables.CASES, int(number)), number=number, registered_at=OPENING, notices=0)
    return replace(case, **{"passed_at": None, "path": None, **changes})


def a_consignment(case: Case, ordinal: int = 1, **changes: Any) -> Consignment:
    """One of its consignments, that has got nowhere yet."""
    blank = dict.fromkeys((*WAY, "outcome", "pickup_code"))
    of: Consignment = a_record(tables.CONSIGNMENTS, int(case.number) * 10 + ordinal)
    about = {"id": f"{case.number}-{ordinal}", "case_number": case.number, "office_division": "450103"}
    return replace(of, **{**blank, **about, "office_code": "a", "office_name": "甲", **changes})


def keep(store: Store, *records: Case | Consignment) -> None:
    """Write them."""
    with store.transaction(STAMP) as work:
        for record in records:
            if isinstance(record, Case):
                work.cases.add(record)
            else:
                work.consignments.add(record)


def asked(store: Store, statement: str, **span: int) -> list[dict[str, Any]]:
    """What a statement says of a time."""
    with store.reading() as reading:
        return [dict(line) for line in reading.lines(statement, **{**SPAN, **span})]


def part(store: Store, name: str) -> list[dict[str, Any]]:
    """The lines of one of the lists about consignments."""
    return [line for line in asked(store, sql.CONSIGNMENTS) if line["part"] == name]


def wandering(rng: Random, number: int) -> tuple[Case, Consignment]:
    """A case that has gone some way, each step in its own time; some are not noted."""
    at = OPENING + rng.randrange(-200, 200) * DAY
    case = a_case(str(number), registered_at=at, passed_at=at + rng.choice([0, 5, rng.randrange(3 * DAY)]))
    steps: dict[str, Any] = {}
    at = case.passed_at or at
    for name in WAY[: rng.randrange(len(WAY) + 1)]:
        at += rng.choice([0, 359_999, 360_000, 36_000_000 - 1, 36_000_000, rng.randrange(40 * DAY)])
        steps[name] = at if rng.random() > 0.1 else None
    return case, a_consignment(case, office_code=rng.choice("abc"), **steps)


def ended_legs(
    case: Case, consignment: Consignment, legs: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[int, int, int]]:
    """Which of the legs are done, from when to when."""
    moments = {**vars(case), **{name: getattr(consignment, name) for name in WAY}}
    for leg, (began, ended) in enumerate(legs.values()):
        if moments[began] is not None and moments[ended] is not None:
            yield leg, moments[began], moments[ended]


def nearest_rank(sorted_: Sequence[int], part: Fraction) -> int:
    """The smallest that so many of them are not longer than."""
    return sorted_[max(1, ceil(part * len(sorted_))) - 1]


def tenths(milliseconds: int) -> int:
    """Tenths of an hour, whole hours from ten on."""
    hours = Fraction(milliseconds, HOUR)
    return int(hours * 10) if hours < 10 else int(hours) * 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ranks_are_those_of_a_sorted_list(store: Store, seed: int) -> None:
    """P50 and P90 of every leg, by office and of all, beside what sorting the milliseconds gives."""
    rng = Random(seed)
    pairs = [wandering(rng, 100 + n) for n in range(60)]
    keep(store, *(record for pair in pairs for record in pair))
    took: dict[tuple[int, str], list[int]] = defaultdict(list)
    for case, consignment in pairs:
        for leg, began, ended in ended_legs(case, consignment, sql.WAITS):
            took[leg, consignment.office_code].append(ended - began)
            took[leg, ""].append(ended - began)

    found = {(line["leg"], line["office"]): (line["n"], line["a"], line["b"]) for line in part(store, "wait")}

    assert found == {
        key: (
            len(each),
            tenths(nearest_rank(sorted(each), Fraction(1, 2))),
            tenths(nearest_rank(sorted(each), Fraction(9, 10))),
        )
        for key, each in took.items()
    }
    assert len(found) > 20


def test_the_days_of_a_leg_are_days_in_china(store: Store) -> None:
    """Where a leg began and where it ended, counted; midnight is that of Asia/Shanghai."""
    rng = Random(4)
    pairs = [wandering(rng, 100 + n) for n in range(60)]
    keep(store, *(record for pair in pairs for record in pair))
    wanted: Counter[tuple[int, int, int]] = Counter()
    for case, consignment in pairs:
        for leg, began, ended in ended_legs(case, consignment, sql.PROMISED):
            wanted[leg, day(began), day(ended)] += 1

    found = {(line["leg"], line["a"], line["b"]): line["n"] for line in part(store, "days")}

    assert found == wanted


def day(at: int) -> int:
    """The day in China as a number."""
    there = datetime.fromtimestamp(at / 1000, UTC) + timedelta(hours=8)
    return (there.date() - datetime(1970, 1, 1, tzinfo=UTC).date()).days


def test_what_goes_backwards_is_no_leg(store: Store) -> None:
    """A clock that was set back, or a seal made anew, gives no negative hours."""
    case = a_case("100", passed_at=OPENING + 10)
    keep(store, case, a_consignment(case, sealed_at=OPENING + 5, handed_over_at=OPENING + 6))

    legs = [line["leg"] for line in part(store, "wait") if not line["office"]]

    assert [list(sql.WAITS)[leg] for leg in legs] == ["review", "pickup"]


def test_offices_and_their_outcomes(store: Store) -> None:
    """One line an office, whatever else its consignments differ in; of two names the last in order."""
    case, other = a_case("100"), a_case("101")
    keep(
        store,
        case,
        other,
        a_consignment(case, 1, outcome="granted"),
        a_consignment(case, 2, office_code="b", office_name="乙", office_division="360102"),
        a_consignment(other, 1, outcome="refused", office_name="甲新"),
        a_consignment(other, 2, outcome="returned"),
    )

    lines = part(store, "home")

    assert [(line["office"], line["n"], line["a"], line["b"], line["c"]) for line in lines] == [
        ("a", 3, 1, 1, 1),
        ("b", 1, 0, 0, 0),
    ]
    assert [line["name"] for line in lines] == ["甲新", "乙"]
    assert lines[1]["division"] == "360102"
    assert {type(line["n"]) for line in lines} == {int}


def test_cases_are_counted_by_all_they_differ_in(store: Store) -> None:
    """Told or not, passed at once, on the same day; a way that was not noted is empty."""
    plain = {"item": "59", "clerk": "1001", "state": "reviewed"}
    keep(
        store,
        a_case("100", **plain, passed_at=OPENING + HOUR),
        a_case("101", **plain, passed_at=OPENING + DAY, notices=1),
        a_case("102", **plain, notices=2),
        a_case("103", **plain),
        a_case("104", **{**plain, "clerk": "1002"}, path="joint"),
    )

    first, second = asked(store, sql.CASES)

    assert (second["clerk"], second["path"], second["registered"]) == ("1002", "joint", 1)
    assert first == {
        "item": "59",
        "path": "",
        "clerk": "1001",
        "state": "reviewed",
        "registered": 4,
        "passed": 2,
        "passed_at_once": 1,
        "judged": 3,
        "told": 2,
        "told_again": 1,
        "passed_same_day": 1,
    }


def test_the_end_of_a_time_is_not_in_it(store: Store) -> None:
    """The first millisecond is, the last is the one before `until`."""
    keep(store, *(a_case(str(100 + n), registered_at=OPENING + n) for n in range(3)))

    lines = asked(store, sql.HOURS, since=OPENING, until=OPENING + 2)

    assert [line["n"] for line in lines] == [2]
    assert lines[0]["hour"] % 24 == 9


def test_nothing_gives_nothing(store: Store) -> None:
    """No case, no line; a case without consignments gives a line of its details."""
    assert [asked(store, s) for s in (sql.HOURS, sql.CASES, sql.CONSIGNMENTS)] == [[], [], []]

    keep(store, a_case("100"))

    (line,) = asked(store, sql.DETAIL, most=10)
    assert (line["number"], line["id"], line["waybill"]) == ("100", None, None)
