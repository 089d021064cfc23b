"""`paper export` and `paper sweep`, typed: papers as drawn, a full disk, Ctrl-C, another's rights."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from printing import reading
from tests.bad_input.process import Conditions, finish, start
from tests.line import Answer, Line
from workstation.acts import exports, inputs, papers

#: A disk on which the ledger can still be opened, and no paper written.
FULL = Conditions(largest_file=40 * 1024)
INTAKE: Any = msgspec.to_builtins(inputs.EXAMPLE_INTAKE)


@pytest.fixture
def case(counter: Line) -> str:
    """A case with two intake slips, the first of them void."""
    answer = counter("case", "register", "--json", "-", stdin=INTAKE, as_="1001")
    number = str(answer.json["case"]["number"])
    (slip,) = counter("paper", "list", "--of", number, "--json", as_="1001").json["papers"]
    counter("paper", "reprint", slip["number"], "--reason", "jammed", as_="1001")
    return number


def home(counter: Line) -> Path:
    """Where the hall lies."""
    assert counter.home is not None
    return counter.home


def laid_out(counter: Line) -> set[str]:
    """What lies in the tray."""
    return {path.name for path in (home(counter) / "tray").iterdir()}


def entries(counter: Line) -> int:
    """How many entries the journal has."""
    return int(counter("journal", "verify", "--json").json["entries"])


def typed(counter: Line, conditions: Conditions, *words: str) -> Answer:
    """A line typed by the clerk under these conditions."""
    return finish(start("--home", str(home(counter)), *words, "--json", under=conditions, as_="1001"))


def test_papers_are_exported_as_they_were_drawn(counter: Line, case: str, tmp_path: Path) -> None:
    """Each file shows the same dots as the stored paper and carries the marks; the digests are theirs."""
    answer = counter("paper", "export", case, "--to", str(tmp_path / "out"), "--json", as_="1001")

    assert answer.exit_code == 0, answer
    told = answer.json
    assert (told["folder"], told["list"]) == (str(tmp_path / "out"), str(tmp_path / "out" / exports.LIST))
    assert sorted(paper["state"] for paper in told["papers"]) == ["made", "void"]
    for paper in told["papers"]:
        pdf = (tmp_path / "out" / paper["file"]).read_bytes()
        stored = (home(counter) / "tray" / f"{paper['number']}.pdf").read_bytes()
        assert papers.sm3(pdf) == paper["file_sm3"] != paper["sm3"] == papers.sm3(stored)
        assert b"<pdfaid:part" in pdf
        assert [p.tobytes() for p in reading.pictures(pdf, dpi=100)] == [
            p.tobytes() for p in reading.pictures(stored, dpi=100)
        ]


def test_an_export_is_told_in_words(counter: Line, case: str, tmp_path: Path) -> None:
    """Where it lies, how much it is, that it is in clear; done once more it is refused."""
    line = ("paper", "export", case, "--to", str(tmp_path / "out"))

    said, again = counter(*line, as_="2001"), counter(*line, "--json", as_="1001")

    assert f"已导出 2 张纸面到 {tmp_path / 'out'}，其中无影像 0 张。" in said.out
    assert "明文" in said.out
    assert "作废" in said.out
    assert (again.exit_code, again.code) == (3, "folder-taken")


@pytest.mark.parametrize(
    ("options", "as_", "code"),
    [((), "8001", "wrong-role"), (("--readonly",), "1001", "read-only"), ((), None, "nobody-signed-in")],
)
def test_who_may_not_export_leaves_nothing(
    counter: Line, case: str, tmp_path: Path, options: tuple[str, ...], as_: str | None, code: str
) -> None:
    """An auditor, an inspector, nobody."""
    answer = counter("paper", "export", case, "--to", str(tmp_path / "out"), *options, "--json", as_=as_)

    assert (answer.exit_code, answer.code) == (3, code)
    assert not (tmp_path / "out").exists()


def test_a_folder_has_to_be_named(counter: Line, case: str) -> None:
    """Papers in clear are not put somewhere by default."""
    assert counter("paper", "export", case, "--json", as_="1001").code == "argument-missing"


def test_on_a_full_disk_nothing_is_exported(counter: Line, case: str, tmp_path: Path) -> None:
    """Room for half a paper: told as such, nothing there, nothing journalled."""
    place = tmp_path / "place"
    place.mkdir()
    before = entries(counter)

    answer = typed(counter, FULL, "paper", "export", case, "--to", str(place / "out"))

    assert (answer.exit_code, answer.code) == (4, "export-not-written")
    assert list(place.iterdir()) == []
    assert entries(counter) == before


def test_where_nothing_may_be_written_nothing_is_exported(counter: Line, case: str, tmp_path: Path) -> None:
    """A folder of somebody else."""
    place = tmp_path / "place"
    place.mkdir(mode=0o500)

    answer = typed(counter, Conditions(rights=False), "paper", "export", case, "--to", str(place / "out"))

    assert (answer.exit_code, answer.code) == (4, "export-not-written")
    assert "权限" in answer.json["error"]["why"]


#: A line that is interrupted once it has written a file of the export.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from workstation.__main__ import main

# Whoever runs the tests in the background has it ignored, and Python leaves that as it is.
signal.signal(signal.SIGINT, signal.default_int_handler)
write = Path.write_bytes

def writing(path, content):
    write(path, content)
    if ".export-" in str(path):
        os.kill(os.getpid(), signal.SIGINT)

Path.write_bytes = writing
sys.exit(main(sys.argv[1:]))
"""


