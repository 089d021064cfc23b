"""The legs 环节 of a case's way: between which moments each lies, how many days it has, and why.

A line is one of `statements/deadlines`. What a leg took, or still takes, `deadlines` counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.tracking import MailState
from workstation.store.protocols import Line

RULES = {
    "law": "法定",
    "agreement": "协议",
    "history": "以往",
    "setting": "本厅设置",
    "named": "写明的日期",
}
#: By the carrier's account it is not there and will not come; each of these is a task of its own.
_NOT_THERE = frozenset({MailState.RETURNING, MailState.RETURNED, MailState.LOST, MailState.CANCELED})


@dataclass(frozen=True)
class Leg:
    """One part of the way of a consignment."""

    code: str
    title: str
    began: Callable[[Line], int | None]
    ended: Callable[[Line], int | None]
    is_open: Callable[[Line], bool]
    setting: str = ""
    """Field of the policy that holds its days; empty: what the office has taken so far."""
    law: tuple[int, str] | None = None
    """The days that a law gives, and which."""
    agreed: str = ""
    """Its name in an agreement."""
    at_home: bool = False
    """Whether the home office's working days count, not ours."""


def _at(name: str) -> Callable[[Line], int | None]:
    return lambda line: line[name]


def _in(*states: str) -> Callable[[Line], bool]:
    return lambda line: line["state"] in states


def is_delivered(line: Line) -> bool:
    """Whether the carrier says 妥投."""
    return bool(line["mail_state"] == MailState.DELIVERED)


def _is_moving(line: Line) -> bool:
    """On its way under a waybill that the carrier may tell of."""
    told = line["mail_state"]
    return _is_out(line) and told is not None and told != MailState.DELIVERED and told not in _NOT_THERE


def _is_awaited(line: Line) -> bool:
    """Delivered, or nothing at all is told of it: then the way is counted too."""
    return _is_out(line) and line["mail_state"] in (None, MailState.NONE, MailState.DELIVERED)


def _is_out(line: Line) -> bool:
    return bool(line["state"] == S.HANDED_OVER and line["envelope_state"] == "handed_over")


def _delivered_at(line: Line) -> int | None:
    at: int | None = line["mail_at"] if is_delivered(line) else None
    return at


def _received_at(line: Line) -> int | None:
    """妥投 is when it can be expected to answer."""
    handed_over_at: int | None = line["handed_over_at"]
    return _delivered_at(line) or handed_over_at


def _answerable_at(line: Line) -> int | None:
    """When the office had everything: after a supplement it begins anew."""
    is_anew = line["corrected_at"] and line["state"] == S.ACKNOWLEDGED
    at: int | None = line["changed_at"] if is_anew else line["acknowledged_at"]
    return at


def _answered_at(line: Line) -> int | None:
    at: int | None = line["accepted_at"] or line["decided_at"] or line["returned_at"]
    return at


def _is_paper(line: Line) -> bool:
    return line["result_mode"] in (None, "paper")


LEGS: tuple[Leg, ...] = (
    Leg("seal", "通过→封装", _at("passed_at"), _at("sealed_at"), _in(S.PACKING), "seal_days", agreed="send"),
    Leg("pickup", "封装→揽收", _at("sealed_at"), _at("handed_over_at"), _in(S.SEALED), "pickup_days"),
    Leg("deliver", "揽收→妥投", _at("handed_over_at"), _delivered_at, _is_moving, "delivery_days"),
    Leg(
        "acknowledge",
        "妥投→属地签收",
        _received_at,
        _at("acknowledged_at"),
        _is_awaited,
        at_home=True,
    ),
    Leg(
        "answer",
        "属地签收→受理",
        _answerable_at,
        _answered_at,
        _in(S.ACKNOWLEDGED, S.HOME_CORRECTING),
        "answer_days",
        (5, "行政许可法第三十二条第四项"),
        agreed="check",
        at_home=True,
    ),
    Leg(
        "decide",
        "受理→决定",
        _at("accepted_at"),
        lambda line: line["decided_at"] or line["returned_at"],
        _in(S.ACCEPTED),
        "decision_days",
        (20, "行政许可法第四十二条"),
        at_home=True,
    ),
    Leg(
        "return",
        "决定→回寄",
        lambda line: line["decided_at"] if _is_paper(line) else None,
        _at("returned_at"),
        lambda line: line["state"] == S.DECIDED and _is_paper(line),
        "return_days",
        (10, "行政许可法第四十四条"),
        agreed="return",
        at_home=True,
    ),
    Leg(
        "arrive", "回寄→到窗", _at("returned_at"), _at("arrived_at"), _in(S.RESULT_RETURNING), "arrival_days"
    ),
    Leg(
        "serve",
        "到窗→送达",
        _at("arrived_at"),
        _at("served_at"),
        _in(S.RESULT_ARRIVED),
        "service_days",
    ),
    Leg(
        "serve_away",
        "决定→送达",
        lambda line: None if _is_paper(line) else line["decided_at"],
        _at("served_at"),
        lambda line: line["state"] == S.DECIDED and not _is_paper(line),
        "return_days",
        (10, "行政许可法第四十四条"),
        at_home=True,
    ),
)


def _legs(*codes: str) -> tuple[Leg, ...]:
    return tuple(leg for leg in LEGS if leg.code in codes)


#: Those that may run, by the state of the consignment.
BY_STATE: Mapping[str, tuple[Leg, ...]] = {
    S.PACKING: _legs("seal"),
    S.SEALED: _legs("pickup"),
    S.HANDED_OVER: _legs("deliver", "acknowledge"),
    S.ACKNOWLEDGED: _legs("answer"),
    S.HOME_CORRECTING: _legs("answer"),
    S.ACCEPTED: _legs("decide"),
    S.DECIDED: _legs("return", "serve_away"),
    S.RESULT_RETURNING: _legs("arrive"),
    S.RESULT_ARRIVED: _legs("serve"),
}
#: What is counted though no consignment is there yet, or although the day itself was named.
TITLES = {
    **{leg.code: leg.title for leg in LEGS},
    "review": "收件→审查",
    "tell": "收件→告知",
    "correct": "告知→补正",
    "deferred": "容缺后补",
    "pledged": "告知承诺",
    "defect": "错证缺证",
    "contact": "差评→联系",
    "answer_rating": "差评→答复",
}
