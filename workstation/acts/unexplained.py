"""What 日清 must not pass: envelopes, faces, batches and tasks of which nothing says why they are so.

Each is named with its place. An act settles it, or a supervisor explains it for that day, which the day's
sheet then shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from forms.identifiers import plain_text
from workstation.acts import checks, refusals, task_steps, whereabouts
from workstation.acts.desk import Desk
from workstation.acts.whereabouts import Whereabouts
from workstation.domain.day_close import CloseState, DayReason
from workstation.domain.envelope import BatchState, Envelope, Task
from workstation.domain.paper import PaperState
from workstation.domain.queue import ClaimState
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused, WrongUsage
from workstation.policies import MailPolicy
from workstation.store.statements import day_closes as sql
from workstation.store.statements import day_sheets as prints
from workstation.store.statements import papers as papers_sql
from workstation.store.work import Reading, Work

#: The kinds there are, in the order in which they are looked for.
KINDS: Mapping[str, str] = {"envelope": "封套", "face": "纸面", "batch": "交寄批次", "task": "待办"}
#: Where an envelope may not be overnight without a word; everything else about the mail explains itself.
_OF_MAIL = ("unexplained", "order_in_doubt", "no_waybill", "missed_pickup", "packing")
#: What is unexplained about a thing, and what settles it.
WHYS: Mapping[str, tuple[str, str]] = {
    "unexplained": whereabouts.REASONS["unexplained"],
    "order_in_doubt": whereabouts.REASONS["order_in_doubt"],
    "no_waybill": whereabouts.REASONS["no_waybill"],
    "missed_pickup": whereabouts.REASONS["missed_pickup"],
    "packing": ("装了袋，没有封装", "请封装，或作废重装"),
    "never_made": ("已登记出纸，没有做成", "请取出这张纸，做不成的按提示排除"),
    "unsure": ("不知打出没有", "请到打印队列确认打出没有"),
    "print_failed": ("没有打出", "请到打印队列重打或取消"),
    "batch_open": ("揽投员还没有交接完", "请交接完，没有走的逐个写明原因"),
    "task_idle": ("没有人动过", "请办一步、认领，或者了结这件待办"),
}
#: Why something may stay as it is overnight.
REASONS: Mapping[str, str] = {
    "next_pickup": "等下一次揽收",
    "next_day": "材料不齐，次日接着办",
    "carrier_asked": "已问寄递企业，等回话",
    "office_asked": "已问属地部门，等回话",
    "applicant_awaited": "等申请人",
    "equipment": "设备故障，已报修",
    "handed_on": "已交接给下一班",
    "other": "其他（须写明）",
}


@dataclass(frozen=True)
class Unexplained:
    """One thing that keeps the day from being closed, as long as nobody has explained it."""

    kind: str
    """A key of `KINDS`."""
    object: str
    """Number of the envelope, face or batch, id of the consignment that comes back, or of the task."""
    place: str
    """Where to look for it: shelf place, holder, window or printer."""
    why: str
    """A key of `WHYS`."""
    about: str = ""
    explained: DayReason | None = None
    """What a supervisor has said of this trouble for that day."""

    @property
    def said(self) -> str:
        """What is unexplained about it, in words."""
        told, _ = WHYS[self.why]
        return f"{told}：{self.about}" if self.about else told

    @property
    def then(self) -> str:
        """What settles it."""
        return WHYS[self.why][1]


def listed(desk: Desk, *, policy: MailPolicy, day: str | None = None) -> list[Unexplained]:
    """What would keep this day (today, if none is named) from being closed now, and what was explained."""
    desk.signed_in()
    now = desk.store.now()
    with desk.reading() as reading:
        return found(reading, now, policy=policy, day=day)


def found(reading: Reading, now: int, *, policy: MailPolicy, day: str | None = None) -> list[Unexplained]:
    """The same inside a transaction."""
    day = day or today(now)
    reasons = {(one.kind, one.object): one for one in reading.day_reasons.where(day=day)}
    return [_with_reason(one, reasons) for one in _all(reading, now, policy)]


def today(now: int) -> str:
    """The day of a moment, YYYY-MM-DD."""
    return local(now).date().isoformat()


def _with_reason(one: Unexplained, reasons: Mapping[tuple[str, str], DayReason]) -> Unexplained:
    said = reasons.get((one.kind, one.object))
    # What was said of one trouble says nothing of another that the same thing has got since.
    return replace(one, explained=said) if said and said.why == one.why else one


def _all(reading: Reading, now: int, policy: MailPolicy) -> Iterator[Unexplained]:
    mail = [one for one in whereabouts.lying(reading, now, policy=policy) if _is_ours_to_say(one)]
    for one in sorted(mail, key=lambda one: (_OF_MAIL.index(one.reason), one.leg, one.number)):
        yield Unexplained("envelope", one.number, _lies(reading, one), one.reason, _about(one))
    yield from _faces(reading)
    for batch in reading.batches.query(sql.OPEN_BATCHES, state=BatchState.OPEN):
        place = f"{batch.window} 号窗口，揽投员 {batch.courier}"
        yield Unexplained("batch", batch.number, place, "batch_open")
    yield from _tasks(reading)


def _is_ours_to_say(one: Whereabouts) -> bool:
    """What a home office has posted, it may have posted without telling a number."""
    return one.reason in _OF_MAIL and (one.leg, one.reason) != ("back", "no_waybill")


def _about(one: Whereabouts) -> str:
    return one.about if one.reason in ("unexplained", "order_in_doubt") else ""


def _lies(reading: Reading, one: Whereabouts) -> str:
    """A shelf place or a holder; what comes back is with its office or on its way."""
    envelope = reading.envelopes.get(one.number) if one.leg == "out" else None
    if envelope is None:
        return f"{one.office}，回寄途中"
    return _held(envelope)


def _held(envelope: Envelope) -> str:
    if envelope.holder == "shelf" and envelope.place:
        return f"{envelope.window} 号窗口，货位 {envelope.place}"
    return " ".join(filter(None, (f"{envelope.window} 号窗口，{word(envelope.holder)}", envelope.holder_ref)))


def _faces(reading: Reading) -> Iterator[Unexplained]:
    for paper in reading.papers.query(papers_sql.PROMISED):
        if paper.sheet is None:
            place = f"打印机“{paper.printer}”" if paper.printer else f"{paper.window} 号窗口的出纸盘"
            yield Unexplained("face", paper.number, place, "never_made", word(paper.kind))
    for job in reading.print_jobs.query(prints.UNCLEAR_PRINTS):
        face = reading.papers.get(job.paper)
        if face and face.state != PaperState.VOID:
            yield Unexplained("face", face.number, f"打印机“{job.printer}”", job.state, word(face.kind))


def _tasks(reading: Reading) -> Iterator[Unexplained]:
    claimed = {claim.object for claim in reading.claims.where(state=ClaimState.CLAIMED)}
    for task in reading.tasks.where(state="open"):
        if not {task.id, task.object} & claimed and not any(p.done for p in task_steps.of(reading, task)):
            yield Unexplained("task", task.id, _where(reading, task), "task_idle", word(task.kind))


def _where(reading: Reading, task: Task) -> str:
    """Where what it is about lies, if that is an envelope."""
    envelope = reading.envelopes.get(task.object)
    if envelope is None:
        return f"办件 {task.object}"
    return f"封套 {envelope.number}，{_held(envelope)}"


@dataclass(frozen=True)
class Said:
    """Why something may stay as it is: a key of `REASONS`, and a note where that says too little."""

    reason: str
    note: str | None = None


def explain(
    desk: Desk, kind: str, object_: str, said: Said, *, policy: MailPolicy, day: str | None = None
) -> DayReason:
    """说明过夜事项: why something unexplained may stay as it is over a day (today, if none is named)."""
    checks.one_of("kind", kind, tuple(KINDS))
    reason = checks.one_of("reason", said.reason, tuple(REASONS))
    note = checks.field("note", plain_text.validate, said.note) if said.note else None
    if reason == "other" and note is None:
        raise note_missing()
    with desk.act("explain_day") as work:
        day = known_day(day, work.now)
        not_closed(work, day)
        one = next((u for u in _all(work, work.now, policy) if (u.kind, u.object) == (kind, object_)), None)
        if one is None:
            raise _not_unexplained(kind, object_)
        work.object = object_
        work.facts = {"day": day, "kind": kind, "why": one.why, "reason": reason}
        return _written(work, DayReason(f"{day}:{kind}:{object_}", day, kind, object_, one.why, reason, note))


def _written(work: Work, said: DayReason) -> DayReason:
    former = work.day_reasons.get(said.id)
    if former is None:
        return work.day_reasons.add(said)
    return work.day_reasons.save(replace(former, why=said.why, reason=said.reason, note=said.note))


def known_day(day: str | None, now: int) -> str:
    """A day that has come: today, if none is named."""
    there = today(now)
    day = checks.day("day", day) if day else there
    if day > there:
        raise day_to_come(day, there)
    return day


def not_closed(reading: Reading, day: str) -> None:
    """Refused for a day that has been closed 日清."""
    for close in reading.day_closes.where(day=day, state=CloseState.DAY_CLOSED):
        raise refusals.day_closed(close)


def day_to_come(day: str, today: str) -> Refused:
    """Nobody can say yet how that day ends."""
    return Refused(
        "day-to-come",
        what=f"{day} 还没有到，没有日清单。",
        why=f"账上的今天是 {today}。",
        next="请写今天或者以前的日期。（命令：--day）",
    )


def note_missing() -> WrongUsage:
    """Another reason than those listed has to be told."""
    then = "请写明为什么可以过夜，不写姓名和证件号码。（命令：--note）"
    return checks.usage("note-missing", "事由是“其他”，没有写明。", then)


def _not_unexplained(kind: str, object_: str) -> Refused:
    return Refused(
        "not-unexplained",
        what=f"{KINDS[kind]} {refusals.shown(object_)} 不用说明，没有记。",
        why="它不在说不清的事项里：已经核清，或者编号不对。",
        next="请从说不清的事项里选。（命令：day unexplained）",
    )
