-- A subscription's query as its owner typed it last; `query` is its canonical form.
ALTER TABLE subscriptions ADD COLUMN typed TEXT NOT NULL DEFAULT '';
UPDATE subscriptions SET typed = query;

-- What a member wants to hear nothing of, whatever their subscriptions say.
CREATE TABLE mutes (
    id      INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    query   TEXT NOT NULL,                   -- one exclusion in canonical form: -word or -author:"a name"
    typed   TEXT NOT NULL                    -- the word or name as the member read it
) STRICT;
CREATE UNIQUE INDEX mutes_once ON mutes (user_id, query);

-- What members changed with a button or by /subscribe remove, so that a button can undo it.
CREATE TABLE undos (
    id      INTEGER PRIMARY KEY,             -- random
    user_id INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    act     TEXT NOT NULL,
    held    TEXT NOT NULL,                   -- JSON: the rows as they were before
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX undos_by_user ON undos (user_id);
