"""A form longer than a dialog is high, and the screens that ask with it.

What was typed stays until its act is done: through a refusal, Esc, or a second person who does not come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from workstation.acts import offers
from workstation.acts.desk import Desk
from workstation.errors import Explained, WrongUsage
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Asked, Form

R = TypeVar("R")
Values = Mapping[str, str]


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """What is asked for an act, the act, and what is told of it."""

    title: str
    """What was typed is kept under it."""
    asked: Sequence[Asked]
    act: Callable[[Desk, Values], R]
    told: Callable[[R], str]
    text: str = ""
    yes: str = "登记"
    seen: int | None = None


class LongForm(Form):
    """A form that scrolls, opens with what was typed before, and notes what it held when it is left."""

    DEFAULT_CSS = """
    LongForm > .dialog--box > .form--fields { max-height: 10; }
    LongForm Field Entry { width: 1fr; }
    LongForm Field .field--beside { width: 9; }
    LongForm.-tall > .dialog--box { max-height: 36; }
    LongForm.-tall > .dialog--box > .form--fields { max-height: 26; }
    """

    def __init__(
        self,
        title: str,
        asked: Sequence[Asked],
        typed: dict[str, str],
        *,
        text: str = "",
        wrong: Explained | None = None,
        yes: str = "登记",
    ) -> None:
        filled = [replace(one, value=typed.get(one.name, one.value)) for one in asked]
        super().__init__(title, filled, text=text, wrong=wrong, done=yes)
        self._at_first = {one.name: _first_value(one) for one in asked}
        self._typed = typed

    def action_cancel(self) -> None:
        """Esc: what was typed is there when the form is opened again."""
        self._note()
        self.dismiss(None)

    def action_done(self) -> None:
        """Give the values, and note what was typed: nobody knows yet whether the act is done."""
        self._note()
        super().action_done()

    def _note(self) -> None:
        self._typed.clear()
        self._typed |= {name: text for name, text in self.values.items() if text != self._at_first[name]}


class AskingScreen(CounterScreen):
    """A screen whose acts ask first, each with a form of its own."""

    KEPT = "这些不存草稿，离开就没有了。"

    def __init__(self) -> None:
        super().__init__()
        self._typed: dict[str, dict[str, str]] = {}

    @property
    def unsaved(self) -> str | None:
        """The forms that have answers and are in no act yet."""
        kept = [title for title, values in self._typed.items() if values]
        return f"填过还没有办成：{'、'.join(kept)}。" if kept else None

    def typed(self, title: str) -> dict[str, str]:
        """What was typed into the form of this title and is in no act yet; the form writes into it."""
        return self._typed.setdefault(title, {})

    def forget(self, title: str) -> None:
        """The act is done."""
        self._typed.pop(title, None)

    def barred(self, act: str) -> str | None:
        """Why this person may not do this act here; None: it is theirs."""
        return offers.barred(self.desk, act)

    def barred_reading(self, act: str) -> str | None:
        """Why this person may not see what whoever does this act sees: to look one need not write."""
        return offers.barred(replace(self.desk, readonly=False), act)

    def ask(self, sheet: Sheet[Any], wrong: Explained | None = None) -> None:
        """Ask for an act and do it; `wrong` is what was wrong with the answers the last time."""
        typed = self.typed(sheet.title)
        form = LongForm(sheet.title, sheet.asked, typed, text=sheet.text, wrong=wrong, yes=sheet.yes)
        self.app.push_screen(form, partial(self._given, sheet))

    def _given(self, sheet: Sheet[Any], values: dict[str, str] | None) -> None:
        if values is not None:
            self.counter.perform(
                lambda desk: sheet.act(desk, values),
                partial(self._done, sheet),
                refused=partial(self._refused, sheet),
                seen=sheet.seen,
            )

    async def _done(self, sheet: Sheet[Any], result: Any) -> None:
        self.forget(sheet.title)
        self.counter.done(sheet.told(result))
        await self.load()
        self.refresh_keys()

    async def _refused(self, sheet: Sheet[Any], error: Explained) -> None:
        """A wrong answer is asked again; any other refusal is told, and the answers wait for the key."""
        if isinstance(error, WrongUsage):
            self.ask(sheet, error)
            return
        await self.counter.refuse(error)
        self.counter.attention(f"“{sheet.title}”没有办成；填的内容还在，再按一次就接着填。")


def _first_value(asked: Asked) -> str:
    """What a form holds where nothing has been typed."""
    if asked.tick:
        return asked.value or "no"
    return asked.value if not asked.codes or asked.value in asked.codes else next(iter(asked.codes))
