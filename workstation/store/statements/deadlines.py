"""Statements about what is due: the dates of all that is open, and each day named for something."""

#: When the case last came back from the applicant: only the journal knows.
_RESUBMITTED = (
    'CASE WHEN c.notices > 0 THEN (SELECT max(j."at") FROM mentions m CROSS JOIN journal j'
    " WHERE m.hall = c.hall AND m.object = c.number AND j.hall = m.hall AND j.seq = m.seq"
    " AND j.act = 'resubmit') END AS resubmitted_at"
)
_CASE = (
    "SELECT c.number AS id, c.number AS case_number, '' AS office_code, '' AS office_name, c.state, c.clerk,"
    " c.registered_at, c.notices, c.passed_at, c.changed_at,"
    f' n.due AS due, n."at" AS told_at, {_RESUBMITTED}'
    " FROM cases c LEFT JOIN notices n ON n.hall = c.hall AND n.id = c.number || '-n' || c.notices"
)
#: Registered and neither passed nor told, or told and not brought yet.
AT_COUNTER = f"{_CASE} WHERE c.hall = :hall AND c.state IN ('registered', 'to_correct')"
CASE = f"{_CASE} WHERE c.hall = :hall AND c.number = :case"

_CONSIGNMENT = (
    "SELECT s.id, s.case_number, s.office_code, s.office_name, s.office_division, s.state,"
    " s.sealed_at, s.handed_over_at, s.acknowledged_at, s.corrected_at, s.accepted_at, s.decided_at,"
    " s.outcome, s.result_mode, s.returned_at, s.arrived_at, s.served_at, s.changed_at,"
    " c.clerk, c.item, c.passed_at, e.state AS envelope_state, w.mail_state, w.mail_at,"
    " (SELECT count(*) FROM pauses p WHERE p.hall = s.hall AND p.consignment = s.id) AS pauses"
)
_SENT = (
    " LEFT JOIN envelopes e ON e.hall = s.hall AND e.number = s.envelope"
    " LEFT JOIN waybills w ON w.hall = e.hall AND w.object = e.number AND w.leg = 'out' AND w.state = 'live'"
)
#: `CROSS JOIN` keeps SQLite to the order written.
OPEN = (
    f"{_CONSIGNMENT} FROM cases c CROSS JOIN consignments s{_SENT}"
    " WHERE c.hall = :hall AND c.state = 'reviewed'"
    " AND s.hall = c.hall AND s.case_number = c.number AND s.state <> 'done'"
)
OF_CASE = (
    f"{_CONSIGNMENT} FROM cases c CROSS JOIN consignments s{_SENT}"
    " WHERE c.hall = :hall AND c.number = :case AND s.hall = c.hall AND s.case_number = c.number"
    " ORDER BY s.id"
)
#: Supplement envelopes that are sealed or on their way, as consignments of their own. The condition of the
#: index stands here as it stands there.
SUPPLEMENTS = (
    "SELECT e.number AS id, s.case_number, s.office_code, s.office_name, s.office_division, e.state,"
    " e.sealed_at, b.closed_at AS handed_over_at, c.clerk, c.item, e.state AS envelope_state,"
    " w.mail_state, w.mail_at"
    " FROM consignments s CROSS JOIN envelopes e CROSS JOIN cases c"
    " LEFT JOIN batches b ON b.hall = e.hall AND b.number = e.batch"
    " LEFT JOIN waybills w ON w.hall = e.hall AND w.object = e.number AND w.leg = 'out' AND w.state = 'live'"
    " WHERE s.hall = :hall AND s.state NOT IN ('packing', 'done')"
    " AND s.state IN ('handed_over', 'acknowledged', 'home_correcting', 'accepted')"
    " AND s.supplement IS NOT NULL"
    " AND e.hall = s.hall AND e.number = s.supplement AND e.state IN ('sealed', 'handed_over')"
    " AND c.hall = s.hall AND c.number = s.case_number"
)

_ALIVE = "c.state NOT IN ('withdrawn', 'declined', 'guided')"
_PLEDGE = (
    "SELECT p.id, p.case_number, '' AS office_code, '' AS office_name, p.kind, p.due,"
    " p.signed_at AS since, p.ended_at, c.clerk"
    " FROM pledges p CROSS JOIN cases c WHERE p.hall = :hall"
)
#: Papers that somebody has promised in writing to hand in.
PLEDGES = f"{_PLEDGE} AND p.state = 'signed' AND c.hall = p.hall AND c.number = p.case_number AND {_ALIVE}"
PLEDGES_OF = (
    f"{_PLEDGE} AND p.case_number = :case AND p.state IN ('signed', 'kept')"
    " AND c.hall = p.hall AND c.number = p.case_number ORDER BY p.id"
)
_DEFECT = (
    "SELECT d.id, d.case_number, '' AS office_code, '' AS office_name, d.kind, d.due,"
    " d.due_provisional,"
    " d.sent_at AS since, d.closed_at AS ended_at, c.clerk"
    " FROM licence_defects d CROSS JOIN cases c WHERE d.hall = :hall"
)
DEFECTS = f"{_DEFECT} AND d.state = 'open' AND c.hall = d.hall AND c.number = d.case_number AND {_ALIVE}"
DEFECTS_OF = (
    f"{_DEFECT} AND d.case_number = :case AND c.hall = d.hall AND c.number = d.case_number ORDER BY d.id"
)
#: With when somebody first reached who rated.
_RATING = (
    "SELECT t.id, t.object AS case_number, '' AS office_code, '' AS office_name,"
    " t.opened_at AS since, t.ended_at, c.clerk,"
    ' (SELECT min(k."at") FROM contacts k WHERE k.hall = t.hall AND k.case_number = t.object'
    " AND k.who <> 'home_office' AND k.outcome IN ('reached', 'left_word')"
    ' AND k."at" >= t.opened_at) AS reached_at'
    " FROM tasks t CROSS JOIN cases c"
    " WHERE t.hall = :hall AND t.kind = 'bad_rating'"
)
BAD_RATINGS = f"{_RATING} AND t.state = 'open' AND c.hall = t.hall AND c.number = t.object"
BAD_RATINGS_OF = f"{_RATING} AND t.object = :case AND c.hall = t.hall AND c.number = t.object ORDER BY t.id"
