"""The manifest: an envelope's packing list 内件清单 as digits for the QR printed on it, and read again.

Digits only, because an input method eats letters. No field holds an applicant, ID number or telephone.
The layout stands in docs/manifest.md for whoever writes a reader of their own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import msgspec
from stdnum.iso7064 import mod_97_10

from workstation.domain import codes

VERSION = 1
#: No number of ours begins so, and no waybill is as long.
MARK = "88"
#: Digits of one symbol at most: in level M it is 40 mm wide, which an old scanner still reads.
LONGEST = 1500
#: Symbols of one list at most; "i of n" are one digit each.
MOST = 9
#: Bytes of the list before it was packed; more is no list, but an attack on the memory.
LARGEST = 200_000

_HEAD, _CHECK = 42, 2
_GROUP = 7
#: Digits that so many bytes take; each length is another one, so the last group tells how many it holds.
_WIDTHS = (0, 3, 5, 8, 10, 13, 15, 17)
#: Bytes of the packed list in one symbol at most.
_ROOM = (LONGEST - _HEAD - _CHECK) // _WIDTHS[_GROUP] * _GROUP


class ManifestError(ValueError):
    """Digits that are no list, or a list that cannot be put into digits; `reason` names it for machines."""

    reason: ClassVar[str] = "form"


class Truncated(ManifestError):
    """Fewer digits have come than the symbol says it has."""

    reason = "truncated"


class Lengthened(ManifestError):
    """More digits have come than the symbol says it has."""

    reason = "length"


class WrongCheck(ManifestError):
    """The last two digits do not fit the others: misread."""

    reason = "check"


class UnknownVersion(ManifestError):
    """A right symbol of a layout that came after this program."""

    reason = "version"


class MixedParts(ManifestError):
    """Symbols of several lists, or of one that was packed anew."""

    reason = "mixed"


class MissingParts(ManifestError):
    """Some symbols of the list have not been scanned."""

    reason = "missing"

    def __init__(self, missing: Sequence[int], count: int) -> None:
        super().__init__(f"{len(missing)} of {count} symbols are missing")
        self.missing, self.count = tuple(missing), count


class WrongDigest(ManifestError):
    """The symbols fit together, but what they hold is not the list that was printed."""

    reason = "digest"


class BrokenContent(ManifestError):
    """Right digits of something that is no list."""

    reason = "content"


class TooLong(ManifestError):
    """The list needs more symbols than a paper carries."""

    reason = "too_long"


@dataclass(frozen=True)
class ListedCase:
    """A case 办件 of which something lies in the envelope."""

    number: str
    item: str
    """Code of the service item."""


@dataclass(frozen=True)
class ListedPiece:
    """One row of the list."""

    case: str
    """Number of the case it belongs to."""
    row: str
    """Id of the checklist row."""
    name: str
    form: str
    """original · copy · result."""
    copies: int
    pages: int | None


@dataclass(frozen=True)
class Manifest:
    """What lies in one envelope."""

    envelope: str
    office: str
    """Code of the home office it goes to."""
    cases: tuple[ListedCase, ...]
    pieces: tuple[ListedPiece, ...]


@dataclass(frozen=True)
class Part:
    """What one symbol says."""

    envelope: str
    index: int
    """Which of the list's symbols it is, from 1 on."""
    count: int
    digest: str
    """Twelve digits that the whole list must fit."""
    data: bytes = field(repr=False)

    @property
    def of_list(self) -> tuple[str, str, int]:
        """What all symbols of one list have alike."""
        return self.envelope, self.digest, self.count


_Code = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
_Whole = Annotated[int, msgspec.Meta(ge=0, le=99_999)]


