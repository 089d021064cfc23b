"""The peers are measured on the same letters, in a table of their own; without them, it fails in words."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import figures, letters, peers
from tests.bench.figures import Figure
from tests.bench.peers import Peers
from tests.bench.spread import Spread
from tools import get_peers

GLABELS = "{http://glabels.org/xmlns/3.0/}"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has none of the programs; commands are taken down in `commands`, and do nothing."""
    monkeypatch.setattr(get_peers, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was asked of the package manager."""
    asked: list[list[str]] = []
    monkeypatch.setattr(get_peers, "run", asked.append)
    return asked


def installed(root: Path) -> None:
    """All the programs are there."""
    for name in get_peers.PROGRAMS:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_what_is_installed_is_used(
    bare: Path, commands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is downloaded where all is there."""
    installed(bare)

    assert get_peers.main() == 0
    assert commands == []
    assert capsys.readouterr().out == "glabels and LibreOffice: installed\n"


def test_root_installs_what_is_missing(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists first, then the packages; it counts when the programs are really there."""
    asked: list[list[str]] = []

    def run(command: list[str]) -> None:
        asked.append(command)
        if "install" in command:
            installed(bare)

    monkeypatch.setattr(get_peers, "run", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert get_peers.main() == 0
    assert [command[2] for command in asked] == ["update", "install"]
    assert set(get_peers.PACKAGES) <= set(asked[1])


def test_packages_without_the_programs_are_a_failure(
    bare: Path,
    commands: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An edition that lacks one of them is told by its path."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert get_peers.main() == 1
    assert "do not hold usr/bin/glabels-3-batch" in capsys.readouterr().err


def test_anybody_else_is_told_what_root_must_do(
    bare: Path,
    commands: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No table without the peers: it fails, and names the command."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert get_peers.main() == 1
    assert commands == []
    assert (
        f"apt-get install --no-install-recommends {' '.join(get_peers.PACKAGES)}" in capsys.readouterr().err
    )


def test_a_system_without_that_package_manager_is_told_so() -> None:
    """The words name what to install by hand, and what the package manager said."""
    with pytest.raises(get_peers.NoPeers, match=r"nowhere-apt is not here\. Off Debian, install glabels 3"):
        get_peers.run(["nowhere-apt"])
    with pytest.raises(get_peers.NoPeers, match=r"ls /nowhere: .*nowhere"):
        get_peers.run(["ls", "/nowhere"])


def test_the_peers_table_stands_apart() -> None:
    """Writing one table leaves the other as it is, with its own commit and day."""
    (begin, end), (peers_begin, peers_end) = figures.marks(figures.MARK), figures.marks(peers.MARK)
    readme = f"{begin}\nown\n{end}\n{peers_begin}\nold\n{peers_end}\n"

    once = figures.written(readme, "peers'", peers.MARK)
    again = figures.written(once, "newer")

    assert once == f"{begin}\nown\n{end}\n{peers_begin}\npeers'\n{peers_end}\n"
    assert again == f"{begin}\nnewer\n{end}\n{peers_begin}\npeers'\n{peers_end}\n"


@pytest.mark.parametrize("text", ["", "<!-- peers -->", "<!-- peers --><!-- /peers -->" * 2])
def test_a_text_without_its_marks_is_left_alone(text: str) -> None:
    """The marks it should have are named."""
    with pytest.raises(figures.NoPlace, match="<!-- peers --> … <!-- /peers -->"):
        figures.written(text, "table", peers.MARK)


def test_nothing_is_measured_when_the_table_has_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two minutes of measuring are not thrown away in the end; the missing marks are named."""
    (tmp_path / "README.md").write_text("nothing", encoding="utf-8")
    monkeypatch.setattr(peers, "README", tmp_path / "README.md")
    monkeypatch.setattr(peers, "measure", lambda *_, **__: pytest.fail("measured"))

    assert peers.main() == 1
    assert "no single place for the table: <!-- peers --> … <!-- /peers -->" in capsys.readouterr().err


def test_a_goal_stands_beside_both_of_ours() -> None:
    """Each peer is compared with drawing alone and with drawing, measuring and reading."""
    measured = Peers(Spread([1.0, 2.0]), Spread([2.0, 4.0]), Spread([4.0, 8.0]), Spread([20.0, 60.0]))

    *_, glabels, merged = peers.lines(measured)

    assert glabels[1:] == ("4.0 × (4.0–4.0); 2.0 × (2.0–2.0)", "≥ 4 ×")
    assert merged == Figure(merged.what, "25.0 × (20.0–30.0); 12.5 × (10.0–15.0)", "≥ 20 ×")


def test_glabels_gets_every_field_six_boxes_and_the_barcode() -> None:
    """The template is well-formed, names the letters' own fields, and every object is upright."""
    document = ElementTree.fromstring(peers.glabels_template(Path("/a & b/letters.csv")))

    objects = list(document.findall(f"{GLABELS}Objects/*"))
    fields = [field.get("name") for field in document.iter(f"{GLABELS}Field")]
    (barcode,) = document.iter(f"{GLABELS}Object-barcode")
    assert {*fields, barcode.get("field")} == set(letters.FIELDS)
    assert sum(each.tag == f"{GLABELS}Object-box" for each in objects) == 6
    assert all((each.get("a0"), each.get("a3")) == ("1", "1") for each in objects)
    assert [merge.get("src") for merge in document.iter(f"{GLABELS}Merge")] == ["/a & b/letters.csv"]


def test_the_peers_find_our_face(tmp_path: Path) -> None:
    """They are told of one folder with fonts, and the face of our papers lies in it."""
    environment = peers.with_our_face(tmp_path)

    (folder,) = ElementTree.parse(environment["FONTCONFIG_FILE"]).iter("dir")
    assert folder.text is not None
    assert list(Path(folder.text).glob("Noto*.ttf"))
    assert environment["PATH"] == os.environ["PATH"]


def test_the_merge_gets_the_same_letters_with_numbers_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only spaces are added, and only to numbers; the document is prepared before anything is timed."""
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    numbers = letters.write(tmp_path / "letters.csv", 5)

    merge = peers.by_mail_merge(tmp_path, tmp_path / "letters.csv", {})
    prepared = list(ran)
    merge()

    with (tmp_path / "merge" / "letters.csv").open(encoding="utf-8", newline="") as rows:
        spaced = list(csv.DictReader(rows))
    assert [row["number"].replace(" ", "") for row in spaced] == numbers
    assert not any(cell.isdigit() for row in spaced for cell in row.values())
    assert [row["office"] for row in spaced] == [letter["office"] for letter in letters.generated(5)]
    assert [command[2] for command in prepared] == ["prepare"]
    assert [command[2] for command in ran] == ["prepare", "merge"]
