"""The directory of home offices as a table file: taken in whole or not at all, and given out the same way.

Offices that a file does not have stay as they are; an empty date of verification takes none away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from integrations.spreadsheets import Column, Line, Table
from workstation.acts import checks, inputs, labels, offices, refusals, table_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, counted, silent
from workstation.acts.table_files import Difference, RowFault, RowsFaulty
from workstation.domain import roles
from workstation.domain.office import Office
from workstation.errors import WrongUsage, on_screen
from workstation.store.work import Reading, Work

#: The columns of the file, each with the field it fills.
COLUMNS = {
    "code": Column("代码", ("部门代码", "编码", "编号")),
    "division": Column("行政区划", ("行政区划代码", "区划代码", "区划")),
    "department": Column("部门类别", ("类别", "部门类型"), required=False),
    "name": Column("名称", ("部门名称", "单位名称", "单位", "部门")),
    "address": Column("地址", ("邮寄地址", "通信地址", "通讯地址", "联系地址")),
    "postcode": Column("邮编", ("邮政编码",)),
    "phone": Column("电话", ("联系电话", "办公电话", "电话号码")),
    "contact": Column("联系人", ("联系人姓名",), required=False),
    "hours": Column("办公时间", ("工作时间", "对外办公时间"), required=False),
    "verified_on": Column("最近核实日期", ("核实日期", "最近核实"), required=False),
    "state": Column("状态", ("使用状态",), required=False),
}
#: What each field is called.
HEADS = {field: column.name for field, column in COLUMNS.items()}
TITLE = "业务属地部门"

_STATES = {
    **{word: state for state, word in offices.STATES.items()},
    "启用": "active",
    "正常": "active",
    "已停用": "closed",
    "关闭": "closed",
}
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
#: Beside these a field of a row is tried alone, so that each is told what is wrong with it.
_RIGHT = msgspec.structs.replace(
    inputs.EXAMPLE_OFFICE, department="", contact=None, hours="", verified_on=None
)
#: What a file without the column leaves as it is.
_KEPT = ("department", "contact", "hours")


@dataclass(frozen=True)
class _Row:
    """A row of the file, its fields by name; those of columns the file does not have are not there."""

    line: int
    fields: Mapping[str, str]


@dataclass(frozen=True)
class _Given:
    """An office as a sound row has it."""

    office: inputs.Office
    fields: Mapping[str, str]

    def record(self, known: Office | None, *, by: str | None) -> Office:
        """The office as it will stand; what the file has no column for is as the directory has it."""
        office, state = self.office, self.fields.get("state") or (known.state if known else "active")
        if known is not None:
            kept = {field: getattr(known, field) for field in _KEPT if field not in self.fields}
            office = msgspec.structs.replace(office, **kept)
        return offices.merged(known, office, by=by, state=state)


def import_file(
    desk: Desk,
    name: str,
    content: bytes | Path,
    *,
    preview: bool = False,
    progress: Progress = silent,
) -> Difference:
    """Bring the directory to what a file says, or only tell what that would change.

    Each row is a step when it is looked at, and one more when it is written.
    """
    _may_import(desk)
    table = table_files.read(name, content, tuple(COLUMNS.values()), progress=progress)
    total = len(table.lines) * (1 if preview else 2)
    rows = counted(_rows(table), progress, total=total)
    given = _given(name, rows, offices.today(desk.store.now()))
    if preview:
        with desk.reading() as reading:
            return _compared(reading, given)
    with desk.act("import_offices") as work:
        found = _compared(work, given)
        codes = [*found.added, *(change.key for change in found.changed)]
        for code in counted(codes, progress, total=total, before=total - len(codes)):
            _take(work, given[code], code)
        work.mention(*codes)
        work.facts = found.counts()
        return found


def _take(work: Work, given: _Given, code: str) -> None:
    known, by = work.offices.get(code), work.stamp.operator
    if known is None:
        work.offices.add(given.record(None, by=by))
    else:
        work.offices.save(given.record(known, by=by))


def export(desk: Desk, kind: str, *, progress: Progress = silent) -> bytes:
    """The whole directory, closed offices included; imported again it changes nothing."""
    _may_import(desk)
    with desk.reading() as reading:
        found = reading.offices.where()
    rows = [[fields[field] for field in COLUMNS] for fields in map(_fields, found)]
    return table_files.written(kind, list(HEADS.values()), rows, title=TITLE, progress=progress)


def _may_import(desk: Desk) -> None:
    # A file shows the persons to be asked for in clear.
    role = desk.signed_in().role
    if not roles.may(role, "import_offices"):
        raise refusals.wrong_role(role, "import_offices")


def _given(name: str, rows: Iterable[_Row], day: str) -> dict[str, _Given]:
    """Every office of the file by its code; all that is wrong is refused at once."""
    given: dict[str, _Given] = {}
    faults: list[RowFault] = []
    lines: dict[str, int] = {}
    for row in rows:
        office = _office(row, day)
        faults += _faults(row, lines, office, day)
        if isinstance(office, inputs.Office):
            given[office.code] = _Given(office, row.fields)
    if faults:
        raise RowsFaulty(name, faults)
    return given


def _compared(reading: Reading, given: Mapping[str, _Given]) -> Difference:
    """What differs between the file and the directory."""
    known = {office.code: office for office in reading.offices.where()}
    here = {code: _fields(office) for code, office in known.items() if code in given}
    file = {code: _fields(one.record(known.get(code), by=None)) for code, one in given.items()}
    return table_files.difference(here, file)


def _rows(table: Table) -> Iterator[_Row]:
    present = [field for field, head in HEADS.items() if head not in table.absent]
    for line in table.lines:
        yield _Row(line.number, {field: _value(field, line) for field in present})


def _value(field: str, line: Line) -> str:
    text = line.cells[HEADS[field]]
    if field == "verified_on" and (day := _DAY.fullmatch(text.removesuffix(" 00:00:00"))):
        return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    return _STATES.get(text, text) if field == "state" else text


def _office(row: _Row, day: str) -> inputs.Office | WrongUsage:
    """A row as an office, or why it is none."""
    return _checked({field: text for field, text in row.fields.items() if field != "state"}, day)


def _checked(fields: Mapping[str, str], day: str) -> inputs.Office | WrongUsage:
    """These fields, the others being right, as an office."""
    try:
        return offices.sound(checks.office("office", msgspec.structs.replace(_RIGHT, **fields)), day)
    except WrongUsage as error:
        return error


def _faults(
    row: _Row, lines: dict[str, int], office: inputs.Office | WrongUsage, day: str
) -> Iterator[RowFault]:
    """All that is wrong with a row; `lines` tells in which row a code stood first."""
    code = offices.folded(row.fields["code"])
    if code and lines.setdefault(code, row.line) != row.line:
        yield RowFault(row.line, HEADS["code"], f"与第 {lines[code]} 行的代码相同。")
    if row.fields.get("state", "") not in ("", *offices.STATES):
        yield RowFault(row.line, HEADS["state"], f"只能是{'或'.join(offices.STATES.values())}。")
    if isinstance(office, WrongUsage):
        for field, text in row.fields.items():
            if why := _why_not(field, text, day):
                yield RowFault(row.line, HEADS[field], why)


def _why_not(field: str, text: str, day: str) -> str | None:
    """What is wrong with one field, if it is this one."""
    if field == "state" or (not text and not COLUMNS[field].required):
        return None
    if not text:
        return "没有填写。"
    fault = _checked({field: text}, day)
    if not isinstance(fault, WrongUsage):
        return None
    return on_screen(fault.why).removeprefix(labels.label(f"office.{field}")) + on_screen(fault.next)


def _fields(office: Office) -> dict[str, str]:
    """An office as the cells of a row."""
    fields = {field: getattr(office, field) or "" for field in COLUMNS}
    return {**fields, "state": offices.STATES.get(office.state, office.state)}
