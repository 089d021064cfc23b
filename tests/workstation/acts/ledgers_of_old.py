"""Old Excel ledgers as halls have them: merged cells, #N/A, rounded numbers, totals; made row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell import WriteOnlyCell

HEADS = ("编号", "收件日期", "事项", "业务属地", "申请人", "身份证号", "联系电话", "邮件号", "备注")
MAPPING = {
    "编号": "number",
    "收件日期": "received_on",
    "事项": "item",
    "业务属地": "office",
    "申请人": "applicant_name",
    "身份证号": "applicant_id",
    "联系电话": "applicant_phone",
    "邮件号": "waybill",
    "备注": "remark",
}
SOUND = (
    "桂跨〔2023〕17号",
    "2023-05-06",
    "户口迁移",
    "示例市公安局",
    "覃示例",
    "450103199003070004",
    "13900000001",
    "1136281381675",
    "",
)
_DAMAGE = {
    7: (5, 450103199003070004),  # a number: Excel keeps 15 digits
    11: (7, "#N/A"),
    13: (5, "450103199003070000"),
    17: (6, "7715551234"),
    19: (7, "113628138167"),
}


def a_line(**changed: str) -> tuple[str, ...]:
    """A line in which nothing is damaged, but what is changed, by field."""
    fields = {field: at for at, field in enumerate(MAPPING.values())}
    cells = list(SOUND)
    for field, text in changed.items():
        cells[fields[field]] = text
    return tuple(cells)


def a_csv(path: Path, *lines: Sequence[str], heads: Sequence[str] = HEADS, encoding: str = "gb18030") -> Path:
    """A ledger as a text file, of an encoding Excel in China writes."""
    text = "\r\n".join(",".join(line) for line in (heads, *lines))
    path.write_bytes(text.encode(encoding))
    return path


def a_book(path: Path, *lines: Sequence[object], merged: Sequence[str] = (), title: str = "") -> Path:
    """A ledger as a workbook, whose heads stand under a title where there is one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([title] if title else None, HEADS, *lines):
        if line is not None:
            sheet.append(list(line))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def a_large_book(path: Path, count: int) -> Path:
    """A ledger of many lines, in every third of which something is merged, missing or damaged."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(HEADS)
    for line in _many(count):
        sheet.append([_cell(sheet, cell) for cell in line])
    # Offices of three lines each are one cell; the writer of rows one by one knows none but at the end.
    for top in range(2, count, 30):
        sheet.merged_cells.add(f"D{top}:D{top + 2}")
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(content.getvalue())
    return path


def _cell(sheet: object, value: object) -> object:
    if value != "#N/A":
        return value
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # a sheet it writes, as the library has it
    cell.data_type = "e"
    return cell


def _many(count: int) -> Iterator[list[object]]:
    for n in range(count):
        cells: list[object] = [
            f"〔2023〕{n:06}",
            "2023-05-06",
            f"事项{n % 40}",
            f"部门{n % 90}",
            f"覃示例{n % 977}",
        ]
        cells += [SOUND[5], f"139{n:08}", f"11{n:011}", ""]
        for step, (at, damaged) in _DAMAGE.items():
            if n % step == 0:
                cells[at] = damaged
        if n % 30 in (1, 2):
            cells[3] = None
        yield cells
