"""归档: a packet of an ended case goes out checked, journalled and once; many go on past one that cannot."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from integrations.platforms.archive_packet import packet
from integrations.platforms.archive_packet.reasons import Reason
from printing import archive
from tests import builders
from tests.builders import a_case, at, head, nobody, refused
from tests.workstation.acts.packets import POLICY, a_closed_case, supervising
from workstation.acts import archive_checks, archive_contents, archives, exports, given_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped
from workstation.domain.case import CaseState
from workstation.domain.journal import Entry
from workstation.errors import Explained, OutsideFailed
from workstation.policies import ArchivePolicy


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a closed case."""
    return a_closed_case(desk).number


def last(desk: Desk, number: str) -> Entry:
    """The newest entry about a number."""
    with desk.reading() as reading:
        return reading.journal_of(number)[-1]


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden things too; nothing if it is not there."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def days(desk: Desk) -> tuple[str, str]:
    """A span with today in it."""
    return "2026-11-01", "2026-12-31"


def test_a_closed_case_is_packed(desk: Desk, case: str, tmp_path: Path) -> None:
    """Under the name of the setting, for nobody else to read, with all four checks passed."""
    done = archives.pack(desk, case, tmp_path / "out", policy=POLICY)

    assert names(tmp_path / "out") == [f"350102-2026-{case}.zip"] == [done.path.name]
    assert done.path.stat().st_mode & 0o777 == 0o600
    assert done.report.is_sound
    assert done.report.case_number == case
    assert (done.absent, archive_checks.check(done.path)) == (0, done.report)


@pytest.mark.parametrize("state", sorted(archive_contents.ENDED))
def test_every_end_is_packed(desk: Desk, tmp_path: Path, state: str) -> None:
    """Closed, declined, guided, withdrawn: each is kept."""
    number = a_closed_case(desk, state).number

    assert archives.pack(desk, number, tmp_path, policy=POLICY).report.is_sound


@pytest.mark.parametrize(
    "state", sorted(set(CaseState) - archive_contents.ENDED - {CaseState.TO_CORRECT, CaseState.SERVED})
)
def test_what_has_not_ended_is_not_packed(desk: Desk, tmp_path: Path, state: str) -> None:
    """Its state is named."""
    number = a_case(desk, state).number

    with refused(desk, "case-not-ended"):
        archives.pack(desk, number, tmp_path / "out", policy=POLICY)

    assert names(tmp_path / "out") == []


def test_it_is_recorded_and_journalled(desk: Desk, case: str, tmp_path: Path) -> None:
    """Digests of the whole packet and counts; neither place nor person."""
    done = archives.pack(desk, case, tmp_path, policy=POLICY)

    (record,) = archives.listed(desk, case)
    assert record == done.record
    assert (record.id, record.files, record.packed_by) == (f"{case}-a1", done.report.files, "1001")
    assert (record.sm3, record.sha256) == packet.digests(done.path.read_bytes())
    entry = last(desk, case)
    assert (entry.act, entry.operator, entry.object) == ("export_archive", "1001", case)
    assert json.loads(entry.body)["facts"] == {"papers": 5, "evidence": 0, "absent": 0}
    assert str(tmp_path) not in entry.body
    builders.assert_true_ledger(desk, case)


def test_packed_again_it_has_the_next_ordinal(desk: Desk, case: str, tmp_path: Path) -> None:
    """In another folder, or under a name with the ordinal in it; never over the first."""
    numbered = ArchivePolicy(name="{number}-{ordinal}")
    archives.pack(desk, case, tmp_path / "in", policy=numbered)

    second = archives.pack(desk, case, tmp_path / "in", policy=numbered)

    assert second.record.id == f"{case}-a2"
    assert names(tmp_path / "in") == [f"{case}-1.zip", f"{case}-2.zip"]
    archives.pack(desk, case, tmp_path / "out", policy=POLICY)
    with refused(desk, "file-exists"):
        archives.pack(desk, case, tmp_path / "out", policy=POLICY)


