"""留痕账: every entry from the newest back to the first; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.widget import Widget

from workstation.acts import offers, verification
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, Stopped
from workstation.acts.scanning import Scanned
from workstation.acts.verification import Verification
from workstation.domain.journal import Entry
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens import long_work
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Asked, Form, Reading, Refusal
from workstation.screens.journal import entry
from workstation.widgets.record_list import Ask, Column, Page, RecordList, Whole
from workstation.widgets.words import OneLine

_HEADS = (
    Column("序号", 8),
    Column("时间", 19),
    Column("办理", 12),
    Column("经办", 6),
    Column("复核", 6),
    Column("窗口", 4, wide_only=True),
    Column("对象", 20, flexible=True),
    Column("备注", 14, wide_only=True),
)


class _Line(NamedTuple):
    """An entry as a line of the list."""

    entry: Entry

    @property
    def key(self) -> int:
        """What comes before and after it is asked by its sequence."""
        return self.entry.seq


class JournalScreen(CounterScreen):
    """For auditors and those who steer."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "留痕账"
    DOES = (
        Do("verify", "核验", "f2", "hy", "核验全账：链、逐条推算、与各表比对"),
        Do("anchor", "链首码", "f3", "lsm", "此刻的链首码，40 位，可抄在纸上"),
        Do("filter", "按编号", "f4", "abh", "只列提到某个编号的；留空列出全部"),
    )
    explains = (
        "最新的在上面，End 到第一条。Enter 看一条写了什么。扫一个编号就只列提到它的。"
        "这里只看不改；账上没有姓名、证件号，只有编号、代码和摘要。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._of: str | None = None
        self._loaded = False

    def body(self) -> Iterator[Widget]:
        """What is listed, and the list."""
        yield OneLine("", id="journal-head")
        yield RecordList[_Line](_HEADS, _cells, fetch=self._fetch, empty="（没有）", id="entries")

    async def load(self) -> None:
        """The entries around the cursor as they are now."""
        if self.counter.is_signed_in:
            await self._relist(anew=not self._loaded)
            self._loaded = True

    def why_not(self, name: str) -> str | None:  # noqa: ARG002 - each of them reads
        """By role alone: an inspector may read too."""
        reason = offers.barred(self.desk, "read_journal")
        return None if self.desk.readonly else reason

    def take_scan(self, scanned: Scanned) -> bool:
        """List what mentions it; of another hall's envelope nothing does."""
        if scanned.kind == "foreign_manifest":
            return False
        self._filter({"of": scanned.object or scanned.code})
        return True

    @property
    def _entries(self) -> RecordList[_Line]:
        return self.query_one("#entries", RecordList)

    async def _relist(self, *, anew: bool) -> None:
        try:
            await (self._entries.load() if anew else self._entries.reload())
        except Explained as error:
            self._entries.show([])
            self.counter.attention(f"{error.what}{error.why}{error.next}")
        head = f"只列提到 {self._of} 的；F4 留空列出全部" if self._of else "全部，最新的在上面"
        self.query_one("#journal-head", OneLine).say(head)
        self._entries.focus()

    async def _fetch(self, ask: Ask) -> Page[_Line]:
        of = self._of
        if of is not None:
            found = await self.counter.look(lambda desk: _mentioning(desk, of))
            return Whole([_Line(each) for each in found])
        leaf = await self.counter.look(
            lambda desk: verification.leaf(
                desk, after=ask.after, before=ask.before, last=ask.last, count=ask.size
            )
        )
        return Whole([_Line(each) for each in leaf.entries], leaf.more_before, leaf.more_after)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        found = event.row.entry
        self.app.push_screen(Reading(f"第 {found.seq} 条　{word(found.act)}", entry.told(found)))

    # --- by number

    def do_filter(self) -> None:
        """Ask for a number."""
        asked = [Asked("of", "编号", value=self._of or "", explains="办件、封套、批次、纸面编号，或工号。")]
        self.app.push_screen(Form("只列提到哪个编号的？", asked, text="留空列出全部。"), self._filter)

    def _filter(self, given: dict[str, str] | None) -> None:
        if given is not None:
            self._of = given["of"].strip() or None
            self.run_worker(self._relist(anew=True), group="list", exclusive=True)

    # --- the whole journal

    def do_anchor(self) -> None:
        """The anchor as it stands."""
        self.run_worker(self._anchor(), group="tasks")

    async def _anchor(self) -> None:
        found = await self.counter.look(verification.anchor)
        self.app.push_screen(Reading("链首码", f"{entry.grouped(found)}\n\n{_ANCHOR}"))

    def do_verify(self) -> None:
        """Verify all of it, which takes long in an old hall."""
        self.run_worker(self._verify(), group="tasks")

    async def _verify(self) -> None:
        desk = self.desk

        def verified(told: Progress) -> Verification:
            return verification.verify(desk, progress=told)

        try:
            outcome = await long_work.done(self.counter, "核验留痕账", verified, unit="条")
        except Stopped:
            self.counter.attention("核验已停下，没有结论。")
        except Explained as error:
            self.app.push_screen(Refusal(error))
        else:
            self._told(outcome)

    def _told(self, outcome: Verification) -> None:
        if outcome.verified:
            self.counter.done(f"留痕账核验无误：{outcome.entries} 条。")
        else:
            self.counter.attention("留痕账核验不符！请停止使用，保留现场并联系审计员。")
        title = "✓ 核验无误" if outcome.verified else "✗ 核验不符"
        self.app.push_screen(Reading(title, entry.outcome(outcome)))


def _mentioning(desk: Desk, of: str) -> Sequence[Entry]:
    """All that mention it, the newest first."""
    return verification.listed(desk, after=0, count=_MOST, of=of)[::-1]


_ANCHOR = "逐组抄在纸上，签名、写明时间。此前的账若被改过，再算出的链首码就不同。"
#: So many entries no single number has.
_MOST = 10_000


def _cells(line: _Line) -> tuple[str, ...]:
    found = line.entry
    return (
        str(found.seq),
        f"{local(found.at):%Y-%m-%d %H:%M:%S}",
        word(found.act),
        found.operator or "",
        found.second or "",
        str(found.window or ""),
        found.object,
        entry.FLAGS.get(found.flag or "", found.flag or ""),
    )


OPENS = JournalScreen
