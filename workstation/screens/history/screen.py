"""旧台账: the files that were imported; what is damaged in one; what was found by a name or number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual.widget import Widget

from workstation.acts import old_cases
from workstation.acts.desk import Desk
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Form, Reading
from workstation.screens.history import importing, rows
from workstation.screens.history.rows import Row
from workstation.screens.long_form import AskingScreen
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

Look = Callable[[Desk], Sequence[Row]]
_HEADS = (Column("导入号:行", 19), Column("内容", 20, flexible=True), Column("残损", 16, flexible=True))
_FILES = "导入过的旧台账，最近的在前。Enter 看其中残损的行。"
_ASKED = Asked("text", "文字", required=True, explains="完整的姓名、证件号码、电话、旧编号或邮件号。")


class HistoryScreen(AskingScreen):
    """History: imported, looked at, found in; nothing is done with it."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "旧台账"
    DOES = (
        Do("import", "导入", "ctrl+s", "dr", "导入以前的 Excel 台账：先核对列，再看残损，然后导入"),
        Do("find", "找旧件", "f3", "zjj", "按姓名、证件、电话、旧编号、邮件号，在旧台账里查找"),
        Do("files", "各次", "f5", "gc", "回到导入过的各次旧台账"),
        Do("more", "下一页", "f6", "xyy", "同一次导入里，后面残损的行"),
    )
    explains = (
        "以前的 Excel 台账导入在这里，只供查阅，不能办理。残损的地方标“!”，照原样留着，不猜补。"
        "Enter 打开一行；姓名、证件、电话一律遮盖。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._look: Look = _files
        self._about = _FILES
        self._file = ""
        """The import whose damaged lines are listed."""

    def body(self) -> Iterator[Widget]:
        """What is listed, the list, and all about the line under the cursor."""
        yield Words(_FILES, id="history-about")
        yield RecordList[Row](_HEADS, lambda row: row.cells, empty="（没有）", id="history-lines")
        yield Words(id="history-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Ask again for what is listed; the cursor stays on its line."""
        if not self.counter.is_signed_in:
            return
        at = self._list.row
        listed = await self.counter.look(self._look)
        keys = [row.key for row in listed]
        self._list.show(listed, at=keys.index(at.key) if at and at.key in keys else 0)
        self.query_one("#history-about", Words).say(self._about)
        self._tell()

    def _tell(self) -> None:
        row = self._list.row
        self.query_one("#history-told", Words).say(row.told if row else "")

    @property
    def _list(self) -> RecordList[Row]:
        return self.query_one("#history-lines", RecordList)

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell()
        self.refresh_keys()

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: what is damaged in a file; an old case whole."""
        row: Row = event.row
        if row.is_file:
            self._file = row.key
            await self._show(lambda desk: _flagged(desk, row.key), f"{row.key} 里残损的行：")
        else:
            self.app.push_screen(Reading(f"旧台账 {row.key}（只供查阅）", row.told))

    async def _show(self, look: Look, about: str) -> None:
        self._look, self._about = look, about
        await self.refresh_frame()

    def why_not(self, name: str) -> str | None:
        """By role; and where there is something to go to."""
        if name == "import":
            return self.barred("import_history")
        if name == "more" and not (self._file and len(self._list.rows) == old_cases.PAGE):
            return "后面没有了"
        return None

    def do_import(self) -> None:
        """A file of the old ledger."""
        self.run_worker(importing.take_in(self), group="files", exclusive=True)

    def do_find(self) -> None:
        """By a whole name or number."""
        self.app.push_screen(Form("在旧台账里查找", [_ASKED], done="查找"), self._find)

    async def _find(self, values: dict[str, str] | None) -> None:
        if values is None:
            return
        self._file, text = "", values["text"]
        await self._show(
            lambda desk: [rows.of_case(old) for old in old_cases.found(desk, text)], "找到的旧办件："
        )
        self._list.focus()

    async def do_files(self) -> None:
        """Back to the files."""
        self._file = ""
        await self._show(_files, _FILES)

    async def do_more(self) -> None:
        """The next page of what is damaged."""
        last, name = self._list.rows[-1].key, self._file
        await self._show(lambda desk: _flagged(desk, name, last), f"{name} 里残损的行，{last} 之后：")


def _files(desk: Desk) -> list[Row]:
    return [rows.of_file(rescue) for rescue in old_cases.listed(desk)]


def _flagged(desk: Desk, rescue_id: str, after: str = "") -> list[Row]:
    return [rows.of_case(old) for old in old_cases.flagged(desk, rescue_id, after=after)]


OPENS = HistoryScreen