@pytest.mark.parametrize("code", ["3001", "4001", "5001"])
def test_only_the_counter_packs(desk: Desk, case: str, tmp_path: Path, code: str) -> None:
    """It shows people in clear."""
    with refused(desk, "wrong-role"):
        archives.pack(at(desk, code), case, tmp_path / "out", policy=POLICY)

    assert names(tmp_path / "out") == []
    archives.pack(supervising(desk), case, tmp_path / "out", policy=POLICY)


def test_nobody_and_who_only_looks_pack_nothing(desk: Desk, case: str, tmp_path: Path) -> None:
    """One case or many."""
    for who, code in ((nobody(desk), "nobody-signed-in"), (replace(desk, readonly=True), "read-only")):
        with refused(desk, code):
            archives.pack(who, case, tmp_path / "out", policy=POLICY)
        with refused(desk, code):
            archives.batch(who, [case], tmp_path / "out", policy=POLICY)

    assert names(tmp_path / "out") == []


@pytest.mark.parametrize("name", ["{applicant}-{number}", "{year}", "{number", "../{number}"])
def test_a_name_that_cannot_be_is_refused(desk: Desk, case: str, tmp_path: Path, name: str) -> None:
    """Before anything is made, with what is wrong about it."""
    with refused(desk, "archive-name") as caught:
        archives.pack(desk, case, tmp_path / "out", policy=ArchivePolicy(name=name))

    assert name in caught.value.why
    assert names(tmp_path / "out") == []


def test_an_unknown_case_is_refused(desk: Desk, tmp_path: Path) -> None:
    """As everywhere."""
    with pytest.raises(Explained) as caught:
        archives.pack(desk, "13501021012632499999", tmp_path / "out", policy=POLICY)

    assert caught.value.code == "case-not-found"


