"""Kills the program that works off the outbox of orders again and again; the carrier is another process.

`python -m tests.durability.outbox '{"build": "right", …}'` prints how often it has killed at which moment,
and which envelopes ever had two live orders. It forks, so it has no store and no thread.
"""

from __future__ import annotations

import gc
import importlib
import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn, cast

import httpx

from integrations.carriers import Booked
from integrations.carriers.ems import messages
from integrations.carriers.ems.client import Client
from tests.durability import stream
from tests.durability.builds import machine_clock, open_durably
from tests.engines import HALL, KEYS, at
from workstation.acts import mail_orders, ordering, orders
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.domain.mail import MailOrder, OrderState
from workstation.policies import MailPolicy
from workstation.store.ledger import Store

#: Pauses between two tries (ms): with real ones nothing would be tried twice in a child's life.
PAUSES = (5, 20)
POLICY = MailPolicy(tries=6, timeout_seconds=5)
#: Most are killed around a send: so many seconds after it has begun. The others at any moment of their life.
_AIMED, _AROUND, _LONGEST_LIFE = 0.75, 0.03, 0.2
_PATIENCE = 60
_HABITS = 0.5


class Moment(IntEnum):
    """Where a child was when it was killed."""

    STARTING = 0
    IDLE = 1
    """Between two sends, or at an act of the clerk."""
    SENDING = 2
    """From the claim in the ledger until the carrier has answered."""
    ANSWERED = 3
    """The answer is there and does not stand in the ledger yet."""


@dataclass
class Wire:
    """The real way to the carrier, marked where it stands; the build `anew` numbers each send anew."""

    client: Client
    where: mmap.mmap
    anew: bool = False

    def body(self, order: Any) -> str:
        """As it is composed."""
        return self.client.body(order)

    def place(self, body: str) -> Booked:
        """Tell an order."""
        self.where[0] = Moment.SENDING
        if self.anew:
            number = messages.number_of(body)
            body = body.replace(number, f"{number}{time.monotonic_ns()}")
        booked = self.client.place(body)
        self.where[0] = Moment.ANSWERED
        return booked

    def cancel(self, number: str, waybill: str, why: str) -> None:
        """Tell a cancellation."""
        self.where[0] = Moment.SENDING
        self.client.cancel(number, waybill, why)
        self.where[0] = Moment.ANSWERED

    def close(self) -> None:
        """Hang up."""
        self.client.close()


@dataclass
class Carrier:
    """The simulated platform as a program here sees it: the way to it, and the telephone."""

    control: str
    credentials: Mapping[str, str] = field(repr=False)

    def told(self) -> dict[str, Any]:
        """What it says on the telephone of its orders."""
        said: dict[str, Any] = httpx.get(f"{self.control}orders", timeout=_PATIENCE, trust_env=False).json()
        return said

    def live(self) -> set[str]:
        """The numbers of its live orders."""
        return {one["logisticsOrderNo"] for one in self.told()["orders"] if one["state"] == "live"}


def at_the_counter(store: Store, folder: Path, carrier: Carrier) -> Desk:
    """The desk of the window whose orders these are."""
    desk = stream.at_the_counter(store, 1, folder / "tray")
    return Desk(store, 1, desk.tray, operator=desk.operator, credentials=lambda _: carrier.credentials)


def decide(desk: Desk, order: MailOrder | None, envelope: str, carrier: Carrier) -> None:
    """What the clerk does about an envelope's order where the worker does nothing any more."""
    if order is None:
        orders.order_again(desk, envelope)
    elif order.state == OrderState.REFUSED:
        orders.retry(desk, order.id)
    elif order.state == OrderState.CANCEL_REFUSED and order.id not in carrier.live():
        orders.confirm_cancel(desk, order.id)
    elif order.state in (OrderState.UNSURE, OrderState.CANCEL_REFUSED):
        orders.cancel(desk, order.id)
    elif order.state == OrderState.CANCEL_UNSURE:
        orders.retry(desk, order.id)


@dataclass(frozen=True)
class Campaign:
    """What is to be killed how often."""

    build: str
    """right · anew."""
    engine: str
    place: str
    folder: str
    control: str
    credentials: dict[str, str] = field(repr=False)
    kills: int
    seed: int = 20201500

    def run(self) -> dict[str, Any]:
        """Run it in a process of its own; gives the kills by moment, and envelopes with two live orders."""
        command = [sys.executable, "-m", "tests.durability.outbox", json.dumps(asdict(self))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def kill_all(self) -> dict[str, Any]:
        """Fork a child, kill it, ask the carrier; so many times. Only for a process without threads."""
        chance = random.Random(self.seed)
        where = mmap.mmap(-1, 1)
        importlib.import_module(f"workstation.store.{self.engine}")
        # Loads what every child would load at its first send.
        self._carrier().told()
        gc.freeze()
        kills: Counter[str] = Counter()
        doubled: set[str] = set()
        for ordinal in range(self.kills):
            kills[self._kill_one(where, chance, ordinal)] += 1
            doubled |= set(self._carrier().told()["doubled"])
        return {"kills": kills, "doubled": sorted(doubled)}

    def _carrier(self) -> Carrier:
        return Carrier(self.control, self.credentials)

    def _kill_one(self, where: mmap.mmap, chance: random.Random, ordinal: int) -> str:
        where[0] = Moment.STARTING
        born = time.monotonic()
        child = os.fork()
        if child == 0:
            self._live(where, random.Random(f"{self.seed} {ordinal}"))
        is_aimed = chance.random() < _AIMED
        while (
            where[0] < (Moment.SENDING if is_aimed else Moment.IDLE) and time.monotonic() < born + _PATIENCE
        ):
            time.sleep(0.0002)
        time.sleep(chance.random() * (_AROUND if is_aimed else _LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("a child ended by itself; what it said stands above")
        return Moment(where[0]).name

    def _live(self, where: mmap.mmap, chance: random.Random) -> NoReturn:
        """The child's life: what is due is told, the clerk decides, and so on until it is killed."""
        store = Store(open_durably(at(self.engine, self.place)), KEYS, HALL, machine_clock)
        carrier = self._carrier()
        desk = at_the_counter(store, Path(self.folder), carrier)
        orderer = Orderer(POLICY, connect=cast(Any, self._wired(where)))
        while True:
            where[0] = Moment.IDLE
            orderer.round(desk)
            where[0] = Moment.IDLE
            _at_work(desk, chance, carrier)

    def _wired(self, where: mmap.mmap) -> Any:
        really = Orderer(POLICY)._really
        return lambda desk, carrier: Wire(really(desk, carrier), where, anew=self.build == "anew")


def _at_work(desk: Desk, chance: random.Random, carrier: Carrier) -> None:
    """The clerk decides what needs a person, and cancels some orders, so that there is something to send."""
    with desk.reading() as reading:
        envelopes = sorted(envelope.number for envelope in reading.envelopes.where())
        known = {number: mail_orders.current(reading, number) for number in envelopes}
    for envelope, order in known.items():
        if order is None or orders.needs_person(order):
            decide(desk, order, envelope, carrier)
        elif order.state == OrderState.PLACED and chance.random() < _HABITS:
            orders.cancel(desk, order.id)


if __name__ == "__main__":
    ordering._FIRST_PAUSE, ordering._LONGEST_PAUSE = PAUSES
    print(json.dumps(Campaign(**json.loads(sys.argv[1])).kill_all()))
