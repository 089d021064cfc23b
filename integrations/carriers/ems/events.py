"""What the 237 event codes of EMS mean to us; the table lies beside, its origin in SOURCE.md.

An unknown code is kept and shown as it came, and moves nothing. Effects and grades are plain words, the same
as in the workstation's `domain/tracking.py`, which folds events to the state of a parcel.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

DELIVERED = "704"
ATTEMPTED = "705"
UNKNOWN = "unknown"
"""Effect of a code that is not in the table."""

# The table lists the sub-codes of 704 and 705 as rows of their own, under these names.
_PREFIXES = {DELIVERED: "signed:", ATTEMPTED: "unsigned:"}
_CANCELS = re.compile(r"事件冲销：作废 ([0-9A-Z/]+)")

_PICKED_UP = "picked_up"
_IN_TRANSIT = "in_transit"
_ATTEMPT_FAILED = "attempt_failed"
_AWAITING_PICKUP = "awaiting_pickup"
_DELIVERED = "delivered"
_RETURNING = "returning"
_ADDRESS_CHANGED = "address_changed"
_INTERCEPTED = "intercepted"
_LOST = "mail_lost"
_NOTHING = ""

# From the states of the source; those of customs are not here, for they move no parcel.
_BY_OLTS = {
    "picked_up": _PICKED_UP,
    "transferred_to_carrier": _IN_TRANSIT,
    "in_transit": _IN_TRANSIT,
    "departed_from_hub": _IN_TRANSIT,
    "arrived_at_hub": _IN_TRANSIT,
    "arrived_at_destination": "arrived_destination",
    "out_for_delivery": "out_for_delivery",
    "delivery_attempted": _ATTEMPT_FAILED,
    "recipient_unavailable": _ATTEMPT_FAILED,
    "address_issue": _ATTEMPT_FAILED,
    "refused": _ATTEMPT_FAILED,
    "awaiting_pickup": _AWAITING_PICKUP,
    "delivery_to_locker": _AWAITING_PICKUP,
    "delivered": _DELIVERED,
    "return_initiated": _RETURNING,
    "in_return_transit": _RETURNING,
    "returned_to_sender": "returned_to_sender",
    "order_cancelled": "mail_canceled",
    "exception": "exception",
    "lost": _LOST,
}

# Where the source's state says less than the text, or something else.
_BY_HAND = {
    "208": _PICKED_UP,
    "723": _AWAITING_PICKUP,
    **dict.fromkeys(("756", "802", "803", "unsigned:11", "unsigned:12"), _ADDRESS_CHANGED),
    **dict.fromkeys(("013", "993"), _INTERCEPTED),
    "unsigned:16": _ATTEMPT_FAILED,
    "signed:180": _LOST,
    # 退运 and 退回 may have only begun; that a parcel is back at its sender is said by 711 alone.
    **dict.fromkeys(("C_009", "O_011"), _RETURNING),
    # Planned, weighed again or hinted at; and messages between posts about a parcel (ITMATT, M53, M54).
    **dict.fromkeys(("499", "991", "O_020", "552", "553", "554", "555", "556", "557", "558"), _NOTHING),
}

# A delivery whose code is not here, or missing, is one nobody can judge; in a box (90, 181) it may still lie.
_UNCLEAR = "signed_unclear"
_GRADES = {
    **dict.fromkeys(("signed:10", "signed:162"), "signed_person"),
    **dict.fromkeys(("signed:20", "signed:60", "signed:70", "signed:160"), "signed_reception"),
    **dict.fromkeys(("signed:30", "signed:50", "signed:80", "signed:150", "signed:161"), "signed_left"),
    **dict.fromkeys([f"signed:{code}" for code in range(163, 170)], "signed_left"),
    "signed:180": "signed_lost",
    **dict.fromkeys(("unsigned:7", "O_012"), "attempt_refused"),
    **dict.fromkeys(("unsigned:1", "unsigned:2", "unsigned:3", "unsigned:5"), "attempt_address"),
}


@dataclass(frozen=True)
class Meaning:
    """What an event says of its parcel."""

    name: str
    """The carrier's own words for the code; empty for an unknown one."""
    effect: str
    """The state it brings; empty: it moves nothing; `UNKNOWN`: nobody knows, so it moves nothing either."""
    cancels: tuple[str, ...] = ()
    """Codes one earlier event of which it makes void."""
    grade: str = ""
    """How good a delivery is, or why there was none."""
    known: bool = True


@lru_cache(maxsize=2048)
def meaning(code: str, sub: str = "") -> Meaning:
    """What `code` means, with the deliverCode of a 704 or the attemptDeliveryCode of a 705."""
    table = _table()
    code, sub = parts(code, sub)
    plain = table.get(code, Meaning("", UNKNOWN, known=False))
    finer = table.get(_PREFIXES.get(code, "") + sub) if code in _PREFIXES and sub else None
    if finer is None:
        # A result with a sub-code of tomorrow is the same result; how good it is, nobody can say.
        return plain
    return replace(finer, name=f"{plain.name}（{finer.name}）")


def parts(code: str, sub: str = "") -> tuple[str, str]:
    """Code and sub-code as events carry them; `signed:60` of the table and `704/60` as told are one."""
    for plain, prefix in _PREFIXES.items():
        if code.startswith(prefix):
            return plain, code.removeprefix(prefix)
        if code.startswith(f"{plain}/"):
            return plain, code.removeprefix(f"{plain}/")
    return code, sub


def codes() -> tuple[tuple[str, str], ...]:
    """Code and sub-code of every row of the table, in its order."""
    return tuple(parts(code) for code in _table())


def named(name: str) -> tuple[str, str] | None:
    """Code and sub-code of the row of exactly this text, as the table or `meaning` has it; None in doubt."""
    code = _names().get(name)
    return None if code is None else parts(code)


@cache
def _names() -> dict[str, str]:
    table = _table()
    first = {known.name: code for code, known in reversed(table.items())}
    # Codes of one text mean the same, so the first will do; but 其他 is a delivery and a failed attempt.
    doubtful = {known.name for known in table.values() if known.effect != table[first[known.name]].effect}
    told = {meaning(*parts(code)).name: code for code in table if code != parts(code)[0]}
    return {**told, **{name: code for name, code in first.items() if name not in doubtful}}


@cache
def _table() -> dict[str, Meaning]:
    # Read at the first event: most commands never see one.
    text = (files(__package__) / "codes.csv").read_text(encoding="utf-8")
    return {row["carrier_code"]: _meaning(row) for row in csv.DictReader(text.splitlines())}


def _meaning(row: dict[str, str]) -> Meaning:
    code, name = row["carrier_code"], row["carrier_name"]
    # The source calls a cancellation an exception; it is none, it takes an exception or anything else back.
    if cancellation := _CANCELS.fullmatch(row["notes"]):
        return Meaning(name, _NOTHING, tuple(cancellation[1].split("/")))
    effect = _BY_HAND.get(code, _effect(code, row["olts_code"]))
    return Meaning(name, effect, grade=_GRADES.get(code, _UNCLEAR if effect == _DELIVERED else ""))


def _effect(code: str, olts: str) -> str:
    # Whoever or whatever took it: how good that is, is told by the grade.
    return _DELIVERED if code.startswith(_PREFIXES[DELIVERED]) else _BY_OLTS.get(olts, _NOTHING)
