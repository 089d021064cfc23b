"""四性检测 in words, and with the real judges: papers, entries and anchor."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from integrations.platforms.archive_packet import container, packet
from integrations.platforms.archive_packet.reasons import Check, Fault, Reason
from tests.architecture.test_sentences import WORD
from tests.builders import assert_explained
from tests.integrations.platforms.archive_packet.made import again, files_of
from tests.workstation.acts.packets import POLICY, a_closed_case
from workstation.acts import archive_checks, archives
from workstation.acts.desk import Desk
from workstation.errors import Explained


@pytest.fixture
def content(desk: Desk, tmp_path: Path) -> bytes:
    """A packet that was given out."""
    return archives.pack(desk, a_closed_case(desk).number, tmp_path, policy=POLICY).path.read_bytes()


def faults(content: bytes) -> set[Reason]:
    """What is wrong."""
    return {fault.reason for fault in archive_checks.of(content).faults}


def with_journal(content: bytes, change: Callable[[list[dict[str, object]]], object]) -> bytes:
    """The packet with its excerpt changed, and every digest made anew."""
    files = files_of(content)
    lines = [json.loads(line) for line in files[packet.JOURNAL].splitlines()]
    change(lines)
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return again({**files, packet.JOURNAL: text.encode()})


def test_every_reason_and_check_has_words() -> None:
    """No longer list and no shorter one, none in another language."""
    assert archive_checks.REASONS.keys() == set(Reason)
    assert archive_checks.CHECKS.keys() == set(Check)
    assert len(set(archive_checks.REASONS.values())) == len(Reason)
    assert not [text for text in archive_checks.REASONS.values() if WORD.search(text)]


def test_a_packet_is_checked_without_a_hall(content: bytes, tmp_path: Path) -> None:
    """From its file alone."""
    file = tmp_path / "brought.zip"
    file.write_bytes(content)

    report = archive_checks.check(file)

    assert report.is_sound
    summary = archive_checks.summary(report)
    assert summary.count("：通过") == 4
    assert "没有运行杀毒软件" in summary


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[3].update(operator="1002"),
        lambda lines: lines[3].update(at=lines[3]["at"] + 1),
        lambda lines: lines[3].update(hash="00" * 32),
        lambda lines: lines[3].update(hash="no digits"),
        lambda lines: lines[3].update(extra=1),
        lambda lines: lines[3].pop("flag"),
        lambda lines: lines[0].update(anchor="1" * 40),
        lambda lines: lines[0].update(head="00" * 32),
        lambda lines: lines[0].update(head=None),
        lambda lines: lines[0].pop("anchor"),
    ],
)
def test_a_changed_entry_is_found(
    content: bytes, change: Callable[[list[dict[str, object]]], object]
) -> None:
    """However well all digests were made anew: an entry has its own."""
    assert faults(with_journal(content, change)) == {Reason.JOURNAL_CHANGED}


def test_an_entry_taken_out_is_found(content: bytes) -> None:
    """The head says how many there were."""
    assert faults(with_journal(content, lambda lines: lines.pop())) == {Reason.COUNT}


def torn(pdf: bytes) -> bytes:
    """Half of it."""
    return pdf[: len(pdf) // 2]


def acting(pdf: bytes) -> bytes:
    """A program in it that runs when it is opened."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


@pytest.mark.parametrize(("spoil", "reason"), [(torn, Reason.PDF), (acting, Reason.ACTIVE)])
def test_papers_are_really_opened(content: bytes, spoil: Callable[[bytes], bytes], reason: Reason) -> None:
    """Torn ones, and one in which something would run."""
    files = files_of(content)
    name = next(name for name in files if name.endswith(".pdf"))

    assert reason in faults(again({**files, name: spoil(files[name])}))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Nothing, a folder, a pipe that nobody writes into: none of them is waited for."""
    os.mkfifo(tmp_path / "pipe.zip")
    for path in (tmp_path / "missing.zip", tmp_path, tmp_path / "pipe.zip"):
        with pytest.raises(Explained) as caught:
            archive_checks.check(path)
        assert_explained(caught.value, "archive-unreadable")


def test_of_a_huge_file_no_more_is_read_than_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is, it is no case's packet."""
    monkeypatch.setattr(container, "LARGEST", 1000)
    file = tmp_path / "huge.zip"
    file.write_bytes(b"PK" + bytes(100_000))

    report = archive_checks.check(file)

    assert (report.size, [fault.reason for fault in report.faults]) == (1001, [Reason.BOMB])


def test_a_fault_is_told_with_its_file_and_steers_nothing() -> None:
    """A name out of a hostile packet is shown, not obeyed."""
    told = archive_checks.told(Fault(Reason.STRANGE_NAME, "\x1b]0;x\x07"))

    assert "\x1b" not in told
    assert told.endswith(archive_checks.REASONS[Reason.STRANGE_NAME])


def test_checks_that_could_not_be_made_say_so() -> None:
    """They did not pass."""
    report = archive_checks.of(b"no packet")

    assert [archive_checks.outcome(report, check) for check in archive_checks.CHECKS] == [
        "未能检测",
        "未能检测",
        "有 1 处不对",
        "未能检测",
    ]
