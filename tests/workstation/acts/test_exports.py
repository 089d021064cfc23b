"""Papers given out as files for an archive: all of them, with digests, whole or not at all."""

from __future__ import annotations

import csv
import errno
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from printing import archive
from printing.archive import NotArchivable, Reason
from tests import builders
from tests.builders import a_case, an_envelope, assert_explained, at, head, nobody, paper_of, refused
from workstation.acts import exports, making, packing, papers, registration
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped, stopping
from workstation.domain.case import CaseState
from workstation.domain.envelope import BatchState
from workstation.domain.journal import Entry
from workstation.domain.paper import PaperState
from workstation.domain.words import word
from workstation.errors import Explained, OutsideFailed


def marked(pdf: bytes, *, title: str, when: datetime) -> bytes:
    """Stands in for `archive.as_pdfa`, since the papers here are not drawn."""
    return b"%s | %s | %s" % (pdf, title.encode(), when.isoformat().encode())


@pytest.fixture(autouse=True)
def unmarked(undrawn: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that are not drawn are no PDF that could be marked."""
    monkeypatch.setattr(archive, "as_pdfa", marked)


@pytest.fixture
def case(desk: Desk) -> str:
    """A case with two intake slips, the first of them void."""
    number = a_case(desk, CaseState.REGISTERED).number
    papers.reprint(desk, paper_of(desk, number, "intake_slip").number, reason="jammed")
    return number


def rows(folder: Path) -> list[dict[str, str]]:
    """The list of digests."""
    return list(csv.DictReader(io.StringIO((folder / exports.LIST).read_text("utf-8-sig"))))


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


def halves(folder: Path) -> set[str]:
    """What an export that was broken off would have left beside its place."""
    return {name for name in names(folder) if name.endswith(".part")}


def last(desk: Desk, number: str) -> Entry:
    """The newest entry about a number."""
    with desk.reading() as reading:
        return reading.journal_of(number)[-1]


def gone(desk: Desk, number: str) -> None:
    """The bytes of a paper have passed their time of keeping."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE paper_bodies SET pdf = NULL WHERE number = :number", {"number": number})


def failing(error: BaseException) -> Callable[..., Any]:
    """Something that cannot be done."""

    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def test_every_paper_of_a_case_is_given_out(desk: Desk, case: str, tmp_path: Path) -> None:
    """Void ones too, each under its number and kind, for nobody else to read."""
    done = exports.export(desk, case, tmp_path / "out")

    numbers = [paper.number for paper in papers.listed(desk, case)]
    files = {f"{number}-收件凭证.pdf" for number in numbers}
    assert len(numbers) == 2
    assert names(done.folder) == {*files, exports.LIST}
    assert (done.folder, done.without_image) == (tmp_path / "out", 0)
    assert done.folder.stat().st_mode & 0o077 == 0
    assert names(tmp_path) >= {"out"}
    assert not halves(tmp_path)


def test_the_list_tells_what_each_file_is(desk: Desk, case: str, tmp_path: Path) -> None:
    """Number, kind, which copy, its state and successor, and both digests; in the table and in the result."""
    done = exports.export(desk, case, tmp_path / "out")

    void, live = sorted(rows(done.folder), key=lambda row: row["第几份"])
    assert [void["状态"], live["状态"]] == ["作废", "已成文"]
    assert (void["代替它的纸面"], live["代替它的纸面"]) == (live["纸面编号"], "")
    assert [void["种类"], void["第几份"], live["第几份"]] == ["收件凭证", "1", "2"]
    for row in (void, live):
        _, stored = papers.pdf_of(desk, row["纸面编号"])
        assert row["原件摘要（SM3）"] == papers.sm3(stored)
        assert row["文件摘要（SM3）"] == papers.sm3((done.folder / row["文件"]).read_bytes())
        assert row["成文时间"].startswith("2026-")
    told = {one.paper.number: one.file for one in done.papers}
    assert {row["纸面编号"]: row["原件摘要（SM3）"] for row in (void, live)} == {
        number: file.original for number, file in told.items() if file
    }


