"""CSV and XLSX tables in and out: `read` a file, find its `columns`, `write_csv` and `write_xlsx`.

What comes in is hostile until read: limits come first, nothing is executed, and every fault is a
`SpreadsheetError` with a reason's id and the row as Excel counts it. The clerk's wording is made elsewhere.
"""

from integrations.spreadsheets.delimited import write_csv
from integrations.spreadsheets.errors import ColumnFault, FaultKind, HeaderFault, Reason, SpreadsheetError
from integrations.spreadsheets.header import Column, Line, Table, columns, letters
from integrations.spreadsheets.limits import LEDGER, Limits
from integrations.spreadsheets.reading import read
from integrations.spreadsheets.sheet import Area, Sheet, tidy
from integrations.spreadsheets.workbook_writer import write_xlsx

__all__ = [
    "LEDGER",
    "Area",
    "Column",
    "ColumnFault",
    "FaultKind",
    "HeaderFault",
    "Limits",
    "Line",
    "Reason",
    "Sheet",
    "SpreadsheetError",
    "Table",
    "columns",
    "letters",
    "read",
    "tidy",
    "write_csv",
    "write_xlsx",
]
