-- The reading that closed a day for editions and alerts; NULL while it is open. A whole day is closed.
ALTER TABLE site_days ADD COLUMN closed_at TEXT;
UPDATE site_days SET closed_at = whole_at;

-- Days that are closed: by a reading, or by a page of the folder.
CREATE VIEW closed_days AS
SELECT day FROM site_days WHERE closed_at IS NOT NULL UNION SELECT day FROM pages WHERE origin = 0;

-- Days that editions and alerts do not see yet. A page of the folder closes its day.
DROP VIEW half_days;
DROP INDEX site_days_open;
CREATE INDEX site_days_open ON site_days (day) WHERE closed_at IS NULL;
CREATE VIEW half_days AS
SELECT s.day FROM site_days s WHERE s.closed_at IS NULL
AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.day = s.day AND p.origin = 0);

-- Papers that a reading added to a day that was closed before. The next edition takes them in, and the next alert.
CREATE TABLE late (
    day      TEXT NOT NULL,                  -- that lists it
    arxiv_id TEXT NOT NULL,
    found_at TEXT NOT NULL,                  -- when it was stored, UTC
    waits    INTEGER NOT NULL DEFAULT 1,     -- 1 until a later day is closed: alerts tell of it then
    PRIMARY KEY (day, arxiv_id)
) STRICT, WITHOUT ROWID;
