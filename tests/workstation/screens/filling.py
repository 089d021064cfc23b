"""Forms in a test: fields filled, what stands in them, and long work waited for."""

from __future__ import annotations

from typing import cast

from tests.workstation.screens.stage import Clerk
from workstation.screens.dialogs import Form
from workstation.screens.long_work import LongWork
from workstation.widgets.field import Field


async def fill_in(clerk: Clerk, **values: str) -> None:
    """Write into the fields of the form, as if pasted: the keyboard of the test has no full-width marks."""
    for name, text in values.items():
        field = clerk.app.screen.query_one(f"#field-{name.replace('_', '-')}", Field)
        field.value = text
        field.focus()
    await clerk.settle()


async def send(clerk: Clerk) -> None:
    """^S, and wait until long work is done."""
    await clerk.press("ctrl+s")
    while isinstance(clerk.app.screen, LongWork):
        await clerk.pilot.pause()
    await clerk.settle()


async def close(clerk: Clerk) -> None:
    """Esc in a dialog, and wait until it is gone."""
    dialog = clerk.app.screen
    await clerk.press("escape")
    while clerk.app.screen is dialog:
        await clerk.pilot.pause()
    await clerk.settle()


def values(clerk: Clerk) -> dict[str, str]:
    """What stands in the form."""
    return cast(Form, clerk.app.screen).values
