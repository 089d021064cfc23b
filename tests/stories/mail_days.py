"""The seven days of the week of the mail, hour by hour, and how the platform misbehaves on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import stamina

from tests import builders
from tests.stories import mail_people
from tests.stories.mail_week import DAYS, POLICY, TOO_SLOW, WORKING_DAYS, Parcel, Week
from workstation.acts import whereabouts
from workstation.acts.tracking import OVERTAKEN
from workstation.domain.envelope import Envelope

THURSDAY = 3
ORDER, CANCEL, TRACK = "020003", "020006", "040001"
#: Every misbehaviour of the simulator. After those spared nothing was carried out.
SHAPES = (
    "slow",
    "cut_within",
    "status_500",
    "malformed",
    "redirect",
    "not_string",
    "page",
    "bodyless",
    "cut_before",
    "in_array",
    "cut_after",
    "refuse",
)


def _alternating(on: str, *shapes: str) -> list[dict[str, Any]]:
    """About every second request of a kind meets one of these, each once."""
    return [
        {"on": on, "do": shape, "times": 1, "every": every, "seconds": TOO_SLOW}
        for every, shape in enumerate(shapes, start=2)
    ]


def _unread(every: int) -> dict[str, Any]:
    return {"on": "unread", "do": "cut_before", "times": 1, "every": every}


SCRIPTS: Mapping[int, Mapping[str, Any]] = {
    0: {"rules": [*_alternating(ORDER, *SHAPES), _unread(5)], "clock_skew": 75},
    1: {
        "rules": [*_alternating(ORDER, "cut_after", "bodyless"), *_alternating(TRACK, *SHAPES)],
        "repeat": "duplicate",
        "clock_skew": -120,
    },
    2: {
        "rules": [
            {"on": CANCEL, "do": "cut_after", "times": 1},
            {"on": CANCEL, "do": "refuse", "times": 1},
            *_alternating(TRACK, *SHAPES),
        ],
        "not_found": "refused",
    },
    3: {
        "rules": [
            {"on": ORDER, "do": "status_500", "times": POLICY.tries},  # of every order of the day
            {"on": CANCEL, "do": "status_500", "times": 1},
            {"on": TRACK, "do": "status_500", "times": 4},
            _unread(7),
        ],
    },
    4: {"rules": [{"on": TRACK, "do": "refuse", "times": 3}], "clock_skew": 3600},
    5: {"rules": [{"on": "*", "do": "slow", "seconds": 0.05, "times": 3}]},
    6: {},
}


def played(*weeks: Week) -> None:
    """Monday to Sunday night, in several halls at a time."""
    stamina.set_testing(True, attempts=3, cap=True)  # tries follow each other at once
    try:
        with builders.no_ink(), ThreadPoolExecutor(len(weeks)) as pool:
            list(pool.map(_played, weeks))
    finally:
        stamina.set_testing(False)


def _played(week: Week) -> None:
    for day in DAYS:
        _night(week, day)
        _day(week, day)
        _evening(week, day)


def _night(week: Week, day: int) -> None:
    for hour in ("03:00", "06:30"):
        week.at(day, hour)
        week.worked_off()
    week.line.platform.set_script(_script(week, day))


def _script(week: Week, day: int) -> dict[str, Any]:
    script = {"plots": ["none"], **SCRIPTS[day]}
    if day == THURSDAY:
        ordered = sum(plan.day == day and plan.labelled for plan in week.plans)
        spent, *others = script["rules"]
        script["rules"] = [{**spent, "times": spent["times"] * ordered}, *others]
    return script


def _day(week: Week, day: int) -> None:
    is_at_work = day in WORKING_DAYS
    week.at(day, "08:30")
    _looked_after(week)
    for hour, courier in (("09:30", "11:00"), ("14:00", "16:00"), ("16:30", "")):
        week.at(day, hour)
        week.sealed(day, hour)
        week.worked_off()
        if courier and is_at_work:
            week.at(day, courier)
            week.picked_up(day, of_today=courier == "16:00")


def _evening(week: Week, day: int) -> None:
    """Whoever is on late duty looks through the outbox until nothing in it waits for anybody."""
    week.at(day, "20:05")
    week.worked_off()
    week.at(day, "21:30")
    for _ in range(4):
        _looked_after(week)
        week.worked_off()
    week.unexplained += whereabouts.report(week.desks[0], policy=POLICY).unexplained


def _looked_after(week: Week) -> None:
    mail_people.outbox_looked_through(week)
    for parcel in week.parcels:
        week.attended(parcel)


@dataclass(frozen=True)
class Ending:
    """How a parcel stands when the week is over, without times, numbers, and how often it was tried."""

    case: str
    consignment: str
    envelopes: tuple[tuple[str, str, str | None], ...]
    """Of each that it was in: state, state of its parcel by the carrier's account, state of its order."""
    back: str
    """The same account of the way back."""
    tasks: tuple[tuple[str, str], ...]
    """Kind and outcome of each; those that later events have overtaken depend on when one asked."""
    reasons: tuple[str, ...]
    """What explains its envelopes and its result."""


def endings(week: Week) -> dict[str, Ending]:
    """How each parcel stands, by its name."""
    found = whereabouts.report(week.desks[0], policy=POLICY)
    reasons = {line.number: line.reason for line in found.lines}
    return {parcel.plan.name: _ending(parcel, reasons) for parcel in week.parcels}


def _ending(parcel: Parcel, reasons: Mapping[str, str]) -> Ending:
    envelopes = parcel.envelopes
    lines = [*(envelope.number for envelope in envelopes), f"{parcel.case}-1"]
    tasks = [(task.kind, task.outcome or task.state) for task in mail_people.all_tasks(parcel)]
    return Ending(
        case=builders.case_of(parcel.desk, parcel.case).state,
        consignment=parcel.consignment.state,
        envelopes=tuple(_of_envelope(parcel, envelope) for envelope in envelopes),
        back=parcel.mail_state("back"),
        tasks=tuple(sorted(task for task in tasks if task[1] != OVERTAKEN)),
        reasons=tuple(reasons[line] for line in lines if line in reasons),
    )


def _of_envelope(parcel: Parcel, envelope: Envelope) -> tuple[str, str, str | None]:
    order = parcel.order(envelope.number)
    with parcel.desk.reading() as reading:
        live = reading.waybills.where(object=envelope.number, state="live")
    return envelope.state, live[0].mail_state if live else "", order.state if order else None
