-- What the worklists go by: each index ends in the key its list is sorted by, and holds no line of another list.
-- Their conditions stand in `statements/worklists.py` word for word, so that SQLite sees that they are the same.

CREATE INDEX cases_at_counter ON cases (hall, state, registered_at, number)
    WHERE state IN ('registered', 'to_correct', 'served');
CREATE INDEX cases_ended ON cases (hall, registered_at, number)
    WHERE state IN ('closed', 'declined', 'guided', 'withdrawn');
-- Unique, though the number is so already: that tells SQLite that what is joined to a case follows in its order.
CREATE UNIQUE INDEX cases_reviewed ON cases (hall, registered_at, number) WHERE state = 'reviewed';
-- Without those to be packed: PostgreSQL would go through all there ever were, and looks them up by their cases now.
CREATE INDEX consignments_at_work ON consignments (hall, state, changed_at, id, case_number)
    WHERE state NOT IN ('packing', 'done');
CREATE INDEX tasks_open ON tasks (hall, opened_at, id) WHERE state = 'open';
CREATE INDEX acts_waiting ON waiting (hall, "at", id) WHERE state = 'waiting';
