"""The application in a test: somebody at a desk, keys pressed as a clerk does, and what the screen says.

    play(a_counter(desk, tmp_path, "worklist"), story)      # async def story(clerk: Clerk) -> None

Keys come a second apart by the scanner's clock, so typing is never taken for a scan; `scan` sends a burst.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widget import Widget

from tests import builders
from tests.engines import FilePlace
from workstation import bootstrap, secrets
from workstation.acts.desk import Desk
from workstation.app import CounterApp
from workstation.bootstrap import Opened
from workstation.opening import Given
from workstation.screens import doors
from workstation.screens.base import CounterScreen
from workstation.screens.hands import Hands
from workstation.settings import Home, Settings
from workstation.store.drafts import Drafts

NARROW, WIDE = (80, 24), (120, 40)
#: Groups of workers that go on as long as somebody is signed in.
_BESIDE = ("prints", "mail")
#: Groups of workers that open no dialog.
_ASKING_NOBODY = ("scans", "pages", "list")
_DRAWN = Compositor.render_update
_PARSED = Stylesheet._parse_rules
_RULES: dict[tuple[Any, ...], list[RuleSet]] = {}
Story = Callable[["Clerk"], Awaitable[None]]


class Seated(CounterApp):
    """The application from the moment somebody has signed in, on a screen of the test's choice."""

    def __init__(self, opened: Opened, desk: Desk, name: str, **given: Any) -> None:
        super().__init__(Given(opened.home))
        self.opened, self._desk = opened, desk
        self._first, self._given_first = name, given
        self.time_of_key = 0.0
        self.gap = 1000.0
        self.key_time = self._next_key
        self.silence_time = lambda: self.time_of_key
        self.bells = 0
        self.next_look = asyncio.Event()
        self.next_mail = asyncio.Event()
        self.mails = False
        """Whether the mail is looked after; most tests are about something else."""

    async def between_looks(self) -> None:
        """Look at the printers again when the test says so."""
        await self.next_look.wait()
        self.next_look.clear()

    def send_mail(self) -> None:
        """Only where the test is about the mail."""
        if self.mails:
            super().send_mail()

    async def between_mail(self, seconds: float) -> None:
        """Look at the outbox again when the test says so."""
        await self.next_mail.wait()
        self.next_mail.clear()

    def _next_key(self, _: events.Key) -> float:
        self.time_of_key += self.gap
        return self.time_of_key

    def begin(self) -> None:
        """Begin where the test begins."""
        self.use_settings()
        if self._first != "worklist":
            self.push_screen(doors.opened("worklist"))
        self.push_screen(doors.opened(self._first, **self._given_first))

    def bell(self) -> None:
        """Count the bells."""
        self.bells += 1


