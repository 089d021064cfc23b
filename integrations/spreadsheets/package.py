"""A workbook file as a zip of XML parts: unpacked within limits, parsed as a stream, without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import IO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from defusedxml.expatreader import create_parser

from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.limits import USUAL, Limits

MAX_RATIO = 200
_HARMLESS = 1024 * 1024
"""Below this size nothing is a bomb, however well it was packed."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Part(ContentHandler):
    """One XML part read as a stream: names come without their prefix, an element's text when it ends."""

    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] = []
        self.elements = 0

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, text: str, /) -> None:
        """An element ends; `text` is what stood in it after its last child."""

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: N802  # named by SAX
        """SAX tells of an element."""
        self.elements += 1
        self._text.clear()
        self.start(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802  # named by SAX
        """SAX tells of its end."""
        self.end(name.rpartition(":")[2], "".join(self._text))
        self._text.clear()

    def characters(self, content: str) -> None:
        """SAX tells of a piece of text."""
        self._text.append(content)


class Package:
    """The parts of one workbook file; all that is read of them together stays within the limit."""

    def __init__(self, content: bytes, limits: Limits = USUAL) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked or unpacked > max(_HARMLESS, MAX_RATIO * len(content)):
            raise SpreadsheetError(Reason.ZIP_BOMB)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise SpreadsheetError(Reason.ENCRYPTED)
        # bz2 and lzma give out megabytes for a single byte asked for, and no workbook has them.
        if any(entry.compress_type not in _METHODS for entry in entries):
            raise SpreadsheetError(Reason.DAMAGED, "compression")
        # Names are compared without case (OPC); some programs write them with backslashes.
        self._parts = {_key(entry.filename): entry for entry in entries}
        self._bytes, self._elements = limits.unpacked, limits.elements

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def names(self) -> frozenset[str]:
        """The names of all parts, in small letters."""
        return frozenset(self._parts)

    def parse(self, name: str, part: Part) -> None:
        """Tell a handler all that stands in a part; of one that is not there it hears nothing."""
        entry = self._parts.get(_key(name))
        if entry is None:
            return
        with self._zip.open(entry) as packed:
            stream = io.BufferedReader(_Meter(self, packed, part))
            source = InputSource()
            # What the XML itself says of its encoding is not trusted: it names any codec Python has.
            source.setEncoding("utf-16" if stream.peek(2)[:2] in _UTF_16 else "utf-8")
            source.setByteStream(stream)
            parser = create_parser(forbid_dtd=True)
            parser.setContentHandler(part)
            parser.parse(source)

    def spend(self, unpacked: int, part: Part) -> None:
        """Count what was unpacked and parsed; headers can lie, so only this count is true."""
        self._bytes -= unpacked
        self._elements -= part.elements
        part.elements = 0
        if self._bytes < 0:
            raise SpreadsheetError(Reason.ZIP_BOMB)
        if self._elements < 0:
            raise SpreadsheetError(Reason.TOO_LARGE, "elements")


class _Meter(io.RawIOBase):
    """A part as it is unpacked, each byte and element counted."""

    def __init__(self, package: Package, packed: IO[bytes], part: Part) -> None:
        super().__init__()
        self._package, self._packed, self._part = package, packed, part

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        self._package.spend(len(data), self._part)
        buffer[: len(data)] = data
        return len(data)


def beside(part: str, target: str) -> str:
    """The name of a part that another one refers to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
