"""Several threads read the first message of its kind at once, as they do when a carrier is asked.

A program of its own: where this goes wrong there is no error, the program is gone. A kind that was read
before proves nothing, so the module it stands in is loaded anew each time.
"""

from __future__ import annotations

import importlib
import json
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

from workstation import typed

_THREADS, _OFTEN = 4, 40
_ITEM = {"opTime": "2026-11-20 09:00:00", "opCode": 704}
_ANSWER = json.dumps({"retCode": "00000", "retBody": json.dumps([{"responseItems": [_ITEM]}])}).encode()
_FINDING = {"row": "E2026112000017-01", "way": "paper"}


def _answer(module: ModuleType) -> object:
    return module.events(module.read(_ANSWER), "1234567890123")


def _findings(module: ModuleType) -> object:
    return typed.convert({"findings": [_FINDING]}, module.Findings)


def _stocks(module: ModuleType) -> object:
    return module.stocks.__wrapped__()


READINGS: Mapping[str, Callable[[ModuleType], object]] = {
    "integrations.carriers.ems.answers": _answer,
    "workstation.acts.inputs": _findings,
    "printing.envelopes.stock": _stocks,
}


def main(name: str) -> None:
    """Load the module and let the threads read at once; again and again."""
    sys.setswitchinterval(1e-6)
    importlib.import_module(name)
    with ThreadPoolExecutor(_THREADS) as threads:
        for _ in range(_OFTEN):
            del sys.modules[name]
            _at_once(threads, READINGS[name], importlib.import_module(name))


def _at_once(
    threads: ThreadPoolExecutor, reading: Callable[[ModuleType], object], module: ModuleType
) -> None:
    gate = threading.Barrier(_THREADS)

    def go(_: int) -> bool:
        gate.wait()
        return bool(reading(module))

    assert all(threads.map(go, range(_THREADS)))


if __name__ == "__main__":
    main(sys.argv[1])
