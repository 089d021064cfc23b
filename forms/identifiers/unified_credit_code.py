"""统一社会信用代码 (GB 32100-2015): 1 department, 1 category, 6 area, 9 organisation code, 1 check.

The nine are a 组织机构代码 (GB 11714) with a check digit of its own. python-stdnum's `validate` leaves that
one out and wants digits in front, where letters occur too; its check digit is right.
"""

from __future__ import annotations

import re

from stdnum.cn import uscc

from forms.identifiers import InvalidIdentifier, _number

KIND = "unified_credit_code"
REASONS = ("empty", "length", "alphabet", "check_digit", "division", "organisation_code")

_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_DIVISION = re.compile(r"[0-9]{6}")
_BODY = re.compile(r"[0-9A-Z]{8}")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_CHECK_DIGITS = "0X987654321"


def compact(text: str) -> str:
    """Full width folded, blanks and hyphens taken out, letters raised to capitals."""
    return _number.compact(_number.compact(text).replace("-", ""))


def validate(text: str) -> str:
    """The eighteen characters, with both check digits right."""
    code = compact(text)
    if not code:
        raise InvalidIdentifier(KIND, "empty")
    if len(code) != 18:
        raise InvalidIdentifier(KIND, "length")
    if not _FORM.fullmatch(code):
        raise InvalidIdentifier(KIND, "alphabet")
    if code[-1] != uscc.calc_check_digit(code):
        raise InvalidIdentifier(KIND, "check_digit")
    if not _DIVISION.fullmatch(code[2:8]):
        raise InvalidIdentifier(KIND, "division")
    if code[16] != organisation_check_digit(code[8:16]):
        raise InvalidIdentifier(KIND, "organisation_code")
    return code


def mask(text: str) -> str:
    """913501********0Y43: public record, yet in a field for documents it is hidden like the others."""
    code = compact(text)
    return f"{code[:6]}********{code[-4:]}" if _FORM.fullmatch(code) else "*" * len(code)


def division(text: str) -> str:
    """The six-digit area of the registering office in a valid code."""
    return validate(text)[2:8]


def organisation_code(text: str) -> str:
    """The 组织机构代码 within a valid code, as it is written: M000100Y-4."""
    code = validate(text)
    return f"{code[8:16]}-{code[16]}"


def organisation_check_digit(body: str) -> str:
    """The check digit of the eight characters of a 组织机构代码, any letter allowed (GB 11714)."""
    if not _BODY.fullmatch(body):
        raise InvalidIdentifier(KIND, "organisation_code")
    total = sum(weight * int(character, 36) for weight, character in zip(_WEIGHTS, body, strict=True))
    return _CHECK_DIGITS[total % 11]
