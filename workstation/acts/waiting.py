"""待确认: in a hall with one clerk an act that needs a second person waits for one (design §5)."""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from workstation.acts import refusals
from workstation.acts.desk import Desk, still_waiting
from workstation.domain.people import User, Waiting
from workstation.domain.roles import NEVER_WAITS, Role
from workstation.errors import Refused
from workstation.store.work import Reading

P = ParamSpec("P")
R = TypeVar("R")

_ACTS: dict[str, Callable[..., Any]] = {}
#: Where acts that may wait stand: who confirms may be the first in this process to ask for one.
_MODULES = (
    "departures",
    "handover",
    "home",
    "identification",
    "notices",
    "orders",
    "packing",
    "results",
    "waybills",
)


class Waits(Exception):
    """Not done yet: the act is recorded as waiting for its second person. No refusal and no fault."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.id)
        self.waiting = waiting


def waits(
    act: str,
) -> Callable[[Callable[Concatenate[Desk, str, P], R]], Callable[Concatenate[Desk, str, P], R]]:
    """Mark an act whose keyword arguments are plain values: without its second person it may wait."""

    def mark(function: Callable[Concatenate[Desk, str, P], R]) -> Callable[Concatenate[Desk, str, P], R]:
        @functools.wraps(function)
        def done_or_waiting(desk: Desk, number: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(desk, number, *args, **kwargs)
            except refusals.SecondMissing as missing:
                raise _without_second(desk, act, number, missing=missing, arguments=kwargs) from None

        _ACTS[act] = done_or_waiting
        return done_or_waiting

    return mark


def _without_second(
    desk: Desk, act: str, number: str, *, missing: refusals.SecondMissing, arguments: dict[str, Any]
) -> Refused | Waits:
    if missing.act in NEVER_WAITS or not _has_one_clerk(desk):
        return missing
    with desk.act(act) as work:
        work.object = number
        work.facts = {"waits": True}
        count = len(work.waiting.where(object=number)) + 1
        waiting = Waiting(
            id=f"{number}-w{count}",
            act=act,
            object=number,
            by=desk.signed_in().code,
            at=work.now,
            window=desk.window,
            state="waiting",
            arguments=json.dumps(arguments, ensure_ascii=False, sort_keys=True),
        )
        return Waits(work.waiting.add(waiting))


def _has_one_clerk(desk: Desk) -> bool:
    with desk.reading() as reading:
        return len(reading.users.where(role=Role.CLERK, state="active")) == 1


def listed(desk: Desk) -> list[Waiting]:
    """The acts that wait for a second person."""
    with desk.reading() as reading:
        return reading.waiting.where(state="waiting")


def confirm(desk: Desk, waiting_id: str) -> Any:
    """Carry out a waiting act; who is signed in, by password, is its second person."""
    confirming = desk.signed_in()
    with desk.reading() as reading:
        waiting = still_waiting(reading, waiting_id)
        operator = _operator(reading, waiting)
    acting = desk.now_as(operator, confirming, waiting_id)
    return known()[waiting.act](acting, waiting.object, **json.loads(waiting.arguments or "{}"))


def known() -> Mapping[str, Callable[..., Any]]:
    """Acts that may wait, by name: what `confirm` calls again."""
    for module in _MODULES:
        importlib.import_module(f"workstation.acts.{module}")
    return _ACTS


def drop(desk: Desk, waiting_id: str) -> Waiting:
    """Take a waiting act off the list undone: it has become needless, or impossible."""
    with desk.act("drop") as work:
        waiting = still_waiting(work, waiting_id)
        work.object = waiting.object
        work.facts = {"act": waiting.act}
        by = desk.signed_in().code
        dropped = replace(waiting, state="dropped", ended_at=work.now, ended_by=by, arguments=None)
        return work.waiting.save(dropped)


def _operator(reading: Reading, waiting: Waiting) -> User:
    operator = reading.users.get(waiting.by)
    if operator is None:
        raise refusals.not_found("user", waiting.by)
    return operator
