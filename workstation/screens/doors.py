"""Which screens there are: folders here with a `DOOR`; a screen's own module is loaded when it is opened."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workstation.domain.roles import Role

if TYPE_CHECKING:
    from workstation.screens.base import CounterScreen

_FOLDER = Path(__file__).parent
EVERYBODY = frozenset(Role)


class Door(NamedTuple):
    """What is known of a screen before it is opened."""

    title: str
    initials: str
    """Pinyin initials of the title, by which the palette finds it."""
    explains: str
    """What it is for, in one sentence."""
    roles: frozenset[Role] = EVERYBODY
    """Who finds it in the palette; what may be done there the acts decide."""
    needs: bool = False
    """It is opened for something (a case, an envelope) and so not from the palette."""


@cache
def names() -> tuple[str, ...]:
    """The screens' folders, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/screen.py")))


@cache
def door(name: str) -> Door:
    """What is known of a screen."""
    found: Door = importlib.import_module(f"{__package__}.{name}").DOOR
    return found


def opened(name: str, **given: Any) -> CounterScreen:
    """A new screen of this name, for what is given."""
    module = importlib.import_module(f"{__package__}.{name}.screen")
    screen: CounterScreen = module.OPENS(**given)
    return screen
