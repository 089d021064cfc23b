"""The parcels of one number, each with all that was told of it and what we did, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from workstation.acts.scanning import Scanned
from workstation.screens.dialogs import Reading
from workstation.screens.parcels import saying
from workstation.screens.parcels.following import Following
from workstation.screens.parcels.saying import Followed, Moment, Track
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_PARCELS = (
    Column("", 4),
    Column("运单", 13),
    Column("状态", 16),
    Column("自", 11),
    Column("属地", 12, flexible=True),
    Column("签收", 24, flexible=True, wide_only=True),
)
_MOMENTS = (
    Column("时间", 11),
    Column("轨迹", 20, flexible=True),
    Column("机构", 14, flexible=True),
    Column("注意", 10),
    Column("怎么来的", 26, wide_only=True),
)
#: Lines of the list of parcels: few enough to leave room for what happened to one.
_MOST_PARCELS = 5
_NONE = "还没有绑定运单，没有轨迹可看。运单在“下单”绑定：扫封套，再扫贴好的运单。"


class TimelineScreen(Following):
    """What was told of a parcel."""

    CSS_PATH = "timeline.tcss"
    TITLE_WORD = "邮件轨迹"
    explains = (
        "新的在最上面，本大厅办的也在其中。“✗ 已冲销”：寄递企业后来收回了这一条；“? 代码”：不认识的代码，"
        "照原样留着，不改变状态。几件邮件时 Tab 在邮件和轨迹之间切换。Enter 看一条的全部。"
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._told = ""
        """Which parcel stands below."""

    def body(self) -> Iterator[Widget]:
        """The parcels where there are several, how one stands, and what happened to it."""
        parcels: RecordList[Followed] = RecordList(_PARCELS, lambda row: row.cells, id="track-parcels")
        yield parcels
        yield Words("正在查……", id="track-told")
        empty = "（还没有轨迹）"
        yield RecordList[Moment](_MOMENTS, lambda row: row.cells, empty=empty, id="track-moments")

    def on_mount(self) -> None:
        """Into what happened."""
        self._moments.focus()

    async def load(self) -> None:
        """As it is now; the cursors stay."""
        if not self.counter.is_signed_in:
            return
        number = self._number
        track = await self.counter.look(lambda desk: saying.look(desk, number))
        if number == self._number:
            self._show(track, at=self._at(track, self._followed))

    def _at(self, track: Track, before: Followed | None) -> int:
        """Where the cursor belongs: where it was, or else on the latest parcel."""
        ids = [each.id for each in track.parcels]
        return ids.index(before.id) if before and before.id in ids else 0

    def _show(self, track: Track, *, at: int) -> None:
        several = len(track.parcels) > 1
        self._parcels.set_class(several, "-several")
        self._parcels.styles.height = 1 + min(len(track.parcels), _MOST_PARCELS)
        self._parcels.show(track.parcels, at=at)
        if not several and self._parcels.has_focus:
            self._moments.focus()
        self._tell_parcel()

    def _tell_parcel(self) -> None:
        """How the parcel stands, and what happened to it; of the same one the cursor stays."""
        followed = self._followed
        if followed is None:
            self._told = ""
            self.query_one("#track-told", Words).say(f"{self._number}　{_NONE}")
            self._moments.show([])
            return
        at = self._moments.cursor if followed.id == self._told else 0
        self._told = followed.id
        self.query_one("#track-told", Words).say(followed.told)
        self._moments.show(followed.moments, at=at)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another parcel: what happened to it follows."""
        if event.rows is self._parcels and event.row is not None and event.row.id != self._told:
            self._tell_parcel()
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: into the parcel, or all of an event."""
        if event.rows is self._parcels:
            self._moments.focus()
        else:
            self.app.push_screen(Reading("轨迹", event.row.told))

    def on_mailing_mailed(self) -> None:
        """Something may have been told."""
        self.beside(self.renew, "list")

    @property
    def _parcels(self) -> RecordList[Followed]:
        return self.query_one("#track-parcels", RecordList)

    @property
    def _moments(self) -> RecordList[Moment]:
        return self.query_one("#track-moments", RecordList)

    @property
    def _followed(self) -> Followed | None:
        return self._parcels.row if self.is_mounted else None

    @property
    def about(self) -> str | None:
        """The envelope or consignment of the parcel."""
        return self._followed.object if self._followed else self._number

    @property
    def has_tasks(self) -> bool:
        """As they were when it was looked at."""
        return bool(self._followed and self._followed.tasks)

    def take_scan(self, scanned: Scanned) -> bool:
        """A parcel that is shown: there it is."""
        numbers = [each.parcel.waybill.number for each in self._parcels.rows]
        if self.app.screen is self and scanned.kind == "waybill" and scanned.code in numbers:
            self._parcels.to(numbers.index(scanned.code))
            return True
        return super().take_scan(scanned)

    async def follow(self, number: str) -> None:
        """In place of those that are shown."""
        self._number = number
        self._parcels.show([])
        await self.renew()
