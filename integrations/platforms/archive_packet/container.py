"""A packet taken apart without trust: nothing is written, and nothing read before it is known small.

Ours are plain: files stored one behind the other, no folders, no links, nothing between or behind them.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from integrations.platforms.archive_packet.packet import DIGESTS, EVIDENCE, JOURNAL, LISTING, METADATA, PAPERS
from integrations.platforms.archive_packet.reasons import Fault, Reason

LARGEST = 256 * 1024 * 1024
"""Of a packet and of what is in it, in bytes; a case of a thousand sheets stays below."""
MOST_FILES = 5000
_RATIO = 100
_ENCRYPTED, _UTF_8 = 0x1, 0x800
#: The fixed part of the header before a file; behind it stand the file's name and an extra field.
_LOCAL = struct.Struct("<4s5H3L2H")
_DRIVE = re.compile(r"[A-Za-z]:")
_OURS = re.compile(
    rf"{PAPERS}[0-9]{{1,40}}\.pdf|{EVIDENCE}[0-9a-z-]{{1,60}}\.(?:jpg|png)"
    rf"|{METADATA}|{re.escape(LISTING)}|{re.escape(DIGESTS)}|{re.escape(JOURNAL)}"
)


class Hostile(ValueError):
    """The packet is not taken apart; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.reason for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Opened:
    """The files of a packet by name, and which of them are not as the zip itself says."""

    files: Mapping[str, bytes]
    torn: tuple[Fault, ...]


def opened(packet: bytes) -> Opened:
    """A packet taken apart; raises Hostile for one that is not plain."""
    if len(packet) > LARGEST:
        raise Hostile(Fault(Reason.BOMB))
    try:
        with zipfile.ZipFile(io.BytesIO(packet)) as archive:
            entries, end, comment = archive.infolist(), archive.start_dir, archive.comment
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Hostile(Fault(Reason.DAMAGED if packet.startswith(b"PK") else Reason.NOT_PACKET)) from error
    if faults := tuple(dict.fromkeys(_faults(entries))):
        raise Hostile(*faults)
    places = _places(packet, entries)
    if comment or (places[-1][1].stop if places else 0) != end:
        raise Hostile(Fault(Reason.HIDDEN))
    files = {entry.filename: packet[place] for entry, place in places}
    torn = [Fault(Reason.CHANGED, e.filename) for e, _ in places if zlib.crc32(files[e.filename]) != e.CRC]
    return Opened(files, tuple(torn))


def _places(packet: bytes, entries: Sequence[zipfile.ZipInfo]) -> list[tuple[zipfile.ZipInfo, slice]]:
    """Where each file lies: behind its own header, which says what the directory says, with no gap before."""
    places, end = [], 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
        begin = end + _LOCAL.size + len(name)
        sizes = (entry.CRC, entry.compress_size, entry.file_size, len(name), 0)
        expected = (b"PK\3\4", entry.flag_bits, entry.compress_type, *sizes)
        if (
            entry.header_offset != end
            or _header(packet, end) != expected
            or packet[begin - len(name) : begin] != name
        ):
            raise Hostile(Fault(Reason.HIDDEN, entry.orig_filename))
        end = begin + entry.file_size
        places.append((entry, slice(begin, end)))
    return places


def _header(packet: bytes, at: int) -> tuple[bytes | int, ...] | None:
    """A local header without version and time; None where there is no room for one."""
    if at + _LOCAL.size > len(packet):
        return None
    mark, _, flags, method, _, _, *sizes = _LOCAL.unpack_from(packet, at)
    return (mark, flags, method, *sizes)


def _faults(entries: Sequence[zipfile.ZipInfo]) -> Iterator[Fault]:
    unpacked, stored = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > MOST_FILES or unpacked > LARGEST or unpacked > _RATIO * max(stored, 1024):
        yield Fault(Reason.BOMB)
    same = Counter(unicodedata.normalize("NFKC", entry.orig_filename).casefold() for entry in entries)
    for entry in entries:
        name = entry.orig_filename
        if same[unicodedata.normalize("NFKC", name).casefold()] > 1:
            yield Fault(Reason.DOUBLED_NAME, name)
        yield from _strange(entry)


def _strange(entry: zipfile.ZipInfo) -> Iterator[Fault]:
    name = entry.orig_filename
    if (reason := _unsafe(name)) is not None:
        yield Fault(reason, name)
    elif stat.S_ISLNK(entry.external_attr >> 16):
        yield Fault(Reason.LINK, name)
    if entry.flag_bits & _ENCRYPTED:
        yield Fault(Reason.ENCRYPTED, name)
    elif entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & ~_UTF_8:
        yield Fault(Reason.FORM, name)


def _unsafe(name: str) -> Reason | None:
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return Reason.ABSOLUTE_NAME
    if ".." in re.split(r"[/\\]", name):
        return Reason.OUTSIDE_NAME
    return None if _OURS.fullmatch(name) else Reason.STRANGE_NAME
