"""Open tasks as the screen shows them: what each is about, how far it is, how a step gets done; in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workstation.acts import masking, offers, tasks
from workstation.acts.desk import Desk
from workstation.acts.task_steps import Progress
from workstation.acts.tasks import TaskFile
from workstation.domain.case import Case, Piece
from workstation.domain.envelope import Task
from workstation.domain.tasks import By
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import on_screen

TAIL = 5
#: Where the act is done that ends a task, from here.
_ENDED_AT = {
    "resolve": "按 Enter 打开，^O 异常处理",
    "arrive": "按 Enter 打开，到了核对内件，^S 到窗",
    "withdraw": "材料到窗后按 F4 打开办件，撤回",
    "answer_rating": "按 F4 打开办件，值班长登记差评回访",
}


@dataclass(frozen=True)
class Line:
    """One open task with its object and all it touches."""

    file: TaskFile
    may_read: bool
    """Whether this person may read what was typed about it."""

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.file.task

    @property
    def steps(self) -> Sequence[Progress]:
        """Its steps in order."""
        return self.file.steps

    @property
    def cases(self) -> Sequence[Case]:
        """The cases it touches."""
        return self.file.cases

    @property
    def kind_of_object(self) -> str:
        """What it is about, by kind."""
        if self.file.envelope is not None:
            return "封套"
        return "送件" if self.is_of_consignment else "办件"

    @property
    def is_of_consignment(self) -> bool:
        """Whether it is about one consignment."""
        return self.task.object in {consignment.id for consignment in self.file.consignments}

    @property
    def about(self) -> str:
        """The home office, or of a task about a case alone whom it is of."""
        if self.kind_of_object == "办件":
            return "、".join(masking.field(case, "applicant_name") or "" for case in self.cases)
        return "、".join(dict.fromkeys(c.office_name for c in self.file.consignments))

    @property
    def note(self) -> str:
        """What was told with it: the pieces by their names, else as it was typed."""
        if self.file.named:
            return "涉及：" + "、".join(_piece(piece) for piece in self.file.named)
        return f"说明：{self.task.note}" if self.task.note and self.may_read else ""

    @property
    def next_step(self) -> int:
        """Which step is the first that is not done."""
        return next((at for at, progress in enumerate(self.steps) if not progress.done), 0)

    @property
    def object(self) -> str:
        """What it is about, short."""
        number, dash, ordinal = self.task.object.partition("-")
        return f"{self.kind_of_object} …{number[-TAIL:]}{dash}{ordinal}"

    @property
    def cells(self) -> Sequence[str]:
        """Kind, object, office, since when, how far; on a wide screen also who told of it."""
        task = self.task
        count = f"{sum(p.done for p in self.steps)}/{len(self.steps)}" if self.steps else ""
        since = f"{local(task.opened_at):%m-%d %H:%M}"
        return word(task.kind), self.object, self.about, since, count, task.opened_by

    @property
    def told(self) -> str:
        """All about it, and how it ends."""
        task = self.task
        by = f" {task.opened_by}" if task.opened_by else ""
        cases = "、".join(case.number for case in self.cases)
        lines = [
            f"{word(task.kind)}　{self.kind_of_object} {task.object}　{self.about}",
            f"{minute(task.opened_at)}{by} 登记　办件 {cases}",
            self._ends,
            self.note,  # of any length: what does not fit is cut
        ]
        return "\n".join(filter(None, lines))

    @property
    def _ends(self) -> str:
        act = self.file.ended_by
        if act is not None:
            return f"由“{word(act)}”了结：{_ENDED_AT.get(act, '按 Enter 打开')}。"
        if self.left:
            return f"还差 {len(self.left)} 步必办的，办完按 F5 了结。"
        return "必办的都办完了：F5 了结。"

    @property
    def left(self) -> list[str]:
        """The steps it cannot be ended without."""
        return [p.step.label for p in self.steps if p.step.required and not p.done]

    def concerns(self, number: str) -> bool:
        """Whether it is about this envelope, consignment or case."""
        mine = {self.task.object, *(c.id for c in self.file.consignments), *(c.number for c in self.cases)}
        return number in mine

    def why_not_do(self, progress: Progress | None) -> str | None:
        """Why a step is none to be ticked."""
        if progress is None:
            return "这一项没有步骤"
        if progress.done:
            return f"“{progress.step.label}”已经办了"
        if progress.step.by == By.FACT:
            return f"这一步看登记，不用手工勾：{_how(progress)}"
        return None

    @property
    def why_not_end(self) -> str | None:
        """Why nobody can say that it is done."""
        act = self.file.ended_by
        if act is not None:
            return f"由“{word(act)}”了结，{_ENDED_AT.get(act, '按 Enter 打开')}"
        return f"还差：{'；'.join(self.left)}" if self.left else None

    @property
    def at_risk(self) -> str:
        """The pieces that may come to harm, case by case."""
        return "\n".join(_listed(case.number, self.file.at_risk) for case in self._with_pieces())

    def _with_pieces(self) -> list[Case]:
        numbers = {piece.case_number for piece in self.file.at_risk}
        return [case for case in self.cases if case.number in numbers]


def step_cells(progress: Progress) -> Sequence[str]:
    """Sign, what to do, who has done it."""
    step = progress.step
    label = step.label if step.required else f"{step.label}（视情况）"
    if not progress.done:
        return "·", label, "看登记" if step.by == By.FACT else ""
    if progress.done_at is None:
        return "✓", label, "已登记"
    return "✓", label, f"{minute(progress.done_at)[5:]} {progress.done_by}"


def how(progress: Progress | None) -> str:
    """How this step gets done, or that it is."""
    if progress is None:
        return "没有步骤：办好了按 F5 了结。"
    if progress.done:
        return f"✓ {progress.step.label}：已经办了。"
    if progress.step.by == By.FACT:
        return f"· {progress.step.label}：{_how(progress)}"
    return f"· {progress.step.label}：办好了按 ^S 记下。"


#: Where a step that another act records is reached from here, by the step.
_KEYS: Mapping[str, str] = {
    "tell_applicant": "F3",
    "call_office": "F3",
    "verify_address": "^P 属地部门",
    "reenvelope": "Enter 打开，^O",
    "claim": "Enter 打开，^O",
    "record_back": "Enter 打开，^O",
    "record_loss": "Enter 打开，^O",
}


def _how(progress: Progress) -> str:
    said, key = on_screen(progress.step.how).rstrip("。"), _KEYS.get(progress.step.id)
    return f"{said}（{key}）。" if key else f"{said}。"


def look(desk: Desk) -> list[Line]:
    """The tasks nobody has ended, what is open longest first."""
    may_read = offers.barred(desk, "do_task") is None
    lines = [Line(file, may_read) for file in tasks.files(desk)]
    return sorted(lines, key=lambda line: (line.task.opened_at, line.task.id))


def _piece(piece: Piece) -> str:
    return f"{piece.name}（{word(piece.form)}）"


def _listed(case: str, pieces: Sequence[Piece]) -> str:
    mine = [piece for piece in pieces if piece.case_number == case]
    # Nobody can copy an original again: those are looked for first.
    mine.sort(key=lambda piece: piece.form != "original")
    lines = [f"{at}. {_piece(piece)} {piece.copies} 份" for at, piece in enumerate(mine, start=1)]
    return "\n".join([f"办件 {case}", *lines])
