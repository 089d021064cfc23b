"""What is being packed or sealed: consignments that travel in one envelope, their papers, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from workstation.acts import (
    catalogue,
    doings,
    offers,
    packing,
    papers,
    refusals,
    sealing,
    users,
    viewing,
    waiting,
)
from workstation.acts import facts as on_paper
from workstation.acts.desk import Desk
from workstation.acts.viewing import CaseFile
from workstation.domain.case import Case, Holder, Piece
from workstation.domain.codes import Kind, short_form
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.paper import Paper, PaperState
from workstation.errors import Refused, on_screen

#: What is scanned before a seal, in the order in which it is asked for.
FACES = ("envelope", "packing_list")
#: Ranks of a case's consignments: an open envelope first, then what can be packed, then the rest.
_OPEN, _PACKABLE, _LATER = range(3)
#: One that has left has no place any more; so many of the latest are looked at for one that still lies here.
_LOOKED_AT = 10


class Phase(StrEnum):
    """How far the envelope is."""

    PACKING = "packing"
    """There is none yet: papers are laid in."""
    SEALING = "sealing"
    """It is printed and open."""
    CLOSED = "closed"
    """It is sealed, or gone further."""


@dataclass(frozen=True)
class Share:
    """One consignment's part of an envelope."""

    case: Case
    consignment: Consignment
    title: str
    """Of the item, as it is called today."""
    pieces: tuple[Piece, ...]
    """What goes in, or lies in it; what should and does not comes last."""
    left: frozenset[str]
    """Pieces still in the clerk's hands, though the envelope is printed."""
    lacks: str | None
    """What the seal would still be refused for, but for papers to be packed."""
    others: tuple[Consignment, ...]
    """The other consignments of the case."""
    offers: Mapping[tuple[str, str], str | None]


@dataclass(frozen=True)
class Bag:
    """One envelope to be, or one that is, with all that the screen tells of it."""

    shares: tuple[Share, ...]
    envelope: Envelope | None
    papers: tuple[Paper, ...]
    """Its live faces."""
    paths: Mapping[str, str]
    """Where the sheets lie, by kind, from the tray on."""
    waiting: tuple[str, ...]
    """Acts on these consignments that wait for a second person."""
    staff: Mapping[str, str]
    """Names of those on duty, by code."""
    last_place: str
    """Where this window has laid its latest envelope today."""

    @property
    def phase(self) -> Phase:
        """How far it is."""
        if self.envelope is None:
            return Phase.PACKING
        return Phase.SEALING if self.envelope.state == EnvelopeState.OPEN else Phase.CLOSED

    @property
    def names(self) -> list[str]:
        """Ids of the consignments."""
        return [share.consignment.id for share in self.shares]

    @property
    def pieces(self) -> list[Piece]:
        """All papers, consignment by consignment."""
        return [piece for share in self.shares for piece in share.pieces]

    @property
    def left(self) -> frozenset[str]:
        """Papers that should lie in the envelope and do not."""
        return frozenset(piece for share in self.shares for piece in share.left)

    @property
    def office(self) -> Consignment:
        """Whoever it goes to, as its first consignment names it."""
        return self.shares[0].consignment

    @property
    def is_supplement(self) -> bool:
        """Whether it follows an envelope that has left."""
        first = self.office.state == ConsignmentState.PACKING
        return self.envelope.purpose == "supplement" if self.envelope else not first

    @property
    def lacks(self) -> list[str]:
        """What the seal still waits for, each once."""
        return list(dict.fromkeys(share.lacks for share in self.shares if share.lacks))

    def why_not(self, act: str) -> str | None:
        """Why an act is not possible now: `pack` on the consignments, the others on the envelope."""
        if act == "pack":
            found = [share.offers.get((act, share.consignment.id)) for share in self.shares]
            return next((why for why in found if why), None)
        if self.envelope is None:
            return "还没有装袋"
        return self.shares[0].offers.get((act, self.envelope.number), "封套已经不在这里")

    @property
    def to_do(self) -> list[Consignment]:
        """The other consignments of the first case that can be packed or sealed now."""
        first = self.shares[0]
        return [each for each in first.others if _rank(each, first.offers) < _LATER]

    def face(self, kind: str) -> Paper | None:
        """The live face of this kind."""
        return next((paper for paper in self.papers if paper.kind == kind), None)


def look(desk: Desk, number: str, *, chosen: str | None = None, joined: Sequence[str] = ()) -> Bag:
    """The bag for a case, consignment, envelope or face; `joined` are consignments that go along."""
    names, envelope = _subject(desk, chosen or number)
    if envelope is None:
        names = list(dict.fromkeys([*names, *joined]))
    shares = tuple(_share(desk, name, envelope) for name in names)
    live = _live(desk, envelope)
    return Bag(
        shares=shares,
        envelope=envelope,
        papers=live,
        paths={paper.kind: _path(desk, paper) for paper in live if paper.kind in FACES},
        waiting=tuple(waits.id for waits in waiting.listed(desk) if waits.object in names),
        staff={user.code: user.name for user in users.list_users(desk) if user.state == "active"},
        last_place=_last_place(desk) if envelope else "",
    )


