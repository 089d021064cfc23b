"""命令面板: every act of the screen and every screen, found by Chinese text or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from workstation.screens import doors
from workstation.screens.base import CounterScreen, Dialog
from workstation.widgets.field import Entry
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.themes import THEMES
from workstation.widgets.themes import WORDS as THEME_WORDS

#: The keys of the frame that open a screen.
_KEYS = {"scanner": "F12", "search": "/"}


class Command(NamedTuple):
    """One thing to do."""

    label: str
    initials: str
    key: str
    why_not: str | None
    run: Callable[[], object]
    also: tuple[str, str] = ("", "")
    """The label and the initials it has besides: those of the screen that an act opens, or of the act."""

    def fits(self, wanted: str) -> bool:
        """Whether what is typed means this: a part of its words, or its initials in order."""
        named = ((self.label, self.initials), self.also)
        return any(wanted in label.casefold() or _runs_through(wanted, letters) for label, letters in named)

    def is_named(self, wanted: str) -> bool:
        """Whether what is typed is all of its initials: 待办 goes before 督办队列."""
        return wanted in (self.initials, self.also[1])

    def begins(self, wanted: str) -> bool:
        """Whether its initials begin with what is typed."""
        return self.initials.startswith(wanted) or self.also[1].startswith(wanted)


def _runs_through(wanted: str, initials: str) -> bool:
    letters = iter(initials)
    return bool(wanted) and all(letter in letters for letter in wanted)


class Palette(Dialog):
    """Typing narrows the list; Enter does the first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "上一个", show=False),
        Binding("down", "move(1)", "下一个", show=False),
    ]
    DEFAULT_CSS = """
    Palette > .dialog--box { height: 20; }
    Palette Entry { margin: 0 0 1 0; background: $panel; }
    """
    title_word = "做什么？"
    keys_word = "打汉字或拼音首字母　↑↓ 选择　Enter 办理　Esc 取消"
    explains = "例如 fz 找“封装”。前面有 × 的现在不能办，后面写着原因。"

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__()
        self._commands = tuple(_commands(screen))

    def body(self) -> Iterator[Widget]:
        """What is typed, and what fits."""
        yield Entry(longest=40)
        heads = [Column("", 26), Column("", 8), Column("", 10, flexible=True)]
        yield RecordList[Command](heads, _cells, empty="没有这样的命令")

    def on_mount(self) -> None:
        """All of them, before anything is typed."""
        self._list.show(self._commands)
        self._list.can_focus = False
        self.query_one(Entry).focus()

    @property
    def _list(self) -> RecordList[Command]:
        return self.query_one(RecordList)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list.show(narrowed(self._commands, event.value))

    @on(Input.Submitted)
    def _choose(self) -> None:
        command = self._list.row
        if command is None:
            return
        self.dismiss(None)
        self.app.call_later(command.run)

    def action_move(self, step: int) -> None:
        """Another one."""
        self._list.action_move(step)


def narrowed(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that fit what is typed, those of which it is all, then those that begin with it."""
    wanted = "".join(typed.split()).casefold()
    if not wanted:
        return list(commands)
    found = [command for command in commands if command.fits(wanted)]
    return sorted(found, key=lambda command: (not command.is_named(wanted), not command.begins(wanted)))


def _cells(command: Command) -> Sequence[str]:
    sign = "× " if command.why_not else "  "
    return sign + command.label, command.key, command.why_not or ""


def _commands(screen: CounterScreen) -> Iterator[Command]:
    counter = screen.counter
    there = _doors(screen)
    for do in screen.DOES:
        why_not, opened = screen.why_not(do.name), there.get(do.opens)
        if opened and why_not:
            # The act is not theirs, to look is: the screen's own line is the one that leads there.
            there[do.opens] = opened._replace(also=(do.label, do.initials))
            continue
        also = (opened.label, opened.initials) if opened else ("", "")
        there.pop(do.opens, None)
        yield Command(do.label, do.initials, do.key_word, why_not, _doing(screen, do.name), also)
    yield from there.values()
    yield Command("锁屏、换人", "sphr", "^L", None, counter.action_lock)
    for theme in THEMES:
        yield Command(f"{THEME_WORDS[theme]}外观", "wg", "", None, _dressing(screen, theme))
    yield Command("退出", "tc", "^Q", None, counter.action_leave)


def _doors(screen: CounterScreen) -> dict[str, Command]:
    """The screens that this person may go to from anywhere."""
    role = screen.desk.signed_in().role
    found = ((name, doors.door(name)) for name in doors.names())
    return {
        name: Command(door.title, door.initials, _KEYS.get(name, ""), None, _going(screen, name))
        for name, door in found
        if not door.needs and role in door.roles
    }


def _doing(screen: CounterScreen, name: str) -> Callable[[], object]:
    return lambda: screen.action_do(name)


def _going(screen: CounterScreen, name: str) -> Callable[[], object]:
    return lambda: screen.counter.go(name)


def _dressing(screen: CounterScreen, theme: str) -> Callable[[], object]:
    return lambda: screen.counter.dress(theme)
