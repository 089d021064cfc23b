"""邮件轨迹: everything on its way with the one thing that explains where it is, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from workstation.acts import whereabouts
from workstation.screens.parcels import lines
from workstation.screens.parcels.following import Following
from workstation.screens.parcels.lines import Line
from workstation.screens.parcels.timeline import TimelineScreen
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("去向", 26),
    Column("属地", 12, flexible=True),
    Column("编号", 8),
    Column("运单", 13),
    Column("邮件", 14, wide_only=True),
    Column("情况", 20, flexible=True, wide_only=True),
)


class ParcelsScreen(Following):
    """What is on its way; opened for a number it leads to the parcels of that number."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "邮件轨迹"
    explains = (
        "在途的每一件邮件和它在那里的原因。“✗”说不清在哪里，核清之前不能日清；“!”要人办。"
        "Enter 看一件的轨迹；扫封套、运单或办件编号，直接看它的。"
    )

    def __init__(self, number: str | None = None) -> None:
        super().__init__()
        self._number = number
        self._summary = "正在查……"

    def body(self) -> Iterator[Widget]:
        """How many of each, the list, and below it all about the line under the cursor."""
        yield Words(id="parcels-summary")
        rows = RecordList[Line](_HEADS, lambda row: row.cells, empty="（没有在途的邮件）", id="parcels-lines")
        yield rows
        yield Words(id="parcels-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Everything as it is now; the cursor stays on its line."""
        if not self.counter.is_signed_in:
            return
        if self._number is not None:
            number, self._number = self._number, None
            self.beside(partial(self._instead, number))
            return
        self._say_summary()
        policy, at = self.counter.mail_policy, self._line
        report = await self.counter.look(lambda desk: whereabouts.report(desk, policy=policy))
        rows = [Line(each) for each in report.lines]
        keys = [row.key for row in rows]
        self._list.show(rows, at=keys.index(at.key) if at and at.key in keys else 0)
        self._summary = lines.summary(report)
        self._say_summary()
        self._tell_line()

    async def _instead(self, number: str) -> None:
        """The parcels of this number in place of this screen; where there are none, this is what remains."""
        if await self.finds(number):
            self.app.call_later(self.app.switch_screen, TimelineScreen(number))
        else:
            await self.renew()

    def on_mailing_mailed(self) -> None:
        """It may have been asked about parcels; the list itself is asked for at a key, it may be long."""
        self._say_summary()

    def _say_summary(self) -> None:
        said = (self._summary, self.counter.carrier_trouble, self.counter.last_sync)
        self.query_one("#parcels-summary", Words).say("\n".join(filter(None, said)))

    def _tell_line(self) -> None:
        self.query_one("#parcels-told", Words).say(self._line.told if self._line else "")

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#parcels-lines", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._list.row if self.is_mounted else None

    @property
    def about(self) -> str | None:
        """The envelope or consignment under the cursor."""
        return self._line.key if self._line else None

    @property
    def has_tasks(self) -> bool:
        """A task is the first reason there can be."""
        return self._line is not None and self._line.where.reason == "trouble"

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell_line()
        self.refresh_keys()

    async def on_record_list_opened(self) -> None:
        """Enter: what was told of it."""
        if self.about is not None:
            await self.follow(self.about)

    async def follow(self, number: str) -> None:
        """On a screen of its own."""
        self.app.push_screen(TimelineScreen(number))


OPENS = ParcelsScreen
