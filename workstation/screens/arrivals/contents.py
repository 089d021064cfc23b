"""到窗核对: what was really found in a return envelope, beside what is expected; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workstation.acts.inputs import Found
from workstation.domain.case import Piece


@dataclass
class Contents:
    """How many of each piece were found; a piece not looked at yet, or not there, is not in it."""

    found: dict[str, int] = field(default_factory=dict)
    place: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Contents:
        """As a draft kept it."""
        found = body.get("found")
        counts = found.items() if isinstance(found, dict) else ()
        return cls({str(piece): int(copies) for piece, copies in counts}, str(body.get("place", "")))

    def body(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"found": dict(self.found), "place": self.place}

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been ticked or typed."""
        return not self.found and not self.place.strip()

    def fit(self, expected: Sequence[Piece]) -> None:
        """Let go of what is not expected any more."""
        known = {piece.id for piece in expected}
        self.found = {piece: copies for piece, copies in self.found.items() if piece in known}

    def toggle(self, piece: Piece) -> None:
        """It is there as expected, or it is not."""
        if self.found.get(piece.id) == piece.copies:
            del self.found[piece.id]
        else:
            self.found[piece.id] = piece.copies

    def count(self, piece: Piece, copies: int) -> None:
        """So many of it are there."""
        self.found[piece.id] = copies
        if copies == 0:
            del self.found[piece.id]

    def sign(self, piece: Piece) -> str:
        """The box before a piece."""
        copies = self.found.get(piece.id)
        if copies is None:
            return "[ ]"
        return f"[x] {copies}" if copies == piece.copies else f"! 实 {copies}"

    def differences(self, expected: Iterable[Piece]) -> list[str]:
        """What is not as expected, in words."""
        return [told for piece in expected if (told := self._difference(piece))]

    def _difference(self, piece: Piece) -> str:
        over = self.found.get(piece.id, 0) - piece.copies
        if over == 0:
            return ""
        return f"{'多' if over > 0 else '少'} {abs(over)} 份：{piece.name}"

    def sentence(self, expected: Sequence[Piece]) -> str:
        """The outcome in one line."""
        if not expected:
            return "没有还在路上的东西。"
        if not self.found:
            return f"应收 {len(expected)} 项，还没有核对；有的按空格，没有的留空。"
        differences = self.differences(expected)
        if differences:
            return f"! {'；'.join(differences)}，将登记内件不符。"
        return f"✓ {len(expected)} 项都在。"

    def as_found(self) -> tuple[Found, ...]:
        """For the act."""
        return tuple(Found(piece=piece, copies=copies) for piece, copies in sorted(self.found.items()))
