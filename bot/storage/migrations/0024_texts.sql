-- Searches and subscriptions look in all texts of a paper. A model's summary is one of them once it is shown: from then
-- on it is in the index, which is made anew, a little at a time, by the program.
ALTER TABLE summaries ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
UPDATE summaries SET shown = 1 WHERE state = 'made';
CREATE INDEX summaries_to_show ON summaries (arxiv_id) WHERE state = 'made' AND shown = 0;
DELETE FROM notes WHERE name = 'analysis';
