"""Valid things in one line: desk, person, hand-in; cases, consignments, envelopes, batches in any state.

Nothing is written past the acts: a builder plays those that lead to the state, a test names what matters.
Drawing is the slow part of an act; `no_ink` and the fixture `undrawn` leave it out.
"""

from __future__ import annotations

import itertools
import shutil
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from forms import documents, items
from tests.engines import HALL, KEYS, OPENING, FilePlace, Place, prepared
from workstation.acts import (
    agreements,
    custody,
    departures,
    formal_review,
    handover,
    home,
    identification,
    making,
    notices,
    offices,
    packing,
    pledges,
    receipts,
    registration,
    results,
    sealing,
    service,
    steps,
    troubles,
    users,
    verification,
    viewing,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import (
    CreditCheck,
    Finding,
    Found,
    Intake,
    Material,
    Office,
    Person,
    PledgedRow,
    Pledges,
    Result,
    Terms,
    Wanted,
)
from workstation.domain.case import Case, CaseState, Row, RowState
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.contact import ExternalNumber
from workstation.domain.envelope import Batch, BatchState, Envelope, EnvelopeState
from workstation.domain.office import Agreement
from workstation.domain.paper import Paper, PaperState
from workstation.domain.people import Hall, User
from workstation.domain.roles import Role
from workstation.errors import Explained
from workstation.store import schema
from workstation.store.ledger import Store, founding
from workstation.store.protocols import Engine
from workstation.store.sqlite import SqliteEngine
from workstation.store.work import Stamp

#: One person a role, and two of those who confirm each other.
STAFF = (
    User(code="1001", name="林一鸣", role=Role.CLERK),
    User(code="1002", name="陈二河", role=Role.CLERK),
    User(code="2001", name="黄三山", role=Role.SUPERVISOR),
    User(code="2002", name="吴四海", role=Role.SUPERVISOR),
    User(code="3001", name="郑五湖", role=Role.ADMINISTRATOR),
    User(code="4001", name="王六合", role=Role.AUDITOR),
    User(code="5001", name="周七里", role=Role.COURIER),
)
#: A hall in which no other clerk can confirm.
ONE_CLERK = tuple(user for user in STAFF if user.code != "1002")
WAYBILL = "1136281381675"
RETURN_WAYBILL = "EE123456785CN"


@dataclass
class Ticking:
    """A clock that goes on by a second each time it is asked, for whichever thread."""

    start: int = OPENING
    step: int = 1000
    _seconds: Iterator[int] = field(default_factory=itertools.count, repr=False)

    def __call__(self) -> int:
        return self.start + self.step * next(self._seconds)

    def stop(self, at: int) -> None:
        """Stand still at this time."""
        self.start, self.step = at, 0


_BLANK = (
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.276 841.89]>>endobj\n"
    "trailer<</Root 1 0 R>>\n"
)


def tiny(kind: str, facts: Any, watermark: str | None, ground: Any) -> tuple[bytes, str]:
    """Stands in for `making.draw`: one blank page of A4 that still tells one face from another."""
    says = f"%PDF-1.7 {kind} {facts['paper.number']} {watermark}"
    template = documents.digest(ground.wording) if ground.wording else f"undrawn {kind}"
    return f"{says}\n{_BLANK}".encode(), template


