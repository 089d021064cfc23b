"""遮盖: how a personal value may stand on a screen or in an answer; nothing is shown in clear here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from forms import identifiers
from forms.identifiers import address, citizen_id, landline, mobile, organisation_name, person_name

_HIDDEN = "***"


def mask(name: str, value: str | bytes | None, id_kind: str | None = None) -> str | None:
    """A personal value as it may stand on a screen; a kind nobody knows is hidden whole.

    `id_kind` is the kind of document it stands beside: a passport is hidden by its own rule, and the name of
    a legal person, public record, is not.
    """
    if value is None:
        return None
    if isinstance(value, bytes):
        return _HIDDEN
    ending = _ending(name)
    if ending in _OF_DOCUMENT and id_kind in _KINDS:
        return _by_kind(ending, id_kind)(value)
    return _MASKS[ending](value) if ending else _HIDDEN


def field(of: Any, name: str) -> str | None:
    """A personal field of a record, hidden by the kind of document the record has beside it."""
    return mask(name, getattr(of, name), _kind_beside(of, name))


def _ending(name: str) -> str:
    """The part of a field's name that has a rule; empty for none."""
    return next((each for each in _MASKS if name == each or name.endswith(f"_{each}")), "")


def _kind_beside(of: Any, name: str) -> str | None:
    """The kind of document a name or number belongs to: `applicant_id_kind` beside `applicant_id`."""
    return getattr(of, f"{name.removesuffix(_ending(name))}id_kind", None)


@cache
def _by_kind(ending: str, id_kind: str) -> Callable[[str], str]:
    if ending != "name":
        return identifiers.load(id_kind).mask
    return organisation_name.mask if id_kind in identifiers.OF_ORGANISATIONS else person_name.mask


def _phone(value: str) -> str:
    return mobile.mask(value) if mobile.compact(value).startswith("1") else landline.mask(value)


_MASKS: dict[str, Callable[[str], str]] = {
    "name": person_name.mask,
    "id": citizen_id.mask,
    "id_number": citizen_id.mask,
    "phone": _phone,
    "address": address.mask,
}
_OF_DOCUMENT = frozenset({"name", "id", "id_number"})
_KINDS = frozenset({*identifiers.OF_PERSONS, *identifiers.OF_ORGANISATIONS})
