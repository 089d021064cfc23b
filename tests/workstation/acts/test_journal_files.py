"""The journal as a file: checked by itself, wherever it is; the first line that is not as it was is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import Ticking, a_case, at, refused
from tests.workstation.acts.parcels import DAY
from workstation.acts import journal_files, verification
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped, stopping
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.journal import Entry, entry_hash
from workstation.errors import OutsideFailed

Lines = list[dict[str, Any]]


@pytest.fixture
def auditor(desk: Desk) -> Desk:
    """An auditor in a hall where a case went all the way, and two days later another was registered."""
    a_case(desk, CaseState.CLOSED)
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += 2 * DAY
    a_case(desk, CaseState.REGISTERED)
    return at(desk, "4001")


@pytest.fixture
def file(auditor: Desk, tmp_path: Path) -> Path:
    """The whole journal as a file."""
    return journal_files.export(auditor, tmp_path / "留痕账.jsonl").path


def lines_of(file: Path) -> Lines:
    """The file's objects."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def write(file: Path, lines: Lines) -> Path:
    """Objects as a file."""
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return file


def test_every_column_of_every_entry_stands_in_it(auditor: Desk, file: Path) -> None:
    """In the order and the types in which it is hashed; bytes in hexadecimal."""
    head, *lines = lines_of(file)

    with auditor.reading() as reading:
        entries = reading.journal(0, 1000)[: len(lines)]
    names = [field.name for field in fields(Entry)]
    assert all(list(line) == names for line in lines)
    assert [line["hash"] for line in lines] == [entry.hash.hex() for entry in entries]
    assert [line["body"] for line in lines] == [entry.body for entry in entries]
    assert (head["entries"], head["first"], head["last"]) == (len(lines), 1, entries[-1].seq)


def test_the_head_tells_what_it_is_and_how_it_is_checked(auditor: Desk, tmp_path: Path) -> None:
    """Hall, days, the hash before, the last hash, its anchor, the algorithm, and the way to compute it."""
    anchor = verification.anchor(auditor)
    head = journal_files.export(auditor, tmp_path / "x.jsonl").head

    assert (head.format, head.hall, head.algorithm) == ("journal-1", auditor.hall.id, "sm3-1")
    assert (head.since[:10], head.until[:10]) == ("2026-11-20", "2026-11-22")
    assert head.first_previous == "0" * 64
    assert head.anchor == anchor == codes.anchor(bytes.fromhex(head.last_hash))
    assert head.given_by == "4001"
    assert "SM3" in head.how
    assert (tmp_path / "x.jsonl").read_text("utf-8").startswith('{"format":"journal-1"')


def test_a_true_file_is_right(file: Path) -> None:
    """Without a store: the file alone is asked."""
    found = journal_files.check(file)

    assert found.is_right
    assert found.head is not None
    assert (found.entries, found.line, found.fault) == (found.head.entries, None, "")


def test_a_stretch_of_days_is_linked_to_what_came_before(auditor: Desk, tmp_path: Path) -> None:
    """Its first hash before is that of the last entry of the day before; so pieces fit together."""
    whole = lines_of(journal_files.export(auditor, tmp_path / "whole.jsonl").path)
    first = journal_files.export(auditor, tmp_path / "a.jsonl", until="2026-11-21").head
    second = journal_files.export(auditor, tmp_path / "b.jsonl", since="2026-11-22").head

    assert second.first == first.last + 1
    assert second.first_previous == first.last_hash != "0" * 64
    assert lines_of(tmp_path / "a.jsonl")[1:] == whole[1 : first.last + 1]
    assert all(journal_files.check(tmp_path / name).is_right for name in ("a.jsonl", "b.jsonl"))


def test_nothing_of_anybody_is_in_it(file: Path) -> None:
    """No name, number, telephone or address of anybody who was here, staff included."""
    told = file.read_text("utf-8")
    people = [user.name for user in builders.STAFF]
    applicant = builders.a_person()

    for secret in (*people, applicant.name, applicant.id_number, applicant.phone, applicant.address or ""):
        assert secret
        assert secret not in told


