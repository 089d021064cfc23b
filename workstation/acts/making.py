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
from typing import TYPE_CHECKING, Any

from workstation.acts import editions, print_jobs, stocks, undrawable
from workstation.acts.facts import packing_list
from workstation.acts.targets import DPI
from workstation.domain import codes
from workstation.domain.paper import Paper, PaperBody, PaperState
from workstation.domain.words import word
from workstation.errors import OutsideFailed
from workstation.settings import os_reason
from workstation.store.ledger import Store
from workstation.store.statements import papers as sql
from workstation.store.work import Reading, Stamp, Work

if TYPE_CHECKING:
    from forms.documents import Document
    from workstation.acts.stocks import AnyStock

_FACE_FIELDS = ("postcode", "office", "address", "sender", "sender_address", "sender_postcode")
#: Version of the face's layout, which is no template; changes when the layout does.
_FACE_TEMPLATE = "envelope-face-2"
#: What stands in a barcode besides the number of the face: without it the paper cannot be worked with.
FURTHER_CODES = {
    "packing_list": "reply.number",
    "day_sheet": "journal.anchor",
    "month_sheet": "journal.anchor",
    "sampling_sheet": "sample.seed",
}


@dataclass(frozen=True)
class _Promised:
    """A face to be drawn, what it shall say, and its wording (None: it has none)."""

    paper: Paper
    body: PaperBody
    wording: str | None


@dataclass(frozen=True)
class Made:
    """A face as drawn."""

    paper: Paper
    body: PaperBody
    pdf: bytes
    template: str
    wording: str | None


def make(store: Store, tray: Path, stamp: Stamp, numbers: Sequence[str]) -> None:
    """Make the papers an act has just promised."""
    if not numbers:
        return
    with store.reading() as reading:
        papers = [paper for number in numbers if (paper := reading.papers.get(number))]
        promised = _with_bodies(reading, papers)
    for made in [_drawn(store, tray, one) for one in promised]:
        _record(store, stamp, made)
        _hand_on(tray, made)


def make_left(store: Store, tray: Path, stamp: Stamp) -> None:
    """Make what an interruption left promised at this window."""
    with store.reading() as reading:
        papers = [p for p in reading.papers.query(sql.PROMISED) if p.window == stamp.window]
        promised = _with_bodies(reading, papers)
    for one in promised:
        made = _drawn(store, tray, one)
        if _record(store, stamp, made):
            _hand_on(tray, made)


def _hand_on(tray: Path, made: Made) -> None:
    # What goes to a printer has its print job by now, and would only be printed twice from the tray.
    if not made.paper.printer:
        lay_out(tray, made.paper.number, made.pdf)


def _with_bodies(reading: Reading, papers: Sequence[Paper]) -> list[_Promised]:
    """The faces with bytes of their own that are still to be made, and what they shall say."""
    promised = [p for p in papers if p.state == PaperState.PROMISED and not p.sheet]
    bodies = [(p, body) for p in promised if (body := reading.paper_bodies.get(p.number))]
    return [_Promised(p, body, editions.of_paper(reading, p)) for p, body in bodies]


def _drawn(store: Store, tray: Path, promised: _Promised) -> Made:
    paper, body, wording = promised.paper, promised.body, promised.wording
    watermark = "演练" if store.hall.practice else None
    facts = packing_list.completed(json.loads(body.facts or "{}"))
    ground = _Ground(stocks.of(tray, paper), paper.dpi or DPI, wording)
    pdf, template = draw(paper.kind, facts, watermark, ground)
    return Made(paper, body, pdf, template, wording)


@dataclass(frozen=True)
class _Ground:
    """What a face is drawn on: envelope or label (None: a sheet), the printer's dots; and in which words."""

    stock: AnyStock | None
    dpi: int
    wording: str | None = None


def sample(kind: str, facts: Mapping[str, Any], wording: str) -> bytes:
    """The PDF of a paper in a wording that is only tried: it stands for nobody, and says so."""
    return draw(kind, facts, "样张", _Ground(None, DPI, wording))[0]


