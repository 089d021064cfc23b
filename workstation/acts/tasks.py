"""待办: something named that a person must end; opened by an act, ended by another."""

from __future__ import annotations

from dataclasses import replace

from workstation.acts.desk import Desk
from workstation.domain.envelope import Task
from workstation.store.work import Work


def open_task(work: Work, name: str, *, kind: str, object_: str, note: str | None = None) -> Task:
    """A task about a case, consignment or envelope, open from now on."""
    return work.tasks.add(
        Task(
            id=name,
            kind=kind,
            object=object_,
            state="open",
            opened_at=work.now,
            opened_by=work.stamp.operator or "",
            note=note,
        )
    )


def end(work: Work, task: Task, outcome: str) -> Task:
    """The task is done, and this came of it."""
    return work.tasks.save(replace(task, state="done", ended_at=work.now, outcome=outcome))


def listed(desk: Desk) -> list[Task]:
    """The tasks nobody has ended."""
    with desk.reading() as reading:
        return reading.tasks.where(state="open")
