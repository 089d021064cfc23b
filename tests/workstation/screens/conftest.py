"""Screens are played in a hall of their own with a clerk at the desk; papers are not drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import undrawn
from tests.workstation.screens.snapshots import snapshots
from tests.workstation.screens.stage import a_desk
from workstation.acts.desk import Desk
from workstation.app import CounterApp

__all__ = ["snapshots", "undrawn"]

Opened = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def desk(tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """A hall with a clerk at the desk."""
    made = a_desk(tmp_path)
    yield made
    made.store.engine.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Which screens were asked for, none of them opened."""
    asked: Opened = []

    def go(_: CounterApp, name: str, **given: Any) -> None:
        asked.append((name, given))

    monkeypatch.setattr(CounterApp, "go", go)
    return asked
