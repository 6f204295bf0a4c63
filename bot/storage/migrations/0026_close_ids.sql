-- A day has 64 ids, days since 0000-12-31 times 64; a paper for which there is none has one below zero.
UPDATE papers SET id = CASE
    WHEN numbered.place < 64 THEN numbered.day * 64 + numbered.place
    ELSE numbered.day * 16384 + numbered.place - 64 - 1099511627776
END FROM (
    SELECT arxiv_id, CAST(julianday(day) - 1721424.5 AS INTEGER) AS day,
           row_number() OVER (PARTITION BY day ORDER BY id) - 1 AS place
    FROM papers
) AS numbered WHERE numbered.arxiv_id = papers.arxiv_id;

-- The index knew papers by their old ids. It is made anew, a little at a time, by the program.
DELETE FROM notes WHERE name = 'analysis';