def test_a_file_is_called_by_kind_and_number_and_dated_when_it_was_made(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    """Nothing in it depends on when it is given out: exported again it is the same."""
    first = exports.export(desk, case, tmp_path / "first")
    second = exports.export(desk, case, tmp_path / "second")

    number = paper_of(desk, case, "intake_slip").number
    content = (first.folder / f"{number}-收件凭证.pdf").read_bytes().decode()
    assert f"| 收件凭证 {number} | 2026-" in content
    assert content.endswith("+08:00")
    assert (first.folder / exports.LIST).read_bytes() == (second.folder / exports.LIST).read_bytes()


def test_names_tell_nothing_of_anybody(desk: Desk, case: str, tmp_path: Path) -> None:
    """Neither the files' nor what stands in the list."""
    done = exports.export(desk, case, tmp_path / "out")

    told = "".join([*names(done.folder), (done.folder / exports.LIST).read_text("utf-8-sig")])
    person = builders.a_person()
    assert not [said for said in (person.name, person.id_number, person.phone) if said and said in told]


def test_a_slip_is_listed_with_the_sheet_it_stands_on(desk: Desk, tmp_path: Path) -> None:
    """By envelope: face and packing list are files, the reply slip is part of one."""
    envelope = an_envelope(desk).number

    done = exports.export(desk, envelope, tmp_path / "out")

    listed = {row["种类"]: row for row in rows(done.folder)}
    assert listed.keys() == {"封套面", "内件清单", "回执联"}
    assert listed["回执联"]["文件"] == listed["内件清单"]["文件"]
    assert names(done.folder) == {listed["封套面"]["文件"], listed["内件清单"]["文件"], exports.LIST}


def test_a_batch_is_given_out_too(desk: Desk, tmp_path: Path) -> None:
    """Its handover sheet."""
    batch = builders.a_batch(desk, BatchState.CLOSED).number

    done = exports.export(desk, batch, tmp_path / "out")

    assert [row["种类"] for row in rows(done.folder)] == ["交接清单"]


def test_a_kind_with_a_stroke_in_its_name_is_a_file_all_the_same(desk: Desk, tmp_path: Path) -> None:
    """容缺/告知承诺书 does not become a folder."""
    case = builders.a_deferring_case(desk).number

    done = exports.export(desk, case, tmp_path / "out")

    assert "/" in word("pledge")
    assert any(name.endswith("-容缺告知承诺书.pdf") for name in names(done.folder))


def test_a_paper_without_image_is_listed(desk: Desk, case: str, tmp_path: Path) -> None:
    """Its time of keeping is over: it is named, with no digest, and the others are there."""
    void = next(p.number for p in papers.listed(desk, case) if p.state == PaperState.VOID)
    gone(desk, void)

    done = exports.export(desk, case, tmp_path / "out")

    row = next(row for row in rows(done.folder) if row["纸面编号"] == void)
    assert (row["文件"], row["原件摘要（SM3）"], row["文件摘要（SM3）"]) == ("无影像", "", "")
    assert done.without_image == 1
    assert len(names(done.folder)) == 2


def interrupted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose slip is still only promised."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "make", lambda *_: None)
        patch.setattr(making, "make_left", lambda *_: None)
        return registration.register(desk, builders.an_intake()).number


def test_what_an_interruption_left_is_made_first(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is missing in the archive only because nobody had asked for it yet."""
    case = interrupted(desk, monkeypatch)

    done = exports.export(desk, case, tmp_path / "out")

    assert [row["状态"] for row in rows(done.folder)] == ["已成文"]
    assert done.without_image == 0


def test_what_cannot_be_made_holds_up_no_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed as promised, without image."""
    case = interrupted(desk, monkeypatch)
    monkeypatch.setattr(making, "draw", failing(OutsideFailed("x", what="a", why="b", next="c")))

    done = exports.export(desk, case, tmp_path / "out")

    assert [(row["状态"], row["文件"]) for row in rows(done.folder)] == [("待出纸", "无影像")]


def test_the_journal_tells_that_papers_were_given_out(desk: Desk, case: str, tmp_path: Path) -> None:
    """Who, of what, and how many; neither where to nor anything personal."""
    gone(desk, next(p.number for p in papers.listed(desk, case) if p.state == PaperState.VOID))

    exports.export(desk, case, tmp_path / "out")

    entry = last(desk, case)
    body = json.loads(entry.body)
    assert (entry.act, entry.operator, entry.object) == ("export_papers", "1001", case)
    assert body["facts"] == {"papers": 2, "without_image": 1}
    assert body["changes"] == []


def test_the_cases_of_an_envelope_show_it_too(desk: Desk, tmp_path: Path) -> None:
    """Whoever looks at the case later sees that its packing list has left the house."""
    consignment = builders.a_consignment(desk)
    case, envelope = consignment.case_number, packing.pack(desk, [consignment.id]).number

    exports.export(desk, envelope, tmp_path / "out")

    assert last(desk, case).act == last(desk, envelope).act == "export_papers"
    builders.assert_true_ledger(desk, case)


@pytest.mark.parametrize("code", ["3001", "4001", "5001"])
def test_only_the_counter_gives_papers_out(desk: Desk, case: str, tmp_path: Path, code: str) -> None:
    """They show people in clear; refused before anything is written."""
    with refused(desk, "wrong-role"):
        exports.export(at(desk, code), case, tmp_path / "out")

    assert not (tmp_path / "out").exists()
    exports.export(at(desk, "2001"), case, tmp_path / "out")


def test_nobody_and_who_only_looks_give_nothing_out(desk: Desk, case: str, tmp_path: Path) -> None:
    """Neither without signing in nor at a desk that only looks."""
    with refused(desk, "nobody-signed-in"):
        exports.export(nobody(desk), case, tmp_path / "out")
    with refused(desk, "read-only"):
        exports.export(replace(desk, readonly=True), case, tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", ["13501021012632499999", "胡写", "\x1b[2J"])
def test_a_number_without_papers_is_refused(desk: Desk, tmp_path: Path, number: str) -> None:
    """No empty folder is left as if that were all."""
    with pytest.raises(Explained) as caught:
        exports.export(desk, number, tmp_path / "out")

    assert caught.value.code in ("papers-not-found", "paper-not-found")
    assert not (tmp_path / "out").exists()


def a_full_folder(place: Path) -> None:
    """Something lies there."""
    place.mkdir()
    (place / "old.pdf").write_bytes(b"old")


def a_file(place: Path) -> None:
    """No folder at all."""
    place.write_bytes(b"old")


def a_link(place: Path) -> None:
    """It leads to an empty folder elsewhere."""
    elsewhere = place.with_name("elsewhere")
    elsewhere.mkdir()
    place.symlink_to(elsewhere)


def a_link_to_nothing(place: Path) -> None:
    """It leads nowhere."""
    place.symlink_to(place.with_name("nowhere"))


@pytest.mark.parametrize("put", [a_full_folder, a_file, a_link, a_link_to_nothing])
def test_a_place_that_is_taken_is_left_alone(
    desk: Desk, case: str, tmp_path: Path, put: Callable[[Path], None]
) -> None:
    """Nothing is mixed with what was there, nothing of it is lost, and nothing is journalled."""
    place = tmp_path / "out"
    put(place)
    before, inside = head(desk), sorted(map(str, tmp_path.rglob("*")))

    with refused(desk, "folder-taken"):
        exports.export(desk, case, place)

    assert head(desk) == before
    assert sorted(map(str, tmp_path.rglob("*"))) == inside


def test_an_empty_folder_is_taken_for_it(desk: Desk, case: str, tmp_path: Path) -> None:
    """Somebody has made it beforehand."""
    (tmp_path / "out").mkdir()

    exports.export(desk, case, tmp_path / "out")

    assert exports.LIST in names(tmp_path / "out")


def test_a_root_of_a_file_system_is_no_folder_of_ours(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty stick: a folder on it has to be named."""
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "stick")

    with refused(desk, "folder-taken"):
        exports.export(desk, case, tmp_path / "stick")
    exports.export(desk, case, tmp_path / "stick" / "out")


@pytest.mark.parametrize("place", ["missing/out", "file/out", "n" * 300])
def test_a_place_that_cannot_be_is_told(desk: Desk, case: str, tmp_path: Path, place: str) -> None:
    """Why it cannot, with nothing journalled."""
    (tmp_path / "file").write_bytes(b"")
    before = head(desk)

    with pytest.raises(OutsideFailed) as caught:
        exports.export(desk, case, tmp_path / place)

    assert_explained(caught.value, "export-not-written")
    assert head(desk) == before


def test_it_is_stopped_between_two_papers(desk: Desk, case: str, tmp_path: Path) -> None:
    """Told before each sheet; stopped, nothing is there and nothing is journalled."""
    told: list[tuple[int, int | None]] = []
    before = head(desk)

    with pytest.raises(Stopped):
        exports.export(
            desk,
            case,
            tmp_path / "out",
            progress=stopping(lambda *step: told.append(step), lambda: len(told) == 1),
        )

    assert told == [(0, 2)]
    assert head(desk) == before
    assert not (tmp_path / "out").exists()
    assert not halves(tmp_path)
    exports.export(desk, case, tmp_path / "out", progress=lambda *step: told.append(step))
    assert told[1:] == [(0, 2), (1, 2), (2, 2)]


def at_the_second(error: BaseException) -> Callable[..., bytes]:
    """As `marked` for one paper, and then this."""
    first = iter([marked])

    def mark(pdf: bytes, *, title: str, when: datetime) -> bytes:
        made: bytes = next(first, failing(error))(pdf, title=title, when=when)
        return made

    return mark


def test_an_interruption_leaves_nothing(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the second paper is being marked."""
    before = head(desk)
    monkeypatch.setattr(archive, "as_pdfa", at_the_second(KeyboardInterrupt()))

    with pytest.raises(KeyboardInterrupt):
        exports.export(desk, case, tmp_path / "out")

    assert head(desk) == before
    assert not (tmp_path / "out").exists()
    assert not halves(tmp_path)


def test_a_disk_that_fills_leaves_nothing(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and nothing is journalled."""
    before = head(desk)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", failing(OSError(errno.ENOSPC, "No space left on device")))

        with pytest.raises(OutsideFailed) as caught:
            exports.export(desk, case, tmp_path / "out")

    assert_explained(caught.value, "export-not-written")
    assert "磁盘已满" in caught.value.why
    assert head(desk) == before
    assert not (tmp_path / "out").exists()
    assert not halves(tmp_path)


@pytest.mark.parametrize("reason", Reason)
def test_a_paper_that_no_archive_takes_is_told(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: Reason
) -> None:
    """Which one, and what is wrong with it; every reason has words."""
    before = head(desk)
    monkeypatch.setattr(archive, "as_pdfa", at_the_second(NotArchivable(reason, "x")))

    with pytest.raises(OutsideFailed) as caught:
        exports.export(desk, case, tmp_path / "out")

    assert_explained(caught.value, "paper-not-archivable")
    assert exports.REASONS[reason] in caught.value.why
    assert exports.REASONS.keys() == set(Reason)
    assert head(desk) == before
    assert not halves(tmp_path)


def test_a_place_taken_meanwhile_stays_as_it_is(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two export to one place: the slower is told, and its entry, written before anything left, stays."""
    place = tmp_path / "out"

    def meanwhile(pdf: bytes, *, title: str, when: datetime) -> bytes:
        if not place.exists():
            a_full_folder(place)
        return marked(pdf, title=title, when=when)

    monkeypatch.setattr(archive, "as_pdfa", meanwhile)

    with pytest.raises(OutsideFailed) as caught:
        exports.export(desk, case, place)

    assert_explained(caught.value, "export-not-put")
    assert names(place) == {"old.pdf"}
    assert last(desk, case).act == "export_papers"
    assert not halves(tmp_path)


def test_an_act_that_fails_gives_nothing_out(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its entry in the journal no paper leaves."""
    exporting = replace(desk, store=replace(desk.store, clock=lambda: 1))

    with refused(desk, "clock-set-back"):
        exports.export(exporting, case, tmp_path / "out")

    assert not (tmp_path / "out").exists()
