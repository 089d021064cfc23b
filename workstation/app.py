"""The workstation on a terminal: opens the hall, knows who is at the desk, goes from screen to screen."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from workstation import faults, settings
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.opening import Given, Opening
from workstation.policies import LoginPolicy, MailPolicy, ScannerPolicy, ScreenPolicy
from workstation.screens import doors, lost_terminal
from workstation.screens.base import CounterScreen
from workstation.settings import Home
from workstation.widgets.frame import Said
from workstation.widgets.themes import THEMES
from workstation.widgets.words import Harmless

if TYPE_CHECKING:
    from workstation.acts.desk import Desk
    from workstation.commands.parser import Options
    from workstation.domain.draft import Draft

#: One for all: Textual keeps filtered lines by the filter they went through.
_HARMLESS = Harmless()
DONE = ("success", "✓", "办好")
#: Kinds of drafts about something that is there; such a screen finds its draft by itself.
_RESUMES = {"review": "review", "packing": "sealing", "arrival": "arrivals"}
ATTENTION = ("warning", "!", "注意")
TROUBLE = ("error", "✗", "没有办成")


def run(options: Options) -> int:
    """Open the screens for what was given on the command line; gives the exit code."""
    home = settings.locate(options.home)
    given = Given(home, options.operator, options.window, readonly=options.readonly)
    app = CounterApp(given)
    app.run()
    return app.fault.exit_code if app.fault else app.return_value or 0


def _look_for_rubbish() -> None:
    """From the first paint on, but never in what was loaded by then: it stays as long as the program."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class CounterApp(Opening):
    """One window of the counter."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "跨省通办窗口工作站"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "explain", "帮助", show=False, priority=True),
        Binding("ctrl+q", "leave", "退出", show=False, priority=True),
        Binding("ctrl+l", "lock", "锁屏、换人", show=False, priority=True),
        Binding("ctrl+p", "palette", "命令", show=False, priority=True),
        Binding("f12", "scanner", "扫描枪", show=False, priority=True),
    ]

    def __init__(self, given: Given) -> None:
        super().__init__(given)
        self.said: Said | None = None
        self._reason: Said | None = None
        """The last reason told why an act is not possible: the next key may take it away."""
        self.fault: Explained | None = None
        """What nobody foresaw, and what the program ended with."""
        self._desk: Desk | None = None
        self._touched = time.monotonic()
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = ScreenPolicy().theme
        # A list that glides to its end is a list one waits for.
        self.animation_level = "none"

    # --- opening and leaving

    def on_mount(self) -> None:
        """Begin."""
        self.begin()
        self.set_interval(5, self._lock_when_idle)
        self.set_interval(1, self._end_without_terminal)
        self.after_paint(_look_for_rubbish)

    def _end_without_terminal(self) -> None:
        if not self.is_headless and lost_terminal.is_gone():
            lost_terminal.end_soon()
            self.exit()

    def begin(self) -> None:
        """Begin where one can: at the sign-in, or where there is no hall yet at the welcome."""
        home = self.given.home
        there = home.is_closed or home.has_hall or home.founding.exists()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(doors.opened("login" if there else "welcome"))

    def use_settings(self) -> None:
        """Look and scanner as this window's settings have them."""
        self.theme = self.screen_policy.theme
        self.listen(self.scanner_policy)

    def on_unmount(self) -> None:
        """Let go of store and drafts, each connection in its own thread."""
        self.answer_nothing()
        opened = self.opened
        close = opened.desk.store.engine.close if opened else None
        self.looking.rest(close)
        self.sending.rest(close)
        self.rest_from_mail(close)
        self.acting.rest(close)
        if opened:
            opened.close()

    def action_leave(self) -> None:
        """Ctrl+Q: leave, after a question if something is not done yet."""
        unsaved = [s for s in self.screen_stack if isinstance(s, CounterScreen) and s.unsaved]
        if not unsaved:
            self.exit(0)
            return
        from workstation.screens.dialogs import Confirm

        told = [*(s.unsaved or "" for s in unsaved), *dict.fromkeys(s.KEPT for s in unsaved)]
        question = Confirm("现在退出吗？", "\n".join(told), yes="退出", safe=True)
        self.push_screen(question, lambda yes: self.exit(0) if yes else None)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        """What a key sets off; a look that fails is told, and what was shown before stays."""
        try:
            return await super().run_action(*args, **kwargs)
        except Explained as error:
            self.trouble(error)
            return True

    def _handle_exception(self, error: Exception) -> None:
        """The same for what goes on beside the keys; anything else ends the program."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Explained):
            self.trouble(error.error)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual's own page would print the values of variables: names, numbers and keys among them."""
        error = self._exception
        assert error is not None
        self.fault = faults.internal(error, self.home.logs)
        told = (self.fault.what, f"原因：{self.fault.why}", f"下一步：{self.fault.next}")
        self._exit_renderables.append(Text("\n".join(told)))
        self._close_messages_no_wait()

    # --- who is at the desk

    @property
    def desk(self) -> Desk:
        """The desk with the operator at it, or with nobody."""
        if self._desk is None:
            assert self.opened is not None, "nothing is asked of a hall that is not open"
            self._desk = replace(self.opened.desk, readonly=self.given.readonly)
        return self._desk

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is at the desk."""
        return self._desk is not None and self._desk.operator is not None

    @property
    def is_locked(self) -> bool:
        """Whether the screen is covered."""
        return any(screen.id == "lock" for screen in self.screen_stack)

    @property
    def may_scan(self) -> bool:
        """Whether scans are listened to: not where a password is asked for."""
        return super().may_scan and self.is_signed_in and not self.is_locked

    @property
    def home(self) -> Home:
        """Where this window's things lie."""
        return self.given.home

    @property
    def login_policy(self) -> LoginPolicy:
        """How often somebody may be wrong."""
        return self.opened.settings.login if self.opened else LoginPolicy()

    @property
    def screen_policy(self) -> ScreenPolicy:
        """How screens behave at this window."""
        return self.opened.settings.screen if self.opened else ScreenPolicy()

    @property
    def scanner_policy(self) -> ScannerPolicy:
        """How the scanner behaves at this window."""
        return self.opened.settings.scanner if self.opened else ScannerPolicy()

    @property
    def mail_policy(self) -> MailPolicy:
        """How the carrier is asked."""
        return self.opened.settings.mail if self.opened else MailPolicy()

    async def sign_in(self, code: str, password: str) -> None:
        """Put a person at the desk, and begin anew with the worklist."""
        from workstation.acts import users

        opened = await self.open_hall()
        empty = replace(opened.desk, readonly=self.given.readonly)
        policy = opened.settings.login
        self._desk = await self.acting.do(lambda: users.sign_in(empty, code, password, policy=policy))
        # Before the screens change: what asks for this ends with the screen of the sign-in.
        self.send_prints()
        self.send_mail()
        self.said = None
        while len(self.screen_stack) > 1:
            self.pop_screen()
        await self.push_screen(doors.opened("worklist"))

    def whereabouts(self) -> dict[str, Any]:
        """Hall, window and person for the line above."""
        if self.opened is None:
            return {"place": "", "who": "", "practice": False}
        desk = self.desk
        who = f"{desk.operator.name}（{word(desk.operator.role)}）" if desk.operator else ""
        readonly = "只读　" if desk.readonly else ""
        place = f"{readonly}{desk.hall.name}　{desk.window} 号窗口"
        return {"place": place, "who": who, "practice": desk.hall.practice}

    async def unlock(self, secret: str) -> None:
        """The person at the desk is there: by the PIN, or by the password where there is none."""
        desk, policy = self.desk, self.login_policy
        code = desk.signed_in().code

        from workstation.acts import users

        def unlocked() -> Desk:
            if secret.isdigit() and users.has_pin(desk):
                return users.unlock(desk, secret, policy=policy)
            return users.sign_in(desk, code, secret, policy=policy)

        self._desk = await self.do(unlocked)

    def action_lock(self) -> None:
        """Lock: the screen is covered until the person shows to be there, or another one signs in."""
        if self.is_signed_in and not self.is_locked:
            from workstation.screens.login.lock import Lock

            self.push_screen(Lock())

    def _lock_when_idle(self) -> None:
        if time.monotonic() - self._touched > self.screen_policy.lock_minutes * 60:
            self.action_lock()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there; a key is over with the reason told at the one before."""
        if isinstance(event, events.InputEvent):
            self._touched = time.monotonic()
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._forget_reason()
        await super().on_event(event)

    def fail(self, error: Explained) -> None:
        """What cannot be mended here: tell it, then end with its exit code."""
        from workstation.screens.dialogs import Refusal

        self.push_screen(Refusal(error), lambda _: self.exit(error.exit_code))

    def dress(self, theme: str) -> None:
        """Another look, kept for this window."""
        self.theme = theme
        if self.opened and not self.given.readonly:
            opened = self.opened
            changed = msgspec.structs.replace(
                opened.settings, screen=msgspec.structs.replace(opened.settings.screen, theme=theme)
            )
            self.opened = replace(opened, settings=changed)
            from workstation import bootstrap

            bootstrap.keep(opened.home, changed)

    def after_paint(self, then: Callable[[], object]) -> None:
        """Do something once what is there has been painted.

        The way through the queue leads past the start, when Textual calls refreshed what it holds back.
        """
        self.call_later(lambda: self.screen.call_after_refresh(then))

    # --- telling

    def tell(self, look: str, sign: str, word_: str, text: str) -> None:
        """Say something in the line below, on whichever screen is there."""
        self._say(Said(look, sign, word_, on_screen(text)))

    def _say(self, said: Said | None) -> None:
        self.said = said
        for screen in self.screen_stack:
            if isinstance(screen, CounterScreen):
                screen.tell(said)

    def done(self, text: str) -> None:
        """Say that something is done."""
        self.tell(*DONE, text)

    def trouble(self, error: Explained) -> None:
        """Say what could not be asked or kept, where no act was refused."""
        self.tell(*TROUBLE, f"{error.what}{error.why}{error.next}")
        self.bell()

    def attention(self, text: str) -> None:
        """Say something to look at."""
        self.tell(*ATTENTION, text)
        self.bell()

    def cannot(self, label: str, reason: str) -> None:
        """Say why an act is not possible now."""
        self.attention(f"“{label}”现在不能办：{reason}")
        self._reason = self.said

    def _forget_reason(self) -> None:
        if self._reason is not None and self.said is self._reason:
            self._say(None)
        self._reason = None

    def get_line_filters(self) -> list[LineFilter]:
        """Nothing that steers a terminal leaves here."""
        return [*super().get_line_filters(), _HARMLESS]

    # --- going about

    def go(self, name: str, **given: Any) -> None:
        """Open a screen; a warning about the one before is over with it."""
        self._forget_warning()
        self.push_screen(doors.opened(name, **given))

    def resume(self, draft: Draft) -> None:
        """Go on with a draft, on the screen it belongs to."""
        if draft.kind == "intake":
            self.go("intake", draft=draft)
        else:
            self.go(_RESUMES[draft.kind], number=draft.object)

    def _forget_warning(self) -> None:
        if self.said is not None and self.said.look == ATTENTION[0]:
            self.said = None

    def step_back(self) -> None:
        """One step back from this screen; the first one stays."""
        screen = self.screen
        if not isinstance(screen, CounterScreen):
            return
        below = [each for each in self.screen_stack[:-1] if isinstance(each, CounterScreen)]
        if not below:
            self.attention("这是第一个画面；退出按 Ctrl+Q。")
        elif screen.unsaved:
            from workstation.screens.dialogs import Confirm

            ask = Confirm("离开这个画面吗？", f"{screen.unsaved}\n{screen.KEPT}", yes="离开")
            self.push_screen(ask, self._leave_if)
        else:
            self._forget_warning()
            self.pop_screen()

    def _leave_if(self, yes: bool | None) -> None:
        if yes:
            self.pop_screen()

    def search(self) -> None:
        """The one search."""
        if self.is_signed_in:
            self.go("search")

    def action_explain(self) -> None:
        """F1."""
        from workstation.screens.help.help import Help

        if not isinstance(self.screen, Help):
            self.push_screen(Help(self.screen, self.focused))

    def action_palette(self) -> None:
        """Ctrl+P."""
        from workstation.screens.palette.palette import Palette

        if self.is_signed_in and isinstance(self.screen, CounterScreen):
            self.push_screen(Palette(self.screen))

    def action_scanner(self) -> None:
        """F12: what the scanner really sends."""
        if self.is_signed_in and isinstance(self.screen, CounterScreen):
            self.go("scanner")
