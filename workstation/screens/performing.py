"""The one door from screens to acts: they run beside the screen, with their second person and refusals.

What acts need is loaded when the first of them runs: the sign-in is painted before.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from workstation import faults
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.policies import LoginPolicy
from workstation.screens.base import CounterScreen
from workstation.screens.hands import Hands
from workstation.screens.tap import ScanTap
from workstation.settings import Home

if TYPE_CHECKING:
    from workstation.acts.desk import Desk

R = TypeVar("R")


@dataclass(frozen=True)
class _Result(Generic[R]):
    value: R


class Performing(ScanTap):
    """An application that runs acts and looks for its screens."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.acting, self.looking = Hands("act"), Hands("look")
        self._is_acting = False

    @property
    def desk(self) -> Desk:
        """The desk with the operator at it, or with nobody."""
        raise NotImplementedError

    @property
    def home(self) -> Home:
        """Where this window's things lie."""
        raise NotImplementedError

    @property
    def login_policy(self) -> LoginPolicy:
        """How often somebody may be wrong."""
        raise NotImplementedError

    def send_prints(self) -> None:
        """Look after what is on its way to a printer, if there is anything."""
        raise NotImplementedError

    def send_mail(self) -> None:
        """Look after what a carrier is to be told, if there is anything."""
        raise NotImplementedError

    def attention(self, text: str) -> None:
        """Say something to look at."""
        raise NotImplementedError

    def perform(
        self,
        act: Callable[[Desk], R],
        done: Callable[[R], object] | None = None,
        *,
        refused: Callable[[Explained], object] | None = None,
        seen: int | None = None,
        draft: str | None = None,
    ) -> None:
        """The one door to acts: run this one beside the screen, give its result to `done`, tell a refusal.

        `seen` is the version of the record on the screen, `draft` the draft it was written in. A second act
        while one runs is not taken.
        """
        if self._is_acting:
            self.attention("上一步还在办理，请稍候。")
            return
        self._is_acting = True
        desk = replace(self.desk, seen=seen, draft=draft)
        self.run_worker(self._perform(act, desk, done, refused), group="acts")

    async def _perform(
        self,
        act: Callable[[Desk], R],
        desk: Desk,
        done: Callable[[R], object] | None,
        refused: Callable[[Explained], object] | None,
    ) -> None:
        from workstation.acts.waiting import Waits

        try:
            result = await self._with_second(act, desk)
        except Waits as waits:
            self.attention(f"已记下，待第二人确认：{waits.waiting.id}")
            await self._look_again()
        except Explained as error:
            await (self.refuse(error) if refused is None else _awaited(refused(error)))
        else:
            if result is not None and done is not None:
                await _awaited(done(result.value))
        finally:
            self._is_acting = False
            self.send_prints()
            self.send_mail()

    async def _with_second(self, act: Callable[[Desk], R], desk: Desk) -> _Result[R] | None:
        """The act's result; asks for the second person where one is needed, None if nobody came."""
        from workstation.acts.refusals import SecondMissing

        try:
            return _Result(await self.do(lambda: act(desk)))
        except SecondMissing as missing:
            beside = await self._second(desk, missing.act)
            return None if beside is None else _Result(await self.do(lambda: act(beside)))

    async def _second(self, desk: Desk, act: str) -> Desk | None:
        from workstation.acts import users
        from workstation.screens.dialogs import second_person

        wrong: Explained | None = None
        code = ""
        policy = self.login_policy
        while True:
            given = await self.push_screen_wait(second_person(word(act), wrong, code))
            if given is None:
                self.attention(f"“{word(act)}”没有第二人确认，没有办理。")
                return None
            code = given["code"]
            beside = partial(users.second, desk, code, given["pin"], policy=policy)
            try:
                return await self.do(beside)
            except Explained as error:
                wrong = error

    async def do(self, work: Callable[[], R]) -> R:
        """Run something that may write, after all that was begun before; errors come in words."""
        return await self._explained(self.acting, work)

    async def look(self, work: Callable[[Desk], R]) -> R:
        """Ask the store something; acts that take long do not hold this up."""
        desk = self.desk
        return await self._explained(self.looking, lambda: work(desk))

    async def by(self, hands: Hands, work: Callable[[], R]) -> R:
        """Run something in other hands than these two, which nobody else waits for; errors come in words."""
        return await self._explained(hands, work)

    async def _explained(self, hands: Hands, work: Callable[[], R]) -> R:
        from workstation.acts import explanations
        from workstation.acts.waiting import Waits

        def explained() -> R:
            with explanations.explained():
                return work()

        try:
            return await hands.do(explained)
        except (Explained, Waits):
            raise
        except Exception as error:
            # The screens' own door: what nobody foresaw is told and written down, and nothing typed is lost.
            raise faults.internal(error, self.home.logs) from error

    async def refuse(self, error: Explained) -> None:
        """Tell a refusal, and come back when it has been read."""
        from workstation.screens.dialogs import Refusal

        await self.push_screen_wait(Refusal(error))
        await self._look_again()

    async def _look_again(self) -> None:
        """What is shown may have changed meanwhile."""
        if isinstance(self.screen, CounterScreen):
            await self.screen.refresh_frame()


async def _awaited(given: object) -> None:
    if inspect.isawaitable(given):
        await given
