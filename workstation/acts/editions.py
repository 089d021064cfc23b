"""Which wording a paper is printed with: its own if it has one, else the one in force; how one is kept."""

from __future__ import annotations

from forms import documents
from workstation.domain.paper import Paper
from workstation.domain.wording import Wording, WordingState
from workstation.store.work import Reading, Work


def own(reading: Reading, document: str) -> Wording | None:
    """The hall's own wording of a document, if one is in force."""
    found = reading.wordings.where(document=document, state=WordingState.CURRENT)
    return found[0] if found else None


def in_force(reading: Reading, document: str) -> str:
    """The wording a new paper is printed with: the hall's own, or the one that came with the workstation."""
    current = own(reading, document)
    return current.text if current else documents.shipped(document)


def known(reading: Reading, document: str, digest: str) -> str | None:
    """The wording of this digest, as long as it has been printed with here or comes with the workstation."""
    kept = reading.wordings.get(document, digest)
    if kept:
        return kept.text
    text = documents.shipped(document)
    return text if documents.digest(text) == digest else None


def of_paper(reading: Reading, paper: Paper) -> str | None:
    """The wording of a face: a copy has that of the face it replaces; None for what is drawn without one."""
    if paper.kind not in documents.names():
        return None
    former = known(reading, paper.kind, paper.template) if paper.template else None
    return former or in_force(reading, paper.kind)


def keep(work: Work, document: str, text: str) -> None:
    """Remember a wording a paper was printed with: the next version may bring another."""
    digest = documents.digest(text)
    if work.wordings.get(document, digest) is None:
        work.wordings.add(Wording(document, digest, text, WordingState.SHIPPED, since=work.now, by=""))
