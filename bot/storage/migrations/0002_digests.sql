-- Standing orders of servers, and one row for each edition and what became of it.
CREATE TABLE digests (
    id          INTEGER PRIMARY KEY,
    guild_id    INTEGER NOT NULL,
    number      INTEGER NOT NULL,            -- its name within the server, from 1
    channel_id  INTEGER NOT NULL,
    time        TEXT NOT NULL,               -- HH:MM on the wall of its zone
    timezone    TEXT NOT NULL,
    weekdays    TEXT NOT NULL,               -- digits, Monday is 0
    count       INTEGER NOT NULL,
    min_votes   INTEGER NOT NULL,
    style       TEXT NOT NULL,
    language    TEXT,
    replay_from TEXT,
    paused      INTEGER NOT NULL DEFAULT 0,
    created_by  INTEGER,                     -- NULL once that member asked for their data to be deleted
    created_at  TEXT NOT NULL,
    since       TEXT NOT NULL,               -- runs before this moment are not owed
    UNIQUE (guild_id, number)
) STRICT;
CREATE INDEX digests_by_time ON digests (timezone, time) WHERE NOT paused;

CREATE TABLE editions (
    id         INTEGER PRIMARY KEY,
    digest_id  INTEGER NOT NULL REFERENCES digests ON DELETE CASCADE,
    date       TEXT NOT NULL,                -- at the digest's zone
    due        TEXT NOT NULL,                -- the moment, UTC
    state      TEXT NOT NULL CHECK (state IN ('planned', 'posted', 'skipped', 'failed')),
    channel_id INTEGER NOT NULL,
    style      TEXT NOT NULL,
    language   TEXT,
    day        TEXT,
    total      INTEGER,                      -- how many papers the day had
    papers     TEXT,                         -- JSON: [[arXiv id, votes, title], ...], best first
    why        TEXT,
    facts      TEXT,                         -- JSON, what the reason's message needs
    message_id INTEGER,
    UNIQUE (digest_id, due)
) STRICT;
CREATE UNIQUE INDEX editions_day_once ON editions (digest_id, day) WHERE state IN ('planned', 'posted');
