"""护照 of this country, Hong Kong and Macao. No check digit is known: only the form is checked.

The forms are those of public validators, not of an official text (来源：未核对).
"""

from __future__ import annotations

import re

from forms.identifiers import _number

KIND = "passport"
REASONS = _number.REASONS

_FORM = re.compile(
    r"E[0-9]{8}|E[A-Z][0-9]{7}|G[0-9]{8}"  # 普通护照, the last formerly
    r"|[PSD]E[0-9]{7}|[PSD][0-9]{7,8}"  # 公务普通, 公务, 外交, and their former numbers
    r"|[HK][0-9]{8}|[HK]J[0-9]{7}"  # Hong Kong
    r"|M[0-9]{8}|M[AB][0-9]{7}"  # Macao
)


def compact(text: str) -> str:
    """Full width folded, blanks taken out, letters raised to capitals."""
    return _number.compact(text)


def validate(text: str) -> str:
    """The compact form, of one of the known patterns."""
    return _number.validate_as(KIND, text, _FORM)


def mask(text: str) -> str:
    """E*****678; anything else is hidden altogether."""
    return _number.mask(text, _FORM)
