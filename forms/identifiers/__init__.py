"""What people write about themselves, one module a kind; being in this folder is being registered.

Siblings share verbs and say in `REASONS` all that `validate` can object to; the wording is made elsewhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast


class InvalidIdentifier(ValueError):
    """A value that is not of its kind. Carries names for machines and never the value: it may be logged."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class Identifier(Protocol):
    """What each module of this folder offers."""

    KIND: str
    REASONS: tuple[str, ...]

    def compact(self, text: str) -> str:
        """The one way this value is stored and compared; never raises."""

    def validate(self, text: str) -> str:
        """The compact form, or `InvalidIdentifier`."""

    def mask(self, text: str) -> str:
        """What may stand on a screen by default; never raises, whatever the text."""


def names() -> tuple[str, ...]:
    """The kinds there are, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(name: str) -> Identifier:
    """The module of one kind; an unknown name is a KeyError."""
    if name not in names():
        raise KeyError(name)
    return cast("Identifier", importlib.import_module(f"{__name__}.{name}"))
