"""What is ticked, scanned and typed for one envelope, as the draft keeps it; and what a scan is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workstation.acts.scanning import Scanned
from workstation.domain.case import Piece
from workstation.domain.words import word
from workstation.screens.sealing.bag import FACES, Bag, Phase, tail


@dataclass
class Ticks:
    """One envelope's worth; that nothing secret is inside is said anew each time, and kept nowhere."""

    chosen: str | None = None
    """The consignment that was chosen of a case with several."""
    joined: tuple[str, ...] = ()
    confirmed: set[str] = field(default_factory=set)
    """Pieces that lie in the envelope."""
    without: set[str] = field(default_factory=set)
    """Pieces that stay out of it."""
    scans: dict[str, str] = field(default_factory=dict)
    """Numbers scanned, by kind of face."""
    place: str = ""
    inspector: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        return not (self.joined or self.confirmed or self.without or self.scans or self.typed)

    @property
    def typed(self) -> bool:
        """Whether something was typed."""
        return bool(self.place.strip() or self.inspector.strip())

    def body(self) -> dict[str, Any]:
        """For the draft."""
        return {
            "chosen": self.chosen,
            "joined": list(self.joined),
            "confirmed": sorted(self.confirmed),
            "without": sorted(self.without),
            "scans": dict(self.scans),
            "place": self.place,
            "inspector": self.inspector,
        }

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Ticks:
        """From a draft; whatever was written by another version is left out."""
        return cls(
            chosen=body.get("chosen"),
            joined=tuple(body.get("joined", ())),
            confirmed=set(body.get("confirmed", ())),
            without=set(body.get("without", ())),
            scans=dict(body.get("scans", {})),
            place=str(body.get("place", "")),
            inspector=str(body.get("inspector", "")),
        )

    def fit(self, bag: Bag) -> None:
        """Let go of what is over, or not there any more: papers that went elsewhere, faces that are void."""
        if bag.phase == Phase.CLOSED:
            self.place = self.inspector = ""
        if bag.phase != Phase.PACKING:
            self.joined = ()
        here = {piece.id for piece in bag.pieces} if bag.phase == Phase.PACKING else set()
        self.confirmed &= here
        self.without &= here
        live = {paper.number for paper in bag.papers} if bag.phase == Phase.SEALING else set()
        self.scans = {kind: number for kind, number in self.scans.items() if number in live}

    def left_to_confirm(self, bag: Bag) -> int:
        """How many papers are neither in nor left out."""
        return sum(self._is_to_confirm(piece) for piece in bag.pieces)

    def first_to_confirm(self, bag: Bag) -> int | None:
        """The line of the first of them, while papers are laid in."""
        if bag.phase != Phase.PACKING:
            return None
        return next((at for at, piece in enumerate(bag.pieces) if self._is_to_confirm(piece)), None)

    def _is_to_confirm(self, piece: Piece) -> bool:
        return piece.id not in self.confirmed and piece.id not in self.without


class Judged(NamedTuple):
    """What a scanned or typed number is here: a face of this envelope, or the reason why not."""

    kind: str | None
    wrong: str = ""
    """In a line, for the message."""
    told: str = ""
    """What belongs together, at length."""


def judge(scanned: Scanned, bag: Bag) -> Judged | None:
    """A face that belongs to this envelope, or one that does not; None: no face of any envelope."""
    envelope = bag.envelope
    if envelope is None or scanned.kind not in (*FACES, "reply_slip"):
        return None
    name = word(scanned.kind)
    if scanned.object != envelope.number:
        own = bag.face(scanned.kind)
        of = "另一个封套" if scanned.code == scanned.object else f"封套 {scanned.object}"
        told = (
            f"扫到的{name} {scanned.code} 是{of}的；这里是封套 {envelope.number}，"
            f"它的{name}是 {own.number if own else '（没有）'}。请放回原处。"
        )
        return Judged(None, f"不是一套：{name} {tail(scanned.code)} 是另一个封套的，没有采用。", told)
    if scanned.kind == "reply_slip":
        return Judged(None, "这是回执联；请扫同一张纸上内件清单的条码。")
    return Judged(scanned.kind)
