"""A field in which one types until the right line stands below: items by pinyin, places by name or code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult

from workstation.acts import catalogue, entry
from workstation.acts.entry import Division
from workstation.errors import Explained, WrongUsage
from workstation.screens.intake.part import Part, Rows
from workstation.widgets.field import Entry, Field
from workstation.widgets.record_list import Column, RecordList

if TYPE_CHECKING:
    from forms.items import Item
    from forms.items.finder import Finder

R = TypeVar("R")

_MOST_ROWS = 7
#: So many lines are offered; who wants another one types on.
_OFFERED = 40
#: So many characters of a title are seen in its field at 80 columns.
_WHOLE_TITLE = 17


class Finding(Part, Generic[R]):
    """A field, and below it the lines that fit as long as none is chosen."""

    DEFAULT_CSS = """
    Finding Rows { display: none; }
    Finding.-open Rows { display: block; }
    """
    HEADS: Sequence[Column] = ()
    none = "（没有）"

    def __init__(self, name: str, label: str, *, explains: str) -> None:
        super().__init__(id=f"part-{name.replace('_', '-')}")
        self._field = Field(name, label, explains=explains)
        self._rows: Rows[R] = Rows(
            self.HEADS, self.cells, empty=self.none, id=f"found-{name}".replace("_", "-")
        )
        self._rows.explains = "↑↓ 选一行，Enter 就用它；继续打字请回到上面一栏。"
        self.chosen: R | None = None

    def compose(self) -> ComposeResult:
        """The field and the lines."""
        yield self._field
        yield self._rows

    def found(self, text: str) -> Sequence[R]:
        """The lines that fit a text, the best first."""
        raise NotImplementedError

    def known(self, text: str) -> R | None:
        """What a text stands for by itself, without choosing."""
        raise NotImplementedError

    def recalled(self, text: str) -> R | None:
        """What a text of a draft stands for."""
        return self.known(text)

    def written(self, row: R) -> str:
        """What stands in the field once a line is chosen."""
        raise NotImplementedError

    def cells(self, row: R) -> Sequence[str]:
        """A line in its columns."""
        raise NotImplementedError

    def told(self, row: R) -> None:
        """Say beside the field what is chosen."""
        raise NotImplementedError

    @property
    def missing(self) -> WrongUsage:
        """What is said where something is typed and nothing chosen."""
        return entry.NotYet(
            "not-chosen",
            what="还没有选定。",
            why=f"“{self._field.label}”还没有选定。",
            next="请在下面的列表里选一行，按 Enter。",
        )

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.value

    def fill(self, text: str) -> None:
        """Take over what a draft has, or what was asked for."""
        found = self.recalled(text)
        if found is None:
            self.chosen, self._field.value = None, text
        else:
            self._write(found)
        self._offer()

    def enter(self) -> None:
        """Type here."""
        self._field.focus()

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """Nothing is chosen."""
        if self.chosen is None:
            yield self._field, self.missing

    def on_descendant_focus(self) -> None:
        """Whoever comes back to choose sees what there is."""
        self.check()

    @property
    def _is_here(self) -> bool:
        return self._field.has_cursor or self._rows.has_focus

    def check(self) -> None:
        """Say what is chosen, or that nothing is; offer lines only to who is here."""
        offers = bool(self.text.strip() or self._rows.rows)
        self.set_class(self.chosen is None and self._is_here and offers, "-open")
        if self.chosen is not None:
            self.told(self.chosen)
        elif self._is_here:
            self._field.note()
        elif self.text.strip():
            self._field.wrong("还没有选定")
        else:
            self._field.note("必填")

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another text."""
        event.stop()
        if self.chosen is None or self.text != self.written(self.chosen):
            self.chosen = self.known(self.text) if self.text.strip() else None
        self._offer()
        self.post_message(self.Changed(self))

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in a field."""
        event.stop()
        if self.chosen is not None:
            self.post_message(self.Left(self))
        elif not self.text.strip():
            self._rows.focus()
        elif self._rows.row is None:
            self._field.wrong(self.none.strip("（）"))
        else:
            self._choose(self._rows.row)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        event.stop()
        self._choose(event.row)

    def _choose(self, row: R) -> None:
        self._write(row)
        self._offer()
        self.post_message(self.Changed(self))
        self.post_message(self.Left(self))

    def _write(self, row: R) -> None:
        self.chosen = row
        self._field.value = self.written(row)
        # Of what is longer than the field, the beginning is seen.
        self._field.query_one(Entry).cursor_position = 0

    def _offer(self) -> None:
        if self.chosen is None:
            self._rows.show(self.found(self.text))
            self._rows.fit(_MOST_ROWS)
        self.check()


class ItemPart(Finding["Item"]):
    """事项."""

    HEADS = (
        Column("序号", 6),
        Column("事项", 20, flexible=True),
        Column("办理方式", 20),
        Column("属地依据", 12),
    )
    none = "（没有这样的事项：换个词再找）"

    def __init__(self) -> None:
        super().__init__(
            "item",
            "事项",
            explains="打汉字、拼音、首字母或清单序号；下面列出合适的，Enter 用第一个，↓ 挑别的。",
        )
        self._finder: Finder | None = None
        self._items: Mapping[str, Item] = {}

    def know(self, finder: Finder, items: Mapping[str, Item]) -> None:
        """The items there are in this hall."""
        self._finder, self._items = finder, items
        if self.chosen is not None:
            self.chosen = items.get(self.chosen.code, self.chosen)
        self._offer()

    @property
    def code(self) -> str:
        """Code of the chosen item, or what is typed so far."""
        return self.chosen.code if self.chosen else self.text

    @property
    def way(self) -> str:
        """How an item is done that is not received at the counter; empty for others."""
        if self.chosen is None or self.chosen.path.is_received:
            return ""
        word = catalogue.path_word(self.chosen)
        return f"办理方式是“{word}”，窗口不收材料：照常登记，登记后指引申请人去办。"

    @property
    def said(self) -> tuple[str, ...]:
        """What does not fit beside the field: a long title, and a way that leads elsewhere."""
        title = self.chosen.title if self.chosen else ""
        long = f"· 事项：{title}" if len(title) > _WHOLE_TITLE else ""
        return tuple(text for text in (long, f"! {self.way}" if self.way else "") if text)

    def found(self, text: str) -> Sequence[Item]:
        """By Chinese, pinyin, initials or number."""
        found = self._finder.find(text, _OFFERED) if self._finder else []
        return [self._items[each.code] for each in found if each.code in self._items]

    def known(self, text: str) -> Item | None:  # noqa: ARG002 - the port
        """A number typed may be the beginning of another: nothing is known before it is chosen."""
        return None

    def recalled(self, text: str) -> Item | None:
        """A draft names the item by its code."""
        return self._items.get(text)

    def written(self, row: Item) -> str:
        """The title."""
        return row.title

    def cells(self, row: Item) -> Sequence[str]:
        """Number, title, way, place."""
        return row.code, row.title, catalogue.path_word(row), row.basis_place

    def told(self, row: Item) -> None:
        """Number, way and place beside the title."""
        said = f"{row.code} {catalogue.path_word(row)}　{row.basis_place}"
        self._field.right(said) if row.path.is_received else self._field.note(said)


class PlacePart(Finding[Division]):
    """属地依据: the division that decides the home office."""

    HEADS = (Column("代码", 6), Column("行政区划", 20, flexible=True))
    none = "（区划表里没有：可以直接填 6 位代码）"

    def __init__(self) -> None:
        super().__init__(
            "basis_place",
            "属地依据",
            explains="户籍地、迁入地等所在的区县：填 6 位区划代码，或打名称的一部分（几部分用空格隔开）。",
        )

    def found(self, text: str) -> Sequence[Division]:
        """By the beginning of the code, or parts of the name."""
        return entry.find_divisions(text, limit=_OFFERED)

    def known(self, text: str) -> Division | None:
        """Six digits, in the table or not."""
        return entry.division(text)

    def written(self, row: Division) -> str:
        """The code."""
        return row.code

    def cells(self, row: Division) -> Sequence[str]:
        """Code and full name."""
        return row.code, row.words

    def told(self, row: Division) -> None:
        """The full name; a code nobody knows is told, and is no mistake."""
        self._field.right(row.words) if row.name else self._field.note(row.words)
