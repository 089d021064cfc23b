"""留痕账 given out with all that is needed to check it, and such a file checked without any store.

JSON, one object a line: a head that says what is in it and how it is checked, then every column of each
entry in the order in which they are hashed. Nothing personal is in the journal, so nothing is in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec

from workstation.acts import audit, given_files, refusals
from workstation.acts.audit import Wanted
from workstation.acts.desk import Desk
from workstation.acts.progress import STEP, Progress, counted, silent
from workstation.domain import codes
from workstation.domain.journal import ALGORITHM, Entry, entry_hash
from workstation.domain.times import local, minute
from workstation.errors import OutsideFailed, Refused
from workstation.settings import os_reason
from workstation.store.work import Reading

FORMAT = "journal-1"
_SEQ, _PREVIOUS, _HASH = "seq", "previous", "hash"
HOW = (
    "每行一条，列的次序就是计算摘要的次序。"
    f"最后一列 {_HASH} 是 SM3（GB/T 32905-2016）摘要，对它前面各列依次连接的字节计算；"
    "一列写作 列名:类型和长度:值，类型 N 空、I 整数、T 文字（UTF-8）、B 字节（文件里写作十六进制），"
    "长度是值的字节数，空值的长度是 0；整数写作十进制。"
    f"{_PREVIOUS} 一列是上一条的摘要，{_SEQ} 一列逐条加一。"
    "链首码是最后一条摘要的前 16 字节，写作 39 位十进制，加一位校验码（ISO 7064 MOD 11,10）。"
)
_PAGE = 500
_LONGEST = 64 * 1024 * 1024
"""Bytes of a line; no act changes so much at once."""

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of the file."""

    format: str
    hall: int
    name: str
    division: str
    practice: bool
    since: str
    until: str
    """When the first and the last entry of it were written."""
    entries: int
    first: int
    last: int
    first_previous: Digest
    """The hash of the entry before the first; zeros at the beginning of the journal."""
    last_hash: Digest
    anchor: str
    algorithm: str
    given_at: str
    given_by: str
    how: str = HOW


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry, in the order of `domain.journal.Entry`; bytes in hexadecimal."""

    hall: int
    seq: int
    at: int
    act: str
    operator: str | None
    second: str | None
    window: int | None
    object: str
    body: str
    flag: str | None
    algorithm: str
    previous: Digest
    hash: Digest


@dataclass(frozen=True)
class Given:
    """What was given out."""

    path: Path
    head: Head


@dataclass(frozen=True)
class Checked:
    """What came of checking a file; `line` and `fault` tell of its first bad line, as an editor counts."""

    head: Head | None
    entries: int
    """How many were found right."""
    line: int | None = None
    fault: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the chain, every hash and the anchor agree."""
        return self.line is None


def export(
    desk: Desk,
    path: Path,
    *,
    since: str | None = None,
    until: str | None = None,
    progress: Progress = silent,
) -> Given:
    """Write the journal, or the stretch of some days, to a file; each entry is a step."""
    # Refused before anything is written, by the same rules as the act itself.
    desk.may("export_journal")
    desk.writes()
    target = path.absolute()
    with given_files.half(target) as half:
        with desk.reading() as reading:
            stretch = audit.stretch(reading, Wanted(since=since, until=until), desk.store.now())
            head = _head(desk, reading, stretch)
            half.write(_lines(head, counted(_entries(reading, head), progress, total=head.entries)))
        with desk.act("export_journal") as work:
            work.object = str(head.last)
            work.facts = {"first": head.first, "last": head.last, "entries": head.entries}
        given_files.put(half, target)
    return Given(target, head)


def check(path: Path, *, progress: Progress = silent) -> Checked:
    """Check a file by itself: the order and chain of its entries, each hash, and the anchor."""
    try:
        with path.open("rb") as file:
            return _checked(file, path.stat().st_size, progress)
    except OSError as error:
        raise _unreadable(path, error) from error


# --- out


def _head(desk: Desk, reading: Reading, stretch: tuple[int, int]) -> Head:
    first, last = stretch
    if last < first:
        raise _nothing()
    (begins,), (ends,) = reading.journal(first - 1, 1), reading.journal(last - 1, 1)
    return Head(
        format=FORMAT,
        hall=desk.hall.id,
        name=desk.hall.name,
        division=desk.hall.division,
        practice=bool(desk.hall.practice),
        since=minute(begins.at),
        until=minute(ends.at),
        entries=last - first + 1,
        first=first,
        last=last,
        first_previous=begins.previous.hex(),
        last_hash=ends.hash.hex(),
        anchor=codes.anchor(ends.hash),
        algorithm=ALGORITHM,
        given_at=local(desk.store.now()).isoformat("T", "seconds"),
        given_by=desk.signed_in().code,
    )