def test_ctrl_c_leaves_nothing(
    counter: Line, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, in the middle of its files."""
    place = tmp_path / "place"
    place.mkdir()
    before = entries(counter)
    counter("paper", "list", as_="1001")  # leaves the clerk's password in the environment
    words = ["--home", str(home(counter)), "paper", "export", case, "--to", str(place / "out")]

    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *words, "--as", "1001", "--json"],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (4, "interrupted")
    assert list(place.iterdir()) == []
    assert entries(counter) == before


def test_the_tray_is_swept(counter: Line, case: str) -> None:
    """First told, then done; what is not ours is named and left, and each paper can be had again."""
    (home(counter) / "tray" / "notes.txt").write_text("note")
    before, journal = laid_out(counter), entries(counter)
    kept = [{"name": "notes.txt", "reason": "foreign"}]

    told = counter("paper", "sweep", "--dry-run", "--json", as_="1001").json
    assert laid_out(counter) == before
    done = counter("paper", "sweep", "--json", as_="1001").json

    swept = sorted(before - {"notes.txt"})
    assert told == {"swept": swept, "kept": kept, "dry_run": True}
    assert done == {"swept": swept, "kept": kept, "dry_run": False}
    assert laid_out(counter) == {"notes.txt"}
    assert entries(counter) == journal
    for name in swept:
        assert counter("paper", "show", name.removesuffix(".pdf"), as_="1001").exit_code == 0
    assert laid_out(counter) == before


def test_a_sweep_is_told_in_words(counter: Line, case: str) -> None:
    """How many went, and of each that stays why; a name cannot steer the terminal."""
    (home(counter) / "tray" / "\x1b[2Jx").write_text("note")

    young = counter("paper", "sweep", "--older-than", "1", as_="1001")
    would = counter("paper", "sweep", "--dry-run", as_="1001")
    done = counter("paper", "sweep", as_="1001")

    assert young.out.startswith("已清掉 0 个文件，留下 3 个。\n")
    assert young.out.count("还不到时候") == 2
    assert would.out.startswith("会清掉 2 个文件，留下 1 个。\n")
    assert done.out.startswith("已清掉 2 个文件，留下 1 个。\n")
    assert "[U+001B][2Jx   不是本系统放的" in done.out


@pytest.mark.parametrize("hours", ["-1", "1.5", "一", ""])
def test_hours_are_whole(counter: Line, hours: str) -> None:
    """Anything else is refused before the tray is looked at."""
    answer = counter("paper", "sweep", f"--older-than={hours}", "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (2, "argument-wrong")


def test_who_only_looks_sweeps_nothing(counter: Line, case: str) -> None:
    """Refused, and the papers lie where they lay."""
    before = laid_out(counter)

    answer = counter("paper", "sweep", "--readonly", "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (3, "read-only")
    assert laid_out(counter) == before != set()


def test_the_tray_of_a_full_disk_is_swept(counter: Line, case: str) -> None:
    """Where no paper can be written any more, nothing has to be written to make room."""
    number = laid_out(counter).pop().removesuffix(".pdf")
    full = typed(counter, FULL, "paper", "show", number)

    answer = typed(counter, FULL, "paper", "sweep")

    assert full.code == "tray-failed"
    assert answer.exit_code == 0, answer
    assert laid_out(counter) == set()


def test_a_paper_of_another_user_stays(counter: Line, case: str) -> None:
    """What cannot be read cannot be compared."""
    name = sorted(laid_out(counter))[0]
    (home(counter) / "tray" / name).chmod(0)

    answer = typed(counter, Conditions(rights=False), "paper", "sweep")

    assert answer.json["kept"] == [{"name": name, "reason": "unreadable"}]
    assert laid_out(counter) == {name}
