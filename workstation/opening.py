"""How the application comes by its hall: opened beside the first paint, founded, or played for practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workstation.domain.words import word
from workstation.screens.mailing import Mailing
from workstation.settings import Home

if TYPE_CHECKING:
    from workstation.acts.progress import Progress
    from workstation.bootstrap import Opened


@dataclass(frozen=True)
class Given:
    """What the program was started with."""

    home: Home
    operator: str | None = None
    window: int | None = None
    readonly: bool = False


class Opening(Mailing):
    """An application that has a hall, or is to have one. What opens it is loaded when it is opened."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self.given = given
        self.opened: Opened | None = None
        self._answer: Future[dict[str, str] | None] = Future()
        """What the thread that opens the hall waits for."""

    def begin(self) -> None:
        """Begin where one can."""
        raise NotImplementedError

    def use_settings(self) -> None:
        """Behave as the settings of the opened hall say."""
        raise NotImplementedError

    def answer_nothing(self) -> None:
        """Let the thread that opens the hall go on, if it waits for a passphrase."""
        if not self._answer.done():
            self._answer.set_result(None)

    async def open_hall(self) -> Opened:
        """Open the hall of this home, once; whatever is wrong is raised in words."""
        if self.opened is None:
            self.opened = await self.acting.do(self._open_hall)
            self.use_settings()
        return self.opened

    def _open_hall(self) -> Opened:
        """In the thread of the acts; what opens a hall is loaded there too, after the first paint."""
        from workstation import bootstrap

        given = self.given
        return bootstrap.open_hall(given.home, window=given.window, ask=self._ask_passphrase)

    @property
    def practice_home(self) -> Home:
        """Where the practice hall lies, beside a hall in earnest or where there will be one."""
        return Home(self.given.home.root / "practice")

    def play_practice(self, progress: Progress) -> None:
        """Have a practice hall in mid-day, played now unless there is one; takes some seconds."""
        from workstation.practice import beginning  # not needed for a day in earnest

        beginning.begin(self.practice_home, progress)

    def enter_practice(self) -> None:
        """Go on in the practice hall."""
        self.given = replace(self.given, home=self.practice_home)
        self.begin()

    async def found(self, asked: Mapping[str, Any]) -> str:
        """Found a hall with these fields of `Founding`, and open it; gives its recovery text."""
        from workstation import bootstrap
        from workstation.founding import Founding

        plan = Founding(**asked)
        founded = await self.do(lambda: bootstrap.found_hall(self.given.home, plan))
        self.opened = founded.opened
        self.use_settings()
        return founded.recovery or ""

    async def has_keyring(self) -> bool:
        """Whether this machine has a keyring that a key can be kept in."""
        from workstation import secrets

        return await self.do(lambda: secrets.real_keyring() is not None)

    async def practice_people(self) -> Sequence[Sequence[str]]:
        """Who works in a practice hall, where nothing is secret: duty, code, password and PIN, or badge."""
        opened = self.opened
        practice = opened.settings.practice if opened else None
        if opened is None or practice is None:
            return ()
        from workstation.practice import hall  # what plays a practice day is not needed for a day in earnest

        badges = await self.do(lambda: hall.badges(opened.desk))
        people = hall.operators(practice.seed)
        signing_in = [(word(o.role), o.code, o.password, o.pin or "") for o in people if o.password]
        carrying = [(word(o.role), o.code, f"胸牌 {badges[o.code]}") for o in people if o.code in badges]
        return *signing_in, *carrying

    def _ask_passphrase(self) -> str | None:
        """Asked on the screen, for the thread that opens the hall and waits here."""
        from workstation.screens.dialogs import Asked, Form

        answer = self._answer = Future()

        def answered(given: dict[str, str] | None) -> None:
            if not answer.done():
                answer.set_result(given)

        asked = [Asked("passphrase", "入网口令", required=True, secret=True)]
        form = Form("打开大厅", asked, text="本机没有大厅密钥，要凭口令打开。")
        self.call_from_thread(self.push_screen, form, answered)
        given = answer.result()
        return given["passphrase"] if given else None
