-- A digest's order as one JSON object; what SQL asks for is read out of it. The table is changed in place: editions and
-- pauses reference it with ON DELETE CASCADE.
-- Malformed JSON would fail every query of the table.
ALTER TABLE digests ADD COLUMN settings TEXT NOT NULL DEFAULT '{}' CHECK (json_type(settings) = 'object');

-- Weekdays were digits, "014"; what is no list of digits is kept as it stands, and is as unreadable as before.
UPDATE digests SET settings = json_object(
    'channel', CAST(channel_id AS TEXT),
    'time', time,
    'timezone', timezone,
    'weekdays', json(CASE WHEN weekdays = '' OR weekdays GLOB '*[^0-6]*' THEN json_quote(weekdays) ELSE
        '[' || rtrim(replace(replace(replace(replace(replace(replace(replace(weekdays, '0', '"mon",'), '1', '"tue",'),
        '2', '"wed",'), '3', '"thu",'), '4', '"fri",'), '5', '"sat",'), '6', '"sun",'), ',') || ']' END),
    'count', count,
    'min_votes', min_votes,
    'style', style,
    'language', language,
    'replay_from', replay_from,
    'early', json(iif(early, 'true', 'false')),
    'weekly', json(iif(weekly, 'true', 'false'))
);

DROP INDEX digests_by_time;
ALTER TABLE digests DROP COLUMN channel_id;
ALTER TABLE digests DROP COLUMN time;
ALTER TABLE digests DROP COLUMN timezone;
ALTER TABLE digests DROP COLUMN weekdays;
ALTER TABLE digests DROP COLUMN count;
ALTER TABLE digests DROP COLUMN min_votes;
ALTER TABLE digests DROP COLUMN style;
ALTER TABLE digests DROP COLUMN language;
ALTER TABLE digests DROP COLUMN replay_from;
ALTER TABLE digests DROP COLUMN early;
ALTER TABLE digests DROP COLUMN weekly;
ALTER TABLE digests ADD COLUMN time TEXT GENERATED ALWAYS AS (json_extract(settings, '$.time')) VIRTUAL;
ALTER TABLE digests ADD COLUMN timezone TEXT GENERATED ALWAYS AS (json_extract(settings, '$.timezone')) VIRTUAL;
ALTER TABLE digests ADD COLUMN early INTEGER GENERATED ALWAYS AS (json_extract(settings, '$.early')) VIRTUAL;
ALTER TABLE digests ADD COLUMN weekly INTEGER GENERATED ALWAYS AS (json_extract(settings, '$.weekly')) VIRTUAL;
ALTER TABLE digests ADD COLUMN replay_from TEXT GENERATED ALWAYS AS (json_extract(settings, '$.replay_from')) VIRTUAL;
CREATE INDEX digests_by_time ON digests (timezone, time) WHERE NOT paused;
