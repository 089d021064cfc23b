"""A hall's own 办事指南 as a table, a line for each paper of an item: read into checklist rows, and written.

Pure: lines in, rows and faults out. What is wrong is told all at once, with its line and column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import Protocol

from forms.identifiers import InvalidIdentifier, plain_text
from forms.items.checklists import ChecklistRow
from forms.review import DEFECTS, PaperForm

NOT_CHECKED = "来源：未核对"
"""What a row says that names no source."""
MOST_COPIES = 999


@dataclass(frozen=True)
class Head:
    """A column of the table: its name, and what it is called elsewhere."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    longest: int = 0
    """Characters; 0 where the cell is no free text."""


#: By what the column tells: `item`, or a field of `ChecklistRow`. In the order they are written.
HEADS: Mapping[str, Head] = MappingProxyType(
    {
        "item": Head("事项代码", ("事项编码", "事项编号"), required=True),
        "name": Head("材料名称", ("申请材料", "申请材料名称", "材料"), required=True, longest=100),
        "standard": Head("审查要点", ("审查标准", "受理标准", "材料要求"), required=True, longest=500),
        "form": Head("形式", ("材料形式", "提交形式", "原件/复印件", "原件或复印件"), required=True),
        "copies": Head("份数", ("材料份数", "数量")),
        "from_whom": Head("由谁出具", ("出具单位", "来源渠道", "出具人"), longest=100),
        "condition": Head("何时需要", ("材料必要性", "必要性", "适用情形"), longest=200),
        "deferrable": Head("可容缺", ("是否容缺", "是否可容缺", "容缺")),
        "exempt": Head("免提交", ("是否免提交", "是否免于提交")),
        "faults": Head("常见缺陷", ("常见错误", "常见问题")),
        "sample": Head("示例", ("填写示例", "样例"), longest=500),
        "source": Head("来源", ("依据", "政策依据", "设定依据"), longest=300),
        "id": Head("行标识", ("行编号", "标识", "id")),
    }
)

FORM_WORDS: Mapping[PaperForm, str] = MappingProxyType(
    {
        PaperForm.ORIGINAL: "原件",
        PaperForm.COPY: "复印件",
        PaperForm.COPY_CHECKED: "复印件（核对原件）",
    }
)

_CHECKING = ("核对原件", "核验原件", "查验原件", "验原件", "交验原件", "原件核对", "原件核验", "原件查验")
_FORMS: Mapping[str, PaperForm] = {
    **{word: form for form in PaperForm for word in (form.value, FORM_WORDS[form])},
    **{f"复印件{word}": PaperForm.COPY_CHECKED for word in _CHECKING},
}
_MARKS = str.maketrans("", "", "(),;:、 ")

_YES = frozenset({"是", "√", "✓", "y", "yes", "1"})
_NO = frozenset({"", "否", "×", "n", "no", "0"})
#: What lists write where a paper is always asked for; the cell is better left empty.
_ALWAYS = frozenset({"必要", "必需", "必须", "必备"})
_COPIES = re.compile(r"([0-9]{1,3})份?")

_ROW_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
# The rows that a home office asks for later, and the results it sends, go by these.
_RESERVED = re.compile(r"result|supplement_[0-9]+")

_BETWEEN = re.compile(r"[、,;\n]")


class Reason(StrEnum):
    """What can be wrong with a cell; the first are those of `plain_text`."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"
    INVISIBLE = "invisible"
    SURROGATE = "surrogate"
    PRIVATE_USE = "private_use"
    DAMAGED = "damaged"
    UNKNOWN_ITEM = "unknown_item"
    FORM = "form"
    COPIES = "copies"
    FLAG = "flag"
    DEFECT = "defect"
    ROW_ID = "row_id"
    RESERVED_ID = "reserved_id"
    SAME_ID = "same_id"
    SAME_NAME = "same_name"


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell."""

    line: int
    column: str
    reason: Reason
    detail: str = ""
    """The most characters, the unknown word, or the line that has the same."""


