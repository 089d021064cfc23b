"""Papers for an archive: the same pages with the marks of PDF/A-2u, equal bytes for equal input.

Best effort: what such a file has to have and must not have is done or refused here as far as we know it,
but no validator has been run on what comes out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream, String
from PIL import ImageCms

VERSION = "1.7"
_PART, _LEVEL = "2", "U"
_SRGB = "sRGB IEC61966-2.1"
#: Where a colour profile carries the time it was written at: six numbers of two bytes, from year to second.
_WRITTEN_AT = slice(24, 36)
_DAY = b"\x07\xe8\0\1\0\1\0\0\0\0\0\0"
#: What runs, changes the page or brings other files along; our papers are ink and nothing else.
_ACTIVE = frozenset({"/AA", "/AcroForm", "/Annots", "/EmbeddedFiles", "/Encrypt", "/JS", "/OpenAction"})
_OUTLINES = ("/FontFile", "/FontFile2", "/FontFile3")
_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,8})>")
_PAIRS = re.compile(rb"[0-9]+ beginbfchar\n.*?\nendbfchar", re.DOTALL)
_MOST_PAIRS = 100
"""In one block of a ToUnicode map: more than a reader has to take."""


class Reason(StrEnum):
    """Why a PDF cannot go into an archive."""

    DAMAGED = "damaged"
    FONT = "font"
    ACTIVE = "active"


class NotArchivable(ValueError):
    """The bytes are no whole PDF, or one with something in it that an archive does not take."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


def as_pdfa(pdf: bytes, *, title: str, when: datetime) -> bytes:
    """The same pages as a PDF/A-2u, called by this title and made at this time."""
    try:
        # Our own papers are whole: one that has to be mended first is another than was stored.
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            _examine(document)
            return _marked(document, title, when)
    except pikepdf.PdfError as error:
        raise NotArchivable(Reason.DAMAGED, str(error)) from error


def examine(pdf: bytes) -> None:
    """Refuse a PDF that an archive does not take."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            _examine(document)
    except pikepdf.PdfError as error:
        raise NotArchivable(Reason.DAMAGED, str(error)) from error


def _examine(document: pikepdf.Pdf) -> None:
    if faults := document.check_pdf_syntax():
        raise NotArchivable(Reason.DAMAGED, faults[0])
    if document.is_encrypted:
        raise NotArchivable(Reason.ACTIVE, "/Encrypt")
    for found in _dictionaries(document):
        if active := _ACTIVE & set(found.keys()):
            raise NotArchivable(Reason.ACTIVE, min(active))
        if found.get("/Type") == Name.Font and not _brings_outlines(found):
            raise NotArchivable(Reason.FONT, str(found.get("/BaseFont")))


def _brings_outlines(font: Any) -> bool:
    """Whether a font is in the file itself; a composite one leaves that to the one it is made of."""
    if font.get("/Subtype") == Name.Type0:
        return True
    descriptor = font.get("/FontDescriptor", Dictionary())
    return any(outlines in descriptor for outlines in _OUTLINES)


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, wherever it stands."""
    for found in document.objects:
        yield from _within(found)


def _within(found: Any) -> Iterator[Any]:
    inner: Iterable[Any] = ()
    if isinstance(found, Stream):
        yield from _within(found.stream_dict)
    elif isinstance(found, Dictionary):
        yield found
        inner = found.as_dict().values()
    elif isinstance(found, pikepdf.Array):
        inner = found.as_list()
    for each in inner:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            yield from _within(each)


def _marked(document: pikepdf.Pdf, title: str, when: datetime) -> bytes:
    _tell(document, title, when)
    _name_colours(document)
    for found in _dictionaries(document):
        if found.get("/Type") == Name.Font and "/ToUnicode" in found:
            found.ToUnicode.write(_tidied(found.ToUnicode.read_bytes()))
    output = io.BytesIO()
    document.save(output, deterministic_id=True, force_version=VERSION)
    return output.getvalue()


def _tell(document: pikepdf.Pdf, title: str, when: datetime) -> None:
    """Title and time, said twice and the same both times; nothing of whoever wrote it."""
    zone = when.strftime("%z")
    day = String(f"D:{when:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'")
    told = Dictionary(Title=String(title), CreationDate=day, ModDate=day)
    document.trailer.Info = document.make_indirect(told)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:part"], xmp["pdfaid:conformance"] = _PART, _LEVEL
        xmp["dc:title"] = title
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = when.isoformat("T", "seconds")


def _name_colours(document: pikepdf.Pdf) -> None:
    """Say which red, green and blue are meant."""
    profile = Stream(document, _profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_SRGB),
        Info=String(_SRGB),
        DestOutputProfile=document.make_indirect(profile),
    )
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(intent)])


@cache
def _profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_WRITTEN_AT] = _DAY
    return bytes(profile)


def _tidied(cmap: bytes) -> bytes:
    """The text behind each glyph in blocks that every reader takes, without U+0000, which is none."""
    pairs = [pair for pair in _PAIR.findall(cmap) if int(pair[1], 16)]
    lines = [b"<%s> <%s>" % pair for pair in pairs]
    blocks = (lines[at : at + _MOST_PAIRS] for at in range(0, len(lines), _MOST_PAIRS))
    text = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return _PAIRS.sub(lambda _: text, cmap)
