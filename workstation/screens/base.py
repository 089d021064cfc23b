"""What all screens share: the frame, the keys made from their acts, one step back, and taking a scan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from workstation.errors import Explained
from workstation.widgets.frame import SMALLEST, Head, Key, Keys, MessageLine, Said, TooSmall
from workstation.widgets.words import Words

if TYPE_CHECKING:
    from workstation.acts.desk import Desk
    from workstation.acts.scanning import Scanned
    from workstation.app import CounterApp

_COLUMNS, _ROWS = SMALLEST
#: Classes by which style sheets tell the sizes apart.
WIDTHS = [(0, "-cramped"), (_COLUMNS, "-narrow"), (120, "-wide")]
HEIGHTS = [(0, "-low"), (_ROWS, "-high"), (40, "-tall")]


_KEY_WORDS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "空格",
    "delete": "Del",
    "backspace": "退格",
    "insert": "Ins",
    "slash": "/",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


class Do(NamedTuple):
    """Something a screen does at a key: its method is `do_<name>`."""

    name: str
    label: str
    key: str
    """As Textual names it: f3, ctrl+s. Never a letter or digit alone: the input method eats them.

    Empty for what is rare: it is in the palette only.
    """
    initials: str
    """Pinyin initials of the label, for the palette."""
    explains: str = ""
    opens: str = ""
    """The screen it opens and does nothing besides, by its folder: the palette lists the two as one."""

    @property
    def key_word(self) -> str:
        """The key as people read it."""
        return key_word(self.key)


def key_word(key: str) -> str:
    """A key as people read it: `ctrl+s` → `^S`."""
    if key in _KEY_WORDS:
        return _KEY_WORDS[key]
    return key.upper().replace("CTRL+", "^").replace("SHIFT+", "⇧") if len(key) > 1 else key


def _know_size(screen: Screen[Any]) -> None:
    """Give a screen its classes of size before anything in it is styled, or all is styled twice."""
    for limits, cells in ((WIDTHS, screen.app.size.width), (HEIGHTS, screen.app.size.height)):
        screen.add_class([name for least, name in limits if cells >= least][-1], update=False)


class AtCounter(Widget):
    """What screens and dialogs alike know of the application."""

    @property
    def counter(self) -> CounterApp:
        """The application, as what it is."""
        return cast("CounterApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk with the operator at it."""
        return self.counter.desk


