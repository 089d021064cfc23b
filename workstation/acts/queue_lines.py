"""What stands in the queue 督办队列: the reasons, the worst first, and a line with all there is to say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workstation.acts.deadlines import OtherDays
from workstation.policies import DeadlinePolicy, MailPolicy, QueuePolicy
from workstation.settings import Settings


@dataclass(frozen=True)
class Reason:
    """Why something stands in the queue, and what resolves it unless its line says otherwise."""

    title: str
    act: str
    screen: str
    looked_at: bool = False
    """Nothing is left to be done about it: it goes once a supervisor has looked at it 阅."""


#: The worst first.
REASONS: Mapping[str, Reason] = {
    "overdue": Reason("逾期", "review", "case"),
    "untold": Reason("缺陷未告知", "notice", "review"),
    "silent": Reason("沉默属地", "acknowledge", "arrivals"),
    "not_delivered": Reason("逾期未妥投", "trouble", "parcels"),
    "unacknowledged": Reason("妥投未签收", "acknowledge", "arrivals"),
    "missed_pickup": Reason("应揽未揽", "hand_over", "case"),
    "trouble": Reason("异常待办", "end_task", "tasks"),
    "order_stuck": Reason("下单卡住", "retry_order", "outbox"),
    "print_unclear": Reason("打印不明", "confirm_print", "printing"),
    "bad_rating": Reason("差评回访", "answer_rating", "case"),
    "licence_open": Reason("错证缺证", "close_defect", "case"),
    "deferred_missing": Reason("容缺未补", "resubmit", "review"),
    "result_overdue": Reason("结果逾期", "result_return", "arrivals"),
    "unclaimed": Reason("结果未领", "serve", "serving"),
    "unreviewed": Reason("收件未审", "review", "review"),
    "waiting": Reason("待第二人", "confirm", "doings"),
    "unexplained": Reason("去向不明", "trouble", "parcels"),
    "due_soon": Reason("快到期", "review", "case"),
    "reopened": Reason("拆封", "see_line", "case", looked_at=True),
    "second_notice": Reason("再次告知", "see_line", "case", looked_at=True),
    "manual_identity": Reason("人工核验", "see_line", "case", looked_at=True),
    "revealed": Reason("查看明文", "see_line", "case", looked_at=True),
    "voided": Reason("纸面作废", "see_line", "case", looked_at=True),
    "clock": Reason("时钟异常", "see_line", "journal", looked_at=True),
}
_NUMBER = 20
"""Digits of a case's number, with which the ids of all that is the case's begin."""

RANK = {reason: rank for rank, reason in enumerate(REASONS)}
"""The worst is 0."""


@dataclass(frozen=True)
class Policies:
    """The settings the queue asks."""

    deadline: DeadlinePolicy = field(default_factory=DeadlinePolicy)
    queue: QueuePolicy = field(default_factory=QueuePolicy)
    mail: MailPolicy = field(default_factory=MailPolicy)
    others: OtherDays = field(default_factory=OtherDays)

    @classmethod
    def of(cls, settings: Settings) -> Policies:
        """Those of a window."""
        return cls(settings.deadline, settings.queue, settings.mail, OtherDays.of(settings))


@dataclass(frozen=True)
class Line:
    """One thing that asks for somebody."""

    reason: str
    """A key of `REASONS`."""
    object: str
    case_number: str
    """Empty where it is about no case, or about an envelope of several."""
    office: str
    since: int
    """When the cause began: begun anew it is another line."""
    due: datetime.date | None
    left: int | None
    """Working days; negative: over. None where nothing has a limit."""
    by: str
    """Code of who began it, or registered the case."""
    holder: str
    """Code of who works it; empty: nobody."""
    act: str
    """What resolves it."""
    told: str
    """What there is to say about it, in words."""
    screen: str = ""
    opens: str = ""
    """The screen on which it is resolved, and the number that is opened there; empty: without one."""
    also: tuple[Line, ...] = field(default=(), repr=False)
    """The same thing for other reasons."""
    state: str = ""
    """What was said of it, a `ClaimState`; empty: nothing that counts today."""
    version: int = 0
    """Of what was said of it; 0: never anything."""

    @property
    def key(self) -> str:
        """What it is called at the command line and in the ledger: `reason:object`."""
        return f"{self.reason}:{self.object}"

    @property
    def title(self) -> str:
        """Its reason in words."""
        return REASONS[self.reason].title

    @property
    def is_looked_at(self) -> bool:
        """Whether it only asks to be looked at."""
        return REASONS[self.reason].looked_at

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.left is not None and self.left < 0

    @property
    def said(self) -> str:
        """All there is to say, the other reasons too."""
        others = "；".join(f"{other.title}：{other.told}" for other in self.also)
        return f"{self.told}；另有{others}" if others else self.told

    def is_about(self, number: str) -> bool:
        """Whether it is about this case, consignment, envelope or face."""
        return number in (self.object, self.case_number, self.opens)

    def is_for(self, reasons: Iterable[str]) -> bool:
        """Whether it stands here for one of these, be it beside a worse one."""
        return not {self.reason, *(other.reason for other in self.also)}.isdisjoint(reasons)


def a_line(reason: str, object_: str, *, since: int, told: str, **more: object) -> Line:
    """A line with what its reason says, but for what is given."""
    what = REASONS[reason]
    given: dict[str, object] = {
        "case_number": "",
        "office": "",
        "due": None,
        "left": None,
        "by": "",
        "holder": "",
        "act": what.act,
        "screen": what.screen,
    }
    given |= more
    given.setdefault("opens", given["case_number"] or object_)
    return Line(reason=reason, object=object_, since=since, told=told, **given)  # type: ignore[arg-type]


def case_of(name: str) -> str:
    """The case that a number is of, or an id that begins with it; empty for an envelope's."""
    return name[:_NUMBER] if name.startswith("1") else ""
