"""The metadata of a packet: written, read again, and no trust in what others have written."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.archive_packet import metadata
from integrations.platforms.archive_packet.metadata import Field, Group, HasDtd, Item, Unreadable

ITEMS = (Item("1", "收件凭证", "papers/1.pdf", 12), Item("2", "送达回证", absent="还没有成文"))
NUMBER = Field("number", "办件编号", "13502031012632400012")


def test_what_is_written_is_read() -> None:
    """Fields with their titles, items with file and size or the reason why there is none."""
    content = metadata.written([NUMBER], [], [("纸面", ITEMS), ("证据", ())])

    found = metadata.read(content)

    assert NUMBER in found.fields
    assert found.items == ITEMS
    assert found.counts_agree


def test_names_seen_in_public_code_are_kept() -> None:
    """Root, folder titles, names and sizes of files; and that the standard has not been read."""
    root = Xml.fromstring(metadata.written([NUMBER], [Group("consignment", (NUMBER,))], [("纸面", ITEMS)]))

    assert root.tag == "base_info"
    folder = root.find("fileset/folder")
    assert folder is not None
    assert folder.attrib == {"title": "纸面", "count": "2"}
    assert folder.findtext("file/file_actual_name") == "papers/1.pdf"
    assert folder.findtext("file/computer_file_size") == "12"
    assert root.findtext("consignment/number") == NUMBER.value
    assert "来源：未核对" in (root.findtext("standard") or "")


def test_equal_input_gives_equal_bytes() -> None:
    """Nothing of the moment is in it."""
    assert metadata.written([NUMBER], [], []) == metadata.written([NUMBER], [], [])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_makes_xml(text: str) -> None:
    """Whatever a clerk has typed can be read again; what no XML holds is named by its code."""
    content = metadata.written([Field("remark", "备注", text)], [], [])

    said = next(field.value for field in metadata.read(content).fields if field.name == "remark")
    assert said == text or "[U+" in said


def test_a_count_that_is_not_kept_is_seen() -> None:
    """A folder says how many there are."""
    content = metadata.written([NUMBER], [], [("纸面", ITEMS)]).replace(b'count="2"', b'count="3"')

    assert not metadata.read(content).counts_agree


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE base_info SYSTEM "http://example.org/x.dtd"><base_info/>',
        b'<!DOCTYPE base_info [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><base_info>&b;</base_info>',
        b'<!DOCTYPE base_info [<!ENTITY x SYSTEM "file:///etc/passwd">]><base_info>&x;</base_info>',
        b"<!DOCTYPE base_info><base_info/>",
    ],
)
def test_a_document_type_is_refused(content: bytes) -> None:
    """Nothing is fetched and nothing is blown up."""
    with pytest.raises(HasDtd):
        metadata.read(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"<base_info>", b"\x00", b"<other/>", b'<?xml version="1.0" encoding="nowhere"?><base_info/>'],
)
def test_what_is_no_metadata_is_refused(content: bytes) -> None:
    """Empty, torn, no text, another root, a coding nobody knows."""
    with pytest.raises(Unreadable) as error:
        metadata.read(content)

    assert not isinstance(error.value, HasDtd)


@pytest.mark.parametrize("size", ["-1", "1e9", "١٢", "", "9" * 400])
def test_a_size_that_is_no_number_is_none(size: str) -> None:
    """It will not agree with any file."""
    content = metadata.written([], [], [("纸面", ITEMS)])
    content = content.replace(b"<computer_file_size>12<", f"<computer_file_size>{size}<".encode())

    assert metadata.read(content).items[0].size == 0
