"""What a register 登记簿 is made of: columns, the lines of a span of time, how a person may stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from forms.items import Item
from workstation.acts import catalogue, masking, year_tables
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.policies import DeadlinePolicy
from workstation.reference.calendars import Calendar
from workstation.store.work import Reading

L = TypeVar("L")
K = TypeVar("K")

#: Between the values of several envelopes in one cell.
AND = "；"
ORDINAL = "序号"
CLEAR = "（明文）"
"""Behind the head of a column about persons, in a file that shows them in clear."""


@dataclass(frozen=True)
class Look:
    """One look at the store, from which the lines of a register are made."""

    reading: Reading
    hall: Hall
    clear: bool = False
    """Whether persons stand in clear."""
    policy: DeadlinePolicy = field(default_factory=DeadlinePolicy)
    _items: dict[str, Item] = field(default_factory=dict, repr=False)
    _calendars: dict[str, Calendar] = field(default_factory=dict, repr=False)

    def person(self, of: Any, name: str) -> str:
        """A personal field of a record as it may stand here."""
        value = getattr(of, name) if self.clear else masking.field(of, name)
        return value or ""

    def item(self, code: str) -> Item:
        """The item of a case; the same one stands on most lines."""
        if code not in self._items:
            self._items[code] = catalogue.item(self.reading, code)
        return self._items[code]

    def calendar(self, scope: str) -> Calendar:
        """The working days of a province, or of the whole country."""
        if scope not in self._calendars:
            self._calendars[scope] = year_tables.of(self.reading, scope)
        return self._calendars[scope]


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column: its head, and how it is filled from a line."""

    head: str
    fill: Callable[[L], str]
    personal: bool = False
    """Whether it is about a person: masked, or marked as in clear."""
    cells: int = 0
    """Its width in the list on the screen; 0: it stands in the detail only."""
    takes_rest: bool = False
    """Whether what is left of the screen's width is its own."""
    part: str = ""
    """Which part of the paper it stands in, where one page is too narrow for all."""


@dataclass(frozen=True)
class Register(Generic[K, L]):
    """One register: what belongs into it between two moments, and the columns of each line."""

    key: str
    title: str
    explains: str
    columns: Sequence[Column[L]]
    keys: Callable[[Reading, int, int], Sequence[K]]
    """In the order of the lines; cheap, so that a page of many can be made alone."""
    line: Callable[[Look, K], L]
    led_by: int = 0
    """How many of its first columns stand at the left of each part of the paper."""
    signatures: Sequence[str] = ("制表人：", "复核人：", "日期：")
    """Who signs the paper."""

    def heads(self, *, clear: bool = False) -> tuple[str, ...]:
        """The heads of all columns, the ordinal first."""
        return ORDINAL, *(c.head + (CLEAR if clear and c.personal else "") for c in self.columns)

    def cells(self, look: Look, ordinal: int, key: K) -> tuple[str, ...]:
        """One line in all its columns."""
        line = self.line(look, key)
        return str(ordinal), *(column.fill(line) for column in self.columns)


def joined(values: Iterable[str | None]) -> str:
    """What there is of these, each once."""
    return AND.join(dict.fromkeys(value for value in values if value))


def minutes(values: Iterable[int | None]) -> str:
    """Times as people read them, those that have come."""
    return joined(minute(at) for at in values)
