"""How a record marks its fields: personal ones are encrypted, secret ones stay out of the journal."""

from __future__ import annotations

import dataclasses
from typing import Any


def personal(default: Any = None) -> Any:
    """A field about a person: encrypted in its row, present in the journal only as a keyed digest."""
    return dataclasses.field(default=default, metadata={"personal": True})


def secret(default: Any = None) -> Any:
    """A password or PIN hash: random, so the journal does not carry it; its pepper binds it to the row."""
    return dataclasses.field(default=default, metadata={"secret": True})


def personal_fields(kind: type) -> frozenset[str]:
    """Names of the fields of a record class that are kept like personal data.

    `FREE_TEXT` names what somebody types about papers: it may name a person.
    """
    free_text: frozenset[str] = getattr(kind, "FREE_TEXT", frozenset())
    return masked_fields(kind) | free_text


def masked_fields(kind: type) -> frozenset[str]:
    """Names of the fields about a person, which leave the machine masked."""
    return frozenset(f.name for f in dataclasses.fields(kind) if f.metadata.get("personal"))


def secret_fields(kind: type) -> frozenset[str]:
    """Names of the secret fields of a record class."""
    return frozenset(f.name for f in dataclasses.fields(kind) if f.metadata.get("secret"))


def field_names(kind: type) -> tuple[str, ...]:
    """Names of all fields of a record class, in the order of its columns."""
    return tuple(f.name for f in dataclasses.fields(kind))
