"""查找: one box, and the cases that fit as one types.

What is typed may be a name or a number of somebody: it stands on this screen and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.timer import Timer
from textual.widget import Widget

from workstation.acts import catalogue, masking, searching, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import Case
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.base import CounterScreen, Do
from workstation.widgets.field import Field
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

#: How long one has stopped typing before it is looked for.
PAUSE = 0.2
WHAT = (
    "可以查：办件编号，编号末四、五位，证件号码，电话，姓名或其中一部分，"
    "其他系统的编号、文号。也可以直接扫描。"
)
#: Of so many hits the state of their consignments is asked for; of more only their own.
_ASKED = 30
_HEADS = (
    Column("编号", 20),
    Column("状态", 14),
    Column("申请人", 12),
    Column("事项", 8, flexible=True),
    Column("收件时间", 16, wide_only=True),
    Column("首问", 6, wide_only=True),
)


@dataclass(frozen=True)
class Hit:
    """A case that fits, as it may be shown."""

    number: str
    state: str
    applicant: str
    title: str
    at: int
    clerk: str


class SearchScreen(CounterScreen):
    """The one search."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "查找"
    DOES = (Do("open", "打开", "f2", "dk", "打开光标所在的办件"),)
    explains = f"{WHAT}边打边找，Enter 打开；找到几件时用 ↓ 选。打的字不留在任何地方。"

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._given = text
        self._looked_for = ""
        self._hits: Sequence[Hit] = ()
        self._pause: Timer | None = None

    def body(self) -> Iterator[Widget]:
        """The box, what came of it, and the cases."""
        yield Field("search", "查什么", self._given, explains=self.explains)
        yield Words(WHAT, id="search-told")
        yield RecordList[Hit](_HEADS, _cells, empty="", id="hits")

    def on_mount(self) -> None:
        """Type at once."""
        self._box.focus()

    async def load(self) -> None:
        """Look again: what is shown may have changed; the cursor stays."""
        await self._search(self._box.value, anew=True)

    def why_not(self, name: str) -> str | None:  # noqa: ARG002 - there is one
        """Whether there is anything to open."""
        return None if self._hits else "还没有找到办件"

    @property
    def is_up_to_date(self) -> bool:
        """Whether what is shown is what was looked for."""
        return self._box.value == self._looked_for

    @property
    def _box(self) -> Field:
        return self.query_one("#field-search", Field)

    @property
    def _list(self) -> RecordList[Hit]:
        return self.query_one("#hits", RecordList)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Look for it once the typing stops."""
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._after_pause)

    def _after_pause(self) -> None:
        self.run_worker(self._search(self._box.value), group="search", exclusive=True)

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter: the only one opens, of several one chooses."""
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self.run_worker(self._enter(), group="search", exclusive=True)

    async def _enter(self) -> None:
        await self._search(self._box.value)
        if len(self._hits) == 1:
            self.do_open()
        elif self._hits:
            self._list.focus()

    async def _search(self, text: str, *, anew: bool = False) -> None:
        if text == self._looked_for and not anew:
            return
        same = text == self._looked_for
        try:
            hits = await self.counter.look(lambda desk: found(desk, text))
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        self._looked_for, self._hits = text, hits
        self._list.show(hits, at=self._list.cursor if same else 0)
        self._say(text)
        self.refresh_keys()

    def _say(self, text: str) -> None:
        if not text.strip():
            told = WHAT
        elif self._hits:
            told = f"✓ 找到 {len(self._hits)} 件，新的在前。"
        else:
            told = f"? 没有找到。{WHAT}"
        self.query_one("#search-told", Words).say(told)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a case."""
        event.stop()
        self.do_open()

    def do_open(self) -> None:
        """The case under the cursor."""
        row = self._list.row
        if row is not None:
            self.counter.go("case", number=row.number)

    def action_search(self) -> None:
        """`/` here: back into the box."""
        self._box.focus()


def found(desk: Desk, text: str) -> list[Hit]:
    """The cases that fit, newest first, masked."""
    cases = searching.search(desk, text)
    if not cases:
        return []
    with desk.reading() as reading:
        titles = {item.code: item.title for item in catalogue.all_items(reading)}
    return [_hit(desk, case, titles, asked=at < _ASKED) for at, case in enumerate(cases)]


def _hit(desk: Desk, case: Case, titles: dict[str, str], *, asked: bool) -> Hit:
    return Hit(
        number=case.number,
        state=viewing.case_file(desk, case.number).shown if asked else case.state,
        applicant=masking.field(case, "applicant_name") or "",
        title=titles.get(case.item, case.item),
        at=case.registered_at,
        clerk=case.clerk,
    )


def _cells(hit: Hit) -> Sequence[str]:
    return hit.number, word(hit.state), hit.applicant, hit.title, minute(hit.at), hit.clerk


OPENS = SearchScreen
