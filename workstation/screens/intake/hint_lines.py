"""The hints below the form, or beside it where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.widgets.words import Words, cut, wrapped

_MOST_LINES = 5


class HintLines(Words):
    """Each hint in one line as long as room is scarce, else in full; the weightiest first."""

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._hints: tuple[str, ...] = ()

    def show(self, hints: Sequence[str]) -> None:
        """Say these."""
        self._hints = tuple(hints)
        self.display = bool(hints)
        self.say("\n".join(self._hints))

    def lines(self, width: int) -> list[str]:
        """As they fit here."""
        if self.screen.has_class("-wide"):
            return [line for hint in self._hints for line in wrapped(hint, width)]
        if len(self._hints) <= _MOST_LINES:
            return [cut(hint, width) for hint in self._hints]
        kept = [cut(hint, width) for hint in self._hints[: _MOST_LINES - 1]]
        return [*kept, f"· 还有 {len(self._hints) - len(kept)} 条，F1 看全文"]
