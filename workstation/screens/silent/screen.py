"""沉默属地: who has not answered for longer than usual, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.widget import Widget

from workstation.acts import contacts, dunning, papers
from workstation.acts.dunning import Letter
from workstation.acts.scanning import Scanned
from workstation.domain.contact import Contact
from workstation.domain.words import word
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Confirm
from workstation.screens.long_form import AskingScreen, Sheet
from workstation.screens.silent import lines
from workstation.screens.silent.lines import Line
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("属地", 12, flexible=True),
    Column("等什么", 14),
    Column("自", 5),
    Column("已等/通常", 14),
    Column("催办", 9),
    Column("电话", 16, wide_only=True),
    Column("邮件", 14, wide_only=True),
)
_NOBODY = "没有沉默的属地"
_ACTS = {"dun": "print_dunning_letter", "contact": "contact"}
_CALLED = (
    Asked("outcome", "结果", {code: word(code) for code in contacts.OUTCOMES}),
    Asked("channel", "方式", contacts.CHANNELS),
    Asked("next_on", "下次联系", explains="日期，如 2026-11-25；不用再联系就不填。"),
    Asked("note", "说明"),
)


class SilentScreen(AskingScreen):
    """The offices that are silent."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "沉默属地"
    DOES = (
        Do("dun", "催办", "ctrl+s", "cb", "向光标处的属地出具催办函，记第几次"),
        Do("contact", "联系", "f3", "lx", "打过电话了：登记结果，下次什么时候再打"),
        Do("case", "办件", "f4", "bj", "打开所属的办件"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("track", "轨迹", "f6", "gj", "邮件到了哪里"),
        Do("arrivals", "到件", "f8", "dj", "属地说收到了：凭回执码或通话登记签收"),
    )
    explains = (
        "逾常没有回音的业务属地，最久的在前：已等和通常都按工作日数，通常由协议、这个属地以往的快慢，"
        "或者设置来定。Enter 打开办件。妥投不是签收：要对方报回执码，或登记通话。"
    )

    def body(self) -> Iterator[Widget]:
        """The list, and below it all about the line under the cursor."""
        yield RecordList[Line](_HEADS, lambda row: row.cells, empty=f"（{_NOBODY}）", id="silent-lines")
        yield Words("正在查……", id="silent-told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Who is silent now; the cursor stays on its line."""
        if not self.counter.is_signed_in:
            return
        days, at = self.counter.mail_policy.silent_days, self._line
        rows = await self.counter.look(lambda desk: lines.look(desk, days=days))
        keys = [row.key for row in rows]
        before = min(self._list.cursor, len(rows) - 1)
        self._list.show(rows, at=keys.index(at.key) if at and at.key in keys else max(0, before))
        self._tell_line()

    def _tell_line(self) -> None:
        told = self._line.told if self._line else f"{_NOBODY}：该回音的都在往常的时间以内。"
        self.query_one("#silent-told", Words).say(told)

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#silent-lines", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._list.row if self.is_mounted else None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self._tell_line()
        self.refresh_keys()

    def on_record_list_opened(self) -> None:
        """Enter: the case."""
        self.do_case()

    def take_scan(self, scanned: Scanned) -> bool:
        """What one of these lines is about: there is the cursor."""
        found = [at for at, row in enumerate(self._list.rows) if row.is_about(scanned.object)]
        if self.app.screen is not self or not found:
            return False
        self._list.to(found[0])
        return True

    def why_not(self, name: str) -> str | None:
        """By role, and where there is a line."""
        if name == "reload":
            return None
        if self._line is None:
            return _NOBODY
        return self.barred(_ACTS[name]) if name in _ACTS else None

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()
        self.refresh_keys()

    # --- elsewhere

    def do_case(self) -> None:
        """To the case."""
        if self._line is not None:
            self.counter.go("case", number=self._line.silent.case_number)

    def do_track(self) -> None:
        """Where the envelope is, or what comes back."""
        if self._line is not None:
            silent = self._line.silent
            outward = silent.awaited == "receipt" and silent.envelope
            self.counter.go("parcels", number=outward or silent.consignment)

    def do_arrivals(self) -> None:
        """What the office says is recorded there."""
        if self._line is not None:
            self.counter.go("arrivals", number=self._line.silent.consignment)

    # --- asking the office

    def do_dun(self) -> None:
        """A letter; another one only after a question."""
        line = self._line
        if line is None:
            return
        if line.silent.dunned == 0:
            self._dun(line, yes=True)
            return
        text = f"{line.silent.office_name}\n已催办 {line.letters}。"
        question = Confirm("再出具一份催办函吗？", text, yes="再催一次", safe=True)
        self.app.push_screen(question, lambda yes: self._dun(line, yes=yes))

    def _dun(self, line: Line, *, yes: bool | None) -> None:
        if yes:
            self.counter.perform(lambda desk: dunning.dun(desk, line.silent.consignment), self._dunned)

    async def _dunned(self, letter: Letter) -> None:
        await self.do_reload()
        where = papers.where(self.desk, letter.paper)
        self.counter.done(f"已出具催办函，第 {letter.ordinal} 次催办。{where}")

    def do_contact(self) -> None:
        """A call, and what came of it."""
        line = self._line
        if line is None:
            return
        name = line.silent.consignment
        sheet: Sheet[Contact] = Sheet(
            title=f"联系属地　{name}",
            asked=_CALLED,
            act=lambda desk, values: contacts.add(
                desk,
                name,
                who="home_office",
                outcome=values["outcome"],
                channel=values["channel"],
                next_on=values["next_on"].strip() or None,
                note=values["note"].strip() or None,
            ),
            told=partial(_called, line),
            text=f"{line.silent.office_name}　电话 {line.phone or '名录里没有'}",
        )
        self.ask(sheet)


def _called(line: Line, contact: Contact) -> str:
    again = f"，下次 {contact.next_on}" if contact.next_on else ""
    channel = contacts.CHANNELS[contact.channel]
    return f"已登记联系：{line.silent.office_name}　{channel} {word(contact.outcome)}{again}"


OPENS = SilentScreen
