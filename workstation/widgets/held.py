"""What a widget held before a scanner typed into it, and how it gets that back."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget
from textual.widgets import Input

from workstation.widgets.record_list import RecordList

Restore = Callable[[], None]


def hold(widget: Widget | None) -> Restore:
    """Take note of what the focused widget holds; calling the result puts it back."""
    if isinstance(widget, Input):
        return _of_input(widget)
    if isinstance(widget, RecordList):
        at = widget.cursor
        return lambda: widget.to(at)
    return lambda: None


def _of_input(entry: Input) -> Restore:
    value, selection = entry.value, entry.selection

    def restore() -> None:
        if entry.value != value:
            entry.value = value
        entry.selection = selection

    return restore
