-- When and why digests were paused: what is shown of it, and what is owed to the admin who made the digest.
CREATE TABLE pauses (
    id        INTEGER PRIMARY KEY,
    digest_id INTEGER NOT NULL REFERENCES digests ON DELETE CASCADE,
    began     TEXT NOT NULL,                 -- the moment, UTC
    ended     TEXT,                          -- NULL while it lasts
    why       TEXT,                          -- NULL where an admin paused it
    facts     TEXT                           -- JSON, what the reason's message needs
) STRICT;
CREATE INDEX pauses_by_digest ON pauses (digest_id, began);
CREATE UNIQUE INDEX pauses_that_last ON pauses (digest_id) WHERE ended IS NULL;
INSERT INTO pauses (digest_id, began) SELECT id, since FROM digests WHERE paused;

ALTER TABLE digests ADD COLUMN timed_at TEXT NOT NULL DEFAULT ''; -- since when it has its time, zone and weekdays
UPDATE digests SET timed_at = since;

-- An edition that Discord was not there for says since when.
UPDATE editions SET facts = json_set(coalesce(facts, '{}'), '$.since', due) WHERE why = 'unavailable';

-- Servers that the bot was removed from: what they set is kept for a while.
CREATE TABLE removals (
    guild_id INTEGER PRIMARY KEY,
    since    TEXT NOT NULL                   -- when it was noticed, UTC
) STRICT;

ALTER TABLE subscriptions ADD COLUMN refused TEXT; -- why its channel takes no alert any more

-- A notice of a pause is owed like any message. What may pass is tried until a moment, and says since when it fails.
CREATE TABLE deliveries_anew (
    id            INTEGER PRIMARY KEY,
    part          TEXT NOT NULL CHECK (part IN ('cards', 'headline', 'thread', 'paper', 'alert', 'notice')),
    position      INTEGER NOT NULL,
    edition_id    INTEGER REFERENCES editions ON DELETE CASCADE,
    alert_id      INTEGER UNIQUE REFERENCES alerts ON DELETE CASCADE,
    pause_id      INTEGER UNIQUE REFERENCES pauses ON DELETE CASCADE,
    state         TEXT NOT NULL DEFAULT 'pending'
                  CHECK (state IN ('pending', 'sending', 'retrying', 'sent', 'failed', 'skipped')),
    due           TEXT NOT NULL,             -- not before this moment, UTC
    until         TEXT NOT NULL,             -- what may pass is not tried again from this moment on, UTC
    attempts      INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,                      -- the first attempt that failed by what may pass, UTC
    channel_id    INTEGER,                   -- where it lies, once sent
    message_id    INTEGER,
    sent_at       TEXT,
    fault         TEXT,
    detail        TEXT,
    UNIQUE (edition_id, position),
    CHECK ((edition_id IS NOT NULL) + (alert_id IS NOT NULL) + (pause_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO deliveries_anew
    (id, part, position, edition_id, alert_id, state, due, until, attempts, channel_id, message_id, sent_at, fault, detail)
SELECT id, part, position, edition_id, alert_id, state, due,
       strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', due, '+1 day'),
       attempts, channel_id, message_id, sent_at, fault, detail
FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_anew RENAME TO deliveries;
CREATE INDEX deliveries_owed ON deliveries (due) WHERE state IN ('pending', 'sending', 'retrying');
