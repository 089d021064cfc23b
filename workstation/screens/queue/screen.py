"""督办队列: reasons with counts on the left, what stands there on the right; Enter opens where it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from workstation.acts import claims, offers, papers, queue
from workstation.acts.claims import Handover
from workstation.acts.desk import Desk
from workstation.acts.queue import REASONS, Line, Policies
from workstation.acts.scanning import Scanned
from workstation.domain.people import User
from workstation.domain.words import word
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Pick
from workstation.screens.queue import showing
from workstation.screens.queue.showing import ALL
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_NOTHING = "没有要办的"
_ACTS = {
    "claim": "claim_line",
    "reassign": "reassign_line",
    "see": "see_line",
    "handover": "print_shift_handover",
}


class QueueScreen(CounterScreen):
    """What asks for somebody."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "督办队列"
    DOES = (
        Do("claim", "认领放回", "f2", "rlfh", "由我来办；已经是我的，放回去"),
        Do("reassign", "改派", "f3", "gp", "交给另一位在岗的同事"),
        Do("see", "阅", "ctrl+s", "y", "拆封、再次告知、查看明文等只要过目的，看过了"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("handover", "交接班", "f6", "jjb", "我认领的全部交给接班的同事，出具交接班单"),
    )
    explains = (
        "左边选事由，右边是要办的，最急的在前，Enter 打开去办；办了就从这里消失。"
        "空格选上几行一起认领、改派、阅。下面是光标所在一行的说明。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "mark", "选上、不选", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Line] = ()
        self._counts: Mapping[str, int] = {}
        self._reason = ALL
        self._marked: set[str] = set()
        self._loaded = False

    def body(self) -> Iterator[Widget]:
        """Reasons on the left, lines on the right, all about one of them below."""
        with Horizontal(id="queue-main"):
            heads = (Column("事由", 10, flexible=True), Column("行", 4))
            yield RecordList[str](heads, self._reason_cells, id="queue-reasons")
            yield RecordList[Line](
                showing.HEADS,
                lambda line: showing.cells(line, self._marked),
                empty=f"（{_NOTHING}）",
                id="queue-lines",
            )
        yield Words("正在查……", id="queue-told")

    # --- what is shown

    async def load(self) -> None:
        """The queue as it is now; both cursors stay where they were."""
        if not self.counter.is_signed_in:
            return
        opened = self.counter.opened
        policies = Policies.of(opened.settings) if opened else Policies()
        at = self._line
        self._found = await self.counter.look(lambda desk: queue.listed(desk, policies=policies))
        self._marked &= {line.key for line in self._found}
        self._counts = {ALL: len(self._found), **queue.counts(self._found)}
        reasons = tuple(self._counts)
        if self._reason not in reasons:
            self._reason = ALL
        self._reasons.show(reasons, at=reasons.index(self._reason))
        self._show(at)
        if not self._loaded:
            self._loaded = True
            self._lines.focus()

    def _show(self, at: Line | None = None) -> None:
        """The lines of the reason; on the one that was shown, or where it was."""
        lines = [line for line in self._found if self._reason in (ALL, line.reason)]
        keys = [line.key for line in lines]
        before = min(self._lines.cursor, len(lines) - 1)
        self._lines.show(lines, at=keys.index(at.key) if at and at.key in keys else max(0, before))
        self._tell()

    def _tell(self) -> None:
        self.query_one("#queue-told", Words).say(showing.told(self._line, len(self._marked)))
        self.refresh_keys()

    def _reason_cells(self, reason: str) -> tuple[str, str]:
        title = "全部" if reason == ALL else REASONS[reason].title
        return title, str(self._counts[reason])

    @property
    def _reasons(self) -> RecordList[str]:
        return self.query_one("#queue-reasons", RecordList)

    @property
    def _lines(self) -> RecordList[Line]:
        return self.query_one("#queue-lines", RecordList)

    @property
    def _line(self) -> Line | None:
        return self._lines.row if self.is_mounted else None

    @property
    def _chosen(self) -> list[Line]:
        """The marked lines, or else the one under the cursor."""
        if self._marked:
            return [line for line in self._found if line.key in self._marked]
        return [self._line] if self._line else []

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another reason: its lines. Another line: what there is to say."""
        event.stop()
        if event.rows is self._lines:
            self._tell()
        elif event.row is not None and event.row != self._reason:
            self._reason = event.row
            self._show()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: into the list, or to where the line is resolved."""
        event.stop()
        if event.rows is self._reasons:
            self._lines.focus()
        else:
            line: Line = event.row
            self.counter.go(line.screen, **({"number": line.opens} if line.opens else {}))

    def take_scan(self, scanned: Scanned) -> bool:
        """The line of what was scanned: there is the cursor, whatever reason was shown."""
        if self.app.screen is not self or not scanned.object:
            return False
        found = next((line for line in self._found if line.is_about(scanned.object)), None)
        if found is None:
            return False
        self._reason = ALL
        self._reasons.to(0)
        self._show(found)
        self._lines.focus()
        return True

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, and by what is chosen."""
        if name == "reload":
            return None
        if reason := offers.barred(self.desk, _ACTS[name]):
            return reason
        if name == "handover":
            return None
        if not self._chosen:
            return _NOTHING
        if name == "see" and not all(line.is_looked_at for line in self._chosen):
            return "要办的不能只阅：办了才消失"
        return None

    def action_mark(self) -> None:
        """This line is chosen, or no longer; on to the next."""
        line = self._line
        if line is not None and self._lines.has_focus:
            self._marked ^= {line.key}
            self._lines.to(self._lines.cursor + 1)
            self._lines.refresh()
            self._tell()

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()

    def do_claim(self) -> None:
        """Mine; or, if all of them are, nobody's."""
        chosen, me = self._chosen, self.desk.signed_in().code
        if all(line.holder == me for line in chosen):
            self._perform(lambda desk: claims.release(desk, chosen), f"已放回 {len(chosen)} 行。")
        else:
            self._perform(lambda desk: claims.claim(desk, chosen), f"已认领 {len(chosen)} 行。")

    def do_see(self) -> None:
        """Looked at."""
        chosen = self._chosen
        self._perform(lambda desk: claims.see(desk, chosen), f"已阅 {len(chosen)} 行。")

    def do_reassign(self) -> None:
        """To whom?"""
        chosen = self._chosen
        self._to_whom(f"改派 {len(chosen)} 行给谁？", lambda to: self._reassign(chosen, to))

    def _reassign(self, chosen: Sequence[Line], to: str) -> None:
        self._perform(lambda desk: claims.reassign(desk, chosen, to), f"已改派 {len(chosen)} 行给 {to}。")

    def do_handover(self) -> None:
        """Who comes after me?"""
        me = self.desk.signed_in().code
        mine = sum(line.holder == me for line in self._found)
        text = f"我认领的 {mine} 行随之移交，出具交接班单。"
        self._to_whom("交接班：谁接班？", self._hand_over, text=text, but=me)

    def _hand_over(self, to: str) -> None:
        opened = self.counter.opened
        policies = Policies.of(opened.settings) if opened else Policies()
        self.counter.perform(lambda desk: claims.hand_over(desk, to, policies=policies), self._handed_over)

    async def _handed_over(self, done: Handover) -> None:
        await self.load()
        where = papers.where(self.desk, done.paper)
        self.counter.done(f"已交接班给 {done.to}：{done.lines} 行，交接班单 {done.paper.number}。{where}")

    def _to_whom(self, title: str, then: Callable[[str], None], *, text: str = "", but: str = "") -> None:
        self.run_worker(self._ask_whom(title, then, text, but), group="tasks")

    async def _ask_whom(self, title: str, then: Callable[[str], None], text: str, but: str) -> None:
        people = [user for user in await self.counter.look(claims.workers) if user.code != but]
        to = await self.app.push_screen_wait(
            Pick(title, [(user.code, _called(user)) for user in people], text=text)
        )
        if to is not None:
            then(to)

    def _perform(self, act: Callable[[Desk], Any], said: str) -> None:
        async def done(_: object) -> None:
            self._marked.clear()
            await self.load()
            self.counter.done(said)

        self.counter.perform(act, done)


def _called(user: User) -> str:
    return f"{user.code}　{user.name}　{word(user.role)}"


OPENS = QueueScreen
