"""What the courier's screen shows: one batch with its envelopes, or the batches of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.containers import Horizontal
from textual.widget import Widget

from workstation.acts import batches
from workstation.acts.batches import Parcel, Sheet, Taken
from workstation.domain.codes import short_form
from workstation.domain.grades import Grade
from workstation.errors import Explained
from workstation.screens.base import CounterScreen
from workstation.screens.courier import words
from workstation.widgets.record_list import RecordList
from workstation.widgets.words import OneLine, Words

_HINT = ("accent", "·", "提示")


class Latest(NamedTuple):
    """The envelope that has just gone in."""

    face: str
    envelope: str


class Table(CounterScreen):
    """The lists and lines, and what the message line is told."""

    def __init__(self, number: str | None = None) -> None:
        super().__init__()
        self._batch = number
        self._sheet: Sheet | None = None
        self._reasons: dict[str, str] = {}
        """By envelope: why it does not go, as far as the clerk has named it."""
        self._latest: Latest | None = None
        """The envelope whose waybill may follow."""
        self._loaded = self._covered = False

    def body(self) -> Iterator[Widget]:
        """A batch, wanted on the left and scanned on the right; or the batches of today."""
        yield OneLine(id="courier-head")
        yield OneLine(id="courier-counts")
        with Horizontal(id="courier-table"):
            yield RecordList[Parcel](words.WANTED, self._wanted_cells, empty="（都扫到了）", id="wanted")
            yield RecordList[Parcel](words.ALONG, words.along_cells, empty="（还没有扫）", id="along")
        yield RecordList[Taken](words.TODAY, words.today_cells, empty="（今天还没有批次）", id="today")
        yield Words(id="courier-detail")
        yield OneLine(id="courier-next")

    async def load(self) -> None:
        """The batch as it is now, this window's open one if there is one, or the batches of today."""
        if not self.counter.is_signed_in:
            return
        try:
            await self._look()
        except Explained as error:
            self.counter.tell_grade(Grade.REFUSED, f"{error.what}{error.why}")
        if not self._loaded:
            self._loaded = True
            self._begin()

    async def _look(self) -> None:
        if self._batch is None:
            here = await self.counter.look(batches.open_here)
            self._batch = here.number if here else None
        number = self._batch
        if number is None:
            self._show(None)
            self._today.show(await self.counter.look(batches.today), at=self._today.cursor)
        else:
            self._show(await self.counter.look(lambda desk: batches.sheet(desk, number)))

    def _begin(self) -> None:
        """The first moment: everything is there."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """What another screen said may name a person: the courier looks at this one."""
        self.counter.said = None

    def on_screen_suspend(self) -> None:
        """Note whether another screen comes over this one, or just a question."""
        self._covered = isinstance(self.app.screen, CounterScreen)

    async def on_screen_resume(self) -> None:
        """What that screen said is not for the courier."""
        if self._covered:
            self.counter.said = None

    def _show(self, sheet: Sheet | None, *, newest: bool = False) -> None:
        """Show a batch; `newest`: the cursor goes to what was scanned last."""
        self._sheet = sheet
        self.expects_waybill = self._is_live
        self.query_one("#courier-table").display = sheet is not None
        self._today.display = sheet is None
        if sheet is not None:
            self._wanted.show([*sheet.wanted, *sheet.left_out], at=self._wanted.cursor)
            self._along.show(sheet.along, at=0 if newest else self._along.cursor)
        self._say("head", words.head(sheet) if sheet else "今天的批次")
        self._say("counts", words.counts(sheet) if sheet else "")
        self._say("next", self._next())
        self.refresh_keys()

    def _next(self) -> str:
        sheet, latest = self._sheet, self._latest
        if sheet is None:
            return "请揽投员扫胸牌开批次。"
        if sheet.paper is not None:
            return f"交接清单 {sheet.paper.number}　请双方核对、签名。F6 看文字"
        if not self._is_live:
            return "没有封套交寄，没有交接清单。" if not sheet.is_open else "只能看。"
        if latest is not None:
            return f"{short_form(latest.envelope)} 有运单的接着扫运单；没有的扫下一件。"
        return "请扫封套面。" if sheet.wanted else "都扫到了；当面点清后按 ^S 交接。"

    def _say(self, name: str, text: str) -> None:
        self.query_one(f"#courier-{name}", Words).say(text)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """All of the envelope under the cursor, in one line."""
        if event.rows is not self._today and (event.rows.has_focus or self._sheet is None):
            self._detail(event.row)
        self.refresh_keys()

    def on_descendant_focus(self) -> None:
        """The other list: its envelope."""
        if isinstance(self.focused, RecordList) and self.focused is not self._today:
            self._detail(self.focused.row)

    def _detail(self, parcel: Parcel | None) -> None:
        reason = self._reasons.get(parcel.number) if parcel else None
        self._say("detail", words.detail(parcel, reason))

    def _wanted_cells(self, parcel: Parcel) -> Sequence[str]:
        return words.wanted_cells(parcel, self._reasons.get(parcel.number))

    @property
    def _wanted(self) -> RecordList[Parcel]:
        return self.query_one("#wanted", RecordList)

    @property
    def _along(self) -> RecordList[Parcel]:
        return self.query_one("#along", RecordList)

    @property
    def _today(self) -> RecordList[Taken]:
        return self.query_one("#today", RecordList)

    @property
    def _is_live(self) -> bool:
        """Whether a batch of this window is being scanned."""
        sheet = self._sheet
        return sheet is not None and sheet.is_open and sheet.batch.window == self.desk.window

    def _tell_hint(self, text: str) -> None:
        self.counter.tell(*_HINT, text)