class CounterScreen(Screen[None], AtCounter):
    """One screen of the counter.

    `Screen` stands first: Textual looks for style sheets along the first bases, and a screen without the
    library's own has no background and is drawn over all that lies below.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    TITLE_WORD: ClassVar[str] = ""
    DOES: ClassVar[tuple[Do, ...]] = ()
    KEPT: ClassVar[str] = "已填的内容存在草稿里。"
    """What becomes of what is `unsaved` when one leaves all the same."""
    explains: str = ""
    """What F1 says of the screen as a whole."""
    expects_waybill: bool = False
    """Whether a waybill is being asked for at this moment: then 13 digits are one."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "返回", show=False),
        Binding("slash,fullwidth_solidus,ideographic_comma", "search", "查找", show=False),
    ]
    DEFAULT_CSS = """
    CounterScreen { layers: base cover; }
    CounterScreen.-cramped > .framed { offset: 400 0; }
    CounterScreen.-low > .framed { offset: 400 0; }
    CounterScreen.-cramped > TooSmall { display: block; }
    CounterScreen.-low > TooSmall { display: block; }
    CounterScreen .screen--body { height: 1fr; }
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        made = [Binding(do.key, f"do({do.name!r})", do.label, show=False) for do in cls.DOES if do.key]
        own = cls.__dict__.get("BINDINGS", [])
        cls.BINDINGS = [*own, *made]
        super().__init_subclass__(**kwargs)

    def compose(self) -> ComposeResult:
        """The frame with the screen's own body in it."""
        _know_size(self)
        with Vertical(classes="framed"):
            yield Head(self.TITLE_WORD)
            with Vertical(classes="screen--body"):
                yield from self.body()
            yield MessageLine()
            yield Keys()
        yield TooSmall()

    def body(self) -> Iterator[Widget]:
        """The screen's own widgets."""
        raise NotImplementedError

    async def load(self) -> None:
        """Ask for what the screen shows; called when it opens and when one comes back to it."""

    def why_not(self, name: str) -> str | None:  # noqa: ARG002 - for screens to say
        """Why the act of this name is not possible now, in one short sentence; None: it is."""
        return None

    @property
    def unsaved(self) -> str | None:
        """What would be lost by leaving, in words; None: nothing."""
        return None

    def take_scan(self, scanned: Scanned) -> bool:  # noqa: ARG002 - for screens to say
        """Use a scan here; False: it is nothing for this screen."""
        return False

    @property
    def is_there(self) -> bool:
        """Whether it is still shown or below what is: an answer may come after it was left."""
        return self.is_mounted and self in self.app.screen_stack

    def entitle(self, title: str) -> None:
        """Another title above."""
        self.query_one(Head).entitle(title)

    def tell(self, said: Said | None) -> None:
        """Show a message in this screen's line."""
        if self.is_there:
            self.query_one(MessageLine).tell(said)

    def refresh_keys(self) -> None:
        """Say anew which acts are possible."""
        if self.is_there:
            keys = [Key(do.key_word, do.label, self.why_not(do.name)) for do in self.DOES if do.key]
            self.query_one(Keys).tell(keys)

    async def on_screen_resume(self) -> None:
        """Opened, or come back to: what it shows may have changed.

        A subclass writes `on_mount` of its own and calls no `super()`: Textual calls each class's handler.
        """
        await self.refresh_frame()

    async def refresh_frame(self) -> None:
        """Ask anew for everything, within the frame and in it."""
        self.query_one(Head).tell(**self.counter.whereabouts())
        self.tell(self.counter.said)
        try:
            await self.load()
        except Explained as error:
            # What was shown before is still there, and so is what was typed.
            self.counter.trouble(error)
        self.refresh_keys()

    async def action_do(self, name: str) -> None:
        """An act's key: do it, or say why not."""
        reason = self.why_not(name)
        if reason is not None:
            label = next(do.label for do in self.DOES if do.name == name)
            self.counter.cannot(label, reason)
            return
        done = getattr(self, f"do_{name}")()
        if done is not None:
            await done

    def action_back(self) -> None:
        """One step back, with a question if something would be lost."""
        self.counter.step_back()

    def action_search(self) -> None:
        """The one search."""
        self.counter.search()


class Dialog(ModalScreen[Any], AtCounter):
    """A question over a screen; Esc answers nothing."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    explains: str = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "取消", show=False)]
    DEFAULT_CSS = """
    Dialog { align: center middle; layers: base cover; background: $background 60%; }
    Dialog > .dialog--box {
        width: 72; max-width: 100%; height: auto; max-height: 20; border: round $accent; background: $surface;
        padding: 0 1;
    }
    Dialog .dialog--box VerticalScroll { height: auto; max-height: 14; }
    Dialog.-wide > .dialog--box { width: 96; }
    Dialog.-cramped > .dialog--box { offset: 400 0; }
    Dialog.-low > .dialog--box { offset: 400 0; }
    Dialog.-cramped > TooSmall { display: block; }
    Dialog.-low > TooSmall { display: block; }
    Dialog .dialog--title { text-style: bold; color: $text-accent; height: auto; }
    Dialog .dialog--keys { color: $text-muted; height: 1; margin: 1 0 0 0; }
    """

    title_word: str = ""
    keys_word: str = "Enter 确定　Esc 取消"

    def compose(self) -> ComposeResult:
        """The box with the question in it."""
        _know_size(self)
        with Vertical(classes="dialog--box"):
            yield Words(self.title_word, classes="dialog--title")
            yield from self.body()
            yield Words(self.keys_word, classes="dialog--keys")
        yield TooSmall()

    def body(self) -> Iterator[Widget]:
        """The dialog's own widgets."""
        raise NotImplementedError

    def take_scan(self, scanned: Scanned) -> bool:  # noqa: ARG002 - for dialogs to say
        """Use a scan here; False: the screen below may."""
        return False

    def action_cancel(self) -> None:
        """Esc."""
        self.dismiss(None)
