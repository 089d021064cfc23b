"""LibreOffice's mail merge over UNO, one PDF of all letters in a CSV: text alone, no boxes and no barcode.

A program of its own for the system's Python, which has UNO: `mail_merge.py prepare FOLDER` makes the document
and the office's profile there, `mail_merge.py merge FOLDER` writes the PDF. FOLDER holds `letters.csv`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]  # the system's, not a package of ours
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found,unused-ignore]

SOURCE, TABLE = "letters", "letters"
#: Hundredths of a millimetre, and points.
ACROSS, DOWN = 23000, 12000
_FACE = "Noto Serif SC"
_LINES = (
    (16, ("postcode",)),
    (15, ("address",)),
    (20, ("office",)),
    (10, ("number",)),
    (12, ("sender",)),
    (10, ("sender_address", "sender_postcode")),
)
_FILE, _PATIENCE = 2, 60


def main(arguments: list[str]) -> None:
    """Prepare or merge."""
    what, folder = arguments[0], Path(arguments[1])
    pipe = f"merge-{os.getpid()}"
    office = _started(folder, pipe)
    try:
        context = _context(pipe, office)
        _register(context, folder)
        {"prepare": _prepare, "merge": _merge}[what](context, folder)
    finally:
        # Asked to end, it crashes at times; by now all it had to write is written.
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


def _started(folder: Path, pipe: str) -> subprocess.Popen[bytes]:
    """An office without a window and with a profile of its own, in a group of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", "--norestore", "--nologo", profile, f"--accept=pipe,name={pipe};urp;"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _context(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    """The office's own context, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if office.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _prepare(context: Any, folder: Path) -> None:
    desktop = _service(context, "frame.Desktop")
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (_value("Hidden", True),))
    page = document.StyleFamilies.getByName("PageStyles").getByName("Standard")
    page.IsLandscape, page.Width, page.Height = True, ACROSS, DOWN
    page.LeftMargin = page.RightMargin = page.TopMargin = page.BottomMargin = 1200
    text = document.Text
    cursor = text.createTextCursor()
    for size, columns in _LINES:
        cursor.CharHeight = cursor.CharHeightAsian = size
        cursor.CharFontName = cursor.CharFontNameAsian = _FACE
        for column in columns:
            text.insertTextContent(cursor, _field(document, column), False)
        text.insertControlCharacter(cursor, 0, False)
    document.storeAsURL((folder / "envelope.odt").as_uri(), ())
    document.close(True)


def _register(context: Any, folder: Path) -> None:
    """The folder's CSV files as a data source of the office; one that is killed forgets it."""
    sources = _service(context, "sdb.DatabaseContext")
    source = sources.createInstance()
    source.URL = f"sdbc:flat:{folder.as_uri()}"
    told = {"HeaderLine": True, "FieldDelimiter": ",", "StringDelimiter": '"', "Extension": "csv"}
    source.Info = tuple(_value(name, value) for name, value in (told | {"CharSet": "UTF-8"}).items())
    source.DatabaseDocument.storeAsURL((folder / "letters.odb").as_uri(), ())
    if sources.hasByName(SOURCE):
        sources.revokeObject(SOURCE)
    sources.registerObject(SOURCE, source)


def _field(document: Any, column: str) -> Any:
    master = document.createInstance("com.sun.star.text.fieldmaster.Database")
    master.DataBaseName, master.DataTableName, master.DataColumnName = SOURCE, TABLE, column
    field = document.createInstance("com.sun.star.text.textfield.Database")
    field.attachTextFieldMaster(master)
    return field


def _merge(context: Any, folder: Path) -> None:
    merge = _service(context, "text.MailMerge")
    merge.DataSourceName, merge.CommandType, merge.Command = SOURCE, 0, TABLE
    merge.DocumentURL = (folder / "envelope.odt").as_uri()
    merge.OutputType, merge.OutputURL = _FILE, folder.as_uri()
    merge.SaveAsSingleFile, merge.SaveFilter, merge.FileNamePrefix = True, "writer_pdf_Export", "merged"
    merge.execute(())


def _service(context: Any, name: str) -> Any:
    return context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context)


def _value(name: str, value: object) -> Any:
    return PropertyValue(name, 0, value, uno.Enum("com.sun.star.beans.PropertyState", "DIRECT_VALUE"))


if __name__ == "__main__":
    main(sys.argv[1:])
