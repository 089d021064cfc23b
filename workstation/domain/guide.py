"""What a hall says itself about items: items of its own, other modes, and checklists from its 办事指南."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemVersion:
    """One edition of an item that this hall added, or changed; the latest one holds."""

    id: str
    """Code and edition: `63/2`."""
    code: str
    edition: int
    title: str
    scenario: str
    modes: str
    """Codes of `forms.items.Mode`, joined by commas."""
    basis_place: str
    lead_ministry: str
    cooperating_ministries: str
    """Joined by 、."""
    provincial_department: str
    source: str
    """Which document or decision says so."""
    source_date: str
    added_at: int
    added_by: str
    second: str | None = None
    state: str = "live"
    """live · former."""
    initials: str = ""
    pinyin: str = ""


@dataclass(frozen=True)
class Guide:
    """One edition of a checklist for an item, imported from a hall's 办事指南."""

    id: str
    """Item, scope and edition: `63/450103-hz/2`."""
    item: str
    scope: str
    """An office's code, a division's six digits, or `*` for all offices."""
    edition: int
    mark: str
    source: str
    source_date: str
    imported_at: int
    imported_by: str
    state: str = "live"
    """live · former."""


@dataclass(frozen=True)
class GuideRow:
    """One row of an imported checklist, as `forms.items.checklists.ChecklistRow`."""

    guide: str
    row_id: str
    position: int
    name: str
    standard: str
    form: str
    copies: int
    from_whom: str
    condition: str | None
    deferrable: int
    exempt: int
    faults: str
    sample: str
    source: str
