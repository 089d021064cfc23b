"""Table files in and out: the path asked, what would change shown first, then done as long work.

What is wrong with a file is a list to be read; the form comes back with all that was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from workstation.acts import table_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress
from workstation.acts.table_files import Difference, RowFault, RowsFaulty
from workstation.errors import Explained, WrongUsage, on_screen
from workstation.screens import long_work
from workstation.screens.base import Dialog
from workstation.screens.dialogs import Asked, Confirm
from workstation.screens.long_form import AskingScreen, LongForm, Values
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

R = TypeVar("R")
F = TypeVar("F")
PATH = "path"


@dataclass(frozen=True)
class Import(Generic[F]):
    """How one kind of file is taken in; `F` is the file once it has been read."""

    title: str
    heads: Mapping[str, str]
    """What each field of a difference is called."""
    read: Callable[[Desk, Path, Values, Progress], tuple[F, Difference]]
    """Reads the file, and tells what taking it in would change."""
    take: Callable[[Desk, F, Values, Progress], Difference]
    asked: Sequence[Asked] = ()
    """What is asked besides the path."""
    text: str = ""


@dataclass(frozen=True)
class Export:
    """How one kind of file is written."""

    title: str
    write: Callable[[Desk, str, Values, Progress], bytes]
    """Its bytes, of a kind of `table_files.FORMATS`."""
    asked: Sequence[Asked] = ()
    text: str = ""
    told: str = ""
    """What to mind about the file."""


def take_in(screen: AskingScreen, kind: Import[Any]) -> None:
    """Ask for a file and take it in."""
    screen.run_worker(_take_in(screen, kind), group="files", exclusive=True)


def give_out(screen: AskingScreen, kind: Export) -> None:
    """Ask where to, and write a file."""
    screen.run_worker(_give_out(screen, kind), group="files", exclusive=True)


async def _take_in(screen: AskingScreen, kind: Import[Any]) -> None:
    wrong: Explained | None = None
    path = Asked(PATH, "文件", required=True, explains="CSV 或 XLSX 表格的路径。")
    while (values := await _filled(screen, kind, path, yes="核对", wrong=wrong)) is not None:
        wrong = None
        try:
            if await _taken(screen, kind, values):
                return
        except RowsFaulty as faulty:
            await screen.app.push_screen_wait(Faults(faulty, named(values)))
        except Explained as error:
            wrong = error


async def _taken(screen: AskingScreen, kind: Import[Any], values: Values) -> bool:
    """Shown and taken in; False: it was only looked at."""
    desk, path = screen.desk, named(values)
    file, found = await long_work.done(
        screen.counter, f"核对 {path.name}", lambda told: kind.read(desk, path, values, told), unit="行"
    )
    if not await screen.app.push_screen_wait(Differing(kind.title, path, found, kind.heads)):
        return False
    taken = await long_work.done(
        screen.counter, kind.title, lambda told: kind.take(desk, file, values, told), unit="项"
    )
    screen.forget(kind.title)
    screen.counter.done(f"已导入：{counts(taken)}。{path}")
    await screen.load()
    screen.refresh_keys()
    return True


async def _give_out(screen: AskingScreen, kind: Export) -> None:
    wrong: Explained | None = None
    asked = Asked(PATH, "写到", required=True, explains="以 .csv 或 .xlsx 结尾。")
    while (values := await _filled(screen, kind, asked, yes="导出", wrong=wrong)) is not None:
        wrong = None
        try:
            path = named(values)
            content = await _written(screen, kind, path, values)
            written = await saved(screen, path, content)
        except Explained as error:
            wrong = error
            continue
        if written is not None:
            screen.forget(kind.title)
            screen.counter.done(f"已导出到 {written}。{kind.told}")
            return


async def _written(screen: AskingScreen, kind: Export, path: Path, values: Values) -> bytes:
    desk, ending = screen.desk, table_files.kind_of(path)
    return await long_work.done(
        screen.counter, kind.title, lambda told: kind.write(desk, ending, values, told), unit="行"
    )


async def saved(screen: AskingScreen, path: Path, content: bytes) -> Path | None:
    """Where the file is now; None if the one that was there is to stay."""
    try:
        return await screen.counter.do(lambda: table_files.save(path, content))
    except Explained as error:
        if error.code != "file-exists":
            raise
    question = Confirm(
        "那里已经有这个文件，替换它吗？", f"{path}\n原来的内容就没有了。", yes="替换", safe=True
    )
    if not await screen.app.push_screen_wait(question):
        return None
    return await screen.counter.do(lambda: table_files.save(path, content, force=True))


async def _filled(
    screen: AskingScreen, kind: Import[Any] | Export, path: Asked, *, yes: str, wrong: Explained | None
) -> Values | None:
    """The form filled in, None if it was left."""
    asked, typed = [path, *kind.asked], screen.typed(kind.title)
    form = LongForm(kind.title, asked, typed, text=whence(kind.text), wrong=wrong, yes=yes)
    given: Values | None = await screen.app.push_screen_wait(form)
    return given


def whence(text: str) -> str:
    """A form's text, and where a file lies whose name alone is given."""
    return f"{text}\n只写文件名的，在 {_here()}。".lstrip()