@contextmanager
def no_ink() -> Iterator[None]:
    """In here papers are promised, made, stored and laid out, but not drawn: 10 ms less for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "draw", tiny)
        yield


@pytest.fixture
def undrawn() -> Iterator[None]:
    """`no_ink` for a test."""
    with no_ink():
        yield


# --- desks


def a_desk(place: Place, tray: Path, *, staff: Sequence[User] = STAFF, hall: Hall = HALL) -> Desk:
    """A newly founded hall with its people, the first clerk at window 1."""
    staff = tuple(staff)
    engine, ticks = prepared(place, (staff, hall), lambda engine: _founded(engine, staff, hall))
    tray.mkdir(exist_ok=True)
    store = Store(engine, KEYS, hall, Ticking(_seconds=itertools.count(ticks)))
    return at(Desk(store, 1, tray), "1001")


def _founded(engine: Engine, staff: Sequence[User], hall: Hall) -> int:
    """Found a hall and let its people in; gives how often that has asked for the time."""
    clock = Ticking()
    schema.migrate(engine, OPENING)
    with founding(engine, KEYS, hall, clock) as (store, _):
        pass
    with store.transaction(Stamp("add_user", None, None, 1)) as work:
        for user in staff:
            users.enter(work, user)
    return (clock() - OPENING) // clock.step


def a_copy(desk: Desk, folder: Path) -> Desk:
    """The same hall once more, in a file of its own: what is built once can be tried many times."""
    engine = desk.store.engine
    assert isinstance(engine, SqliteEngine)
    engine.close()  # the last to close writes the log back into the file
    path = folder / f"copy-{next(_COPIES)}.db"
    shutil.copyfile(engine.path, path)
    (folder / "tray").mkdir(exist_ok=True)
    clock = Ticking(desk.store.now())
    copied = FilePlace(path).open(timeless=True)
    _OPENED.append(copied)
    if len(_OPENED) > _OPEN_AT_ONCE:
        _OPENED.popleft().close()
    store = replace(desk.store, engine=copied, clock=clock)
    return replace(desk, store=store, tray=folder / "tray")


_COPIES = itertools.count(1)
#: An ordinary user may have a thousand files open. A closed engine opens again if it is asked.
_OPEN_AT_ONCE = 20
_OPENED: deque[Engine] = deque()


def person(desk: Desk, code: str) -> User:
    """Somebody who works here."""
    with desk.reading() as reading:
        user = reading.users.get(code)
    assert user is not None
    return user


def at(desk: Desk, code: str) -> Desk:
    """This desk with that person at it."""
    return replace(desk, operator=person(desk, code))


def as_role(desk: Desk, role: str) -> Desk:
    """This desk with the first person of that role at it."""
    return at(desk, next(user.code for user in STAFF if user.role == role))


def with_second(desk: Desk, code: str = "2002") -> Desk:
    """This desk with somebody beside the operator; the second supervisor may confirm every act."""
    return replace(desk, second=person(desk, code))


def badge(desk: Desk, code: str = "5001") -> str:
    """The number on a courier's badge."""
    number = person(desk, code).badge
    assert number is not None
    return number


# --- what is handed in


def a_person(name: str = "覃示例", **changes: Any) -> Person:
    """A valid applicant."""
    values = {
        "id_number": "450103199003070004",
        "phone": "13900000001",
        "address": "福建省厦门市思明区示例路 1 号 101 室",
    }
    return Person(name=name, **{**values, **changes})


def an_office(ordinal: int = 1, **changes: Any) -> Office:
    """A valid home office; each ordinal is another one."""
    values = {
        "code": f"45010{ordinal}-police",
        "division": f"45010{ordinal}",
        "name": f"示例市第{ordinal}公安局示例派出所",
        "address": f"示例市示例区示例路 {ordinal} 号",
        "postcode": "530022",
        "phone": "0771-5550000",
    }
    return Office(**{**values, **changes})


def materials(item: str = "59", *, without: Sequence[str] = (), office: int = 1) -> tuple[Material, ...]:
    """All papers that the item always asks for, but for the rows left out."""
    taken = []
    for row in items.for_item(item).rows:
        if row.condition is None and row.id not in without:
            if row.form == "copy_checked":
                taken.append(Material(row=row.id, form="original", office=office))
            taken.append(Material(row=row.id, form=row.form.removesuffix("_checked"), office=office))
    return tuple(taken)


def an_intake(
    *, offices: int | tuple[str | Office, ...] = 1, without: Sequence[str] = (), **changes: Any
) -> Intake:
    """A complete hand-in of item 59, for as many home offices."""
    item = changes.pop("item", "59")
    if isinstance(offices, int):
        offices = tuple(an_office(ordinal) for ordinal in range(1, offices + 1))
    values = {"basis_place": "450103", "applicant": a_person(), "offices": offices}
    if "materials" not in changes:
        values["materials"] = tuple(
            material
            for ordinal in range(1, len(offices) + 1)
            for material in materials(item, without=without, office=ordinal)
        )
    return Intake(item=item, **{**values, **changes})


def passing(row: Row) -> Finding:
    """The finding with which a row passes."""
    if row.condition is not None:
        return Finding(row=row.row_id, not_applicable=True)
    return Finding(row=row.row_id, form=row.form, copies=row.copies, pages=1)


def missing(row: str) -> Finding:
    """The finding that nothing was handed in for a row."""
    return Finding(row=row)


# --- reading


def case_of(desk: Desk, number: str) -> Case:
    """A case as it stands."""
    with desk.reading() as reading:
        return steps.find_case(reading, number)


