"""What the item screens ask for: every item with its rate, and one item with all that is said of it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms import items
from forms.items.finder import Finder
from workstation.acts import agreements, catalogue, entry, guides, hall_items, offices
from workstation.acts.desk import Desk
from workstation.acts.hall_items import Rate
from workstation.domain.guide import Guide, ItemVersion
from workstation.domain.office import Agreement
from workstation.domain.times import local

#: The rate is that of the cases registered in so many days.
RATE_DAYS = 90


@dataclass(frozen=True)
class Known:
    """Every item as it holds in this hall."""

    finder: Finder
    by_code: Mapping[str, items.Item]
    own: frozenset[str]
    """Codes of those the hall has added or changed."""
    rates: Mapping[str, Rate] = field(default_factory=dict)

    def found(self, text: str) -> list[items.Item]:
        """The items that fit what was typed, the best first; without any text by code."""
        if not text.strip():
            return list(self.by_code.values())
        return [self.by_code[one.code] for one in self.finder.find(text, None) if one.code in self.by_code]


@dataclass(frozen=True)
class Sight:
    """One item as it is looked at for a place."""

    item: items.Item
    checklist: items.Checklist
    place: str
    """For whose checklist it was asked, in words; empty: for no place in particular."""
    rate: Rate
    guide: Guide | None
    """The hall's own guide the checklist stands in, if it does."""
    editions: Sequence[ItemVersion] = ()
    guides: Sequence[Guide] = ()
    agreements: Sequence[Agreement] = ()


def known(desk: Desk) -> Known:
    """All items; their rates are asked for apart."""
    with desk.reading() as reading:
        own = frozenset(version.code for version in reading.item_versions.where(state="live"))
        everything = {item.code: item for item in catalogue.all_items(reading)}
        return Known(catalogue.finder(reading), everything, own)


def rates(desk: Desk) -> dict[str, Rate]:
    """How many of each item's cases of late needed one visit only."""
    return hall_items.rates(desk, since=_since(desk))


def _since(desk: Desk) -> str:
    today = local(desk.store.now()).date()
    return (today - datetime.timedelta(days=RATE_DAYS)).isoformat()


def sight(desk: Desk, code: str, place: str = "") -> Sight:
    """An item with the checklist that holds for a place: an office's code, a division's digits, or none."""
    rate = hall_items.rate(desk, code, since=_since(desk))
    agreed = agreements.listed(desk, item=code)
    held = guides.listed(desk, code)
    place = unicodedata.normalize("NFKC", place).strip()
    with desk.reading() as reading:
        of, where = _place(place), ""
        if place and not of:
            office = offices.find(reading, place)
            of, where = (
                {"office": office.code, "division": office.division},
                f"{office.name}（{office.code}）",
            )
        elif of:
            where = division(place)
        checklist = catalogue.checklist(reading, code, **of)
        return Sight(
            item=catalogue.item(reading, code),
            checklist=checklist,
            place=where,
            rate=rate,
            guide=next((one for one in held if one.id == checklist.version), None),
            editions=catalogue.editions(reading, code),
            guides=held,
            agreements=agreed,
        )


def _place(place: str) -> dict[str, str]:
    return {"division": place} if re.fullmatch(r"[1-9][0-9]{5}", place) else {}


def division(code: str) -> str:
    """A division by code and name."""
    found = entry.division(code)
    return f"{code} {found.words if found and found.name else '区划表里没有'}"
