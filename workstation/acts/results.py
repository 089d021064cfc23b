"""The way back: the label for it, the result mailed 回寄, opened here, compared with what should come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.identifiers import plain_text
from workstation.acts import checks, pickup_codes, refusals, steps, tasks, waybills
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found
from workstation.acts.waiting import waits
from workstation.domain import scans
from workstation.domain.case import Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import EnvelopeState, Waybill
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading, Work

#: The result has not been seen here yet, so a label for it can still be on its way.
AHEAD = frozenset(ConsignmentState) - {ConsignmentState.RESULT_ARRIVED, ConsignmentState.DONE}
#: What the home office has to say before anything can arrive; a label may lead here sooner.
_TO_RECORD = {
    ConsignmentState.DECIDED: "请登记回寄，再登记到窗。（命令：result return）",
    **dict.fromkeys(
        (ConsignmentState.ACKNOWLEDGED, ConsignmentState.ACCEPTED),
        "请拆开看是什么，先登记属地决定和回寄，或属地退件，再登记到窗。"
        "（命令：home decide、result return、home refuse）",
    ),
}
_ASK_FIRST = (
    "请先打电话问属地封套收到没有、寄回的是什么；登记属地签收和决定后，再登记到窗。"
    "（命令：receipt acknowledge、home decide）"
)


@dataclass(frozen=True)
class Coming:
    """One piece that may lie in the return envelope."""

    piece: Piece
    announced: bool
    """Whether its coming was told; False: an original that the home office still has."""

    @property
    def is_given_back(self) -> bool:
        """Whether it is an original of the applicant's, to be handed back to them."""
        return self.piece.form == "original"


def expect_return(
    desk: Desk, number: str, *, waybill: str, how: str = "scanned", instead: bool = False
) -> Waybill:
    """The prepaid label for the way back is known: it lies in the envelope, or the home office has told it.

    `instead` of another one, which ends. Whatever comes under it opens this consignment.
    """
    with desk.act("bind_waybill") as work:
        consignment = steps.find_consignment(work, number)
        work.object = consignment.id
        desk.saw(consignment)
        work.mention(consignment.case_number)
        if consignment.state not in AHEAD:
            raise refusals.wrong_state("consignments", consignment, "bind_waybill", states=sorted(AHEAD))
        if consignment.result_mode is not None:
            on_paper(consignment)
        for standing in work.waybills.where(object=consignment.id, leg="back", state="live"):
            if not instead and standing.number != scans.clean(waybill):
                raise waybills.already_bound(consignment.id, standing)
        return waybills.bind(desk, work, waybill, leg="back", object_=consignment.id, how=how)


def expected(desk: Desk, number: str) -> list[Coming]:
    """What the return envelope should hold, and the originals that the home office still has."""
    return looked_at(desk, number)[1]


def looked_at(desk: Desk, number: str) -> tuple[Consignment, list[Coming]]:
    """A consignment together with it."""
    with desk.reading() as reading:
        consignment = steps.find_consignment(reading, number)
        return consignment, coming(reading, consignment)


def coming(reading: Reading, consignment: Consignment) -> list[Coming]:
    """The same; what was announced stands first."""
    announced = reading.pieces.where(consignment=consignment.id, expected=1)
    return [
        *(Coming(piece, announced=True) for piece in announced),
        *(Coming(piece, announced=False) for piece in _kept_there(reading, consignment)),
    ]


def _kept_there(reading: Reading, consignment: Consignment) -> list[Piece]:
    """Originals in envelopes of ours that the home office has opened."""
    inside = reading.pieces.where(consignment=consignment.id, holder=Holder.INSIDE)
    envelopes = {piece.holder_ref: reading.envelopes.get(piece.holder_ref or "") for piece in inside}
    there = {
        number
        for number, envelope in envelopes.items()
        if envelope and (envelope.state, envelope.holder) == (EnvelopeState.OPENED, Holder.HOME_OFFICE)
    }
    return [
        piece
        for piece in inside
        if piece.form == "original" and piece.holder_ref in there and not piece.expected
    ]


@waits("result_return")
def result_return(
    desk: Desk, number: str, *, waybill: str | None = None, how: str = "scanned"
) -> Consignment:
    """回寄: the result is in the post, under this waybill if it is known."""
    with desk.act("result_return") as work:
        consignment = steps.find_consignment(work, number)
        steps.for_act(desk, work.consignments, consignment, "result_return")
        on_paper(consignment)
        if waybill:
            waybills.bind(desk, work, waybill, leg="back", object_=consignment.id, how=how)
        for piece in work.pieces.where(consignment=consignment.id, expected=1):
            work.pieces.save(replace(piece, holder=Holder.CARRIER, holder_ref=None))
        return steps.move(
            work.consignments,
            consignment,
            "result_return",
            ConsignmentState.RESULT_RETURNING,
            returned_at=work.now,
        )


