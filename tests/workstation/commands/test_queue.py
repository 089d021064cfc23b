"""Noun `queue`, typed: what is listed and counted, lines claimed, let go, reassigned, looked at; 交接班."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import revealing
from workstation.acts.queue import REASONS
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState


@pytest.fixture
def case(counter: Line) -> str:
    """A case that nobody has reviewed, and an envelope that came back; somebody looked in clear."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.a_case(desk, CaseState.REGISTERED).number
        builders.an_envelope(desk, EnvelopeState.SENT_BACK)
    revealing.reveal(desk, number, reason="verify")
    desk.store.engine.close()
    return number


def test_the_queue_is_listed_with_all_there_is_to_say(counter: Line, case: str) -> None:
    """In words, and as JSON with the same lines in the same order."""
    said = counter("queue", "list", as_="2001").out
    listed = counter("queue", "list", "--json", as_="2001").json

    assert [line["reason"] for line in listed["lines"]] == ["trouble", "unreviewed", "revealed"]
    assert listed["counts"] == {"trouble": 1, "unreviewed": 1, "revealed": 1}
    unreviewed = listed["lines"][1]
    assert (unreviewed["line"], unreviewed["case_number"]) == (f"unreviewed:{case}", case)
    assert (unreviewed["by"], unreviewed["holder"], unreviewed["version"]) == ("1001", "", 0)
    assert (unreviewed["act"], unreviewed["screen"]) == ("review", "review")
    assert unreviewed["since"].endswith("+08:00")
    assert [also["reason"] for also in unreviewed["also"]] == ["due_soon"]
    for line in listed["lines"]:
        assert line["line"] in said
    assert "形式审查" in said


def test_reasons_are_counted_and_chosen(counter: Line, case: str) -> None:
    """One, several, or all of them."""
    counted = counter("queue", "list", "--count", "--json", as_="2001").json
    some = counter("queue", "list", "--reason", "trouble", "--reason", "revealed", "--json", as_="2001").json

    assert counted == {"counts": {"trouble": 1, "unreviewed": 1, "revealed": 1}, "total": 3}
    assert [line["reason"] for line in some["lines"]] == ["trouble", "revealed"]
    assert "合计" in counter("queue", "list", "--count", as_="2001").out
    assert counter("queue", "list", "--reason", "lateness", as_="2001").code == "argument-wrong"


def test_every_reason_is_explained_in_the_help(counter: Line) -> None:
    """With its word."""
    told = "".join(counter("queue", "list", "--help").out.split())

    assert [code for code, what in REASONS.items() if f"{code}{what.title}" not in told] == []


def test_a_line_is_claimed_let_go_and_given_to_another(counter: Line, case: str) -> None:
    """Each is told, and stands in the list; what another works is refused."""
    name = f"unreviewed:{case}"
    claimed = counter("queue", "claim", name, "--json", as_="1001").json["claims"]
    mine = counter("queue", "list", "--mine", "--json", as_="1001").json["lines"]
    taken = counter("queue", "claim", name, as_="1002")
    given = counter("queue", "reassign", name, "--to", "1002", as_="2001")
    let_go = counter("queue", "release", name, as_="1002")

    assert [(one["line"], one["state"], one["holder"]) for one in claimed] == [(name, "claimed_line", "1001")]
    assert claimed[0]["since"].endswith("+08:00")
    assert [line["line"] for line in mine] == [name]
    assert (taken.exit_code, taken.code) == (3, "line-held")
    assert given.out == f"已改派给 1002：{name}\n"
    assert let_go.out == f"已放回：{name}\n"


def test_a_version_that_is_not_the_last_is_refused(counter: Line, case: str) -> None:
    """`--seen` compares with what has been said of the line."""
    name = f"unreviewed:{case}"
    counter("queue", "claim", name, as_="1001")

    stale = counter("queue", "reassign", name, "--to", "1002", "--seen", "0", as_="2001")

    assert (stale.exit_code, stale.code) == (3, "changed-meanwhile")


def test_what_is_to_be_looked_at_goes_when_it_was(counter: Line, case: str) -> None:
    """What is to be done does not."""
    (line,) = counter("queue", "list", "--reason", "revealed", "--json", as_="2001").json["lines"]

    assert counter("queue", "see", f"unreviewed:{case}", as_="2001").code == "line-to-be-done"
    assert counter("queue", "see", line["line"], as_="1001").code == "wrong-role"
    assert counter("queue", "see", line["line"], as_="2001").out == f"已阅：{line['line']}\n"
    assert counter("queue", "see", line["line"], as_="2001").code == "line-not-found"


def test_a_shift_is_handed_over_on_paper(counter: Line, case: str) -> None:
    """The sheet lies in the tray, and the lines are the other's."""
    counter("queue", "claim", f"unreviewed:{case}", as_="1001")

    done = counter("queue", "handover", "--to", "1002", "--json", as_="1001").json

    assert (done["to"], done["lines"], done["paper"]["kind"]) == ("1002", 1, "shift_handover")
    assert Path(done["paper"]["path"]).read_bytes().startswith(b"%PDF-")
    assert len(counter("queue", "list", "--mine", "--json", as_="1002").json["lines"]) == 1
    assert counter("queue", "handover", "--to", "1002", as_="1002").code == "handover-to-oneself"


def test_an_empty_queue_says_so(counter: Line) -> None:
    """In a sentence, and as an empty list."""
    assert counter("queue", "list", as_="1001").out == "督办队列里没有要办的。\n"
    assert counter("queue", "list", "--json", as_="1001").json == {"lines": [], "counts": {}}
