"""待办: something named with its steps, opened by an act and ended by another act or by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.identifiers import plain_text
from workstation.acts import checks, refusals, task_steps
from workstation.acts.desk import Desk
from workstation.acts.task_steps import About, Progress
from workstation.domain.case import Case, Piece
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Envelope, EnvelopeState, Task
from workstation.domain.mail import TaskStep
from workstation.domain.tasks import ENDINGS, OF_TRACKING, By, Step, kind_of
from workstation.domain.words import word
from workstation.errors import Refused, command
from workstation.store.work import Reading, Work


@dataclass(frozen=True)
class TaskFile:
    """A task with its steps, what it touches, and the pieces that may come to harm."""

    task: Task
    steps: list[Progress]
    at_risk: list[Piece]
    ended_by: str | None = None
    """The act that ends it, if one still can; None: a person does by hand."""
    envelope: Envelope | None = None
    """What it is about, where that is an envelope."""
    consignments: tuple[Consignment, ...] = ()
    cases: tuple[Case, ...] = ()
    """Those it touches."""
    named: tuple[Piece, ...] = ()
    """The pieces its note names, where an act wrote it."""


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


def open_once(work: Work, *, kind: str, object_: str, note: str | None = None) -> Task:
    """The task of this kind about this object: the one that is open, else a new one."""
    of_kind = [task for task in work.tasks.where(object=object_) if task.kind == kind]
    for task in of_kind:
        if task.state == "open":
            return task
    name = f"{object_}-{kind}" if not of_kind else f"{object_}-{kind}-{len(of_kind) + 1}"
    return open_task(work, name, kind=kind, object_=object_, note=note)


def end(work: Work, task: Task, outcome: str) -> Task:
    """The task is done, and this came of it."""
    return work.tasks.save(replace(task, state="done", ended_at=work.now, outcome=outcome))


def answered(work: Work, object_: str, outcome: str, *, but: str = "") -> None:
    """What the carrier's events asked for is answered by our own account; a task of kind `but` goes on."""
    for task in work.tasks.where(object=object_, state="open"):
        if task.kind in OF_TRACKING and task.kind != but:
            end(work, task, outcome)


def find(reading: Reading, name: str) -> Task:
    """The task with this id, or a refusal."""
    task = reading.tasks.get(refusals.readable("task", name))
    if task is None:
        raise refusals.not_found("task", name)
    return task


def listed(desk: Desk) -> list[Task]:
    """The tasks nobody has ended."""
    with desk.reading() as reading:
        return reading.tasks.where(state="open")


def files(desk: Desk) -> list[TaskFile]:
    """The same, each with its steps."""
    with desk.reading() as reading:
        return [_file(reading, task) for task in reading.tasks.where(state="open")]


def file(desk: Desk, name: str) -> TaskFile:
    """One task, open or ended, with its steps and the pieces at risk."""
    with desk.reading() as reading:
        return _file(reading, find(reading, name))


def at_risk(desk: Desk, name: str) -> list[Piece]:
    """The pieces that may come to harm; originals are the ones nobody can copy again."""
    return file(desk, name).at_risk


def do(desk: Desk, name: str, step: str, *, note: str | None = None) -> TaskStep:
    """Tick a step that a person does; what the ledger tells by itself is not ticked."""
    note = checks.field("note", plain_text.validate, note) if note else None
    with desk.act("do_task") as work:
        task = _open(work, name)
        known = _step(task, step)
        if known.by == By.FACT:
            raise _not_by_hand(known)
        if work.task_steps.get(task.id, step) is not None:
            raise _done_before(known)
        work.facts = {"step": step}
        return work.task_steps.add(TaskStep(task.id, step, work.now, desk.signed_in().code, note=note))


