"""Noun `locate`, typed: where things lie, with or without a hall."""

from __future__ import annotations

from pathlib import Path

from tests.line import Line


def test_it_works_without_a_home(line: Line, tmp_path: Path) -> None:
    """Every path is absolute, and nothing is made."""
    answer = line("locate", "--json").json

    assert answer["home"] == str(tmp_path / "data" / "workstation")
    assert answer["founded"] is False
    assert all(Path(path).is_absolute() for name, path in answer.items() if name != "founded")
    assert not (tmp_path / "data").exists()


def test_it_tells_a_founded_home(counter: Line) -> None:
    """The ledger and the tray lie in it."""
    answer = counter("locate", "--json").json

    assert answer["founded"] is True
    assert Path(answer["ledger"]).is_file()
    assert Path(answer["tray"]).is_dir()
