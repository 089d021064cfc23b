"""The output tray emptied: papers the store can give again go, all else stays and is named."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_case, an_envelope, assert_explained, at, head, nobody, paper_of, refused
from workstation.acts import making, papers, tray
from workstation.acts.desk import Desk
from workstation.acts.tray import Kept, Sweep
from workstation.domain.case import CaseState
from workstation.errors import OutsideFailed
from workstation.store.protocols import StoreFailed

HOUR = 60 * 60
#: No number of this hall, though it looks like one.
STRANGE = "43501021012632499999"


@pytest.fixture
def slip(desk: Desk) -> Path:
    """An intake slip in the tray."""
    number = paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip").number
    return desk.tray / f"{number}.pdf"


def aged(desk: Desk, file: Path, hours: float) -> Path:
    """A file that was written so long before the desk's clock."""
    at = desk.store.now() / 1000 - hours * HOUR
    os.utime(file, (at, at), follow_symlinks=False)
    return file


def names(desk: Desk) -> list[str]:
    """What lies in the tray."""
    return sorted(path.name for path in desk.tray.iterdir())


def why(desk: Desk, file: Path) -> str:
    """Why a sweep leaves this file; it does leave it."""
    found = {kept.name: kept.reason for kept in tray.sweep(desk).kept}
    assert os.path.lexists(file)
    return found[file.name]


def test_papers_go_and_can_be_had_again(desk: Desk, slip: Path) -> None:
    """The tray is no store: what was swept is taken out of the ledger as it was."""
    before = slip.read_bytes()

    found = tray.sweep(desk)

    assert found == Sweep(swept=(slip.name,), kept=())
    assert names(desk) == []
    assert papers.pdf_of(desk, slip.stem)[1] == slip.read_bytes() == before


def test_void_papers_and_envelopes_go_too(desk: Desk, slip: Path) -> None:
    """Every file that is a sheet of ours, live or not."""
    papers.reprint(desk, slip.stem, reason="jammed")
    an_envelope(desk)
    laid_out = names(desk)

    found = tray.sweep(desk)

    assert list(found.swept) == laid_out
    assert len(laid_out) > 3
    assert names(desk) == []


def test_it_is_no_act(desk: Desk, slip: Path) -> None:
    """No record changes and every paper can be had again, so there is nothing to journal."""
    before = head(desk)

    tray.sweep(desk)

    assert head(desk) == before


def test_a_dry_run_only_tells(desk: Desk, slip: Path) -> None:
    """The same answer as in earnest."""
    (desk.tray / "notes.txt").write_text("note")
    before = names(desk)

    told = tray.sweep(desk, dry_run=True)

    assert names(desk) == before
    assert told == tray.sweep(desk) == Sweep((slip.name,), (Kept("notes.txt", "foreign"),))


@pytest.mark.parametrize(("hours", "goes"), [(0.5, False), (1.9, False), (2.1, True)])
def test_papers_may_lie_for_some_hours(desk: Desk, slip: Path, hours: float, goes: bool) -> None:
    """Only what was laid out longer ago than was asked."""
    aged(desk, slip, hours)

    found = tray.sweep(desk, older_than=2)

    assert found == (Sweep((slip.name,), ()) if goes else Sweep((), (Kept(slip.name, "too_young"),)))
    assert slip.exists() != goes


def test_all_papers_go_whatever_their_clock_says(desk: Desk, slip: Path) -> None:
    """Without a number of hours a file from a clock ahead of ours goes as well."""
    aged(desk, slip, -5)

    assert tray.sweep(desk).swept == (slip.name,)


def test_a_paper_the_store_does_not_have_stays(desk: Desk, slip: Path) -> None:
    """After the time of keeping this file is the last there is."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE paper_bodies SET pdf = NULL", {})

    assert why(desk, slip) == "not_stored"


def test_a_paper_the_store_cannot_open_stays(desk: Desk, slip: Path) -> None:
    """Damaged in the ledger, it could not be given again."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE paper_bodies SET pdf = :pdf", {"pdf": b"\1" * 80})

    assert why(desk, slip) == "not_stored"


