"""How the number of any document is written and hidden; all documents of persons share this one form.

One form for all kinds lets a person be looked up by a number without saying first what document it is of.
"""

from __future__ import annotations

import re
import string
import unicodedata

from forms.identifiers import InvalidIdentifier

REASONS = ("empty", "characters", "form")
"""What `validate_as` objects to."""

_CHARACTERS = re.compile(r"[0-9A-Z]+")
_BLANKS = re.compile(r"\s+")
# Only ASCII is raised: ß would become SS and make a number of what is none.
_CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def compact(text: str) -> str:
    """Full width folded, blanks taken out, letters raised to capitals."""
    raised = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_CAPITALS)
    # What a blank or a small letter kept apart may combine now.
    return unicodedata.normalize("NFC", raised)


def validate_as(kind: str, text: str, form: re.Pattern[str]) -> str:
    """The compact form, for a sibling of whose numbers nothing but the form is known."""
    number = compact(text)
    if not number:
        raise InvalidIdentifier(kind, "empty")
    if not _CHARACTERS.fullmatch(number):
        raise InvalidIdentifier(kind, "characters")
    if not form.fullmatch(number):
        raise InvalidIdentifier(kind, "form")
    return number


def mask(text: str, form: re.Pattern[str]) -> str:
    """Most of a number of this form, and all of any other text."""
    number = compact(text)
    return hide(number) if form.fullmatch(number) else "*" * len(number)


def hide(number: str) -> str:
    """E*****678: of a short number the first character and the last three, two or one, by its length."""
    last = 3 if len(number) > 8 else 2 if len(number) > 6 else 1
    return number[:1] + "*" * (len(number) - 1 - last) + number[-last:]
