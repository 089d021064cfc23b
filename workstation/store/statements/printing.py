"""Statements about print jobs."""

#: What is still on its way at a window, in the order it was asked for.
LIVE = (
    "WHERE hall = :hall AND \"window\" = :window AND state IN ('print_waiting', 'sending', 'sent')"
    " ORDER BY queued_at, id"
)
#: Nothing else was begun with its face later.
LAST_OF_FACE = (
    "NOT EXISTS (SELECT 1 FROM print_jobs AS later WHERE later.hall = print_jobs.hall"
    " AND later.paper = print_jobs.paper AND later.queued_at > print_jobs.queued_at)"
)
#: What is on its way, or asks for a person: what failed only as the last of its face.
OPEN = (
    'WHERE hall = :hall AND "window" = :window'
    " AND state IN ('print_waiting', 'sending', 'sent', 'unsure', 'print_failed')"
    f" AND (state <> 'print_failed' OR {LAST_OF_FACE})"
)
#: What ended since.
ENDED = 'WHERE hall = :hall AND "window" = :window AND ended_at >= :since'
#: The faces of the one and of the other.
FACES_OF_OPEN = f"WHERE hall = :hall AND number IN (SELECT paper FROM print_jobs {OPEN})"
FACES_OF_ENDED = f"WHERE hall = :hall AND number IN (SELECT paper FROM print_jobs {ENDED})"
