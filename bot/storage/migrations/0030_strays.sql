-- Papers that no day lists, read from the site because a member named them. They are in no index and in no count.
CREATE TABLE strays (
    arxiv_id TEXT PRIMARY KEY,
    read_at  TEXT NOT NULL,                  -- UTC
    content  TEXT NOT NULL                   -- the paper, as in appearances
) STRICT, WITHOUT ROWID;
