"""Hostile zips: each is refused for its own reason before anything of it is read or written."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.archive_packet import container
from integrations.platforms.archive_packet.container import Hostile
from integrations.platforms.archive_packet.reasons import Check, Reason
from tests.integrations.platforms.archive_packet.made import a_packet, checked, files_of

NAME = "papers/1.pdf"


def a_zip(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip as anybody makes one."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name) if isinstance(name, str) else name
            archive.writestr(entry, content, compress_type=method)
    return output.getvalue()


def reasons(content: bytes) -> set[Reason]:
    """Why it is not taken apart."""
    with pytest.raises(Hostile) as hostile:
        container.opened(content)
    return {fault.reason for fault in hostile.value.faults}


def test_a_packet_is_taken_apart() -> None:
    """All its files, and none of them torn."""
    opened = container.opened(a_packet())

    assert len(opened.files) == 6
    assert opened.torn == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../papers/1.pdf", Reason.OUTSIDE_NAME),
        ("papers/../../1.pdf", Reason.OUTSIDE_NAME),
        ("papers\\..\\1.pdf", Reason.OUTSIDE_NAME),
        ("/etc/passwd", Reason.ABSOLUTE_NAME),
        ("\\\\server\\share", Reason.ABSOLUTE_NAME),
        ("C:\\1.pdf", Reason.ABSOLUTE_NAME),
        ("papers/a.exe", Reason.STRANGE_NAME),
        ("papers/张三.pdf", Reason.STRANGE_NAME),
        ("papers/", Reason.STRANGE_NAME),
        ("papers/1.pdf\x1b[2J", Reason.STRANGE_NAME),
        ("papers/1.pdf\x00.exe", Reason.STRANGE_NAME),
        ("papers/１.pdf", Reason.STRANGE_NAME),
        ("readme.txt", Reason.STRANGE_NAME),
    ],
)
def test_a_foreign_name_is_refused(name: str, reason: Reason) -> None:
    """Outside, absolute, or none that belongs to a packet."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name

    assert reason in reasons(a_zip((entry, b"x")))


@pytest.mark.parametrize("second", [NAME, "PAPERS/1.pdf"])
def test_a_doubled_name_is_refused(second: str) -> None:
    """Also one that differs only by its letters' size: on some systems it is the same file."""
    with pytest.warns(UserWarning, match="Duplicate") if second == NAME else nullcontext():
        content = a_zip((NAME, b"a"), (second, b"b"))

    assert Reason.DOUBLED_NAME in reasons(content)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    """Ten megabytes of nothing in ten kilobytes."""
    content = a_zip((NAME, bytes(10_000_000)), method=zipfile.ZIP_DEFLATED)

    assert len(content) < 20_000
    assert Reason.BOMB in reasons(content)


def test_a_size_beyond_all_bounds_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packet larger than any case's, and one that says it unpacks to more."""
    monkeypatch.setattr(container, "LARGEST", 1000)

    assert reasons(a_zip((NAME, bytes(2000)))) == {Reason.BOMB}
    assert Reason.BOMB in reasons(a_zip((NAME, bytes(2000)), method=zipfile.ZIP_DEFLATED))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No case has so many."""
    monkeypatch.setattr(container, "MOST_FILES", 2)

    assert Reason.BOMB in reasons(a_zip(*((f"papers/{n}.pdf", b"") for n in range(3))))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_another_program_has_packed_again_is_told(method: int) -> None:
    """Ours are never compressed."""
    assert reasons(a_zip((NAME, b"some text"), method=method)) == {Reason.FORM}


def test_a_link_is_refused() -> None:
    """Unpacked it would lead elsewhere."""
    entry = zipfile.ZipInfo(NAME)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16

    assert Reason.LINK in reasons(a_zip((entry, b"/etc/passwd")))


def test_an_encrypted_file_is_refused() -> None:
    """By its flag in both headers."""
    content = bytearray(a_zip((NAME, b"x")))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1

    assert Reason.ENCRYPTED in reasons(bytes(content))


def before(content: bytes) -> bytes:
    """A program in front, as installers are made."""
    return b"#!/bin/sh\nexit\n" + content


def behind(content: bytes) -> bytes:
    """A comment behind."""
    at = content.rindex(b"PK\5\6") + 20
    return content[:at] + struct.pack("<H", 4) + b"more"


def between(content: bytes) -> bytes:
    """Something between the last file and the directory, which the directory's own place allows for."""
    directory, end = content.index(b"PK\1\2"), content.rindex(b"PK\5\6")
    place = struct.pack("<I", directory + 4)
    return content[:directory] + b"more" + content[directory:end] + content[end : end + 16] + place + b"\0\0"


def another_name(content: bytes) -> bytes:
    """The header before the file calls it otherwise than the directory does."""
    return content.replace(NAME.encode(), b"papers/2.pdf", 1)


def another_size(content: bytes) -> bytes:
    """The header before the file says another length."""
    return content[:22] + struct.pack("<I", 999) + content[26:]


@pytest.mark.parametrize("hide", [before, behind, between, another_name, another_size])
def test_nothing_can_be_hidden_in_it(hide: Callable[[bytes], bytes]) -> None:
    """What one program shows, every other shows too."""
    assert reasons(hide(a_zip((NAME, b"content")))) == {Reason.HIDDEN}


def test_overlapping_files_are_refused() -> None:
    """Two entries of the directory on the same bytes: a bomb that no ratio shows."""
    content = a_zip((NAME, b"content"), ("papers/2.pdf", b"content"))
    second = content.rindex(b"PK\1\2")
    overlapping = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]

    assert reasons(overlapping) == {Reason.HIDDEN}


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"%PDF-1.7"])
def test_what_is_no_zip_is_told(content: bytes) -> None:
    """It is no packet."""
    assert reasons(content) == {Reason.NOT_PACKET}


def test_half_a_packet_is_damaged() -> None:
    """Its directory is missing."""
    content = a_packet()

    assert reasons(content[: len(content) // 2]) == {Reason.DAMAGED}


def test_an_empty_zip_lacks_everything() -> None:
    """It is plain, and no packet."""
    report = checked(a_zip())

    assert {fault.reason for fault in report.faults} == {Reason.MISSING}


def test_a_changed_byte_is_found_in_its_file() -> None:
    """The zip's own sum does not fit any more; what is in it is checked all the same."""
    content = a_packet()
    at = content.index(b"one sheet")
    torn = content[:at] + b"O" + content[at + 1 :]

    opened = container.opened(torn)

    assert [fault.reason for fault in opened.torn] == [Reason.CHANGED]
    assert files_of(torn).keys() == files_of(content).keys()


def test_what_is_not_taken_apart_is_not_checked_either() -> None:
    """The other checks say that they could not be made."""
    report = checked(a_zip(("../x", b"x")))

    assert not report.is_sound
    assert report.untried == {Check.AUTHENTIC, Check.COMPLETE, Check.USABLE}


@given(st.data())
def test_no_damage_goes_unnoticed_or_breaks_anything(data: st.DataObject) -> None:
    """Any byte changed anywhere is found, and never by an error of ours."""
    content = bytearray(a_packet())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))

    report = checked(bytes(content))

    # Version, time and attributes of a file in the zip are nothing of the file.
    if report.is_sound:
        assert files_of(bytes(content)) == files_of(a_packet())