class Clerk:
    """Somebody at the keyboard."""

    def __init__(self, app: CounterApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, as Textual names them, and wait until all they set off is done."""
        for key in keys:
            self._send(_key(key) if len(key) == 1 else key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        for character in text:
            self._send(_key(character))
        await self.settle()

    def _send(self, key: str) -> None:
        """One key, as the terminal's driver gives it to the application."""
        try:
            character: str | None = unicodedata.lookup(
                _get_unicode_name_from_key(REPLACED_KEYS.get(key, key))
            )
        except KeyError:
            character = key if len(key) == 1 else None
        event = events.Key(key, character)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def fill(self, name: str, text: str) -> None:
        """Go to a field, and type over what stands there."""
        self.app.screen.query_one(f"#field-{name.replace('.', '-').replace('_', '-')}", Widget).focus()
        await self.press("end", "ctrl+u")
        await self.type(text)

    async def scan(self, code: str, end: str = "enter") -> None:
        """Let a scanner send a code: quick, and with its ending."""
        app = self.app
        assert isinstance(app, Seated)
        app.time_of_key += 5000
        app.gap = 2.0
        for key in [*map(_key, code), end]:
            self._send(key)
        await self.settle()
        app.gap = 1000.0

    async def look_at_printers(self, times: int = 1) -> None:
        """Let the printers be looked at, which else happens each second."""
        assert isinstance(self.app, Seated)
        for _ in range(times):
            self.app.next_look.set()
            await self.settle()

    async def look_at_mail(self, times: int = 1) -> None:
        """Let the outbox be looked at, which else happens every few seconds."""
        assert isinstance(self.app, Seated)
        for _ in range(times):
            self.app.next_mail.set()
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is at work and everything is drawn; an act may wait for a dialog's answer."""
        quiet = 0
        for _ in range(3000):
            await _nobody_ready()
            if not self._is_busy():
                # What waits for the next drawing may set off work of its own.
                self.app.screen._on_timer_update()
                await _nobody_ready()
            quiet = 0 if self._is_busy() else quiet + 1
            if quiet == 3:
                break
            await asyncio.sleep(0.001)

    def _is_busy(self) -> bool:
        """Whether an act or a look is running, or a worker that no dialog or printer keeps waiting."""
        app = self.app
        # Long work has hands of its own.
        own = [value for value in vars(app.screen).values() if isinstance(value, Hands)]
        if any(hands.is_busy for hands in (app.acting, app.looking, app.sending, app.mailing, *own)):
            return True
        running = [worker for worker in app.workers if worker.is_running and worker.group not in _BESIDE]
        # Whatever else runs below a dialog may be waiting for its answer.
        return bool(running) and not (
            app.screen.is_modal and all(w.group not in _ASKING_NOBODY for w in running)
        )

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without the blanks at their ends."""
        drawn: Any = _DRAWN(self.app.screen._compositor, full=True, screen_stack=self.app._background_screens)
        return ["".join(part.text for part in line).rstrip() for line in drawn.strips]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def message(self) -> str:
        """What the message line says."""
        return self.app.said.text if self.app.said else ""

    @property
    def keys(self) -> str:
        """The line of keys."""
        return self.lines[-1]

    def sees(self, *texts: str) -> None:
        """Each of these texts is on the screen."""
        shown = self.text
        for text in texts:
            assert text in shown, f"{text!r} is not on the screen:\n{shown}"

    def misses(self, *texts: str) -> None:
        """None of these texts is on the screen."""
        shown = self.text
        for text in texts:
            assert text not in shown, f"{text!r} is on the screen:\n{shown}"

    @property
    def screen(self) -> CounterScreen:
        """The screen below any dialog."""
        found = [each for each in self.app.screen_stack if isinstance(each, CounterScreen)]
        return found[-1]


async def _nobody_ready() -> None:
    """Let the others go on until each of them waits for something: a message, a thread, a moment to come."""
    loop: Any = asyncio.get_running_loop()
    await asyncio.sleep(0)
    while loop._ready:
        await asyncio.sleep(0)


def _key(character: str) -> str:
    return character if character.isalnum() else _character_to_key(character)


def a_desk(folder: Path, **changes: Any) -> Desk:
    """A desk in a hall of its own, with drafts, nobody at it; see `builders.a_desk`."""
    desk = builders.a_desk(FilePlace(folder / "ledger.db"), folder / "tray", **changes)
    keys = desk.store.keys
    return replace(
        desk, drafts=Drafts(folder / "drafts.db", keys, desk.store.clock, bootstrap.open_drafts_engine)
    )


def a_counter(desk: Desk, folder: Path, name: str = "worklist", /, **given: Any) -> Seated:
    """The application with this desk's operator at it, on the named screen for what is given."""
    settings = Settings(hall=desk.hall.id, window=desk.window)
    opened = Opened(desk, Home(folder), settings, secrets.practice_key(7))
    return Seated(opened, desk, name, **given)


def play(app: CounterApp, story: Story, size: tuple[int, int] = NARROW) -> None:
    """Run the application and let the clerk act."""

    async def played() -> None:
        async with app.run_test(size=size) as pilot:
            clerk = Clerk(app, pilot)
            await clerk.settle()
            await story(clerk)
            if app.is_running:
                assert clerk.lines, "what stands there last cannot be drawn"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", _drawn_when_looked_at)
        patch.setattr(Stylesheet, "_parse_rules", _parsed_once)
        asyncio.run(played())


def _drawn_when_looked_at(
    compositor: Compositor, full: bool = False, screen_stack: list[Any] | None = None
) -> Any:
    """No terminal shows each change, which is most of a test's work; a picture asks for the full screen."""
    return _DRAWN(compositor, full=True, screen_stack=screen_stack) if full else None


def _parsed_once(
    sheet: Stylesheet,
    css: str,
    read_from: tuple[str, str],
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """What a text of styles says under the same colours, for all the applications of this process."""
    key = css, read_from, is_default_rules, tie_breaker, scope, *sheet._variables.items()
    if key not in _RULES:
        _RULES[key] = _PARSED(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _RULES[key]


def widths(text: str) -> list[int]:
    """The cells of each line."""
    return [cell_len(line) for line in text.split("\n")]
