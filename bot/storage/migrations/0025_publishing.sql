-- A delivery may also be a discussion, which is a thread on a paper's message, or the publication of a message.
CREATE TABLE deliveries_anew (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    part          TEXT NOT NULL CHECK (part IN ('cards', 'headline', 'thread', 'paper', 'post', 'discussion',
                  'publication', 'alert', 'notice')),
    position      INTEGER NOT NULL,
    follows       INTEGER,                   -- the position of the message that it is done to
    edition_id    INTEGER REFERENCES editions ON DELETE CASCADE,
    alert_id      INTEGER UNIQUE REFERENCES alerts ON DELETE CASCADE,
    pause_id      INTEGER UNIQUE REFERENCES pauses ON DELETE CASCADE,
    state         TEXT NOT NULL DEFAULT 'pending'
                  CHECK (state IN ('pending', 'sending', 'retrying', 'sent', 'failed', 'skipped')),
    due           TEXT NOT NULL,             -- not before this moment, UTC
    until         TEXT NOT NULL,             -- what may pass is not tried again from this moment on, UTC
    attempts      INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,                      -- the first attempt that failed by what may pass, UTC
    unsure_since  TEXT,                      -- the first attempt that may have been stored, UTC; NULL without doubt
    channel_id    INTEGER,                   -- where it lies, once sent: a channel, thread, post or DM
    message_id    INTEGER,
    sent_at       TEXT,
    fault         TEXT,
    detail        TEXT,
    UNIQUE (edition_id, position),
    CHECK ((edition_id IS NOT NULL) + (alert_id IS NOT NULL) + (pause_id IS NOT NULL) = 1),
    CHECK (part NOT IN ('discussion', 'publication') OR follows IS NOT NULL),
    CHECK (state <> 'sending' OR unsure_since IS NOT NULL),
    CHECK (state <> 'sent' OR (message_id IS NOT NULL AND unsure_since IS NULL))
) STRICT;
INSERT INTO deliveries_anew (id, part, position, edition_id, alert_id, pause_id, state, due, until, attempts,
    failing_since, unsure_since, channel_id, message_id, sent_at, fault, detail)
SELECT id, part, position, edition_id, alert_id, pause_id, state, due, until, attempts,
    failing_since, unsure_since, channel_id, message_id, sent_at, fault, detail FROM deliveries;

-- The numbers go on where they stood: Discord takes a number that comes twice for one message.
DELETE FROM sqlite_sequence WHERE name = 'deliveries_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'deliveries_anew', seq FROM sqlite_sequence WHERE name = 'deliveries';
DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;
CREATE INDEX deliveries_owed ON deliveries (due) WHERE state IN ('pending', 'sending', 'retrying');
CREATE INDEX deliveries_by_state ON deliveries (state, fault);
CREATE INDEX editions_sent ON deliveries (sent_at) WHERE edition_id IS NOT NULL AND position = 0;