def _here() -> Path:
    """Where the program was started; that folder may be gone by now."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def named(values: Values) -> Path:
    """The file that was named, wherever it lies."""
    text = values[PATH].strip()
    if not text.isprintable():
        raise WrongUsage(
            "file-name",
            what="文件名不能用。",
            why="里面有看不见的控制字符。",
            next="请重新打一遍路径，不要粘贴。",
        )
    path = Path(text)
    return Path.home() / path.relative_to("~") if path.parts[:1] == ("~",) else _here() / path


def counts(found: Difference) -> str:
    """How many of each."""
    told = [
        ("新增", found.added),
        ("更改", found.changed),
        ("去掉", found.removed),
        ("不变", found.unchanged),
    ]
    return "，".join(f"{word} {len(records)}" for word, records in told if records or word != "去掉")


@dataclass(frozen=True)
class Differs:
    """One record that a file has otherwise."""

    sign: str
    word: str
    key: str
    name: str = ""
    """What people call it."""
    fields: str = ""

    @property
    def head(self) -> str:
        """The record in a line: a row of a checklist by its item and its own name."""
        return f"{self.key.partition('/')[0]} {self.name}" if self.name else self.key


def differing(found: Difference, heads: Mapping[str, str]) -> Iterator[Differs]:
    """What a file would change, record by record."""
    names = found.names
    yield from (Differs("+", "新增", key, names.get(key, "")) for key in found.added)
    for one in found.changed:
        fields = "、".join(heads[name] for name in one.fields)
        yield Differs("!", "更改", one.key, names.get(one.key, ""), fields)
    yield from (Differs("-", "去掉", key, names.get(key, "")) for key in found.removed)


class Listing(Dialog, Generic[R]):
    """A list to be read, with all of the line under the cursor below it."""

    DEFAULT_CSS = """
    Listing > .dialog--box { height: 20; width: 78; }
    Listing.-tall > .dialog--box { height: 34; max-height: 34; }
    Listing .listing--whole { height: 4; border-top: solid $panel; }
    """
    HEADS: ClassVar[Sequence[Column]] = ()

    def __init__(self, rows: Sequence[R]) -> None:
        super().__init__()
        self._lines = rows
        self.about = ""

    def body(self) -> Iterator[Widget]:
        """What it is about, the list, and one line whole."""
        yield Words(self.about)
        rows: RecordList[R] = RecordList(self.HEADS, self.cells, empty="（没有）", id="listing")
        rows.show(self._lines)
        yield rows
        yield Words(classes="listing--whole")

    def cells(self, row: R) -> Sequence[str]:
        """A line in its columns."""
        raise NotImplementedError

    def whole(self, row: R) -> str:
        """All that a line says."""
        raise NotImplementedError

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another line."""
        event.stop()
        if event.row is not None:
            self.query_one(".listing--whole", Words).say(self.whole(event.row))


class Faults(Listing[RowFault]):
    """All that is wrong with a file, at once."""

    HEADS = (Column("行", 6), Column("列", 14), Column("哪里不对", 20, flexible=True))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "cancel", "返回", show=False)]
    keys_word = "↑↓ 逐处看　Esc 返回，改好文件再来"

    def __init__(self, faulty: RowsFaulty, path: Path) -> None:
        super().__init__(faulty.faults)
        self.title_word = f"✗ 有 {len(faulty.faults)} 处不对，一行也没有导入"
        self.about = f"{path}\n请按行号逐处改正，再核对一次。"

    def cells(self, row: RowFault) -> Sequence[str]:
        """Row as a spreadsheet program counts it, column, and why."""
        return str(row.line), row.column, on_screen(row.why)

    def whole(self, row: RowFault) -> str:
        """The fault as a sentence."""
        return on_screen(str(row))


class Differing(Listing[Differs]):
    """What a file would change; gives True if it is to be taken in."""

    HEADS = (Column("", 6), Column("哪一条", 24, flexible=True), Column("改动的栏", 20, flexible=True))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "take", "导入", show=False)]

    def __init__(self, title: str, path: Path, found: Difference, heads: Mapping[str, str]) -> None:
        super().__init__(list(differing(found, heads)))
        self._is_empty = found.is_empty
        self.title_word = f"{title}：先核对"
        told = "和这里的一样，不用导入。" if found.is_empty else "还没有导入。"
        self.about = f"{path}\n{counts(found)}。{told}"
        self.keys_word = "Esc 返回" if found.is_empty else "↑↓ 逐条看　^S 导入　Esc 返回，什么也不改"

    def cells(self, row: Differs) -> Sequence[str]:
        """Sign and word, record, fields."""
        return f"{row.sign} {row.word}", row.head, row.fields

    def whole(self, row: Differs) -> str:
        """The change as a sentence."""
        change = f"{row.word} {row.key}" + (f"：{row.fields}" if row.fields else "")
        return f"{change}\n{row.name}" if row.name else change

    def action_take(self) -> None:
        """Take it in."""
        if not self._is_empty:
            self.dismiss(True)
