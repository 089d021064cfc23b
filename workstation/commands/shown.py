"""How a record leaves the machine: personal fields masked, digests left out, times with their zone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from forms.identifiers import address, citizen_id, landline, mobile, person_name
from workstation.domain.fields import masked_fields, secret_fields
from workstation.domain.times import local

_HIDDEN = "***"
_TIMES = frozenset({"at", "locked_until"})
_INTERNAL = frozenset(
    {"name_digest", "id_digest", "phone_digest", "digest", "template", "password_version", "pin_version"}
)


def record(of: Any, *, reveal: bool = False) -> dict[str, object]:
    """A record as a dictionary for `--json`. Only the act that reveals shows personal fields in clear."""
    kind: type = type(of)
    hidden = frozenset() if reveal else masked_fields(kind)
    left_out = _INTERNAL | secret_fields(kind)
    shown: dict[str, object] = {}
    for each in dataclasses.fields(of):
        value = getattr(of, each.name)
        if each.name in left_out or isinstance(value, bytes):
            continue
        shown[each.name] = mask(each.name, value) if each.name in hidden else _plain(each.name, value)
    return shown


def time(at: int | None) -> str | None:
    """Epoch milliseconds as ISO 8601 in Asia/Shanghai."""
    return None if at is None else local(at).isoformat("T", "milliseconds")


def mask(name: str, value: str | bytes | None) -> str | None:
    """A personal value as it may stand on a screen; a kind nobody knows is hidden whole."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return _HIDDEN
    for ending, masked in _MASKS:
        if name == ending or name.endswith(f"_{ending}"):
            return masked(value)
    return _HIDDEN


def _phone(value: str) -> str:
    return mobile.mask(value) if mobile.compact(value).startswith("1") else landline.mask(value)


_MASKS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("name", person_name.mask),
    ("id", citizen_id.mask),
    ("id_number", citizen_id.mask),
    ("phone", _phone),
    ("address", address.mask),
)


def _plain(name: str, value: object) -> object:
    if isinstance(value, int) and (name in _TIMES or name.endswith("_at")):
        return time(value)
    return value
