"""A practice month closed day by day; then ten hidden changes to the database, each found by a sheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.stories import month
from tests.stories.month import FORGOTTEN, REOPENED, Month, anchor_on
from tests.workstation.store import raw
from workstation.acts import verification
from workstation.acts.desk import Desk
from workstation.domain.day_close import CloseState
from workstation.domain.journal import Entry, entry_hash
from workstation.domain.times import local
from workstation.errors import Explained
from workstation.store.protocols import Engine

Hidden = Callable[[Month], None]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """The month, played once."""
    played = month.play(tmp_path_factory.mktemp("month"))
    yield played
    played.desk.store.engine.close()


def live(told: Month) -> Mapping[str, str]:
    """The sheet of each day that holds, by day."""
    return {close.day: close.paper for close in told.closes if close.state == CloseState.DAY_CLOSED}


def tampered(told: Month, folder: Path, change: Hidden) -> Desk:
    """The hall in a file of its own, with a change behind the store's back."""
    desk = builders.a_copy(told.desk, folder)
    with desk.store.engine.write():
        raw.disarm(desk.store.engine)
        change(replace(told, desk=desk))
    return desk


def test_every_working_day_is_closed(told: Month) -> None:
    """Once each; the day that was opened again has a sheet that is void before the one that holds."""
    states = {
        day.isoformat(): [c.state for c in told.closes if c.day == day.isoformat()] for day in told.days
    }

    assert len(states) == 23
    reopened = states.pop(told.days[REOPENED].isoformat())
    assert reopened == [CloseState.DAY_REOPENED, CloseState.DAY_CLOSED]
    assert set(map(tuple, states.values())) == {(CloseState.DAY_CLOSED,)}


def test_what_was_left_over_kept_its_day_open(told: Month) -> None:
    """Each such evening the close was refused, and named the thing and its place."""
    evenings = {told.days.index(day) % 5 for day in told.days if day.isoformat() in told.refusals}

    assert evenings == {1, 2, 3}
    for refusal, *_ in told.refusals.values():
        assert refusal.code == "day-unexplained"
        assert "号窗口" in refusal.why


def test_a_forgotten_day_was_closed_the_next_morning(told: Month) -> None:
    """Late, and before the day after it."""
    by_day = {close.day: close for close in told.closes if close.state == CloseState.DAY_CLOSED}
    late, after = (by_day[told.days[n].isoformat()] for n in (FORGOTTEN, FORGOTTEN + 1))

    assert local(late.closed_at).date() == told.days[FORGOTTEN + 1]
    assert late.entries < after.entries


def test_the_month_adds_up(told: Month) -> None:
    """Its figures are those of its days, and they are what the story did."""
    assert told.month is not None

    assert json.loads(told.month.differences) == []
    assert json.loads(told.month.figures)["cases"]["registered"] == sum(told.registered.values())


def test_every_sheet_proves_its_day(told: Month) -> None:
    """The anchor read from any sheet of the month is found, and all that follows it is whole."""
    for day in (told.days[0], told.days[REOPENED], told.days[-1]):
        head = anchor_on(told.desk, live(told)[day.isoformat()])

        outcome = verification.verify_from(told.desk, head)

        assert outcome.verified, outcome.difference


# --- ten hidden changes


def run(told: Month, statement: str, **values: Any) -> None:
    """A statement past the store, for this hall."""
    told.desk.store.engine.run(statement, {"hall": told.desk.hall.id, **values})


def case_state(told: Month) -> None:
    """A declined case is made a closed one."""
    run(told, "UPDATE cases SET state = 'closed' WHERE hall = :hall AND state = 'declined'")


def earlier(told: Month) -> None:
    """An acknowledgement is dated back a day, to look in time."""
    run(
        told,
        "UPDATE consignments SET acknowledged_at = acknowledged_at - 86400000 WHERE hall = :hall"
        " AND id = (SELECT min(id) FROM consignments WHERE hall = :hall AND acknowledged_at > 0)",
    )


def other_name(told: Month) -> None:
    """The encrypted name of one applicant is put in another's place."""
    run(
        told,
        "UPDATE cases SET applicant_name = (SELECT applicant_name FROM cases WHERE hall = :hall"
        " ORDER BY number LIMIT 1) WHERE hall = :hall AND number ="
        " (SELECT max(number) FROM cases WHERE hall = :hall)",
    )


def identity_added(told: Month) -> None:
    """An identity check that never was is written in."""
    run(
        told,
        'INSERT INTO identities (hall, id, case_number, "at", "by", method, outcome, subject)'
        " SELECT hall, number || '-i9', number, registered_at, '1001', 'in_person', 'passed', 'applicant'"
        " FROM cases WHERE hall = :hall AND state = 'declined' LIMIT 1",
    )


