"""One consignment as this screen looks at it: its case, its envelopes, its papers, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.acts import offers, refusals, results, viewing
from workstation.acts.desk import Desk
from workstation.acts.viewing import CaseFile, EnvelopeFile
from workstation.domain.case import Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState, Task
from workstation.domain.paper import Paper, PaperState
from workstation.domain.times import local
from workstation.domain.words import word

_OF_ENVELOPE = frozenset({"acknowledge", "acknowledge_by_hand", "trouble", "resolve"})
#: Envelopes of which the home office or the carrier still has something to say.
_AWAITED = (EnvelopeState.SENT_BACK, EnvelopeState.LOST, EnvelopeState.HANDED_OVER)
TAIL = 5


@dataclass(frozen=True)
class Way:
    """All about one consignment, as it stood at one look."""

    file: CaseFile
    consignment: Consignment
    envelopes: tuple[EnvelopeFile, ...]
    """The first and the supplement, as far as they are in force."""
    reasons: Mapping[tuple[str, str], str | None]
    kept_there: tuple[Piece, ...] = ()
    """Originals that the home office still has: nobody told that they come, and they may."""

    @property
    def pieces(self) -> list[Piece]:
        """What belongs to it; what is expected back stands first."""
        mine = [piece for piece in self.file.pieces if piece.consignment == self.consignment.id]
        return sorted(mine, key=lambda piece: (not piece.expected, not self.may_come(piece)))

    @property
    def expected(self) -> list[Piece]:
        """What is on its way back."""
        return [piece for piece in self.pieces if piece.expected]

    def may_come(self, piece: Piece) -> bool:
        """Whether a piece may lie in the return envelope."""
        return bool(piece.expected) or piece in self.kept_there

    @property
    def is_coming_back(self) -> bool:
        """Whether its contents may be checked here, now or when the rest comes."""
        if self.consignment.state == ConsignmentState.RESULT_ARRIVED:
            return bool(self.expected)
        return self.consignment.state == ConsignmentState.RESULT_RETURNING

    @property
    def awaited(self) -> EnvelopeFile | None:
        """The envelope the telephone rings about: on its way, sent back or lost; else the latest."""
        awaited = [file for file in self.envelopes if file.envelope.state in _AWAITED]
        return next(iter(awaited or reversed(self.envelopes)), None)

    @property
    def envelope(self) -> Envelope | None:
        """That envelope itself."""
        return self.awaited.envelope if self.awaited else None

    @property
    def slips(self) -> list[Paper]:
        """The reply slips in force of that envelope."""
        papers = self.awaited.papers if self.awaited else []
        return [p for p in papers if p.kind == "reply_slip" and p.state != PaperState.VOID]

    @property
    def tasks(self) -> list[Task]:
        """What is open about it or its envelopes."""
        mine = {self.consignment.id, *(file.envelope.number for file in self.envelopes)}
        return [task for task in self.file.tasks if task.state == "open" and task.object in mine]

    @property
    def task_object(self) -> str:
        """What its open task is about, if there is one; else the envelope the telephone rings about."""
        objects = [task.object for task in self.tasks]
        return next(iter(objects), self.envelope.number if self.envelope else self.consignment.id)

    @property
    def why_not_wrong_inside(self) -> str | None:
        """Why the home office cannot have opened the envelope and found other papers."""
        envelope = self.envelope
        if envelope is None:
            return "没有寄出的封套"
        is_there = (envelope.state, envelope.holder) == (EnvelopeState.OPENED, Holder.HOME_OFFICE)
        return None if is_there or envelope.state == EnvelopeState.HANDED_OVER else "封套不在属地"

    def why_not(self, act: str) -> str | None:
        """Why an act is not possible on this consignment, its envelope or its case; None: it is."""
        if act in _OF_ENVELOPE:
            if self.envelope is None:
                return "没有寄出的封套"
            return self.reasons.get((act, self.envelope.number), "现在没有在途的封套")
        about = self.file.case.number if act == "serve" else self.consignment.id
        return self.reasons.get((act, about), "现在不能办")

    def where(self, piece: Piece) -> str:
        """Who has a piece, and where it lies."""
        if piece.is_lost:
            return "! 丢失，寄递企业赔付"
        if piece.holder == Holder.INSIDE:
            envelope = next(
                (f.envelope for f in self.envelopes if f.envelope.number == piece.holder_ref), None
            )
            holder = word(envelope.holder) if envelope else "封套内"
            return f"{holder}（封套 {(piece.holder_ref or '')[-TAIL:]}）"
        if piece.holder == Holder.CARRIER and piece.expected:
            return "回寄途中"
        named = piece.holder in (Holder.SHELF, Holder.RESULT_SHELF) and piece.holder_ref
        return f"{word(piece.holder)} {piece.holder_ref}" if named else word(piece.holder)

    def dates(self) -> list[tuple[str, int]]:
        """Each date of the way that has come, in its order; 收件 is not 受理, 妥投 is not 签收."""
        case, own = self.file.case, self.consignment
        known = [
            ("收件", case.registered_at),
            ("封装", own.sealed_at),
            ("交寄", own.handed_over_at),
            ("属地签收", own.acknowledged_at),
            ("属地补正", own.corrected_at),
            ("属地受理", own.accepted_at),
            ("属地决定", own.decided_at),
            ("回寄", own.returned_at),
            ("到窗", own.arrived_at),
            ("送达", own.served_at),
        ]
        return [(label, at) for label, at in known if at is not None]


def look(desk: Desk, name: str) -> Way:
    """The consignment of this id, with all that this screen shows of it."""
    file = viewing.case_file(desk, name.partition("-")[0])
    mine = next((c for c in file.consignments if c.id == name), None)
    if mine is None:
        raise refusals.not_found("consignment", name)
    numbers = [number for number in (mine.envelope, mine.supplement) if number]
    envelopes = tuple(viewing.envelope_file(desk, number) for number in numbers)
    reasons = {(o.act, o.object): o.why_not for o in offers.of_case(desk, file)}
    return Way(file, mine, envelopes, reasons, _kept_there(desk, mine))


def _kept_there(desk: Desk, consignment: Consignment) -> tuple[Piece, ...]:
    """Originals that may come back too, while a return envelope can be checked."""
    if consignment.state not in (ConsignmentState.RESULT_RETURNING, ConsignmentState.RESULT_ARRIVED):
        return ()
    coming = results.expected(desk, consignment.id)
    is_late = any(each.announced for each in coming)
    if consignment.state == ConsignmentState.RESULT_ARRIVED and not is_late:
        return ()
    return tuple(each.piece for each in coming if not each.announced)


def short_time(at: int) -> str:
    """Day and minute, without the year: on a narrow screen there are ten of them."""
    return f"{local(at):%m-%d %H:%M}"
