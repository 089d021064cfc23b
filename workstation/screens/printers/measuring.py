"""校准: a sheet of crosses, two distances measured, the offset shown and then kept.

Everything a printer may be slow at runs beside the screen, in its own hands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from workstation.acts import calibrating
from workstation.acts.desk import Desk
from workstation.domain.printing import Calibration
from workstation.errors import Explained
from workstation.screens.dialogs import Confirm, Reading
from workstation.screens.long_form import LongForm, Values
from workstation.screens.printers import forms, saying

if TYPE_CHECKING:
    from integrations.printers.states import Condition
    from workstation.screens.printers.screen import PrintersScreen

_TITLE = "校准"
_MEASURE = "量校准页上两条虚线的长度，精确到 0.1 毫米；正好的应各为 20.0。"


class Wanted(NamedTuple):
    """What is to be calibrated: a printer (empty: whatever prints from the tray) on a stock."""

    printer: str
    stock: str

    @property
    def name(self) -> str:
        """Both, as one calls them."""
        return f"{self.printer or saying.TRAY}　{self.stock}"


class Measuring:
    """The dialogs of a calibration."""

    def __init__(self, screen: PrintersScreen) -> None:
        self._screen = screen

    async def begin(self, printer: str, names: Sequence[str], sizes: Mapping[str, str]) -> None:
        """Ask what to calibrate, see to its sheet, then ask what was measured."""
        typed = self._screen.typed(_TITLE)
        form = LongForm(_TITLE, forms.calibration(printer, names, sizes), typed, yes="下一步")
        given: Values | None = await self._screen.app.push_screen_wait(form)
        if given is None:
            return
        wanted = Wanted(given["printer"], given["stock"])
        how = forms.LAY_OUT if given["how"] == forms.PRINT and not wanted.printer else given["how"]
        try:
            where = await self._sheet(wanted, how)
        except Explained as error:
            await self._screen.counter.refuse(error)
            return
        await self._measured(wanted, where)

    async def _sheet(self, wanted: Wanted, how: str) -> str:
        """See that the sheet is there; gives where."""
        counter, stock = self._screen.counter, wanted.stock
        if how == forms.HAVE:
            return ""
        if how == forms.LAY_OUT:
            path = await counter.look(lambda desk: calibrating.lay_out(desk, stock))
            return f"校准页已放进出纸盘，请按原大小（100%）打在 {stock} 上：{path}\n"
        counter.tell("accent", "·", "稍候", f"校准页正在“{wanted.printer}”上打印……")
        condition: Condition = await self._screen.beside(
            lambda desk: calibrating.print_sheet(desk, wanted.printer, stock)
        )
        if condition.id != "completed":
            raise calibrating.not_printed(wanted.printer, condition)
        counter.done(f"校准页已在“{wanted.printer}”上打出。")
        return ""

    async def _measured(self, wanted: Wanted, where: str, wrong: Explained | None = None) -> None:
        """Ask for the distances until they can be right, then whether to keep what follows."""
        title = f"量得的距离：{wanted.name}"
        while True:
            typed = self._screen.typed(title)
            form = LongForm(title, forms.distances(), typed, text=where + _MEASURE, wrong=wrong, yes="下一步")
            given: Values | None = await self._screen.app.push_screen_wait(form)
            if given is None:
                return
            try:
                across, down = forms.offsets(given)
            except Explained as error:
                wrong = error
                continue
            break
        if not wanted.printer:
            self._screen.forget(title)
            await self._screen.app.push_screen_wait(Reading(title, _by_hand(wanted.stock, across, down)))
        elif await self._is_wanted(wanted, across, down):
            self._keep(wanted, given, title)

    async def _is_wanted(self, wanted: Wanted, across: int, down: int) -> bool:
        text = f"{wanted.name}\n页面{saying.moved(across, down)}。\n以后排的封套面照此；已经排好的不变。"
        return bool(await self._screen.app.push_screen_wait(Confirm("保存校准吗？", text, yes="保存")))

    def _keep(self, wanted: Wanted, given: Values, title: str) -> None:
        def act(desk: Desk) -> Calibration:
            left, top = (forms.millimetres(given, name) for name in ("left", "top"))
            return calibrating.calibrate(desk, wanted.printer, wanted.stock, left=left, top=top)

        self._screen.counter.perform(act, partial(self._kept, title))

    async def _kept(self, title: str, made: Calibration) -> None:
        self._screen.forget(title)
        self._screen.forget(_TITLE)
        self._screen.counter.done(f"已校准“{made.printer}”的 {made.stock}：页面{saying.shift(made)}。")
        await self._screen.load()


def _by_hand(stock: str, across: int, down: int) -> str:
    """What to write where no printer of ours is corrected."""
    return (
        f"页面要{saying.moved(across, down)}。\n"
        "从出纸盘打的，校准不记在账上：请管理员在数据目录的 envelopes.toml（标签是 labels.toml）里，"
        f"把 [{stock}] 一节写成\n"
        f"offset_left = {across / 10:g}\noffset_top = {down / 10:g}"
    )
