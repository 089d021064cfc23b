"""The wording of a document as a paper was printed with it, and as the hall wants it from now on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WordingState(StrEnum):
    """shipped: as the workstation brought it; current: the hall's own, in force; former: it was that once."""

    SHIPPED = "shipped"
    CURRENT = "current"
    FORMER = "former"


@dataclass(frozen=True)
class Wording:
    """One edition of a `document.md`; kept for ever, so that an old paper can be read and printed again."""

    document: str
    digest: str
    """SHA-256 of the text, as `forms.documents.read` computes it and a paper names it."""
    text: str
    state: str
    since: int
    """When it was put in force; of a shipped one, when a paper was first printed with it."""
    by: str
    second: str | None = None
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""