def end_by_hand(desk: Desk, name: str, *, outcome: str) -> Task:
    """Say that a task is done which no other act ends, once its steps are."""
    checks.one_of("outcome", outcome, tuple(ENDINGS))
    with desk.act("end_task") as work:
        task = _open(work, name)
        if act := _ended_by(About(work, task)):
            raise _ended_elsewhere(task, act)
        steps = task_steps.of(work, task)
        if left := [p.step for p in steps if p.step.required and not p.done]:
            raise _steps_left(task, left)
        work.facts = {"outcome": outcome}
        return end(work, task, outcome)


def _file(reading: Reading, task: Task) -> TaskFile:
    about = About(reading, task)
    cases = [reading.cases.get(number) for number in about.cases]
    names = task.note.split("、") if task.note else ()
    return TaskFile(
        task=task,
        steps=task_steps.of(reading, task),
        at_risk=about.at_risk(),
        ended_by=_ended_by(about),
        envelope=about.envelope,
        consignments=tuple(about.consignments),
        cases=tuple(case for case in cases if case),
        named=tuple(piece for name in names if (piece := reading.pieces.get(name))),
    )


def _open(work: Work, name: str) -> Task:
    """A task that is open; the act is about its object, and about the cases in it."""
    task = find(work, name)
    work.object = task.object
    work.mention(*About(work, task).cases)
    if task.state != "open":
        raise _ended_before(task)
    return task


def _step(task: Task, name: str) -> Step:
    known = kind_of(task.kind)
    checks.one_of("step", name, tuple(step.id for step in known.steps))
    step = known.step(name)
    assert step is not None, "it was one of them"
    return step


def _ended_by(about: About) -> str | None:
    """The act that ends this very task, if one still can."""
    task, act = about.task, kind_of(about.task.kind).ended_by
    if act == "resolve":
        # The carrier tells of a changed address or a stop before anything is back here.
        envelope = about.envelope
        in_trouble = envelope and envelope.state in (EnvelopeState.SENT_BACK, EnvelopeState.LOST)
        return act if in_trouble and envelope and envelope.reason == task.kind else None
    if act == "arrive":
        # Too few copies came, and nothing else is on its way: no arrival will end it.
        return act if about.at_risk() else None
    return act


#: How the acts that end tasks are typed.
_TYPED = {
    "resolve": "envelope resolve",
    "arrive": "result arrive",
    "withdraw": "case withdraw",
    "answer_rating": "rating answer",
}


def _ended_elsewhere(task: Task, act: str) -> Refused:
    return Refused(
        "task-ended-elsewhere",
        what=f"待办“{word(task.kind)}”（{task.object}）没有了结。",
        why=f"它由“{word(act)}”了结，不能单独勾掉。",
        next=f"请办“{word(act)}”，办完待办随之了结。" + command(_TYPED[act]),
    )


def _steps_left(task: Task, left: Sequence[Step]) -> Refused:
    labels = "；".join(step.label for step in left)
    return Refused(
        "task-steps-left",
        what=f"待办“{word(task.kind)}”（{task.object}）还有步骤没有做，没有了结。",
        why=f"还差：{labels}。",
        next="请先做完这些步骤。（命令：task show、task do）",
    )


def _not_by_hand(step: Step) -> Refused:
    return Refused(
        "step-not-by-hand",
        what=f"“{step.label}”不用手工勾，没有记。",
        why="这一步做没做，由账上的登记来说。",
        next=f"请{step.how}" if step.how else "请办相应的登记。",
    )


def _done_before(step: Step) -> Refused:
    return Refused(
        "step-done",
        what=f"“{step.label}”已经记过，没有再记。",
        why="每一步只记一次，谁在什么时候做的已留痕。",
        next="请接着做下一步。（命令：task show）",
    )


def _ended_before(task: Task) -> Refused:
    return Refused(
        "task-ended",
        what=f"待办“{word(task.kind)}”（{task.object}）已经了结，没有办理。",
        why=f"结果：{ENDINGS.get(task.outcome or '', word(task.outcome or ''))}。",
        next="请从未了结的待办里选。（命令：task list）",
    )
