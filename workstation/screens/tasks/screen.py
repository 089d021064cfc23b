"""待办: every open task, the steps of the one under the cursor, and what to do for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.containers import Container, Vertical
from textual.widget import Widget

from workstation.acts import tasks
from workstation.acts.scanning import Scanned
from workstation.acts.task_steps import Progress
from workstation.domain.case import Case
from workstation.domain.envelope import Task
from workstation.domain.tasks import ENDINGS
from workstation.domain.words import word
from workstation.screens.arrivals import contacting
from workstation.screens.arrivals.asking import Asking, Question
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Pick, Reading
from workstation.screens.tasks import lines
from workstation.screens.tasks.lines import TAIL, Line
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("待办", 14),
    Column("对象", 14),
    Column("属地、申请人", 10, flexible=True),
    Column("从何时", 11),
    Column("步骤", 4),
    Column("登记", 5, wide_only=True),
)
_STEPS = (Column("", 2), Column("步骤", 16, flexible=True), Column("谁、何时", 16))
_ACTS = {"do": "do_task", "contact": "contact", "end": "end_task"}
#: Whom a step is about to be called.
_CALLED = {"call_office": "home_office", "tell_applicant": "applicant"}


class TasksScreen(Asking):
    """What trouble has left to be done."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "待办"
    DOES = (
        Do("do", "记下", "ctrl+s", "jx", "光标所在的步骤办好了，记下来"),
        Do("contact", "联系", "f3", "lx", "联系登记：打给属地、申请人，结果怎样"),
        Do("case", "办件", "f4", "bj", "打开这一项的办件"),
        Do("end", "了结", "f5", "lj", "必办的步骤都办了，说明结果，了结"),
        Do("pieces", "材料", "f6", "cl", "可能受影响的材料，逐份列出"),
    )
    explains = (
        "上面选一项，Tab 到它的步骤。✓ 办了，· 没办；^S 记下光标所在的一步。“看登记”的步骤不用勾，"
        "在别处登记了就变成 ✓。Enter 打开封套或送件。扫封套，光标就到它那一项。"
    )

    def __init__(self, number: str | None = None) -> None:
        super().__init__()
        self._asked_for = number
        """What it was opened for: the cursor begins on its task."""
        self._shown = ""
        """The task whose steps are shown."""
        self._called: Case | None = None
        """The case somebody is called about."""

    def body(self) -> Iterator[Widget]:
        """The tasks; the steps of one; all about it."""
        with Container(id="tasks-main"):
            yield RecordList[Line](_HEADS, lambda line: line.cells, empty="（没有待办）", id="tasks-lines")
            with Vertical(id="tasks-one"):
                yield Words("", id="tasks-told")
                steps: RecordList[Progress] = RecordList(
                    _STEPS, lines.step_cells, empty="（没有步骤）", id="tasks-steps"
                )
                steps.explains = "↑↓ 选步骤，^S 记下；“看登记”的在别处登记。"
                yield steps
                yield Words("", id="tasks-how")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    # --- what is shown

    async def load(self) -> None:
        """The tasks as they are now; the cursor stays on its own."""
        found = await self.counter.look(lines.look)
        at = self._wanted(found)
        self._asked_for = None
        self._list.show(found, at=at)
        self._show_one()

    def _wanted(self, found: Sequence[Line]) -> int:
        """Where the cursor goes: to what was asked for, else to where it was."""
        if self._asked_for is not None:
            asked_for = self._asked_for
            return next((at for at, line in enumerate(found) if line.concerns(asked_for)), 0)
        ids = [line.task.id for line in found]
        return ids.index(self._shown) if self._shown in ids else self._list.cursor

    def _show_one(self) -> None:
        line = self.line
        is_another = line is None or line.task.id != self._shown
        self._shown = line.task.id if line else ""
        steps = line.steps if line else ()
        told = line.told if line else "没有未了结的待办。"
        at = line.next_step if line and is_another else self._steps.cursor
        self.query_one("#tasks-told", Words).say(told)
        self._steps.show(steps, at=at)
        self._steps.styles.height = 1 + max(1, len(steps))
        self._steps.display = line is not None
        self._tell_how()

    def _tell_how(self) -> None:
        self.query_one("#tasks-how", Words).say(lines.how(self._steps.row) if self.line else "")
        self.refresh_keys()

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#tasks-lines", RecordList)

    @property
    def _steps(self) -> RecordList[Progress]:
        return self.query_one("#tasks-steps", RecordList)

    @property
    def line(self) -> Line | None:
        """The task under the cursor."""
        return self._list.row if self.is_mounted else None

    @property
    def _step(self) -> Progress | None:
        return self._steps.row if self.line else None

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The cursor stands on another task, or on another step."""
        event.stop()
        if event.rows is self._list:
            self._show_one()
        else:
            self._tell_how()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: what the task is about, where it is put right."""
        event.stop()
        line = self.line
        if line is not None:
            name = "case" if line.kind_of_object == "办件" else "arrivals"
            self.counter.go(name, number=line.task.object)

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, and by how far the task is."""
        line = self.line
        if line is None:
            return "没有待办"
        if name in _ACTS and (reason := self.barred(_ACTS[name])):
            return reason
        match name:
            case "do":
                return line.why_not_do(self._step)
            case "end":
                return line.why_not_end
            case "pieces":
                return None if line.file.at_risk else "没有受影响的材料"
            case "case" | "contact":
                return None if line.cases else "它没有办件"
        return None

    def do_do(self) -> None:
        """Tick the step, with a note if there is something to say."""
        self.ask("do")

    def question(self, name: str) -> Question:
        """About the step under the cursor, or whom somebody has called."""
        line = self.line
        assert line is not None, "nothing is asked about nothing"
        if name == "contact":
            return self._contact(line)
        step = self._step
        assert step is not None, "only a step is ticked"
        task, known = line.task, step.step
        return Question(
            title=f"记下：{known.label}",
            text=f"{word(task.kind)}　{line.object}　{line.about}",
            asked=(Asked("note", "说明", explains="问到什么、对方是谁、单号；没有就不填。"),),
            act=lambda desk, given: tasks.do(desk, task.id, known.id, note=given.text("note") or None),
            told=lambda _: f"已记下：{known.label}。",
            done="记下",
        )

    # --- calls

    def do_contact(self) -> None:
        """A call about the case; of several cases the one it is about is asked."""
        line = self.line
        if line is not None:
            self._called = line.cases[0]
            if len(line.cases) > 1:
                self._ask_which(line.cases)
            else:
                self.ask("contact")

    def _ask_which(self, cases: Sequence[Case]) -> None:
        known = {case.number: case for case in cases}
        pick = Pick("联系的是哪个办件？", [(number, f"办件 …{number[-TAIL:]}") for number in known])

        def chosen(number: str | None) -> None:
            if number is not None:
                self._called = known[number]
                self.ask("contact")

        self.app.push_screen(pick, chosen)

    def _contact(self, line: Line) -> Question:
        case = self._called or line.cases[0]
        mine = [c.id for c in line.file.consignments if c.case_number == case.number]
        own = line.task.object if line.is_of_consignment else next(iter(mine), None)
        called = _CALLED.get(self._step.step.id if self._step else "", "home_office" if own else "applicant")
        return contacting.question(case, own, who=called)

    # --- the rest

    def do_case(self) -> None:
        """The case, or one of several."""
        if self.line is not None:
            self.counter.go("case", number=self.line.task.object)

    def do_pieces(self) -> None:
        """What may come to harm."""
        if self.line is not None:
            line = self.line
            self.app.push_screen(Reading(f"受影响的材料：{word(line.task.kind)} {line.object}", line.at_risk))

    def do_end(self) -> None:
        """Say how it came out."""
        if self.line is not None:
            line = self.line
            text = f"{word(line.task.kind)}　{line.object}　{line.about}"
            pick = Pick("怎么了结？", list(ENDINGS.items()), text=text)
            self.app.push_screen(pick, partial(self._end, line.task))

    def _end(self, task: Task, outcome: str | None) -> None:
        if outcome is not None:
            self.counter.perform(lambda desk: tasks.end_by_hand(desk, task.id, outcome=outcome), self._ended)

    async def _ended(self, task: Task) -> None:
        self.counter.done(f"已了结：{word(task.kind)}（{ENDINGS[task.outcome or 'settled']}）。")
        await self.load()
        self.refresh_keys()

    async def _answered(self, name: str, question: Question, result: object) -> None:
        """On to the step that is to be done next."""
        await super()._answered(name, question, result)
        if self.line is not None:
            self._steps.to(self.line.next_step)
            self._tell_how()

    def take_scan(self, scanned: Scanned) -> bool:
        """The task of what was scanned; the next of several."""
        if self.app.screen.is_modal or not scanned.object:
            return False
        rows = self._list.rows
        found = [at for at, line in enumerate(rows) if line.concerns(scanned.object)]
        if not found:
            return False
        cursor = self._list.cursor
        self._list.to(next((at for at in found if at > cursor), found[0]))
        self._list.focus()
        return True


OPENS = TasksScreen
