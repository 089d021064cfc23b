"""Statements about batches."""

#: Those with numbers from one to another, newest first: the number tells window and day.
NUMBERED = "WHERE hall = :hall AND number >= :first AND number <= :last ORDER BY number DESC"
#: Sealed envelopes that lie in the hall, window by window.
READY = "WHERE hall = :hall AND state = 'sealed' ORDER BY \"window\", number"
