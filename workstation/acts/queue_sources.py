"""Where the lines of the queue come from: timers, silence, places, tasks, orders, prints and the journal."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from workstation.acts import (
    batches,
    bypass,
    deadlines,
    orders,
    queue_events,
    silence,
    whereabouts,
    year_tables,
)
from workstation.acts.deadline_legs import TITLES
from workstation.acts.deadlines import Timer
from workstation.acts.queue_events import of_envelope
from workstation.acts.queue_lines import Line, Policies, a_line, case_of
from workstation.acts.silence import Silent
from workstation.domain.mail import MailOrder
from workstation.domain.tasks import kind_of
from workstation.domain.times import DAY_MS, beginning_of_day, local, minute
from workstation.domain.tracking import MailState
from workstation.domain.words import word
from workstation.store.protocols import Line as Found
from workstation.store.statements import queue as sql
from workstation.store.work import Reading


def gathered(reading: Reading, now: int, policies: Policies) -> Iterator[Line]:
    """Every line there is a reason for; a thing perhaps for several."""
    look = _Look(reading, now, policies)
    for source in _SOURCES:
        yield from source(look)
    yield from queue_events.happened(reading, look.looked_back)


@dataclass
class _Look:
    """One look at the hall; what several sources ask is read once."""

    reading: Reading
    now: int
    policies: Policies

    @cached_property
    def timers(self) -> list[Timer]:
        """Every clock that runs."""
        policies = self.policies
        found = deadlines.timers(self.reading, self.now, policies.deadline, others=policies.others)
        return [timer for timer in found if timer.due and not timer.paused]

    @cached_property
    def clerks(self) -> dict[str, str]:
        """Whose an open case is."""
        return {timer.case_number: timer.clerk for timer in self.timers if timer.case_number}

    @cached_property
    def offices(self) -> dict[str, str]:
        """Where an open case goes, or the first of several home offices."""
        found = self.reading.lines(sql.OFFICES)
        return {line["case_number"]: line["office_name"] for line in found}

    def timer_of(self, leg: str) -> dict[str, Timer]:
        """The clocks of one leg, by what they are about."""
        return {timer.object: timer for timer in self.timers if timer.leg == leg}

    @cached_property
    def looked_back(self) -> int:
        """Since when what happened is still shown: so many working days before today, and today."""
        calendar, back = year_tables.here(self.reading), self.policies.queue.looked_back_days
        first = calendar.working_days_before(local(self.now).date(), back)[0]
        days = (local(self.now).date() - first).days
        return beginning_of_day(self.now) - days * DAY_MS


# --- at the counter


def _unreviewed(look: _Look) -> Iterator[Line]:
    for found in look.reading.lines(sql.UNREVIEWED):
        yield a_line(
            "unreviewed",
            found["number"],
            since=found["registered_at"],
            told=f"{minute(found['registered_at'])} 收件，还没有审查",
            case_number=found["number"],
            office=found["office_name"] or "",
            by=found["clerk"],
        )


def _untold(look: _Look) -> Iterator[Line]:
    """Found failing, and no notice since."""
    failing: dict[str, list[Found]] = defaultdict(list)
    for found in look.reading.lines(sql.FAILING):
        failing[found["number"]].append(found)
    for number, rows in failing.items():
        names = tuple(row["row_id"] for row in rows)
        since = bypass.untold_since(look.reading.journal_of(number), names)
        if since is not None:
            yield a_line(
                "untold",
                number,
                since=since,
                told=f"{len(rows)} 行不符，{minute(since)} 审出，还没有一次性告知",
                case_number=number,
                office=rows[0]["office_name"] or "",
                by=rows[0]["clerk"],
            )


def _defects(look: _Look) -> Iterator[Line]:
    """错证缺证 that nobody has closed; what is over first."""
    timers = look.timer_of("defect")
    for found in look.reading.lines(sql.DEFECTS):
        timer = timers.get(found["id"])
        yield a_line(
            "licence_open",
            found["id"],
            since=found["sent_at"],
            told=f"{word(found['kind'])}，限 {found['due']} 前更正",
            case_number=found["case_number"],
            office=found["office_name"] or "",
            due=datetime.date.fromisoformat(found["due"]),
            left=timer.left if timer else None,
            by=found["opened_by"],
        )


# --- by time


class _Leg(NamedTuple):
    """What it means that a clock has run out, and what stops it."""

    reason: str
    act: str
    screen: str


#: Told with their line of another reason, however they stand.
_TOLD_WITH = frozenset({"defect", "contact", "answer_rating"})
_LEGS = {
    "tell": _Leg("overdue", "notice", "review"),
    "review": _Leg("overdue", "review", "review"),
    "correct": _Leg("overdue", "lapse", "case"),
    "seal": _Leg("overdue", "seal", "sealing"),
    "pickup": _Leg("missed_pickup", "hand_over", "case"),
    "deliver": _Leg("not_delivered", "trouble", "parcels"),
    "acknowledge": _Leg("silent", "acknowledge", "arrivals"),
    "answer": _Leg("overdue", "home_accept", "arrivals"),
    "decide": _Leg("overdue", "decide", "arrivals"),
    "return": _Leg("result_overdue", "result_return", "arrivals"),
    "arrive": _Leg("result_overdue", "arrive", "arrivals"),
    "serve": _Leg("unclaimed", "serve", "serving"),
    "serve_away": _Leg("overdue", "serve", "serving"),
    "deferred": _Leg("deferred_missing", "resubmit", "review"),
    "pledged": _Leg("deferred_missing", "resubmit", "review"),
}


def _timed(look: _Look) -> Iterator[Line]:
    """What is over, and what soon will be."""
    for timer in look.timers:
        if timer.left <= look.policies.deadline.soon_days and not _is_told_elsewhere(look, timer):
            leg = _LEGS[timer.leg]
            yield _of_timer(look, timer, leg, leg.reason if timer.left < 0 else "due_soon")


def _is_told_elsewhere(look: _Look, timer: Timer) -> bool:
    """By a source that knows more of it: an office's silence, the courier's rounds."""
    if timer.leg == "pickup":
        return bool(look.policies.mail.cut_offs)
    return timer.leg in _TOLD_WITH or (timer.leg == "acknowledge" and timer.left < 0)


def _of_timer(look: _Look, timer: Timer, leg: _Leg, reason: str) -> Line:
    doubt = "（暂计）" if timer.provisional else ""
    days = f"超 {-timer.left} 个工作日" if timer.left < 0 else f"还剩 {timer.left} 个工作日"
    return a_line(
        reason,
        timer.object,
        since=timer.since,
        told=f"{TITLES[timer.leg]}{days}{doubt}",
        case_number=timer.case_number,
        office=timer.office_name or look.offices.get(timer.case_number, ""),
        due=timer.due,
        left=timer.left,
        by=timer.clerk,
        act=leg.act,
        screen=leg.screen,
        opens=_opened_by(look, timer, leg.screen),
    )


def _opened_by(look: _Look, timer: Timer, screen: str) -> str:
    """What a screen knows it by: a parcel by its envelope, most by the case."""
    if screen == "parcels" and (consignment := look.reading.consignments.get(timer.object)):
        return consignment.envelope or timer.object
    return timer.object if screen in _BY_CONSIGNMENT else timer.case_number


#: Screens that know a consignment by its id.
_BY_CONSIGNMENT = frozenset({"arrivals", "parcels", "sealing"})


# --- on the way


def _owed(look: _Look) -> Iterator[Line]:
    """Offices that keep silent, and parcels that have come and nobody has acknowledged."""
    for owed in silence.owed(look.reading, look.now, days=look.policies.mail.silent_days):
        if owed.awaited == "receipt" and owed.mail_state not in _AT_OFFICE:
            continue  # it is still the carrier's
        if owed.over > 0:
            yield _silent(look, owed, "result_overdue" if owed.awaited == "result" else "silent")
        elif owed.awaited == "receipt" and owed.mail_state == MailState.DELIVERED:
            yield _silent(look, owed, "unacknowledged")


#: The carrier tells nothing of it, or that it has come.
_AT_OFFICE = frozenset({MailState.NONE, MailState.DELIVERED})
#: What ends an office's silence, by what is awaited of it.
_ANSWERED = {"receipt": "acknowledge", "answer": "home_accept", "result": "result_return"}


def _silent(look: _Look, owed: Silent, reason: str) -> Line:
    doubt = "（暂计）" if owed.provisional else ""
    asked = f"，已催办 {owed.dunned} 次" if owed.dunned else ""
    return a_line(
        reason,
        owed.consignment,
        since=owed.since,
        told=f"等{silence.AWAITED[owed.awaited]}，已等 {owed.waited} 个工作日{doubt}，"
        f"通常按{owed.usual.told}{asked}",
        case_number=owed.case_number,
        office=owed.office_name,
        left=-owed.over,
        by=look.clerks.get(owed.case_number, ""),
        act=_ANSWERED[owed.awaited],
        opens=owed.consignment,
    )


def _missed(look: _Look) -> Iterator[Line]:
    """Sealed before a pickup, and still here after it."""
    for ready in batches.ready_at(look.reading, look.now, cut_offs=look.policies.mail.cut_offs):
        if ready.is_missed:
            about = of_envelope(look.reading, ready.number)
            yield a_line(
                "missed_pickup",
                ready.number,
                since=ready.sealed_at,
                told=f"{minute(ready.cut_off)} 应揽未揽，在货位 {ready.place or '（没有写）'}",
                by=look.clerks.get(about.get("case_number", ""), ""),
                **about,
            )


def _unexplained(look: _Look) -> Iterator[Line]:
    """What nobody can say the place of."""
    for found in whereabouts.lying(look.reading, look.now, policy=look.policies.mail):
        if found.reason == "unexplained":
            outward = found.leg == "out"
            record = (look.reading.envelopes if outward else look.reading.consignments).get(found.number)
            of_result = {"case_number": case_of(found.number), "office": found.office}
            yield a_line(
                "unexplained",
                found.number,
                since=record.changed_at if record else 0,
                told=found.said,
                act="trouble" if outward else "arrive",
                opens=found.number,
                **(of_envelope(look.reading, found.number) if outward else of_result),
            )


# --- what asks for somebody by itself


def _tasks(look: _Look) -> Iterator[Line]:
    timers = look.timer_of("answer_rating") | look.timer_of("contact")
    for found in look.reading.lines(sql.TASKS):
        bad_rating = found["kind"] == "bad_rating"
        timer = timers.get(found["id"])
        case = found["case_number"] or case_of(found["inside"] or found["object"])
        yield a_line(
            "bad_rating" if bad_rating else "trouble",
            found["id"],
            since=found["opened_at"],
            told=f"{word(found['kind'])}，{minute(found['opened_at'])} 发现",
            case_number=case,
            office=found["office_name"] or found["envelope_office"] or "",
            due=timer.due if timer else None,
            left=timer.left if timer else None,
            by=found["opened_by"],
            act=kind_of(found["kind"]).ended_by or "end_task",
            opens=case if bad_rating else found["object"],
        )


def _orders(look: _Look) -> Iterator[Line]:
    """What nothing more happens to by itself."""
    for found in look.reading.lines(sql.ORDERS):
        inside, office = found["inside"], found["office_name"]
        order = MailOrder(**{name: found[name] for name in _OF_ORDER})
        if orders.needs_person(order):
            why, _ = orders.reason(order)
            yield a_line(
                "order_stuck",
                order.id,
                since=order.asked_at,
                told=f"{word(order.state)}：{why}" if why else word(order.state),
                case_number=case_of(inside or ""),
                office=office or "",
                by=order.asked_by,
                act=_UNSTUCK.get(order.state, "resolve_order"),
                opens="",
            )


_OF_ORDER = (
    "id",
    "envelope",
    "carrier",
    "state",
    "window",
    "asked_at",
    "asked_by",
    "next_try_at",
    "reason",
)
_UNSTUCK = {
    "order_refused": "retry_order",
    "cancel_refused": "confirm_cancel",
    "cancel_unsure": "confirm_cancel",
}


def _prints(look: _Look) -> Iterator[Line]:
    for found in look.reading.lines(sql.PRINTS):
        yield a_line(
            "print_unclear",
            found["id"],
            since=found["queued_at"],
            told=f"{_face(found)}，打印机“{found['printer']}”：{word(found['state'])}",
            case_number=found["case_number"] or "",
            by=found["queued_by"],
            act="confirm_print" if found["state"] == "unsure" else "move_print",
            opens="",
        )


def _face(found: Found) -> str:
    return f"{word(found['kind']) if found['kind'] else '纸面'} {found['paper']}"


def _waiting(look: _Look) -> Iterator[Line]:
    for found in look.reading.lines(sql.WAITING):
        yield a_line(
            "waiting",
            found["id"],
            since=found["at"],
            told=f"“{word(found['act'])}”等第二人确认，{found['by']} {minute(found['at'])} 办",
            case_number=case_of(found["object"]),
            by=found["by"],
            opens="",
        )


_SOURCES: tuple[Callable[[_Look], Iterator[Line]], ...] = (
    _unreviewed,
    _untold,
    _defects,
    _timed,
    _owed,
    _missed,
    _unexplained,
    _tasks,
    _orders,
    _prints,
    _waiting,
)