def test_a_packet_that_fails_its_checks_is_not_given_out(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong is told; nothing lies there and nothing is journalled."""
    monkeypatch.setattr(exports, "archived", lambda *_: b"%PDF-1.7 torn")

    with refused(desk, "archive-not-sound") as caught:
        archives.pack(desk, case, tmp_path / "out", policy=POLICY)

    assert archive_checks.REASONS[Reason.PDF] in caught.value.why
    assert names(tmp_path / "out") == []


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Any]) -> None:
    """Something happens once, while the packet is being made."""
    packed, first = packet.packed, iter([happens])

    def pack(contents: Any) -> bytes:
        content = packed(contents)
        next(first, lambda: None)()
        return content

    monkeypatch.setattr(packet, "packed", pack)


def test_two_windows_do_not_pack_the_same_case_at_once(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is told; its packet would be of an earlier moment."""
    supervisor = supervising(desk)
    meanwhile(monkeypatch, lambda: archives.pack(supervisor, case, tmp_path / "first", policy=POLICY))

    with pytest.raises(Explained) as caught:
        archives.pack(desk, case, tmp_path / "second", policy=POLICY)

    builders.assert_explained(caught.value, "archive-meanwhile")
    assert names(tmp_path / "second") == []
    assert len(archives.listed(desk, case)) == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interruption_leaves_nothing(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Ctrl-C or a full disk while it is being written."""
    before = head(desk)

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(given_files.Half, "write", fail)
    with pytest.raises((KeyboardInterrupt, OutsideFailed)):
        archives.pack(desk, case, tmp_path / "out", policy=POLICY)

    assert head(desk) == before
    assert names(tmp_path / "out") == []


# --- many


def test_the_ended_cases_of_a_span_are_listed(desk: Desk) -> None:
    """Whichever way they ended, with how often each was packed; open ones are not there."""
    numbers = [a_closed_case(desk, state).number for state in sorted(archive_contents.ENDED)]
    a_case(desk, CaseState.REVIEWED)

    found = archives.ended(desk, *days(desk))

    assert {one.number for one in found} == set(numbers)
    assert [one.ended_at for one in found] == sorted(one.ended_at for one in found)
    assert {one.packets for one in found} == {0}
    assert {one.title for one in found} == {"开具户籍类证明"}
    assert archives.ended(desk, "2026-11-01", "2026-11-19") == []


def test_many_are_packed_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    """Each an act of its own; how far it has come is told."""
    numbers = [a_closed_case(desk).number for _ in range(2)]
    told: list[tuple[int, int | None]] = []

    done = archives.batch(
        desk, numbers, tmp_path / "out", policy=POLICY, progress=lambda *step: told.append(step)
    )

    assert [one.record.case_number for one in done.packed] == numbers
    assert (done.failed, done.left) == ((), 0)
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [one.packets for one in archives.ended(desk, *days(desk))] == [1, 1]
    assert len(names(tmp_path / "out")) == 2


def test_what_cannot_be_packed_holds_up_no_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed with its reason, and lies nowhere."""
    bad, good = (a_closed_case(desk).number for _ in range(2))
    theirs, archived = {paper.number for paper in builders.papers_of(desk, bad)}, archive.as_pdfa

    def torn(pdf: bytes, *, title: str, **given: Any) -> bytes:
        if title.split()[-1] in theirs:
            raise archive.NotArchivable(archive.Reason.FONT, "x")
        return archived(pdf, title=title, **given)

    monkeypatch.setattr(archive, "as_pdfa", torn)

    done = archives.batch(desk, [bad, "胡写", good], tmp_path / "out", policy=POLICY)

    assert [number for number, _ in done.failed] == [bad, "胡写"]
    assert done.failed[0][1].code == "paper-not-archivable"
    assert names(tmp_path / "out") == [f"350102-2026-{good}.zip"]
    assert archives.listed(desk, bad) == []


def test_it_is_stopped_between_two_cases(desk: Desk, tmp_path: Path) -> None:
    """What is packed stays, whole; how many were not come to is told."""
    numbers = [a_closed_case(desk).number for _ in range(3)]

    def stop(done: int, _: int | None) -> None:
        if done == 1:
            raise Stopped

    done = archives.batch(desk, numbers, tmp_path / "out", policy=POLICY, progress=stop)

    assert (len(done.packed), done.left) == (1, 2)
    assert names(tmp_path / "out") == [done.packed[0].path.name]
    assert archive_checks.check(done.packed[0].path).is_sound


def test_killed_in_the_middle_nothing_half_lies_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is whole; of the second there is neither file nor entry; begun anew it is packed."""
    numbers = [a_closed_case(desk).number for _ in range(2)]
    packs = iter([packet.packed])

    def killed(contents: Any) -> bytes:
        made = next(packs, None)
        if made is None:
            raise KeyboardInterrupt
        return made(contents)

    with monkeypatch.context() as patch:
        patch.setattr(packet, "packed", killed)
        with pytest.raises(KeyboardInterrupt):
            archives.batch(desk, numbers, tmp_path / "out", policy=POLICY)

    assert names(tmp_path / "out") == [f"350102-2026-{numbers[0]}.zip"]
    left = [one.number for one in archives.ended(desk, *days(desk)) if not one.packets]
    assert left == numbers[1:]
    assert len(archives.batch(desk, left, tmp_path / "out", policy=POLICY).packed) == 1


def test_the_same_case_packed_from_the_same_journal_is_the_same(desk: Desk, tmp_path: Path) -> None:
    """Two copies of one hall give equal bytes."""
    number = a_closed_case(desk).number
    other = builders.a_copy(desk, tmp_path)

    first = archives.pack(desk, number, tmp_path / "1", policy=POLICY)
    second = archives.pack(other, number, tmp_path / "2", policy=POLICY)

    assert first.path.read_bytes() == second.path.read_bytes()


def test_papers_in_a_packet_have_the_marks_of_an_archive(desk: Desk, tmp_path: Path) -> None:
    """Colours named, nothing active; each opens."""
    number = a_closed_case(desk).number

    done = archives.pack(desk, number, tmp_path, policy=POLICY)

    with zipfile.ZipFile(done.path) as opened:
        papers = [opened.read(name) for name in opened.namelist() if name.startswith("papers/")]
    assert papers
    for paper in papers:
        archive.examine(paper)
        with pikepdf.open(io.BytesIO(paper)) as document:
            assert document.open_metadata().pdfa_status == "2U"
