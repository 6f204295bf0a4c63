-- Members' likes of papers, in the server where each was given. Only their number is ever shown.
CREATE TABLE likes (
    guild_id INTEGER NOT NULL,
    arxiv_id TEXT NOT NULL,
    user_id  INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
    liked_at TEXT NOT NULL,
    PRIMARY KEY (guild_id, arxiv_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX likes_by_user ON likes (user_id);

-- What a recap tells beside its papers, as JSON: the server's favourites of the week, and the terms that rise.
ALTER TABLE editions ADD COLUMN recap TEXT;
