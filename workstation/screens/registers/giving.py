"""A register given out from the screen: where to, masked or with a second person in clear, as long work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from workstation.acts import register_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress
from workstation.acts.register_files import Given, Order
from workstation.acts.register_parts import Register
from workstation.acts.registers import Span
from workstation.errors import Explained
from workstation.policies import DeadlinePolicy
from workstation.screens import long_work, table_files
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, LongForm, Values

_ASKED = (
    Asked(table_files.PATH, "写到", required=True, explains="以 .xlsx、.csv 或 .pdf 结尾，还没有的文件。"),
    Asked("unmasked", "姓名、号码、电话不遮盖（须第二人确认）", tick=True),
)


@dataclass(frozen=True)
class Giving:
    """One register of some days, on its way out."""

    screen: AskingScreen
    register: Register[Any, Any]
    days: Span

    @property
    def title(self) -> str:
        """What was typed is kept under it."""
        return f"导出{self.register.title}"

    def ask(self, wrong: Explained | None = None) -> None:
        """Where to, and whether in clear."""
        text = table_files.whence(f"{self.register.title}　{self.days.told}")
        typed = self.screen.typed(self.title)
        has_persons = any(column.personal for column in self.register.columns)
        asked = _ASKED if has_persons else _ASKED[:1]
        form = LongForm(self.title, asked, typed, text=text, wrong=wrong, yes="导出")
        self.screen.app.push_screen(form, self._filled)

    def _filled(self, values: Values | None) -> None:
        """In clear only with somebody beside: asked before anything is made."""
        if values is None:
            return
        if _unmasked(values):
            self.screen.counter.perform(register_files.in_clear, partial(self._begin, values))
        else:
            self._begin(values, self.screen.desk)

    def _begin(self, values: Values, desk: Desk) -> None:
        self.screen.run_worker(self._give_out(values, desk), group="files", exclusive=True)

    async def _give_out(self, values: Values, desk: Desk) -> None:
        try:
            work = partial(_written, desk, self._order(values))
            given = await long_work.done(self.screen.counter, self.title, work, unit="行")
        except Explained as error:
            self.ask(error)
            return
        self.screen.forget(self.title)
        clear = "里面有个人信息明文，用完请销毁。" if given.unmasked else ""
        self.screen.counter.done(f"已导出 {given.lines} 行到 {given.path}。{clear}")

    def _order(self, values: Values) -> Order:
        opened = self.screen.counter.opened
        return Order(
            self.register.key,
            self.days,
            table_files.named(values),
            unmasked=_unmasked(values),
            policy=opened.settings.deadline if opened else DeadlinePolicy(),
        )


def _unmasked(values: Values) -> bool:
    return values.get("unmasked") == "yes"


def _written(desk: Desk, order: Order, told: Progress) -> Given:
    return register_files.export(desk, order, progress=told)
