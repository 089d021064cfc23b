"""A card reader at a pseudo-terminal that speaks the documented bytes and, by script, misbehaves.

A program of its own: it takes nothing from the client beside it, so that no mistake is made on both sides.
It prints the path to open, then a line for each request. The people on its cards do not exist: sequence 000.
"""

from __future__ import annotations

import argparse
import os
import time
import tty
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

_PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_FIND, _SELECT, _READ = b"\x20\x01", b"\x20\x02", b"\x30\x01"
_LIFTED = {_FIND: 0x80, _SELECT: 0x81, _READ: 0x41}

# The preamble stands in the photo as well: a client must go by the length and not look for the next one.
_PHOTO = _PREAMBLE + bytes(range(256)) * 4
_GARBAGE = b"\x00\xff\x96\x69" + _PREAMBLE + b"\xff\xff\xaa\xaa"

# Text and bytes it takes, in the order of the chip.
CARDS: dict[str, tuple[tuple[str, int], ...]] = {
    "citizen_id": (
        ("演练𠮷", 30),
        ("2", 2),
        ("08", 4),
        ("19520229", 16),
        ("广西壮族自治区南宁市演练路0号", 70),
        ("450102195202290005", 36),
        ("南宁市公安局演练分局", 30),
        ("20200101", 16),
        ("长期", 16),
        ("", 36),
    ),
    "residence_permit": (
        ("演练港", 30),
        ("1", 2),
        ("", 4),
        ("19940823", 16),
        ("广西壮族自治区南宁市演练路1号", 70),
        ("810000199408230005", 36),
        ("南宁市公安局演练分局", 30),
        ("20210601", 16),
        ("20260601", 16),
        ("H00000000", 18),
        ("01", 4),
        ("", 6),
        ("J", 2),
        ("", 6),
    ),
    "foreigner_2017": (
        ("EXERCISE, ALEX SAMPLE", 120),
        ("1", 2),
        ("XXX450000000000", 30),
        ("XXX", 6),
        ("演练外", 30),
        ("20180201", 16),
        ("20280201", 16),
        ("19840826", 16),
        ("01", 4),
        ("0000", 8),
        ("I", 2),
        ("", 6),
    ),
    "foreigner_2023": (
        ("", 30),
        ("2", 2),
        ("00", 4),
        ("19840826", 16),
        ("EXERCISE, ALEXANDRA WILHELMINA SAMP", 70),
        ("945000198408260000", 36),
        ("", 30),
        ("20240201", 16),
        ("20340201", 16),
        ("LE", 22),
        ("XXX", 6),
        ("Y", 2),
        ("", 6),
    ),
}


class Device:
    """The reader with its card; `script` holds a step for each request to come, after that all goes well."""

    def __init__(self, card: str, script: Sequence[str]) -> None:
        self.script = deque(script)
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self._good = {
            _FIND: _answer(0x9F, bytes(4)),
            _SELECT: _answer(0x90, bytes(8)),
            _READ: _answer(0x90, b"\x01\x00\x04\x00" + _block(card) + _PHOTO[:1024]),
        }
        self._arrived = b""

    @property
    def path(self) -> str:
        """Where a client opens it."""
        return os.ttyname(self._slave)

    def serve(self) -> None:
        """Answer one request after the other, until the script says that the device is gone."""
        while True:
            request = self._request()
            step = self.script.popleft() if self.script else "ok"
            verb, _, argument = step.partition(":")
            if verb == "vanish":
                self._send(self._reply(request)[:6])
                os.close(self._master)
                os.close(self._slave)
                return
            for piece in STEPS[verb](request, self._reply(request), argument):
                self._send(piece)
            print(request.hex(), step, flush=True)

    def _reply(self, request: bytes) -> bytes:
        return self._good.get(request, _answer(0x21))

    def _request(self) -> bytes:
        """Command and parameter of the next request; one that is damaged is answered at once (SW3 10)."""
        while True:
            head, preamble, rest = self._arrived.partition(_PREAMBLE)
            size = 2 + int.from_bytes(rest[:2])
            if preamble and len(rest) >= max(size, 5):
                self._arrived = rest[size:]
                if _checksum(rest[: size - 1]) == rest[size - 1]:
                    return rest[2:4]
                self._send(_answer(0x10))
            else:
                self._arrived = head[-4:] + preamble + rest + os.read(self._master, 4096)

    def _send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]


def _in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def _late(data: bytes, seconds: float) -> list[bytes]:
    time.sleep(seconds)
    return [data]


Step = Callable[[bytes, bytes, str], list[bytes]]

# What is sent for a request, its good answer and the step's argument.
STEPS: dict[str, Step] = {
    "ok": lambda _, good, __: [good],
    "status": lambda _, __, code: [_answer(int(code, 16))],
    "lifted": lambda request, _, __: [_answer(_LIFTED.get(request, 0x80))],
    "checksum": lambda _, good, __: [good[:-1] + bytes((good[-1] ^ 0xFF,))],
    "truncated": lambda _, good, size: [good[: int(size or len(good) // 2)]],
    "garbage": lambda _, good, __: [_GARBAGE, good],
    "twice": lambda _, good, __: [good + good],
    "split": lambda _, good, size: _in_pieces(good, int(size or 1)),
    "slow": lambda _, good, seconds: _late(good, float(seconds or 1)),
    "silent": lambda _, __, ___: [],
}


def _block(card: str) -> bytes:
    return b"".join(
        text.encode("utf-16-le") + b" \x00" * ((size - len(text.encode("utf-16-le"))) // 2)
        for text, size in CARDS[card]
    )


def _answer(status: int, data: bytes = b"") -> bytes:
    counted = (len(data) + 4).to_bytes(2) + bytes((0, 0, status)) + data
    return _PREAMBLE + counted + bytes((_checksum(counted),))


def _checksum(data: bytes) -> int:
    result = 0
    for byte in data:
        result ^= byte
    return result


def _steps(text: str) -> list[str]:
    steps = [step for step in text.split(",") if step]
    for step in steps:
        if step.partition(":")[0] not in {*STEPS, "vanish"}:
            raise argparse.ArgumentTypeError(f"no such step: {step}")
    return steps


def main() -> None:
    """Open a pseudo-terminal, tell its path and answer until ended."""
    parser = argparse.ArgumentParser(description="A simulated card reader (GA 450) at a pseudo-terminal.")
    parser.add_argument("--card", choices=sorted(CARDS), default="citizen_id")
    parser.add_argument(
        "--script",
        type=_steps,
        default=[],
        help="a step for each request, with commas between: ok, status:XX, lifted, checksum, "
        "truncated[:bytes], garbage, twice, split[:bytes], slow[:seconds], silent, vanish; "
        "after the last one all goes well",
    )
    given = parser.parse_args()
    device = Device(given.card, given.script)
    print(device.path, flush=True)
    with suppress(KeyboardInterrupt):
        device.serve()


if __name__ == "__main__":
    main()