def envelope_gone(told: Month) -> None:
    """The task of an envelope that came back is deleted."""
    run(told, "DELETE FROM tasks WHERE hall = :hall AND kind = 'sent_back'")


def paper_changed(told: Month) -> None:
    """The stored bytes of a sheet are those of another."""
    run(
        told,
        "UPDATE paper_bodies SET pdf ="
        " (SELECT pdf FROM paper_bodies WHERE hall = :hall ORDER BY number LIMIT 1)"
        " WHERE hall = :hall AND number = :number",
        number=told.closes[-1].paper,
    )


def close_forged(told: Month) -> None:
    """A day's close is given other figures."""
    run(told, "UPDATE day_closes SET figures = '{}' WHERE hall = :hall AND id = :id", id=told.closes[3].id)


def entry_edited(told: Month) -> None:
    """Who did it is changed in one entry of the journal."""
    run(
        told,
        "UPDATE journal SET operator = '1002' WHERE hall = :hall AND seq = :seq",
        seq=told.closes[5].entries,
    )


def rebuilt(told: Month) -> None:
    """An entry is changed, and every hash after it computed anew: nothing contradicts itself."""
    seq = told.closes[5].entries - 3
    run(told, 'UPDATE journal SET "window" = 2 WHERE hall = :hall AND seq = :seq', seq=seq)
    _chain_anew(told, seq)


def _chain_anew(told: Month, seq: int) -> None:
    engine = told.desk.store.engine
    with_hash = list(_rehashed(engine, told.desk.hall.id, seq))
    for entry in with_hash:
        values = {"seq": entry.seq, "previous": entry.previous, "hash": entry.hash}
        run(
            told,
            "UPDATE journal SET previous = :previous, hash = :hash WHERE hall = :hall AND seq = :seq",
            **values,
        )
    last = with_hash[-1]
    run(
        told,
        'UPDATE chains SET seq = :seq, hash = :hash, "at" = :at WHERE hall = :hall',
        seq=last.seq,
        hash=last.hash,
        at=last.at,
    )


def _rehashed(engine: Engine, hall: int, seq: int) -> Iterator[Entry]:
    lines = engine.rows("SELECT * FROM journal WHERE hall = :hall ORDER BY seq", {"hall": hall})
    previous = b""
    for line in lines:
        entry = Entry(**{**dict(line), "previous": bytes(line["previous"]), "hash": bytes(line["hash"])})
        if entry.seq >= seq:
            entry = replace(entry, previous=previous or entry.previous)
            entry = replace(entry, hash=entry_hash(entry))
            yield entry
        previous = entry.hash


HIDDEN: tuple[Hidden, ...] = (
    case_state,
    earlier,
    other_name,
    identity_added,
    envelope_gone,
    paper_changed,
    close_forged,
    entry_edited,
    rebuilt,
)


@pytest.fixture(scope="module")
def head(told: Month) -> str:
    """The digits of the last day's sheet: all that somebody has in hand who doubts the database."""
    return anchor_on(told.desk, live(told)[told.days[-1].isoformat()])


@pytest.mark.parametrize("change", HIDDEN)
def test_a_hidden_change_is_found_by_the_sheet(
    told: Month, head: str, tmp_path: Path, change: Hidden
) -> None:
    """Nine of the ten, each alone."""
    desk = tampered(told, tmp_path, change)

    assert not verification.verify_from(desk, head).verified


def test_a_rebuilt_journal_agrees_with_itself(told: Month, head: str, tmp_path: Path) -> None:
    """Whoever computes every hash anew is found by the digits alone."""
    desk = tampered(told, tmp_path, rebuilt)

    assert verification.verify(desk).verified
    assert verification.verify_from(desk, head).head is None


def test_a_backup_in_the_place_of_the_database_is_found(told: Month, head: str) -> None:
    """The tenth: all of the last day is gone, and nothing says so but the sheet of that day."""
    assert told.backup is not None

    assert verification.verify(told.backup).verified
    outcome = verification.verify_from(told.backup, head)
    assert (outcome.verified, outcome.difference, outcome.head) == (False, None, None)


def test_nothing_hidden_nothing_found(told: Month, head: str) -> None:
    """The database as it is agrees with the sheet."""
    assert verification.verify_from(told.desk, head).verified


def test_a_mistyped_anchor_is_no_forgery(told: Month, head: str) -> None:
    """One wrong digit is told as such, before anything is read."""
    wrong = f"{head[:7]}{(int(head[7]) + 1) % 10}{head[8:]}"

    with pytest.raises(Explained) as caught:
        verification.verify_from(told.desk, wrong)

    assert "校验" in "".join(caught.value.as_dict().values())
