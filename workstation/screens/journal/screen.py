"""留痕账: every entry from the newest back to the first, or what is looked for; given out as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.widget import Widget

from workstation.acts import audit, bypass, verification
from workstation.acts.audit import Found, Place, Wanted
from workstation.acts.progress import Progress, Stopped
from workstation.acts.scanning import Scanned
from workstation.acts.verification import Verification
from workstation.domain.journal import Entry
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens import long_work
from workstation.screens.base import Do
from workstation.screens.dialogs import Form, Reading, Refusal
from workstation.screens.journal import entry, giving
from workstation.screens.journal.filtering import answered, questions
from workstation.screens.long_form import AskingScreen
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


class JournalScreen(AskingScreen):
    """For auditors and those who steer."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "留痕账"
    DOES = (
        Do("verify", "核验", "f2", "hy", "核验全账：链、逐条推算、与各表比对"),
        Do("anchor", "链首码", "f3", "lsm", "此刻的链首码，40 位，可抄在纸上"),
        Do("filter", "筛选", "f4", "sx", "只列某人、某种办理、某个编号、某几天的；Esc 回到全部"),
        Do("bypass", "体外循环", "f5", "twxh", "收件不登记、不告知的迹象", opens="bypass"),
        Do("export", "导出", "ctrl+s", "dc", "导出留痕账，带核验数据（审计员）"),
    )
    explains = (
        "最新的在上面，End 到第一条。Enter 看一条写了什么。扫一个编号就只列提到它的，"
        "F4 按人、办理、日期筛选，Esc 回到全部。这里只看不改；账上没有姓名、证件号，只有编号、代码和摘要。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._looked_to = 1
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

    def why_not(self, name: str) -> str | None:
        """By role: an inspector may read too, and only an auditor gives it out."""
        if name == "export":
            return self.barred("export_journal")
        if name == "bypass":
            return _bypass_barred(self.desk.signed_in().role)
        return self.barred_reading("read_journal")

    def take_scan(self, scanned: Scanned) -> bool:
        """List what mentions it; of another hall's envelope nothing does."""
        if scanned.kind == "foreign_manifest":
            return False
        self._look_for(Wanted(of=scanned.object or scanned.code))
        return True

    def action_back(self) -> None:
        """Esc: first back to all of it, then a step back."""
        if self._wanted.is_everything:
            super().action_back()
        else:
            self._look_for(Wanted())

    @property
    def _entries(self) -> RecordList[_Line]:
        return self.query_one("#entries", RecordList)

    async def _relist(self, *, anew: bool) -> None:
        try:
            await (self._entries.load() if anew else self._entries.reload())
        except Explained as error:
            self._entries.show([])
            self.counter.attention(f"{error.what}{error.why}{error.next}")
        self._tell_head()
        self._entries.focus()

    def _tell_head(self) -> None:
        told = self._wanted.told()
        far = f"第 {self._looked_to} 条" if self._looked_to > 1 else "最早一条"
        head = f"只列{told}；已查到{far}　Esc 列出全部" if told else "全部，最新的在上面"
        self.query_one("#journal-head", OneLine).say(head)

    async def _fetch(self, ask: Ask) -> Page[_Line]:
        if not self._wanted.is_everything:
            return await self._found(Place(ask.after, ask.before, ask.last, ask.size))
        leaf = await self.counter.look(
            lambda desk: verification.leaf(
                desk, after=ask.after, before=ask.before, last=ask.last, count=ask.size
            )
        )
        return Whole([_Line(each) for each in leaf.entries], leaf.more_before, leaf.more_after)

    async def _found(self, place: Place) -> Page[_Line]:
        wanted = self._wanted
        found: Found = await self.counter.look(lambda desk: audit.listed(desk, wanted, place))
        if place.before is None:
            self._looked_to = found.looked_to
            self._tell_head()
        return Whole([_Line(each) for each in found.entries], found.more_before, found.more_after)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        found = event.row.entry
        self.app.push_screen(Reading(f"第 {found.seq} 条　{word(found.act)}", entry.told(found)))

    # --- what is looked for

    def do_filter(self) -> None:
        """Ask who, what, about what, and when."""
        self._ask(self._wanted)

    def _ask(self, wanted: Wanted, wrong: Explained | None = None) -> None:
        form = Form("只列哪些？", questions(wanted), text="留空的不论；全部留空就列出全部。", wrong=wrong)
        self.app.push_screen(form, self._filter)

    def _filter(self, given: dict[str, str] | None) -> None:
        if given is not None:
            self.run_worker(self._checked(answered(given)), group="list", exclusive=True)

    async def _checked(self, wanted: Wanted) -> None:
        try:
            checked = await self.counter.look(lambda desk: audit.checked(desk, wanted))
        except Explained as error:
            self._ask(wanted, error)
        else:
            self._wanted = checked
            await self._relist(anew=True)

    def _look_for(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.run_worker(self._relist(anew=True), group="list", exclusive=True)

    # --- elsewhere, and out

    def do_bypass(self) -> None:
        """The signs that something went past the rules."""
        self.counter.go("bypass")

    def do_export(self) -> None:
        """Ask where to, and give it out."""
        giving.give_out(self)

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


def _bypass_barred(role: str) -> str | None:
    readers = "、".join(word(reader) for reader in sorted(bypass.READERS))
    return None if role in bypass.READERS else f"由{readers}查看"


_ANCHOR = "逐组抄在纸上，签名、写明时间。此前的账若被改过，再算出的链首码就不同。"


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
