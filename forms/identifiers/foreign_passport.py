"""外国护照: five to twenty letters and digits.

Each country numbers as it likes, and no rule is known to us: nothing but the form is checked.
"""

from __future__ import annotations

import re

from forms.identifiers import _number

KIND = "foreign_passport"
REASONS = _number.REASONS

_FORM = re.compile(r"[0-9A-Z]{5,20}")


def compact(text: str) -> str:
    """Full width folded, blanks taken out, letters raised to capitals."""
    return _number.compact(text)


def validate(text: str) -> str:
    """The compact form."""
    return _number.validate_as(KIND, text, _FORM)


def mask(text: str) -> str:
    """A*****678; what has no digit may be a name in the wrong field and is hidden, as is anything invalid."""
    number = compact(text)
    return "*" * len(number) if number.isalpha() else _number.mask(number, _FORM)
