"""The door: what a file is, is told by its content; what is too large or no table is refused at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.spreadsheets import LEDGER, Reason, SpreadsheetError, read, write_csv, write_xlsx
from integrations.spreadsheets.limits import USUAL
from tests.integrations.spreadsheets import books

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def refused(source: Path | bytes) -> SpreadsheetError:
    """What is said of a file that cannot be read."""
    with pytest.raises(SpreadsheetError) as refusal:
        read(source)
    return refusal.value


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a"])
def test_the_content_decides_not_the_name(tmp_path: Path, name: str) -> None:
    """A workbook called .csv and a CSV called .xlsx are both read."""
    file = tmp_path / name
    for content in (write_xlsx(["事项"], [["迁移"]], title="目录"), write_csv(["事项"], [["迁移"]])):
        file.write_bytes(content)

        assert read(file).rows == (("事项",), ("迁移",))


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """It takes a moment and no memory."""
    file = tmp_path / "large.csv"
    with file.open("wb") as large:
        large.truncate(100 * 1024 * 1024)

    tracemalloc.start()
    began = time.process_time()
    reason = refused(file).reason
    took = time.process_time() - began
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert reason is Reason.TOO_LARGE
    assert took < 0.2
    assert most < 1024 * 1024


def test_bytes_have_the_same_limit_as_files() -> None:
    """One byte more than the limit is too much."""
    assert refused(b"a" * (USUAL.file + 1)).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b",,,\r\n,,,\r\n", b'"","  "\n'])
def test_a_file_without_text_is_empty(content: bytes) -> None:
    """Whether it has no bytes at all, a byte order mark, or only delimiters."""
    assert refused(content).reason is Reason.EMPTY


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x00\x01\x02",
        b"\x7fELF\x02\x01\x01\x00",
        "事项,依据".encode("utf-16-le"),
        "a\x00b".encode("utf-16"),
        bytes(range(256)),
    ],
)
def test_what_is_no_text_is_binary(content: bytes) -> None:
    """Pictures, papers, programs, and UTF-16 that does not say so."""
    assert refused(content).reason is Reason.BINARY


def test_files_of_the_old_format_are_named() -> None:
    """Both an .xls and a workbook with a password begin alike; the wrapping tells them apart."""
    assert refused(OLE).reason is Reason.OLD_FORMAT
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le")).reason is Reason.ENCRYPTED


@pytest.mark.parametrize(
    "content", ["<html><table><tr>", "\n<!DOCTYPE html>", "<?xml version='1.0'?>", r"{\rtf1"]
)
def test_a_web_page_saved_as_a_table_is_named(content: str) -> None:
    """Many systems give out HTML and call it .xls; read as text it would be a table of nonsense."""
    assert refused(content.encode()).reason is Reason.UNKNOWN_FORMAT


def test_other_zip_files_are_named() -> None:
    """A Word file or a plain archive is no workbook."""
    word = {"_rels/.rels": books.links({"rId1": ("officeDocument", "word/document.xml")})}

    assert refused(books.zipped(word | {"word/document.xml": "<document/>"})).reason is Reason.UNKNOWN_FORMAT
    assert refused(books.zipped({"a.txt": "a"})).reason is Reason.UNKNOWN_FORMAT
    assert refused(books.zipped({})).reason is Reason.UNKNOWN_FORMAT


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """No file, a folder, a pipe that would never end, a name no system has."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    name = Path("a\0b")

    for path in (tmp_path / "none.csv", tmp_path, pipe, name):
        assert refused(path).reason is Reason.UNREADABLE


def test_a_text_file_is_read_without_the_libraries_for_workbooks() -> None:
    """They take longer to load than most commands run."""
    program = "import sys; from integrations.spreadsheets import read; read(b'a,b'); print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )

    assert not {"openpyxl", "defusedxml", "xml.sax"} & set(answer.stdout.split())


def test_an_error_says_where_and_never_what() -> None:
    """The row as Excel counts it stands in the message; the text of the cells does not."""
    error = refused('姓名\r\n张三\r\n"李四"王'.encode())

    assert (error.reason, error.line) == (Reason.QUOTES, 3)
    assert str(error) == "row 3: quotes"


def test_a_ledger_may_be_larger() -> None:
    """Of what a hall has written for years more rows are read; what is beyond that is refused as well."""
    rows = b"a\n" * (USUAL.rows + 1)

    assert refused(rows).reason is Reason.TOO_MANY_ROWS
    assert len(read(rows, limits=LEDGER).rows) == USUAL.rows + 1
    for limits, reason in (
        (replace(LEDGER, rows=9), Reason.TOO_MANY_ROWS),
        (replace(LEDGER, file=9), Reason.TOO_LARGE),
    ):
        with pytest.raises(SpreadsheetError) as refusal:
            read(rows, limits=limits)
        assert refusal.value.reason is reason
