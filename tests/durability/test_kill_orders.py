"""kill -9 around the sending of orders: each envelope ends with one live order, and it is the ledger's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.durability import outbox, stream
from tests.durability.builds import machine_clock, open_durably
from tests.durability.outbox import Campaign, Carrier, Moment
from tests.engines import HALL, KEYS, Place
from tests.integrations.carriers.ems import simulated
from tests.integrations.carriers.ems.simulated import Simulated
from tests.lengths import often
from workstation.acts import carriers, mail_orders, ordering, orders, verification
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.domain.consignment import ConsignmentState
from workstation.domain.mail import OrderState
from workstation.domain.people import User
from workstation.store import schema
from workstation.store.ledger import Store, founding

pytestmark = pytest.mark.engine

KILLS = often(300, 15)
KILLS_FOR_A_WRONG_BUILD = 12
ENVELOPES = 8
#: Cut after and before it was taken, slow, and at fault itself: all that leaves us in doubt.
_TROUBLE = [
    {"do": "cut_after", "on": "020003", "every": 4},
    {"do": "cut_before", "on": "020003", "every": 7},
    {"do": "cut_after", "on": "020006", "every": 5},
    {"do": "status_500", "on": "020006", "every": 7},
    {"do": "slow", "seconds": 0.01},
]
_ADMINISTRATOR = User(code="9001", name="演示乙", role="administrator")
_ROUNDS = 400


@dataclass(frozen=True)
class Ground:
    """A hall with an outbox, and the carrier it orders from."""

    place: Place
    folder: Path
    simulated: Simulated

    @property
    def carrier(self) -> Carrier:
        """The carrier as a program sees it."""
        return Carrier(self.simulated.control, asdict(self.simulated.credentials))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk at which nobody is killed."""
        engine = open_durably(self.place)
        store = Store(engine, KEYS, HALL, machine_clock)
        with builders.no_ink():
            yield outbox.at_the_counter(store, self.folder, self.carrier)
        engine.close()

    def behave(self, repeat: str, rules: list[dict[str, Any]]) -> None:
        """Let the carrier behave so; nothing is ever picked up, so each order can be canceled."""
        self.simulated.set_script({"repeat": repeat, "rules": rules, "plots": ["none"]})

    def kill(self, build: str, kills: int) -> dict[str, Any]:
        """Kill the program that tells orders so many times."""
        engine, where = self.place.address()
        given = self.carrier
        campaign = Campaign(
            build,
            engine,
            where,
            str(self.folder),
            control=given.control,
            credentials=dict(given.credentials),
            kills=kills,
        )
        return campaign.run()


@pytest.fixture
def ground(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    """A hall whose sealed envelopes wait in the outbox."""
    monkeypatch.setattr(ordering, "_FIRST_PAUSE", outbox.PAUSES[0])
    monkeypatch.setattr(ordering, "_LONGEST_PAUSE", outbox.PAUSES[1])
    engine = open_durably(place)
    schema.migrate(engine, machine_clock())
    with founding(engine, KEYS, HALL, machine_clock) as (_, work):
        work.users.add(stream.CLERK)
        work.users.add(_ADMINISTRATOR)
    engine.close()
    (tmp_path / "tray").mkdir()
    with simulated.running() as running:
        there = Ground(place, tmp_path, running)
        with there.desk() as desk:
            carriers.set_carrier(replace(desk, operator=_ADMINISTRATOR), "ems", url=running.url)
            # A carrier wants province, city and county: of a division that there is.
            office = builders.an_office(division="450103")
            for _ in range(ENVELOPES):
                builders.a_consignment(desk, ConsignmentState.SEALED, offices=(office,))
        yield there


def brought_to_an_end(ground: Ground, desk: Desk, repeat: str) -> None:
    """The line is good again, nobody is killed, and the clerk decides until every envelope has its order."""
    ground.behave(repeat, [])
    orderer = Orderer(outbox.POLICY)
    for _ in range(_ROUNDS):
        orderer.round(desk)
        open_ = open_orders(desk)
        if not open_:
            return
        for envelope, order in open_.items():
            if order is None or orders.needs_person(order):
                outbox.decide(desk, order, envelope, ground.carrier)
    raise AssertionError(f"not at an end after {_ROUNDS} rounds: {open_orders(desk)}")


def open_orders(desk: Desk) -> dict[str, Any]:
    """The envelopes whose order is not placed, with what they have."""
    with desk.reading() as reading:
        found = {one.number: mail_orders.current(reading, one.number) for one in reading.envelopes.where()}
    return {number: order for number, order in found.items() if not order or order.state != OrderState.PLACED}


def faults(ground: Ground, desk: Desk) -> list[str]:
    """Everything that is not as it should be at the end."""
    told = ground.carrier.told()
    live = {o["logisticsOrderNo"]: o["waybills"][0] for o in told["orders"] if o["state"] == "live"}
    found = [f"fault of ours at the carrier: {fault}" for fault in told["faults"]]
    with desk.reading() as reading:
        ours = {
            order.id: order.waybill
            for order in reading.mail_orders.where()
            if order.state == OrderState.PLACED
        }
        bound = {waybill.number for waybill in reading.waybills.where(state="live")}
    if live != ours:
        found.append(f"live at the carrier {live}, in the ledger {ours}")
    if len(live) != ENVELOPES or bound != set(live.values()):
        found.append(f"{len(live)} live orders, waybills on envelopes: {bound}")
    if difference := verification.verify(desk).difference:
        found.append(f"journal: {difference}")
    return found


@pytest.mark.long
@pytest.mark.parametrize("repeat", ["same", "duplicate"])
def test_no_envelope_has_two_live_orders_and_none_is_lost(ground: Ground, repeat: str) -> None:
    """However the carrier answers a repetition: one live order each, under the number the ledger knows."""
    ground.behave(repeat, _TROUBLE)

    killed = ground.kill("right", KILLS)

    moments = Counter(killed["kills"])
    print(f"\n{ground.place.kind}, repeat {repeat}: kills {dict(moments)}")
    with ground.desk() as desk:
        brought_to_an_end(ground, desk, repeat)
        assert faults(ground, desk) == []
    assert killed["doubled"] == []
    assert moments.total() == KILLS
    assert moments[Moment.SENDING.name] + moments[Moment.ANSWERED.name] >= KILLS / 5


def test_a_build_that_orders_anew_after_a_kill_is_caught(ground: Ground) -> None:
    """With a new number for each send the same kills leave two live orders for an envelope."""
    ground.behave("same", _TROUBLE)

    killed = ground.kill("anew", KILLS_FOR_A_WRONG_BUILD)
    assert killed["doubled"] != []