def consignment_of(desk: Desk, name: str) -> Consignment:
    """A consignment as it stands, by its id or by its case's number."""
    with desk.reading() as reading:
        return steps.find_consignment(reading, name)


def numbers_of(desk: Desk, number: str) -> list[ExternalNumber]:
    """What other systems call a case."""
    return viewing.case_file(desk, number).external_numbers


def envelope_of(desk: Desk, number: str) -> Envelope:
    """An envelope as it stands."""
    with desk.reading() as reading:
        return steps.find_envelope(reading, number)


def open_rows(desk: Desk, number: str) -> list[Row]:
    """The checklist rows of a case that have not passed, in the order of the checklist."""
    with desk.reading() as reading:
        rows = reading.rows.where(case_number=number)
    closed = (RowState.PASSED, RowState.NOT_APPLICABLE)
    return sorted((row for row in rows if row.state not in closed), key=lambda row: row.position)


def papers_of(desk: Desk, number: str, kind: str | None = None) -> list[Paper]:
    """The live faces of a case, envelope or batch, of one kind if named."""
    with desk.reading() as reading:
        found = reading.papers.where(object=number)
    return [p for p in found if p.state != PaperState.VOID and kind in (None, p.kind)]


def paper_of(desk: Desk, number: str, kind: str) -> Paper:
    """The one live face of this kind."""
    (paper,) = papers_of(desk, number, kind)
    return paper


def head(desk: Desk) -> tuple[int, bytes]:
    """Sequence and hash of the journal's head: the same again means that nothing was done."""
    with desk.reading() as reading:
        seq, digest, _ = reading.chain()
    return seq, digest


# --- single steps, with the arguments that let them pass


def review_all(desk: Desk, number: str) -> Case:
    """Let every open row of a case pass."""
    return formal_review.review(desk, number, [passing(row) for row in open_rows(desk, number)])


def identified(desk: Desk, number: str) -> Case:
    """Look at the person."""
    return identification.identify(desk, number, method="in_person", outcome="passed")


def packed(desk: Desk, consignment: str) -> Envelope:
    """Into an envelope; if one came back from that office, somebody has called there before."""
    asked_anew(desk, consignment)
    return packing.pack(desk, [consignment])


def asked_anew(desk: Desk, name: str) -> None:
    """Somebody has called where an envelope came back from, of this consignment or envelope: all is right."""
    with desk.reading() as reading:
        found = reading.envelopes.get(name) or steps.find_consignment(reading, name)
        came_back = offices.came_back(reading, found.office_code)
        office = reading.offices.get(found.office_code)
    if came_back and office and (office.verified_on or "") < offices.today(came_back):
        offices.verify(desk, found.office_code)


def sealed(desk: Desk, number: str, *, place: str = "A-01") -> Envelope:
    """Seal an envelope by scanning the face and the list that belong together."""
    asked_anew(desk, number)
    face, listed = paper_of(desk, number, "envelope"), paper_of(desk, number, "packing_list")
    return sealing.seal(desk, face.number, listed.number, place=place, no_secret=True)


def batched(desk: Desk, *envelopes: str) -> Batch:
    """An open batch with these envelopes scanned into it."""
    batch = handover.open_batch(desk, badge(desk))
    for number in envelopes:
        face = paper_of(desk, number, "envelope")
        handover.scan_envelope(desk, batch.number, face=face.number)
    return batch


def handed_over(desk: Desk, *envelopes: str) -> Batch:
    """Hand these envelopes, and no others that lie here, to the courier."""
    batch = batched(desk, *envelopes)
    return handover.hand_over(desk, batch.number, missing=unscanned(desk, batch.number))


def unscanned(desk: Desk, batch: str) -> dict[str, str]:
    """A reason for every envelope of a batch that has not been scanned."""
    with desk.reading() as reading:
        lines = reading.batch_lines.where(batch=batch)
    return {line.envelope: "held_back" for line in lines if line.scanned_at is None}


def acknowledged(desk: Desk, envelope: str) -> Envelope:
    """The home office reads the reply slip's code on the telephone."""
    slip = paper_of(desk, envelope, "reply_slip")
    return receipts.acknowledge(desk, slip.number, channel="phone")


def corrected(desk: Desk, consignment: str, name: str = "补充的亲属关系材料") -> Consignment:
    """The home office asks for one more paper."""
    return home.correct(desk, consignment, [Wanted(name=name, standard="影像清晰")])


