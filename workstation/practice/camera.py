"""The picture of a look from afar 远程视频: grey points and nobody's face, written as a PNG."""

from __future__ import annotations

import struct
import zlib
from random import Random

_SIDE = 8


def picture(rng: Random) -> bytes:
    """A PNG of eight by eight grey points; the same bytes for the same chance on every machine."""
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)
    lines = b"".join(b"\0" + rng.randbytes(_SIDE) for _ in range(_SIDE))
    # Stored, not compressed: how well it is compressed differs from one library to another.
    body = zlib.compress(lines, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