CHANGES: dict[str, tuple[int, Callable[[Lines], Any]]] = {
    "an operator": (6, lambda lines: lines[5].update(operator="1002")),
    "a body": (9, lambda lines: lines[8].update(body=lines[8]["body"] + " ")),
    "a time": (4, lambda lines: lines[3].update(at=lines[3]["at"] + 1)),
    "nothing for null": (4, lambda lines: lines[3].update(flag="")),
    "a hash": (7, lambda lines: lines[6].update(hash="0" * 64)),
    "a link": (7, lambda lines: lines[6].update(previous="0" * 64)),
    "the algorithm": (7, lambda lines: lines[6].update(algorithm="sm3-2")),
    "a line left out": (6, lambda lines: lines.pop(5)),
    "two lines exchanged": (6, lambda lines: lines.insert(5, lines.pop(6))),
    "a line twice": (7, lambda lines: lines.insert(5, lines[5])),
    "another hall": (6, lambda lines: lines[5].update(hall=2)),
    "a column more": (6, lambda lines: lines[5].update(more=1)),
    "a column less": (6, lambda lines: lines[5].pop("window")),
    "a number as text": (6, lambda lines: lines[5].update(seq="5")),
    "the head's format": (1, lambda lines: lines[0].update(format="journal-2")),
    "the head's algorithm": (1, lambda lines: lines[0].update(algorithm="md5")),
    "no head": (1, lambda lines: lines.pop(0)),
    "the hash before the first": (2, lambda lines: lines[0].update(first_previous="1" * 64)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_bad_line_is_named(file: Path, change: str) -> None:
    """As an editor counts lines; how many before it were right is told too."""
    expected, alter = CHANGES[change]
    lines = lines_of(file)
    alter(lines)

    found = journal_files.check(write(file, lines))

    assert not found.is_right
    assert found.line == expected, found.fault
    assert found.fault
    assert found.entries == max(0, expected - 2)


@pytest.mark.parametrize("change", ["last_hash", "anchor", "entries", "last"])
def test_an_end_that_does_not_agree_with_the_head_is_told(file: Path, change: str) -> None:
    """With the last line."""
    lines = lines_of(file)
    other = {"last_hash": "1" * 64, "anchor": codes.anchor(b"x" * 32), "entries": 3, "last": 3}
    lines[0][change] = other[change]

    found = journal_files.check(write(file, lines))

    assert found.line == len(lines)
    assert found.fault


def test_a_file_that_was_cut_off_is_told(file: Path) -> None:
    """In the middle of a line, or between two."""
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    torn = journal_files.check(file)
    file.write_bytes(whole[: whole[:-1].rindex(b"\n") + 1])
    short = journal_files.check(file)

    assert (torn.is_right, short.is_right) == (False, False)
    assert "只有" in short.fault


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}\n", b"[]", b"not json\n", b"\n\n"])
def test_what_is_no_journal_is_told(tmp_path: Path, content: bytes) -> None:
    """At its first line."""
    file = tmp_path / "x"
    file.write_bytes(content)

    found = journal_files.check(file)

    assert (found.head, found.line) == (None, 1)


def test_a_rebuilt_file_has_another_anchor(auditor: Desk, file: Path) -> None:
    """Who hashes everything anew makes a file that agrees with itself, and not with the paper."""
    head, *lines = lines_of(file)
    before = verification.anchor(auditor)
    lines[4]["operator"] = "1002"
    previous = bytes.fromhex(head["first_previous"])
    for line in lines:
        entry = Entry(**{**line, "previous": previous, "hash": b""})
        previous = entry_hash(entry)
        line.update(previous=entry.previous.hex(), hash=previous.hex())
    head.update(last_hash=previous.hex(), anchor=codes.anchor(previous))

    found = journal_files.check(write(file, [head, *lines]))

    assert found.is_right
    assert found.head is not None
    assert found.head.anchor != before


def test_giving_it_out_is_an_act(auditor: Desk, file: Path) -> None:
    """Who, from which entry to which; the entry itself is the next one."""
    with auditor.reading() as reading:
        (entry,) = reading.journal_back(2**62, 1)

    assert (entry.act, entry.operator) == ("export_journal", "4001")
    facts = json.loads(entry.body)["facts"]
    assert facts == {"first": 1, "last": entry.seq - 1, "entries": entry.seq - 1}
    assert verification.verify(auditor).verified


@pytest.mark.parametrize("code", ["1001", "2001", "3001", "5001"])
def test_only_an_auditor_gives_it_out(desk: Desk, tmp_path: Path, code: str) -> None:
    """Whoever is watched does not choose what is shown."""
    with refused(at(desk, code), "wrong-role"):
        journal_files.export(at(desk, code), tmp_path / "x.jsonl")


def test_a_desk_that_only_looks_gives_nothing_out(auditor: Desk, tmp_path: Path) -> None:
    """It is an act."""
    with refused(auditor, "read-only"):
        journal_files.export(replace(auditor, readonly=True), tmp_path / "x.jsonl")


def test_days_without_an_entry_are_no_file(auditor: Desk, tmp_path: Path) -> None:
    """Nothing is left behind."""
    with refused(auditor, "journal-empty"):
        journal_files.export(auditor, tmp_path / "x.jsonl", since="2026-11-21", until="2026-11-21")

    assert not (tmp_path / "x.jsonl").exists()


def test_nothing_is_written_over(auditor: Desk, file: Path) -> None:
    """What was given out stays as it is."""
    before = file.read_bytes()

    with refused(auditor, "file-exists"):
        journal_files.export(auditor, file)

    assert file.read_bytes() == before


def test_stopped_half_way_nothing_stays(auditor: Desk, tmp_path: Path) -> None:
    """Neither file nor entry; a check can be stopped too."""
    head = builders.head(auditor)

    with pytest.raises(Stopped):
        journal_files.export(auditor, tmp_path / "x.jsonl", progress=stopping(lambda *_: None, lambda: True))

    assert builders.head(auditor) == head
    assert not (tmp_path / "x.jsonl").exists()


def test_a_file_there_is_not_is_told(tmp_path: Path) -> None:
    """Outside failed."""
    with pytest.raises(OutsideFailed) as caught:
        journal_files.check(tmp_path / "nothing.jsonl")

    builders.assert_explained(caught.value, "file-unreadable")