def supplied(desk: Desk, number: str) -> Case:
    """Everything a home office asked for, or the mail has lost, is handed in and passes."""
    waiting = (ConsignmentState.HOME_CORRECTING, ConsignmentState.PACKING)
    office = next(c.ordinal for c in consignments_of(desk, number) if c.state in waiting)
    wanted = [
        Material(row=row.row_id, form="original" if row.form == "original" else "copy", office=office)
        for row in open_rows(desk, number)
    ]
    formal_review.resubmit(desk, number, wanted)
    return review_all(desk, number)


def decided(desk: Desk, consignment: str, mode: str = "paper") -> Consignment:
    """The home office grants it; a result on paper is one certificate."""
    certificates = [Result(name="户籍证明")] if mode == "paper" else []
    return home.decide(desk, consignment, outcome="granted", result_mode=mode, results=certificates)


def arrived(desk: Desk, consignment: str) -> Consignment:
    """The return envelope holds exactly what is expected."""
    return results.arrive(desk, consignment, found(desk, consignment), place="R-01")


def found(desk: Desk, consignment: str) -> list[Found]:
    """Everything that is expected back."""
    with desk.reading() as reading:
        name = steps.find_consignment(reading, consignment).id
        pieces = reading.pieces.where(consignment=name, expected=1)
    return [Found(piece=piece.id, copies=piece.copies) for piece in pieces]


def served(desk: Desk, number: str) -> Case:
    """Hand the results to the applicant."""
    return service.serve(desk, number, identity_checked=True)


def consignments_of(desk: Desk, number: str) -> list[Consignment]:
    """The consignments of a case."""
    with desk.reading() as reading:
        return reading.consignments.where(case_number=number)


# --- cases


def a_case(desk: Desk, state: str = CaseState.REVIEWED, **changes: Any) -> Case:
    """A case in any state; `changes` are those of its hand-in."""
    if state == CaseState.TO_CORRECT:
        return _to_correct(desk, an_intake(without=("statement",), **changes))
    case = registration.register(desk, an_intake(**changes))
    if state in _EXITS:
        return _EXITS[CaseState(state)](desk, case.number)
    identified(desk, case.number)
    case = review_all(desk, case.number)
    if state == CaseState.REVIEWED:
        return case
    for consignment in consignments_of(desk, case.number):
        advance(desk, consignment.id, ConsignmentState.DONE)
    if state == CaseState.CLOSED:
        return service.close(desk, case.number, rating="invited")
    return case_of(desk, case.number)


def _to_correct(desk: Desk, intake: Intake) -> Case:
    case = registration.register(desk, intake)
    identified(desk, case.number)
    handed_in = {material.row for material in intake.materials}
    rows = open_rows(desk, case.number)
    findings = [
        passing(row) if row.row_id in handed_in or row.condition else missing(row.row_id) for row in rows
    ]
    formal_review.review(desk, case.number, findings)
    return notices.notice(desk, case.number)


def _declined(desk: Desk, number: str) -> Case:
    return departures.decline(with_second(desk), number, reason="not_this_item", text="应办理另一事项")


def _guided(desk: Desk, number: str) -> Case:
    return departures.guide(desk, number, channel="online", text="可在网上全程办理")


_EXITS: dict[CaseState, Callable[[Desk, str], Case]] = {
    CaseState.REGISTERED: case_of,
    CaseState.DECLINED: _declined,
    CaseState.GUIDED: _guided,
    CaseState.WITHDRAWN: departures.withdraw,
}


# --- agreements, and what they allow


def agreed(desk: Desk, office: int = 1, item: str = "59", **terms: Any) -> Agreement:
    """An agreement with a home office that grants everything, and lets `statement` be handed in later."""
    return granted(as_role(desk, Role.SUPERVISOR), office, item, **terms)


def granted(supervising: Desk, office: int = 1, item: str = "59", **terms: Any) -> Agreement:
    """The same, with the supervisor at the desk."""
    granting: dict[str, Any] = {
        "powers": ("accept", "notify", "verify_originals", "serve"),
        "deferrable_rows": ("statement",) if item == "59" else (),
        "pledgeable_rows": ("statement",) if item == "59" else (),
        "valid_from": "2026-01-01",
        "document_number": "示例协议 1 号",
    }
    code = an_office(office).code
    with supervising.reading() as reading:
        is_known = reading.offices.get(code) is not None
    if not is_known:
        offices.add(supervising, an_office(office))
    return agreements.add(supervising, Terms(office=code, item=item, **{**granting, **terms}))