def _entries(reading: Reading, head: Head) -> Iterator[Entry]:
    after = head.first - 1
    while after < head.last and (page := reading.journal(after, min(_PAGE, head.last - after))):
        yield from page
        after = page[-1].seq


def _lines(head: Head, entries: Iterable[Entry]) -> Iterator[bytes]:
    encode = msgspec.json.Encoder().encode
    yield encode(head) + b"\n"
    for entry in entries:
        bytes_ = {"previous": entry.previous.hex(), "hash": entry.hash.hex()}
        yield encode(Line(**{**vars(entry), **bytes_})) + b"\n"


# --- in


@dataclass
class _Chain:
    """The entries of a file as they are read, one after the other."""

    head: Head
    seq: int
    previous: str
    entries: int = 0

    def fault(self, raw: bytes) -> str:
        """What is wrong with the next line; empty if nothing is."""
        try:
            line = _decode_line(raw)
        except msgspec.MsgspecError:
            return "不是一条留痕账：列不全、多了列，或值的写法不对"
        fault = self._linked(line)
        if not fault:
            self.seq, self.previous = line.seq, line.hash
            self.entries += 1
        return fault

    def _linked(self, line: Line) -> str:
        if line.hall != self.head.hall:
            return f"大厅是 {line.hall}，应为 {self.head.hall}"
        if line.seq != self.seq + 1:
            return f"序号是 {line.seq}，应为 {self.seq + 1}"
        if line.algorithm != self.head.algorithm:
            return "算法与文件开头写的不同"
        if line.previous != self.previous:
            return "与上一条接不上，它记下的上一条摘要是另一个"
        if _hash(line) != line.hash:
            return "内容与摘要不符，这一条被改动过"
        return ""

    def end(self) -> str:
        """What is wrong once all lines are read."""
        head = self.head
        if self.entries != head.entries or self.seq != head.last:
            return f"文件到此为止，只有 {self.entries} 条，开头写的是 {head.entries} 条"
        if self.previous != head.last_hash:
            return "最后一条的摘要与文件开头写的不同"
        if codes.anchor(bytes.fromhex(self.previous)) != head.anchor:
            return "链首码与最后一条不符"
        return ""


def _checked(file: BinaryIO, size: int, progress: Progress) -> Checked:
    raw = file.readline(_LONGEST)
    try:
        head = _decode_head(raw)
    except msgspec.MsgspecError:
        return Checked(None, 0, 1, "第一行不是留痕账导出文件的开头")
    if fault := _foreign(head):
        return Checked(head, 0, 1, fault)
    chain, number, done = _Chain(head, head.first - 1, head.first_previous), 1, len(raw)
    while raw := file.readline(_LONGEST):
        number, done = number + 1, done + len(raw)
        if fault := chain.fault(raw):
            return Checked(head, chain.entries, number, fault)
        if number % STEP == 0:
            progress(done, size)
    progress(size, size)
    if fault := chain.end():
        return Checked(head, chain.entries, number, fault)
    return Checked(head, chain.entries)


def _foreign(head: Head) -> str:
    if head.format != FORMAT:
        return f"格式“{refusals.shown(head.format)}”不认识，这里认识 {FORMAT}"
    if head.algorithm != ALGORITHM:
        return f"算法“{refusals.shown(head.algorithm)}”不认识，这里认识 {ALGORITHM}"
    return ""


def _hash(line: Line) -> str:
    values = msgspec.structs.asdict(line)
    columns = {name: bytes.fromhex(values[name]) for name in ("previous", "hash")}
    return entry_hash(Entry(**{**values, **columns})).hex()


_decode_head = msgspec.json.Decoder(Head).decode
_decode_line = msgspec.json.Decoder(Line).decode


def _nothing() -> Refused:
    return Refused(
        "journal-empty",
        what="没有导出留痕账。",
        why="这几天里一条也没有。",
        next="请核对起止日期。（命令：--since、--until）",
    )


def _unreadable(path: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "file-unreadable",
        what=f"“{refusals.shown(path.name)}”没有核验。",
        why=f"{os_reason(error)}。",
        next="请核对路径和权限；文件须是导出的留痕账。",
    )
