"""待办: each kind of task with its steps in order, who ends it, and what it means for the office. Pure data.

What the kinds are called stands in `words`; whether a step is done is found out by `acts.task_steps`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from workstation.domain.words import word


class By(StrEnum):
    """How a step gets done."""

    HAND = "hand"
    """A person ticks it."""
    FACT = "fact"
    """The ledger says so: another act has recorded it."""


@dataclass(frozen=True)
class Step:
    """One thing to do about a task."""

    id: str
    label: str
    by: By = By.HAND
    how: str = ""
    """Of a fact: where it is recorded, for whoever tries to tick it."""
    required: bool = True
    """False: only where the matter calls for it."""


@dataclass(frozen=True)
class TaskKind:
    """A kind of task; its code is its name."""

    code: str
    steps: tuple[Step, ...]
    ended_by: str | None = None
    """The act that ends it; None: a person ends it by hand."""

    @property
    def title(self) -> str:
        """What it is called at the counter."""
        return word(self.code)

    def step(self, name: str) -> Step | None:
        """The step of this id."""
        return next((step for step in self.steps if step.id == name), None)


_CONTACT = "在“联系登记”里记下。（命令：contact add）"
_VERIFY = Step(
    "verify_address",
    "打电话重新核实属地的地址、电话",
    By.FACT,
    "在“属地部门”里登记核实；地址变了的先更改。（命令：office verify、office change）",
)
_REENVELOPE = Step(
    "reenvelope",
    "拆开原封套（旧面作废留痕），换新封套重新封装",
    By.FACT,
    "先办“异常处理”，再装袋、封装。（命令：envelope resolve、envelope pack、envelope seal）",
    required=False,
)
_CLAIMED = Step(
    "claim",
    "向寄递企业索赔",
    By.FACT,
    "办“异常处理”，选索赔。（命令：envelope resolve --outcome claim）",
)
_CLAIM = Step("claim", "向寄递企业索赔", required=False)
_TELL = Step("tell_applicant", "告诉申请人或代办人", By.FACT, _CONTACT)
_TELL_IF_NEEDED = replace(_TELL, label="需要申请人办的，告诉申请人或代办人", required=False)
_CALL_OFFICE = Step("call_office", "打电话问属地部门", By.FACT, _CONTACT)
_CALL_CARRIER = Step("call_carrier", "向寄递企业查问")
_AT_RISK = Step("list_at_risk", "逐份核对受影响的材料，尤其是原件")
_CHECK = Step("check_contents", "拆开逐份核对内件有没有受损")
_ASK_BACK = Step("ask_back", "请属地按内件清单退回或转寄")
_RESUPPLY = Step("resupply", "缺损的材料安排补交或补寄", required=False)
_RECORD_BACK = Step(
    "record_back",
    "邮件到窗后登记邮件异常",
    By.FACT,
    "邮件回到窗口后办“邮件异常”。（命令：envelope trouble）",
    required=False,
)
_RECORD_LOSS = Step(
    "record_loss",
    "确认丢失后登记邮件异常",
    By.FACT,
    "寄递企业确认找不到后办“邮件异常”，选丢失。（命令：envelope trouble --kind lost）",
    required=False,
)

_CAME_BACK = (_VERIFY, _TELL, _REENVELOPE)

#: Every kind there is. A test holds them against `words` and against what the acts open.
KINDS: Mapping[str, TaskKind] = {
    kind.code: kind
    for kind in (
        # an envelope of ours
        TaskKind("sent_back", _CAME_BACK, "resolve"),
        TaskKind("mail_refused", (_CALL_OFFICE, *_CAME_BACK), "resolve"),
        TaskKind("address_changed", (_CALL_CARRIER, *_CAME_BACK), "resolve"),
        TaskKind("intercepted", (_CALL_CARRIER, _TELL, _REENVELOPE), "resolve"),
        TaskKind("damaged", (_CHECK, _AT_RISK, _TELL, _CLAIM, _REENVELOPE), "resolve"),
        TaskKind("lost", (_CALL_CARRIER, _AT_RISK, _TELL, _CLAIMED), "resolve"),
        TaskKind("wrong_contents", (_AT_RISK, _CALL_OFFICE, _ASK_BACK, _TELL_IF_NEEDED)),
        # what the home office found in it
        TaskKind("missing_inside", (_AT_RISK, _CALL_OFFICE, _TELL, _CLAIM, _RESUPPLY)),
        TaskKind("damaged_inside", (_AT_RISK, _CALL_OFFICE, _TELL_IF_NEEDED, _CLAIM, _RESUPPLY)),
        # what came back in the return envelope
        TaskKind("contents_differ", (_CALL_OFFICE, _ASK_BACK, _TELL_IF_NEEDED), "arrive"),
        # a case
        TaskKind("withdrawal", (_CALL_OFFICE, _ASK_BACK), "withdraw"),
        TaskKind("bad_rating", (_TELL,), "answer_rating"),
        # what the carrier tells
        TaskKind("signing_doubtful", (_CALL_OFFICE,)),
        TaskKind("signing_alarm", (_CALL_OFFICE, _CALL_CARRIER, _AT_RISK)),
        TaskKind("attempt_refused", (_CALL_OFFICE, _CALL_CARRIER)),
        TaskKind("attempt_address", (_VERIFY, _CALL_CARRIER)),
        TaskKind("mail_returning", (_CALL_CARRIER, _RECORD_BACK)),
        TaskKind("mail_vanished", (_CALL_CARRIER, _AT_RISK, _RECORD_LOSS)),
        TaskKind("mail_undone", (_CALL_CARRIER, _CALL_OFFICE)),
        TaskKind("mail_stuck", (_CALL_CARRIER,)),
    )
}

#: What the carrier's events raise (`tracking.Alarm`): answered once the envelope's own trouble is recorded.
OF_TRACKING = frozenset(
    {
        "signing_doubtful",
        "signing_alarm",
        "attempt_refused",
        "attempt_address",
        "address_changed",
        "intercepted",
        "mail_returning",
        "mail_vanished",
        "mail_undone",
        "mail_stuck",
    }
)
#: What a person says when ending a task by hand.
ENDINGS: Mapping[str, str] = {"settled": "已处理完", "false_alarm": "核实无异常", "given_up": "无法再查"}


def kind_of(code: str) -> TaskKind:
    """The kind of this code; one that an older program opened has no steps and is ended by hand."""
    return KINDS.get(code) or TaskKind(code, ())
