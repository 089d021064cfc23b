"""轨迹 to be looked at: every parcel of a waybill, envelope, consignment or case, event by event.

How events are taken stands in `tracking`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.identifiers import plain_text
from integrations.carriers.ems import events
from workstation.acts import refusals, steps, tracking
from workstation.acts.desk import Desk
from workstation.domain import scans
from workstation.domain.envelope import Waybill
from workstation.domain.mail import MailEvent
from workstation.domain.tracking import Mail, fold
from workstation.errors import Refused
from workstation.store.work import Reading

NO_CODE = "没有代码，只有原文"
"""Meaning of an event of which only the sentence is known."""


@dataclass(frozen=True)
class Told:
    """One event as it is shown."""

    event: MailEvent
    meaning: str
    """The carrier's own words for its code, never its sentence: that may name a person."""
    known: bool
    """Whether anybody knows what the code means; an unknown one moves nothing."""
    cancelled: bool
    """Whether a later event took it back."""


@dataclass(frozen=True)
class Done:
    """An act of ours about the parcel, to be read beside the events."""

    at: int
    act: str
    operator: str | None


@dataclass(frozen=True)
class Parcel:
    """A waybill with all that was told of it, newest first, and what we did."""

    waybill: Waybill
    mail: Mail
    told: tuple[Told, ...]
    done: tuple[Done, ...]


@dataclass(frozen=True)
class Timeline:
    """轨迹 of what was asked for: the parcels of a waybill, envelope, consignment or case."""

    number: str
    parcels: tuple[Parcel, ...]


_OURS = frozenset(
    {
        "pack",
        "seal",
        "reopen",
        "void",
        "bind_waybill",
        "hand_over",
        "acknowledge",
        "acknowledge_by_hand",
        "trouble",
        "resolve",
    }
)


def timeline(desk: Desk, number: str) -> Timeline:
    """What the carrier has told, by a waybill's number, an envelope's, a consignment's or a case's."""
    desk.signed_in()
    if plain_text.forbidden(number):
        raise _nothing_here(number)
    with desk.reading() as reading:
        return Timeline(number, tuple(_shown(reading, waybill) for waybill in _bound(reading, number)))


def _bound(reading: Reading, number: str) -> list[Waybill]:
    """The waybills of what has this number, the latest first; refused if nothing here has it."""
    found = reading.waybills.where(number=scans.clean(number))
    if not found:
        found = [
            bound for object_ in _objects(reading, number) for bound in reading.waybills.where(object=object_)
        ]
    return sorted(found, key=lambda waybill: waybill.bound_at, reverse=True)


def _nothing_here(number: str) -> Refused:
    return Refused(
        "track-not-found",
        what=f"{refusals.shown(number)} 没有轨迹可看。",
        why="它不是本大厅绑过的运单号，也不是账上的封套、送件或办件。",
        next="请核对编号；运单还没有绑定的先绑定。（命令：envelope bind）",
    )


def _objects(reading: Reading, number: str) -> list[str]:
    """The envelopes and consignments a number stands for."""
    consignments = reading.consignments.where(case_number=number)
    if not consignments and (consignment := reading.consignments.get(number)):
        consignments = [consignment]
    if not consignments:
        return [_envelope(reading, number)]
    names = [name for c in consignments for name in (c.envelope, c.supplement, c.id)]
    return list(dict.fromkeys(filter(None, names)))


def _envelope(reading: Reading, number: str) -> str:
    face = reading.papers.get(number)
    envelope = reading.envelopes.get(face.object if face else number)
    if envelope is None:
        raise _nothing_here(number)
    return envelope.number


def _shown(reading: Reading, waybill: Waybill) -> Parcel:
    bound = reading.waybills.where(number=waybill.number)
    about = tracking.about(waybill, bound)
    mine = [fact for fact in tracking.facts(reading, waybill.number) if about(fact)]
    mail = fold(mine)
    kept = {event.id: event for event in reading.mail_events.where(waybill=waybill.number)}
    newest = sorted(
        (kept[fact.id] for fact in mine), key=lambda event: (event.at, event.code, event.id), reverse=True
    )
    return Parcel(
        waybill, mail, tuple(_told(event, mail) for event in newest), tuple(_done(reading, waybill))
    )


def _told(event: MailEvent, mail: Mail) -> Told:
    meaning = events.meaning(event.code, event.sub)
    said = meaning.name or event.name or event.code or NO_CODE
    return Told(event, said, meaning.known, event.id in mail.cancelled)


def _done(reading: Reading, waybill: Waybill) -> Iterable[Done]:
    if waybill.leg == "out":
        entries = reading.journal_of(waybill.object)
        return (Done(entry.at, entry.act, entry.operator) for entry in entries if entry.act in _OURS)
    consignment = steps.find_consignment(reading, waybill.object)
    dates = {
        "decide": consignment.decided_at,
        "result_return": consignment.returned_at,
        "arrive": consignment.arrived_at,
    }
    return (Done(at, act, None) for act, at in dates.items() if at is not None)
