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
        "acknowledge_by_hand",
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
        "print_pledge",
        "sign_pledge",
        "close_defect",
        "contact",
        "invite_rating",
        "record_rating",
        "add_number",
        "issue_acceptance",
        "issue_non_acceptance",
    }
)
#: What a day that was closed 日清 takes no more: all that people do with cases, envelopes and their mail. A
#: sheet that jams, the day's own among them, can still be printed again, and a person looked up.
HELD_BY_CLOSE = (COUNTER_ACTS - {"reprint", "reveal"}) | {
    "bind_waybill",
    "order_again",
    "drop_order",
    "cancel_order",
    "confirm_cancel",
    "resolve_order",
    "do_task",
    "end_task",
    "note_postage",
    "take_bill",
    "begin_pause",
    "end_pause",
    "explain_day",
}
#: What the hall itself says about items, offices and agreements.
RULES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

ROLES: dict[str, frozenset[Role]] = {
    **dict.fromkeys(sorted(COUNTER_ACTS), COUNTER),
    "confirm": COUNTER,
    "drop": COUNTER,
    "make_paper": frozenset(Role),
    # Papers in clear are for those who serve the people on them; a practice day has no use for it.
    "export_papers": COUNTER,
    # Likewise: only a silent home office is asked in writing, and a day is listed when it is over.
    "print_dunning_letter": COUNTER,
    "print_day_sheet": frozenset({Role.SUPERVISOR}),
    "print_postage_statement": frozenset({Role.SUPERVISOR}),
    "set_carrier": RULES,
    "import_pool": RULES,
    "spend_number": RULES,
    # The machine's own: whoever sits at the window while it asks and tells.
    "send_order": frozenset(Role),
    "take_events": frozenset(Role),
    # With and without a carrier's interface; the week that plays them is not the practice day.
    "bind_waybill": COUNTER,
    "order_again": COUNTER,
    "retry_order": COUNTER,
    "drop_order": COUNTER,
    "cancel_order": COUNTER,
    "confirm_cancel": COUNTER,
    "resolve_order": COUNTER,
    "import_events": COUNTER,
    "do_task": COUNTER,
    "end_task": COUNTER,
    "note_postage": COUNTER,
    "take_bill": frozenset({Role.SUPERVISOR}),
    "print_paper": COUNTER | STEERING,
    "move_print": COUNTER | STEERING,
    "cancel_print": COUNTER | STEERING,
    "confirm_print": COUNTER | STEERING,
    # A paper shows people in clear.
    "show_paper": COUNTER,
    "send_print": frozenset(Role),
    "follow_print": frozenset(Role),
    "accept_clock": frozenset({Role.SUPERVISOR}),
    # 好差评: who served the applicant never types the grade.
    "record_grade": frozenset({Role.SUPERVISOR}),
    "answer_rating": frozenset({Role.SUPERVISOR}),
    "add_office": COUNTER | STEERING,
    "verify_office": COUNTER | STEERING,
    "change_office": RULES,
    "close_office": RULES,
    "import_offices": RULES,
    "add_agreement": RULES,
    "end_agreement": RULES,
    "import_guide": RULES,
    "add_item": RULES,
    "set_mode": RULES,
    "set_wording": RULES,
    "reset_wording": RULES,
    "add_printer": RULES,
    "change_printer": RULES,
    "retire_printer": RULES,
    "calibrate": RULES,
    "set_route": RULES,
    "add_user": STEERING,
    "disable_user": STEERING,
    "set_password": frozenset(Role),
    "set_pin": frozenset(Role),
    "enrol_key": STEERING,
    "export_recovery": STEERING,
    # The supervisor's day.
    "import_calendar": RULES,
    "begin_pause": COUNTER,
    "end_pause": COUNTER,
    "claim_line": COUNTER,
    "release_line": COUNTER,
    "reassign_line": frozenset({Role.SUPERVISOR}),
    "see_line": frozenset({Role.SUPERVISOR}),
    "print_shift_handover": COUNTER,
    "draw_sample": frozenset({Role.SUPERVISOR}),
    "note_finding": frozenset({Role.SUPERVISOR}),
    "print_sampling_sheet": frozenset({Role.SUPERVISOR}),
    "explain_day": frozenset({Role.SUPERVISOR}),
    "close_day": frozenset({Role.SUPERVISOR}),
    "reopen_day": frozenset({Role.SUPERVISOR}),
    "close_month": frozenset({Role.SUPERVISOR}),
    "export_register": COUNTER,
    "export_statistics": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}),
    "export_journal": frozenset({Role.AUDITOR}),
    "import_history": RULES,
    "map_columns": RULES,
    "export_archive": COUNTER,
    "export_platform": RULES,
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
    "bind_waybill": COUNTER,  # likewise
    "resolve_order": COUNTER,  # likewise
    "home_refuse": COUNTER,  # likewise
    "result_return": COUNTER,  # waybill typed instead of scanned
    "export_recovery": frozenset({Role.SUPERVISOR}),
    "reopen_day": COUNTER,
    "export_register": COUNTER,  # in clear
    "add_item": frozenset({Role.SUPERVISOR}),  # where an administrator does it
    "set_mode": frozenset({Role.SUPERVISOR}),  # likewise
    "set_wording": frozenset({Role.SUPERVISOR}),  # likewise
    "reset_wording": frozenset({Role.SUPERVISOR}),  # likewise
    "issue_non_acceptance": COUNTER,
}

#: In a hall with one clerk these do not wait: an open seal cannot lie about unconfirmed (design §5).
NEVER_WAITS = frozenset(
    {
        "reopen",
        "void",
        "export_recovery",
        "reopen_day",
        "export_register",
        "add_item",
        "set_mode",
        "set_wording",
        "reset_wording",
        "issue_non_acceptance",
    }
)


def may(role: str, act: str) -> bool:
    """Whether this role may do this act at all."""
    return role in ROLES[act]


def may_confirm(role: str, act: str) -> bool:
    """Whether this role may stand as second person for this act."""
    return role in SECOND[act]
