"""Noun `init`, typed: a hall founded by JSON, with what is missing or wrong told before anything is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import halls
from tests.line import Line
from workstation import secrets


@pytest.fixture
def plan(tmp_path: Path) -> dict[str, Any]:
    """A plan as JSON, with one person: quick to found."""
    plan: dict[str, Any] = msgspec.to_builtins(halls.with_key(halls.PLAN, tmp_path / "hall.key"))
    plan["users"] = [user for user in plan["users"] if user["code"] == "9001"]
    return plan


def test_a_hall_is_founded(line: Line, tmp_path: Path, plan: dict[str, Any]) -> None:
    """The answer names the places and has the recovery text, which is the key."""
    line.home = tmp_path / "home"

    answer = line("init", "--json", "-", stdin=plan)

    key = secrets.read_key_file(tmp_path / "hall.key", line.home)
    assert answer.exit_code == 0
    assert secrets.parse_recovery(answer.json["recovery"]) == key
    assert (answer.json["home"], answer.json["window"]) == (str(line.home), 3)
    assert answer.json["hall"]["division"] == "350203"
    assert line("user", "list", as_="9001").exit_code == 0


def test_the_recovery_sheet_is_shown_in_words(line: Line, tmp_path: Path, plan: dict[str, Any]) -> None:
    """Seventeen groups, with what to do with them; and never again by `init`."""
    process = subprocess.run(
        [sys.executable, "-m", "workstation", "--home", str(tmp_path / "home"), "init", "--json", "-"],
        input=json.dumps(plan), capture_output=True, text=True, check=True, env=os.environ,
    )  # fmt: skip
    line.home = tmp_path / "home"

    again = line("init", "--json", "-", stdin=plan)

    assert json.loads(process.stdout)["recovery"].count("-") == 16
    assert (again.exit_code, again.code) == (3, "hall-exists")


def test_flags_change_single_values(line: Line, tmp_path: Path, plan: dict[str, Any]) -> None:
    """One plan serves several halls."""
    line.home = tmp_path / "home"
    key = tmp_path / "other.key"

    answer = line(
        "--window", "7", "init", "--json", "-",
        "--division", "450103", "--name", "另一大厅", "--key-file", str(key), stdin=plan,
    )  # fmt: skip

    assert (answer.json["hall"]["division"], answer.json["hall"]["name"]) == ("450103", "另一大厅")
    assert (answer.json["window"], answer.json["key"]["key_file"]) == (7, str(key))


def test_without_input_it_says_what_is_needed(line: Line, tmp_path: Path) -> None:
    """Exit code 2, and nothing is made."""
    line.home = tmp_path / "home"

    answer = line("init")

    assert (answer.exit_code, answer.code) == (2, "input-missing")
    assert "--schema" in answer.err
    assert not line.home.exists()


@pytest.mark.parametrize(
    ("changes", "code", "exit_code"),
    [
        ({"digit": 9}, "hall-digit", 2),
        ({"division": "35"}, "digits-expected", 2),
        ({"phone": "1"}, "mobile-length", 2),
        ({"users": []}, "administrator-missing", 2),
        ({"key_file": None}, "key-place", 2),
        ({"passphrase": "short"}, "passphrase-too-short", 2),
        ({"keyring": True}, "keyring-missing", 3),
        ({"digit": "1"}, "input-wrong-type", 2),
        ({"color": "red"}, "input-unknown-field", 2),
        ({"dsn": "host=/nowhere connect_timeout=1"}, "store-unreachable", 4),
    ],
)
def test_a_plan_that_cannot_be_founded(
    line: Line, tmp_path: Path, plan: dict[str, Any], *, changes: dict[str, Any], code: str, exit_code: int
) -> None:
    """Each fault has its code, and neither home nor key file is left behind."""
    line.home = tmp_path / "home"

    answer = line("init", "--json", "-", stdin=plan | changes)

    assert (answer.code, answer.exit_code) == (code, exit_code)
    assert not line.home.exists()
    assert not (tmp_path / "hall.key").exists()


def test_a_key_file_inside_the_home_is_refused(line: Line, tmp_path: Path, plan: dict[str, Any]) -> None:
    """It would be copied with the ledger."""
    line.home = tmp_path / "home"

    answer = line("init", "--json", "-", stdin=plan | {"key_file": str(tmp_path / "home" / "hall.key")})

    assert answer.code == "key-file-in-home"
    assert not line.home.exists()


def test_a_home_that_is_not_empty_is_refused(line: Line, tmp_path: Path, plan: dict[str, Any]) -> None:
    """A hall is not founded among somebody's letters."""
    line.home = tmp_path / "home"
    line.home.mkdir()
    (line.home / "letter").touch()

    assert line("init", "--json", "-", stdin=plan).code == "home-not-empty"


@pytest.mark.parametrize("kilobytes", [8, 64, 200])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, plan: dict[str, Any], kilobytes: int) -> None:
    """Wherever the room runs out: told as that, and it can be tried again."""
    line = f"ulimit -f {kilobytes}; exec '{sys.executable}' -m workstation --home home init --json -"

    done = subprocess.run(
        ["bash", "-c", line], input=json.dumps(plan), capture_output=True, text=True, check=False,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip

    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (4, "store-disk-full")
    assert list(tmp_path.iterdir()) == []


def test_the_example_founds_a_hall(line: Line, tmp_path: Path) -> None:
    """What `--schema` shows works as it stands, but for the place of the key."""
    line.home = tmp_path / "home"
    example = line("init", "--schema").json["example"]
    example["key_file"] = str(tmp_path / "hall.key")

    assert line("init", "--json", "-", stdin=example).exit_code == 0
