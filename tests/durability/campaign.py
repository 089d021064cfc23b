"""Kills a stream of acts again and again. A process of its own: it forks, so it has no store and no thread.

`python -m tests.durability.campaign '{"build": "right", …}'` prints how often it has killed at which moment.
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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from forms import items
from tests import builders
from tests.durability import stream
from tests.durability.builds import Moment, open_durably, watched
from tests.engines import HALL, KEYS, at
from workstation.acts.inputs import EXAMPLE_INTAKE

ACKNOWLEDGED = "acknowledged"
#: Seconds from a child's first act until it is killed: some acts on either engine.
_LONGEST_LIFE = {"sqlite": 0.15, "postgres": 0.25}
#: A few are killed without waiting for their first act.
_KILLED_AT_START, _LONGEST_START = 0.1, 0.03
_PATIENCE = 60


@dataclass(frozen=True)
class Campaign:
    """What is to be killed how often."""

    build: str
    """A key of `builds.BUILDS`."""
    engine: str
    place: str
    folder: str
    kills: int
    seed: int

    def run(self) -> Counter[str]:
        """Run it in a process of its own; gives the kills by moment."""
        command = [sys.executable, "-m", "tests.durability.campaign", json.dumps(asdict(self))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        return Counter(json.loads(done.stdout))

    def kill_all(self) -> Counter[str]:
        """Fork a child, kill it, see where it was; so many times. Only for a process without threads."""
        chance = random.Random(self.seed)
        where = mmap.mmap(-1, 1)
        _preload(self.engine)
        # What is here now is shared with every child; collecting it there would copy it.
        gc.freeze()
        return Counter(self._kill_one(where, chance, ordinal) for ordinal in range(self.kills))

    def _kill_one(self, where: mmap.mmap, chance: random.Random, ordinal: int) -> str:
        where[0] = Moment.STARTING
        born = time.monotonic()
        child = os.fork()
        if child == 0:
            self._live(where, ordinal)
        started = chance.random() >= _KILLED_AT_START
        if started:
            _wait_for_start(where, born)
        time.sleep(chance.random() * (_LONGEST_LIFE[self.engine] if started else _LONGEST_START))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WTERMSIG(status) != signal.SIGKILL:
            raise RuntimeError("a child ended by itself; what it said stands above")
        return Moment(where[0]).name

    def _live(self, where: mmap.mmap, ordinal: int) -> NoReturn:
        """The child's life: act, acknowledge, act …; it ends by being killed, or by a fault of ours."""
        folder = Path(self.folder)
        engine = open_durably(at(self.engine, self.place))
        store = watched(self.build, engine, KEYS, HALL, where)
        desk = stream.at_the_counter(store, stream.WINDOWS[ordinal % 3], folder / "tray")
        chance = random.Random(f"{self.seed} {ordinal}")
        log = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        while True:
            where[0] = Moment.IDLE
            done = stream.next_act(desk, chance)
            os.write(log, f"{json.dumps(done)}\n".encode())


def _preload(engine: str) -> None:
    """Load what every child would load: a store's module is not a store."""
    importlib.import_module(f"workstation.store.{engine}")
    items.by_code(EXAMPLE_INTAKE.item)


def _wait_for_start(where: mmap.mmap, born: float) -> None:
    while where[0] == Moment.STARTING and time.monotonic() < born + _PATIENCE:
        time.sleep(0.0002)


if __name__ == "__main__":
    # Drawing takes most of an act's time and writes nothing.
    with builders.no_ink():
        print(json.dumps(Campaign(**json.loads(sys.argv[1])).kill_all()))
