"""Whether a picture opens: decoded whole, JPEG or PNG, of a size that a camera has."""

from __future__ import annotations

import struct
import zlib

import pytest

from integrations.platforms.archive_packet import pictures
from tests.integrations.platforms.archive_packet.made import PICTURE, a_picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_whole_picture_opens(kind: str) -> None:
    """Both kinds that evidence is kept in."""
    assert pictures.opens(a_picture(kind))


@pytest.mark.parametrize("content", [b"", b"text", PICTURE[:40], a_picture("JPEG")[:200], a_picture("GIF")])
def test_what_is_none_does_not(content: bytes) -> None:
    """Empty, text, half of one, another kind."""
    assert not pictures.opens(content)


@pytest.mark.parametrize("side", [9_100, 10_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_not_decoded(side: int) -> None:
    """Its head alone says how large it is; neither a warning nor an error comes out."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = PICTURE[:12] + head + struct.pack(">I", zlib.crc32(head)) + PICTURE[33:]

    assert not pictures.opens(bomb)
