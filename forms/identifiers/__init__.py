"""What people write about themselves, one module a kind; being in this folder is being registered.

Siblings share verbs and say in `REASONS` all that `validate` can object to; the wording is made elsewhere.
A module whose name begins with an underscore is what several kinds share, and no kind.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

OF_PERSONS = (
    "citizen_id",
    "residence_permit",
    "foreigner_card",
    "travel_permit",
    "passport",
    "foreign_passport",
)
"""Kinds of documents that identify a natural person, each with one `compact` for all."""
OF_ORGANISATIONS = ("unified_credit_code",)
"""Kinds that identify a legal person or another organisation."""

# From the most to the least that is checked. 通行证 before passport: both can be H or M and eight digits, and
# residents of Hong Kong and Macao show the permit here. A foreign passport can be anything: none is guessed.
_GUESSED = (
    "citizen_id",
    "residence_permit",
    "foreigner_card",
    "unified_credit_code",
    "travel_permit",
    "passport",
)


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
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")))


@cache
def load(name: str) -> Identifier:
    """The module of one kind; an unknown name is a KeyError."""
    if name not in names():
        raise KeyError(name)
    return cast("Identifier", importlib.import_module(f"{__name__}.{name}"))


def guess(text: str) -> tuple[str, ...]:
    """The kinds a number can be of, most specific first; empty for what is none, or a foreign passport."""
    return tuple(kind for kind in _GUESSED if _accepts(kind, text))


def _accepts(kind: str, text: str) -> bool:
    try:
        load(kind).validate(text)
    except InvalidIdentifier:
        return False
    return True
