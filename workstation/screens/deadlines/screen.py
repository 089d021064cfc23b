"""期限: the legs of one case on the left, each day of the one under the cursor on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from workstation.acts import deadline_words, deadlines, pauses
from workstation.acts.deadlines import Explained, OtherDays
from workstation.domain.deadlines import Pause
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, Sheet
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("", 1),
    Column("件", 2),
    Column("环节", 13, flexible=True),
    Column("最后一日", 8),
)
_NO_PAUSE = "只在受理之后、决定之前：请移到“受理→决定”"
_ACTS = {"pause": "begin_pause", "resume": "end_pause"}
_DAY = "日期，如 2026-11-20；不填就是今天。"


class DeadlinesScreen(AskingScreen):
    """How the days of one case are counted."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "期限"
    DOES = (
        Do("pause", "不计", "f2", "bj", "听证、检验、鉴定等不计入时限的环节开始"),
        Do("resume", "恢复", "f3", "hf", "不计时限的环节结束，次日起继续计算"),
        Do("case", "办件", "f4", "bj", "打开办件"),
        Do("reload", "刷新", "f5", "sx", "重新算一遍"),
    )
    explains = (
        "左边是每一段，✓ 按期，! 逾期，· 正在进行，? 没有消息；右边逐日列出算不算、为什么。"
        "Tab 到右边，上下键翻看。暂定：有的年份节假日安排还没有导入，导入后重新计算。"
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def body(self) -> Iterator[Widget]:
        """The legs, and the days of one."""
        with Horizontal():
            yield RecordList[Explained](_HEADS, _cells, empty="（没有期限）", id="legs")
            with VerticalScroll(id="days"):
                yield Words("正在算……", id="days-told")

    def on_mount(self) -> None:
        """Into the legs."""
        self._list.focus()

    async def load(self) -> None:
        """As it is now; the cursor stays on its leg, and stands at first on one that runs."""
        if not self.counter.is_signed_in:
            return
        opened, number, at = self.counter.opened, self._number, self._leg
        assert opened is not None, "somebody is signed in to a hall that is open"
        settings = opened.settings
        others = OtherDays.of(settings)
        rows = await self.counter.look(
            lambda desk: deadlines.why(desk, number, settings.deadline, others=others)
        )
        self._list.show(rows, at=_place(rows, at))
        self._tell_leg()

    def _tell_leg(self) -> None:
        leg = self._leg
        told = [deadline_words.head(leg), *deadline_words.lines(leg)] if leg else ["没有期限。"]
        self.query_one("#days-told", Words).say("\n".join(told))
        self.query_one("#days", VerticalScroll).scroll_home(animate=False)

    @property
    def _list(self) -> RecordList[Explained]:
        return self.query_one("#legs", RecordList)

    @property
    def _leg(self) -> Explained | None:
        return self._list.row if self.is_mounted else None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another leg."""
        self._tell_leg()
        self.refresh_keys()

    def why_not(self, name: str) -> str | None:
        """By role, and only on a leg that can pause."""
        if name not in _ACTS:
            return None
        leg = self._leg
        if leg is None or leg.leg != "decide" or leg.ended is not None or leg.since is None:
            return _NO_PAUSE
        return self.barred(_ACTS[name])

    async def do_reload(self) -> None:
        """Count again."""
        await self.load()
        self.refresh_keys()

    def do_case(self) -> None:
        """To the case."""
        self.counter.go("case", number=self._number.partition("-")[0])

    def do_pause(self) -> None:
        """What does not count from a day on."""
        leg = self._leg
        if leg is None:
            return
        sheet: Sheet[Pause] = Sheet(
            title=f"不计时限　…{leg.object[-7:]}",
            asked=(
                Asked("kind", "环节", pauses.names()),
                Asked("since", "起日", explains=_DAY),
                Asked(
                    "told_on", "书面告知", explains="哪一天把所需时间书面告知申请人（行政许可法第四十五条）。"
                ),
                Asked("note", "说明"),
            ),
            act=lambda desk, values: pauses.begin(
                desk,
                leg.object,
                values["kind"],
                since=values["since"].strip() or None,
                told_on=values["told_on"].strip() or None,
                note=values["note"].strip() or None,
            ),
            told=lambda pause: f"已登记：自 {pause.since} 起不计时限（{pauses.called(pause)}）。",
        )
        self.ask(sheet)

    def do_resume(self) -> None:
        """The last day that does not count."""
        leg = self._leg
        if leg is None:
            return
        sheet: Sheet[Pause] = Sheet(
            title=f"恢复计时　…{leg.object[-7:]}",
            asked=(Asked("until", "最后不计日", explains=_DAY),),
            act=lambda desk, values: pauses.end(desk, leg.object, until=values["until"].strip() or None),
            told=lambda pause: f"已登记：{pauses.called(pause)}到 {pause.until} 为止，次日起继续计算。",
        )
        self.ask(sheet)


def _cells(leg: Explained) -> Sequence[str]:
    doubt = "?" if leg.sum and leg.sum.provisional else ""
    due = f"{leg.due:%m-%d}{doubt}" if leg.due else ("暂停" if leg.state == "paused" else "")
    ordinal = leg.object.rpartition("-")[2] if leg.office_name else ""
    return deadline_words.sign(leg), ordinal, leg.title, due


def _place(rows: Sequence[Explained], at: Explained | None) -> int:
    if at is not None:
        keys = [(row.leg, row.object) for row in rows]
        return keys.index((at.leg, at.object)) if (at.leg, at.object) in keys else 0
    running = [place for place, row in enumerate(rows) if row.state in ("over", "running", "paused")]
    return running[0] if running else 0


OPENS = DeadlinesScreen
