-- Papers are numbered in the order of their days, so that a span of dates is a span of rows: days since 0000-12-31,
-- times 16,384, plus a number within the day.
UPDATE papers SET id = numbered.id FROM (
    SELECT arxiv_id, CAST(julianday(day) - 1721424.5 AS INTEGER) * 16384
                     + row_number() OVER (PARTITION BY day ORDER BY id) - 1 AS id
    FROM papers
) AS numbered WHERE numbered.arxiv_id = papers.arxiv_id;

-- The summary comes first, since entries of the first column are shorter. The index keeps no text of its own: what it held of a paper follows from the paper. It is filled when the program
-- starts, since a text's tokens are made in Python; the note `analysis` says by which version.
DROP TABLE paper_index;
CREATE VIRTUAL TABLE paper_index USING fts5 (
    summary, title, authors, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);

-- Merging is done beside the transactions that store papers, a little at a time.
INSERT INTO paper_index (paper_index, rank) VALUES ('automerge', 0);
INSERT INTO paper_index (paper_index, rank) VALUES ('crisismerge', 64);
INSERT INTO paper_index (paper_index, rank) VALUES ('usermerge', 2);

-- Words as papers write them (of Hangul and other CJK, pairs of signs), for half a word and for typing errors.
CREATE TABLE words (
    word   TEXT PRIMARY KEY,
    token  TEXT,                             -- as the index has it; NULL where it is the word itself
    papers INTEGER NOT NULL                  -- how many have it
) STRICT, WITHOUT ROWID;