def draw(kind: str, facts: Mapping[str, Any], watermark: str | None, ground: _Ground) -> tuple[bytes, str]:
    """The PDF of one face and the digest of the wording it was drawn with."""
    # Imported here: the drawing library takes longer to load than most commands take to run.
    from printing import fonts, lines, reading

    try:
        pdf, template = _drawing(kind, facts, watermark, ground)
        squares = _squares(kind, facts, ground)
        read = set(reading.codes(pdf, dpi=ground.dpi, with_squares=bool(squares)))
        unread = (_numbers(kind, facts) | squares) - read
    except (lines.DoesNotFit, fonts.FontMissing, ValueError) as error:
        raise undrawable.told(kind, error) from error
    if unread:
        raise _unreadable(kind, unread)
    return pdf, template


def _numbers(kind: str, facts: Mapping[str, Any]) -> set[str]:
    """What a scanner has to find on the sheet."""
    if waybill := facts.get("face.waybill"):
        return {facts["paper.number"], waybill}
    further = FURTHER_CODES.get(kind)
    return {facts["paper.number"], *({facts[further]} if further else ())}


def _squares(kind: str, facts: Mapping[str, Any], ground: _Ground) -> set[str]:
    """What its QR codes have to say, where the wording has some: a hall's own or an older one need not."""
    if kind != "packing_list" or "manifest.code" not in _document(kind, ground).facts:
        return set()
    return set(facts["manifest.code"].split())


def _document(kind: str, ground: _Ground) -> Document:
    from forms import documents

    return documents.load(kind) if ground.wording is None else documents.read(kind, ground.wording)


def _drawing(
    kind: str, facts: Mapping[str, Any], watermark: str | None, ground: _Ground
) -> tuple[bytes, str]:
    if ground.stock is not None:
        return _face(facts, watermark, ground.stock), _FACE_TEMPLATE
    # Loaded for sheets alone: they take longer to load than the first envelope takes to make.
    from forms import documents
    from printing import sheets

    document = _document(kind, ground)
    parts = documents.fill(document, facts)
    footer = f"{document.title}  {facts['paper.number']}"
    pdf = sheets.render(
        parts,
        page=document.page,
        watermark=watermark,
        footer=footer,
        dpi=ground.dpi,
        copies=document.copies,
    )
    return pdf, document.digest


def _face(facts: Mapping[str, Any], watermark: str | None, stock: AnyStock) -> bytes:
    from printing import envelopes, labels

    fields = {name: facts[f"face.{name}"] for name in _FACE_FIELDS}
    face = envelopes.EnvelopeFace(
        number=facts["paper.number"],
        copy_mark=facts["paper.copy_mark"],
        waybill=facts.get("face.waybill", ""),
        **fields,
    )
    if isinstance(stock, envelopes.Stock):
        return envelopes.render(face, stock=stock, watermark=watermark)
    return labels.render(face, stock=stock, watermark=watermark)


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
    if made.wording is not None:
        editions.keep(work, paper.kind, made.wording)
    if paper.printer and paper.state == PaperState.PROMISED:
        print_jobs.queue(work, paper, paper.printer)


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


def _unreadable(kind: str, unread: set[str]) -> OutsideFailed:
    return OutsideFailed(
        "paper-unreadable",
        what=f"{word(kind)}排好了，但条码读不出，没有出纸。",
        why=f"每张纸面出纸前都读一遍条码；没有读到的：{'、'.join(sorted(set(map(_called, unread))))}。",
        next="请把这一条告诉管理员。",
    )


def _called(text: str) -> str:
    """A number as it stands; the hundreds of digits of a QR code by its name."""
    return text if len(text) <= codes.ANCHOR_LENGTH else word("manifest")


def _tray_failed(target: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "tray-failed",
        what=f"事情已办成并记账，但纸面 {target.stem} 没有写进出纸盘。",
        why=f"{target.parent}：{os_reason(error)}。",
        next="不必重办；请清理磁盘或检查目录权限，再取出这一张。（命令：paper show 编号）",
    )
