-- 'cards' is a short card from now on, and the card with the longer summary is 'full'. Nobody's channel changes by itself:
-- what is ordered, and what is posted or about to be, keeps its look.
UPDATE digests SET settings = json_set(settings, '$.style', 'full')
WHERE json_type(settings, '$.style') IS NULL OR json_extract(settings, '$.style') = 'cards';

UPDATE editions SET style = 'full' WHERE style = 'cards';
