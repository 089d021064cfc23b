"""What the parts of the hand-in share: they hold what is typed and say when it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from textual.containers import Vertical
from textual.message import Message

from workstation.acts import entry
from workstation.errors import Explained, on_screen
from workstation.widgets.field import Field
from workstation.widgets.record_list import RecordList

R = TypeVar("R")

#: Half a value is wrong in these ways until it is whole: told mildly as long as the cursor is in it.
_UNFINISHED = ("-length", "-form", "-number", "-area", "-too-short", "digits-expected", "day-impossible")


class Part(Vertical):
    """One part of the form."""

    DEFAULT_CSS = "Part { height: auto; }"

    class Of(Message):
        """Something about a part."""

        def __init__(self, part: Part) -> None:
            super().__init__()
            self.part = part

        @property
        def control(self) -> Part:
            """The part."""
            return self.part

    class Changed(Of):
        """Something in a part is different now."""

    class Left(Of):
        """Enter at the end of a part: on to the next."""

    def enter(self) -> None:
        """Begin here."""
        raise NotImplementedError

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """What is wrong, and where; what has not been typed yet is `NotYet`."""
        return iter(())

    def on_descendant_blur(self) -> None:
        """Whoever leaves a field has typed all of it."""
        self.call_later(self.check)

    def check(self) -> None:
        """Say beside each field what is right and wrong of it."""


class Rows(RecordList[R], Generic[R]):
    """A list inside a form: beyond its ends the arrow keys go on to the next part."""

    def action_move(self, step: int) -> None:
        """One row on, or out of the list."""
        if 0 <= self.cursor + step < len(self.rows):
            self.to(self.cursor + step)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def fit(self, most: int) -> None:
        """As high as its rows, up to so many; one line says that there are none."""
        self.styles.height = min(max(1, len(self.rows)), most) + 1


def tell(field: Field, error: Explained | None, told: str = "") -> None:
    """What is wrong beside the field; mildly while it is being typed. Nothing wrong: what follows from it."""
    if error is None:
        field.right(told) if field.value.strip() else field.note()
    elif isinstance(error, entry.NotYet):
        field.note("必填")
    elif field.has_cursor and error.code.endswith(_UNFINISHED):
        field.note(on_screen(error.why))
    else:
        field.wrong(on_screen(error.why))


def text_of(given: Mapping[str, Any], name: str) -> str:
    """A text of a draft, whatever else somebody has put there."""
    value = given.get(name)
    return "" if value is None or isinstance(value, dict | list) else str(value)


def mapping_of(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part of a draft that has parts itself."""
    value = given.get(name)
    return dict(value) if isinstance(value, dict) else {}
