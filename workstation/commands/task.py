"""Noun `task` 待办: what trouble left behind, its steps, what is at risk; steps ticked, and ended by hand."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from workstation.acts import tasks
from workstation.acts.task_steps import Progress
from workstation.acts.tasks import TaskFile
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.envelope import Task
from workstation.domain.tasks import ENDINGS, By
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "待办：异常、撤回请求、内件不符；步骤、了结"

_SAMPLE = "23502031012632400018-sent_back"
_TASK = argument("task", metavar="待办", help="待办的编号，见 task list")
_STEP = argument("step", metavar="步骤", help="步骤代码，见 task show")
_NOTE = argument("--note", help="说明")
_OUTCOME = argument(
    "--outcome",
    required=True,
    choices=tuple(ENDINGS),
    help="，".join(f"{code} {label}" for code, label in ENDINGS.items()),
)


def register(verbs: Verbs) -> None:
    """The verbs of a task."""
    verbs.add("list", _list, help="列出未了结的待办", shows="--as 1001")
    verbs.add(
        "show",
        _show,
        help="一项待办：步骤、受影响的材料",
        shows=f"{_SAMPLE} --as 1001",
        arguments=[_TASK],
    )
    verbs.add(
        "do",
        _do,
        help="记下做了一个步骤",
        shows="23502031012632400018-mail_stuck call_carrier --as 1001",
        arguments=[_TASK, _STEP, _NOTE],
    )
    verbs.add(
        "end",
        _end,
        help="了结没有别的办理会了结的待办",
        shows="23502031012632400018-mail_stuck --outcome settled --as 1001",
        arguments=[_TASK, _OUTCOME],
    )


def _list(context: Context, _: Namespace) -> Result:
    files = tasks.files(context.desk())
    rows = [
        (
            file.task.id,
            word(file.task.kind),
            file.task.object,
            _count(file.steps),
            minute(file.task.opened_at),
            file.task.opened_by,
        )
        for file in files
    ]
    text = output.table(("编号", "种类", "对象", "步骤", "登记时间", "登记人"), rows)
    listed = [{**shown.record(file.task), "steps": _steps(file.steps)} for file in files]
    return Result({"tasks": listed}, text=text)


def _show(context: Context, args: Namespace) -> Result:
    file = tasks.file(context.desk(), args.task)
    data = {
        "task": shown.record(file.task),
        "steps": _steps(file.steps),
        "at_risk": [shown.record(piece) for piece in file.at_risk],
    }
    return Result(data, text="\n\n".join(_page(file)))


def _do(context: Context, args: Namespace) -> Result:
    step = tasks.do(context.desk(), args.task, args.step, note=args.note)
    return Result({"step": shown.record(step)}, text=f"已记：{args.task} {args.step}（{step.done_by}）。")


def _end(context: Context, args: Namespace) -> Result:
    task = tasks.end_by_hand(context.desk(), args.task, outcome=args.outcome)
    said = f"已了结：{word(task.kind)} {task.object}（{ENDINGS[args.outcome]}）。"
    return Result({"task": shown.record(task)}, text=said)


def _page(file: TaskFile) -> Iterator[str]:
    task = file.task
    yield f"{word(task.kind)}　{task.object}　{_state(task)}"
    if file.steps:
        rows = [
            (p.step.id, p.step.label, _mark(p), _who(p), minute(p.done_at), "" if p.done else p.step.how)
            for p in file.steps
        ]
        yield output.table(("步骤", "做什么", "", "谁", "时间", "怎么登记"), rows)
    if file.at_risk:
        pieces = [(p.case_number, p.name, word(p.form), p.copies) for p in file.at_risk]
        yield output.table(("办件", "材料", "形式", "份数"), pieces)


def _state(task: Task) -> str:
    if task.state == "open":
        return f"未了结（{minute(task.opened_at)} {task.opened_by}）"
    outcome = task.outcome or ""
    return f"{minute(task.ended_at)} 了结：{ENDINGS.get(outcome, word(outcome))}"


def _count(steps: list[Progress]) -> str:
    return f"{sum(p.done for p in steps)}/{len(steps)}" if steps else ""


def _mark(progress: Progress) -> str:
    if progress.done:
        return "已做"
    return "待做" if progress.step.required else "视情况"


def _who(progress: Progress) -> str:
    return "账上" if progress.done and progress.step.by == By.FACT else progress.done_by or ""


def _steps(steps: list[Progress]) -> list[dict[str, Any]]:
    return [
        {
            "id": p.step.id,
            "label": p.step.label,
            "by": p.step.by,
            "required": p.step.required,
            "done": p.done,
            "done_at": shown.time(p.done_at),
            "done_by": p.done_by,
        }
        for p in steps
    ]
