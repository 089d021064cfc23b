"""Noun `order`, typed: what waits is listed with its reason, and every end a person can give it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import builders, halls
from tests.line import Line
from tests.workstation.acts.fake_carrier import FakeCarrier
from workstation import bootstrap
from workstation.acts import carriers
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def desk(counter: Line) -> Iterator[Desk]:
    """The clerk at a window of the hall whose carrier takes orders."""
    vacant = bootstrap.open_desk(Path(str(counter.home)))
    carriers.set_carrier(halls.seat(vacant, halls.ADMINISTRATOR), "ems")
    with builders.no_ink():
        yield halls.seat(vacant, halls.CLERK)
    vacant.store.engine.close()


@pytest.fixture
def envelope(desk: Desk) -> str:
    """A sealed envelope."""
    return builders.an_envelope(desk, EnvelopeState.SEALED).number


def told(desk: Desk, *script: str) -> FakeCarrier:
    """The carrier after it was told once of what waits, and behaved so."""
    ems = FakeCarrier(list(script))
    ems.orderer().round(desk)
    return ems


def listed(line: Line, *words: str) -> list[Any]:
    """The orders."""
    found: list[Any] = line("order", "list", *words, "--json", as_="1001").json["orders"]
    return found


def test_what_is_not_done_is_listed_with_why_and_what_next(counter: Line, desk: Desk, envelope: str) -> None:
    """For people in a table, for programs under their plural; the body that is sent is nobody's."""
    told(desk, "refused")

    (order,) = listed(counter)

    assert (order["id"], order["state"], order["needs_person"]) == (f"{envelope}-1", "order_refused", True)
    assert "地址不合法" in order["why"]
    assert order["next"]
    assert "派出所" in order["office"]
    assert "示例路" not in str(order["body"])
    table = counter("order", "list", as_="1001").out
    assert "下单被拒" in table
    assert envelope in table


def test_a_placed_order_is_listed_when_all_are_asked_for(counter: Line, desk: Desk, envelope: str) -> None:
    """It needs nobody."""
    ems = told(desk)

    assert listed(counter) == []
    (order,) = listed(counter, "--all")
    assert (order["state"], order["waybill"]) == ("order_placed", ems.orders[f"{envelope}-1"].waybill)


def test_a_refused_order_is_retried_or_dropped(counter: Line, desk: Desk, envelope: str) -> None:
    """By its own number or by its envelope's; the answer says what happens next."""
    told(desk, "refused")

    retried = counter("order", "retry", f"{envelope}-1", as_="1001")
    assert "待下单" in retried.out
    assert "sync" in retried.out
    dropped = counter("order", "resolve", envelope, "--drop", "--json", as_="1001").json["order"]
    assert dropped["state"] == "order_dropped"
    again = counter("order", "again", envelope, "--json", as_="1001").json["order"]
    assert (again["id"], again["state"]) == (f"{envelope}-2", "order_waiting")


def test_an_order_in_doubt_is_canceled_and_confirmed(counter: Line, desk: Desk, envelope: str) -> None:
    """The carrier does not know it, and says so on the telephone."""
    told(desk, "lost")

    canceled = counter("order", "resolve", f"{envelope}-1", "--cancel", "--json", as_="1001").json["order"]
    assert canceled["state"] == "cancel_waiting"
    told(desk)
    assert listed(counter)[0]["state"] == "cancel_refused"
    ended = counter("order", "resolve", f"{envelope}-1", "--as-canceled", "--json", as_="1001").json["order"]
    assert ended["state"] == "order_canceled"
    assert listed(counter) == []


def test_an_order_in_doubt_is_resolved_by_its_label(counter: Line, desk: Desk, envelope: str) -> None:
    """Scanned at once, typed with a second person."""
    ems = told(desk, "unsure")
    words = ("order", "resolve", f"{envelope}-1", "--waybill", ems.orders[f"{envelope}-1"].waybill)

    alone = counter(*words, "--how", "typed", "--json", as_="1001")
    assert (alone.exit_code, alone.code) == (3, "second-needed")
    placed = counter(*words, "--how", "typed", "--json", as_="1001", second="1002").json["order"]

    assert placed["state"] == "order_placed"
    assert counter("envelope", "show", envelope, "--json", as_="1001").json["waybills"][0]["second"] == "1002"


@pytest.mark.parametrize("ends", [(), ("--cancel", "--drop"), ("--waybill", "1136281381675", "--cancel")])
def test_resolving_wants_exactly_one_end(
    counter: Line, desk: Desk, envelope: str, ends: tuple[str, ...]
) -> None:
    """Two ends contradict each other; wrong usage, and nothing is done."""
    answer = counter("order", "resolve", f"{envelope}-1", *ends, "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (2, "argument-missing")
    assert listed(counter)[0]["state"] == "order_waiting"


def test_an_order_nobody_knows_and_one_too_many_are_refused(counter: Line, desk: Desk, envelope: str) -> None:
    """Each with a code of its own."""
    unknown = counter("order", "retry", f"{envelope}-9", "--json", as_="1001")
    second = counter("order", "again", envelope, "--json", as_="1001")

    assert (unknown.exit_code, unknown.code) == (3, "mail_order-not-found")
    assert (second.exit_code, second.code) == (3, "order-still-one")
