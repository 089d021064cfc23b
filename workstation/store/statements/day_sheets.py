"""Statements of the day sheet 日清单: what lies where at this moment, and what is unclear."""

#: Envelopes that somebody still answers for, by where they were laid last.
ENVELOPES_AT_WORK = (
    "SELECT state, place, count(*) AS n FROM envelopes WHERE hall = :hall"
    " AND state IN ('open', 'sealed', 'handed_over', 'sent_back', 'lost')"
    " GROUP BY state, place ORDER BY state, place"
)
#: All windows there can be, one by one, so that the index that begins with the window serves.
_WINDOWS = ", ".join(str(window) for window in range(1, 100))
#: Print jobs of the hall that ask for a person: what failed only as long as nothing else was begun with its
#: face, and nothing of a void one.
UNCLEAR_PRINTS = (
    f"WHERE hall = :hall AND \"window\" IN ({_WINDOWS}) AND state IN ('unsure', 'print_failed')"
    " AND (state <> 'print_failed' OR NOT EXISTS (SELECT 1 FROM print_jobs AS later"
    " WHERE later.hall = print_jobs.hall AND later.paper = print_jobs.paper"
    " AND later.queued_at > print_jobs.queued_at)"
    " AND EXISTS (SELECT 1 FROM papers WHERE papers.hall = print_jobs.hall"
    " AND papers.number = print_jobs.paper AND papers.state <> 'void'))"
    " ORDER BY queued_at, id"
)
