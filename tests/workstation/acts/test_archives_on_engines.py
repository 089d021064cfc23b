"""Packets and platforms on either engine: what has ended is found, packed once at a time, and gathered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, at
from tests.engines import Place
from tests.workstation.acts.packets import POLICY, a_closed_case
from workstation.acts import archive_checks, archive_contents, archives, gathering
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.errors import Explained

pytestmark = pytest.mark.engine

SPAN = ("2020-01-01", "2099-12-31")


@pytest.fixture
def desk(place: Place, tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The first clerk of a hall on the engine that the run is about."""
    made = builders.a_desk(place, tmp_path / "tray")
    yield made
    made.store.engine.close()


def test_what_has_ended_is_found_and_packed(desk: Desk, tmp_path: Path) -> None:
    """Closed, declined, guided and withdrawn ones; what is open is not among them."""
    numbers = {a_closed_case(desk, state).number for state in sorted(archive_contents.ENDED)}
    a_case(desk, CaseState.REGISTERED)
    found = archives.ended(desk, *SPAN)

    done = archives.batch(desk, [one.number for one in found], tmp_path / "out", policy=POLICY)

    assert {one.number for one in found} == numbers
    assert (len(done.packed), done.failed) == (4, ())
    assert [one.packets for one in archives.ended(desk, *SPAN)] == [1] * 4
    assert all(archive_checks.check(one.path).is_sound for one in done.packed)
    builders.assert_true_ledger(desk)


def test_two_windows_pack_one_case_at_once(desk: Desk, tmp_path: Path) -> None:
    """However it turns out: as many packets lie there as the ledger has, each under its own digest."""
    number = a_closed_case(desk, CaseState.WITHDRAWN).number
    desks = [desk, replace(at(desk, "2001"), window=2)]
    refusals: list[str] = []

    def pack(who: Desk, place: Path) -> None:
        try:
            archives.pack(who, number, place, policy=POLICY)
        except Explained as error:
            refusals.append(error.code)
        finally:
            who.store.engine.close()

    threads = [threading.Thread(target=pack, args=(who, tmp_path / str(who.window))) for who in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    records = archives.listed(desk, number)
    files = [path for who in desks for path in (tmp_path / str(who.window)).glob("*.zip")]
    assert set(refusals) <= {"archive-meanwhile"}
    assert len(records) == len(files) == 2 - len(refusals)
    assert {one.sm3 for one in records} == {archive_checks.check(file).sm3 for file in files}


def test_cases_are_gathered_page_by_page(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order in which they were registered, none twice."""
    numbers = [a_case(desk, CaseState.REGISTERED).number for _ in range(5)]
    monkeypatch.setattr(gathering, "_PAGE", 2)

    done = gathering.export(at(desk, "2001"), *SPAN, tmp_path / "out.jsonl")

    text = done.path.read_text("utf-8")
    assert done.count == 5
    assert sorted(numbers, key=text.index) == numbers
