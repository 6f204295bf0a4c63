-- The outbox: one row for each message owed, and the truth about what was sent.
CREATE TABLE deliveries (
    id         INTEGER PRIMARY KEY,
    part       TEXT NOT NULL CHECK (part IN ('cards', 'headline', 'thread', 'paper', 'alert')),
    position   INTEGER NOT NULL,
    edition_id INTEGER REFERENCES editions ON DELETE CASCADE,
    alert_id   INTEGER UNIQUE REFERENCES alerts ON DELETE CASCADE,
    state      TEXT NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'sending', 'retrying', 'sent', 'failed', 'skipped')),
    due        TEXT NOT NULL,                -- not before this moment, UTC
    attempts   INTEGER NOT NULL DEFAULT 0,
    channel_id INTEGER,                      -- where it lies, once sent
    message_id INTEGER,
    sent_at    TEXT,
    fault      TEXT,
    detail     TEXT,
    UNIQUE (edition_id, position),
    CHECK ((edition_id IS NULL) <> (alert_id IS NULL))
) STRICT;
CREATE INDEX deliveries_owed ON deliveries (due) WHERE state IN ('pending', 'sending', 'retrying');
