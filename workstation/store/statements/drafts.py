"""Statements of the drafts, which lie in a file of their own and in no ledger."""

#: Recorded like a step of the ledger's schema, so that neither file is taken for the other.
STEP = "drafts_0001"
STEPS = "SELECT name FROM schema_steps"
RECORD_STEP = "INSERT INTO schema_steps (name, at) VALUES (:name, :at)"
#: `counts` outlives the drafts: an ordinal is never used twice.
SCHEMA = """
CREATE TABLE schema_steps (name TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE counts (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    object TEXT,
    operator TEXT NOT NULL,
    "window" INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'parked')),
    begun_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    title BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
INSERT INTO counts (name, last) VALUES ('drafts', 0);
"""

COUNT = "UPDATE counts SET last = last + 1 WHERE name = 'drafts' RETURNING last"
_COLUMNS = 'id, kind, object, operator, "window", state, begun_at, changed_at, version, title, body'
ADD = (
    f"INSERT INTO drafts ({_COLUMNS}) VALUES"
    " (:id, :kind, :object, :operator, :window, :state, :begun_at, :changed_at, :version, :title, :body)"
)
ALL = f"SELECT {_COLUMNS} FROM drafts ORDER BY begun_at, id"
ONE = f"SELECT {_COLUMNS} FROM drafts WHERE id = :id"
VERSION = "SELECT version FROM drafts WHERE id = :id"
_CHANGE = "changed_at = :now, version = version + 1 WHERE id = :id"
SAVE = f"UPDATE drafts SET body = :body, {_CHANGE}"
SAVE_TITLED = f"UPDATE drafts SET title = :title, body = :body, {_CHANGE}"
SET_STATE = f"UPDATE drafts SET state = :state, {_CHANGE}"
DISCARD = "DELETE FROM drafts WHERE id = :id"