def exempting(checklist: items.Checklist, *rows: str) -> items.Checklist:
    """A checklist with some rows that the authority looks up itself (免提交)."""
    return replace(checklist, rows=tuple(replace(row, exempt=row.id in rows) for row in checklist.rows))


def asked_later(*rows: str, kind: str = "deferred", **changes: Any) -> Pledges:
    """The wish to hand rows in later, or to pledge for them; nothing speaks against the applicant."""
    values: dict[str, Any] = {
        "rows": tuple(PledgedRow(row=row, kind=kind, due="2026-12-11") for row in rows or ("statement",)),
        "credit": CreditCheck(source="示例信用查询平台", outcome="clear"),
        "verification": "示例：属地收到时核对",
        "consequence": "示例：按属地规定终止办理",
    }
    return Pledges(**{**values, **changes})


def pledged(desk: Desk, number: str, *rows: str, kind: str = "deferred") -> None:
    """A pledge for rows of a case, printed and signed."""
    printed = pledges.print_pledge(desk, number, asked_later(*rows, kind=kind))
    pledges.sign(desk, paper_of(desk, printed[0].sheet, "pledge").number)


def a_deferring_case(desk: Desk) -> Case:
    """A case that passed with its statement to be handed in later."""
    agreed(desk)
    number = registration.register(desk, an_intake(without=("statement",))).number
    identified(desk, number)
    pledged(desk, number)
    findings = [passing(row) for row in open_rows(desk, number) if row.row_id != "statement"]
    return formal_review.review(desk, number, [*findings, Finding(row="statement", way="deferred")])


def a_deferred_consignment(desk: Desk, state: str) -> Consignment:
    """A consignment in any state, its statement still to come."""
    case = a_deferring_case(desk)
    return advance(desk, f"{case.number}-1", ConsignmentState(state))


def brought(desk: Desk, number: str) -> Case:
    """The deferred statement is handed in, and passes."""
    formal_review.resubmit(desk, number, [Material(row="statement", form="original")])
    return review_all(desk, number)


def a_deferred_supplement(desk: Desk, after: str, state: str = EnvelopeState.OPEN) -> Envelope:
    """The envelope, in any state, in which a deferred paper follows a consignment in state `after`."""
    consignment = a_deferred_consignment(desk, after)
    brought(desk, consignment.case_number)
    number = packed(desk, consignment.id).number
    for act in _ENVELOPE_WAYS[EnvelopeState(state)]:
        act(desk, number)
    return envelope_of(desk, number)


# --- consignments


def a_consignment(desk: Desk, state: str = ConsignmentState.PACKING, **changes: Any) -> Consignment:
    """The first consignment of a reviewed case, in any state; `changes` are those of the hand-in."""
    case = a_case(desk, **changes)
    return advance(desk, consignments_of(desk, case.number)[0].id, ConsignmentState(state))


def advance(desk: Desk, name: str, to: ConsignmentState) -> Consignment:
    """Play the plain way of a consignment until it stands in this state."""
    while (consignment := consignment_of(desk, name)).state != to:
        if to == ConsignmentState.HOME_CORRECTING and consignment.state == ConsignmentState.ACKNOWLEDGED:
            return corrected(desk, name)
        _NEXT[ConsignmentState(consignment.state)](desk, consignment)
    return consignment


_NEXT: dict[ConsignmentState, Callable[[Desk, Consignment], object]] = {
    ConsignmentState.PACKING: lambda desk, c: sealed(desk, c.envelope or packed(desk, c.id).number),
    ConsignmentState.SEALED: lambda desk, c: handed_over(desk, c.envelope or ""),
    ConsignmentState.HANDED_OVER: lambda desk, c: acknowledged(desk, c.envelope or ""),
    ConsignmentState.ACKNOWLEDGED: lambda desk, c: home.accept(desk, c.id),
    ConsignmentState.ACCEPTED: lambda desk, c: decided(desk, c.id),
    ConsignmentState.DECIDED: lambda desk, c: results.result_return(desk, c.id),
    ConsignmentState.RESULT_RETURNING: lambda desk, c: arrived(desk, c.id),
    ConsignmentState.RESULT_ARRIVED: lambda desk, c: served(desk, c.case_number),
}


# --- envelopes and batches


