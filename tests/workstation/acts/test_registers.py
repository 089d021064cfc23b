"""登记簿: the five registers by a span of days, masked for whoever may look; a page of many by ordinals."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_case, at, refused
from tests.engines import OPENING
from tests.workstation.acts.parcels import DAY
from workstation.acts import registers
from workstation.acts.desk import Desk
from workstation.acts.registers import REGISTERS
from workstation.domain.case import CaseState
from workstation.domain.times import DAY_MS


def later(desk: Desk, days: int) -> None:
    """Some days pass."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += days * DAY


def test_the_five_registers_are_found_by_key_and_by_title() -> None:
    """In the order in which they are offered."""
    titles = ["收件台账", "寄件登记", "收件登记", "交接清单", "邮费"]

    assert [register.title for register in REGISTERS.values()] == titles
    assert [registers.find(title).key for title in titles] == list(REGISTERS)
    assert all(registers.find(key).explains for key in REGISTERS)


def test_a_register_there_is_not_is_refused_with_those_there_are(desk: Desk) -> None:
    """Named by key and title."""
    with refused(desk, "register-unknown") as caught:
        registers.find("台账")

    assert "intake 收件台账" in caught.value.why


@pytest.mark.parametrize("key", REGISTERS)
def test_heads_stand_once_and_the_ordinal_first(key: str) -> None:
    """A table program finds each column by its head."""
    heads = REGISTERS[key].heads()

    assert heads[0] == "序号"
    assert len(set(heads)) == len(heads)
    assert sum(column.cells for column in REGISTERS[key].columns) <= 70
    assert sum(column.takes_rest for column in REGISTERS[key].columns) == 1


def test_a_span_is_today_or_the_days_that_are_named(desk: Desk) -> None:
    """The first alone goes on to today; the last alone is that day."""
    assert registers.span(desk).told == "2026-11-20"
    assert registers.span(desk, "2026-11-01").told == "2026-11-01 至 2026-11-20"
    assert registers.span(desk, None, "2026-11-05").told == "2026-11-05"
    since, until = registers.span(desk, "2026-11-20", "2026-11-20").limits
    assert since <= OPENING < until
    assert until - since == DAY_MS


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [("2026-11-21", "2026-11-20", "span-empty"), ("昨天", None, "day-impossible")],
)
def test_days_that_cannot_be_are_refused(desk: Desk, since: str, until: str | None, code: str) -> None:
    """In words."""
    with refused(desk, code):
        registers.span(desk, since, until)


def test_only_what_happened_in_these_days_stands_there(desk: Desk) -> None:
    """A case belongs to the day of its registration, whatever becomes of it later."""
    first = a_case(desk, CaseState.CLOSED).number
    later(desk, 3)
    second = a_case(desk, CaseState.REGISTERED).number

    def numbers(*days: str) -> list[str]:
        page = registers.listed(desk, "intake", registers.span(desk, *days))
        return [line.cells[1] for line in page.lines]

    assert numbers("2026-11-20", "2026-11-20") == [first]
    assert numbers("2026-11-21", "2026-11-22") == []
    assert numbers() == [second]
    assert numbers("2026-11-20") == [first, second]
    assert registers.listed(desk, "sent", registers.span(desk)).total == 0


def test_a_page_is_asked_by_ordinal(desk: Desk) -> None:
    """How many there are is told with each page."""
    numbers = [a_case(desk, CaseState.REGISTERED).number for _ in range(5)]

    page = registers.listed(desk, "intake", registers.span(desk), after=2, count=2)

    assert page.total == 5
    assert [(line.key, line.cells[0], line.cells[1]) for line in page.lines] == [
        (3, "3", numbers[2]),
        (4, "4", numbers[3]),
    ]


@pytest.mark.parametrize("code", ["1001", "2001", "4001"])
def test_who_may_look_sees_persons_masked(desk: Desk, code: str) -> None:
    """Clerks, supervisors and auditors alike."""
    a_case(desk, CaseState.CLOSED)

    pages = [registers.listed(at(desk, code), key, registers.span(desk)) for key in REGISTERS]
    told = "".join(cell for page in pages for line in page.lines for cell in line.cells)

    assert "覃**" in told
    assert not any(secret in told for secret in ("覃示例", "450103199003070004", "13900000001"))


@pytest.mark.parametrize("code", ["3001", "5001"])
def test_others_may_not(desk: Desk, code: str) -> None:
    """Administrators touch no cases, couriers see no persons."""
    with refused(at(desk, code), "register-role"):
        registers.listed(at(desk, code), "sent", registers.span(desk))
