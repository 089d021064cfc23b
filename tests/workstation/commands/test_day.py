"""Nouns `day`, `month` and `sampling`, typed; and the journal verified from a sheet's digits."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.domain.case import CaseState
from workstation.domain.times import SHANGHAI


def today() -> str:
    """The day the commands run on."""
    return datetime.datetime.now(SHANGHAI).date().isoformat()


@pytest.fixture
def envelope(counter: Line) -> str:
    """An envelope that is being packed."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.an_envelope(desk).number
    desk.store.engine.close()
    return number


@pytest.fixture
def case(counter: Line) -> str:
    """A registered case."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.a_case(desk, CaseState.REGISTERED).number
    desk.store.engine.close()
    return number


def test_a_day_is_closed_from_what_is_unexplained_to_its_sheet(counter: Line, envelope: str) -> None:
    """Listed with its place, refused, explained, closed; the digits on the sheet verify the journal."""
    (thing,) = counter("day", "unexplained", "--json", as_="2001").json["unexplained"]
    refused = counter("day", "close", "--json", as_="2001")
    counter("day", "explain", "envelope", envelope, "--reason", "next_day", as_="2001")
    close = counter("day", "close", "--json", as_="2001").json["close"]

    assert (thing["kind"], thing["object"], thing["why"]) == ("envelope", envelope, "packing")
    assert (refused.exit_code, refused.json["error"]["code"]) == (3, "day-unexplained")
    assert envelope in refused.json["error"]["why"]
    assert (close["day"], close["state"], close["figures"]["explained"]) == (today(), "day_closed", 1)
    assert Path(close["path"]).read_bytes().startswith(b"%PDF-")
    found = counter("journal", "verify", "--head", close["anchor"], "--sheet", close["paper"], "--json").json
    assert (found["verified"], found["head"]["then"]["act"]) == (True, "close_day")
    assert found["sheet_missing"] is None


def test_a_closed_day_says_so_everywhere(counter: Line, case: str) -> None:
    """In the list, in the figures, in words; and it takes no act."""
    text = counter("day", "close", as_="2001").out
    late = counter("case", "withdraw", case, "--json", as_="1001")
    shown = counter("day", "show", "--json", as_="8001").json["day"]
    listed = counter("day", "list", "--json", as_="2001").json

    assert f"{today()} 已日清（第 1 次）" in text
    assert "链首码" in text
    assert (late.exit_code, late.json["error"]["code"]) == (3, "day-closed")
    assert (shown["closed"], shown["figures"]["cases"]) == (True, {"registered": 1})
    assert [close["id"] for close in listed["closes"]] == [f"{today()}-1"]
    assert listed["open_days"] == []
    assert "已日清" in counter("day", "list", as_="2001").out
    assert "日清单" in counter("day", "show", as_="2001").out
    assert "没有说不清的事项" in counter("day", "unexplained", as_="2001").out


def test_a_day_is_reopened_by_two(counter: Line, case: str) -> None:
    """With a reason; without the second person it is refused, and it never waits."""
    counter("day", "close", as_="2001")
    words = ("day", "reopen", today(), "--reason", "forgotten")

    alone = counter(*words, "--json", as_="2001")
    both = counter(*words, "--json", as_="2001", second="1001")

    assert (alone.exit_code, alone.json["error"]["code"]) == (3, "second-needed")
    assert both.json["close"]["state"] == "day_reopened"
    assert "重开" in counter("day", "list", as_="2001").out
    assert counter("day", "close", "--json", as_="2001").json["close"]["id"] == f"{today()}-2"


def test_digits_from_a_paper_are_checked_before_anything_else(counter: Line, case: str) -> None:
    """A typing error is wrong usage and says so; digits of no entry are a changed journal."""
    anchor = counter("journal", "anchor", "--json").json["anchor"]
    wrong = f"{anchor[:-1]}{(int(anchor[-1]) + 1) % 10}"

    mistyped = counter("journal", "verify", "--head", wrong, "--json")
    empty = counter("journal", "verify", "--head", "", "--json")
    alone = counter("journal", "verify", "--sheet", "63502031012632500018", "--json")
    other = counter("journal", "verify", "--head", "0000052331006062428060509553957313612959")

    assert (mistyped.exit_code, mistyped.json["error"]["code"]) == (2, "anchor-check-digit")
    assert "抄写有误" in mistyped.json["error"]["why"]
    assert (empty.exit_code, alone.exit_code) == (2, 2)
    assert other.exit_code == 3
    assert "账在那以后被改过、删过或重建过" in other.out
    assert "账本身前后相符" in other.out


def test_the_anchor_of_this_moment_is_found_with_nothing_behind_it(counter: Line, case: str) -> None:
    """Typed in groups; that nothing follows is told, because a sheet would have left an entry."""
    anchor = counter("journal", "anchor", "--json").json["anchor"]
    grouped = " ".join(anchor[at : at + 5] for at in range(0, 40, 5))

    found = counter("journal", "verify", "--head", grouped)

    assert found.exit_code == 0
    assert "其后没有记录" in found.out
    assert "留痕账核验无误" in found.out


def test_a_month_that_is_not_over_is_shown_and_not_closed(counter: Line, case: str) -> None:
    """What its day closes add up to so far; another month has nothing in it."""
    counter("day", "close", as_="2001")
    month = today()[:7]

    shown = counter("month", "show", month, "--json", as_="2001").json["month"]
    closed = counter("month", "close", month, "--json", as_="2001")

    assert (shown["closed"], shown["adds_up"], shown["differences"]) == (False, False, [])
    assert shown["figures"]["cases"] == {"registered": 1}
    assert (closed.exit_code, closed.json["error"]["code"]) == (3, "month-not-over")
    assert counter("month", "list", "--json", as_="2001").json == {"closes": []}
    assert "还没有月结过" in counter("month", "list", as_="2001").out
    assert "各日日清与留痕账相符" in counter("month", "show", month, as_="2001").out


def test_a_sample_is_drawn_found_and_chosen_anew(counter: Line, case: str) -> None:
    """From the draw to its sheet; the seed given is the seed kept."""
    span = ("--since", today(), "--until", today(), "--seed", "12345")
    sample = counter("sampling", "draw", *span, "--json", as_="2001").json["sample"]
    words = (sample["id"], case, "--finding", "defect")

    bare = counter("sampling", "find", *words, "--json", as_="2001")
    noted = counter("sampling", "find", *words, "--note", "复印件不清", "--json", as_="2001").json["line"]
    again = counter("sampling", "recompute", sample["id"], "--json", as_="8001").json["recomputed"]
    sheet = counter("sampling", "sheet", sample["id"], "--json", as_="2001").json["paper"]

    assert (sample["seed"], sample["population"]) == ("12345".zfill(40), 1)
    assert [line["case_number"] for line in sample["cases"]] == [case]
    assert bare.json["error"]["code"] == "note-missing"
    assert (noted["finding"], noted["note"]) == ("defect", "复印件不清")
    assert again["agrees"]
    assert Path(sheet["path"]).read_bytes().startswith(b"%PDF-")
    assert counter("sampling", "list", "--json", as_="2001").json["samples"][0]["left"] == 0
    assert "有瑕疵" in counter("sampling", "show", sample["id"], as_="2001").out
    assert sample["id"] in counter("sampling", "list", as_="2001").out
