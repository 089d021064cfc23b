"""Statements about batches."""

#: Those with numbers from one to another, newest first: the number tells window and day.
NUMBERED = "WHERE hall = :hall AND number >= :first AND number <= :last ORDER BY number DESC"
