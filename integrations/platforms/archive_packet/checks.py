"""四性检测: 真实性, 完整性, 可用性 and 安全性 of a finished packet, from its bytes alone.

It is looked through for the marks of programs, which is no virus scanner; none is run here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations import spreadsheets
from integrations.platforms.archive_packet import container, metadata, packet, pictures
from integrations.platforms.archive_packet.metadata import Metadata
from integrations.platforms.archive_packet.packet import DIGESTS, EVIDENCE, JOURNAL, LISTING, METADATA, PAPERS
from integrations.platforms.archive_packet.reasons import Check, Fault, Reason
from integrations.spreadsheets import Column, SpreadsheetError

_REQUIRED = (METADATA, LISTING, DIGESTS, JOURNAL)
#: How each kind of file begins, so that nothing passes as what it is not.
_BEGINS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".xml": b"<?xml",
    ".csv": b"\xef\xbb\xbf",
    ".jsonl": b"{",
}
_SIGNATURES = (
    b"This program cannot be run in DOS mode",
    b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE",
    b"<script",
    b"<?xml-stylesheet",
    b"<?php",
)
#: A cell that a spreadsheet program would run; ours have a mark before it.
_FORMULA = re.compile(rb'(?:^\xef\xbb\xbf|[,;\n])"?[=+@\-]')

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Tools:
    """What only others can judge."""

    pdf: Callable[[bytes], str | None]
    """Why a PDF is not fit for an archive: damaged · font · active; None: it is."""
    head: Callable[[Entry], bool]
    """Whether the head line of the journal's excerpt has the anchor of the hash it names."""
    entry: Callable[[Entry], bool]
    """Whether an entry of it has the hash it says."""


