"""One line of free text, such as a remark 备注: what people can see, nothing that hides or rearranges it."""

from __future__ import annotations

import unicodedata

from forms.identifiers import InvalidIdentifier

KIND = "plain_text"
REASONS = ("empty", "too_long", "control", "invisible", "surrogate", "private_use", "damaged")
MAX = 500
"""The longest text unless the caller says otherwise, in characters."""

_EDGES = " \t\r\n\u00a0\u3000"
# By general category: bidi overrides, zero-width characters and tags are all Cf.
_FORBIDDEN = {
    "Cc": "control",
    "Zl": "control",
    "Zp": "control",
    "Cf": "invisible",
    "Cs": "surrogate",
    "Co": "private_use",
}


def compact(text: str) -> str:
    """NFC, without blanks at the ends; what stands within is kept."""
    return unicodedata.normalize("NFC", text).strip(_EDGES)


def validate(text: str, *, longest: int = MAX, required: bool = True) -> str:
    """The compact form; an empty text is refused only where one is `required`."""
    return validate_as(KIND, text, longest=longest, required=required)


def validate_as(kind: str, text: str, *, longest: int = MAX, required: bool = True) -> str:
    """The same for a sibling that is plain text with a rule of its own, whose errors carry its own kind."""
    line = compact(text)
    if required and not line:
        raise InvalidIdentifier(kind, "empty")
    if len(line) > longest:
        raise InvalidIdentifier(kind, "too_long")
    if (reason := forbidden(line)) is not None:
        raise InvalidIdentifier(kind, reason)
    return line


def forbidden(text: str) -> str | None:
    """The reason the first unacceptable character is refused for, or None: control, invisible, surrogate …"""
    if text.isascii() and text.isprintable():  # numbers and codes, which every act asks about
        return None
    for character in text:
        if _is_damage(character):
            return "damaged"
        if (reason := _FORBIDDEN.get(unicodedata.category(character))) is not None:
            return reason
    return None


def mask(text: str) -> str:
    """**** whatever the length: a remark can say anything about anybody."""
    return "****" if compact(text) else ""


def _is_damage(character: str) -> bool:
    # U+FFFD stands where an earlier program lost a character; the noncharacters are never text.
    code = ord(character)
    return code == 0xFFFD or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
