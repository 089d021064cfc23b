"""The account that judges the kills: it must see a loss, or it proves nothing."""

from __future__ import annotations

from tests.durability.account import Account
from tests.durability.stream import Done

NUMBER = "13501021032632400019"
REGISTERED, IDENTIFIED, REVIEWED = (Done(act, NUMBER) for act in ("register", "identify", "review"))


def test_what_is_acknowledged_and_not_there_is_a_fault() -> None:
    """An act somebody was told of and the journal does not know is said by name."""
    account_of_a_loss = Account([REGISTERED, IDENTIFIED], [REGISTERED])

    assert list(account_of_a_loss.faults(kills=1)) == [f"acknowledged and lost: identify {NUMBER}"]


def test_more_untold_acts_than_kills_are_a_fault() -> None:
    """A kill can hide the outcome of one act, not of two."""
    two_untold = Account([REGISTERED], [REGISTERED, IDENTIFIED, REVIEWED])

    assert list(two_untold.faults(kills=2)) == []
    assert list(two_untold.faults(kills=1)) == ["2 acts that nobody was told of, with 1 kills"]
