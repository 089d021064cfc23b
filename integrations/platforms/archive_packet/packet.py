"""The bytes of a packet: one zip, files stored as they are, equal input equal bytes.

Nothing in it is compressed: papers and pictures are already, and what is not cannot blow up.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from integrations import spreadsheets
from integrations.platforms.archive_packet import metadata
from integrations.platforms.archive_packet.metadata import Field, Group, Item

METADATA = "基本信息元数据.xml"
LISTING = "目录.csv"
DIGESTS = "摘要.csv"
JOURNAL = "留痕.jsonl"
PAPERS, EVIDENCE = "papers/", "evidence/"
FOLDERS = {"paper": "纸面", "evidence": "证据"}

LISTING_HEADS = ("序号", "类别", "编号", "名称", "状态", "时间", "文件", "字节数", "没有文件的原因")
DIGEST_HEADS = ("文件", "字节数", "SM3", "SHA-256")
#: The same for every file, whenever it is packed; the earliest that a zip can say.
_WHEN = (1980, 1, 1, 0, 0, 0)
_UNIX, _OWN_FILE = 3, 0o100600


@dataclass(frozen=True)
class Row:
    """A paper or a picture of the case; `file` is empty where there is none, and then `absent` says why."""

    kind: str
    """paper · evidence."""
    number: str
    title: str
    state: str = ""
    made_at: str = ""
    file: str = ""
    absent: str = ""


@dataclass(frozen=True)
class Contents:
    """All that goes into a packet."""

    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    files: Mapping[str, bytes] = field(repr=False)
    """Papers and pictures by their names in the packet."""
    journal: bytes = field(repr=False)
    """Head line and entries, JSON lines."""


def packed(contents: Contents) -> bytes:
    """The packet, with its metadata, list and digests."""
    files = {
        METADATA: _metadata(contents),
        LISTING: _listing(contents),
        **{name: contents.files[name] for name in sorted(contents.files)},
        JOURNAL: contents.journal,
    }
    rows = [(name, str(len(content)), *digests(content)) for name, content in files.items()]
    return zipped({**files, DIGESTS: spreadsheets.write_csv(DIGEST_HEADS, rows)})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """These files as a zip, in this order."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.create_system, entry.external_attr = _UNIX, _OWN_FILE << 16
            archive.writestr(entry, content)
    return output.getvalue()


def digests(content: bytes) -> tuple[str, str]:
    """SM3 (GB/T 32905) and SHA-256, in hexadecimal digits."""
    return hashlib.new("sm3", content).hexdigest(), hashlib.sha256(content).hexdigest()


def _metadata(contents: Contents) -> bytes:
    folders = [(title, _items(contents, kind)) for kind, title in FOLDERS.items()]
    return metadata.written(contents.fields, contents.groups, folders)


def _items(contents: Contents, kind: str) -> Sequence[Item]:
    return [
        Item(row.number, row.title, row.file, len(contents.files.get(row.file, b"")), row.absent)
        for row in contents.rows
        if row.kind == kind
    ]


def _listing(contents: Contents) -> bytes:
    rows = [_line(at, row, contents) for at, row in enumerate(contents.rows, start=1)]
    return spreadsheets.write_csv(LISTING_HEADS, rows)


def _line(at: int, row: Row, contents: Contents) -> tuple[str, ...]:
    size = str(len(contents.files[row.file])) if row.file else ""
    kind = FOLDERS[row.kind]
    return (str(at), kind, row.number, row.title, row.state, row.made_at, row.file, size, row.absent)
