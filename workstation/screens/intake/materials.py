"""材料: the rows of the checklist, and what of each is handed in for which office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workstation.acts import entry
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.dialogs import Asked
from workstation.screens.intake.part import Part, Rows
from workstation.widgets.record_list import Column, RecordList

if TYPE_CHECKING:
    from forms.items import ChecklistRow

_MOST_ROWS = 12
_HEADS = (
    Column("收", 2),
    Column("材料", 20, flexible=True),
    Column("要求", 14),
    Column("已收", 22),
    Column("寄往", 24, wide_only=True),
)
FORMS = ("original", "copy")
_SHORT = {"original": "原件", "copy": "复印件", "copy_checked": "核原件留复印"}
#: Names of the counts in their dialog.
_COUNTS = ("copies", "pages")
Material = dict[str, Any]


@dataclass(frozen=True)
class MaterialLine:
    """A row of the checklist, for one office."""

    row: ChecklistRow
    office: int
    office_name: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Row and office."""
        return self.row.id, self.office


class MaterialRows(Rows[MaterialLine]):
    """The checklist, with a key to take what a row asks for."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "take", "照清单收下或取消", show=False)]

    def action_take(self) -> None:
        """Space."""
        if self.row is not None and isinstance(self.parent, MaterialsPart):
            self.parent.toggle(self.row)


class MaterialsPart(Part):
    """What is handed in, row by row."""

    class Refused(Part.Of):
        """A row takes no paper; the screen says why."""

        def __init__(self, part: Part, why: str) -> None:
            super().__init__(part)
            self.why = why

    class Counting(Part.Of):
        """Enter on a row: its counts are to be asked for."""

        def __init__(self, part: Part, line: MaterialLine) -> None:
            super().__init__(part)
            self.line = line

    def __init__(self) -> None:
        super().__init__(id="part-materials")
        self._rows = MaterialRows(_HEADS, self._cells, empty="（选了事项就列出材料清单）", id="materials")
        self._lines: list[MaterialLine] = []
        self._taken: list[Material] = []
        self._others: list[Any] = []
        """What a draft has that is no material: kept, so that nothing is lost and the act can say so."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield self._rows

    @property
    def form(self) -> list[Any]:
        """What is handed in; while the checklist is known, nothing that it has no row for."""
        known = {line.key for line in self._lines}
        return [each for each in self._taken if not known or key_of(each) in known] + self._others

    @property
    def line(self) -> MaterialLine | None:
        """The row under the cursor."""
        return self._rows.row

    def enter(self) -> None:
        """Tick here."""
        self._rows.focus()

    def fill(self, materials: Sequence[Any]) -> None:
        """Take over what a draft has."""
        self._taken = [dict(each) for each in materials if isinstance(each, dict)]
        self._others = [each for each in materials if not isinstance(each, dict)]

    def know(self, rows: Sequence[ChecklistRow], offices: Sequence[str]) -> None:
        """The checklist, once for each office."""
        names = offices or [""]
        self._lines = [
            MaterialLine(row, ordinal, name) for ordinal, name in enumerate(names, start=1) for row in rows
        ]
        self._show()

    def toggle(self, line: MaterialLine) -> None:
        """Take what the row asks for, or give it back."""
        if line.row.exempt:
            self.post_message(self.Refused(self, f"“{line.row.name}”免提交，不收纸质材料。"))
        elif self.of(line):
            self._put(line, [])
        else:
            self._put(line, as_asked(line))

    def take_all(self) -> int:
        """Take every row that is always asked for, as it is asked for; gives how many there are now."""
        for line in self._lines:
            if line.row.condition is None and not line.row.exempt and not self.of(line):
                self._taken += as_asked(line)
        self._show()
        self.post_message(self.Changed(self))
        return sum(1 for line in self._lines if self.of(line))

    def count(self, line: MaterialLine, values: Mapping[str, str]) -> None:
        """Take over the counts of a row as they were typed; without copies nothing of that form is there."""
        self._put(line, [*_counted(line, values)])

    def of(self, line: MaterialLine) -> list[Material]:
        """What is handed in for a row."""
        return [each for each in self._taken if key_of(each) == line.key]

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a row."""
        event.stop()
        if event.row.row.exempt:
            self.toggle(event.row)
        else:
            self.post_message(self.Counting(self, event.row))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """F1 says what the paper must be like."""
        said = f"{standard(event.row.row)}\n" if event.row else ""
        self._rows.explains = f"{said}空格照清单收下或取消，Enter 改份数页数，^A 全部照清单收下。"

    def _put(self, line: MaterialLine, materials: Sequence[Material]) -> None:
        self._taken = [each for each in self._taken if key_of(each) != line.key] + list(materials)
        self._show()
        self.post_message(self.Changed(self))

    def _show(self) -> None:
        self._rows.show(self._lines, at=self._rows.cursor)
        self._rows.fit(_MOST_ROWS)

    def _cells(self, line: MaterialLine) -> Sequence[str]:
        row, taken = line.row, self.of(line)
        sign = "✓" if taken else "-" if row.exempt or row.condition else "·"
        asked = "免提交" if row.exempt else f"{_SHORT[row.form]} {row.copies}"
        held = "、".join(_held(each) for each in taken) or row.condition or ""
        several = len({each.office for each in self._lines}) > 1
        name = f"{line.office} {row.name}" if several else row.name
        return sign, name, asked, held, line.office_name


def key_of(material: Mapping[str, Any]) -> tuple[Any, Any]:
    """Row and office of what is handed in."""
    return material.get("row"), material.get("office", 1)


def as_asked(line: MaterialLine) -> list[Material]:
    """What a row asks for; an original that is only looked at is handed in once."""
    row = line.row
    if row.form in FORMS:
        return [_material(line, row.form, row.copies)]
    return [_material(line, "original", 1), _material(line, "copy", row.copies)]


def standard(row: ChecklistRow) -> str:
    """审查要点 of a row, with its condition, its sample and where it comes from."""
    condition = f"（{row.condition}）" if row.condition else ""
    sample = f"\n{row.sample}" if row.sample else ""
    return f"{row.name}{condition}：{row.standard}{sample}\n{row.source}"


def asked_of(taken: Sequence[Material]) -> Iterator[Asked]:
    """The lines of the dialog that asks for counts."""
    for form in FORMS:
        of_form = [each for each in taken if each.get("form") == form]
        for name in _COUNTS:
            value = str(of_form[0].get(name, 1)) if of_form else ""
            yield Asked(f"{form}.{name}", f"{word(form)}{entry.LABELS[name]}", value=value)


def wrong_in(values: Mapping[str, str], check: Callable[[str, str], Explained | None]) -> Explained | None:
    """The first count that is none."""
    found = (check(f"materials[0].{name.rpartition('.')[2]}", text) for name, text in values.items())
    return next((error for error in found if error is not None), None)


def _counted(line: MaterialLine, values: Mapping[str, str]) -> Iterator[Material]:
    for form in FORMS:
        counts = {name: values.get(f"{form}.{name}", "").strip() for name in _COUNTS}
        if any(counts.values()):
            yield {**_material(line, form, 1), **{name: int(text) for name, text in counts.items() if text}}


def _material(line: MaterialLine, form: str, copies: int) -> Material:
    return {"row": line.row.id, "form": form, "copies": copies, "pages": 1, "office": line.office}


def _held(material: Mapping[str, Any]) -> str:
    pages = material.get("pages", 1)
    of_pages = f"×{pages}页" if str(pages) != "1" else ""
    return f"{_SHORT.get(str(material.get('form')), '？')} {material.get('copies', 1)}{of_pages}"
