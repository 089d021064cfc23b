"""归档: ended cases of a span, packed or not; those marked are packed, and each packet is checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from workstation.acts import archives
from workstation.acts.archives import Ended
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.policies import ArchivePolicy
from workstation.screens.archives import packing
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, LongForm
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("选", 2),
    Column("办件编号", 20),
    Column("状态", 8),
    Column("事项", 12, flexible=True),
    Column("办结", 16),
    Column("归档", 6),
    Column("经办", 6, wide_only=True),
)
_NONE = "这段日子没有办结的办件"
_SPAN = "哪一段日子"


class ArchivesScreen(AskingScreen):
    """Ended cases, and their packets."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "归档"
    DOES = (
        Do("pack", "归档", "ctrl+s", "gd", "选中的逐件打成归档包，做四性检测；一件也没选时打光标处的"),
        Do("mark", "选", "space", "x", "选上或取消光标处的办件"),
        Do("span", "日子", "f3", "rz", "看哪一段日子里办结的"),
        Do("case", "办件", "f4", "bj", "打开光标处的办件"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("mark_all", "全选", "f6", "qx", "选上没有归档过的全部；再按一次全部取消"),
        Do("check", "检测", "f7", "jc", "四性检测一个归档包，不论从哪里拿来"),
    )
    explains = (
        "办结、不予收件、已指引和已撤回的办件。空格选上，Ctrl+S 逐件打包；"
        "打过的写着几次。一件打不成不影响别的，最后一起列出来。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._since = self._until = ""
        self._marked: set[str] = set()

    def body(self) -> Iterator[Widget]:
        """The span with its counts, and the list."""
        yield Words("正在查……", id="archives-summary")
        yield RecordList[Ended](_HEADS, self._cells, empty=f"（{_NONE}）", id="archives-lines")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """The cases as they are now; marks and cursor stay."""
        if not self.counter.is_signed_in:
            return
        if not self._until:
            self._since = self._until = local(self.desk.store.now()).date().isoformat()
        since, until, at = self._since, self._until, self._row
        rows = await self.counter.look(lambda desk: archives.ended(desk, since, until))
        keys = [row.key for row in rows]
        self._marked &= set(keys)
        self._list.show(rows, at=keys.index(at.key) if at and at.key in keys else 0)
        self._tell()

    def _tell(self) -> None:
        rows = self._list.rows
        packed = sum(bool(row.packets) for row in rows)
        told = f"{self._since} 至 {self._until}　办结 {len(rows)} 件，已归档 {packed} 件"
        self.query_one("#archives-summary", Words).say(f"{told}，选中 {len(self._marked)} 件")

    def _cells(self, row: Ended) -> tuple[str, ...]:
        return (
            "✓" if row.number in self._marked else "",
            row.number,
            word(row.state),
            row.title,
            minute(row.ended_at),
            f"{row.packets} 次" if row.packets else "·",
            row.clerk,
        )

    @property
    def _list(self) -> RecordList[Ended]:
        return self.query_one("#archives-lines", RecordList)

    @property
    def _row(self) -> Ended | None:
        return self._list.row if self.is_mounted else None

    @property
    def policy(self) -> ArchivePolicy:
        """How a packet is named here."""
        opened = self.counter.opened
        return opened.settings.archive if opened else ArchivePolicy()

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self.refresh_keys()

    def on_record_list_opened(self) -> None:
        """Enter: the case."""
        self.do_case()

    def why_not(self, name: str) -> str | None:
        """By role, and where there is a line."""
        if name in ("span", "reload", "check"):
            return None
        if self._row is None:
            return _NONE
        return self.barred("export_archive") if name == "pack" else None

    # --- marks

    def do_mark(self) -> None:
        """The line under the cursor, and on to the next."""
        if self._row is not None:
            self._marked ^= {self._row.number}
            self._list.action_move(1)
            self._marks()

    def do_mark_all(self) -> None:
        """All that were never packed, or none."""
        unpacked = {row.number for row in self._list.rows if not row.packets}
        self._marked = set() if self._marked >= unpacked else unpacked
        self._marks()

    def _marks(self) -> None:
        self._list.refresh()
        self._tell()

    # --- elsewhere

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()
        self.refresh_keys()

    def do_case(self) -> None:
        """To the case."""
        if self._row is not None:
            self.counter.go("case", number=self._row.number)

    def do_span(self) -> None:
        """Other days."""
        self.run_worker(self._ask_span(), group="files", exclusive=True)

    async def _ask_span(self) -> None:
        wrong: Explained | None = None
        asked = [
            Asked("since", "从", value=self._since, required=True, explains="这一天起办结的。"),
            Asked("until", "到", value=self._until, required=True, explains="到这一天为止。"),
        ]
        while (values := await self._days(asked, wrong)) is not None:
            since, until = values["since"].strip(), values["until"].strip()
            try:
                await self.counter.look(partial(archives.ended, since=since, until=until))
            except Explained as error:
                wrong = error
                continue
            self.forget(_SPAN)
            self._since, self._until = since, until
            await self.do_reload()
            return

    async def _days(self, asked: list[Asked], wrong: Explained | None) -> dict[str, str] | None:
        form = LongForm(_SPAN, asked, self.typed(_SPAN), wrong=wrong, yes="查看")
        given: dict[str, str] | None = await self.app.push_screen_wait(form)
        return given

    # --- packets

    def do_pack(self) -> None:
        """Those marked, else the one under the cursor."""
        chosen = [row.number for row in self._list.rows if row.number in self._marked]
        if self._row is not None:
            self.run_worker(self._pack(chosen or [self._row.number]), group="files", exclusive=True)

    async def _pack(self, cases: list[str]) -> None:
        done = await packing.pack(self, cases, self.policy)
        if done is None:
            return
        self._marked -= {one.record.case_number for one in done.packed}
        await self.do_reload()
        if done.failed or done.left:
            self.counter.attention(
                f"已归档 {len(done.packed)} 件，没有归档 {len(done.failed) + done.left} 件。"
            )
        else:
            self.counter.done(f"已归档 {len(done.packed)} 件，四性检测通过。")
        await packing.show(self, done)

    def do_check(self) -> None:
        """A packet from wherever."""
        self.run_worker(packing.check(self), group="files", exclusive=True)


OPENS = ArchivesScreen
