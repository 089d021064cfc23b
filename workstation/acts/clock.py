"""确认时钟: a supervisor accepts that the clock was set back, and acts go on from its time."""

from __future__ import annotations

from workstation.acts.desk import Desk


def accept(desk: Desk) -> int:
    """Journal the clock as it stands, however far back; returns the time from which acts go on (epoch ms)."""
    with desk.act("accept_clock", accept_clock=True) as work:
        work.object = str(desk.hall.id)
        work.facts = {"flag": "clock_accepted"}
        return work.now
