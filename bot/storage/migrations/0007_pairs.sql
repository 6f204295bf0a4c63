-- Terms that papers explain themselves, as in 환각(hallucination); what the operator blocked outlasts every reload.
CREATE TABLE pairs (
    id            INTEGER PRIMARY KEY,
    term          TEXT NOT NULL,             -- what all spellings of it have in common
    gloss         TEXT NOT NULL,
    written_term  TEXT NOT NULL,             -- as the first paper has it
    written_gloss TEXT NOT NULL,
    papers        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (term, gloss)
) STRICT;
CREATE INDEX pairs_by_term ON pairs (term) WHERE papers > 1;
CREATE INDEX pairs_by_gloss ON pairs (gloss) WHERE papers > 1;

CREATE TABLE sightings (
    arxiv_id TEXT NOT NULL,
    pair_id  INTEGER NOT NULL,               -- a pair lives as long as its sightings: the triggers see to it
    PRIMARY KEY (arxiv_id, pair_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sighting_added AFTER INSERT ON sightings BEGIN
    UPDATE pairs SET papers = papers + 1 WHERE id = NEW.pair_id;
END;

CREATE TRIGGER sighting_removed AFTER DELETE ON sightings BEGIN
    UPDATE pairs SET papers = papers - 1 WHERE id = OLD.pair_id;
    DELETE FROM pairs WHERE id = OLD.pair_id AND papers = 0;
END;

CREATE TABLE blocked_pairs (
    written_term  TEXT NOT NULL,             -- no more than this: what spellings have in common may change
    written_gloss TEXT NOT NULL,
    PRIMARY KEY (written_term, written_gloss)
) STRICT, WITHOUT ROWID;