def pack(desk: Desk, bag: Bag, without: Sequence[str]) -> Envelope:
    """Pack the bag as it was looked at; refused if anything of it has changed since."""
    for share in bag.shares:
        file = viewing.case_file(desk, share.case.number)
        _unchanged(file.case, share.case.version)
        for consignment in file.consignments:
            if consignment.id == share.consignment.id:
                _unchanged(consignment, share.consignment.version)
    return packing.pack(desk, bag.names, without=without)


def _unchanged(record: Case | Consignment, seen: int) -> None:
    if record.version != seen:
        raise refusals.changed_meanwhile(record, seen)


def _subject(desk: Desk, number: str) -> tuple[list[str], Envelope | None]:
    """Consignments and, if they are in one, the envelope that a number leads to."""
    if "-" in number or number.startswith(str(Kind.CASE.value)):
        return _of_consignment(desk, _consignment(desk, number))
    file = viewing.envelope_file(desk, number)
    names = [consignment.id for consignment in file.consignments]
    if file.envelope.state != EnvelopeState.VOID:
        return names, file.envelope
    again, envelope = _of_consignment(desk, file.consignments[0])
    return (again if envelope else names), envelope


def _of_consignment(desk: Desk, consignment: Consignment) -> tuple[list[str], Envelope | None]:
    number = in_force(consignment)
    if number is None:
        return [consignment.id], None
    file = viewing.envelope_file(desk, number)
    return [each.id for each in file.consignments], file.envelope


def in_force(consignment: Consignment) -> str | None:
    """The envelope that a consignment is in at this window, or was last sent in as a supplement."""
    at_window = consignment.state in (ConsignmentState.PACKING, ConsignmentState.SEALED)
    return consignment.supplement or (consignment.envelope if at_window else None)


def _consignment(desk: Desk, name: str) -> Consignment:
    """The consignment of this name; of a case with several, the one there is most to do for."""
    number, _, ordinal = name.partition("-")
    file = viewing.case_file(desk, number)
    named = [each for each in file.consignments if not ordinal or each.id == name]
    if not named:
        raise refusals.not_found("consignment", name)
    offered = _offers(desk, file)
    return min(named, key=lambda each: _rank(each, offered))


def _rank(consignment: Consignment, offered: Mapping[tuple[str, str], str | None]) -> int:
    if offered.get(("pack", consignment.id), "") is None:
        return _PACKABLE
    envelope = in_force(consignment) or ""
    is_open = offered.get(("void", envelope), "") is None and offered.get(("reopen", envelope)) is not None
    return _OPEN if is_open else _LATER


def _offers(desk: Desk, file: CaseFile) -> dict[tuple[str, str], str | None]:
    return {(offer.act, offer.object): offer.why_not for offer in offers.of_case(desk, file)}


def _share(desk: Desk, name: str, envelope: Envelope | None) -> Share:
    file = viewing.case_file(desk, name.partition("-")[0])
    consignment = next(each for each in file.consignments if each.id == name)
    offered = _offers(desk, file)
    is_open = envelope is None or envelope.state == EnvelopeState.OPEN
    with desk.reading() as reading:
        at_hand = packing.to_send(reading, consignment) if is_open else []
        return Share(
            case=file.case,
            consignment=consignment,
            title=catalogue.item(reading, file.case.item).title,
            pieces=(
                *on_paper.in_order(reading, _inside(file, envelope, name)),
                *on_paper.in_order(reading, at_hand),
            ),
            left=frozenset(piece.id for piece in at_hand) if envelope else frozenset(),
            lacks=_lacks(partial(sealing.complete, reading, consignment), envelope) if is_open else None,
            others=tuple(each for each in file.consignments if each.id != name),
            offers=offered,
        )


def _inside(file: CaseFile, envelope: Envelope | None, name: str) -> list[Piece]:
    """The papers of a consignment that lie in the envelope, while it is the envelope that holds them."""
    number = envelope.number if envelope else ""
    return [
        piece
        for piece in file.pieces
        if (piece.consignment, piece.holder, piece.holder_ref) == (name, Holder.INSIDE, number)
    ]


def _lacks(guard: Callable[[], None], envelope: Envelope | None) -> str | None:
    """What the seal's own guard says; that papers are not in yet is no news before they are packed."""
    try:
        guard()
    except Refused as refused:
        return on_screen(refused.why).rstrip("。") if envelope or refused.code != "pieces-left-out" else None
    return None


def _live(desk: Desk, envelope: Envelope | None) -> tuple[Paper, ...]:
    found = viewing.envelope_file(desk, envelope.number).papers if envelope else []
    return tuple(paper for paper in found if paper.state != PaperState.VOID)


def _path(desk: Desk, paper: Paper) -> str:
    if paper.state == PaperState.PROMISED:
        return "待出纸"
    path = papers.path_of(desk, paper)
    return str(Path(path.parent.name) / path.name) if path else papers.where(desk, paper)


def _last_place(desk: Desk) -> str:
    # Drafts are no part of the question, and their file belongs to another thread.
    done = doings.listed(replace(desk, drafts=None)).entries
    sealed = [entry.object for entry in done if entry.act == "seal"][:_LOOKED_AT]
    places = (viewing.envelope_file(desk, number).envelope.place for number in sealed)
    return next((place for place in places if place), "")


def tail(number: str) -> str:
    """A number or consignment's id as it is told apart on one screen: its last five digits."""
    number, dash, ordinal = number.partition("-")
    return f"…{short_form(number)}{dash}{ordinal}"
