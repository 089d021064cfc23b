"""Every question the acts ask is answered through an index: none goes through all there is in a hall.

The questions are read from the program itself, so a new one is tried as soon as it is written.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import workstation
from tests.workstation.store.embedded import engine, path
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import (
    archives,
    batches,
    cases,
    day_closes,
    deadlines,
    history,
    mail,
    papers,
    postages,
    printing,
    queue,
    silence,
    statistics,
    worklists,
)
from workstation.store.statements.worklists import Statements
from workstation.store.tables import LEDGER, Table
from workstation.store.work import Of, Reading

__all__ = ["engine", "path"]

#: The names under which a transaction has its records.
RECORDS = {name: of.table for name, of in vars(Reading).items() if isinstance(of, Of)}
#: A hall has some dozens of these for ever.
FEW = {"users", "halls", "printers", "calibrations", "routes", "carriers", "rescues"}
CONDITIONS = [
    ("cases", cases.BY_STATE),
    ("envelopes", batches.READY),
    ("cases", cases.BY_DIGEST),
    ("cases", cases.NEWEST),
    ("papers", papers.PROMISED),
    ("papers", papers.AWAITED_SLIPS),
    ("print_jobs", printing.LIVE),
    ("print_jobs", printing.OPEN),
    ("print_jobs", printing.ENDED),
    ("envelopes", mail.ENVELOPES_IN),
    ("consignments", mail.RETURNING),
    ("old_cases", history.BY_DIGEST),
    ("old_cases", history.FLAGGED),
    ("batches", day_closes.OPEN_BATCHES),
    ("day_closes", day_closes.HOLDING),
    ("day_closes", day_closes.NEWEST),
    ("month_closes", day_closes.NEWEST_MONTHS),
    ("samples", day_closes.NEWEST_SAMPLES),
]

#: Every list there is, by its name in the module of its statements.
WORKLISTS = {name: of for name, of in vars(worklists).items() if isinstance(of, Statements)}


def questions() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Table and columns of each `….pieces.where(case_number=…)` in the program."""
    texts = [file.read_text("utf-8") for file in sorted(Path(workstation.__path__[0]).rglob("*.py"))]
    for text in texts:
        for node in ast.walk(ast.parse(text)) if ".where(" in text else ():
            match node:
                case ast.Call(ast.Attribute(ast.Attribute(attr=records), "where"), keywords=words) if words:
                    if records in RECORDS and RECORDS[records].name not in FEW:
                        yield RECORDS[records].name, tuple(word.arg for word in words if word.arg)


QUESTIONS = sorted(set(questions()))


def plan(engine: SqliteEngine, statement: str) -> list[str]:
    """How SQLite goes about a statement."""
    engine.rows("SELECT 1", {})
    connection = engine._sessions.get().connection
    named = dict.fromkeys(re.findall(r":(\w+)", statement))
    return [line[3] for line in connection.execute(f"EXPLAIN QUERY PLAN {statement}", named)]


def goes_through_everything(steps: list[str]) -> bool:
    """Whether a step reads a whole table, or all that is the hall's."""
    return any(step.startswith("SCAN") or step.endswith("(hall=?)") for step in steps)


def test_questions_are_found() -> None:
    """The program asks many questions, in the form this test knows."""
    assert len(QUESTIONS) > 20


@pytest.mark.parametrize(("table", "columns"), QUESTIONS)
def test_records_are_looked_up(engine: SqliteEngine, table: str, columns: tuple[str, ...]) -> None:
    """Records are found by the columns they are asked for."""
    steps = plan(engine, LEDGER[table].select(columns))

    assert not goes_through_everything(steps), steps


