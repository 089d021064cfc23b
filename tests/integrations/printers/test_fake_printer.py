"""The fake printer is asked here without the client, in bytes written by hand."""

from __future__ import annotations

import ast
import inspect
import struct

import httpx
import pytest

from tests.integrations.printers import fake_printer
from tests.integrations.printers.fake_printer import FakePrinter, attribute, number

FIRST = b"\x01" + attribute(0x47, "attributes-charset", b"utf-8")


def ask(fake: FakePrinter, operation: int, *attributes: bytes) -> bytes:
    """What it answers, as it came."""
    body = b"\x02\x00" + struct.pack(">HI", operation, 77) + FIRST + b"".join(attributes) + b"\x03%PDF"
    address = fake.uri.replace("ipp://", "http://")
    return httpx.post(address, content=body, trust_env=False).content


def status(answer: bytes) -> int:
    """The status in an answer."""
    return int.from_bytes(answer[2:4])


def test_it_shares_no_code_with_the_client() -> None:
    """A mistake made on both sides would be seen by neither."""
    imported = [
        name
        for node in ast.walk(ast.parse(inspect.getsource(fake_printer)))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else names(node))
    ]

    assert "http.server" in imported
    assert not [name for name in imported if name.startswith(("integrations", "workstation"))]


def names(node: ast.AST) -> list[str]:
    """What a plain import names."""
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_it_keeps_what_it_received() -> None:
    """Collections are laid flat, sets and documents kept whole, in the version and number of the request."""
    size = attribute(0x4A, "", b"x-dimension") + attribute(0x21, "", number(1))
    size += attribute(0x4A, "", b"y-dimension") + attribute(0x21, "", number(2)) + attribute(0x37, "", b"")
    media = attribute(0x34, "media-col", b"") + attribute(0x4A, "", b"media-size") + attribute(0x34, "", b"")
    rest = attribute(0x4A, "", b"media-type") + attribute(0x44, "", b"envelope") + attribute(0x37, "", b"")

    with FakePrinter() as fake:
        answer = ask(
            fake, 4, b"\x02", media, size, rest, attribute(0x44, "sides", b"one-sided", b"two-sided")
        )

    (received,) = fake.asked("validate")
    assert answer[:8] == b"\x02\x00\x00\x00" + struct.pack(">I", 77)
    assert received.number("media-col/media-size/x-dimension") == 1
    assert received.number("media-col/media-size/y-dimension") == 2
    assert received.text("media-col/media-type") == "envelope"
    assert received.attributes["sides"] == [b"one-sided", b"two-sided"]
    assert received.document == b"%PDF"


def test_a_job_goes_a_step_further_each_time_it_is_asked_about() -> None:
    """Pending, processing, completed; then it stays."""
    with FakePrinter() as fake:
        ask(fake, 2, attribute(0x42, "job-name", b"P-1"))
        answers = [ask(fake, 9, attribute(0x21, "job-id", number(1))) for _ in range(4)]

    found = [answer[answer.index(b"job-state") + 11 :][:4] for answer in answers]
    assert [int.from_bytes(state) for state in found] == [3, 5, 9, 9]


def test_a_paper_is_refused_lying_on_its_side() -> None:
    """The longer side first is refused, as the reference printer does, and makes no job."""
    size = attribute(0x4A, "", b"x-dimension") + attribute(0x21, "", number(23000))
    size += (
        attribute(0x4A, "", b"y-dimension") + attribute(0x21, "", number(12000)) + attribute(0x37, "", b"")
    )
    media = attribute(0x34, "media-col", b"") + attribute(0x4A, "", b"media-size") + attribute(0x34, "", b"")

    with FakePrinter() as fake:
        answer = ask(fake, 2, b"\x02", media, size, attribute(0x37, "", b""))

    assert status(answer) == 0x040B
    assert struct.pack(">i", 23000) in answer
    assert fake.jobs == {}


@pytest.mark.parametrize("cut", ["cut before reading", "cut after reading", "cut in the answer"])
def test_it_cuts_the_line_where_it_is_told(cut: str) -> None:
    """Once, and then it answers again; what was read before the cut is kept."""
    with FakePrinter(script=[cut]) as fake:
        with pytest.raises(httpx.TransportError):
            ask(fake, 11)
        assert status(ask(fake, 11)) == 0

    assert len(fake.received) == (1 if cut == "cut before reading" else 2)
