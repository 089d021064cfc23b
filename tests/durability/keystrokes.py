"""Somebody types into a draft and is killed, again and again. A process of its own: it forks.

`python -m tests.durability.keystrokes '{"build": "right", …}'` prints what was lost.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

from tests.durability.builds import machine_clock
from workstation import bootstrap
from workstation.domain.draft import Beginning, Draft
from workstation.store.drafts import Drafts
from workstation.store.personal import PersonalKeys

KEYS = PersonalKeys(b"\7" * 32)
BEGINNING = Beginning("intake", None, "1001", 1)
#: Seconds from a child's first keystroke until it is killed.
_LONGEST_LIFE = 0.03
#: A few are killed without waiting for their first answer, while they open what the last kill has left.
_KILLED_AT_START = 0.1
_SYNC_EVERY = 25
_ANSWER = b"%d\n"


class Batching(Drafts):
    """The build that must be caught: it says that it has saved, and writes every fifth time."""

    def save(self, draft_id: str, body: Mapping[str, Any], **more: Any) -> Draft:
        """Save now and then."""
        if len(body["typed"]) % 5 == 0:
            return super().save(draft_id, body, **more)
        return self.get(draft_id)


BUILDS: Mapping[str, Callable[..., Drafts]] = {"right": Drafts, "batching": Batching}


@dataclass(frozen=True)
class Typing:
    """Who is killed how often while typing into which file."""

    build: str
    path: str
    kills: int
    seed: int

    def run(self) -> dict[str, Any]:
        """Run it in a process of its own; gives `faults`, and how many keystrokes were acknowledged."""
        command = [sys.executable, "-m", "tests.durability.keystrokes", json.dumps(asdict(self))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def kill_all(self) -> dict[str, Any]:
        """Fork a child, let it type, kill it; the next one tells what it has found. Opens no file itself."""
        chance = random.Random(self.seed)
        faults: list[str] = []
        acknowledged = 0
        importlib.import_module("workstation.store.sqlite")
        # What is here now is shared with every child; collecting it there would copy it.
        gc.freeze()
        for ordinal in range(self.kills):
            answers = self._kill_one(chance)
            found = answers[0] if answers else acknowledged
            if not acknowledged <= found <= acknowledged + 1:
                faults.append(f"kill {ordinal}: {acknowledged} keystrokes acknowledged, {found} found")
            acknowledged = answers[-1] if answers else acknowledged
        return {"faults": faults, "acknowledged": acknowledged}

    def _kill_one(self, chance: random.Random) -> list[int]:
        """What a child has answered until it was killed: first what it has found, then each keystroke."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            self._type(writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            first = pipe.readline() if chance.random() >= _KILLED_AT_START else b""
            time.sleep(chance.random() * _LONGEST_LIFE)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                raise RuntimeError("a child ended by itself; what it said stands above")
            return [int(line) for line in (first, *pipe.readlines()) if line]

    def _type(self, writing: int) -> NoReturn:
        """The child's life: a character, save, acknowledge, a character …; it ends by being killed."""
        drafts = BUILDS[self.build](Path(self.path), KEYS, machine_clock, bootstrap.open_drafts_engine)
        kept = drafts.listed()
        draft = kept[0] if kept else drafts.begin(BEGINNING, {"typed": ""})
        typed = typed_in(draft)
        os.write(writing, _ANSWER % len(typed))
        for length in count(len(typed) + 1):
            drafts.save(draft.id, {"typed": text(length)})
            os.write(writing, _ANSWER % length)
            if length % _SYNC_EVERY == 0:
                drafts.sync()
        raise AssertionError("nobody types for ever")


def text(length: int) -> str:
    """The first so many characters of what is typed."""
    return "".join(chr(0x4E00 + position % 20_000) for position in range(length))


def typed_in(draft: Draft) -> str:
    """What a draft holds, which must be a beginning of what is typed, and nothing else."""
    typed = str((draft.body or {}).get("typed"))
    if typed != text(len(typed)):
        raise ValueError(f"not what was typed: {len(typed)} characters")
    return typed


if __name__ == "__main__":
    print(json.dumps(Typing(**json.loads(sys.argv[1])).kill_all()))
