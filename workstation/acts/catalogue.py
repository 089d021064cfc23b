"""Items and checklists as they hold in this hall: the national list, what the hall says itself, its guides.

Order of checklists: the hall's guide for this office, for its division or for all, the jurisdiction's file,
the item's folder, the generic one.
"""

from __future__ import annotations

import dataclasses
import datetime
from functools import partial
from typing import Any

from forms import items
from forms.identifiers import plain_text
from forms.items import checklists
from forms.items.checklists import Checklist, ChecklistRow
from forms.items.finder import Entry, Finder
from forms.items.finder import national as national_finder
from forms.review import PaperForm
from workstation.acts import checks, refusals
from workstation.domain.guide import Guide, GuideRow, ItemVersion
from workstation.domain.times import local
from workstation.store.work import Reading

ALL_OFFICES = "*"
_LONGEST_SOURCE = 200


def all_items(reading: Reading) -> tuple[items.Item, ...]:
    """Every item, the hall's own and changed ones as it has them, by code."""
    known = {item.code: item for item in items.all_items()}
    known |= {version.code: of_version(version) for version in reading.item_versions.where(state="live")}
    return tuple(sorted(known.values(), key=lambda item: code_order(item.code)))


def code_order(code: str) -> tuple[bool, int, str]:
    """Sorts the national numbers first and as numbers, then the hall's own."""
    is_national = code.isascii() and code.isdigit()
    return (not is_national, int(code) if is_national else 0, code)


def item(reading: Reading, code: str) -> items.Item:
    """The item with this code as it holds today, or a refusal."""
    refusals.readable("item", code)
    changed = reading.item_versions.where(code=code, state="live")
    if changed:
        return of_version(changed[0])
    try:
        return items.by_code(code)
    except items.UnknownItem:
        raise refusals.not_found("item", code) from None


def path_word(item: items.Item) -> str:
    """What the counter does with an item, as the clerk reads it: 收件, 网办 …"""
    return items.PATH_WORDS[item.path]


def editions(reading: Reading, code: str) -> list[ItemVersion]:
    """What the hall has said about an item, the first edition first; none where only the list tells of it."""
    return sorted(reading.item_versions.where(code=code), key=lambda version: version.edition)


def of_version(version: ItemVersion) -> items.Item:
    """An item as the hall has it; what the national list printed about it is kept beside."""
    try:
        listed = items.by_code(version.code)
    except items.UnknownItem:
        listed = _UNLISTED
    return dataclasses.replace(
        listed,
        code=version.code,
        title=version.title,
        scenario=version.scenario,
        modes=tuple(items.Mode(mode) for mode in version.modes.split(",")),
        basis_place=items.BasisPlace(version.basis_place),
        lead_ministry=version.lead_ministry,
        cooperating_ministries=tuple(m for m in version.cooperating_ministries.split("、") if m),
        provincial_department=version.provincial_department,
        source=version.source,
        source_date=datetime.date.fromisoformat(version.source_date),
    )


#: An item that stands in no list: all that a list would print about it is empty.
_UNLISTED = items.Item(
    code="",
    title="",
    scenario="",
    modes=(),
    mode_text="",
    basis_place=items.BasisPlace.BY_GUIDE,
    basis_words="",
    batch="",
    batch_no="",
    lead_ministry="",
    cooperating_ministries=(),
    provincial_department="",
    due_text="",
    status=items.Status.PENDING,
    source="",
    source_date=datetime.date.min,
)


def checklist(reading: Reading, code: str, *, office: str = "", division: str | None = None) -> Checklist:
    """The checklist by which a hand-in for this office is reviewed."""
    guides = {guide.scope: guide for guide in reading.guides.where(item=code, state="live")}
    within = divisions_above(division) if division else ()
    for scope in (office, *within, ALL_OFFICES):
        if scope in guides:
            return of_guide(guides[scope], reading.guide_rows.where(guide=guides[scope].id))
    return shipped(code, division)


def shipped(code: str, division: str | None = None) -> Checklist:
    """The checklist that comes with the workstation; an item that is in no list has the generic one."""
    try:
        return items.for_item(code, division)
    except items.UnknownItem:
        return checklists.generic()
    except items.NoDivision:
        return items.for_item(code)


def finder(reading: Reading) -> Finder:
    """Finds the items of the national list and the hall's own by what is typed."""
    national = national_finder()
    entries = {entry.code: entry for entry in national.find("", None)}
    own = [version for version in reading.item_versions.where(state="live") if version.code not in entries]
    if not own:
        return national
    added = (Entry(one.code, one.title, one.initials, one.pinyin) for one in own)
    return Finder([*entries.values(), *added])


def sourced(source: str, source_date: str, *, now: int) -> tuple[str, str]:
    """Which document or decision says so and its day, each in its one form; it cannot be of tomorrow."""
    source = checks.field("source", partial(plain_text.validate, longest=_LONGEST_SOURCE), source)
    date = checks.day("source_date", source_date)
    if date > local(now).date().isoformat():
        raise checks.usage("source-not-yet", f"来源日期 {date} 在今天之后。", "请按文件或决定上的日期填写。")
    return source, date


def named(checklist: Checklist) -> str:
    """The checklist as a case remembers it; the item's own is known by its version alone."""
    is_own = checklist.origin in (checklists.Origin.ITEM, checklists.Origin.GUIDE)
    return checklist.version if is_own else f"{checklist.origin}/{checklist.version}"


def divisions_above(division: str) -> tuple[str, ...]:
    """A county, its city and its province: 450103, 450100, 450000."""
    return tuple(dict.fromkeys((division, f"{division[:4]}00", f"{division[:2]}0000")))


def columns(position: int, row: ChecklistRow) -> dict[str, Any]:
    """A row of a checklist as the ledger keeps it, in a guide and in a case alike."""
    return {
        "row_id": row.id,
        "position": position,
        "name": row.name,
        "standard": row.standard,
        "form": row.form,
        "copies": row.copies,
        "from_whom": row.from_whom,
        "condition": row.condition,
        "deferrable": int(row.deferrable),
        "exempt": int(row.exempt),
        "faults": ",".join(row.faults),
        "sample": row.sample,
        "source": row.source,
    }


def of_guide(guide: Guide, rows: list[GuideRow]) -> Checklist:
    """An imported checklist, in the form of those we ship."""
    ordered = sorted(rows, key=lambda row: row.position)
    return Checklist(
        version=guide.id,
        date=datetime.date.fromisoformat(guide.source_date),
        mark=guide.mark,
        origin=checklists.Origin.GUIDE,
        rows=tuple(_row(row) for row in ordered),
    )


def _row(row: GuideRow) -> ChecklistRow:
    return ChecklistRow(
        id=row.row_id,
        name=row.name,
        standard=row.standard,
        form=PaperForm(row.form),
        copies=row.copies,
        from_whom=row.from_whom,
        condition=row.condition,
        deferrable=bool(row.deferrable),
        exempt=bool(row.exempt),
        faults=tuple(fault for fault in row.faults.split(",") if fault),
        sample=row.sample,
        source=row.source,
    )
