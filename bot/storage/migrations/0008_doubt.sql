-- Deliveries know since when it is not certain whether their message came. Their numbers are never given again: Discord
-- takes a number that comes twice for one message, and would keep the second back.
CREATE TABLE deliveries_anew (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    part         TEXT NOT NULL CHECK (part IN ('cards', 'headline', 'thread', 'paper', 'alert')),
    position     INTEGER NOT NULL,
    edition_id   INTEGER REFERENCES editions ON DELETE CASCADE,
    alert_id     INTEGER UNIQUE REFERENCES alerts ON DELETE CASCADE,
    state        TEXT NOT NULL DEFAULT 'pending'
                 CHECK (state IN ('pending', 'sending', 'retrying', 'sent', 'failed', 'skipped')),
    due          TEXT NOT NULL,              -- not before this moment, UTC
    attempts     INTEGER NOT NULL DEFAULT 0,
    unsure_since TEXT,                       -- the first attempt that may have been stored, UTC; NULL without doubt
    channel_id   INTEGER,                    -- where it lies, once sent
    message_id   INTEGER,
    sent_at      TEXT,
    fault        TEXT,
    detail       TEXT,
    UNIQUE (edition_id, position),
    CHECK ((edition_id IS NULL) <> (alert_id IS NULL)),
    CHECK (state <> 'sending' OR unsure_since IS NOT NULL),
    CHECK (state <> 'sent' OR (message_id IS NOT NULL AND unsure_since IS NULL))
) STRICT;

-- What was being sent when an older program ended is in doubt since it was due.
INSERT INTO deliveries_anew (id, part, position, edition_id, alert_id, state, due, attempts, unsure_since, channel_id,
    message_id, sent_at, fault, detail)
SELECT id, part, position, edition_id, alert_id, state, due, attempts, CASE state WHEN 'sending' THEN due END,
    channel_id, message_id, sent_at, fault, detail FROM deliveries;

DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;
CREATE INDEX deliveries_owed ON deliveries (due) WHERE state IN ('pending', 'sending', 'retrying');
