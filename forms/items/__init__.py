"""Service items 事项 as data: the 137 of the national list of 2020, how each is done, and its checklist.

An item's own checklists lie in a folder of theirs; being there is being registered. Finding one by what is
typed is in `finder`.
"""

from __future__ import annotations

from forms.items.checklists import Checklist, ChecklistRow, NoDivision, Origin, folder_of, for_item, names
from forms.items.modes import MODE_WORDS, PATH_WORDS, Mode, NoPath, Path, path_of
from forms.items.national import BasisPlace, Item, Status, UnknownItem, all_items, by_code
from forms.items.toml_table import InvalidItem

__all__ = [
    "MODE_WORDS",
    "PATH_WORDS",
    "BasisPlace",
    "Checklist",
    "ChecklistRow",
    "InvalidItem",
    "Item",
    "Mode",
    "NoDivision",
    "NoPath",
    "Origin",
    "Path",
    "Status",
    "UnknownItem",
    "all_items",
    "by_code",
    "folder_of",
    "for_item",
    "names",
    "path_of",
]
