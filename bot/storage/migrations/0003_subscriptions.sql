-- Members' saved queries, and what they matched.
CREATE TABLE members (
    user_id    INTEGER PRIMARY KEY,
    dms_closed TEXT                          -- since when, UTC
) STRICT;

CREATE TABLE subscriptions (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    query      TEXT NOT NULL,                -- in canonical form
    place      TEXT NOT NULL CHECK (place IN ('dm', 'here')),
    channel_id INTEGER,                      -- NULL for a DM
    guild_id   INTEGER,
    min_votes  INTEGER NOT NULL,
    paused     INTEGER NOT NULL DEFAULT 0,
    language   TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX subscriptions_once ON subscriptions (user_id, query, coalesce(channel_id, 0));

CREATE TABLE alerts (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    day        TEXT NOT NULL,
    channel_id INTEGER,
    guild_id   INTEGER,
    language   TEXT NOT NULL,
    matches    TEXT NOT NULL                 -- JSON: [[arXiv id, votes, [query, ...]], ...]
) STRICT;
CREATE INDEX alerts_by_user ON alerts (user_id);

-- A member is told of a paper once, however often its page is loaded.
CREATE TABLE alerted (
    user_id  INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    arxiv_id TEXT NOT NULL,
    PRIMARY KEY (user_id, arxiv_id)
) STRICT, WITHOUT ROWID;