class Line(Protocol):
    """A line of the table: its number as people count it, and its cells by the names of `HEADS`."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Guide:
    """What a table says: the rows of each item, in its order, and all that is wrong with it."""

    items: Mapping[str, tuple[ChecklistRow, ...]]
    """By code; a row has an empty id where the table gives it none. Lines with faults are not among them."""
    lines: Mapping[str, tuple[int, ...]]
    """By code: the lines it stands in."""
    faults: tuple[Fault, ...]

    def unknown(self, known: Iterable[str]) -> tuple[Fault, ...]:
        """A fault for each line whose item is none of those known."""
        codes = set(known)
        strange = {code: lines for code, lines in self.lines.items() if code not in codes}
        return tuple(
            Fault(line, HEADS["item"].name, Reason.UNKNOWN_ITEM, code)
            for code, lines in strange.items()
            for line in lines
        )


def read(lines: Iterable[Line]) -> Guide:
    """The guide that a table holds, or what is wrong with it; whether its items exist is asked elsewhere."""
    rows: dict[str, list[ChecklistRow]] = {}
    places: dict[str, list[int]] = {}
    seen: dict[tuple[str, Reason, str], int] = {}
    faults: list[Fault] = []
    for line in lines:
        cells = _Cells(line)
        code, row = cells.code(), cells.row()
        for field, reason in (("id", Reason.SAME_ID), ("name", Reason.SAME_NAME)):
            value = getattr(row, field)
            first = seen.setdefault((code, reason, value), line.number) if code and value else line.number
            if first != line.number:
                cells.fault(field, reason, str(first))
        if code:
            places.setdefault(code, []).append(line.number)
        if cells.faults:
            faults.extend(cells.faults)
        else:
            rows.setdefault(code, []).append(row)
    return Guide(
        items={code: tuple(of_item) for code, of_item in rows.items()},
        lines={code: tuple(numbers) for code, numbers in places.items()},
        faults=tuple(faults),
    )


def numbered(rows: Sequence[ChecklistRow], *former: Mapping[str, str]) -> tuple[ChecklistRow, ...]:
    """The rows of an item, each with an id: its own, else that of the same name before, else a new one.

    `former` are ids by name, the nearest first; a new id is never one that another row had before.
    """
    ids = {row.name: row.id for row in rows}
    taken = set(ids.values())
    for known in former:
        for name in [name for name, row_id in ids.items() if not row_id and name in known]:
            if known[name] not in taken:
                ids[name] = known[name]
                taken.add(known[name])
    taken.update(*(known.values() for known in former))
    new = (f"r{number}" for number in count(1) if f"r{number}" not in taken)
    return tuple(replace(row, id=ids[row.name] or next(new)) for row in rows)


def cells(code: str, row: ChecklistRow) -> list[str]:
    """A row as a line of the table, in the order of `HEADS`."""
    special = {
        "item": code,
        "form": FORM_WORDS[row.form],
        "copies": str(row.copies),
        "condition": row.condition or "",
        "deferrable": "是" if row.deferrable else "否",
        "exempt": "是" if row.exempt else "否",
        "faults": "、".join(DEFECTS[fault].word for fault in row.faults),
    }
    return [special[field] if field in special else getattr(row, field) for field in HEADS]


class _Cells:
    """One line on its way to a row: each cell is looked at, and what is wrong is noted."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.faults: list[Fault] = []

    def fault(self, field: str, reason: Reason, detail: str = "") -> None:
        self.faults.append(Fault(self._line.number, HEADS[field].name, reason, detail))

    def code(self) -> str:
        code = self._folded("item")
        if not code:
            self.fault("item", Reason.EMPTY)
        return code

    def row(self) -> ChecklistRow:
        condition = self._text("condition")
        return ChecklistRow(
            id=self._id(),
            name=self._text("name"),
            standard=self._text("standard"),
            form=self._form(),
            copies=self._copies(),
            from_whom=self._text("from_whom"),
            condition=None if condition in _ALWAYS else condition or None,
            deferrable=self._flag("deferrable"),
            exempt=self._flag("exempt"),
            faults=self._defects(),
            sample=self._text("sample"),
            source=self._text("source") or NOT_CHECKED,
        )

    def _raw(self, field: str) -> str:
        return self._line.cells.get(HEADS[field].name, "")

    def _folded(self, field: str) -> str:
        return unicodedata.normalize("NFKC", self._raw(field)).strip()

    def _text(self, field: str) -> str:
        # People break lines within a cell; a checklist row has one line for each thing.
        parts = (part.strip() for part in self._raw(field).replace("\t", " ").split("\n"))
        text, head = " ".join(filter(None, parts)), HEADS[field]
        try:
            return plain_text.validate(text, longest=head.longest, required=head.required)
        except InvalidIdentifier as error:
            reason = Reason(error.reason)
            self.fault(field, reason, str(head.longest) if reason == Reason.TOO_LONG else "")
        return ""

    def _form(self) -> PaperForm:
        word = "".join(self._folded("form").translate(_MARKS).split())
        if word not in _FORM_KEYS:
            self.fault("form", Reason.FORM if word else Reason.EMPTY, word)
        return _FORM_KEYS.get(word, PaperForm.ORIGINAL)

    def _copies(self) -> int:
        text = self._folded("copies") or "1"
        found = _COPIES.fullmatch(text)
        copies = int(found[1]) if found else 0
        if not 1 <= copies <= MOST_COPIES:
            self.fault("copies", Reason.COPIES, text)
        return copies

    def _flag(self, field: str) -> bool:
        word = self._folded(field).casefold()
        if word not in _YES | _NO:
            self.fault(field, Reason.FLAG, word)
        return word in _YES

    def _defects(self) -> tuple[str, ...]:
        words = [word.strip() for word in _BETWEEN.split(self._folded("faults")) if word.strip()]
        if unknown := [word for word in words if word not in _DEFECT_CODES]:
            self.fault("faults", Reason.DEFECT, "、".join(dict.fromkeys(unknown)))
        return tuple(dict.fromkeys(_DEFECT_CODES[word] for word in words if word in _DEFECT_CODES))

    def _id(self) -> str:
        row_id = self._folded("id")
        if row_id and not _ROW_ID.fullmatch(row_id):
            self.fault("id", Reason.ROW_ID, row_id)
        elif _RESERVED.fullmatch(row_id):
            self.fault("id", Reason.RESERVED_ID, row_id)
        else:
            return row_id
        return ""


_FORM_KEYS = {unicodedata.normalize("NFKC", word).translate(_MARKS): form for word, form in _FORMS.items()}
_DEFECT_CODES = {
    **{code: code for code in DEFECTS},
    **{unicodedata.normalize("NFKC", defect.word): code for code, defect in DEFECTS.items()},
}
