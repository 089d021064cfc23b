"""A wording tried before it is put in force: read, checked fact by fact, filled with samples and drawn.

Nothing is written. What is refused here with its line could otherwise fail with an applicant at the counter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forms import documents
from forms.documents import Document, DocumentError
from forms.identifiers import plain_text
from workstation.acts import explanations, making, refusals
from workstation.acts.facts import known
from workstation.acts.facts.known import Rows
from workstation.domain.words import word
from workstation.errors import OutsideFailed, Refused, WrongUsage, command
from workstation.settings import os_reason

LONGEST = 20_000
"""Characters of a wording: five times the longest we ship."""
LARGEST = 4 * LONGEST
"""Bytes of a file of that many characters."""


@dataclass(frozen=True)
class Trial:
    """A wording that can be put in force, and the paper it would make of the samples."""

    document: str
    text: str
    preview: str
    pdf: bytes
    copies: tuple[str, ...]


def tried(document: str, text: str) -> Trial:
    """Fill a wording with samples and draw it, marked 样张; refused where any paper in it would fail."""
    name = known_document(document)
    _must_be_text(name, text)
    read = _read(name, text)
    if unknown := tuple(_unknown(read)):
        raise _unknown_facts(name, unknown)
    for code in ("paper.number", making.FURTHER_CODES.get(name)):
        if code and code not in _codes(read):
            raise _without_code(name, code)
    told = preview(name, text)
    try:
        pdf = making.sample(name, known.samples(name), text)
    except OutsideFailed as error:
        raise _undrawable(name, error) from error
    return Trial(name, text, told, pdf, read.copies)


def preview(document: str, text: str) -> str:
    """A wording as it reads with the samples in their places."""
    try:
        read = documents.read(document, text)
        return documents.preview(documents.fill(read, known.samples(document)), copies=read.copies)
    except DocumentError as error:
        raise _broken(document, error) from error


def taken(source: Path | bytes) -> str:
    """The wording in a file, or in the bytes of one, with line ends as we have them."""
    data = source if isinstance(source, bytes) else _bytes_of(source)
    if len(data) > LARGEST:
        raise _file("wording-too-large", f"文件超过 {LARGEST} 字节。", "请核对是不是选错了文件。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        why = f"第 {line} 行的文字编码不是 UTF-8。"
        raise _file("wording-not-utf8", why, "请在编辑软件里另存为 UTF-8，再试一次。") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def known_document(document: str) -> str:
    """The name of a document there is."""
    if document not in documents.names():
        names = "、".join(documents.names())
        raise Refused(
            "document-not-found",
            what=f"没有“{refusals.shown(document)}”这种文书。",
            why="文书的种类由工作站提供；封套面是画出来的版面，不是文书。",
            next=f"请从列出的文书里选。{command(names)}",
        )
    return document


def _bytes_of(path: Path) -> bytes:
    try:
        # A pipe or a device would be waited for without end.
        if not path.is_file():
            raise _unreadable("没有这个文件，或者它不是普通文件")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(os_reason(error)) from error


def _must_be_text(name: str, text: str) -> None:
    if not text.strip():
        raise _wrong(name, "wording-empty", "里面没有任何文字。", "请核对是不是选错了文件。")
    if len(text) > LONGEST:
        raise _wrong(
            name,
            "wording-too-long",
            f"有 {len(text)} 个字，最多 {LONGEST} 个。",
            "请删短；一张纸说不完的，请分到别的材料里。",
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if reason := plain_text.forbidden(line):
            why, then = explanations.IDENTIFIER_REASONS[reason]
            raise _wrong(name, "wording-character", f"第 {number} 行：{why}", then)
        if unprintable := _unprintable(line):
            told = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in unprintable)
            then = "请换一个字或去掉它；确是生僻字的，请装上生僻字库再试。（命令：make fonts）"
            raise _wrong(name, "wording-unprintable", f"第 {number} 行的{told}现有字库印不出。", then)


def _unprintable(line: str) -> tuple[str, ...]:
    # Imported here: the fonts take longer to load than listing wordings takes.
    from printing import fonts

    return fonts.missing(line)


def _read(name: str, text: str) -> Document:
    try:
        read = documents.read(name, text)
    except DocumentError as error:
        raise _broken(name, error) from error
    if all(block.kind == "title" for block in read.blocks):
        raise _wrong(name, "wording-empty", "只有标题，没有正文。", "请把正文写在标题下面。")
    return read


def _unknown(read: Document) -> Iterator[tuple[int, str]]:
    """Line and name of each fact that no paper of this kind has; a list is one only cell by cell."""
    there = dict(known.named(known.of(read.name)))
    for fact in (fact for block in read.blocks for fact in block.facts):
        if fact.name not in there:
            yield fact.line, fact.name


def _codes(read: Document) -> set[str]:
    """The facts that stand in a barcode of their own."""
    rows = [row for block in read.blocks if block.kind == "code" for row in block.rows]
    return {part.name for row in rows for part in row.cells[0] if not isinstance(part, str)}


def _broken(name: str, error: DocumentError) -> WrongUsage:
    return _wrong(name, "wording-broken", explanations.wording(error), "请改正这一行，再试一次。")


def _unknown_facts(name: str, unknown: tuple[tuple[int, str], ...]) -> WrongUsage:
    lists = {fact for fact, kind in known.of(name).items() if isinstance(kind, Rows)}
    told = "\n".join(
        f"第 {line} 行：“{fact}”"
        + ("是一张清单，要写成表格里的一格。" if fact in lists else "不是这种文书的事实。")
        for line, fact in unknown
    )
    then = f"请从这种文书的事实里选。{command(f'wording facts {name}')}"
    return _wrong(name, "wording-unknown-fact", told, then)


def _without_code(name: str, code: str) -> WrongUsage:
    label = dict(known.named(known.of(name)))[code].label
    return _wrong(
        name,
        "wording-without-code",
        f"没有“{label}”（{code}）的条码，这张纸扫不出来。",
        f"请加一行条码：[条码 {{{{{code}}}}}]，后面写说明。",
    )


def _undrawable(name: str, error: OutsideFailed) -> WrongUsage | OutsideFailed:
    """A sheet that cannot be made of this wording; a font that is not there is not the wording's fault."""
    from printing import barcodes, fonts, lines

    match error.__cause__:
        case fonts.FontMissing():
            return error
        case barcodes.NotEncodable():
            why = "有一个条码放不进版面，或者里面有条码不能用的字：只用英文字母和数字。"
        case lines.DoesNotFit():
            why = "有一段文字放不进版面。"
        case _:
            why = error.why
    return _wrong(name, "wording-undrawable", why, "请改短或改正这一处，再试一次。")


def _wrong(name: str, code: str, why: str, then: str) -> WrongUsage:
    return WrongUsage(code, what=f"{word(name)}的这份文字不能用，什么也没有改。", why=why, next=then)


def _file(code: str, why: str, then: str) -> WrongUsage:
    return WrongUsage(code, what="这个文件不能用，什么也没有改。", why=why, next=then)


def _unreadable(why: str) -> OutsideFailed:
    return OutsideFailed(
        "file-unreadable",
        what="打不开这个文件，什么也没有改。",
        why=f"{why}。",
        next="请核对路径和权限；文件须是普通文件。",
    )