class _Row(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    case: Annotated[int, msgspec.Meta(ge=1)]
    """Which of the cases, from 1 on."""
    row: _Code
    name: _Name
    form: _Code
    copies: _Whole
    pages: _Whole | None


class _Body(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    office: _Code
    cases: tuple[tuple[_Code, _Code], ...]
    rows: tuple[_Row, ...]


_BODY = msgspec.json.Decoder(_Body)


def symbols(manifest: Manifest) -> tuple[str, ...]:
    """The digits of each symbol, as few and as even as can be; `TooLong` if a paper cannot carry them."""
    place = {case.number: n for n, case in enumerate(manifest.cases, 1)}
    rows = tuple(_Row(place[p.case], p.row, p.name, p.form, p.copies, p.pages) for p in manifest.pieces)
    cases = tuple((case.number, case.item) for case in manifest.cases)
    body = msgspec.json.encode(_Body(manifest.office, cases, rows))
    packed = _packed(body)
    count = -(-len(packed) // _ROOM)
    if count > MOST or len(body) > LARGEST:
        raise TooLong(f"{len(packed)} bytes")
    size = -(-len(packed) // count)
    digest = _digest(manifest.envelope, body)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    return tuple(_text(Part(manifest.envelope, n, count, digest, data)) for n, data in enumerate(pieces, 1))


def is_marked(text: str) -> bool:
    """Whether this begins as a symbol of a list does, and is longer than any number."""
    return len(text) > codes.LENGTH and text.startswith(MARK) and text.isascii() and text.isdigit()


def part(text: str) -> Part:
    """What one symbol says, from its digits as cleaned; else the `ManifestError` says why."""
    if not is_marked(text):
        raise ManifestError("not the digits of a list")
    length = int(text[4:8])
    if len(text) < max(length, _HEAD + _CHECK):
        raise Truncated(f"{len(text)} digits of {length}")
    if len(text) > min(length, LONGEST):
        raise Lengthened(f"{len(text)} digits of {length}")
    # Mark, length and check stand there in every version: an unknown one is told from a misread one.
    if not mod_97_10.is_valid(text):
        raise WrongCheck("check digits")
    if int(text[2:4]) != VERSION:
        raise UnknownVersion(text[2:4])
    found = Part(text[10:30], int(text[8]), int(text[9]), text[30:_HEAD], _bytes(text[_HEAD:-_CHECK]))
    if not 1 <= found.index <= found.count or _kind(found.envelope) != codes.Kind.ENVELOPE:
        raise BrokenContent("head")
    return found


def missing(parts: Sequence[Part]) -> list[int]:
    """Which symbols of the list are still to be scanned."""
    there = {each.index for each in parts}
    return [n for n in range(1, parts[0].count + 1) if n not in there]


def joined(parts: Sequence[Part]) -> Manifest:
    """The list out of its symbols, in any order and as often as they were scanned."""
    if not parts:
        raise ManifestError("no symbol")
    by_index = {each.index: each for each in parts}
    if len({each.of_list for each in parts}) > 1 or any(by_index[p.index] != p for p in parts):
        raise MixedParts("symbols of several lists")
    if absent := missing(parts):
        raise MissingParts(absent, parts[0].count)
    body = _unpacked(b"".join(by_index[index].data for index in sorted(by_index)))
    if _digest(parts[0].envelope, body) != parts[0].digest:
        raise WrongDigest("digest")
    return _manifest(parts[0].envelope, body)


def _manifest(envelope: str, body: bytes) -> Manifest:
    try:
        found = _BODY.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenContent("no list") from error
    numbers = [number for number, _ in found.cases]
    if len(set(numbers)) < len(numbers) or any(_kind(number) != codes.Kind.CASE for number in numbers):
        raise BrokenContent("cases")
    if any(row.case > len(numbers) for row in found.rows):
        raise BrokenContent("a row of no case")
    cases = tuple(ListedCase(number, item) for number, item in found.cases)
    pieces = tuple(
        ListedPiece(numbers[r.case - 1], r.row, r.name, r.form, r.copies, r.pages) for r in found.rows
    )
    return Manifest(envelope, found.office, cases, pieces)


def _kind(number: str) -> codes.Kind | None:
    try:
        return codes.parse(number).kind
    except codes.NotANumber:
        return None


def _text(of: Part) -> str:
    data = "".join(_digits(of.data))
    length = _HEAD + len(data) + _CHECK
    head = f"{MARK}{VERSION:02d}{length:04d}{of.index}{of.count}{of.envelope}{of.digest}"
    return f"{head}{data}{mod_97_10.calc_check_digits(head + data)}"


def _digits(data: bytes) -> Iterator[str]:
    """Seven bytes as seventeen digits each: nearly as dense as one number, and no number gets long."""
    for start in range(0, len(data), _GROUP):
        group = data[start : start + _GROUP]
        yield f"{int.from_bytes(group, 'big'):0{_WIDTHS[len(group)]}d}"


def _bytes(digits: str) -> bytes:
    step = _WIDTHS[_GROUP]
    groups = [digits[start : start + step] for start in range(0, len(digits), step)]
    try:
        return b"".join(int(group).to_bytes(_WIDTHS.index(len(group)), "big") for group in groups)
    except (ValueError, OverflowError) as error:
        raise BrokenContent("digits that stand for no bytes") from error


def _digest(envelope: str, body: bytes) -> str:
    # GB/T 32905: the first 64 bits of SM3, cut to twelve digits.
    first = hashlib.new("sm3", envelope.encode() + body).digest()[:8]
    return f"{int.from_bytes(first, 'big') % 10**12:012d}"


def _packed(body: bytes) -> bytes:
    # Raw DEFLATE (RFC 1951): zlib's own head and sum would say again what the digest says.
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = unpacker.decompress(packed, LARGEST)
    except zlib.error as error:
        raise BrokenContent("not packed") from error
    if not unpacker.eof or unpacker.unused_data:
        raise BrokenContent("more or less than one packed list")
    return body
