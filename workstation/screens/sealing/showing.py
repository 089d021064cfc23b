"""What the screen shows: the bag, looked at anew each time, and what is ticked, kept as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual import work
from textual.widget import Widget

from workstation.acts import drafts, offers
from workstation.domain.case import Piece
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.screens.base import CounterScreen
from workstation.screens.drafting import SYNC_SECONDS, Keeper
from workstation.screens.sealing import bag as bags
from workstation.screens.sealing import companions, saying
from workstation.screens.sealing.bag import FACES, Bag, Phase, tail
from workstation.screens.sealing.companions import Companion
from workstation.screens.sealing.pane import INSPECTOR, PLACE, SealPane
from workstation.screens.sealing.ticks import Ticks
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import OneLine, Words

_HEADS = (
    Column("装入", 6),
    Column("材料", 10, flexible=True),
    Column("形式", 6),
    Column("份", 3),
    Column("页", 3),
    Column("办件", 6),
    Column("办件编号", 20, wide_only=True),
)
#: Lines above the list.
_HEAD = ("seal-office", "seal-cases", "seal-envelope")


class Showing(CounterScreen):
    """One bag on the screen."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self.bag: Bag | None = None
        self.trouble: Explained | None = None
        self.ticks = Ticks()
        self.keeper = Keeper(lambda: self.desk, "packing", number)
        self._shown: tuple[Phase, str] | None = None
        self.offered: tuple[Companion, ...] = ()
        self.mismatch = ""
        self._has_begun = self._is_unkept = False

    def body(self) -> Iterator[Widget]:
        """To whom, what next, the papers, and below what the seal needs."""
        for name in _HEAD:
            yield OneLine("", id=name)
        yield Words("", id="seal-next")
        yield Words("", id="seal-lacks")
        rows: RecordList[Piece] = RecordList(_HEADS, self._cells, empty="（没有材料）", id="seal-rows")
        rows.explains = "↑↓ 移动；放进封套的按空格，不装的按 Del。"
        yield rows
        yield SealPane()

    def on_mount(self) -> None:
        """Begin with the papers; what is kept is brought to the disk now and then."""
        self.rows.focus()
        self.set_interval(SYNC_SECONDS, self.keeper.sync)

    def barred(self, act: str) -> str | None:
        """Why this person may not do an act here at all."""
        return offers.barred(self.desk, act)

    # --- what is shown

    async def load(self) -> None:
        """The bag as it is now; what was ticked and typed stays."""
        if not self._has_begun:
            self._has_begun = True
            await self._resume()
        chosen, joined = self.ticks.chosen, self.ticks.joined
        try:
            look = partial(bags.look, number=self._number, chosen=chosen, joined=joined)
            self.bag, self.trouble = await self.counter.look(look), None
        except Explained as error:
            self.bag, self.trouble = None, error
        if self._is_left:
            return
        self._show()
        if self.bag and self.bag.phase == Phase.PACKING:
            self._ask_companions(self.bag)

    async def _resume(self) -> None:
        found = await self.counter.do(self.keeper.find)
        if found is None or self.barred("pack"):
            return
        try:
            body = await self.counter.do(lambda: self.keeper.resume(found))
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        self.ticks = Ticks.of(body)
        self.counter.tell("accent", "·", "草稿", f"接着办：{drafts.whose(found)}。")

    @work(group="companions", exclusive=True)
    async def _ask_companions(self, bag: Bag) -> None:
        try:
            self.offered = await self.counter.look(lambda desk: companions.waiting(desk, bag.office))
        except Explained:
            self.offered = ()  # it is only an offer: what is on the screen can be packed without it
        if not self._is_left:
            self.say()

    def _show(self) -> None:
        bag = self.bag
        if bag is None:
            self.query_one(SealPane).add_class("-packing")
            self.say()
            return
        self.ticks.fit(bag)
        self.rows.show(bag.pieces, at=self.rows.cursor)
        self.pane.show(bag, self.ticks, self.desk.signed_in().code)
        self.say()
        shown = (bag.phase, bag.envelope.number if bag.envelope else "")
        if shown != self._shown:
            self._shown, self.mismatch = shown, ""
            self.pane.tick.value = "no"
            self.go_where_wanted()

    def say(self) -> None:
        """The words above the list, and the keys."""
        bag, trouble = self.bag, self.trouble
        if bag is None:
            told = (False, f"✗ {trouble.what}" if trouble else "")
        else:
            told = saying.next_step(bag, self.ticks, self.pane)
            for name, text in zip(_HEAD, saying.head(bag, self._beside), strict=True):
                self.query_one(f"#{name}", OneLine).say(text)
        line, waits = self.query_one("#seal-next", Words), self.query_one("#seal-lacks", Words)
        line.set_class(not told[0], "-no")
        line.say(told[1])
        why = on_screen(f"{trouble.why}{trouble.next}") if trouble else ""
        waits.say(saying.lacks(bag, self.mismatch) if bag else why)
        waits.set_class(not waits.text, "-empty")
        self.rows.refresh()
        self.refresh_keys()

    @property
    def _is_left(self) -> bool:
        """Whether one has gone back from here while something was still looked up."""
        return self not in self.app.screen_stack

    @property
    def _beside(self) -> int:
        """How many more might travel along."""
        return sum(each.id not in self.ticks.joined for each in self.offered)

    @property
    def rows(self) -> RecordList[Piece]:
        """The list of papers."""
        return self.query_one("#seal-rows", RecordList)

    @property
    def pane(self) -> SealPane:
        """What the seal needs, below."""
        return self.query_one(SealPane)

    def _cells(self, piece: Piece) -> Sequence[str]:
        pages = "" if piece.pages is None else str(piece.pages)
        number = piece.case_number
        return (
            self._sign(piece),
            piece.name,
            word(piece.form),
            str(piece.copies),
            pages,
            tail(number),
            number,
        )

    def _sign(self, piece: Piece) -> str:
        if self.bag and self.bag.phase != Phase.PACKING:
            return "! 未装" if piece.id in self.bag.left else "✓"
        if piece.id in self.ticks.without:
            return "不装"
        return "[x]" if piece.id in self.ticks.confirmed else "[ ]"

    @property
    def unsaved(self) -> str | None:
        """What is ticked or scanned and not done."""
        if self.ticks.is_empty or self.bag is None or self.bag.phase == Phase.CLOSED or self.bag.waiting:
            return None
        packing = self.bag.phase == Phase.PACKING
        return "确认过的材料还没有装袋。" if packing else "扫过的封套还没有封装。"

    def changed(self) -> None:
        """Keep it, and say what comes next."""
        self.say()
        if self.barred("pack") or self.bag is None or (self.ticks.is_empty and self.keeper.id is None):
            return
        self.keeper.keep(self.ticks.body(), title=self.bag.shares[0].case.applicant_name)
        trouble = self.keeper.trouble
        if trouble and not self._is_unkept:
            self.counter.attention(f"{trouble.what}{trouble.why}")
        self._is_unkept = trouble is not None

    def go_where_wanted(self) -> None:
        """To the first thing that is missing."""
        if self.bag is None or self.bag.phase != Phase.SEALING:
            self.rows.focus()
            return
        unscanned = next((kind for kind in FACES if kind not in self.ticks.scans), None)
        lack = unscanned or (self.pane.lacks or ("",))[0]
        if lack in (*FACES, PLACE, INSPECTOR):
            self.pane.field(lack).focus()
        else:
            self.pane.tick.focus()

    def go_where_refused(self) -> None:
        """To the first thing that ^S waits for, if it is on the screen."""
        bag = self.bag
        if bag is None or saying.lacking(bag, self.ticks, self.pane) is None or saying.refused(bag):
            return
        self.go_where_wanted()
        if (place := self.ticks.first_to_confirm(bag)) is not None:
            self.rows.to(place)

    async def over(self) -> None:
        """An act has used up what was ticked."""
        self.keeper.forget()
        self.ticks = Ticks(chosen=self.bag.names[0] if self.bag else None)
        await self.load()
