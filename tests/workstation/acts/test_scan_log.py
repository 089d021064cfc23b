"""扫描记录: every scan is noted with what it led to; what was not understood is not repeated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders, halls
from tests.builders import head, refused
from tests.engines import OPENING
from tests.workstation.store.embedded import engine as migrated
from tests.workstation.store.embedded import path
from tests.workstation.store.test_plans import plan
from workstation.acts import scan_log, verification
from workstation.acts.desk import Desk
from workstation.acts.scan_log import Outcome
from workstation.domain.grades import Grade
from workstation.errors import OutsideFailed
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import scans as sql

__all__ = ["migrated", "path"]

CASE = Outcome(Grade.RECOGNISED, "case", "13501021012632400012")
ID_NUMBER = "350102199001011234"


@pytest.fixture
def still(desk: Desk) -> Desk:
    """The clerk at a time that stands still, so that two scans fall into one millisecond."""
    return replace(desk, store=replace(desk.store, clock=lambda: OPENING))


@pytest.fixture
def anywhere(vacant: Desk) -> Desk:
    """The clerk of a hall on the engine the run is about."""
    return halls.seat(vacant, halls.CLERK)


@pytest.mark.engine
def test_scans_are_listed_newest_first(anywhere: Desk) -> None:
    """With window and operator; those of one millisecond in the order they were noted."""
    for number in ("13502031032632400019", "13502031032632400027"):
        scan_log.note(anywhere, replace(CASE, object=number))
    scan_log.note(anywhere, scan_log.unread(Grade.UNKNOWN, "scan-too-short", "12"))

    first, second, third = scan_log.listed(anywhere)

    assert [e.object for e in (first, second, third)] == ["", "13502031032632400027", "13502031032632400019"]
    assert [e.ordinal for e in (first, second, third)] == [2, 1, 0]
    assert (first.window, first.operator, first.reason) == (anywhere.window, halls.CLERK, "scan-too-short")


@pytest.mark.engine
def test_a_scan_is_no_act(anywhere: Desk) -> None:
    """The journal does not grow, still verifies, and knows that the log is this hall's."""
    before = head(anywhere)

    scan_log.note(anywhere, CASE)

    assert head(anywhere) == before
    assert verification.verify(anywhere).verified


@pytest.mark.engine
def test_another_halls_scan_in_the_log_is_a_fault(anywhere: Desk) -> None:
    """As in every table that names its hall."""
    scan_log.note(anywhere, CASE)
    with anywhere.store.engine.write():
        anywhere.store.engine.run("UPDATE scans SET hall = hall + 1", {})

    difference = verification.verify(anywhere).difference

    assert difference is not None
    assert difference.where == "scans"


def test_so_many_and_from_a_time_on(desk: Desk) -> None:
    """The list is as long as it is asked to be."""
    for serial in range(5):
        scan_log.note(desk, replace(CASE, object=str(serial)))
    latest = scan_log.listed(desk)[0].at

    assert [e.object for e in scan_log.listed(desk, count=2)] == ["4", "3"]
    assert [e.object for e in scan_log.listed(desk, since=latest)] == ["4"]
    assert scan_log.listed(desk, count=0) == []


def test_two_windows_share_a_millisecond(still: Desk) -> None:
    """Each counts its own."""
    for desk in (still, replace(still, window=2), still):
        scan_log.note(desk, CASE)

    assert [(e.window, e.ordinal) for e in scan_log.listed(still)] == [(2, 0), (1, 1), (1, 0)]


@pytest.mark.parametrize("text", [ID_NUMBER, "林示例", f"{ID_NUMBER}X 林", "E12345678"])
def test_what_was_not_understood_stands_nowhere(desk: Desk, text: str) -> None:
    """Not a part of it: it may be somebody's document number that lay under the scanner."""
    scan_log.note(desk, scan_log.unread(Grade.UNKNOWN, "scan-characters", text))

    with desk.reading() as reading:
        (line,) = reading.lines("SELECT * FROM scans WHERE hall = :hall")
    said = " ".join(str(value) for value in line.values())
    assert text not in said
    assert text[:6] not in said
    assert line["length"] == len(text)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("", ""),
        ("0159", "digit"),
        ("EE12 x", "digit letter space"),
        ("]C1\x02", "control digit letter sign"),
        ("１Ａ", "full_width"),
        ("收件12", "digit han"),
        ("𠮷é😀\u200b", "han other"),
    ],
)
def test_kinds_of_characters_are_named(text: str, classes: str) -> None:
    """Enough to see that an input method was on, or that a label of another kind was scanned."""
    assert scan_log.classes(text) == classes


def test_a_longer_burst_than_is_held_keeps_its_length() -> None:
    """Only the beginning is held in memory; all of it was sent."""
    assert scan_log.unread(Grade.UNKNOWN, "scan-unreadable", "1" * 256, length=3000).length == 3000


def test_the_log_is_for_whoever_has_signed_in(desk: Desk) -> None:
    """It names colleagues and numbers."""
    with refused(desk, "nobody-signed-in"):
        scan_log.listed(builders.nobody(desk))


def test_a_scan_at_the_sign_in_is_noted_without_a_name(desk: Desk) -> None:
    """Nobody is at the desk yet."""
    scan_log.note(builders.nobody(desk), CASE)

    assert [e.operator for e in scan_log.listed(desk)] == [None]


def test_a_desk_that_only_looks_leaves_no_trace(desk: Desk) -> None:
    """Inspectors write nothing at all."""
    scan_log.note(replace(desk, readonly=True), CASE)

    assert scan_log.listed(desk) == []


def test_a_store_that_fails_is_explained(desk: Desk) -> None:
    """The caller decides what becomes of it."""
    with desk.store.engine.write():
        desk.store.engine.run("DROP TABLE scans", {})

    with pytest.raises(OutsideFailed) as caught:
        scan_log.note(desk, CASE)

    assert caught.value.code == "store-failed"


def test_the_newest_are_found_through_the_key(migrated: SqliteEngine) -> None:
    """Without a sort, however many there are."""
    for statement in (sql.NEWEST, sql.ADD):
        steps = plan(migrated, statement)
        assert not any("TEMP B-TREE" in step or step.startswith("SCAN s") for step in steps), steps
