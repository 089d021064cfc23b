"""Statements of wrapped keys: the data key under the hall key, the hall key under the passphrase."""

DATA_KEYS = "SELECT id, algorithm, wrapped, created_at FROM data_keys WHERE hall = :hall ORDER BY id"
ADD_DATA_KEY = (
    "INSERT INTO data_keys (hall, id, algorithm, wrapped, created_at)"
    " VALUES (:hall, :id, :algorithm, :wrapped, :created_at)"
)
ENROLMENT = "SELECT algorithm, salt, wrapped, created_at FROM enrolments WHERE hall = :hall"
ADD_ENROLMENT = (
    "INSERT INTO enrolments (hall, algorithm, salt, wrapped, created_at)"
    " VALUES (:hall, :algorithm, :salt, :wrapped, :created_at)"
)
#: Whether the store is taken: one store holds one hall.
ANY_HALL = "SELECT id FROM halls LIMIT 1"
OTHER_HALL = "SELECT id FROM halls WHERE id <> :hall LIMIT 1"
