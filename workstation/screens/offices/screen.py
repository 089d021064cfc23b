"""属地部门: the directory, found by any part of what is written; Enter shows all of one office."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.domain.office import Office
from workstation.screens import table_files
from workstation.screens.base import Do
from workstation.screens.directory import Directory, holds
from workstation.screens.offices import acting, forms, saying
from workstation.screens.offices.acting import OfficeActs
from workstation.screens.offices.office import OfficeScreen
from workstation.screens.offices.saying import OfficeLine
from workstation.widgets.record_list import Column


class OfficesScreen(Directory[OfficeLine], OfficeActs):
    """For whoever writes to home offices, and whoever keeps their addresses right."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "属地部门"
    DOES = (
        Do("add", "新增", "f2", "xz", "通讯录里没有的部门"),
        acting.CHANGE,
        acting.VERIFY,
        Do("take_in", "导入", "f5", "dr", "用表格更新通讯录；先核对，再导入"),
        Do("give_out", "导出", "f6", "dc", "整个通讯录写成表格"),
        acting.CLOSE,
    )
    HEADS = (
        Column("代码", 14),
        Column("部门", 16, flexible=True),
        Column("电话", 14),
        Column("最近核实", 12),
        Column("状态", 6),
        Column("行政区划", 24, flexible=True, wide_only=True),
    )
    BY = "名称、代码、区划、未核实、停用"
    explains = "最近核实：✓ 可靠，! 从未或太久没有打电话核实。Enter 看地址、协议和未办结的送件。"

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._lines: Sequence[OfficeLine] = ()

    @property
    def office(self) -> Office | None:
        """The office under the cursor."""
        return self.row.office if self.row else None

    async def read(self) -> None:
        """The whole directory."""
        days = self.verified_days
        self._lines = await self.counter.look(lambda desk: saying.lines(desk, days))

    def fits(self, text: str) -> Sequence[OfficeLine]:
        """Offices with all these parts, by code."""
        return [line for line in self._lines if holds(line.words, text)]

    def cells(self, row: OfficeLine) -> Sequence[str]:
        """A line in its columns."""
        return row.cells

    def key(self, row: OfficeLine) -> str:
        """Its code."""
        return row.office.code

    def open(self, row: OfficeLine) -> None:
        """All of the office."""
        self.app.push_screen(OfficeScreen(row.office.code))

    def why_not(self, name: str) -> str | None:
        """Whose act it is; to write a file one need not be able to write the directory."""
        acts = {"add": "add_office", "take_in": "import_offices"}
        if name in acts:
            return self.barred(acts[name])
        if name == "give_out":
            return self.barred_reading("import_offices")
        return super().why_not(name)

    def do_add(self) -> None:
        """A new office."""
        self.ask(forms.adding())

    def do_take_in(self) -> None:
        """From a file."""
        table_files.take_in(self, forms.importing())

    def do_give_out(self) -> None:
        """Into a file."""
        table_files.give_out(self, forms.exporting())


OPENS = OfficesScreen
