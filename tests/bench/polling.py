"""The screens while 10,000 parcels are asked about, four questions at a time, of a platform on this machine.

The screens ask by themselves from the sign-in on, and keys are pressed until each parcel was asked about: all
have news, which is an act for each. Then `workstation sync` asks once more in a process of its own, when none
has any. The floor asks as often and keeps nothing.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from integrations.carriers.ems.client import Client
from integrations.carriers.ems.messages import Credentials
from tests import halls
from tests.bench import commands, parcels, screens
from tests.bench.parcels import Network
from tests.bench.screens import Timed
from workstation.bootstrap import machine_clock
from workstation.domain.roles import Role
from workstation.policies import MailPolicy

#: So many keys are timed while nothing is asked, and so many questions of the client alone.
IDLE, ALONE = 200, 2_000
#: After so many keys the cursor goes back to the first line; after so many it is looked whether all is asked.
_BACK, _LOOK = 40, 20
#: So many seconds without a question, and none will come.
_PATIENCE = 60


@dataclass(frozen=True)
class Beside:
    """All parcels asked about by the program that shows the screens."""

    parcels: int
    seconds: float
    """From the start of the program."""
    keys: Sequence[float]
    """Milliseconds from each key that was pressed meanwhile to the first byte."""
    idle: Sequence[float]
    """The same in the same program when nothing is asked any more."""

    @property
    def per_second(self) -> float:
        """Parcels a second."""
        return self.parcels / self.seconds


@dataclass(frozen=True)
class Synced:
    """All parcels asked about by a process of its own."""

    parcels: int
    news: int
    """Parcels of which something was told that nobody knew."""
    seconds: float
    computing: float
    """Of these, seconds of the processor."""

    @property
    def per_second(self) -> float:
        """Parcels a second."""
        return self.parcels / self.seconds


@dataclass(frozen=True)
class Polling:
    """How it went."""

    alone: float
    """Questions a second of the client alone, whose answers are dropped."""
    beside: Beside
    synced: Synced


def measure(folder: Path, *, count: int = parcels.COUNT, idle: int = IDLE) -> Polling:
    """Ask about all parcels of a hall of its own, twice."""
    with parcels.network(folder, count) as network:
        alone = client_alone(network, min(count, ALONE))
        while_asked = beside(network, count, idle)
        parcels.forget_asking(network.home)
        return Polling(alone, while_asked, synced(network))


def client_alone(network: Network, count: int) -> float:
    """Questions a second, as many at a time as the policy has it."""
    platform = network.platform
    client = Client(Credentials(**vars(platform.credentials)), now=machine_clock, url=platform.url)
    begun = time.perf_counter()
    with ThreadPoolExecutor(MailPolicy().connections) as pool:
        told = list(pool.map(client.track, parcels.waybills(count)))
    took = time.perf_counter() - begun
    client.close()
    assert {len(events) for events in told} == {parcels.EVENTS}
    return count / took


def beside(network: Network, count: int, idle: int) -> Beside:
    """Sign in, press keys until the screens' program has asked about so many, and then so many more."""
    before, begun = network.questions(), time.perf_counter()
    with screens.signed_in(network.home, Role.CLERK, **network.environment) as terminal:
        terminal.press("end", "enter")
        keys = pressed(terminal)
        meanwhile: list[float] = []
        for _ in _until_asked(network, before + count):
            meanwhile += islice(keys, _LOOK)
        took = time.perf_counter() - begun
        return Beside(count, took, meanwhile, list(islice(keys, idle)))


def _until_asked(network: Network, count: int) -> Iterator[int]:
    """Again and again as long as fewer questions have come, at least once; how many more there were."""
    asked, since = 0, time.monotonic()
    while asked < count:
        before, asked = asked, network.questions()
        since = time.monotonic() if asked > before else since
        assert time.monotonic() < since + _PATIENCE, f"{asked} of {count} questions came"
        yield asked - before


def pressed(terminal: Timed) -> Iterator[float]:
    """How long key after key takes, the list being gone through from its beginning again and again."""
    while True:
        terminal.press("home")
        for _ in range(_BACK):
            yield terminal.first_byte("down")


def synced(network: Network) -> Synced:
    """Ask about all that is due, in a process of its own."""
    environment = {**os.environ, **network.environment, "WORKSTATION_PASSWORD": halls.PASSWORDS[halls.CLERK]}
    command = commands.workstation("--home", str(network.home), "--as", halls.CLERK, "--json", "sync")
    begun, computed = time.perf_counter(), _computed()
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    took = time.perf_counter() - begun
    tracks: Mapping[str, int] = json.loads(said)["tracks"]
    return Synced(tracks["asked"], tracks["news"], took, _computed() - computed)


def _computed() -> float:
    """Seconds of the processor in processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
