-- The library: pages of the archive, the papers they list, and what a search asks.
CREATE TABLE pages (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,          -- YYYY/MM/DD.md, wherever the folder stands
    day       TEXT NOT NULL,                 -- YYYY-MM-DD, from the page's heading
    hash      TEXT NOT NULL,
    loaded_at TEXT NOT NULL
) STRICT;

-- A paper on a page. The text is kept here, so that a page taken back leaves the other day's text whole.
CREATE TABLE appearances (
    id       INTEGER PRIMARY KEY,
    page_id  INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    day      TEXT NOT NULL,
    position INTEGER NOT NULL,
    arxiv_id TEXT NOT NULL,
    votes    INTEGER,
    authors  INTEGER NOT NULL,               -- how many are named
    video    INTEGER NOT NULL,               -- 1 where there is one
    content  TEXT NOT NULL,                  -- the paper as JSON
    UNIQUE (page_id, arxiv_id)
) STRICT;
CREATE INDEX appearances_by_day ON appearances (day, page_id, position);
CREATE INDEX appearances_by_paper ON appearances (arxiv_id, day);

-- A paper, once; its text and votes are those of the newest day that lists it.
CREATE TABLE papers (
    id            INTEGER PRIMARY KEY,
    arxiv_id      TEXT NOT NULL UNIQUE,
    day           TEXT NOT NULL,
    votes         INTEGER,
    appearance_id INTEGER NOT NULL REFERENCES appearances DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX papers_by_day ON papers (day);

CREATE VIRTUAL TABLE paper_index USING fts5 (title, authors, summary, tokenize = 'unicode61 remove_diacritics 0');

-- Papers new to a day, until the alerts about them are planned. Any process may add; the bot takes them out.
CREATE TABLE arrivals (
    day      TEXT NOT NULL,
    arxiv_id TEXT NOT NULL,
    PRIMARY KEY (day, arxiv_id)
) STRICT, WITHOUT ROWID;
