"""The packing list as it arrives: out of the digits or pictures of its QR codes, held against the ledger.

The first brick of the receiving side: nothing is written. How a list becomes digits is in `domain/manifest`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workstation.acts import catalogue, explanations, scanning
from workstation.acts.desk import Desk
from workstation.acts.facts.packing_list import listed_piece
from workstation.domain import manifest
from workstation.domain.case import Holder
from workstation.domain.envelope import Envelope
from workstation.domain.manifest import ListedCase, ListedPiece, Manifest, Part
from workstation.domain.words import word
from workstation.errors import OutsideFailed, Refused
from workstation.settings import os_reason
from workstation.store.work import Reading

#: What a QR code of a packing list is to a scan: of an envelope of this hall, or of another's.
KINDS = ("manifest", "foreign_manifest")
LARGEST = 20_000_000
"""Bytes of a picture or PDF that are looked at."""


@dataclass(frozen=True)
class Received:
    """A packing list as it was read, and what this hall knows of it."""

    manifest: Manifest
    titles: dict[str, str]
    """What this hall calls the items it knows, by their codes."""
    state: str | None
    """Of the envelope in this hall; None: it is another hall's."""
    differences: tuple[str, ...]
    """What the ledger says otherwise, in words; none where the envelope is not known here."""

    @property
    def agrees(self) -> bool | None:
        """Whether the ledger says the same; None: it knows nothing of it."""
        return None if self.state is None else not self.differences


def received(desk: Desk, texts: Iterable[str]) -> Received:
    """The list of these symbols, in any order; a damaged, missing or strange one is refused."""
    desk.signed_in()
    found = [_part(desk, text) for text in texts]
    if not found:
        raise _nothing_read("没有给出二维码的数字。")
    with explanations.explained():
        listed = manifest.joined(found)
    with desk.reading() as reading:
        envelope = reading.envelopes.get(listed.envelope)
        return Received(
            manifest=listed,
            titles=_titles(reading, listed.cases),
            state=envelope.state if envelope else None,
            differences=tuple(_differences(reading, listed, envelope)) if envelope else (),
        )


def _part(desk: Desk, text: str) -> Part:
    scanned = scanning.scan(desk, text)
    if scanned.kind not in KINDS:
        raise _another_code(scanned.kind)
    return manifest.part(scanned.symbol)


def gathered(former: Sequence[str], latest: str) -> tuple[str, ...]:
    """The symbols scanned so far of the list that the latest belongs to; what was of another one is left."""
    new = manifest.part(latest)
    parts = {text: manifest.part(text) for text in former}
    return (*(t for t, p in parts.items() if p.of_list == new.of_list and p.index != new.index), latest)


def still_missing(texts: Sequence[str]) -> tuple[list[int], int]:
    """Which symbols of the list are not among these, and how many it has."""
    found = [manifest.part(text) for text in texts]
    return manifest.missing(found), found[0].count


def in_file(path: Path) -> list[str]:
    """The digits of all packing lists' QR codes in a PNG, a JPEG or a PDF."""
    # Imported here: the drawing library takes longer to load than most commands take to run.
    from printing import reading

    try:
        found = [text for text in reading.squares(_bytes(path)) if manifest.is_marked(text)]
    except reading.NotReadable as error:
        raise _no_picture(path) from error
    if not found:
        raise _nothing_read("图片里没有找到内件清单的二维码，或它模糊、残缺、太小。")
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            found = file.read(LARGEST + 1)
    except OSError as error:
        raise OutsideFailed(
            "file-unreadable",
            what="文件读不出来，没有读二维码。",
            why=f"{path}：{os_reason(error)}。",
            next="请核对文件名和权限后再试。",
        ) from error
    if len(found) > LARGEST:
        raise _no_picture(path)
    return found


def _titles(reading: Reading, cases: Sequence[ListedCase]) -> dict[str, str]:
    known = {item.code: item.title for item in catalogue.all_items(reading)}
    return {case.item: known[case.item] for case in cases if case.item in known}


# --- held against the ledger


