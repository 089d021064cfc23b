"""Print jobs 打印任务 as records: one attempt each to bring a face onto paper, never two at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workstation.acts import refusals
from workstation.domain import lifecycle
from workstation.domain.paper import Paper
from workstation.domain.printing import ENDED, PrintJob, PrintState
from workstation.store.work import Reading, Work


def queue(work: Work, paper: Paper, printer: str) -> PrintJob:
    """Promise that this face goes to this printer."""
    ordinal = len(work.print_jobs.where(paper=paper.number)) + 1
    job = PrintJob(
        id=f"{paper.number}-{ordinal}",
        paper=paper.number,
        printer=printer,
        state=PrintState.WAITING,
        window=work.stamp.window or 0,
        queued_at=work.now,
        queued_by=work.stamp.operator or "",
    )
    work.mention(paper.number)
    return work.print_jobs.add(job)


def move(work: Work, job: PrintJob, act: str, to: PrintState, **fields: Any) -> PrintJob:
    """The job in another state, if the life cycle has that step."""
    if to not in lifecycle.outcomes(lifecycle.PRINT_JOB, job.state, act):
        raise refusals.wrong_state("print_jobs", job, act)
    if to in ENDED:
        fields = {"ended_at": work.now, **fields}
    work.object = job.id
    work.mention(job.paper)
    return work.print_jobs.save(replace(job, state=to, **fields))


def find(reading: Reading, job_id: str) -> PrintJob:
    """The print job of this id, or a refusal."""
    job = reading.print_jobs.get(refusals.readable("print_job", job_id))
    if job is None:
        raise refusals.not_found("print_job", job_id)
    return job


def of(reading: Reading, paper: Paper) -> list[PrintJob]:
    """Every attempt with this face's sheet, the first one first."""
    found = reading.print_jobs.where(paper=paper.sheet or paper.number)
    # By key the tenth would stand before the second.
    return sorted(found, key=lambda job: (job.queued_at, len(job.id), job.id))
