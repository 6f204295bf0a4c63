-- The abstract is searched with the rest of a paper. The index is made anew, a little at a time, by the program.
DROP TABLE paper_index;
CREATE VIRTUAL TABLE paper_index USING fts5 (
    summary, title, authors, abstract, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO paper_index (paper_index, rank) VALUES ('automerge', 0);
INSERT INTO paper_index (paper_index, rank) VALUES ('crisismerge', 64);
INSERT INTO paper_index (paper_index, rank) VALUES ('usermerge', 2);
DELETE FROM notes WHERE name = 'analysis';
