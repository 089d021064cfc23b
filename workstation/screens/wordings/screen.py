"""文书措辞: the papers with the wording in force; Enter reads it, a file brings another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.widget import Widget

from workstation.acts import trials, wordings
from workstation.domain.times import minute
from workstation.domain.wording import Wording, WordingState
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.screens.base import Do
from workstation.screens.dialogs import Confirm, Reading
from workstation.screens.long_form import AskingScreen
from workstation.screens.wordings import files
from workstation.widgets.record_list import Column, RecordList

_ACTS = {"take_in": "set_wording", "reset": "reset_wording"}


class WordingsScreen(AskingScreen):
    """For whoever says what applicants read."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "文书措辞"
    DOES = (
        Do("read", "看样张", "f4", "kyz", "现用的文字，填上样例内容"),
        Do("take_in", "换文字", "f5", "hwz", "从文件换成本大厅的文字；先看样张，再启用"),
        Do("give_out", "导出", "f6", "dc", "现用的文字或系统原文写到文件里，编辑后再换"),
        Do("reset", "恢复", "f7", "hf", "恢复系统原文"),
        Do("facts", "事实", "f8", "ss", "文字里可以写的事实：名称、含义、样例"),
    )
    HEADS = (
        Column("文书", 18, flexible=True),
        Column("现用的文字", 14),
        Column("自", 18),
        Column("启用人", 8),
        Column("摘要", 14, wide_only=True),
    )
    explains = "Enter 看样张。换了文字，以后的纸用新的；以前打印的，补打时仍用原来的。"

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield RecordList(self.HEADS, _cells, id="wordings")

    def on_mount(self) -> None:
        """Choose at once."""
        self._list.focus()

    async def load(self) -> None:
        """All papers anew; the cursor stays on its own."""
        if not self.counter.is_signed_in:
            return
        try:
            found = await self.counter.look(wordings.listed)
        except Explained as error:
            self.counter.attention(on_screen(f"{error.what}{error.why}"))
            return
        at = [one.document for one in found].index(self.wording.document) if self.wording else 0
        self._list.show(found, at=at)

    @property
    def wording(self) -> Wording | None:
        """The wording under the cursor."""
        return self._list.row

    @property
    def _list(self) -> RecordList[Wording]:
        return self.query_one("#wordings", RecordList)

    def why_not(self, name: str) -> str | None:
        """Whose act it is, and whether there is anything to go back from."""
        if name in _ACTS and (barred := self.barred(_ACTS[name])) is not None:
            return barred
        if self.wording is None:
            return "没有选文书"
        if name == "reset" and self.wording.state != WordingState.CURRENT:
            return "现用的就是系统原文"
        return None

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """On another paper other acts are possible."""
        event.stop()
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a paper."""
        event.stop()
        self.do_read()

    def do_read(self) -> None:
        """As it reads on paper."""
        if (one := self.wording) is not None:
            self.run_worker(self._read(one), group="reading", exclusive=True)

    async def _read(self, one: Wording) -> None:
        try:
            text = await self.counter.look(lambda _: trials.preview(one.document, one.text))
        except Explained as error:
            await self.counter.refuse(error)
            return
        await self.app.push_screen_wait(Reading(f"{word(one.document)}（{word(one.state)}，样例）", text))

    def do_facts(self) -> None:
        """What may be written in braces."""
        if (one := self.wording) is not None:
            told = [f"{{{{{f.name}}}}}　{f.label}：{f.sample}" for f in wordings.facts(one.document)]
            self.app.push_screen(Reading(f"{word(one.document)}：可以写的事实", "\n".join(told)))

    def do_take_in(self) -> None:
        """Another wording out of a file."""
        if (one := self.wording) is not None:
            files.take_in(self, one)

    def do_give_out(self) -> None:
        """Its wording into a file."""
        if (one := self.wording) is not None:
            files.give_out(self, one)

    def do_reset(self) -> None:
        """Back to the shipped one, once asked."""
        if (one := self.wording) is not None:
            self.run_worker(self._reset(one), group="resetting", exclusive=True)

    async def _reset(self, one: Wording) -> None:
        told = "本大厅的这份文字留在账上，用它打印过的纸补打时仍用它。"
        question = Confirm(f"{word(one.document)}恢复系统原文吗？", told, yes="恢复", safe=True)
        if await self.app.push_screen_wait(question):
            self.counter.perform(lambda desk: wordings.reset_wording(desk, one.document), self._told_reset)

    async def _told_reset(self, one: Wording) -> None:
        self.counter.done(f"{word(one.document)}已恢复系统原文。")
        await self.load()
        self.refresh_keys()


def _cells(row: Wording) -> Sequence[str]:
    sign = "*" if row.state == WordingState.CURRENT else " "
    since = minute(row.since) if row.since else ""
    return word(row.document), f"{sign} {word(row.state)}", since, row.by, row.digest[:12]


OPENS = WordingsScreen
