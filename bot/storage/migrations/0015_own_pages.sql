-- The hashes of what Paperboy wrote to a page's place, each noted before it was put there: what stands in the folder with
-- one of them is its own, also where the program was killed in between, or another process wrote it.
CREATE TABLE own_pages (
    key  TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (key, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO own_pages SELECT key, hash FROM written WHERE hash <> '';
ALTER TABLE written DROP COLUMN hash;
