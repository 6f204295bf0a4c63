-- Members who want to be reminded of what they have not read, on a weekday at nine in their zone.
CREATE TABLE reminders (
    user_id  INTEGER PRIMARY KEY REFERENCES members ON DELETE CASCADE,
    weekday  INTEGER NOT NULL,               -- Monday is 0
    timezone TEXT NOT NULL,
    language TEXT NOT NULL,
    due      TEXT NOT NULL                   -- the next one, UTC
) STRICT;
CREATE INDEX reminders_by_due ON reminders (due);

-- A reminder is an alert without queries: it says how many papers were unread. NULL for an alert about new papers.
ALTER TABLE alerts ADD COLUMN unread INTEGER;
