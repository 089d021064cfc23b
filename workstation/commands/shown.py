"""How a record leaves the machine: personal fields masked, digests left out, times with their zone."""

from __future__ import annotations

import dataclasses
from typing import Any

from workstation.acts import masking
from workstation.acts.masking import mask
from workstation.domain.fields import masked_fields, secret_fields
from workstation.domain.times import local

__all__ = ["mask", "record", "time"]

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
        shown[each.name] = masking.field(of, each.name) if each.name in hidden else _plain(each.name, value)
    return shown


def time(at: int | None) -> str | None:
    """Epoch milliseconds as ISO 8601 in Asia/Shanghai."""
    return None if at is None else local(at).isoformat("T", "milliseconds")


def _plain(name: str, value: object) -> object:
    if isinstance(value, int) and (name in _TIMES or name.endswith("_at")):
        return time(value)
    return value
