"""业务属地部门: which offices the papers go to; the first one's checklist counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workstation.acts import entry
from workstation.domain.office import Office
from workstation.errors import Explained
from workstation.screens.dialogs import Asked
from workstation.screens.intake.part import Part, Rows, text_of
from workstation.widgets.record_list import Column, RecordList

_MOST_ROWS = 4
_HEADS = (
    Column("寄往", 4),
    Column("业务属地部门", 20, flexible=True),
    Column("代码", 16),
    Column("核实", 10),
    Column("地址", 30, wide_only=True),
)
#: An office as the form has it: its code in the directory, or all of it written out.
Named = str | dict[str, Any]


@dataclass(frozen=True)
class OfficeLine:
    """An office one can choose."""

    named: Named
    name: str
    division: str = ""
    verified_on: str = ""
    address: str = ""

    @property
    def code(self) -> str:
        """Its code, also where it is written out here for the first time."""
        return code_of(self.named)

    @classmethod
    def of(cls, office: Office) -> OfficeLine:
        """An office of the directory."""
        return cls(office.code, office.name, office.division, office.verified_on or "从未", office.address)


class OfficeRows(Rows[OfficeLine]):
    """The offices, with a key to tick one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", "选上或取消", show=False)]

    def action_tick(self) -> None:
        """Space."""
        if self.row is not None and isinstance(self.parent, OfficesPart):
            self.parent.toggle(self.row.named)


class OfficesPart(Part):
    """The offices of the place, those ticked numbered in the order they were."""

    def __init__(self) -> None:
        super().__init__(id="part-offices")
        self._rows = OfficeRows(
            _HEADS,
            self._cells,
            empty="（填了属地依据就列出那里的部门；通讯录里没有的按 F2 写）",
            id="offices",
        )
        self._rows.explains = (
            "空格选上或取消，可以选几个（多地联办）；数字是顺序，材料清单按第一个。Enter 往下。"
        )
        self._lines: list[OfficeLine] = []
        self._by_default: Named | None = None
        self._is_accepted = False
        """Whether somebody has gone on with what is ticked: then another office is one more."""
        self.picked: list[Named] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield self._rows

    @property
    def codes(self) -> list[str]:
        """Codes of the chosen ones."""
        return [code_of(named) for named in self.picked]

    @property
    def first(self) -> OfficeLine | None:
        """The one whose checklist counts."""
        first = self.codes[:1]
        return next((line for line in self._lines if [line.code] == first), None)

    @property
    def written_out(self) -> dict[str, Any]:
        """The office under the cursor, if it is written out here."""
        row = self._rows.row
        return dict(row.named) if row and isinstance(row.named, dict) else {}

    @property
    def names(self) -> list[str]:
        """What the chosen ones are called, in their order."""
        names = {line.code: line.name for line in self._lines}
        return [names.get(code, code) for code in self.codes]

    def enter(self) -> None:
        """Choose here."""
        self._rows.focus()

    def fill(self, offices: Sequence[Named]) -> None:
        """Take over what a draft has."""
        self.picked = list(offices)

    def know(self, found: Sequence[Office], others: Mapping[str, Office]) -> None:
        """The offices of the place, and those chosen that lie elsewhere; the first is meant by default."""
        if self._by_default is not None and self.picked == [self._by_default]:
            self.picked = []
        self._lines = [OfficeLine.of(office) for office in found]
        if self._by_default != (self._lines[0].named if self._lines else None):
            self._is_accepted = False
        self._by_default = self._lines[0].named if self._lines else None
        if not self.picked and self._by_default is not None:
            self.picked = [self._by_default]
        for named in self.picked:
            self._add_line(named, others)
        self._show()

    def toggle(self, named: Named) -> None:
        """Tick an office, or take its tick away."""
        if named in self.picked:
            self.picked.remove(named)
        else:
            self.picked.append(named)
        self._by_default = None
        self._show()
        self.post_message(self.Changed(self))

    def take(self, named: Named, office: Office | None = None, *, instead_of: Named | None = None) -> None:
        """Add an office from elsewhere, or one written out; ticked."""
        if instead_of is not None:
            self._lines = [line for line in self._lines if line.named != instead_of]
            self.picked = [each for each in self.picked if each != instead_of]
        elif self.picked == [self._by_default] and not self._is_accepted:
            self.picked = []
        self._add_line(named, {office.code: office} if office else {})
        if named not in self.picked:
            self.picked.append(named)
        self._by_default = None
        self._show(at=len(self._lines) - 1)
        self.post_message(self.Changed(self))

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: with these, or if none is ticked with the one under the cursor."""
        event.stop()
        if not self.picked:
            self.toggle(event.row.named)
        self._is_accepted = True
        self.post_message(self.Left(self))

    def _add_line(self, named: Named, known: Mapping[str, Office]) -> None:
        if any(line.code == code_of(named) for line in self._lines):
            return
        if isinstance(named, dict):
            line = OfficeLine(
                named, text_of(named, "name"), text_of(named, "division"), "从未", text_of(named, "address")
            )
        elif named in known:
            line = OfficeLine.of(known[named])
        else:
            line = OfficeLine(named, "通讯录里没有这个代码")
        self._lines.append(line)

    def _show(self, *, at: int | None = None) -> None:
        self._rows.show(self._lines, at=self._rows.cursor if at is None else at)
        self._rows.fit(_MOST_ROWS)

    def _cells(self, line: OfficeLine) -> Sequence[str]:
        at = self.picked.index(line.named) + 1 if line.named in self.picked else 0
        return f"[{at or ' '}]", line.name, line.code, line.verified_on, line.address


def code_of(named: Named) -> str:
    """The code of an office, however it is named."""
    return named if isinstance(named, str) else text_of(named, "code")


#: What is asked of an office that is written out.
_ASKED = {
    "code": "部门代码",
    "division": "区划代码",
    "name": "部门名称",
    "address": "部门地址",
    "postcode": "邮编",
    "phone": "部门电话",
    "department": "部门类别",
    "contact": "联系人",
    "hours": "办公时间",
}


def asked_of(given: Mapping[str, Any]) -> Iterator[Asked]:
    """The lines of the form in which an office is written out."""
    for name, label in _ASKED.items():
        required = name in entry.REQUIRED["offices"]
        yield Asked(name, label, value=text_of(given, name), required=required)


def wrong_in(office: Mapping[str, str], check: Callable[[str, str], Explained | None]) -> Explained | None:
    """The first thing wrong with an office that was written out."""
    found = (check(f"offices[0].{name}", text) for name, text in office.items())
    return next((error for error in found if error is not None), None)
