"""A list that is there as a whole, with a box above it that narrows it as one types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.widget import Widget

from workstation.errors import Explained, on_screen
from workstation.screens.long_form import AskingScreen
from workstation.widgets.field import Field
from workstation.widgets.record_list import Column, RecordList

R = TypeVar("R")
_HOW = "边打边找；Enter 到列表，只有一条时打开。"


class Directory(AskingScreen, Generic[R]):
    """Some thousand records at most, found by a part of what is written of them."""

    HEADS: ClassVar[Sequence[Column]] = ()
    BY: ClassVar[str] = ""
    """What one can find them by."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text

    def body(self) -> Iterator[Widget]:
        """The box and the list."""
        yield Field("find", "查找", self._text, explains=f"可以打：{self.BY}。{_HOW}")
        yield RecordList(self.HEADS, self.cells, empty="（没有相符的）", id="found")

    def on_mount(self) -> None:
        """Type at once."""
        self._box.focus()

    async def load(self) -> None:
        """Read all of it anew; text and cursor stay."""
        if not self.counter.is_signed_in:
            return
        try:
            await self.read()
        except Explained as error:
            self.counter.attention(on_screen(f"{error.what}{error.why}"))
        else:
            self.narrow()

    async def read(self) -> None:
        """Ask for all there is."""
        raise NotImplementedError

    def fits(self, text: str) -> Sequence[R]:
        """The records that fit a text, the best first."""
        raise NotImplementedError

    def cells(self, row: R) -> Sequence[str]:
        """A record in its columns."""
        raise NotImplementedError

    def key(self, row: R) -> str:
        """By what a record is known again."""
        raise NotImplementedError

    def open(self, row: R) -> None:
        """Enter on a record."""
        raise NotImplementedError

    @property
    def row(self) -> R | None:
        """The record under the cursor."""
        return self._list.row if self.is_mounted else None

    def narrow(self) -> None:
        """Show what fits; the cursor stays on its record while that is there."""
        row, fitting = self._list.row, self.fits(self._box.value)
        keys = [self.key(each) for each in fitting]
        at = keys.index(self.key(row)) if row is not None and self.key(row) in keys else 0
        self._list.show(fitting, at=at)
        self._box.note(f"{len(fitting)} 条　{self.BY}")

    @property
    def _box(self) -> Field:
        return self.query_one("#field-find", Field)

    @property
    def _list(self) -> RecordList[R]:
        return self.query_one("#found", RecordList)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another text."""
        event.stop()
        self.narrow()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in the box: the only one opens, of several one chooses."""
        event.stop()
        if len(self._list.rows) == 1:
            self.open(self._list.rows[0])
        else:
            self._list.focus()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """On another record other acts are possible."""
        event.stop()
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a record."""
        event.stop()
        self.open(event.row)


def folded(text: str) -> str:
    """A text as it is compared, however the input method gave it."""
    return unicodedata.normalize("NFKC", text).casefold()


def holds(words: str, text: str) -> bool:
    """Whether what is written of a record, folded, holds each part of what was typed."""
    return all(part in words for part in folded(text).split())
