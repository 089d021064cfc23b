"""The courier's rounds: badge, every sealed envelope, the 交接清单; and what does not go smoothly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from workstation.acts import claims, day_sheets, handover, papers, postages, queue, sampling
from workstation.domain.envelope import Batch, Envelope, EnvelopeState
from workstation.domain.paper import Paper
from workstation.policies import SamplingPolicy
from workstation.practice.scene import Window, live_face
from workstation.practice.times import Later, Story
from workstation.practice.waybills import Waybills

_HOUR = 3_600_000
#: On a quiet day nothing may have been handed in.
_LOOKED_THROUGH = timedelta(days=7)


@dataclass(frozen=True)
class Round:
    """One courier at one window."""

    window: Window
    badge: str
    rng: Random = field(repr=False)
    waybills: Waybills = field(repr=False)
    keeps_one_back: bool = False
    """One envelope cannot be found and goes with the next round."""
    takes_over: int | None = None
    """Window whose courier has gone: what lay there for an hour goes along."""


def taken(one: Round) -> Story:
    """All envelopes are scanned, batch and sheet closed; a window with nothing to send is passed by."""
    sealed = _sealed(one, one.window.number)
    extra = _left_over(one) if one.takes_over else []
    if not sealed and not extra:
        return
    batch = handover.open_batch(one.window.desk, one.badge)
    kept = sealed.pop() if one.keeps_one_back and len(sealed) > 1 else None
    for envelope in [*sealed, *extra]:
        _scan(one, batch, envelope)
    missing = {kept.number: "not_found"} if kept else {}
    handover.hand_over(one.window.desk, batch.number, missing=missing)
    if extra:
        yield Later(2)
        sheet = live_face(one.window.desk, batch.number, "handover_sheet")
        papers.reprint(one.window.desk, sheet, reason="unreadable")


def evening(window: Window) -> Story:
    """The supervisor prints 日清单 and 邮费月报表, hands over, draws a sample, and prints all once more."""
    sheet = day_sheets.print_sheet(window.supervising)
    statement = postages.print_statement(window.supervising, sheet.object[: len("YYYY-MM")])
    shift, sample = _shift_over(window), _sampled(window, sheet.object)
    yield Later(3)
    for paper in (sheet, statement, shift, sample):
        papers.reprint(window.supervising, paper.number, reason="unreadable")


def _shift_over(window: Window) -> Paper:
    """The supervisor has taken what is worst in the queue, and the clerk goes on with it."""
    claims.claim(window.supervising, queue.listed(window.supervising)[:3])
    return claims.hand_over(window.supervising, window.desk.signed_in().code).paper


def _sampled(window: Window, day: str) -> Paper:
    """Two of the latest cases are looked through again; one is sound."""
    since = date.fromisoformat(day) - _LOOKED_THROUGH
    drawn = sampling.draw(window.supervising, since.isoformat(), day, policy=SamplingPolicy(fewest=2))
    name, case = drawn.sample.id, drawn.lines[0].case_number
    sampling.find(window.supervising, name, case, finding="sound")
    return sampling.print_sheet(window.supervising, name)


def under_way(one: Round) -> Story:
    """The last round of all: the courier is scanning while the curtain falls."""
    sealed = _sealed(one, one.window.number)
    batch = handover.open_batch(one.window.desk, one.badge)
    for envelope in sealed[: (len(sealed) + 1) // 2]:
        yield Later(0.2)
        _scan(one, batch, envelope)


def _scan(one: Round, batch: Batch, envelope: Envelope) -> None:
    """Most carry a waybill; now and then its bars are torn and it is typed, a colleague watching."""
    typed = one.rng.random() < 0.1
    waybill = one.waybills.next(one.rng) if one.rng.random() < 0.9 else None
    handover.scan_envelope(
        one.window.with_colleague if typed else one.window.desk,
        batch.number,
        face=live_face(one.window.desk, envelope.number, "envelope"),
        waybill=waybill,
        how="typed" if typed else "scanned",
    )


def _sealed(one: Round, window: int) -> list[Envelope]:
    with one.window.desk.reading() as reading:
        return reading.envelopes.where(state=EnvelopeState.SEALED, window=window)


def _left_over(one: Round) -> list[Envelope]:
    """Of the other window, what nobody has in hand any more."""
    with one.window.desk.reading() as reading:
        _, _, now = reading.chain()
    found = _sealed(one, one.takes_over or 0)
    return [envelope for envelope in found if (envelope.sealed_at or now) < now - _HOUR]
