-- What the bot must remember between two button presses or two starts.
CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE searches (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL,
    question   TEXT NOT NULL,                -- JSON: the query and its filters
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX searches_by_user ON searches (user_id);
