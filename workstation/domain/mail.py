"""The hall's dealings with a carrier 寄递企业: numbers in stock, orders, events told, postage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.fields import personal


@dataclass(frozen=True)
class Carrier:
    """A carrier as the hall uses it; credentials come from the key sources and never stand here."""

    name: str
    """Folder of `integrations/carriers`: number_pool · ems."""
    state: str = "in_service"
    """in_service · retired; one is in service."""
    environment: str = "production"
    """production · test."""
    url: str | None = None
    """Another address than the platform's own: a relay of the hall, or a simulator."""
    numbers: str = "sticker"
    """How a number of the pool is taken: sticker (scanned) · packing (the next one, printed on the face)."""
    with_return: int = 0
    """Whether each order asks for a waybill for the way back."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class PoolNumber:
    """A waybill number the hall was given beforehand; used once."""

    number: str
    state: str
    """free · bound · spent."""
    source: str
    """span · list."""
    imported_at: int
    imported_by: str
    object: str | None = None
    """The envelope it went to."""


class OrderState(StrEnum):
    """Where an order stands. `*_sending`: it may be on its way at this moment."""

    WAITING = "order_waiting"
    SENDING = "order_sending"
    PLACED = "order_placed"
    REFUSED = "order_refused"
    UNSURE = "order_unsure"
    DROPPED = "order_dropped"
    CANCEL_WAITING = "cancel_waiting"
    CANCEL_SENDING = "cancel_sending"
    CANCEL_REFUSED = "cancel_refused"
    CANCEL_UNSURE = "cancel_unsure"
    CANCELED = "order_canceled"


#: Nothing lives at the carrier under these, and nothing will happen to them any more.
ORDER_ENDED = frozenset({OrderState.DROPPED, OrderState.CANCELED})
#: The worker has something to do for these, at once or at their next try.
ORDER_DUE = (
    OrderState.WAITING,
    OrderState.SENDING,
    OrderState.UNSURE,
    OrderState.CANCEL_WAITING,
    OrderState.CANCEL_SENDING,
    OrderState.CANCEL_UNSURE,
)


@dataclass(frozen=True)
class MailOrder:
    """An order 下单 with a carrier for one envelope, told under its own number again until it is sure."""

    id: str
    """The logisticsOrderNo: number of the envelope and ordinal, `23501031012632500011-1`."""
    envelope: str
    carrier: str
    state: str
    window: int
    asked_at: int
    asked_by: str
    body: str | None = personal()
    """What is sent, fixed before the first attempt and never changed; None: not composed yet."""
    attempts: int = 0
    """Sends that have begun in its present errand, ordering or cancelling."""
    next_try_at: int | None = None
    """None: it does not try again by itself; a person decides."""
    reason: str | None = None
    """Why it did not go through: coded, of `integrations.carriers` or ours (killed, tries_spent)."""
    reason_text: str | None = personal()
    """The carrier's own words."""
    waybill: str | None = None
    return_waybill: str | None = None
    ended_at: int | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class MailEvent:
    """One event of a parcel as the carrier told it; kept whatever it is."""

    id: str
    """Digest of waybill, code, sub-code, time and organisation: the event's identity."""
    waybill: str
    code: str
    sub: str
    at: int
    organisation: str
    name: str
    source: str
    """sync · import."""
    received_at: int
    text: str | None = personal()
    """The carrier's sentence; it may name who signed."""


@dataclass(frozen=True)
class TaskStep:
    """One step of a task that a person has done."""

    task: str
    step: str
    done_at: int
    done_by: str
    note: str | None = personal()


@dataclass(frozen=True)
class Postage:
    """What one parcel cost, in fen 分, and which side pays it."""

    id: str
    """The waybill's id."""
    waybill: str
    leg: str
    payer: str
    """window · home · applicant."""
    fen: int
    source: str
    """typed · bill."""
    noted_at: int
    noted_by: str
