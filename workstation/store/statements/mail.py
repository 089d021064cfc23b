"""Statements about orders with a carrier, numbers in stock and parcels on their way."""

from workstation.domain.tracking import FINAL

#: Orders that are not done: on their way, or waiting for a person.
OPEN_ORDERS = (
    "WHERE hall = :hall AND state IN ('order_waiting', 'order_sending', 'order_refused', 'order_unsure',"
    " 'cancel_waiting', 'cancel_sending', 'cancel_refused', 'cancel_unsure') ORDER BY asked_at, id"
)
#: Orders whose turn it is. What another window was sending and has left behind counts from its last change.
DUE_ORDERS = (
    "WHERE hall = :hall AND state IN ('order_waiting', 'order_sending', 'order_unsure',"
    " 'cancel_waiting', 'cancel_sending', 'cancel_unsure') AND next_try_at <= :now ORDER BY next_try_at, id"
)
#: Envelopes that are to go, or have gone, under no waybill, and for which none has been asked.
UNBOUND = (
    "WHERE hall = :hall AND state IN ('sealed', 'handed_over')"
    " AND NOT EXISTS (SELECT 1 FROM waybills WHERE waybills.hall = envelopes.hall"
    " AND waybills.leg = 'out' AND waybills.object = envelopes.number AND waybills.state = 'live')"
    " AND NOT EXISTS (SELECT 1 FROM mail_orders WHERE mail_orders.hall = envelopes.hall"
    " AND mail_orders.envelope = envelopes.number"
    " AND mail_orders.state NOT IN ('order_dropped', 'order_canceled'))"
)
#: The next numbers of the pool; no order is asked for beside the number's own.
FREE_NUMBERS = "WHERE hall = :hall AND state = 'free' ORDER BY number LIMIT :count"
COUNT_NUMBERS = (
    "SELECT state, count(*) AS n FROM pool_numbers WHERE hall = :hall GROUP BY state ORDER BY state"
)
#: Envelopes in one state, in the order of its index.
ENVELOPES_IN = 'WHERE hall = :hall AND state = :state ORDER BY "window", number'
#: What travels in those that are with the courier or the carrier.
CONTENTS_GONE = (
    "SELECT contents.envelope, contents.consignment FROM envelopes CROSS JOIN contents"
    " WHERE envelopes.hall = :hall AND envelopes.state = 'handed_over' AND contents.hall = envelopes.hall"
    ' AND contents.envelope = envelopes.number ORDER BY envelopes."window", envelopes.number'
)
#: Every waybill on its way.
LIVE_WAYBILLS = "SELECT number, leg, object, mail_state FROM waybills WHERE hall = :hall AND state = 'live'"
#: Results on their way back; the index knows those at work.
RETURNING = (
    "WHERE hall = :hall AND state NOT IN ('packing', 'done') AND state = 'result_returning'"
    " ORDER BY changed_at, id"
)
#: What is told of one waybill, without the sentences, which are encrypted.
EVENTS = (
    'SELECT id, code, sub, "at", organisation, name FROM mail_events'
    ' WHERE hall = :hall AND waybill = :waybill ORDER BY "at", id'
)
#: When something new was told of a waybill last.
HEARD = "SELECT max(received_at) AS heard_at FROM mail_events WHERE hall = :hall AND waybill = :waybill"

#: A parcel is on its way as long as its waybill is live; `polls` tells its turn. One that was never asked
#: about has its turn at once, and so has one that was at its end and is not any more.
_PARCELS = (
    "FROM waybills w LEFT JOIN polls p ON p.hall = w.hall AND p.waybill = w.id"
    " WHERE w.hall = :hall AND w.state = 'live' AND w.bound_at < :until"
)
_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL))
_TURN = (
    f" AND (p.waybill IS NULL OR p.next_at <= :now OR (p.next_at IS NULL AND w.mail_state NOT IN ({_FINAL})))"
)
DUE_PARCELS = (
    "SELECT w.id, w.number, w.bound_at, p.asked_at, p.next_at, COALESCE(p.failures, 0) AS failures"
    f" {_PARCELS}{_TURN} ORDER BY COALESCE(p.next_at, 0), w.id LIMIT :count"
)
COUNT_DUE = f"SELECT count(*) AS n {_PARCELS}{_TURN}"
#: The parcels on their way by what came of the last question about each.
ANSWERS = (
    "SELECT p.answer, count(*) AS count, max(p.asked_at) AS asked_at, min(p.next_at) AS next_at"
    f" {_PARCELS} GROUP BY p.answer ORDER BY p.answer"
)
ASK_AGAIN = (
    "UPDATE polls SET asked_at = :asked_at, next_at = :next_at, answer = :answer, failures = :failures"
    " WHERE hall = :hall AND waybill = :waybill RETURNING waybill"
)
ASKED_FIRST = (
    "INSERT INTO polls (hall, waybill, asked_at, next_at, answer, failures)"
    " VALUES (:hall, :waybill, :asked_at, :next_at, :answer, :failures)"
)
