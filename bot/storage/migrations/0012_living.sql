-- Where a page's papers come from: 0 a page of the folder, 1 the site. Of a paper on both, the folder's text counts.
ALTER TABLE pages ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;

-- Days as the site lists them, while they grow and after. All moments are by the site's clock, UTC.
CREATE TABLE site_days (
    day         TEXT PRIMARY KEY,            -- YYYY-MM-DD, as the site dates it
    read_at     TEXT NOT NULL,               -- the newest reading
    still_since TEXT,                        -- the first reading after the day's end since which no paper was added
    whole_at    TEXT,                        -- the reading at which it counted as whole; NULL while it may grow
    whole_by    TEXT CHECK (whole_by IN ('still', 'limit')),
    papers      INTEGER NOT NULL,
    CHECK ((whole_at IS NULL) = (whole_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX site_days_open ON site_days (day) WHERE whole_at IS NULL;

-- Days that editions and alerts do not see yet. A page of the folder makes a day whole.
CREATE VIEW half_days AS
SELECT s.day FROM site_days s WHERE s.whole_at IS NULL
AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.day = s.day AND p.origin = 0);
CREATE INDEX pages_by_day ON pages (day, origin);

-- Votes as they were read, one reading an hour.
CREATE TABLE votes (
    day      TEXT NOT NULL,
    arxiv_id TEXT NOT NULL,
    hour     TEXT NOT NULL,                  -- YYYY-MM-DDTHH, UTC
    read_at  TEXT NOT NULL,
    votes    INTEGER NOT NULL,
    PRIMARY KEY (day, arxiv_id, hour)
) STRICT, WITHOUT ROWID;

-- What the site tells of a paper beyond what a page holds.
CREATE TABLE details (
    arxiv_id TEXT PRIMARY KEY,
    read_at  TEXT NOT NULL,
    content  TEXT NOT NULL                   -- JSON
) STRICT, WITHOUT ROWID;

-- What a model made of a paper, or why it did not. A row is there before the model is called.
CREATE TABLE summaries (
    arxiv_id TEXT NOT NULL,
    language TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('asking', 'made', 'refused')),
    tried_at TEXT NOT NULL,                  -- UTC
    tries    INTEGER NOT NULL DEFAULT 1,
    model    TEXT NOT NULL,
    content  TEXT,                           -- JSON, the bullets; NULL unless made
    fault    TEXT,
    PRIMARY KEY (arxiv_id, language)
) STRICT, WITHOUT ROWID;

-- What models were asked, by the day in UTC.
CREATE TABLE spending (
    day    TEXT PRIMARY KEY,
    calls  INTEGER NOT NULL,
    tokens INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pages that Paperboy wrote into the folder: what stands there with another hash was changed by a person.
CREATE TABLE written (
    key   TEXT PRIMARY KEY,
    hash  TEXT NOT NULL,
    stage TEXT NOT NULL                      -- what it was written from: a page is written anew when that moves on
) STRICT, WITHOUT ROWID;

-- A member's reading list.
CREATE TABLE saved (
    user_id  INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    arxiv_id TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (user_id, arxiv_id)
) STRICT, WITHOUT ROWID;

-- A digest may take a day before it is whole, or be a recap of a week.
ALTER TABLE digests ADD COLUMN early INTEGER NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN weekly INTEGER NOT NULL DEFAULT 0;
ALTER TABLE editions ADD COLUMN early INTEGER NOT NULL DEFAULT 0;    -- 1 where its day was not whole
ALTER TABLE editions ADD COLUMN first_day TEXT;                      -- of a recap: it goes from here to its day
-- A digest that was daily may tell in a recap of a day that it had.
DROP INDEX editions_day_once;
CREATE UNIQUE INDEX editions_day_once ON editions (digest_id, day, first_day IS NULL)
    WHERE state IN ('planned', 'posted');

-- Editions whose messages are edited, once, with the votes that have settled.
CREATE TABLE revisions (
    edition_id INTEGER PRIMARY KEY REFERENCES editions ON DELETE CASCADE,
    state      TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed')),
    votes      TEXT NOT NULL,                -- JSON: {arXiv id: votes}
    due        TEXT NOT NULL,                -- not before this moment, UTC
    until      TEXT NOT NULL,                -- not tried again from this moment on, UTC
    position   INTEGER NOT NULL DEFAULT 0,   -- messages before this one are done
    attempts   INTEGER NOT NULL DEFAULT 0,   -- that failed by what may pass
    detail     TEXT
) STRICT;
CREATE INDEX revisions_owed ON revisions (due) WHERE state = 'pending';
