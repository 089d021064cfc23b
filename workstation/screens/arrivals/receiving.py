"""属地签收, asked with the 内件清单 beside it: each row is there unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widget import Widget
from textual.worker import WorkType

from workstation.acts import receipts
from workstation.acts.desk import Desk
from workstation.acts.receipts import DAMAGED, MISSING, Expected
from workstation.domain.case import Piece
from workstation.domain.envelope import Envelope
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.arrivals.asking import Values
from workstation.screens.arrivals.way import TAIL
from workstation.screens.dialogs import Asked, Form
from workstation.widgets.field import Field
from workstation.widgets.record_list import Column, RecordList

Look = Callable[[Desk, Values], Expected | None]
"""The envelope that is spoken of, by what has been typed so far; None: that is not enough to tell."""

ROWS = Asked(
    "rows",
    "缺、损",
    aside=True,
    explains="内件清单上缺的、损的行，如 3缺 5损（也可以写 3q 5s）；全部收到就不填。",
)
_HINT = "缺损写行号，如 3q 5s"
_SAYS = {MISSING: "缺", DAMAGED: "损"}
#: What a blank makes of a row: there, missing, damaged, and there again.
_NEXT = {None: MISSING, MISSING: DAMAGED, DAMAGED: None}
_HEADS = (
    Column("行", 3),
    Column("核对", 6),
    Column("材料", 12, flexible=True),
    Column("形式", 8),
    Column("份", 3),
)


@dataclass(frozen=True)
class Received:
    """An envelope that was acknowledged, and what the home office told of its rows."""

    envelope: Envelope
    ticks: Mapping[int, str]


def told(received: Received) -> str:
    """In one line; what is not as it should be stands first."""
    envelope = received.envelope
    tail = f"{envelope.office_name}，封套 {envelope.number[-TAIL:]}。"
    if not received.ticks:
        return f"属地已签收：{tail}"
    tasks = "、".join(word(kind) for kind in _SAYS if kind in received.ticks.values())
    return f"属地已签收，{summed_up(received.ticks)}，已记入待办：{tasks}。{tail}"


def summed_up(ticks: Mapping[int, str]) -> str:
    """How many rows are missing, how many damaged."""
    counts = {says: list(ticks.values()).count(kind) for kind, says in _SAYS.items()}
    return "、".join(f"{says} {count} 项" for says, count in counts.items() if count)


def written(ticks: Mapping[int, str]) -> str:
    """Ticks as one types them."""
    return " ".join(f"{row}{_SAYS[kind]}" for row, kind in sorted(ticks.items()))


class Listed(RecordList[tuple[int, Piece]]):
    """The rows, each with its number; as high as there are some."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The heading and a line each."""
        return 1 + max(1, len(self.rows))


class Receiving(Form):
    """Code or person, and below them the rows: typed in one line, or turned with the blank."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "turn", "收到、缺、损，换一个", show=False),
    ]
    DEFAULT_CSS = """
    Receiving Listed { height: auto; max-height: 7; }
    Receiving.-tall > .dialog--box { max-height: 34; }
    Receiving.-tall Listed { max-height: 20; }
    """

    def __init__(
        self, title: str, asked: Sequence[Asked], *, look: Look, by: Sequence[str] = (), **told: Any
    ) -> None:
        super().__init__(title, asked, **told)
        self._look, self._by = look, tuple(by)
        self._pieces: tuple[Piece, ...] = ()
        self._ticks: dict[int, str] = {}

    def below(self) -> Iterator[Widget]:
        """What the home office should have."""
        rows = Listed(_HEADS, self._cells, empty="（报出回执码，就列出该有的内件）")
        rows.explains = "↑↓ 移动；空格：收到、缺、损换一个。Enter 回到“缺、损”。"
        yield rows

    def on_mount(self) -> None:
        """The rows, as far as one knows which."""
        self._ask_rows()

    @property
    def _list(self) -> Listed:
        return self.query_one(Listed)

    @property
    def _field(self) -> Field:
        return self.query_one(f"#field-{ROWS.name}", Field)

    def _cells(self, row: tuple[int, Piece]) -> Sequence[str]:
        number, piece = row
        kind = self._ticks.get(number)
        several = len({each.case_number for each in self._pieces}) > 1
        name = f"{piece.name}　…{piece.case_number[-TAIL:]}" if several else piece.name
        sign = f"! {_SAYS[kind]}" if kind else "✓ 收到"
        return str(number), sign, name, word(piece.form), str(piece.copies)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another code may be another envelope; what is typed of the rows shows in the list."""
        event.stop()
        if event.field.name in self._by:
            self._ask_rows()
        elif event.field is self._field:
            self._understand()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a row writes nothing."""
        event.stop()
        self._field.focus()

    def action_turn(self) -> None:
        """The row under the cursor is there, missing, damaged."""
        row = self._list.row
        if row is None or not self._list.has_focus:
            return
        if self._is_unclear():  # what was typed would be lost
            return
        kind = _NEXT[self._ticks.pop(row[0], None)]
        if kind is not None:
            self._ticks[row[0]] = kind
        self._field.value = written(self._ticks)
        self._list.refresh()

    def action_done(self) -> None:
        """Not while nobody can tell which rows are meant."""
        if not self._is_unclear():
            super().action_done()

    def _is_unclear(self) -> bool:
        """Whether nobody can tell which rows are meant; then it is said, and can be mended."""
        wrong = self._wrong_rows()
        if wrong:
            self._field.wrong(wrong)
            self._field.focus()
        return wrong is not None

    # --- which rows there are

    def _ask_rows(self) -> None:
        work: WorkType[None] = self._fetch
        self.run_worker(work, group="list", exclusive=True)

    async def _fetch(self) -> None:
        values = self.values
        try:
            found = await self.counter.look(lambda desk: self._look(desk, values))
        except Explained:
            found = None  # the act will say why
        self._pieces = found.rows if found else ()
        self._list.show(list(enumerate(self._pieces, start=1)), at=self._list.cursor)
        self._list.refresh(layout=True)
        self._understand()

    # --- what is said of them

    def _understand(self) -> None:
        """Let the list follow what is typed, as far as it can be understood."""
        wrong = self._wrong_rows()
        if wrong:
            self._field.note(wrong)
            return
        self._ticks = receipts.ticked(self._field.value)
        if self._ticks:
            self._field.note(f"{summed_up(self._ticks)}，将生成待办")
        else:
            self._field.right(f"全部收到；{_HINT}")
        self._list.refresh()

    def _wrong_rows(self) -> str | None:
        """Why what is typed names no rows of this list."""
        try:
            rows = receipts.ticked(self._field.value)
        except Explained:
            return _HINT
        last = len(self._pieces)
        beyond = [row for row in rows if row > last or row < 1] if last else []
        return f"清单只有 1 至 {last} 行" if beyond else None
