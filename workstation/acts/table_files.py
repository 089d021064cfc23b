"""Table files (CSV, XLSX) in and out: read with each fault in words, compared with what is here, written.

What two importers share: a file is taken whole or not at all, every faulty row is told at once, and a preview
shows what would change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from integrations import spreadsheets
from integrations.spreadsheets import (
    Column,
    ColumnFault,
    FaultKind,
    HeaderFault,
    Reason,
    SpreadsheetError,
    Table,
)
from workstation.acts import refusals
from workstation.acts.progress import Progress, counted, silent
from workstation.errors import Explained, OutsideFailed, Refused, WrongUsage
from workstation.settings import os_reason

#: Kinds of files we write, by the ending of their names; what is read is told by its content.
FORMATS = ("csv", "xlsx")

_AGAIN = "请在表格软件里打开，另存为 .xlsx 或 CSV（UTF-8）后再导入。"
_SPLIT = "请删去用不着的行和列，或分成几个文件导入。"

#: Why a table file cannot be read or written, and what to do.
REASONS: dict[Reason, tuple[str, str]] = {
    Reason.UNREADABLE: ("打不开这个文件{detail}。", "请核对路径和权限；文件须是普通文件。"),
    Reason.TOO_LARGE: ("文件超过 20 MB。", _SPLIT),
    Reason.EMPTY: ("文件里没有任何文字。", "请核对是不是选错了文件或工作表。"),
    Reason.BINARY: ("这不是表格：里面不是文字，可能是图片、PDF 或程序。", "请核对是不是选错了文件。"),
    Reason.ENCODING: ("文字编码认不出：不是 UTF-8、带标记的 UTF-16，也不是 GBK/GB18030。", _AGAIN),
    Reason.UNKNOWN_FORMAT: ("这是别的格式，如存成 .xls 的网页、Word 文件或 OpenDocument 表格。", _AGAIN),
    Reason.OLD_FORMAT: ("这是 2007 年以前的 .xls 格式。", _AGAIN),
    Reason.ENCRYPTED: ("文件设了打开密码。", "请去掉密码另存后再导入。"),
    Reason.MACRO: ("文件里带有宏程序（.xlsm），不予打开。", _AGAIN),
    Reason.DAMAGED: ("文件已损坏，不合它自己的格式。", _AGAIN),
    Reason.ZIP_BOMB: ("文件解开后大得反常，不予打开。", "请核对来源；确属表格的，请另存后再导入。"),
    Reason.ENTITIES: (
        "文件里有表格软件不会写的内容（XML 实体），不予打开。",
        "请核对来源，不要使用这个文件。",
    ),
    Reason.QUOTES: ("引号没有成对。", "请补上或删去多余的引号，或改存为 .xlsx。"),
    Reason.TOO_MANY_ROWS: ("行数超过 100000 行。", _SPLIT),
    Reason.TOO_MANY_COLUMNS: ("列数超过 200 列。", _SPLIT),
    Reason.CELL_TOO_LONG: ("有一格的文字超过 32767 个字符。", "请缩短这一格的文字。"),
    Reason.CHARACTER: ("有一格含有表格装不下的控制字符。", "请先改正这一条的文字，再导出。"),
    Reason.NO_SUCH_SHEET: ("没有这个名字的工作表。", "请核对工作表的名字。"),
    Reason.HEADER: ("表头不对：{detail}。", "请在一行里写全列名，每列一个；列的次序不限。"),
}

_COLUMN_FAULTS = {
    FaultKind.MISSING: "缺少“{column}”列",
    FaultKind.DOUBLED: "“{column}”列有 {count} 个（{places}）",
}


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell; `line` is the row as a spreadsheet program counts it."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"第 {self.line} 行“{self.column}”：{self.why}"


class RowsFaulty(WrongUsage):
    """Some rows cannot be taken, so none is; all that is wrong is told."""

    def __init__(self, name: str, faults: Sequence[RowFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(
            "file-rows",
            what=f"“{refusals.shown(name)}”里有 {len(self.faults)} 处不对，一行也没有导入。",
            why="\n".join(map(str, self.faults)),
            next="请按行号逐处改正后重新导入。（命令：--preview 先看结果）",
        )


@dataclass(frozen=True)
class Changed:
    """A record that a file has otherwise, and in which fields."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What a file would change, or has changed; keys in the order of the file, those removed in ours."""

    added: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What the records are called, by key; a new name where the file has one."""

    @property
    def is_empty(self) -> bool:
        """Whether everything is here as the file has it."""
        return not (self.added or self.changed or self.removed)

    def counts(self) -> dict[str, int]:
        """How many of each: what the journal is told."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "removed": len(self.removed),
        }


Fields = Mapping[str, object]


