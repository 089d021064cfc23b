"""通行证 between here, Hong Kong, Macao and Taiwan. No check digit is known: only the form is checked.

The forms are those of public validators, not of an official text (来源：未核对).
"""

from __future__ import annotations

import re

from forms.identifiers import _number

KIND = "travel_permit"
REASONS = _number.REASONS

_FORM = re.compile(
    r"[HM][0-9]{8}(?:[0-9]{2})?"  # 港澳居民来往内地通行证; formerly with two digits for renewals
    r"|[0-9]{8}|[0-9]{10}"  # 台湾居民来往大陆通行证 (台胞证); ten digits formerly
    r"|C[0-9]{8}|C[A-Z][0-9]{7}"  # 往来港澳通行证
)


def compact(text: str) -> str:
    """Full width folded, blanks taken out, letters raised to capitals."""
    return _number.compact(text)


def validate(text: str) -> str:
    """The compact form, of one of the known patterns."""
    return _number.validate_as(KIND, text, _FORM)


def mask(text: str) -> str:
    """H*****678, or 1*****78 of eight digits; anything else is hidden altogether."""
    return _number.mask(text, _FORM)
