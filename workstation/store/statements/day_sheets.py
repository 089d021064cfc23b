"""Statements of the day sheet 日清单: what lies where at this moment, and what is unclear."""

from workstation.store.statements.printing import LAST_OF_FACE

#: Envelopes that somebody still answers for, by where they were laid last.
ENVELOPES_AT_WORK = (
    "SELECT state, place, count(*) AS n FROM envelopes WHERE hall = :hall"
    " AND state IN ('open', 'sealed', 'handed_over', 'sent_back', 'lost')"
    " GROUP BY state, place ORDER BY state, place"
)
#: All windows there can be, one by one, so that the index that begins with the window serves.
_WINDOWS = ", ".join(str(window) for window in range(1, 100))
#: Print jobs of the hall that ask for a person: what failed only as the last of its face, and of no void one.
UNCLEAR_PRINTS = (
    f"WHERE hall = :hall AND \"window\" IN ({_WINDOWS}) AND state IN ('unsure', 'print_failed')"
    f" AND (state <> 'print_failed' OR {LAST_OF_FACE}"
    " AND EXISTS (SELECT 1 FROM papers WHERE papers.hall = print_jobs.hall"
    " AND papers.number = print_jobs.paper AND papers.state <> 'void'))"
    " ORDER BY queued_at, id"
)
