"""The life cycle: every state, act and next state of cases, consignments and envelopes, as data (design §2).

Everything that decides whether an act is possible in a state lives in these tables. Acts, footer,
commands and the diagrams in the README read them; further guards are named here, checked in the acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workstation.domain.case import CaseState as C
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import BatchState as B
from workstation.domain.envelope import EnvelopeState as E
from workstation.domain.mail import OrderState as O
from workstation.domain.printing import PrintState as P

#: The state of what does not exist yet.
NOTHING = ""


@dataclass(frozen=True)
class Edge:
    """One possible step: in `state`, `act` may lead to `to`, if `guard` (in words) holds."""

    state: str
    act: str
    to: str
    guard: str = ""


CASE: tuple[Edge, ...] = (
    Edge(NOTHING, "register", C.REGISTERED),
    Edge(C.REGISTERED, "identify", C.REGISTERED),
    Edge(C.TO_CORRECT, "identify", C.TO_CORRECT),
    Edge(C.REVIEWED, "identify", C.REVIEWED),
    Edge(C.REGISTERED, "review", C.REGISTERED, "a row fails or waits"),
    Edge(C.REGISTERED, "review", C.REVIEWED, "every row passes"),
    Edge(
        C.REGISTERED,
        "notice",
        C.TO_CORRECT,
        "every row reviewed, at least one failing; from the second on a supervisor",
    ),
    Edge(C.REGISTERED, "print_pledge", C.REGISTERED, "the agreement lists the row, 失信 checked"),
    Edge(C.TO_CORRECT, "print_pledge", C.TO_CORRECT, "the agreement lists the row, 失信 checked"),
    Edge(C.REGISTERED, "sign_pledge", C.REGISTERED),
    Edge(C.TO_CORRECT, "sign_pledge", C.TO_CORRECT),
    Edge(C.TO_CORRECT, "resubmit", C.REGISTERED),
    Edge(C.REVIEWED, "resubmit", C.REVIEWED, "asked for by a home office, lost in the mail, or deferred"),
    Edge(C.REVIEWED, "review", C.REVIEWED, "rows supplied anew"),
    Edge(C.TO_CORRECT, "lapse", C.WITHDRAWN),
    Edge(C.REGISTERED, "decline", C.DECLINED, "coded reason, second person"),
    Edge(C.REGISTERED, "issue_non_acceptance", C.DECLINED, "the agreement grants 收件受理, second person"),
    Edge(C.REVIEWED, "issue_acceptance", C.REVIEWED, "the agreement grants 收件受理"),
    Edge(C.REGISTERED, "guide", C.GUIDED, "channel named"),
    Edge(C.REGISTERED, "withdraw", C.WITHDRAWN),
    Edge(C.TO_CORRECT, "withdraw", C.WITHDRAWN),
    Edge(C.REVIEWED, "withdraw", C.WITHDRAWN, "every piece at this window, no sealed envelope"),
    Edge(C.REVIEWED, "withdraw", C.REVIEWED, "papers are out: a request"),
    Edge(C.WITHDRAWN, "hand_back", C.WITHDRAWN, "pieces still at this window"),
    Edge(C.REVIEWED, "serve", C.REVIEWED, "another consignment is not done"),
    Edge(C.REVIEWED, "serve", C.SERVED, "all consignments done"),
    Edge(C.SERVED, "close", C.CLOSED, "rating invited or refused"),
)

#: A deferred paper 容缺 goes after the rest in an envelope of its own, and moves nothing but that envelope.
_AFTER_THE_FIRST = (S.HANDED_OVER, S.ACKNOWLEDGED, S.ACCEPTED)
_OF_AN_ENVELOPE = (
    *("pack", "void", "seal", "reopen", "hand_over", "trouble", "resolve"),
    *("acknowledge", "acknowledge_by_hand"),
)
_DEFERRED = tuple(
    Edge(state, act, state, "supplement of a deferred paper")
    for state in _AFTER_THE_FIRST
    for act in _OF_AN_ENVELOPE
    if (state, act) != (S.HANDED_OVER, "trouble")
)

CONSIGNMENT: tuple[Edge, ...] = (
    Edge(NOTHING, "register", S.PACKING),
    Edge(S.PACKING, "pack", S.PACKING, "case reviewed"),
    Edge(S.PACKING, "void", S.PACKING, "envelope open"),
    Edge(S.PACKING, "seal", S.SEALED, "identity passed, every paper in, lists match, place, inspected"),
    Edge(S.SEALED, "reopen", S.PACKING, "reason, second person"),
    Edge(S.SEALED, "void", S.PACKING, "reason, second person"),
    Edge(S.SEALED, "hand_over", S.HANDED_OVER, "batch closed with it"),
    Edge(S.HANDED_OVER, "acknowledge", S.ACKNOWLEDGED, "the first envelope"),
    Edge(S.HANDED_OVER, "acknowledge_by_hand", S.ACKNOWLEDGED, "the first envelope"),
    Edge(S.HANDED_OVER, "trouble", S.HANDED_OVER, "a task opens"),
    Edge(S.HANDED_OVER, "resolve", S.PACKING, "opened here, or claimed and to be supplied anew"),
    *_DEFERRED,
    Edge(S.ACKNOWLEDGED, "home_correct", S.HOME_CORRECTING),
    Edge(S.HOME_CORRECTING, "pack", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "void", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "seal", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "reopen", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "hand_over", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "trouble", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "resolve", S.HOME_CORRECTING, "supplement"),
    Edge(S.HOME_CORRECTING, "acknowledge", S.ACKNOWLEDGED, "supplement"),
    Edge(S.HOME_CORRECTING, "acknowledge", S.HOME_CORRECTING, "more was asked for and is still here"),
    Edge(S.HOME_CORRECTING, "acknowledge_by_hand", S.ACKNOWLEDGED, "supplement"),
    Edge(S.HOME_CORRECTING, "acknowledge_by_hand", S.HOME_CORRECTING, "more was asked for and is still here"),
    Edge(S.ACKNOWLEDGED, "home_accept", S.ACCEPTED),
    Edge(S.ACKNOWLEDGED, "decide", S.DECIDED),
    Edge(S.ACCEPTED, "decide", S.DECIDED),
    Edge(S.ACKNOWLEDGED, "home_refuse", S.RESULT_RETURNING),
    Edge(S.ACCEPTED, "home_refuse", S.RESULT_RETURNING),
    Edge(S.DECIDED, "result_return", S.RESULT_RETURNING, "paper result"),
    Edge(S.DECIDED, "serve", S.DONE, "electronic or direct post"),
    Edge(S.RESULT_RETURNING, "arrive", S.RESULT_ARRIVED, "contents checked"),
    Edge(S.RESULT_ARRIVED, "arrive", S.RESULT_ARRIVED, "what was missing comes late"),
    Edge(S.RESULT_ARRIVED, "serve", S.DONE, "at the window"),
)

ENVELOPE: tuple[Edge, ...] = (
    Edge(NOTHING, "pack", E.OPEN),
    Edge(E.OPEN, "seal", E.SEALED, "face and list scanned, they belong together"),
    Edge(E.OPEN, "void", E.VOID),
    Edge(E.SEALED, "reopen", E.VOID, "second person"),
    Edge(E.SEALED, "void", E.VOID, "second person"),
    Edge(E.SEALED, "hand_over", E.HANDED_OVER),
    Edge(E.HANDED_OVER, "acknowledge", E.OPENED, "by the reply slip's code"),
    Edge(E.HANDED_OVER, "acknowledge_by_hand", E.OPENED, "without it: who said so, and by which way"),
    Edge(E.HANDED_OVER, "trouble", E.SENT_BACK),
    Edge(E.HANDED_OVER, "trouble", E.LOST),
    Edge(E.SENT_BACK, "resolve", E.OPENED, "opened at this window"),
    Edge(E.LOST, "resolve", E.LOST, "claim filed"),
)

BATCH: tuple[Edge, ...] = (
    Edge(NOTHING, "open_batch", B.OPEN),
    Edge(B.OPEN, "scan_envelope", B.OPEN),
    Edge(B.OPEN, "hand_over", B.CLOSED, "every expected envelope scanned or its absence named"),
)

PRINT_JOB: tuple[Edge, ...] = (
    Edge(NOTHING, "make_paper", P.WAITING, "the window's papers go to a printer"),
    Edge(NOTHING, "print_paper", P.WAITING, "no sheet of this number exists or may exist"),
    Edge(P.WAITING, "send_print", P.SENDING, "the printer answers"),
    Edge(P.SENDING, "send_print", P.WAITING, "nothing has left yet"),
    Edge(P.SENDING, "send_print", P.SENT, "the printer has told its number"),
    Edge(P.SENDING, "send_print", P.FAILED, "the printer said no"),
    Edge(P.SENDING, "send_print", P.UNSURE, "cut off in the middle"),
    Edge(P.SENT, "follow_print", P.PRINTED, "its end was seen"),
    Edge(P.SENT, "follow_print", P.UNSURE, "given up, canceled or unknown at the printer"),
    Edge(P.SENT, "confirm_print", P.PRINTED, "a person has it in hand"),
    Edge(P.SENT, "confirm_print", P.FAILED, "a person has looked"),
    Edge(P.UNSURE, "confirm_print", P.PRINTED, "a person has it in hand"),
    Edge(P.UNSURE, "confirm_print", P.FAILED, "a person has looked"),
    Edge(P.WAITING, "cancel_print", P.CANCELED),
    Edge(P.SENT, "cancel_print", P.SENT, "the printer is asked; its end will be seen"),
    Edge(P.FAILED, "cancel_print", P.CANCELED, "nobody wants it any more"),
    Edge(P.WAITING, "send_print", P.CANCELED, "the face has become void"),
    Edge(P.WAITING, "move_print", P.CANCELED, "it goes to another printer"),
    Edge(NOTHING, "move_print", P.WAITING),
)

#: An envelope that is opened travels under its order no more, nor one on which another waybill was stuck.
_OPENS, _STICKS = ("reopen", "void"), ("bind_waybill", "scan_envelope")
MAIL_ORDER: tuple[Edge, ...] = (
    Edge(NOTHING, "seal", O.WAITING, "a carrier that takes orders is in service"),
    Edge(NOTHING, "order_again", O.WAITING, "no other order of the envelope lives"),
    Edge(O.WAITING, "send_order", O.SENDING, "the envelope is to travel under it"),
    Edge(O.WAITING, "send_order", O.DROPPED, "the envelope travels otherwise, or no more"),
    Edge(O.SENDING, "send_order", O.WAITING, "nothing has left yet"),
    Edge(O.SENDING, "send_order", O.PLACED, "the carrier has told the waybill"),
    Edge(O.SENDING, "send_order", O.REFUSED, "the carrier said no"),
    Edge(O.SENDING, "send_order", O.DROPPED, "the carrier said no, and the envelope travels otherwise"),
    Edge(O.SENDING, "send_order", O.UNSURE, "cut off in the middle, or known to the carrier already"),
    Edge(O.SENDING, "send_order", O.CANCEL_WAITING, "taken, but the envelope travels otherwise, or no more"),
    Edge(O.UNSURE, "send_order", O.SENDING, "the unchanged body again"),
    Edge(O.UNSURE, "send_order", O.CANCEL_WAITING, "the envelope travels no more"),
    Edge(O.UNSURE, "retry_order", O.UNSURE, "a person lets it try again"),
    Edge(O.REFUSED, "retry_order", O.WAITING),
    Edge(O.UNSURE, "resolve_order", O.PLACED, "the waybill the carrier gave it was scanned"),
    Edge(O.CANCEL_REFUSED, "resolve_order", O.PLACED, "it travels under that waybill after all"),
    Edge(O.WAITING, "drop_order", O.DROPPED),
    Edge(O.REFUSED, "drop_order", O.DROPPED),
    *(
        Edge(state, act, O.DROPPED, "nothing has been sent")
        for act in (*_OPENS, *_STICKS)
        for state in (O.WAITING, O.REFUSED)
    ),
    *(Edge(state, act, O.CANCEL_WAITING) for act in _OPENS for state in (O.SENDING, O.UNSURE, O.PLACED)),
    *(Edge(O.PLACED, act, O.CANCEL_WAITING, "another waybill than its own") for act in _STICKS),
    *(Edge(state, "cancel_order", O.CANCEL_WAITING) for state in (O.UNSURE, O.PLACED)),
    Edge(O.CANCEL_REFUSED, "cancel_order", O.CANCEL_WAITING),
    Edge(O.CANCEL_WAITING, "send_order", O.CANCEL_SENDING),
    Edge(O.CANCEL_SENDING, "send_order", O.CANCEL_WAITING, "nothing has left yet"),
    Edge(O.CANCEL_SENDING, "send_order", O.CANCELED, "the carrier has confirmed it"),
    Edge(O.CANCEL_SENDING, "send_order", O.CANCEL_REFUSED, "the carrier said no"),
    Edge(O.CANCEL_SENDING, "send_order", O.CANCEL_UNSURE, "cut off in the middle"),
    Edge(O.CANCEL_UNSURE, "send_order", O.CANCEL_SENDING),
    Edge(O.CANCEL_UNSURE, "retry_order", O.CANCEL_UNSURE, "a person lets it try again"),
    Edge(O.CANCEL_UNSURE, "confirm_cancel", O.CANCELED, "the carrier said so on the telephone"),
    Edge(O.CANCEL_REFUSED, "confirm_cancel", O.CANCELED, "the carrier said so on the telephone"),
)

#: Which table speaks for which kind of record; `hand_over` closes a batch and moves all that is in it.
TABLES: Mapping[str, tuple[Edge, ...]] = {
    "cases": CASE,
    "consignments": CONSIGNMENT,
    "envelopes": ENVELOPE,
    "batches": BATCH,
}
#: And those of the machines beside them.
ALL: Mapping[str, tuple[Edge, ...]] = {**TABLES, "print_jobs": PRINT_JOB, "mail_orders": MAIL_ORDER}


def outcomes(table: Iterable[Edge], state: str, act: str) -> frozenset[str]:
    """The states `act` may lead to from `state`; empty if the act is not possible there."""
    return frozenset(edge.to for edge in table if edge.state == state and edge.act == act)


def allowed(table: Iterable[Edge], state: str) -> tuple[str, ...]:
    """The acts possible in `state`, each once, in the table's order."""
    return tuple(dict.fromkeys(edge.act for edge in table if edge.state == state))


def states_for(table: Iterable[Edge], act: str) -> tuple[str, ...]:
    """The states in which `act` is possible, for the sentence that refuses it elsewhere."""
    return tuple(dict.fromkeys(edge.state for edge in table if edge.act == act))