def test_a_paper_of_nobody_stays(desk: Desk) -> None:
    """Twenty digits are not enough: the number has to be one of this hall."""
    file = desk.tray / f"{STRANGE}.pdf"
    file.write_bytes(b"%PDF")

    assert why(desk, file) == "not_stored"


@pytest.mark.parametrize("change", [lambda pdf: pdf[:-1] + b"!", lambda pdf: pdf + b"!", lambda _: b""])
def test_a_file_with_other_bytes_stays(desk: Desk, slip: Path, change: Callable[[bytes], bytes]) -> None:
    """Somebody has written on it or saved something else under its name."""
    slip.write_bytes(change(slip.read_bytes()))

    assert why(desk, slip) == "differs"


def a_folder(place: Path) -> None:
    """A folder called like a paper, with something in it."""
    place.mkdir()
    (place / "inside.pdf").write_bytes(b"x")


def a_link(place: Path) -> None:
    """A link called like a paper, to a file elsewhere."""
    elsewhere = place.parent.parent / "elsewhere.pdf"
    elsewhere.write_bytes(b"x")
    place.symlink_to(elsewhere)


def a_loop(place: Path) -> None:
    """A link to itself."""
    place.symlink_to(place.name)


def a_pipe(place: Path) -> None:
    """To read from it would take for ever."""
    os.mkfifo(place)


def a_socket(place: Path) -> None:
    """Of some other program."""
    here = Path.cwd()
    os.chdir(place.parent)  # the path of a socket may be a hundred bytes long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place.name)
    os.chdir(here)


@pytest.mark.parametrize("put", [a_folder, a_link, a_loop, a_pipe, a_socket])
def test_what_is_no_file_stays_whatever_its_name(
    desk: Desk, slip: Path, put: Callable[[Path], None], tmp_path: Path
) -> None:
    """Even under the number of a paper that is stored; what a link leads to stays as well."""
    slip.unlink()
    put(slip)

    assert why(desk, slip) == "foreign"
    assert all(path.read_bytes() == b"x" for path in [*tmp_path.glob("else*"), *desk.tray.glob("*/*")])


