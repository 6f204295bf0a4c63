-- An edition of a digest with a subject: the query, and how many of the papers that `total` counts match it.
ALTER TABLE editions ADD COLUMN query TEXT;
ALTER TABLE editions ADD COLUMN matching INTEGER;
