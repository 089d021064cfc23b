"""Goes through the questions of an act and does it; what was typed is kept until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from workstation.acts import papers
from workstation.domain.paper import Paper
from workstation.domain.words import word
from workstation.errors import Explained, WrongUsage
from workstation.screens.case.asking import Further, Target, answered
from workstation.screens.dialogs import Confirm, Form, Pick, Reading

if TYPE_CHECKING:
    from workstation.screens.case.screen import CaseScreen

Choice = tuple[Further, Target]


class Asker:
    """The dialogs of one case's screen."""

    def __init__(self, screen: CaseScreen) -> None:
        self._screen = screen
        self._typed: dict[tuple[str, str], dict[str, str]] = {}
        """What was answered and not done yet, by act and object."""

    def choose(self, choices: Sequence[Choice]) -> None:
        """Let one of these acts be chosen, then ask for it."""
        self._screen.run_worker(self._choose(choices), group="tasks", exclusive=True)

    def ask(self, further: Further, target: Target, wrong: Explained | None = None) -> None:
        """Ask for an act and do it; `wrong` is what was wrong with the answers the last time."""
        self._screen.run_worker(self._ask(further, target, wrong), group="tasks", exclusive=True)

    async def _choose(self, choices: Sequence[Choice]) -> None:
        lines = [(str(at), _line(*choice)) for at, choice in enumerate(choices)]
        picked = await self._screen.app.push_screen_wait(Pick("其他办理", lines))
        if picked is None:
            return
        further, target = choices[int(picked)]
        if target.why_not is not None:
            self._screen.counter.cannot(further.label(target), target.why_not)
            return
        if further.opens:
            self._screen.counter.go(further.opens, number=target.object)
            return
        await self._ask(further, target, None)

    async def _ask(self, further: Further, target: Target, wrong: Explained | None) -> None:
        go_on = await self._filled(further, target, wrong) if further.forms else await self._sure(further)
        if go_on and await self._read(further, target):
            self._do(further, target)

    async def _sure(self, further: Further) -> bool:
        name = word(further.act)
        question = Confirm(f"现在办“{name}”吗？", further.text, yes=name, safe=True)
        return bool(await self._screen.app.push_screen_wait(question))

    async def _filled(self, further: Further, target: Target, wrong: Explained | None) -> bool:
        """Every form of it answered; False: it was left."""
        sight = self._screen.sight
        if sight is None:
            return False
        values = self._typed.setdefault((further.act, target.object), {})
        for asks in further.forms:
            asked = answered(asks(sight, target.object, values), values)
            if not asked:
                continue
            form = Form(further.label(target), asked, text=further.text, wrong=wrong)
            given = await self._screen.app.push_screen_wait(form)
            if given is None:
                return False
            values |= given
        return True

    async def _read(self, further: Further, target: Target) -> bool:
        """The paper read before it prints, where there is one."""
        preview = further.preview
        if preview is None:
            return True
        desk, values = self._screen.desk, self._answers(further, target)
        try:
            text = await self._screen.counter.do(lambda: preview(desk, target.object, values))
        except Explained as error:
            await self._refused(further, target, error)
            return False
        reading = Reading(f"{further.label(target)}：出纸前预览", text, go_on="办理并出纸")
        return bool(await self._screen.app.push_screen_wait(reading))

    def _answers(self, further: Further, target: Target) -> dict[str, str]:
        return dict(self._typed.get((further.act, target.object), {}))

    def _do(self, further: Further, target: Target) -> None:
        values = self._answers(further, target)
        self._screen.counter.perform(
            lambda desk: further.does(desk, target.object, values),
            partial(self._done, further, target),
            refused=partial(self._refused, further, target),
            seen=target.version,
        )

    async def _done(self, further: Further, target: Target, result: object) -> None:
        self._typed.pop((further.act, target.object), None)
        says = f"。{further.says}。" if further.says else ""
        paper = papers.where(self._screen.desk, result) if isinstance(result, Paper) else ""
        self._screen.counter.done(f"已办：{further.label(target)}{says}{paper}")
        await self._screen.load()
        self._screen.refresh_keys()
        if further.act == "reveal":
            self._screen.reveal()

    async def _refused(self, further: Further, target: Target, error: Explained) -> None:
        """Answers of a wrong form are asked again, beside what is wrong; any other refusal is told."""
        if isinstance(error, WrongUsage) and further.forms:
            self._screen.call_later(self.ask, further, target, error)
        else:
            await self._screen.counter.refuse(error)


def _line(further: Further, target: Target) -> str:
    label = further.label(target)
    if target.why_not is None:
        return f"  {label}"
    # All of the list is about the case on the screen; only what is about another record says about which.
    return f"× {label}　{target.why_not.removeprefix(word('case'))}"
