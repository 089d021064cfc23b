"""导入旧台账: the file, what each of its columns is, what would come of it, and then portion by portion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from forms.rescue.lines import Why
from workstation.acts import ledger_columns, old_cases, rescue
from workstation.acts.ledger_columns import DOWN, FIELDS
from workstation.acts.rescue import REASONS, Head, Preview, Rescued
from workstation.errors import Explained
from workstation.screens import long_work
from workstation.screens.base import Dialog
from workstation.screens.dialogs import Asked, Pick, Reading
from workstation.screens.long_form import AskingScreen, LongForm, Values
from workstation.screens.table_files import PATH, Listing, named, whence
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

TITLE = "导入旧台账"
_NOT_TAKEN = "（不导入）"
_ASKED = (
    Asked(PATH, "文件", required=True, explains="CSV 或 XLSX 表格的路径。"),
    Asked("sheet", "工作表", explains="工作簿里的哪一张；不写取第一张有文字的。", aside=True),
)
_SOURCES = {
    "given": "各列照您说的。",
    "remembered": "各列照上次记住的。",
    "guessed": "各列是按列名猜的，请逐列核对。",
}


async def take_in(screen: AskingScreen) -> None:
    """Ask for a file and take it in; with anything wrong the form comes back."""
    wrong: Explained | None = None
    while (values := await _filled(screen, wrong)) is not None:
        wrong = None
        try:
            found = await _taken(screen, named(values), values["sheet"].strip())
        except Explained as error:
            wrong = error
            await screen.load()  # what was written before it was stopped is there
            continue
        if found is not None:
            await _show(screen, found)
            return


async def _filled(screen: AskingScreen, wrong: Explained | None) -> Values | None:
    text = whence("以前的 Excel 台账。残损的地方只标记，不猜补；导入的只供查阅。")
    form = LongForm(TITLE, _ASKED, screen.typed(TITLE), text=text, wrong=wrong, yes="核对")
    given: Values | None = await screen.app.push_screen_wait(form)
    return given


async def _taken(screen: AskingScreen, path: Path, sheet: str) -> Rescued | None:
    """Looked at column by column and taken in; None: it was only looked at."""
    desk = screen.desk
    found = await _previewed(screen, path, sheet, {})
    said: Mapping[str, str] = {head.name: head.column for head in found.heads}
    shown = said
    while True:
        mapping: Mapping[str, str] | None = await screen.app.push_screen_wait(Columns(found, shown))
        if mapping is None:
            return None
        shown = mapping
        if mapping != said:
            try:
                found = await _previewed(screen, path, sheet, mapping)
            except Explained as error:
                await screen.counter.refuse(error)
                continue
            said = mapping
        if await screen.app.push_screen_wait(Counts(found)):
            break
    return await long_work.done(
        screen.counter,
        TITLE,
        lambda told: rescue.run(desk, path, said, sheet=sheet, progress=told),
        unit="行",
        stopped="已导入的留着，再导入同一份台账时接着做。",
    )


async def _previewed(screen: AskingScreen, path: Path, sheet: str, said: Mapping[str, str]) -> Preview:
    desk = screen.desk
    return await long_work.done(
        screen.counter,
        f"核对 {path.name}",
        lambda told: rescue.preview(desk, path, said, sheet=sheet, progress=told),
        unit="行",
    )


async def _show(screen: AskingScreen, found: Rescued) -> None:
    screen.forget(TITLE)
    one = found.rescue
    screen.counter.done(f"已导入 {one.id}：{one.taken} 行，残损 {one.flagged} 行，未导入 {one.left_out} 行。")
    await screen.load()
    screen.refresh_keys()
    told = list(counted(found.flags, rescue.left_counts(found.left)))
    if found.report:
        told.append(f"没有导入的行列在：{found.report}")
    if told:
        await screen.app.push_screen_wait(Reading(TITLE, "\n".join(told)))


def counted(flags: Mapping[str, int], left: Mapping[str, int]) -> Iterator[str]:
    """What is damaged and what is left out, a line each."""
    for flag, count in sorted(flags.items()):
        yield f"! {old_cases.told(flag)}：{count} 行"
    for why, count in sorted(left.items()):
        yield f"· 不导入，{REASONS[Why(why)]}：{count} 行"


class Columns(Listing[Head]):
    """What each column of the file is; gives the mapping by head, empty where a column is not taken."""

    HEADS = (
        Column("文件里的列", 16, flexible=True),
        Column("第一格", 16, flexible=True),
        Column("导入为", 18),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "go_on", "核对", show=False),
        Binding("f4", "down", "向下填", show=False),
    ]
    keys_word = "Enter 改这一列　F4 合并格向下填　^S 核对　Esc 返回"
    explains = "一列只能导入为一栏，备注可以有几列。合并单元格的文字只在第一格；F4 把它填到下面各行。"

    def __init__(self, found: Preview, said: Mapping[str, str]) -> None:
        super().__init__(found.heads)
        self._said = dict(said)
        self.title_word = "各列是什么"
        begun = f"\n导入过一部分（{found.begun.id}），请勿改动列。" if found.begun else ""
        self.about = f"{found.name}　{found.sheet}　{_SOURCES[found.source]}{begun}"

    def cells(self, row: Head) -> tuple[str, str, str]:
        """Head, what stands in it first (masked), field."""
        said = self._said.get(row.name, "")
        return row.name, row.sample, ledger_columns.called(said) if said else _NOT_TAKEN

    def whole(self, row: Head) -> str:
        """The same, whole."""
        name, sample, field = self.cells(row)
        return f"“{name}”导入为：{field}\n{sample}"

    @property
    def _rows(self) -> RecordList[Head]:
        return self.query_one("#listing", RecordList)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: choose a field for this column."""
        event.stop()
        name: str = event.row.name
        choices = [*FIELDS.items(), ("", _NOT_TAKEN)]
        self.app.push_screen(Pick(f"“{name}”是什么", choices), lambda field: self._put(name, field))

    def _put(self, name: str, field: str | None) -> None:
        if field is not None:
            self._said[name] = field
            self._again()

    def action_down(self) -> None:
        """What is merged here is copied down, or is not any more."""
        row = self._rows.row
        if row is not None and (said := self._said.get(row.name, "")):
            self._said[row.name] = said.removesuffix(DOWN) if said.endswith(DOWN) else said + DOWN
            self._again()

    def _again(self) -> None:
        rows = self._rows
        rows.show(self._lines, at=rows.cursor)

    def action_go_on(self) -> None:
        """Look what would come of it."""
        self.dismiss(dict(self._said))


class Counts(Dialog):
    """What would be taken in, flagged and left out; True if it is to be done."""

    DEFAULT_CSS = """
    Counts > .dialog--box { height: 20; width: 78; }
    Counts > .dialog--box .counts--text { height: 1fr; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "take", "导入", show=False)]
    keys_word = "↑↓ 翻看　^S 导入　Esc 返回改列"

    def __init__(self, found: Preview) -> None:
        super().__init__()
        self.title_word = f"表头下面 {found.lines} 行，导入 {found.taken} 行，其中 {found.flagged} 行有残损"
        told = [*counted(found.flags, found.left), "前几行（遮盖）："]
        self._text = "\n".join([*told, *("　".join(cells.values()) for cells in found.first)])

    def body(self) -> Iterator[Widget]:
        """Counts and first lines."""
        with VerticalScroll(classes="counts--text"):
            yield Words(self._text)

    def on_mount(self) -> None:
        """The arrow keys move the text."""
        self.query_one(VerticalScroll).focus()

    def action_take(self) -> None:
        """Take it in."""
        self.dismiss(True)
