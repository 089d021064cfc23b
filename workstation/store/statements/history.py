"""Statements about the hall's old ledger 旧台账."""

#: How far an import has come: lines are taken in the order of the file.
LAST_LINE = "SELECT max(line) AS line FROM old_cases WHERE hall = :hall AND rescue = :rescue"
#: Whose name, document or telephone this is; three look-ups and a few lines to sort.
BY_DIGEST = (
    "WHERE (hall = :hall AND name_digest = :name OR hall = :hall AND id_digest = :id"
    " OR hall = :hall AND phone_digest = :phone) ORDER BY id LIMIT 200"
)
#: A page of what is damaged in a file, in its order: that of the ids.
FLAGGED = (
    "WHERE hall = :hall AND rescue = :rescue AND id > :after AND flags <> '' ORDER BY rescue, id LIMIT :count"
)
