"""Write the generated parts of docs/操作手册.md: what each key does, on every screen and everywhere.

`python -m tools.manual` writes them, `python -m tools.manual --check` says whether they are up to date.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from textual.binding import Binding

from workstation import screens
from workstation.app import CounterApp
from workstation.screens.base import CounterScreen, key_word
from workstation.screens.help.help import EVERYWHERE
from workstation.widgets.record_list import RecordList

MANUAL = Path(__file__).parent.parent / "docs" / "操作手册.md"
_PART = re.compile(r"<!-- keys (?P<name>\w+) -->\n.*?<!-- /keys -->", re.DOTALL)


def acting() -> Mapping[str, type[CounterScreen]]:
    """Every screen on which something is done, by the name of its class."""
    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    found = (each for each in _below(CounterScreen) if each.DOES and each.TITLE_WORD)
    # What the tests derive from a screen is no screen of the house.
    return {each.__name__: each for each in found if each.__module__.startswith(screens.__name__)}


def _below(kind: type[CounterScreen]) -> Iterator[type[CounterScreen]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def table(name: str) -> str:
    """The keys of a screen, of the lists, or of everywhere, as a table."""
    if name in _SHARED:
        return _drawn(_SHARED[name]())
    does = acting()[name].DOES
    return _drawn((do.key_word, f"**{do.label}**　{do.explains}".rstrip("　")) for do in does if do.key)


def _drawn(lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join(["| 键 | 做什么 |", "|---|---|", *(f"| {key} | {said} |" for key, said in lines)])


def everywhere() -> Iterator[tuple[str, str]]:
    """Keys that mean the same on every screen."""
    yield from bound(CounterApp.BINDINGS)
    yield from bound(CounterScreen.BINDINGS)
    yield from EVERYWHERE


def in_lists() -> Iterator[tuple[str, str]]:
    """Keys that mean the same in every list."""
    yield from bound(RecordList.BINDINGS)


_SHARED = {"everywhere": everywhere, "lists": in_lists}


def bound(bindings: Iterable[object]) -> Iterator[tuple[str, str]]:
    """Bindings as keys and words; another way to type a character is not told."""
    for binding in bindings:
        assert isinstance(binding, Binding)
        keys = [key_word(key) for key in binding.key.split(",") if "_" not in key]
        yield " ".join(keys), binding.description


def written(text: str) -> str:
    """The manual with its tables as the screens are now."""

    def anew(part: re.Match[str]) -> str:
        return f"<!-- keys {part['name']} -->\n{table(part['name'])}\n<!-- /keys -->"

    return _PART.sub(anew, text)


def main() -> int:
    """Write or check."""
    now = MANUAL.read_text(encoding="utf-8")
    new = written(now)
    if "--check" in sys.argv:
        return int(new != now)
    MANUAL.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