def difference(here: Mapping[str, Fields], file: Mapping[str, Fields]) -> Difference:
    """Compare records by key and field."""
    differing = {key: _differing(here[key], fields) for key, fields in file.items() if key in here}
    return Difference(
        added=tuple(key for key in file if key not in here),
        changed=tuple(Changed(key, fields) for key, fields in differing.items() if fields),
        unchanged=tuple(key for key, fields in differing.items() if not fields),
        removed=tuple(key for key in here if key not in file),
        names={key: str(fields.get("name", "")) for key, fields in {**here, **file}.items()},
    )


def summary(found: Difference, heads: Mapping[str, str]) -> str:
    """A difference for a person: one line a record, then the counts; `heads` gives each field its name."""
    lines = [f"新增  {key}" for key in found.added]
    lines += [f"更改  {one.key}（{'、'.join(heads[name] for name in one.fields)}）" for one in found.changed]
    lines += [f"去掉  {key}" for key in found.removed]
    removed = f"去掉 {len(found.removed)}，" if found.removed else ""
    counts = f"新增 {len(found.added)}，更改 {len(found.changed)}，{removed}不变 {len(found.unchanged)}"
    return "\n".join([*lines, counts])


def read(name: str, source: bytes | Path, columns: Sequence[Column], *, progress: Progress = silent) -> Table:
    """The rows of a table file; one without any is refused like one without the right columns."""
    progress(0, None)  # how many there are is known once it has been read
    with _in_words(name):
        table = spreadsheets.columns(spreadsheets.read(source), columns)
    if not table.lines:
        raise _no_rows(name)
    return table


def written(
    kind: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    progress: Progress = silent,
) -> bytes:
    """A table as the bytes of a file of this kind."""
    told = counted(rows, progress, total=len(rows))
    with _in_words(title):
        if kind == "csv":
            return spreadsheets.write_csv(heads, told)
        return spreadsheets.write_xlsx(heads, told, title=title)


def kind_of(path: Path) -> str:
    """The kind of file that a name asks for by its ending."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise WrongUsage(
            "file-ending",
            what=f"“{refusals.shown(path.name)}”没有写成。",
            why="看不出要写哪一种表格。",
            next="文件名请以 .csv 或 .xlsx 结尾。",
        )
    return kind


def save(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file; what is there already is replaced only by `force`. A half-written one does not stay."""
    target = path.with_name(f".{path.name}.part") if force else path
    try:
        with ExitStack() as undo:
            with target.open("wb" if force else "xb") as file:
                undo.callback(target.unlink, missing_ok=True)
                file.write(content)
            target.replace(path)
            undo.pop_all()
    except FileExistsError as error:
        raise _is_there(path) from error
    except OSError as error:
        raise _not_saved(path, error) from error
    return path.absolute()


def _differing(here: Fields, file: Fields) -> tuple[str, ...]:
    return tuple(name for name, value in file.items() if here[name] != value)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except SpreadsheetError as error:
        raise explained(error, name) from error


def explained(error: SpreadsheetError, name: str) -> Explained:
    """A file that cannot be read or written, in the clerk's words."""
    why, then = REASONS[error.reason]
    place = f"第 {error.line} 行：" if error.line else ""
    kind = OutsideFailed if error.reason == Reason.UNREADABLE else WrongUsage
    return kind(
        f"file-{error.reason.replace('_', '-')}",
        what=f"“{refusals.shown(name)}”不能用，什么也没有导入或导出。",
        why=place + why.format(detail=_detail(error)),
        next=then,
    )


def _detail(error: SpreadsheetError) -> str:
    if isinstance(error, HeaderFault):
        return "；".join(map(_column_fault, error.faults))
    if isinstance(error.__cause__, OSError):
        return f"（{os_reason(error.__cause__)}）"
    return ""


def _column_fault(fault: ColumnFault) -> str:
    places = "、".join(f"{place} 列" for place in fault.places)
    return _COLUMN_FAULTS[fault.kind].format(column=fault.column, count=len(fault.places), places=places)


def _no_rows(name: str) -> WrongUsage:
    return WrongUsage(
        "file-no-rows",
        what=f"“{refusals.shown(name)}”不能用，什么也没有导入。",
        why="文件里只有表头，表头下面没有内容。",
        next="请核对是不是选错了文件或工作表。",
    )


def _is_there(path: Path) -> Refused:
    return Refused(
        "file-exists",
        what=f"“{refusals.shown(path.name)}”没有写成。",
        why="那里已经有同名的文件，不会悄悄盖掉它。",
        next="请换一个文件名，或先移走原来的文件。（命令：--force）",
    )


def _not_saved(path: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "file-not-written",
        what=f"“{refusals.shown(path.name)}”没有写成。",
        why=f"{os_reason(error)}。",
        next="请检查目录、权限和磁盘后再试。",
    )
