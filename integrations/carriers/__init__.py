"""Carriers 寄递企业, one folder each; only China Post and EMS may carry authority mail (邮政法第五十五条).

Here is what all of them share: what can go wrong, and the values that pass between them and the acts.
"""

from __future__ import annotations

from dataclasses import dataclass


class CarrierError(Exception):
    """A carrier could not be asked. Carries nothing of an address or a credential: it may be logged."""

    reason = "carrier_failed"


class Misconfigured(CarrierError):
    """Credentials or address are missing or not of the documented form; nothing was sent."""

    reason = "misconfigured"


class Unreachable(CarrierError):
    """There was no connection and nothing has left; or a question got no answer, and may be asked again."""

    reason = "unreachable"


class Unsure(CarrierError):
    """An order or a cancellation was on its way when the line fell silent: it may have been taken, or not."""

    reason = "unsure"


class Unreadable(CarrierError):
    """What the carrier answered to a question is not in the documented form."""

    reason = "unreadable"


class Refused(CarrierError):
    """The carrier understood and said no; `code` and `text` are its own, and the text may name a person."""

    reason = "refused"

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.text = text


class Duplicate(Refused):
    """The carrier has an order of this number already, and does not tell its waybill."""

    reason = "duplicate"


@dataclass(frozen=True)
class Party:
    """Who sends or gets: a hall or an office, by the full names of province, city and county."""

    name: str
    phone: str
    province: str
    city: str
    county: str
    address: str
    postcode: str


@dataclass(frozen=True)
class Order:
    """An envelope to be carried; `number` is ours and makes a repetition known as one."""

    number: str
    created_at: int
    """Epoch milliseconds."""
    sender: Party
    receiver: Party
    with_return: bool = False
    """Whether a waybill for the way back is asked for with it."""


@dataclass(frozen=True)
class Booked:
    """The waybill numbers a carrier gave to an order."""

    waybill: str
    return_waybill: str | None = None


@dataclass(frozen=True)
class Event:
    """One event of a parcel as the carrier tells it."""

    waybill: str
    code: str
    sub: str
    """How it was delivered, or why it was not; empty for every other code."""
    at: int
    """Epoch milliseconds."""
    organisation: str
    name: str
    text: str
    """The carrier's sentence; it may name a person."""
