"""An act that asks a few things first: refused, it asks again with all that was typed still there."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from textual.worker import WorkType

from workstation.acts import offers
from workstation.acts.desk import Desk
from workstation.errors import Explained
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Asked, Form, Pick, Refusal

Values = Mapping[str, str]


@dataclass
class Given:
    """What has been typed for one act."""

    values: dict[str, str] = field(default_factory=dict)
    more: list[dict[str, str]] = field(default_factory=list)
    """Further lines, where there may be several."""
    scanned: str = ""
    """The waybill that came from the scanner, if one did."""

    def text(self, name: str) -> str:
        """One value, without the blanks around it."""
        return self.values.get(name, "").strip()


@dataclass(frozen=True)
class Several:
    """There may be more than the one line of the form: what each asks, and how it reads."""

    asked: Sequence[Asked]
    line: Callable[[Values], str]
    noun: str
    wanted: Callable[[Values], bool] = lambda _: True
    """Whether there are lines at all, by what the form says."""


@dataclass(frozen=True)
class Question:
    """What an act asks, the act itself, and what is told of it."""

    title: str
    asked: Sequence[Asked]
    act: Callable[[Desk, Given], object]
    told: Callable[[Any], str]
    text: str = ""
    done: str = "登记"
    seen: int | None = None
    several: Several | None = None
    form: Callable[..., Form] = Form
    """What it is asked in."""


class Asking(CounterScreen):
    """A screen with acts that ask first."""

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, Given] = {}
        self.asking = ""
        """Which question stands on the screen."""

    def question(self, name: str) -> Question:
        """The question of this name, about what is on the screen now."""
        raise NotImplementedError

    def attend(self) -> None:
        """Another question stands there, or none any more."""

    def barred(self, act: str) -> str | None:
        """Why this person may not do this act, whatever it is about; None: the role allows it."""
        return offers.barred(self.desk, act)

    def beside(self, task: Callable[[], Coroutine[None, None, None]], group: str = "tasks") -> None:
        """Do this beside the screen, in place of what was begun in its group before.

        Given as a function: a coroutine that is replaced before it has begun would never be awaited.
        """
        work: WorkType[None] = task
        self.run_worker(work, group=group, exclusive=True)

    def given(self, name: str) -> Given:
        """What has been typed for this question and not done yet."""
        return self._given.setdefault(name, Given())

    def ask(self, name: str, **filled: str) -> None:
        """Put a question, with these values filled in."""
        self.given(name).values.update(filled)
        self.beside(partial(self._ask, name))

    def fill(self, **values: str) -> None:
        """Write into the question that stands there; a scan does so."""
        if isinstance(self.app.screen, Form):
            for widget in self.app.screen.query("Field, Choice").results():
                if widget.name in values:
                    widget.value = values[widget.name]  # type: ignore[attr-defined]  # Field or Choice

    async def _ask(self, name: str, wrong: Explained | None = None) -> None:
        question, given = self.question(name), self.given(name)
        self.asking = name
        self.attend()
        try:
            go_on = await self._answer(question, given, wrong)
        finally:
            self.asking = ""
            self.attend()
        if not go_on:
            self._given.pop(name, None)
            return
        self.counter.perform(
            lambda desk: question.act(desk, given),
            partial(self._answered, name, question),
            refused=partial(self._refused, name),
            seen=question.seen,
        )

    async def _answer(self, question: Question, given: Given, wrong: Explained | None) -> bool:
        """Ask until all is there; False if it was left."""
        while True:
            asked = _filled(question.asked, given.values)
            form = question.form(question.title, asked, text=question.text, wrong=wrong, done=question.done)
            values = await self.app.push_screen_wait(form)
            if values is None:
                return False
            given.values, wrong = values, None
            several = question.several
            if several is None or not several.wanted(values) or await self._collect(question, several, given):
                return True

    async def _collect(self, question: Question, several: Several, given: Given) -> bool:
        """The lines so far are shown, and more may follow; False goes back to the form."""
        while True:
            choice = await self.app.push_screen_wait(_so_far(question, several, given))
            if choice == "less":
                given.more.pop()
            elif choice == "more":
                line = await self.app.push_screen_wait(
                    Form(f"再加{several.noun}", several.asked, done="加上")
                )
                given.more += [line] if line else []
            else:
                return bool(choice == "done")

    async def _answered(self, name: str, question: Question, result: object) -> None:
        self._given.pop(name, None)
        self.counter.done(question.told(result))
        await self.load()
        self.refresh_keys()

    def _refused(self, name: str, error: Explained) -> None:
        self.beside(partial(self._ask_again, name, error))

    async def _ask_again(self, name: str, error: Explained) -> None:
        """What is shown may be old: look again, and ask again only if the act is still possible."""
        await self.load()
        self.refresh_keys()
        if self.why_not(name) is None:
            await self._ask(name, error)
        else:
            self._given.pop(name, None)
            self.app.push_screen(Refusal(error))


def _filled(asked: Sequence[Asked], values: Values) -> list[Asked]:
    return [replace(each, value=values.get(each.name, each.value)) for each in asked]


def _so_far(question: Question, several: Several, given: Given) -> Pick:
    lines = [several.line(values) for values in (given.values, *given.more)]
    choices = [("done", f"{question.done}这 {len(lines)} 项"), ("more", f"再加{several.noun}")]
    if given.more:
        choices.append(("less", "去掉最后一项"))
    text = "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))
    return Pick(question.title, choices, text=f"{text}\nEsc 回去改。")
