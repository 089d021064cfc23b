"""Who works here: the hall and its users."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.fields import personal, secret


@dataclass(frozen=True)
class Hall:
    """The one hall a store belongs to."""

    id: int
    division: str
    digit: int
    """1-8; 9 marks a practice hall 演练, for ever."""
    name: str
    address: str
    postcode: str
    phone: str
    created_at: int
    practice: int = 0


@dataclass(frozen=True)
class User:
    """An operator; signs in by password, confirms as second person by PIN."""

    code: str
    name: str = personal()
    role: str = ""
    state: str = "active"
    """active · disabled."""
    badge: str | None = None
    password: str | None = secret()
    password_version: int = 0
    pin: str | None = secret()
    pin_version: int = 0
    added_at: int = 0
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Waiting:
    """待确认: an act of a one-clerk hall that waits for its second person."""

    id: str
    act: str
    object: str
    by: str
    at: int
    window: int
    state: str
    """waiting · done · dropped."""
    arguments: str | None = personal()
    ended_at: int | None = None
    ended_by: str | None = None
