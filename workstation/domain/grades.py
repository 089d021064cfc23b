"""The four grades of a scan's result, told apart by word, sign, colour and bell: never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How a scan came out."""

    RECOGNISED = "recognised"
    """It leads to something here."""
    REPEATED = "repeated"
    """The same label again, too soon to be meant."""
    REFUSED = "refused"
    """A code of ours, but void or of another hall; or the store cannot be asked."""
    UNKNOWN = "unknown"
    """Nothing that exists here."""


@dataclass(frozen=True)
class Signal:
    """How a grade is shown and heard."""

    word: str
    sign: str
    """One column wide in every terminal."""
    colour: str
    """A name of the theme's."""
    bells: int


SIGNALS: Mapping[Grade, Signal] = {
    Grade.RECOGNISED: Signal("认得", "✓", "success", 0),
    Grade.REPEATED: Signal("重复", "=", "accent", 1),
    Grade.REFUSED: Signal("不能办", "✗", "warning", 2),
    Grade.UNKNOWN: Signal("不认识", "?", "error", 3),
}
