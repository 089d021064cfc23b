"""The strict reader of tables: exactly the columns asked for, every row whole and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.items import csv_rows
from forms.items.toml_table import InvalidItem

COLUMNS = ("seq", "word")


def put(folder: Path, text: str | bytes) -> Path:
    """A table in a file."""
    file = folder / "table.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_rows_are_found_by_their_first_column(tmp_path: Path) -> None:
    """They keep the order of the file; a cell may be empty or hold a comma."""
    rows = csv_rows.read(put(tmp_path, 'seq,word\n2,"甲,乙"\n1,\n'), COLUMNS)

    assert list(rows) == ["2", "1"]
    assert rows["2"]["word"] == "甲,乙"
    assert rows["1"]["word"] == ""


def test_a_table_may_be_empty(tmp_path: Path) -> None:
    """The head alone is a table."""
    assert csv_rows.read(put(tmp_path, "seq,word\n"), COLUMNS) == {}


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("", "", "has not the columns seq, word"),
        ("word,seq\n", "", "has not the columns seq, word"),
        ("seq,word,more\n", "", "has not the columns seq, word"),
        ("seq,word\n1\n", "line 2", "has 1 cells, not 2"),
        ("seq,word\n1,a\n2,b,c\n", "line 3", "has 3 cells, not 2"),
        ("seq,word\n1,a\n\n2,b\n", "line 3", "has 0 cells, not 2"),
        ("seq,word\n1,a\n1,b\n", "1", "stands twice"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, key: str, problem: str) -> None:
    """By file, and by line or row."""
    with pytest.raises(InvalidItem) as caught:
        csv_rows.read(put(tmp_path, text), COLUMNS)

    assert (caught.value.file, caught.value.key, caught.value.problem) == ("table.csv", key, problem)


@pytest.mark.parametrize("text", ["seq,word\n1,开具\n".encode("gbk"), b'seq,word\n1,"a\n'])
def test_what_is_no_table_is_named(tmp_path: Path, text: bytes) -> None:
    """Saved in GBK, or with a quotation that never ends."""
    with pytest.raises(InvalidItem, match=r"^table\.csv: "):
        csv_rows.read(put(tmp_path, text), COLUMNS)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Like any other fault."""
    with pytest.raises(InvalidItem, match=r"^table\.csv: "):
        csv_rows.read(tmp_path / "table.csv", COLUMNS)
