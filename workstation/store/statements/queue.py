"""Statements of the supervisor's queue 督办队列: numbers, codes and offices; nothing is decrypted."""

from workstation.store.statements.day_sheets import UNCLEAR_PRINTS
from workstation.store.statements.mail import OPEN_ORDERS

_OFFICE_OF_CASE = (
    "(SELECT s.office_name FROM consignments s WHERE s.hall = c.hall AND s.case_number = c.number"
    " AND s.ordinal = 1) AS office_name"
)
_OFFICE_OF_ROW = _OFFICE_OF_CASE.replace("c.hall", "r.hall").replace("c.number", "r.case_number")
#: What travels in an envelope: of several consignments the first.
_INSIDE = "(SELECT min(t.consignment) FROM contents t WHERE t.hall = {0}.hall AND t.envelope = {0}.{1})"

#: Where cases go that are not at their end; of several home offices the first.
OFFICES = (
    "SELECT s.case_number, s.office_name FROM cases c CROSS JOIN consignments s WHERE c.hall = :hall"
    " AND c.state IN ('registered', 'to_correct', 'reviewed', 'served')"
    " AND s.hall = c.hall AND s.case_number = c.number AND s.ordinal = 1"
)
#: Registered, and nobody has looked through the papers.
UNREVIEWED = (
    f"SELECT c.number, c.clerk, c.registered_at, {_OFFICE_OF_CASE} FROM cases c"
    " WHERE c.hall = :hall AND c.state = 'registered' AND c.first_reviewed_at IS NULL"
)
#: Rows found failing, of cases at the counter.
FAILING = (
    f"SELECT c.number, c.clerk, r.row_id, {_OFFICE_OF_CASE} FROM cases c CROSS JOIN checklist_rows r"
    " WHERE c.hall = :hall AND c.state = 'registered'"
    " AND r.hall = c.hall AND r.case_number = c.number AND r.state = 'failing'"
)
DEFECTS = (
    "SELECT r.id, r.case_number, r.kind, r.sent_at, r.due, r.opened_by,"
    f" {_OFFICE_OF_ROW} FROM licence_defects r WHERE r.hall = :hall AND r.state = 'open'"
)
TASKS = (
    "SELECT k.id, k.kind, k.object, k.opened_at, k.opened_by, e.office_name AS envelope_office,"
    f" s.office_name, s.case_number, {_INSIDE.format('k', 'object')} AS inside FROM tasks k"
    " LEFT JOIN envelopes e ON e.hall = k.hall AND e.number = k.object"
    " LEFT JOIN consignments s ON s.hall = k.hall AND s.id = k.object"
    " WHERE k.hall = :hall AND k.state = 'open'"
)
ORDERS = (
    'SELECT id, envelope, carrier, state, "window", asked_at, asked_by, next_try_at, reason,'
    " (SELECT e.office_name FROM envelopes e WHERE e.hall = mail_orders.hall"
    " AND e.number = mail_orders.envelope) AS office_name,"
    f" {_INSIDE.format('mail_orders', 'envelope')} AS inside FROM mail_orders {OPEN_ORDERS}"
)
PRINTS = (
    "SELECT id, paper, printer, state, queued_at, queued_by,"
    " (SELECT p.case_number FROM papers p WHERE p.hall = print_jobs.hall"
    " AND p.number = print_jobs.paper) AS case_number,"
    " (SELECT p.kind FROM papers p WHERE p.hall = print_jobs.hall"
    f" AND p.number = print_jobs.paper) AS kind FROM print_jobs {UNCLEAR_PRINTS}"
)
WAITING = 'SELECT id, act, object, "by", "at" FROM waiting WHERE hall = :hall AND state = \'waiting\''

#: What happened since a moment and is to be looked at; the journal tells when, its index by time finds it.
EVENTS = (
    'SELECT j.seq, j."at", j.act, j.object, j.operator, j.flag FROM journal j'
    " WHERE j.hall = :hall AND j.\"at\" >= :since AND (j.act IN ('reopen', 'void', 'reprint')"
    # Whoever looks at a clock that is still behind is stamped by it too.
    " OR (j.flag IS NOT NULL AND j.act <> 'see_line'))"
)
_WHEN = 'WHERE j.hall = :hall AND j."at" >= :since'
_THEN = 'r.hall = j.hall AND r.case_number = j.object AND r."at" = j."at"'
SECOND_NOTICES = (
    f'SELECT r.id, r.case_number, r."at", r.ordinal, j.operator AS "by", {_OFFICE_OF_ROW}'
    f" FROM journal j CROSS JOIN notices r {_WHEN} AND j.act = 'notice' AND {_THEN} AND r.ordinal > 1"
)
#: By hand, or after a failed look: a second person was needed. Some are taken in other acts than their own.
MANUAL_IDENTITIES = (
    f'SELECT r.id, r.case_number, r."at", r.method, r."by", {_OFFICE_OF_ROW}'
    f" FROM journal j CROSS JOIN identities r {_WHEN} AND {_THEN}"
    " AND (r.method = 'manual' OR r.second IS NOT NULL)"
)
REVEALS = (
    f'SELECT r.id, r.case_number, r."at", r.reason, r."by", {_OFFICE_OF_ROW}'
    f" FROM journal j CROSS JOIN reveals r {_WHEN} AND j.act = 'reveal' AND {_THEN}"
)
#: Where an envelope goes that was opened or voided, and whose it is.
OF_ENVELOPE = (
    f"SELECT e.office_name, {_INSIDE.format('e', 'number')} AS inside FROM envelopes e"
    " WHERE e.hall = :hall AND e.number = :number"
)
OF_PAPER = "SELECT kind, case_number, object FROM papers WHERE hall = :hall AND number = :number"

#: What has been said of lines; what was let go says nothing.
CLAIMS = (
    "SELECT line, state, holder, since, version FROM claims WHERE hall = :hall"
    " AND state IN ('claimed_line', 'seen_line')"
)