NAMES = [
    "notes.txt",
    "{number}.PDF",
    "{number} (1).pdf",
    "{number}.pdf\n",
    "1{number}.pdf",
    "１３５０１０２１０１２６３２４９９９９９.pdf",
    "{number}.part",
    "{number}.pdf.part",
    "download.part",
    ".hidden",
    "\x1b[2J.pdf",
    os.fsdecode(b"\xff\xfe.pdf"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_foreign_files_stay(desk: Desk, slip: Path, name: str) -> None:
    """Whatever they contain, were it the very bytes of a paper, and however old they are."""
    file = desk.tray / name.format(number=slip.stem)
    file.write_bytes(slip.read_bytes())
    aged(desk, file, 1000)

    assert why(desk, file) == "foreign"
    assert not slip.exists()


@pytest.mark.parametrize(("hours", "older_than", "goes"), [(0.9, 0, False), (1.1, 0, True), (1.1, 5, False)])
def test_half_written_papers_go_after_an_hour(desk: Desk, hours: float, older_than: int, goes: bool) -> None:
    """What is younger may be on its way into the tray at this moment."""
    half = aged(desk, a_half(desk), hours)

    found = tray.sweep(desk, older_than=older_than)

    assert found == (Sweep((half.name,), ()) if goes else Sweep((), (Kept(half.name, "too_young"),)))
    assert half.exists() != goes


def a_half(desk: Desk) -> Path:
    """What a process that was killed while it laid out a paper has left."""
    half = desk.tray / f"{STRANGE}.4711-4712.part"
    half.write_bytes(b"%PDF half")
    return half


def test_a_half_is_called_as_laying_out_calls_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names agree: what is interrupted before its last step is what a sweep takes for a half."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            making.lay_out(desk.tray, STRANGE, b"%PDF")
    (half,) = desk.tray.iterdir()

    assert why(desk, half) == "too_young"
    aged(desk, half, 2)
    assert tray.sweep(desk).swept == (half.name,)


def test_a_paper_laid_out_during_a_sweep_is_not_lost(desk: Desk) -> None:
    """Swept without a pause beside a desk that prints: no act fails, and every paper can be had."""
    sweeping, swept = threading.Event(), list[str]()

    def sweep() -> None:
        while not sweeping.is_set():
            swept.extend(tray.sweep(desk).swept)

    beside = threading.Thread(target=sweep)
    beside.start()
    try:
        numbers = [
            paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip").number for _ in range(12)
        ]
    finally:
        sweeping.set()
        beside.join()

    swept.extend(tray.sweep(desk).swept)
    assert {f"{number}.pdf" for number in numbers} <= set(swept)
    assert all(papers.pdf_of(desk, number)[1] for number in numbers)


def test_a_thousand_papers_and_as_many_others(desk: Desk, slip: Path) -> None:
    """A tray that nobody has looked after for long."""
    pdf = slip.read_bytes()
    for copy in range(1000):
        (desk.tray / f"{slip.stem}-{copy}.pdf").write_bytes(pdf)

    found = tray.sweep(desk)

    assert found.swept == (slip.name,)
    assert len(found.kept) == len(names(desk)) == 1000


def failing(*_: object, **__: object) -> None:
    """The system refuses."""
    raise PermissionError(13, "Permission denied")


def test_a_file_that_cannot_be_read_stays(desk: Desk, slip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be anything."""
    monkeypatch.setattr(Path, "read_bytes", failing)

    assert why(desk, slip) == "unreadable"


def test_a_file_that_cannot_be_removed_is_named(
    desk: Desk, slip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others go all the same."""
    half = aged(desk, a_half(desk), 2)
    unlink = Path.unlink
    monkeypatch.setattr(
        Path, "unlink", lambda path, **given: (failing if path == slip else unlink)(path, **given)
    )

    assert tray.sweep(desk) == Sweep((half.name,), (Kept(slip.name, "not_removable"),))


def test_a_tray_that_is_not_there_is_told(desk: Desk) -> None:
    """Where it should be, and why it cannot be opened."""
    missing = replace(desk, tray=desk.tray / "none")

    with pytest.raises(OutsideFailed) as caught:
        tray.sweep(missing)

    assert_explained(caught.value, "tray-closed")
    assert str(missing.tray) in caught.value.why


def test_without_its_store_nothing_is_swept(desk: Desk, slip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say then which papers there are."""

    def away(*_: object) -> None:
        raise StoreFailed("unreachable", "gone")

    monkeypatch.setattr(type(desk.store), "reading", away)

    with pytest.raises(OutsideFailed) as caught:
        tray.sweep(desk)

    assert_explained(caught.value, "store-unreachable")
    assert slip.exists()


def test_who_may_sweep(desk: Desk, slip: Path) -> None:
    """Whoever has signed in: it shows nobody's papers. Not at a desk that only looks, not even to try."""
    with refused(desk, "nobody-signed-in"):
        tray.sweep(nobody(desk))
    with refused(desk, "read-only"):
        tray.sweep(replace(desk, readonly=True))
    with refused(desk, "read-only"):
        tray.sweep(replace(desk, readonly=True), dry_run=True)
    assert slip.exists()

    assert tray.sweep(at(desk, "3001")).swept == (slip.name,)


def test_every_reason_has_its_words(desk: Desk) -> None:
    """Each in Chinese, and no two the same."""
    assert len(set(tray.REASONS.values())) == len(tray.REASONS)
    assert not any(said.isascii() for said in tray.REASONS.values())
