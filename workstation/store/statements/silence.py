"""Statements about offices that owe something: what is awaited of them, and how long they took before."""

#: A copy 副本 of a letter repeats it and asks nobody anew.
_LETTERS = (
    "FROM papers p WHERE p.hall = s.hall AND p.object = s.id AND p.kind = 'dunning_letter'"
    " AND p.replaces IS NULL"
)
_WHAT = (
    "SELECT s.id, s.case_number, s.office_code, s.office_division, s.office_name, c.item,"
    f" (SELECT count(*) {_LETTERS}) AS dunned, (SELECT max(p.promised_at) {_LETTERS}) AS dunned_at"
)
_MAIL = "w.mail_state, w.mail_at"

#: Envelopes on their way, with each consignment in them; `CROSS JOIN` keeps SQLite to the order written.
NOT_ACKNOWLEDGED = (
    f"{_WHAT}, e.number AS envelope, b.closed_at AS since, {_MAIL}"
    " FROM envelopes e CROSS JOIN batches b CROSS JOIN contents t CROSS JOIN consignments s"
    " CROSS JOIN cases c LEFT JOIN waybills w"
    " ON w.hall = e.hall AND w.object = e.number AND w.leg = 'out' AND w.state = 'live'"
    " WHERE e.hall = :hall AND e.state = 'handed_over' AND b.hall = e.hall AND b.number = e.batch"
    " AND t.hall = e.hall AND t.envelope = e.number AND s.hall = e.hall AND s.id = t.consignment"
    " AND c.hall = s.hall AND c.number = s.case_number"
)
#: The condition of the index stands here as it stands there.
_AT_WORK = (
    " FROM consignments s CROSS JOIN cases c LEFT JOIN waybills w"
    " ON w.hall = s.hall AND w.object = s.id AND w.leg = 'back' AND w.state = 'live'"
    " WHERE s.hall = :hall AND s.state NOT IN ('packing', 'done')"
    " AND c.hall = s.hall AND c.number = s.case_number"
)
#: With the office, which has said no more since; after a supplement it begins anew.
NOT_ANSWERED = (
    f"{_WHAT}, s.envelope, {_MAIL},"
    " CASE WHEN s.corrected_at IS NULL THEN s.acknowledged_at ELSE s.changed_at END AS since"
    f"{_AT_WORK} AND s.state = 'acknowledged' AND s.supplement IS NULL"
)
#: Decided, and the paper has not been sent back.
NOT_RETURNED = (
    f"{_WHAT}, s.envelope, {_MAIL}, s.decided_at AS since"
    f"{_AT_WORK} AND s.state = 'decided' AND s.result_mode = 'paper'"
)
#: The latest consignments that an office has acknowledged, with the dates of what it did.
HISTORY = (
    "SELECT s.id, s.envelope, s.handed_over_at, s.acknowledged_at, s.decided_at, s.returned_at,"
    " (SELECT max(w.mail_at) FROM waybills w WHERE w.hall = s.hall AND w.object = s.envelope"
    " AND w.leg = 'out' AND w.mail_state = 'delivered') AS delivered_at"
    " FROM consignments s WHERE s.hall = :hall AND s.office_code = :office AND s.acknowledged_at IS NOT NULL"
    " ORDER BY s.acknowledged_at DESC, s.id DESC LIMIT :count"
)