def on_paper(consignment: Consignment) -> None:
    """Refuse a consignment whose result does not come back through the post."""
    if consignment.result_mode != "paper":
        raise _not_on_paper(consignment)


def arrive(desk: Desk, number: str, found: Sequence[Found], *, place: str) -> Consignment:
    """到窗: count the contents against what is expected, lay them on the result shelf."""
    place = checks.field("place", plain_text.validate, place)
    with desk.act("arrive") as work:
        consignment = steps.find_consignment(work, _by_waybill(work, number))
        steps.for_act(desk, work.consignments, consignment, "arrive")
        pieces = coming(work, consignment)
        expected = {each.piece.id: each.piece for each in pieces if each.announced}
        known = {each.piece.id: each.piece for each in pieces}
        is_late = consignment.state == ConsignmentState.RESULT_ARRIVED
        if is_late and not expected and not any(entry.piece in known for entry in found):
            raise _nothing_expected(consignment)
        counted = _counted(found, known)
        for piece_id, copies in counted.items():
            shelved = replace(known[piece_id], holder=Holder.RESULT_SHELF, holder_ref=place, expected=0)
            work.pieces.save(replace(shelved, copies=copies))
        _tell_difference(work, consignment, expected, counted)
        waybills.end(work, consignment.id)
        tasks.answered(work, consignment.id, "arrive")
        return steps.move(
            work.consignments,
            consignment,
            "arrive",
            ConsignmentState.RESULT_ARRIVED,
            arrived_at=consignment.arrived_at or work.now,
            pickup_code=pickup_codes.of(work, consignment),
        )


def _by_waybill(work: Work, number: str) -> str:
    text = scans.clean(refusals.readable("consignment", number))
    for bound in work.waybills.where(number=text, leg="back", state="live"):
        consignment = work.consignments.get(bound.object)
        if consignment is not None and consignment.state in AHEAD - {ConsignmentState.RESULT_RETURNING}:
            raise _not_announced(bound, consignment)
        return bound.object
    return number


def _counted(found: Sequence[Found], expected: dict[str, Piece]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for entry in found:
        if entry.piece not in expected:
            raise refusals.not_found("piece", entry.piece)
        copies = checks.count(f"{expected[entry.piece].name}的份数", entry.copies)
        counted[entry.piece] = counted.get(entry.piece, 0) + copies
    return counted


def _tell_difference(
    work: Work, consignment: Consignment, expected: dict[str, Piece], counted: dict[str, int]
) -> None:
    """What did not come, or not in full, is a task, which ends when it comes late."""
    differing = sorted(p for p, piece in expected.items() if counted.get(p) != piece.copies)
    work.facts = {"expected": len(expected), "found": len(counted), "differing": len(differing)}
    task = work.tasks.get(f"{consignment.id}-contents")
    if task and task.state == "open" and not differing:
        tasks.end(work, task, "arrived")
    if task is None and differing:
        tasks.open_task(
            work,
            f"{consignment.id}-contents",
            kind="contents_differ",
            object_=consignment.id,
            note="、".join(differing),
        )


def _not_on_paper(consignment: Consignment) -> Refused:
    return Refused(
        "result-not-on-paper",
        what=f"{consignment.id} 的结果不以纸质寄回窗口，没有登记回寄。",
        why=f"决定时登记的结果方式是“{consignment.result_mode}”。",
        next="请直接办送达。（命令：case serve）",
    )


def _nothing_expected(consignment: Consignment) -> Refused:
    return Refused(
        "nothing-expected",
        what=f"{consignment.id} 的结果已全部到窗，没有再登记。",
        why="没有还在路上的材料或文书。",
        next="如信封里另有东西，请与属地核对后再办。",
    )


def _not_announced(bound: Waybill, consignment: Consignment) -> Refused:
    return Refused(
        "result-not-announced",
        what=f"运单号 {bound.number} 是送件 {consignment.id} 的回程运单，到窗还没有登记。",
        why=f"这个送件在账上还是“{word(consignment.state)}”（{consignment.office_name}）。",
        next=_TO_RECORD.get(ConsignmentState(consignment.state), _ASK_FIRST),
    )
