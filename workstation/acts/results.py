"""The way back: the result is mailed 回寄, opened here, and compared with what should come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.identifiers import plain_text
from workstation.acts import checks, refusals, steps, tasks, waybills
from workstation.acts.desk import Desk
from workstation.acts.inputs import Found
from workstation.acts.waiting import waits
from workstation.domain import scans
from workstation.domain.case import Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.errors import Refused
from workstation.store.work import Work


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
        expected = {piece.id: piece for piece in work.pieces.where(consignment=consignment.id, expected=1)}
        if consignment.state == ConsignmentState.RESULT_ARRIVED and not expected:
            raise _nothing_expected(consignment)
        counted = _counted(found, expected)
        for piece_id, copies in counted.items():
            shelved = replace(expected[piece_id], holder=Holder.RESULT_SHELF, holder_ref=place, expected=0)
            work.pieces.save(replace(shelved, copies=copies))
        _tell_difference(work, consignment, expected, counted)
        waybills.end(work, consignment.id)
        first = consignment.arrived_at or work.now
        return steps.move(
            work.consignments, consignment, "arrive", ConsignmentState.RESULT_ARRIVED, arrived_at=first
        )


def _by_waybill(work: Work, number: str) -> str:
    bound = work.waybills.where(
        number=scans.clean(refusals.readable("consignment", number)), leg="back", state="live"
    )
    return bound[0].object if bound else number


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
