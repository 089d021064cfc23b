"""The hall's old ledger as a file: a sheet of CSV or XLSX, as it stands, with its heads found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from forms.rescue import heads as old_heads
from forms.rescue.lines import Table
from integrations import spreadsheets
from integrations.spreadsheets import Reason, SpreadsheetError
from workstation.acts import refusals, table_files
from workstation.acts.progress import Progress, silent
from workstation.errors import Explained, WrongUsage

#: What a ledger may be, where `table_files` has other figures.
_LIMITS = {
    Reason.TOO_LARGE: f"文件超过 {spreadsheets.LEDGER.file >> 20} MB，或格数太多。",
    Reason.TOO_MANY_ROWS: f"行数超过 {spreadsheets.LEDGER.rows} 行。",
}


@dataclass(frozen=True)
class Ledger:
    """An old ledger as it was read."""

    name: str
    sheet: str
    digest: str
    table: Table = field(repr=False)

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads in the order of the columns."""
        return tuple(self.table.heads.names.values())


def read(path: Path, *, sheet: str = "", progress: Progress = silent) -> Ledger:
    """A ledger with its heads found; nothing is filled in where cells are merged."""
    progress(0, None)  # how many lines there are is known once it has been read
    try:
        found = spreadsheets.read(path, sheet=sheet, limits=spreadsheets.LEDGER, filled=False)
    except SpreadsheetError as error:
        raise _unreadable(error, path.name) from error
    heads = old_heads.find(found.rows, found.first_row_number, found.areas)
    if heads is None:
        raise _no_heads(path.name)
    with path.open("rb") as file:
        content = hashlib.file_digest(file, lambda: hashlib.new("sm3"))
    content.update(found.name.encode())  # a sheet a year is often one file
    table = Table(found.rows, found.first_row_number, found.areas, heads)
    return Ledger(path.name, found.name, content.hexdigest(), table)


def _unreadable(error: SpreadsheetError, name: str) -> Explained:
    explained = table_files.explained(error, name)
    if error.reason in _LIMITS:
        explained.why = _LIMITS[error.reason]
    return explained


def _no_heads(name: str) -> WrongUsage:
    return WrongUsage(
        "history-no-heads",
        what=f"“{refusals.shown(name)}”不能用，什么也没有导入。",
        why=f"前 {old_heads.DEPTH} 行里没有一行像表头：认得的列名不到两个。",
        next="请在数据上方写一行列名，如 编号、收件日期、申请人、身份证号，再试；也请核对工作表。",
    )
