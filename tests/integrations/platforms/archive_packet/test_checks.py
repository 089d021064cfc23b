"""四性检测: a sound packet passes; each thing that can be wrong with one is found for its own reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from integrations.platforms.archive_packet import packet
from integrations.platforms.archive_packet.packet import DIGESTS, JOURNAL, LISTING, METADATA, Row
from integrations.platforms.archive_packet.reasons import CHECK_OF, Check, Fault, Reason
from tests.integrations.platforms.archive_packet.made import (
    CASE,
    CONTENTS,
    PAPERS,
    PDF,
    PICTURE,
    TOOLS,
    a_packet,
    a_picture,
    again,
    changed,
    checked,
    files_of,
    journal,
    reasons,
)

PAPER = f"papers/{PAPERS[0]}.pdf"
EVIDENCE = f"evidence/{CASE}-i1-e1.png"


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """One text in place of another, which must be there."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def without(name: str) -> bytes:
    """The packet without one file, the digests made anew."""
    return again({each: content for each, content in files_of(a_packet()).items() if each != name})


def test_a_sound_packet_passes_all_four() -> None:
    """And is told with its own digests, by which it is known again."""
    content = a_packet()

    report = checked(content)

    assert report.is_sound
    assert not any(report.of(check) for check in Check)
    assert (report.sm3, report.sha256) == packet.digests(content)
    assert (report.case_number, report.files, report.size) == (CASE, 6, len(content))


@pytest.mark.parametrize("name", [PAPER, EVIDENCE, METADATA, LISTING, JOURNAL])
def test_a_file_changed_later_is_found(name: str) -> None:
    """真实性: its digests do not fit."""
    report = checked(changed(name, lambda content: content + b" ", hidden=False))

    assert Fault(Reason.CHANGED, name) in report.of(Check.AUTHENTIC)


def test_a_file_put_in_later_is_found() -> None:
    """真实性: neither digests nor metadata know it."""
    files = {**files_of(a_packet()), "papers/9.pdf": PDF}

    faults = checked(packet.zipped(files)).faults

    assert {(fault.reason, fault.file) for fault in faults} == {
        (Reason.UNLISTED, "papers/9.pdf"),
        (Reason.METADATA_DIFFERS, "papers/9.pdf"),
    }
    assert reasons(again(files)) == {Reason.METADATA_DIFFERS}


def test_a_doubled_number_is_found() -> None:
    """真实性: two papers cannot have one number."""
    twice = (*CONTENTS.rows, replace(CONTENTS.rows[0], title="送达回证"))

    assert Reason.DOUBLED_NUMBER in reasons(a_packet(rows=twice))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (METADATA, PAPERS[1].encode(), b"43502031012632400099"),
        (LISTING, "还没有成文".encode(), "找不到了".encode()),
        (LISTING, PAPERS[1].encode(), b"43502031012632400099"),
    ],
)
def test_metadata_and_list_say_the_same(name: str, old: bytes, new: bytes) -> None:
    """真实性: one of them was changed, however well its digests were made anew."""
    assert Reason.METADATA_DIFFERS in reasons(changed(name, replaced(old, new)))


@pytest.mark.parametrize("name", [PAPER, EVIDENCE, METADATA, LISTING, DIGESTS, JOURNAL])
def test_a_missing_file_is_found(name: str) -> None:
    """完整性: by name, whether or not the digests were made anew."""
    files = {each: content for each, content in files_of(a_packet()).items() if each != name}

    assert Fault(Reason.MISSING, name) in checked(packet.zipped(files)).of(Check.COMPLETE)
    if name != DIGESTS:
        assert Fault(Reason.MISSING, name) in checked(without(name)).of(Check.COMPLETE)


def test_a_file_of_another_length_is_found() -> None:
    """完整性: the metadata know how many bytes it had."""
    report = checked(changed(PAPER, lambda content: content + b"%"))

    assert Fault(Reason.SIZE, PAPER) in report.of(Check.COMPLETE)
    assert not report.of(Check.AUTHENTIC)


def test_a_paper_without_file_says_why() -> None:
    """完整性: else it was forgotten."""
    silent = tuple(replace(row, absent="") for row in CONTENTS.rows)

    assert reasons(a_packet(rows=silent)) == {Reason.UNEXPLAINED}


def test_a_folder_has_as_many_as_it_says() -> None:
    """完整性: one taken out of metadata and list alike."""
    assert Reason.COUNT in reasons(changed(METADATA, replaced(b'count="2"', b'count="3"')))


