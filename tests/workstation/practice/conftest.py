"""One practice day, played once and looked at by every test below; its write-ahead log is kept too."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workstation import bootstrap, practice
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.bootstrap import Opened
from workstation.domain.journal import Entry
from workstation.practice import Played

CASES, SEED, START = 40, 7, datetime.date(2026, 11, 20)


@dataclass(frozen=True)
class Day:
    """The day as played: what was printed, the home it left, its hall opened again with nobody there."""

    played: Played
    document: Any
    """As a program reads it from standard output."""
    home: Path
    files: dict[Path, bytes]
    """Every file of the home, and the write-ahead log before closing; read while nobody had it open."""
    desk: Desk
    entries: list[Entry]


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Forty cases in the two weeks up to 2026-11-20."""
    folder = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        keep_the_log(patch, folder)
        played = practice.play(folder / "home", cases=CASES, seed=SEED, start=START)
    document = json.loads(json.dumps(played.document()))
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    opened = bootstrap.open_hall(folder / "home")
    with opened.desk.reading() as reading:
        entries = list(verification.entries(reading))
    yield Day(played, document, folder / "home", files, opened.desk, entries)
    opened.close()


def keep_the_log(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Copy the write-ahead log before the hall is closed, which folds it into the database."""
    close = Opened.close

    def copy_and_close(opened: Opened) -> None:
        shutil.copyfile(f"{opened.home.ledger}-wal", folder / "log-before-closing")
        close(opened)

    patch.setattr(Opened, "close", copy_and_close)