def _differences(reading: Reading, listed: Manifest, envelope: Envelope) -> Iterable[str]:
    if listed.office != envelope.office_code:
        yield f"寄往的部门：清单上是 {listed.office}，账上是 {envelope.office_code}。"
    contents = reading.contents.where(envelope=envelope.number)
    sent = [c for content in contents if (c := reading.consignments.get(content.consignment))]
    numbers = {case.number for case in listed.cases}
    for case in listed.cases:
        yield from _of_case(reading, case)
    for number in sorted({consignment.case_number for consignment in sent} ^ numbers):
        told = "清单上有，账上不在这个封套里" if number in numbers else "账上在这个封套里，清单上没有"
        yield f"办件 {number} {told}。"
    ledger = [piece for number in sorted(numbers) for piece in reading.pieces.where(case_number=number)]
    inside = reading.pieces.where(holder=Holder.INSIDE, holder_ref=envelope.number)
    on_list = Counter(listed.pieces)
    for piece in (on_list - Counter(map(listed_piece, ledger))).elements():
        yield f"清单上的“{piece.name}”（{_amount(piece)}）账上没有，或份数、页数不同。"
    for piece in (Counter(map(listed_piece, inside)) - on_list).elements():
        yield f"账上封套里的“{piece.name}”（{_amount(piece)}）清单上没有，或份数、页数不同。"


def _of_case(reading: Reading, listed: ListedCase) -> Iterable[str]:
    case = reading.cases.get(listed.number)
    if case is not None and case.item != listed.item:
        yield f"办件 {listed.number} 的事项：清单上是 {listed.item}，账上是 {case.item}。"


def _amount(piece: ListedPiece) -> str:
    pages = f"，{piece.pages} 页" if piece.pages is not None else ""
    return f"{word(piece.form)} {piece.copies} 份{pages}"


# --- as a person reads it


def sheet(received: Received) -> str:
    """The list to tick off by: a box for each piece, the totals, and what the ledger says to it."""
    from forms import documents

    listed = received.manifest
    place = {case.number: str(n) for n, case in enumerate(listed.cases, 1)}
    cases = [
        (place[case.number], case.number, received.titles.get(case.item, case.item)) for case in listed.cases
    ]
    rows = [
        ("□", str(n), place[p.case], word(p.form), str(p.copies), str(p.pages or ""), p.name)
        for n, p in enumerate(listed.pieces, 1)
    ]
    heads = ("收到", "序号", "办件", "原件／复印件", "份数", "页数", "材料名称")
    fields = (("封套编号", listed.envelope), ("寄往部门", listed.office), ("本大厅", _known(received)))
    copies = sum(piece.copies for piece in listed.pieces)
    return documents.preview(
        (
            ("title", (("收到的内件清单",),)),
            ("fields", fields),
            ("table", (("办件", "办件编号", "申办事项"), *cases)),
            ("table", (heads, *rows)),
            ("paragraph", ((f"合计 {len(cases)} 件办件，{len(rows)} 项材料，{copies} 份。",),)),
            *((("notes", tuple((told,) for told in received.differences)),) if received.differences else ()),
        )
    )


def _known(received: Received) -> str:
    if received.state is None:
        return "没有这个封套，是别的大厅寄出的"
    return f"有这个封套（{word(received.state)}），{'与账一致' if received.agrees else '与账不一致，见下'}"


def _another_code(kind: str) -> Refused:
    return Refused(
        "manifest-another-code",
        what="这不是内件清单的二维码，没有读成清单。",
        why=f"读到的是{word(kind)}。",
        next="请扫内件清单上的二维码；编号条码请到办件或封套的画面去扫。",
    )


def _nothing_read(why: str) -> Refused:
    return Refused(
        "manifest-nothing-read",
        what="没有读到内件清单的二维码。",
        why=why,
        next="请把二维码放平、对正、照明均匀，再扫一次或重新拍照。",
    )


def _no_picture(path: Path) -> Refused:
    return Refused(
        "manifest-no-picture",
        what="这个文件不能读二维码。",
        why=f"{path.name} 不是完整的 PNG、JPEG 或 PDF，或者太大。",
        next="请另存为其中一种，或重新拍照、扫描。",
    )
