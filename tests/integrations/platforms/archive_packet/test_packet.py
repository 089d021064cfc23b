"""The bytes of a packet: what lies in it, in which form, and that equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile

from integrations import spreadsheets
from integrations.platforms.archive_packet import packet
from integrations.spreadsheets import Column
from tests.integrations.platforms.archive_packet.made import CASE, PAPERS, PDF, a_packet, files_of


def rows(content: bytes, heads: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of one of its tables."""
    table = spreadsheets.columns(spreadsheets.read(content), [Column(head) for head in heads])
    return [line.cells for line in table.lines]


def test_a_packet_holds_its_files_in_a_fixed_order() -> None:
    """Metadata first, digests of all the others last."""
    assert list(files_of(a_packet())) == [
        "基本信息元数据.xml",
        "目录.csv",
        f"evidence/{CASE}-i1-e1.png",
        f"papers/{PAPERS[0]}.pdf",
        "留痕.jsonl",
        "摘要.csv",
    ]


def test_equal_input_gives_equal_bytes() -> None:
    """Whenever and in whatever order its files were found."""
    files = {f"papers/{PAPERS[0]}.pdf": PDF, f"evidence/{CASE}-i1-e1.png": b"x"}

    assert a_packet(files=files) == a_packet(files=dict(reversed(list(files.items()))))


def test_everything_is_stored_as_it_is() -> None:
    """Uncompressed, with one time for all, for its owner alone to read."""
    with zipfile.ZipFile(io.BytesIO(a_packet())) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None

    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100600}


def test_the_digests_are_those_of_the_files() -> None:
    """SM3 and SHA-256 of every file but the list itself, with its bytes."""
    files = files_of(a_packet())

    told = {row["文件"]: row for row in rows(files[packet.DIGESTS], packet.DIGEST_HEADS)}

    assert told.keys() == files.keys() - {packet.DIGESTS}
    for name, row in told.items():
        assert row["字节数"] == str(len(files[name]))
        assert row["SM3"] == hashlib.new("sm3", files[name]).hexdigest()
        assert row["SHA-256"] == hashlib.sha256(files[name]).hexdigest()


def test_the_list_tells_what_is_there_and_why_something_is_not() -> None:
    """A line each, numbered."""
    listed = rows(files_of(a_packet())[packet.LISTING], packet.LISTING_HEADS)

    assert [(row["序号"], row["类别"], row["编号"]) for row in listed] == [
        ("1", "纸面", PAPERS[0]),
        ("2", "纸面", PAPERS[1]),
        ("3", "证据", f"{CASE}-i1-e1"),
    ]
    assert (listed[0]["文件"], listed[0]["字节数"]) == (f"papers/{PAPERS[0]}.pdf", str(len(PDF)))
    assert (listed[1]["文件"], listed[1]["没有文件的原因"]) == ("", "还没有成文")