def an_envelope(desk: Desk, state: str = EnvelopeState.OPEN, *, purpose: str = "first") -> Envelope:
    """An envelope of a case of its own, in any state; a supplement follows a first one."""
    if purpose == "supplement":
        consignment = a_consignment(desk, ConsignmentState.HOME_CORRECTING)
        supplied(desk, consignment.case_number)
    else:
        consignment = a_consignment(desk)
    number = packed(desk, consignment.id).number
    for act in _ENVELOPE_WAYS[EnvelopeState(state)]:
        act(desk, number)
    return envelope_of(desk, number)


def _voided(desk: Desk, number: str) -> Envelope:
    return packing.void(desk, number, reason="wrong_paper")


def _sent_back(desk: Desk, number: str) -> Envelope:
    return troubles.trouble(desk, number, kind="sent_back")


def _lost(desk: Desk, number: str) -> Envelope:
    return troubles.trouble(desk, number, kind="lost")


_ENVELOPE_WAYS: dict[EnvelopeState, tuple[Callable[[Desk, str], object], ...]] = {
    EnvelopeState.OPEN: (),
    EnvelopeState.VOID: (_voided,),
    EnvelopeState.SEALED: (sealed,),
    EnvelopeState.HANDED_OVER: (sealed, handed_over),
    EnvelopeState.OPENED: (sealed, handed_over, acknowledged),
    EnvelopeState.SENT_BACK: (sealed, handed_over, _sent_back),
    EnvelopeState.LOST: (sealed, handed_over, _lost),
}


def a_batch(desk: Desk, state: str = BatchState.OPEN, *, envelopes: int = 1) -> Batch:
    """A batch with as many envelopes scanned into it."""
    numbers = [an_envelope(desk, EnvelopeState.SEALED).number for _ in range(envelopes)]
    return handed_over(desk, *numbers) if state == BatchState.CLOSED else batched(desk, *numbers)


# --- what tests ask again and again


@contextmanager
def refused(desk: Desk, code: str) -> Iterator[pytest.ExceptionInfo[Explained]]:
    """What stands in here is refused under this code, in words that help, and leaves no trace."""
    before = head(desk)
    with pytest.raises(Explained) as caught:
        yield caught
    assert_explained(caught.value, code)
    assert head(desk) == before


def assert_explained(error: Explained, code: str) -> None:
    """A refusal says what, why and what next, under a code for the telephone; never merely that it failed."""
    said = error.as_dict()
    assert error.code == code, said
    assert all(text.strip() for text in said.values()), said
    assert "操作失败" not in "".join(said.values())


def assert_true_ledger(desk: Desk, *cases: str) -> None:
    """The journal agrees with every record, and these cases' pieces have one holder at every instant."""
    assert verification.verify(desk).difference is None
    for number in cases:
        assert_custody(desk, number)


def assert_custody(desk: Desk, number: str) -> None:
    """Every piece of a case has exactly one holder from its first entry on, the last as its record says."""
    spans = custody.of_case(desk, number)
    with desk.reading() as reading:
        pieces = reading.pieces.where(case_number=number)
    assert {span.piece for span in spans} == {piece.id for piece in pieces}
    for piece in pieces:
        chain = [span for span in spans if span.piece == piece.id]
        assert [span.until for span in chain] == [*(span.since for span in chain[1:]), None]
        assert (chain[-1].holder, chain[-1].holder_ref) == held_by(desk, piece.holder, piece.holder_ref)


def held_by(desk: Desk, holder: str, ref: str | None) -> tuple[str, str | None]:
    """Who holds a piece: its own holder, or that of the envelope it lies in."""
    if holder != "inside":
        return holder, ref
    envelope = envelope_of(desk, ref or "")
    return envelope.holder, envelope.holder_ref


def nobody(desk: Desk) -> Desk:
    """This desk with nobody at it."""
    return replace(desk, operator=None, second=None)


def consignments_in(desk: Desk, envelope: str) -> list[Consignment]:
    """The consignments that travel in an envelope, as they stand."""
    with desk.reading() as reading:
        return steps.consignments_in(reading, steps.find_envelope(reading, envelope))


@contextmanager
def refused_as(desk: Desk, codes: Collection[str]) -> Iterator[pytest.ExceptionInfo[Explained]]:
    """As `refused`, under one of several codes."""
    before = head(desk)
    with pytest.raises(Explained) as caught:
        yield caught
    assert caught.value.code in codes
    assert_explained(caught.value, caught.value.code)
    assert head(desk) == before
