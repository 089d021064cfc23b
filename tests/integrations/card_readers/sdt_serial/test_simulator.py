"""The simulator speaks the published bytes; it is asked here without the client, over the bare port."""

from __future__ import annotations

import ast
import inspect
import os
import select
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from stdnum.iso7064 import mod_11_2

from integrations.card_readers.sdt_serial import simulator
from tests.integrations.card_readers.sdt_serial import device

PREAMBLE = bytes.fromhex("AAAAAA9669")
FIND, SELECT, READ = (PREAMBLE + bytes.fromhex(said) for said in ("0003200122", "0003200221", "0003300132"))
FOUND = PREAMBLE + bytes.fromhex("000800009F0000000097")
SELECTED = PREAMBLE + bytes.fromhex("000C00009000000000000000009C")


@contextmanager
def opened(path: str) -> Iterator[int]:
    """The port, raw."""
    port = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        tty.setraw(port)
        yield port
    finally:
        os.close(port)


def received(port: int, size: int) -> bytes:
    """So many bytes, however they come."""
    data = b""
    while len(data) < size:
        ready, _, _ = select.select([port], [], [], device.PATIENCE)
        assert ready, f"{len(data)} of {size} bytes came"
        data += os.read(port, size - len(data))
    return data


def asked(script: str, *exchanges: tuple[bytes, bytes]) -> None:
    """Each request is answered with exactly these bytes."""
    with device.running(script) as simulated, opened(simulated.path) as port:
        for request, answer in exchanges:
            os.write(port, request)
            assert received(port, len(answer)) == answer


def test_the_published_vectors() -> None:
    """Find and select as printed; read has 1295 bytes, lengths 0100 and 0400, and an XOR that is right."""
    with device.running() as simulated, opened(simulated.path) as port:
        os.write(port, FIND)
        assert received(port, len(FOUND)) == FOUND
        os.write(port, SELECT)
        assert received(port, len(SELECTED)) == SELECTED
        os.write(port, READ)
        read = received(port, 1295)

    assert read[:14] == PREAMBLE + bytes.fromhex("0508 000090 0100 0400")
    checksum = 0
    for byte in read[5:]:
        checksum ^= byte
    assert checksum == 0


def test_a_lifted_card() -> None:
    """Not found, not selected, not read: 80, 81 and 41."""
    asked(
        "lifted,lifted,lifted",
        (FIND, PREAMBLE + bytes.fromhex("0004 0000 80 84")),
        (SELECT, PREAMBLE + bytes.fromhex("0004 0000 81 85")),
        (READ, PREAMBLE + bytes.fromhex("0004 0000 41 45")),
    )


def test_a_damaged_and_an_unknown_request_are_told() -> None:
    """SW3 10 for a wrong XOR and 21 for a command the simulator does not have; both cost no step."""
    asked(
        "",
        (FIND[:-1] + b"\x00", PREAMBLE + bytes.fromhex("0004 0000 10 14")),
        (
            b"\x00\xaa\xaa" + PREAMBLE + bytes.fromhex("000312FFEE"),
            PREAMBLE + bytes.fromhex("0004 0000 21 25"),
        ),
        (FIND, FOUND),
    )


def test_steps_misbehave_as_their_names_say() -> None:
    """One step a request: a wrong status or XOR, half an answer, garbage before it, pieces, then well."""
    asked(
        "status:66,checksum,truncated:9,garbage,twice,split:3,slow:0.001,silent",
        (FIND, PREAMBLE + bytes.fromhex("0004 0000 66 62")),
        (FIND, FOUND[:-1] + b"\x68"),
        (FIND, FOUND[:9]),
        (FIND, bytes.fromhex("00FF9669") + PREAMBLE + bytes.fromhex("FFFFAAAA") + FOUND),
        (FIND, FOUND + FOUND),
        (FIND, FOUND),
        (FIND, FOUND),
        (FIND, b""),
        (SELECT, SELECTED),
    )


def test_a_step_that_does_not_exist_is_refused() -> None:
    """A script with a slip of the pen does not pass for one that goes well."""
    command = [sys.executable, "-m", device.SIMULATOR, "--script", "ok,chekcsum"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "no such step: chekcsum" in ended.stderr


def test_it_takes_nothing_from_the_client() -> None:
    """A mistake in the client cannot be repeated by what tests it."""
    tree = ast.parse(inspect.getsource(simulator))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    names = [
        name for node in imported for name in (getattr(node, "module", None), *(a.name for a in node.names))
    ]

    assert "os" in names
    assert not [name for name in names if name and ("integrations" in name or "serial" in name)]


@pytest.mark.parametrize("card", simulator.CARDS)
def test_the_people_do_not_exist(card: str) -> None:
    """Their sequence number 000 is never issued; the check digit is right, so that forms accept them."""
    texts = [text for text, _ in simulator.CARDS[card]]
    numbers = [text for text in texts if len(text) == 18 and text.isdigit()]

    assert all(number[14:17] == "000" and mod_11_2.is_valid(number) for number in numbers)
    assert numbers or "XXX450000000000" in texts


@pytest.mark.parametrize("card", simulator.CARDS)
def test_each_text_fits_into_256_bytes(card: str) -> None:
    """Sizes add up and no text is longer than its place."""
    fields = simulator.CARDS[card]

    assert sum(size for _, size in fields) == 256
    assert all(len(text.encode("utf-16-le")) <= size for text, size in fields)
