"""The supervisor's bench measures what it says: a real close, every open case, a year's cases each once."""

from __future__ import annotations

from pathlib import Path

from tests.bench import supervision


def test_a_day_is_closed_and_opened_again(tmp_path: Path) -> None:
    """Each round is a close of its own, over every entry there is."""
    took = supervision.closing_a_day(tmp_path / "day", rounds=2, cases=2)

    assert (len(took.ours.values), len(took.bare.values)) == (2, 2)
    assert took.about > 2 * 3


def test_the_queue_has_lines(tmp_path: Path) -> None:
    """Among open cases in every state there are some that are to be worked on."""
    took = supervision.looking_at_the_queue(tmp_path / "queue", rounds=1, cases=60)

    assert took.about > 0


def test_every_case_of_the_year_is_counted(tmp_path: Path) -> None:
    """Those written past the acts, and the one they are made after."""
    took = supervision.counting_a_year(tmp_path / "year", rounds=1, cases=500)

    assert took.about == 501
