"""事项: every item, found by Chinese text, pinyin or initials; Enter shows all of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import work

from forms import items
from workstation.errors import Explained, on_screen
from workstation.screens import table_files
from workstation.screens.base import Do
from workstation.screens.directory import Directory
from workstation.screens.items import forms, looking, saying
from workstation.screens.items.item import CHANGE_MODE, REGISTER, ItemActs, ItemScreen
from workstation.screens.items.looking import Known
from workstation.widgets.record_list import Column


class ItemsScreen(Directory[items.Item], ItemActs):
    """For whoever asks what can be done here, and whoever decides it."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "事项"
    DOES = (
        REGISTER,
        Do("add", "新增", "f3", "xz", "全国清单以外、本大厅的事项"),
        CHANGE_MODE,
        Do("take_in", "导入", "f5", "dr", "用表格导入办事指南；先核对，再导入"),
        Do("give_out", "导出", "f6", "dc", "材料清单写成表格，编辑后可再导入"),
    )
    HEADS = (
        Column("代码", 6),
        Column("事项", 20, flexible=True),
        Column("窗口怎么办", 16),
        Column("可通办率", 8),
        Column("属地依据", 14, wide_only=True),
        Column("实现形式", 20, flexible=True, wide_only=True),
        Column("本大厅", 6),
    )
    BY = "名称、拼音首字母、代码"
    explains = f"可通办率：近 {looking.RATE_DAYS} 天。本大厅：更改或新增过的。Enter 看材料清单和审查要点。"

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._known: Known | None = None

    @property
    def item(self) -> items.Item | None:
        """The item under the cursor."""
        return self.row

    async def read(self) -> None:
        """All items; the rates follow."""
        rates = self._known.rates if self._known else {}
        self._known = replace(await self.counter.look(looking.known), rates=rates)
        self._rate()

    @work(group="list", exclusive=True)
    async def _rate(self) -> None:
        try:
            rates = await self.counter.look(looking.rates)
        except Explained as error:
            self.counter.attention(on_screen(f"{error.what}{error.why}"))
            return
        if self._known is not None:
            self._known = replace(self._known, rates=rates)
            self.narrow()

    def fits(self, text: str) -> Sequence[items.Item]:
        """Items by what is typed, the best first."""
        return self._known.found(text) if self._known else []

    def cells(self, row: items.Item) -> Sequence[str]:
        """An item in its columns."""
        return saying.cells(self._known, row) if self._known else ()

    def key(self, row: items.Item) -> str:
        """Its code."""
        return row.code

    def open(self, row: items.Item) -> None:
        """All of the item."""
        self.app.push_screen(ItemScreen(row.code))

    def why_not(self, name: str) -> str | None:
        """Whose act it is."""
        acts = {"add": "add_item", "take_in": "import_guide"}
        return self.barred(acts[name]) if name in acts else super().why_not(name)

    def do_add(self) -> None:
        """An item of the hall's own."""
        self.ask(forms.adding())

    def do_take_in(self) -> None:
        """Checklists from a file."""
        table_files.take_in(self, forms.importing())

    def do_give_out(self) -> None:
        """Checklists into a file."""
        table_files.give_out(self, forms.exporting())


OPENS = ItemsScreen