def test_the_journal_has_as_many_entries_as_its_head_says() -> None:
    """完整性: one taken out at its end."""
    assert reasons(a_packet(journal=journal({"seq": 1}, entries=2))) == {Reason.COUNT}


def test_what_the_journals_own_arithmetic_refuses_is_found() -> None:
    """真实性: an entry that does not have its hash, a head that has another anchor."""
    assert reasons(a_packet(), replace(TOOLS, entry=lambda _: False)) == {Reason.JOURNAL_CHANGED}
    assert reasons(a_packet(), replace(TOOLS, head=lambda _: False)) == {Reason.JOURNAL_CHANGED}


@pytest.mark.parametrize("content", [b"{", b"{}\n[]\n", b"[" * 100_000, b'{"a": \xff}\n'])
def test_a_journal_that_is_none_is_found(content: bytes) -> None:
    """可用性: not even its lines can be read."""
    assert Reason.JOURNAL in reasons(a_packet(journal=content))


@pytest.mark.parametrize("name", [LISTING, DIGESTS])
def test_a_table_that_cannot_be_read_is_found(name: str) -> None:
    """可用性: quotes without partner, or no header."""
    for content in (b'\xef\xbb\xbf"a', b"\xef\xbb\xbfa,b\r\n1,2\r\n"):
        files = {**files_of(a_packet()), name: content}
        assert Fault(Reason.TABLE, name) in checked(packet.zipped(files)).of(Check.USABLE)


def test_metadata_that_cannot_be_read_are_found() -> None:
    """可用性."""
    assert Fault(Reason.METADATA, METADATA) in checked(changed(METADATA, lambda _: b"<?xml")).of(Check.USABLE)


def test_a_document_type_in_the_metadata_is_found() -> None:
    """安全性: it is not even read."""
    change = replaced(b"<base_info>", b'<!DOCTYPE base_info [<!ENTITY x "x">]><base_info>')

    assert Fault(Reason.DTD, METADATA) in checked(changed(METADATA, change)).of(Check.SAFE)


@pytest.mark.parametrize(
    ("why", "reason"), [("damaged", Reason.PDF), ("font", Reason.PDF), ("active", Reason.ACTIVE)]
)
def test_a_paper_that_is_not_fit_for_an_archive_is_found(why: str, reason: Reason) -> None:
    """可用性, or 安全性 where something in it would run."""
    report = checked(a_packet(), replace(TOOLS, pdf=lambda _: why))

    assert report.faults == (Fault(reason, PAPER),)


@pytest.mark.parametrize("content", [PICTURE[:-30], PICTURE[:8] + bytes(100)])
def test_a_picture_that_does_not_open_is_found(content: bytes) -> None:
    """可用性: half of one, and one that has only the beginning."""
    assert Reason.PICTURE in reasons(a_packet(files={PAPER: PDF, EVIDENCE: content}))


@pytest.mark.parametrize(
    ("name", "content"),
    [(PAPER, b"MZ\x90\x00"), (PAPER, PICTURE), (EVIDENCE, a_picture("JPEG")), (EVIDENCE, b"\x7fELF")],
)
def test_a_file_is_what_its_name_says(name: str, content: bytes) -> None:
    """安全性: no program as a paper, no paper as a picture."""
    files = {PAPER: PDF, EVIDENCE: PICTURE, name: content}

    assert Fault(Reason.KIND, name) in checked(a_packet(files=files)).of(Check.SAFE)


@pytest.mark.parametrize(
    "mark", [b"This program cannot be run in DOS mode", b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE", b"<script"]
)
def test_the_marks_of_programs_are_found(mark: bytes) -> None:
    """安全性: hidden behind what is shown."""
    files = {PAPER: PDF, EVIDENCE: PICTURE + mark}

    assert Fault(Reason.SIGNATURE, EVIDENCE) in checked(a_packet(files=files)).of(Check.SAFE)


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_a_formula_in_a_table_is_found(formula: str) -> None:
    """安全性: whoever opens the list runs it; what we write ourselves is never one."""
    hostile = (*CONTENTS.rows, Row("paper", "1", formula, absent="x"))
    assert Reason.ACTIVE not in reasons(a_packet(rows=hostile))

    bare = replaced(f"'{formula}".encode(), formula.encode())
    files = files_of(a_packet(rows=hostile))
    assert Reason.ACTIVE in reasons(again({**files, LISTING: bare(files[LISTING])}))


def test_each_reason_belongs_to_a_check() -> None:
    """And each check has reasons of its own."""
    assert {Fault(reason).check for reason in Reason} == set(Check)
    assert Check.SAFE not in CHECK_OF.values()
