"""身份核验: who was looked at, how, with what outcome; by hand only with a second person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forms.identifiers import plain_text
from workstation.acts import checks, steps
from workstation.acts.desk import Desk
from workstation.acts.waiting import waits
from workstation.domain.case import Case, Identity
from workstation.store.work import Work

METHODS = ("in_person", "manual")
"""人证目视核对 · 人工录入（无法读证）."""
OUTCOMES = ("passed", "failed")
SUBJECTS = ("applicant", "agent")


@waits("identify")
def identify(
    desk: Desk,
    number: str,
    *,
    method: str,
    outcome: str,
    subject: str = "applicant",
    reason: str | None = None,
) -> Case:
    """Record one identity act; the document's check digit proves nothing about its bearer (domain §5.3)."""
    checks.one_of("method", method, METHODS)
    checks.one_of("outcome", outcome, OUTCOMES)
    checks.one_of("subject", subject, SUBJECTS)
    reason = checks.field("reason", plain_text.validate, reason) if reason else None
    if method == "manual" and reason is None:
        raise checks.usage("reason-missing", "人工录入身份没有写明原因。", "请用 --reason 写明为何不能读证。")
    with desk.act("identify") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "identify")
        if subject == "agent":
            checks.has_agent(case)
        after_failure = case.identity == "failed" and outcome == "passed"
        second = desk.confirmed("identify") if method == "manual" or after_failure else None
        note(work, case, Look(method, outcome, subject), second=second, reason=reason)
        work.facts = {"method": method, "outcome": outcome, "subject": subject}
        return work.cases.save(replace(case, identity=outcome))


@dataclass(frozen=True)
class Look:
    """One look at a person's document and face."""

    method: str
    outcome: str
    subject: str


def note(
    work: Work, case: Case, look: Look, *, second: str | None = None, reason: str | None = None
) -> Identity:
    """Write a look down, in whatever act it was taken."""
    count = len(work.identities.where(case_number=case.number)) + 1
    return work.identities.add(
        Identity(
            id=f"{case.number}-i{count}",
            case_number=case.number,
            at=work.now,
            by=work.stamp.operator or "",
            second=second,
            reason=reason,
            **vars(look),
        )
    )
