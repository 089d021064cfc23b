"""Calls: the number is looked up (查看明文), and what came of the call is noted (联系登记)."""

from __future__ import annotations

from workstation.acts import contacts, revealing, year_tables
from workstation.domain.times import local
from workstation.practice.scene import Scene


def reached(scene: Scene, number: str, about: str) -> None:
    """Whoever hands in and collects was told."""
    revealing.reveal(scene.desk, number, reason="contact", note=about)
    contacts.add(scene.desk, number, who=scene.bearer, outcome="reached", note=about)


def not_reached(scene: Scene, number: str, about: str) -> None:
    """Nobody answers: tried again on the next working day."""
    revealing.reveal(scene.desk, number, reason="contact", note=about)
    with scene.desk.reading() as reading:
        _, _, now = reading.chain()
        calendar = year_tables.here(reading)
    again = calendar.working_day_after(local(now).date(), 1).day.isoformat()
    contacts.add(scene.desk, number, who=scene.bearer, outcome="no_answer", next_on=again, note=about)
