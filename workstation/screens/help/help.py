"""F1: explains what is under the cursor, then lists every key of this moment, made from the bindings."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from workstation.screens.base import CounterScreen, key_word
from workstation.screens.dialogs import Reading

#: Keys that hold everywhere and are no bindings of ours.
EVERYWHERE = (("Tab ⇧Tab", "下一项、上一项"),)
_EDITING = (
    ("← → Home End", "在输入框里移动"),
    ("^U ^K", "删到行首、行尾"),
    ("^V", "粘贴"),
)


class Help(Reading):
    """The help of one moment."""

    def __init__(self, screen: Screen[object], focused: Widget | None) -> None:
        super().__init__("帮助", "\n".join(_lines(screen, focused)))


def _lines(screen: Screen[object], focused: Widget | None) -> Iterator[str]:
    for said in dict.fromkeys(_explanations(screen, focused)):
        yield said
        yield ""
    if isinstance(screen, CounterScreen) and screen.DOES:
        yield "本画面："
        yield from _acts(screen)
        yield ""
    yield "按键："
    keys = dict.fromkeys([*_bound(screen, focused), *EVERYWHERE, *_EDITING])
    yield from (_line(key, text) for key, text in keys)


def _explanations(screen: Screen[object], focused: Widget | None) -> Iterator[str]:
    node: DOMNode | None = focused
    while node is not None:
        if said := getattr(node, "explains", ""):
            yield said
        node = node.parent
    if said := getattr(screen, "explains", ""):
        yield said


def _acts(screen: CounterScreen) -> Iterator[str]:
    for do in screen.DOES:
        reason = screen.why_not(do.name)
        said = f"{do.label}　{do.explains}".rstrip("　")
        yield _line(do.key_word, f"{said}　×现在不能：{reason}" if reason else said)


def _bound(screen: Screen[object], focused: Widget | None) -> Iterator[tuple[str, str]]:
    """Keys with a Chinese word, of the focused widget, the screen and the application."""
    nodes = [node for node in (focused, screen, screen.app) if node is not None]
    for node in nodes:
        by_word: dict[str, dict[str, None]] = {}
        for binding in filter(_is_told, _bindings(node)):
            by_word.setdefault(binding.description, {})[key_word(binding.key)] = None
        yield from ((" ".join(keys), description) for description, keys in by_word.items())


def _bindings(node: DOMNode) -> Iterator[Binding]:
    for bindings in node._bindings.key_to_bindings.values():
        yield from bindings


def _is_told(binding: Binding) -> bool:
    """Bindings of ours say in Chinese what they do; the keys of acts stand above."""
    return not binding.description.isascii() and "do(" not in binding.action and "_" not in binding.key


def _line(key: str, text: str) -> str:
    return f"  {key}{' ' * max(1, 14 - cell_len(key))}{text}"