def test_the_batches_of_a_day_are_a_range_of_numbers(engine: SqliteEngine) -> None:
    """Found and sorted by their key."""
    steps = plan(engine, f"{LEDGER['batches'].selection} {batches.NUMBERED}")

    assert not goes_through_everything(steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.parametrize("statement", [postages.PASSED, postages.SENT, postages.ITEM])
def test_postage_is_looked_up_parcel_by_parcel(engine: SqliteEngine, statement: str) -> None:
    """However many the hall has ever sent, and a page of the journal as it lies there."""
    steps = plan(engine, statement)

    assert not goes_through_everything(steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


SPANS = {
    "DONE": day_closes.DONE,
    "COUNT_DONE": day_closes.COUNT_DONE,
    "worked": day_closes.worked(frozenset({"register"})),
    "GOES_TO": day_closes.GOES_TO,
    "REGISTERED": day_closes.REGISTERED,
    "PACKED_BY_TWO": day_closes.PACKED_BY_TWO,
    **day_closes.FLAGGED,
}


@pytest.mark.parametrize("name", SPANS)
def test_a_span_of_days_is_looked_up_by_time(engine: SqliteEngine, name: str) -> None:
    """However long ago it was, and however much was done since."""
    steps = plan(engine, SPANS[name])

    assert not any(step.startswith("SCAN") for step in steps), steps
    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize("table", LEDGER.values(), ids=lambda table: table.name)
def test_records_are_found_by_key(engine: SqliteEngine, table: Table[object]) -> None:
    """A record is found by its key."""
    steps = plan(engine, table.select(table.key))

    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize(("table", "condition"), CONDITIONS)
def test_conditions(engine: SqliteEngine, table: str, condition: str) -> None:
    """What has a condition of its own has an index for it, or one that brings the order asked for."""
    steps = plan(engine, f"{LEDGER[table].selection} {condition}")

    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in steps) or "OR" in condition
    assert "autoindex" not in " ".join(steps)


def sorts_or_scans(steps: list[str]) -> bool:
    """Whether a step sorts what it has found, or reads a whole table; `lines` is what a LIMIT has left."""
    return any("TEMP B-TREE" in s or (s.startswith("SCAN") and s != "SCAN lines") for s in steps)


def test_how_far_an_import_has_come_is_looked_up(engine: SqliteEngine) -> None:
    """Among the lines of that file."""
    steps = plan(engine, history.LAST_LINE)

    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize("page", ["older", "newer", "any_older", "any_newer"])
@pytest.mark.parametrize("name", WORKLISTS)
def test_pages_of_worklists(engine: SqliteEngine, name: str, page: str) -> None:
    """A page is looked up by its key, in its own order, wherever in the list it is."""
    steps = plan(engine, getattr(WORKLISTS[name], page))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps
    assert any("<" in step or ">" in step for step in steps), steps


@pytest.mark.parametrize("name", WORKLISTS)
def test_counts_of_worklists(engine: SqliteEngine, name: str) -> None:
    """A count goes through an index, as far as its LIMIT."""
    steps = plan(engine, WORKLISTS[name].count)

    assert not sorts_or_scans(steps), steps
    assert "LIMIT :most" in WORKLISTS[name].count


@pytest.mark.parametrize("name", ["NOT_ACKNOWLEDGED", "NOT_ANSWERED", "NOT_RETURNED", "HISTORY"])
def test_what_offices_owe(engine: SqliteEngine, name: str) -> None:
    """It is looked up by state, and what an office has done before by the office, the latest first."""
    steps = plan(engine, getattr(silence, name))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize(
    "name", [name for name in vars(deadlines) if name.isupper() and not name.startswith("_")]
)
def test_what_is_due(engine: SqliteEngine, name: str) -> None:
    """Everything open is looked up by its state, and what belongs to one case by its number."""
    steps = plan(engine, getattr(deadlines, name))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize("statement", [worklists.OF_OLDER, worklists.OF_NEWER], ids=["older", "newer"])
def test_consignments_of_a_page(engine: SqliteEngine, statement: str) -> None:
    """They are looked up by the numbers of the cases on it."""
    steps = plan(engine, statement)

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps
    assert any("consignments_of_case (hall=? AND case_number=?)" in step for step in steps), steps


@pytest.mark.parametrize(
    "name",
    [
        "UNREVIEWED",
        "FAILING",
        "DEFECTS",
        "TASKS",
        "ORDERS",
        "PRINTS",
        "WAITING",
        "EVENTS",
        "SECOND_NOTICES",
        "MANUAL_IDENTITIES",
        "REVEALS",
        "OF_ENVELOPE",
        "OF_PAPER",
        "OFFICES",
        "CLAIMS",
    ],
)
def test_what_stands_in_the_queue(engine: SqliteEngine, name: str) -> None:
    """It is looked up by state, and what happened by the journal's time."""
    steps = plan(engine, getattr(queue, name))

    assert not any(step.startswith("SCAN") or step.endswith("(hall=?)") for step in steps), steps


@pytest.mark.parametrize("name", ["CLOSED", "REGISTERED", "COUNT_REGISTERED"])
def test_what_is_given_to_archives_and_platforms(engine: SqliteEngine, name: str) -> None:
    """A span is a range of an index, in the order asked for; packets are counted case by case."""
    steps = plan(engine, getattr(archives, name))

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps
    assert any("<" in step or ">" in step for step in steps), steps


def test_what_ended_otherwise_is_found_by_its_state(engine: SqliteEngine) -> None:
    """In the order of the numbers, as the index has them."""
    steps = plan(engine, archives.LEFT)

    assert not sorts_or_scans(steps), steps
    assert not goes_through_everything(steps), steps


@pytest.mark.parametrize("name", ["HOURS", "CASES", "CONSIGNMENTS", "DETAIL"])
def test_statistics_look_up_their_time(engine: SqliteEngine, name: str) -> None:
    """A month of an old hall is not the whole hall: what is gone through is what was found of that time."""
    steps = plan(engine, getattr(statistics, name))
    tables = [step for step in steps if step.startswith("SEARCH")]

    assert any("cases_by_time (hall=? AND registered_at>? AND registered_at<?)" in step for step in tables)
    assert not any(step.startswith(("SCAN cases", "SCAN c ", "SCAN s ", "SCAN w ")) for step in steps), steps
    assert all("(hall=? AND " in step for step in tables if " USING " in step), steps
