"""Who may do which act, and which acts need a second person (design §1, §5)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """One user has one role; operators, administrators and auditors restrain each other (GB/T 22239)."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    COURIER = "courier"


COUNTER = frozenset({Role.CLERK, Role.SUPERVISOR})
STEERING = frozenset({Role.ADMINISTRATOR})

#: Acts on cases, consignments, envelopes and batches: all done at the counter.
COUNTER_ACTS = frozenset(
    {
        "register",
        "identify",
        "review",
        "notice",
        "resubmit",
        "decline",
        "guide",
        "lapse",
        "withdraw",
        "hand_back",
        "pack",
        "seal",
        "reopen",
        "void",
        "open_batch",
        "scan_envelope",
        "hand_over",
        "acknowledge",
        "home_correct",
        "home_accept",
        "home_refuse",
        "decide",
        "result_return",
        "arrive",
        "serve",
        "close",
        "trouble",
        "resolve",
        "reprint",
        "reveal",
    }
)

ROLES: dict[str, frozenset[Role]] = {
    **dict.fromkeys(sorted(COUNTER_ACTS), COUNTER),
    "confirm": COUNTER,
    "drop": COUNTER,
    "make_paper": frozenset(Role),
    "accept_clock": frozenset({Role.SUPERVISOR}),
    "add_user": STEERING,
    "disable_user": STEERING,
    "set_password": frozenset(Role),
    "set_pin": frozenset(Role),
    "enrol_key": STEERING,
    "export_recovery": STEERING,
    "read_journal": frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR}),
}

#: Roles that may confirm an act as its second person. An act not named here never asks for one.
SECOND: dict[str, frozenset[Role]] = {
    "decline": COUNTER,
    "identify": COUNTER,  # by hand, or after a failed check
    "notice": frozenset({Role.SUPERVISOR}),  # from the second notice on
    "reopen": COUNTER,
    "void": COUNTER,  # of a sealed envelope
    "pack": COUNTER,  # leaving pieces out
    "scan_envelope": COUNTER,  # waybill typed instead of scanned
    "home_refuse": COUNTER,  # likewise
    "result_return": COUNTER,  # waybill typed instead of scanned
    "export_recovery": frozenset({Role.SUPERVISOR}),
}

#: In a hall with one clerk these do not wait: an open seal cannot lie about unconfirmed (design §5).
NEVER_WAITS = frozenset({"reopen", "void", "export_recovery"})


def may(role: str, act: str) -> bool:
    """Whether this role may do this act at all."""
    return role in ROLES[act]


def may_confirm(role: str, act: str) -> bool:
    """Whether this role may stand as second person for this act."""
    return role in SECOND[act]