@dataclass(frozen=True)
class Report:
    """What came of the four checks."""

    sm3: str
    sha256: str
    size: int
    files: int
    faults: tuple[Fault, ...]
    case_number: str = ""
    untried: frozenset[Check] = frozenset()
    """Those that could not be made, since the packet was not taken apart."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def of(self, check: Check) -> list[Fault]:
        """What one of them found."""
        return [fault for fault in self.faults if fault.check == check]


@dataclass(frozen=True)
class _Packet:
    """A packet taken apart, its own tables and metadata read as far as they can be."""

    files: Mapping[str, bytes]
    digests: Sequence[Mapping[str, str]]
    listing: Sequence[Mapping[str, str]]
    said: Metadata
    tools: Tools

    @property
    def attached(self) -> set[str]:
        """Papers and pictures."""
        return {name for name in self.files if name.startswith((PAPERS, EVIDENCE))}


def check(content: bytes, tools: Tools) -> Report:
    """Make the four checks."""
    sm3, sha256 = packet.digests(content)
    try:
        found = container.opened(content)
    except container.Hostile as hostile:
        untried = frozenset(Check) - {fault.check for fault in hostile.faults}
        return Report(sm3, sha256, len(content), 0, hostile.faults, untried=untried)
    files, faults = found.files, [*found.torn]
    taken = _Packet(
        files,
        _table(files, DIGESTS, packet.DIGEST_HEADS, faults),
        _table(files, LISTING, packet.LISTING_HEADS, faults),
        _metadata(files, faults),
        tools,
    )
    for each in (_missing, _digests, _sizes, _numbers, _agreement, _journal, _opening, _safety):
        faults += each(taken)
    number = next((field.value for field in taken.said.fields if field.name == "number"), "")
    return Report(sm3, sha256, len(content), len(files), tuple(dict.fromkeys(faults)), case_number=number)


def _table(
    files: Mapping[str, bytes], name: str, heads: Sequence[str], faults: list[Fault]
) -> Sequence[Mapping[str, str]]:
    if name not in files:
        return ()
    try:
        table = spreadsheets.columns(spreadsheets.read(files[name]), [Column(head) for head in heads])
    except SpreadsheetError:
        faults.append(Fault(Reason.TABLE, name))
        return ()
    return [line.cells for line in table.lines]


def _metadata(files: Mapping[str, bytes], faults: list[Fault]) -> Metadata:
    try:
        return metadata.read(files.get(METADATA, b"<base_info/>"))
    except metadata.HasDtd:
        faults.append(Fault(Reason.DTD, METADATA))
    except metadata.Unreadable:
        faults.append(Fault(Reason.METADATA, METADATA))
    return Metadata((), (), True)


# --- 完整性, and 真实性


def _missing(taken: _Packet) -> Iterator[Fault]:
    listed = [row["文件"] for row in taken.listing if row["文件"]]
    told = [row["文件"] for row in taken.digests]
    named = [item.file for item in taken.said.items if item.file]
    for name in dict.fromkeys((*_REQUIRED, *told, *listed, *named)):
        if name not in taken.files:
            yield Fault(Reason.MISSING, name)
    for row in taken.listing:
        if not row["文件"] and not row["没有文件的原因"]:
            yield Fault(Reason.UNEXPLAINED, row["编号"])


def _digests(taken: _Packet) -> Iterator[Fault]:
    told = {row["文件"]: (row["SM3"], row["SHA-256"]) for row in taken.digests}
    if DIGESTS not in taken.files:
        return
    for name, content in taken.files.items():
        if name in told and told[name] != packet.digests(content):
            yield Fault(Reason.CHANGED, name)
        if name not in told and name != DIGESTS:
            yield Fault(Reason.UNLISTED, name)


def _sizes(taken: _Packet) -> Iterator[Fault]:
    told = [(row["文件"], row["字节数"]) for row in (*taken.digests, *taken.listing) if row["文件"]]
    named = [(item.file, str(item.size)) for item in taken.said.items if item.file]
    for name, size in (*told, *named):
        if name in taken.files and str(len(taken.files[name])) != size:
            yield Fault(Reason.SIZE, name)


def _numbers(taken: _Packet) -> Iterator[Fault]:
    for numbers in ([row["编号"] for row in taken.listing], [item.number for item in taken.said.items]):
        for number, count in Counter(numbers).items():
            if count > 1:
                yield Fault(Reason.DOUBLED_NUMBER, number)


def _agreement(taken: _Packet) -> Iterator[Fault]:
    """Metadata, list and files speak of the same things."""
    if METADATA in taken.files and LISTING in taken.files:
        listed = {(row["编号"], row["文件"], row["没有文件的原因"]) for row in taken.listing}
        named = {(item.number, item.file, item.absent) for item in taken.said.items}
        yield from (Fault(Reason.METADATA_DIFFERS, one[1] or one[0]) for one in sorted(listed ^ named))
        for name in sorted(taken.attached - {item.file for item in taken.said.items}):
            yield Fault(Reason.METADATA_DIFFERS, name)
    if not taken.said.counts_agree:
        yield Fault(Reason.COUNT, METADATA)


def _journal(taken: _Packet) -> Iterator[Fault]:
    """The excerpt has as many entries as its head says, each with its own hash."""
    if JOURNAL not in taken.files:
        return
    try:
        lines = [json.loads(line) for line in taken.files[JOURNAL].splitlines()]
    except (ValueError, RecursionError):
        lines = []
    if not lines or not all(isinstance(line, dict) for line in lines):
        yield Fault(Reason.JOURNAL, JOURNAL)
        return
    head, entries = lines[0], lines[1:]
    if head.get("entries") != len(entries):
        yield Fault(Reason.COUNT, JOURNAL)
    if not taken.tools.head(head) or not all(map(taken.tools.entry, entries)):
        yield Fault(Reason.JOURNAL_CHANGED, JOURNAL)


# --- 可用性 and 安全性


def _opening(taken: _Packet) -> Iterator[Fault]:
    for name in sorted(taken.attached):
        if name.startswith(PAPERS) and (why := taken.tools.pdf(taken.files[name])):
            yield Fault(Reason.ACTIVE if why == "active" else Reason.PDF, name)
        if name.startswith(EVIDENCE) and not pictures.opens(taken.files[name]):
            yield Fault(Reason.PICTURE, name)


def _safety(taken: _Packet) -> Iterator[Fault]:
    for name, content in taken.files.items():
        begins = _BEGINS[name[name.rindex(".") :]]
        if not content.startswith(begins):
            yield Fault(Reason.KIND, name)
        if any(signature in content for signature in _SIGNATURES):
            yield Fault(Reason.SIGNATURE, name)
        if name.endswith(".csv") and _FORMULA.search(content):
            yield Fault(Reason.ACTIVE, name)
