"""Every point on the way of a case at which something can be tried; every act, in arguments that let it pass.

The matrix of acts and states, the races and the random walks share these.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests import builders
from tests.engines import HALL
from workstation.acts import (
    acceptance,
    departures,
    formal_review,
    handover,
    home,
    identification,
    notices,
    packing,
    pledges,
    receipts,
    registration,
    results,
    sealing,
    service,
    troubles,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Material, Result, Wanted
from workstation.domain import codes
from workstation.domain.case import CaseState, Row
from workstation.domain.codes import Kind
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.store.work import Reading

_PLACE = codes.HallCode(HALL.division, HALL.digit)
_DAY = datetime.date(2026, 11, 20)
#: Well-formed, and never issued.
NO_ENVELOPE = codes.compose(Kind.ENVELOPE, _PLACE, window=9, day=_DAY, serial=9999)
NO_BATCH = codes.compose(Kind.BATCH, _PLACE, window=9, day=_DAY, serial=9999)
NO_SLIP = codes.compose(Kind.REPLY_SLIP, _PLACE, window=9, day=_DAY, serial=9999)


@dataclass(frozen=True)
class Scene:
    """A case with what belongs to it; numbers that nobody issued where there is none."""

    case: str
    consignment: str
    envelope: str = NO_ENVELOPE
    batch: str = NO_BATCH


def states(desk: Desk, scene: Scene) -> dict[str, str | None]:
    """The state of each record of a scene, by the table that speaks for it; None where there is none."""
    with desk.reading() as reading:
        found: dict[str, Any] = {
            "cases": reading.cases.get(scene.case),
            "consignments": reading.consignments.get(scene.consignment),
            "envelopes": reading.envelopes.get(scene.envelope),
            "batches": reading.batches.get(scene.batch),
        }
    return {table: str(record.state) if record else None for table, record in found.items()}


# --- scenes


def _of_case(desk: Desk, number: str) -> Scene:
    return Scene(number, f"{number}-1")


def _case(state: CaseState) -> Callable[[Desk], Scene]:
    return lambda desk: _of_case(desk, builders.a_case(desk, state).number)


def _failing(desk: Desk) -> Scene:
    case = builders.a_case(desk, CaseState.REGISTERED)
    rows = builders.open_rows(desk, case.number)
    findings = [builders.passing(row) for row in rows]
    findings[0] = replace_defects(rows[0])
    formal_review.review(desk, case.number, findings)
    return _of_case(desk, case.number)


def replace_defects(row: Row) -> Finding:
    """A finding with which a row fails: the paper is there and not signed."""
    return Finding(row=row.row_id, form=row.form, copies=row.copies, pages=1, defects=("unsigned",))


def _told_twice(desk: Desk) -> Scene:
    scene = _case(CaseState.TO_CORRECT)(desk)
    formal_review.resubmit(desk, scene.case, [Material(row="statement", form="original")])
    (row,) = builders.open_rows(desk, scene.case)
    formal_review.review(desk, scene.case, [replace_defects(row)])
    return scene


def _lapsed(desk: Desk) -> Scene:
    scene = _case(CaseState.TO_CORRECT)(desk)
    departures.lapse(desk, scene.case)
    return scene


def _consignment(state: ConsignmentState) -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        consignment = builders.a_consignment(desk, state)
        return Scene(
            consignment.case_number,
            consignment.id,
            consignment.envelope or NO_ENVELOPE,
            _batch_of(desk, consignment.envelope),
        )

    return build


def _batch_of(desk: Desk, envelope: str | None) -> str:
    if envelope is None:
        return NO_BATCH
    return builders.envelope_of(desk, envelope).batch or NO_BATCH


def _electronic(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.ACCEPTED)(desk)
    builders.decided(desk, scene.consignment, "electronic")
    return scene


def _returned(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.ACCEPTED)(desk)
    home.refuse(desk, scene.consignment, reason="not_ours")
    return scene


def _two_offices(desk: Desk) -> Scene:
    case = builders.a_case(desk, offices=2)
    builders.advance(desk, f"{case.number}-1", ConsignmentState.RESULT_ARRIVED)
    return Scene(
        case.number, f"{case.number}-1", builders.consignment_of(desk, f"{case.number}-1").envelope or ""
    )


def _envelope(state: EnvelopeState, purpose: str = "first") -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        envelope = builders.an_envelope(desk, state, purpose=purpose)
        with desk.reading() as reading:
            (content,) = reading.contents.where(envelope=envelope.number)
        case = content.consignment[:20]
        return Scene(case, content.consignment, envelope.number, envelope.batch or NO_BATCH)

    return build


def _in_batch(purpose: str, *, scanned: bool) -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        scene = _envelope(EnvelopeState.SEALED, purpose)(desk)
        batch = builders.batched(desk, *([scene.envelope] if scanned else []))
        return replace(scene, batch=batch.number)

    return build


def _resolved(state: EnvelopeState, outcome: str, purpose: str = "first") -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        scene = _envelope(state, purpose)(desk)
        troubles.resolve(desk, scene.envelope, outcome=outcome)
        builders.asked_anew(desk, scene.envelope)
        return scene

    return build


def _received(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.HOME_CORRECTING)(desk)
    (row,) = builders.open_rows(desk, scene.case)
    formal_review.resubmit(desk, scene.case, [Material(row=row.row_id, form="copy")])
    return scene


def _supplied(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.HOME_CORRECTING)(desk)
    builders.supplied(desk, scene.case)
    return scene


def _withdrawal_asked(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.HANDED_OVER)(desk)
    departures.withdraw(desk, scene.case)
    return scene


def _papers_back(desk: Desk) -> Scene:
    scene = _withdrawal_asked(desk)
    builders.acknowledged(desk, scene.envelope)
    home.refuse(desk, scene.consignment, reason="withdrawn")
    builders.arrived(desk, scene.consignment)
    return scene


def _incomplete(desk: Desk) -> Scene:
    scene = _consignment(ConsignmentState.RESULT_RETURNING)(desk)
    results.arrive(desk, scene.consignment, [], place="R-01")
    return scene


def _agreed(state: CaseState) -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        builders.agreed(desk)
        return _case(state)(desk)

    return build


def _to_sign(state: CaseState) -> Callable[[Desk], Scene]:
    def build(desk: Desk) -> Scene:
        scene = _agreed(state)(desk)
        pledges.print_pledge(desk, scene.case, builders.asked_later())
        return scene

    return build


def _deferring(after: ConsignmentState) -> Callable[[Desk], Scene]:
    """The deferred paper has passed and is to follow."""

    def build(desk: Desk) -> Scene:
        consignment = builders.a_deferred_consignment(desk, after)
        builders.brought(desk, consignment.case_number)
        return Scene(consignment.case_number, consignment.id)

    return build


def _following(
    after: ConsignmentState, state: EnvelopeState, *, in_batch: bool = False
) -> Callable[[Desk], Scene]:
    """The deferred paper follows in an envelope of its own."""

    def build(desk: Desk) -> Scene:
        envelope = builders.a_deferred_supplement(desk, after, state)
        with desk.reading() as reading:
            (content,) = reading.contents.where(envelope=envelope.number)
        batch = builders.batched(desk, envelope.number).number if in_batch else envelope.batch or NO_BATCH
        return Scene(content.consignment[:20], content.consignment, envelope.number, batch)

    return build


def _corrected_meanwhile(desk: Desk) -> Scene:
    scene = _following(ConsignmentState.ACKNOWLEDGED, EnvelopeState.HANDED_OVER)(desk)
    builders.corrected(desk, scene.consignment)
    return scene


def _deferred_scenes(after: ConsignmentState) -> dict[str, Callable[[Desk], Scene]]:
    return {
        f"deferring_{after}": _deferring(after),
        f"following_{after}_open": _following(after, EnvelopeState.OPEN),
        f"following_{after}_scanned": _following(after, EnvelopeState.SEALED, in_batch=True),
        f"following_{after}_handed_over": _following(after, EnvelopeState.HANDED_OVER),
        f"following_{after}_sent_back": _following(after, EnvelopeState.SENT_BACK),
    }


SCENES: Mapping[str, Callable[[Desk], Scene]] = {
    **{state.value: _case(state) for state in CaseState},
    "failing": _failing,
    "told_twice": _told_twice,
    "lapsed": _lapsed,
    **{f"consignment_{state.value}": _consignment(state) for state in ConsignmentState},
    "electronic": _electronic,
    "returned": _returned,
    "two_offices": _two_offices,
    **{f"envelope_{state.value}": _envelope(state) for state in EnvelopeState},
    **{f"supplement_{state.value}": _envelope(state, "supplement") for state in EnvelopeState},
    "in_batch": _in_batch("first", scanned=False),
    "scanned": _in_batch("first", scanned=True),
    "supplement_scanned": _in_batch("supplement", scanned=True),
    "opened_here": _resolved(EnvelopeState.SENT_BACK, "repack"),
    "claimed": _resolved(EnvelopeState.LOST, "claim"),
    "supplement_opened_here": _resolved(EnvelopeState.SENT_BACK, "repack", "supplement"),
    "supplement_received": _received,
    "supplement_supplied": _supplied,
    "withdrawal_asked": _withdrawal_asked,
    "papers_back": _papers_back,
    "incomplete": _incomplete,
    "agreed_registered": _agreed(CaseState.REGISTERED),
    "agreed_to_correct": _agreed(CaseState.TO_CORRECT),
    "agreed_reviewed": _agreed(CaseState.REVIEWED),
    "to_sign_registered": _to_sign(CaseState.REGISTERED),
    "to_sign_to_correct": _to_sign(CaseState.TO_CORRECT),
    **_deferred_scenes(ConsignmentState.HANDED_OVER),
    **_deferred_scenes(ConsignmentState.ACKNOWLEDGED),
    **_deferred_scenes(ConsignmentState.ACCEPTED),
    "corrected_meanwhile": _corrected_meanwhile,
}


# --- acts


@dataclass(frozen=True)
class Attempt:
    """One act on the record of `table`, in arguments that pass where the act is possible at all."""

    act: str
    table: str
    do: Callable[[Desk, Scene], object]


def _identify(desk: Desk, scene: Scene) -> object:
    return identification.identify(desk, scene.case, method="in_person", outcome="passed")


def _rows(desk: Desk, scene: Scene) -> list[Row]:
    """The rows that wait, or else all of them."""
    with desk.reading() as reading:
        every = reading.rows.where(case_number=scene.case)
    return builders.open_rows(desk, scene.case) or every


def _review(desk: Desk, scene: Scene) -> object:
    return formal_review.review(desk, scene.case, [builders.passing(row) for row in _rows(desk, scene)])


def _fail(desk: Desk, scene: Scene) -> object:
    return formal_review.review(desk, scene.case, [replace_defects(_rows(desk, scene)[0])])


def _resubmit(desk: Desk, scene: Scene) -> object:
    wanted = [
        Material(row=row.row_id, form=row.form.removesuffix("_checked")) for row in _rows(desk, scene)[:1]
    ]
    return formal_review.resubmit(desk, scene.case, wanted)


def _paper(desk: Desk, number: str, kind: str) -> str:
    """A face of an envelope, live or void; a number nobody issued where there is no envelope."""
    with desk.reading() as reading:
        return _newest(reading, number, kind)


def _newest(reading: Reading, number: str, kind: str) -> str:
    found = reading.papers.where(object=number, kind=kind)
    return found[-1].number if found else NO_SLIP


def _seal(desk: Desk, scene: Scene) -> object:
    face = _paper(desk, scene.envelope, "envelope")
    listed = _paper(desk, scene.envelope, "packing_list")
    return sealing.seal(desk, face, listed, place="B-02", no_secret=True)


def _scan(desk: Desk, scene: Scene) -> object:
    face = _paper(desk, scene.envelope, "envelope")
    return handover.scan_envelope(desk, scene.batch, face=face)


def _hand_over(desk: Desk, scene: Scene) -> object:
    return handover.hand_over(desk, scene.batch, missing=builders.unscanned(desk, scene.batch))


def _acknowledge(desk: Desk, scene: Scene) -> object:
    return receipts.acknowledge(desk, _paper(desk, scene.envelope, "reply_slip"), channel="slip")


def _acknowledge_by_hand(desk: Desk, scene: Scene) -> object:
    return receipts.acknowledge_by_hand(desk, scene.envelope, person="示例科长", channel="phone")


def _decide(mode: str) -> Callable[[Desk, Scene], object]:
    certificates = [Result(name="户籍证明")] if mode == "paper" else []
    return lambda desk, scene: home.decide(
        desk, scene.consignment, outcome="granted", result_mode=mode, results=certificates
    )


def _arrive(desk: Desk, scene: Scene) -> object:
    return results.arrive(desk, scene.consignment, builders.found(desk, scene.consignment), place="R-02")


def _sign(desk: Desk, scene: Scene) -> object:
    return pledges.sign(desk, _paper(desk, f"{scene.case}-p1", "pledge"))


_GROUNDS = acceptance.Grounds(reason="不属本事项", legal_basis="示例依据", remedies="示例救济途径")

_WANTED = [Wanted(name="补充材料", standard="影像清晰")]

ATTEMPTS: Mapping[str, Attempt] = {
    "identify": Attempt("identify", "cases", _identify),
    "review": Attempt("review", "cases", _review),
    "review_failing": Attempt("review", "cases", _fail),
    "notice": Attempt("notice", "cases", lambda d, s: notices.notice(d, s.case, reason="再次发现缺签名")),
    "resubmit": Attempt("resubmit", "cases", _resubmit),
    "decline": Attempt(
        "decline",
        "cases",
        lambda d, s: departures.decline(d, s.case, reason="not_this_item", text="不属本事项"),
    ),
    "guide": Attempt(
        "guide", "cases", lambda d, s: departures.guide(d, s.case, channel="online", text="网上可办")
    ),
    "print_pledge": Attempt(
        "print_pledge", "cases", lambda d, s: pledges.print_pledge(d, s.case, builders.asked_later())
    ),
    "sign_pledge": Attempt("sign_pledge", "cases", _sign),
    "issue_acceptance": Attempt(
        "issue_acceptance",
        "cases",
        lambda d, s: acceptance.accept(d, s.consignment, legal_basis="示例依据", limit="20 个工作日"),
    ),
    "issue_non_acceptance": Attempt(
        "issue_non_acceptance", "cases", lambda d, s: acceptance.refuse(d, s.consignment, grounds=_GROUNDS)
    ),
    "lapse": Attempt("lapse", "cases", lambda d, s: departures.lapse(d, s.case)),
    "withdraw": Attempt("withdraw", "cases", lambda d, s: departures.withdraw(d, s.case)),
    "hand_back": Attempt("hand_back", "cases", lambda d, s: departures.hand_back(d, s.case)),
    "serve": Attempt("serve", "cases", lambda d, s: service.serve(d, s.case, identity_checked=True)),
    "close": Attempt("close", "cases", lambda d, s: service.close(d, s.case, rating="refused")),
    "pack": Attempt("pack", "consignments", lambda d, s: packing.pack(d, [s.consignment])),
    "home_correct": Attempt(
        "home_correct", "consignments", lambda d, s: home.correct(d, s.consignment, _WANTED)
    ),
    "home_accept": Attempt("home_accept", "consignments", lambda d, s: home.accept(d, s.consignment)),
    "home_refuse": Attempt(
        "home_refuse", "consignments", lambda d, s: home.refuse(d, s.consignment, reason="not_ours")
    ),
    "decide_paper": Attempt("decide", "consignments", _decide("paper")),
    "decide_electronic": Attempt("decide", "consignments", _decide("electronic")),
    "result_return": Attempt(
        "result_return", "consignments", lambda d, s: results.result_return(d, s.consignment)
    ),
    "arrive": Attempt("arrive", "consignments", _arrive),
    "seal": Attempt("seal", "envelopes", _seal),
    "reopen": Attempt(
        "reopen", "envelopes", lambda d, s: packing.reopen(d, s.envelope, reason="wrong_paper")
    ),
    "void": Attempt("void", "envelopes", lambda d, s: packing.void(d, s.envelope, reason="damaged")),
    "acknowledge": Attempt("acknowledge", "envelopes", _acknowledge),
    "acknowledge_by_hand": Attempt("acknowledge_by_hand", "envelopes", _acknowledge_by_hand),
    "sent_back": Attempt(
        "trouble", "envelopes", lambda d, s: troubles.trouble(d, s.envelope, kind="sent_back")
    ),
    "lost": Attempt("trouble", "envelopes", lambda d, s: troubles.trouble(d, s.envelope, kind="lost")),
    "repack": Attempt("resolve", "envelopes", lambda d, s: troubles.resolve(d, s.envelope, outcome="repack")),
    "claim": Attempt("resolve", "envelopes", lambda d, s: troubles.resolve(d, s.envelope, outcome="claim")),
    "scan_envelope": Attempt("scan_envelope", "batches", _scan),
    "hand_over": Attempt("hand_over", "batches", _hand_over),
}

#: Acts that begin something, so that there is no state to be in before.
BEGINNINGS: Mapping[str, Callable[[Desk, Scene], Any]] = {
    "register": lambda desk, _: registration.register(desk, builders.an_intake()),
    "pack": lambda desk, scene: packing.pack(desk, [scene.consignment]),
    "open_batch": lambda desk, _: handover.open_batch(desk, builders.badge(desk)),
}
