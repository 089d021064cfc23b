"""Make promised papers: fill the wording, draw the PDF, store its bytes, lay it in the tray.

Runs after an act's commit: what was promised and interrupted is made at the next act, from the same facts.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workstation.domain.paper import Paper, PaperBody, PaperState
from workstation.domain.words import word
from workstation.errors import OutsideFailed
from workstation.settings import os_reason
from workstation.store.ledger import Store
from workstation.store.statements import papers as sql
from workstation.store.work import Reading, Stamp, Work

_FACE_FIELDS = ("postcode", "office", "address", "sender", "sender_address", "sender_postcode")
#: Version of the face's layout, which is no template; changes when the layout does.
_FACE_TEMPLATE = "envelope-face-1"


@dataclass(frozen=True)
class Made:
    """A face as drawn."""

    paper: Paper
    body: PaperBody
    pdf: bytes
    template: str


def make(store: Store, tray: Path, stamp: Stamp, numbers: Sequence[str]) -> None:
    """Make the papers an act has just promised."""
    if not numbers:
        return
    with store.reading() as reading:
        papers = [paper for number in numbers if (paper := reading.papers.get(number))]
        promised = _with_bodies(reading, papers)
    for made in [_drawn(store, paper, body) for paper, body in promised]:
        _record(store, stamp, made)
        lay_out(tray, made.paper.number, made.pdf)


def make_left(store: Store, tray: Path, stamp: Stamp) -> None:
    """Make what an interruption left promised at this window."""
    with store.reading() as reading:
        papers = [p for p in reading.papers.query(sql.PROMISED) if p.window == stamp.window]
        promised = _with_bodies(reading, papers)
    for paper, body in promised:
        made = _drawn(store, paper, body)
        if _record(store, stamp, made):
            lay_out(tray, paper.number, made.pdf)


def _with_bodies(reading: Reading, papers: Sequence[Paper]) -> list[tuple[Paper, PaperBody]]:
    """The faces with bytes of their own that are still to be made, and what they shall say."""
    promised = [p for p in papers if p.state == PaperState.PROMISED and not p.sheet]
    return [(p, body) for p in promised if (body := reading.paper_bodies.get(p.number))]


def _drawn(store: Store, paper: Paper, body: PaperBody) -> Made:
    watermark = "演练" if store.hall.practice else None
    facts: dict[str, Any] = json.loads(body.facts or "{}")
    pdf, template = draw(paper.kind, facts, watermark)
    return Made(paper, body, pdf, template)


def draw(kind: str, facts: Mapping[str, Any], watermark: str | None) -> tuple[bytes, str]:
    """The PDF of one face and the digest of the wording it was drawn with."""
    # Imported here: the drawing library takes longer to load than most commands take to run.
    from printing import fonts, lines, reading

    try:
        pdf, template = _drawing(kind, facts, watermark)
        unread = _numbers(kind, facts) - set(reading.codes(pdf))
    except (lines.DoesNotFit, fonts.FontMissing, ValueError) as error:
        raise _undrawable(kind, error) from error
    if unread:
        raise _unreadable(kind, unread)
    return pdf, template


def _numbers(kind: str, facts: Mapping[str, Any]) -> set[str]:
    """What a scanner has to find on the sheet."""
    slip = {facts["reply.number"]} if kind == "packing_list" else set()
    return {facts["paper.number"], *slip}


def _drawing(kind: str, facts: Mapping[str, Any], watermark: str | None) -> tuple[bytes, str]:
    from forms import documents
    from printing import envelopes, sheets

    if kind == "envelope":
        fields = {name: facts[f"face.{name}"] for name in _FACE_FIELDS}
        face = envelopes.EnvelopeFace(
            number=facts["paper.number"], copy_mark=facts["paper.copy_mark"], **fields
        )
        return envelopes.render(face, watermark=watermark), _FACE_TEMPLATE
    document = documents.load(kind)
    parts = documents.fill(document, facts)
    footer = f"{document.title}  {facts['paper.number']}"
    return sheets.render(parts, page=document.page, watermark=watermark, footer=footer), document.digest


def _record(store: Store, stamp: Stamp, made: Made) -> bool:
    """Whether it was still to be made: two desks may have drawn it at the same time."""
    try:
        with store.transaction(stamp) as work:
            _keep(work, made)
    except _MadeAlready:
        return False
    return True


class _MadeAlready(Exception):
    """Somebody was faster; the transaction has nothing to do and leaves no entry."""


def _keep(work: Work, made: Made) -> None:
    paper = work.papers.get(made.paper.number)
    if paper is None or paper.made_at is not None:
        raise _MadeAlready
    work.object = paper.number
    for face in [paper, *work.papers.where(sheet=paper.number)]:
        work.papers.save(_made(work, face, made))
    work.paper_bodies.save(replace(made.body, pdf=made.pdf))


def _made(work: Work, face: Paper, made: Made) -> Paper:
    # A face can be void before it is drawn: its envelope was reopened in between.
    state = PaperState.MADE if face.state == PaperState.PROMISED else face.state
    digest = work.keys.journal("paper.pdf", made.pdf)
    return replace(face, state=state, digest=digest, template=made.template, made_at=work.now)


def lay_out(tray: Path, number: str, pdf: bytes) -> Path:
    """Write the PDF into the tray under its number, whole or not at all."""
    target = tray / f"{number}.pdf"
    # Under a name of its own: another desk may lay out the same sheet at this moment.
    half = tray / f"{number}.{os.getpid()}-{threading.get_native_id()}.part"
    try:
        half.write_bytes(pdf)
        half.chmod(0o600)
        os.replace(half, target)  # noqa: PTH105 - atomic, and says so
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise _tray_failed(target, error) from error
    return target


def _undrawable(kind: str, error: Exception) -> OutsideFailed:
    return OutsideFailed(
        "paper-undrawable",
        what=f"{word(kind)}画不出来。",
        why=f"内容放不进版面，或字体没有装好（{error}）。",
        next="请把这一条告诉管理员。",
    )


def _unreadable(kind: str, unread: set[str]) -> OutsideFailed:
    return OutsideFailed(
        "paper-unreadable",
        what=f"{word(kind)}排好了，但条码读不出，没有出纸。",
        why=f"每张纸面出纸前都读一遍条码；没有读到的：{'、'.join(sorted(unread))}。",
        next="请把这一条告诉管理员。",
    )


def _tray_failed(target: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "tray-failed",
        what=f"事情已办成并记账，但纸面 {target.stem} 没有写进出纸盘。",
        why=f"{target.parent}：{os_reason(error)}。",
        next="不必重办；请清理磁盘或检查目录权限，再取出这一张。（命令：paper show 编号）",
    )
