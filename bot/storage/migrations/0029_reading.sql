-- When a member read a paper of their list, and what they noted about it, for themselves.
ALTER TABLE saved ADD COLUMN read_at TEXT;   -- UTC; NULL while it is unread
ALTER TABLE saved ADD COLUMN note TEXT NOT NULL DEFAULT '';
