-- Papers' authors in the papers' own order, which pages do not keep, and who told it. No names: arXiv has no record.
CREATE TABLE ordered_authors (
    arxiv_id TEXT PRIMARY KEY,
    told_by  TEXT NOT NULL CHECK (told_by IN ('site', 'arxiv')),
    read_at  TEXT NOT NULL,                  -- UTC
    names    TEXT NOT NULL CHECK (json_type(names) = 'array')
) STRICT, WITHOUT ROWID;

-- The site's own days have kept its order.
INSERT OR IGNORE INTO ordered_authors
SELECT a.arxiv_id, 'site', p.loaded_at, json_extract(a.content, '$.authors')
FROM appearances a JOIN pages p ON p.id = a.page_id
WHERE p.origin = 1 AND CASE WHEN json_valid(a.content) THEN
    json_array_length(a.content, '$.authors') > 0 AND NOT json_extract(a.content, '$.more') END
ORDER BY a.day DESC;
