"""What can be done wherever parcels are shown: to case and consignment, to its tasks, to another parcel."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.worker import WorkType

from workstation.acts.scanning import Scanned
from workstation.errors import Explained
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Form, Pick
from workstation.screens.long_form import AskingScreen
from workstation.screens.parcels import importing, saying

_RARER = {"tasks": "待办", "find": "输入编号", "import": "导入轨迹表"}
_NUMBER = Asked("number", "编号", required=True, explains="运单号，或封套、送件、办件的编号。")
#: Courier, batch and other halls' lists have a place of their own.
_ELSEWHERE = frozenset({"badge", "batch", "handover_sheet", "foreign_manifest"})


class Following(AskingScreen):
    """A screen with parcels on it."""

    DOES = (
        Do("case", "办件", "f4", "bj", "打开这件邮件所属的办件"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍；到时候该问寄递企业的这就去问"),
        Do("arrivals", "到件", "f8", "dj", "属地签收、结果到窗，在这件邮件的送件上登记"),
        Do("other", "其他", "ctrl+o", "qt", "它的待办、输入编号、导入轨迹表"),
        Do("tasks", "待办", "", "db", "这件邮件没有了结的待办：做到了哪一步，接着做"),
        Do("find", "输入编号", "", "srbh", "扫不出时，输入运单号或封套、送件、办件的编号"),
        Do("import", "导入轨迹表", "", "drgjb", "从寄递企业网站抄下的轨迹，CSV 或 XLSX"),
    )

    @property
    def about(self) -> str | None:
        """The envelope or consignment under the cursor, or whatever number was asked for."""
        raise NotImplementedError

    @property
    def has_tasks(self) -> bool:
        """Whether somebody has something to do about it."""
        raise NotImplementedError

    async def follow(self, number: str) -> None:
        """Show the parcels of this number; it is known to be there."""
        raise NotImplementedError

    def why_not(self, name: str) -> str | None:
        """What needs a parcel, and what needs a role."""
        if name == "import":
            return self.barred("import_events")
        if name in ("reload", "other", "find"):
            return None
        if self.about is None:
            return "没有邮件"
        return "这件邮件没有未了结的待办" if name == "tasks" and not self.has_tasks else None

    def beside(self, task: Callable[[], Coroutine[Any, Any, None]], group: str = "tasks") -> None:
        """Do this beside the screen, in place of what was begun in its group before.

        Given as a function: a coroutine that is replaced before it has begun would never be awaited.
        """
        work: WorkType[None] = task
        self.run_worker(work, group=group, exclusive=True)

    async def renew(self) -> None:
        """Show it as it is now."""
        try:
            await self.load()
        except Explained as error:
            self.counter.trouble(error)
        self.refresh_keys()

    # --- to another parcel

    def take_scan(self, scanned: Scanned) -> bool:
        """A waybill, an envelope, a case or any paper of one: to its parcels."""
        if self.app.screen is not self or scanned.kind in _ELSEWHERE:
            return False
        number = scanned.code if scanned.kind == "waybill" else scanned.object
        self.beside(partial(self._seek, number))
        return True

    async def _seek(self, number: str) -> None:
        if await self.finds(number):
            await self.follow(number)

    async def finds(self, number: str) -> bool:
        """Whether anything here has this number; if nothing has, all stays, and it is told why."""
        try:
            await self.counter.look(lambda desk: saying.look(desk, number))
        except Explained as error:
            await self.counter.refuse(error)
            return False
        return True

    def do_find(self) -> None:
        """A number is typed."""
        self.app.push_screen(Form("哪件邮件？", [_NUMBER], done="查找"), self._named)

    def _named(self, given: dict[str, str] | None) -> None:
        if given is not None:
            number = "".join(given["number"].split())
            self.beside(partial(self._seek, number))

    # --- elsewhere

    async def do_reload(self) -> None:
        """Ask the ledger again, and let what is due be asked of the carrier."""
        await self.renew()
        self.counter.send_mail()

    def do_case(self) -> None:
        """To the case."""
        self.counter.go("case", number=self.about)

    def do_arrivals(self) -> None:
        """To what the home office says."""
        self.counter.go("arrivals", number=self.about)

    def do_other(self) -> None:
        """What is needed more rarely."""
        told = [(name, self._rarer_line(name, label)) for name, label in _RARER.items()]
        self.app.push_screen(Pick("其他", told), self._rarer)

    def _rarer_line(self, name: str, label: str) -> str:
        reason = self.why_not(name)
        return f"× {label}　{reason}" if reason else f"  {label}"

    def _rarer(self, name: str | None) -> None:
        if name is not None:
            self.run_worker(self.action_do(name), group="tasks")

    def do_tasks(self) -> None:
        """To the tasks about it."""
        self.counter.go("tasks", number=self.about)

    def do_import(self) -> None:
        """Events out of a file."""
        self.beside(partial(importing.take_in, self))
