-- Whom the first message of an edition pings: a role's id, "everyone" or "here".
ALTER TABLE editions ADD COLUMN mention TEXT;
