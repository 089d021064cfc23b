"""The review screen of one case, played; and what the ledger says of the case afterwards."""

from __future__ import annotations

from tests.workstation.screens.stage import NARROW, Clerk, Story, a_counter, play
from workstation.acts import drafts
from workstation.acts.desk import Desk
from workstation.domain.case import Row
from workstation.domain.draft import Draft


def review(desk: Desk, number: str, story: Story, size: tuple[int, int] = NARROW) -> None:
    """Play a story on the review of a case."""
    play(a_counter(desk, desk.tray.parent, "review", number=number), story, size)


def rows_of(desk: Desk, number: str) -> dict[str, Row]:
    """The rows of a case as the ledger has them."""
    with desk.reading() as reading:
        found = sorted(reading.rows.where(case_number=number), key=lambda row: row.position)
    return {row.row_id: row for row in found}


def pledges_state(desk: Desk, number: str) -> list[str]:
    """How far the pledges of a case are."""
    with desk.reading() as reading:
        return [pledge.state for pledge in reading.pledges.where(case_number=number)]


def drafts_of(desk: Desk) -> tuple[Draft, ...]:
    """The drafts of this home."""
    return drafts.listed(desk).drafts


def is_here(clerk: Clerk) -> bool:
    """Whether the review is the screen in front."""
    return type(clerk.app.screen).__name__ == "ReviewScreen"
