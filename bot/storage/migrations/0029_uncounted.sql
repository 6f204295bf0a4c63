-- Papers whose words and pairs are still to be written, right after their own transaction. A number is used once: a paper
-- that is stored again meanwhile gets another.
CREATE TABLE uncounted (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    arxiv_id TEXT NOT NULL UNIQUE
) STRICT;
