"""The one door for table files: what a file is, is told by its content, never by its name."""

from __future__ import annotations

from pathlib import Path

from integrations.spreadsheets import delimited
from integrations.spreadsheets.errors import Reason, SpreadsheetError
from integrations.spreadsheets.limits import USUAL, Limits
from integrations.spreadsheets.sheet import Sheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is wrapped in the old format; its wrapping names its content in UTF-16.
_WRAPPED = "EncryptedPackage".encode("utf-16-le")


def read(
    source: Path | bytes, *, sheet: str = "", limits: Limits | None = None, filled: bool = True
) -> Sheet:
    """The table in a file: of a workbook the sheet named, or the first visible one that has any text."""
    limits = limits or USUAL
    content = _content(source, limits) if isinstance(source, Path) else source
    if len(content) > limits.file:
        raise SpreadsheetError(Reason.TOO_LARGE)
    if content.startswith(_ZIP):
        # Imported here: the XML libraries take longer to load than a CSV to read.
        from integrations.spreadsheets import workbook

        return workbook.read(content, sheet=sheet, limits=limits, filled=filled)
    if content.startswith(_OLE):
        raise SpreadsheetError(Reason.ENCRYPTED if _WRAPPED in content else Reason.OLD_FORMAT)
    return delimited.read(content, limits.rows)


def _content(path: Path, limits: Limits) -> bytes:
    try:
        # A pipe or a device has no size and may never end.
        if not path.is_file():
            raise SpreadsheetError(Reason.UNREADABLE, "not a file")
        if path.stat().st_size > limits.file:
            raise SpreadsheetError(Reason.TOO_LARGE)
        with path.open("rb") as file:
            return file.read(limits.file + 1)
    except (OSError, ValueError) as fault:
        raise SpreadsheetError(Reason.UNREADABLE, getattr(fault, "strerror", None) or "path") from fault
