-- Whether a server was greeted. joined_at is Discord's own record of when the bot joined: it changes only when the bot is
-- invited again, so no restart, reconnection or outage leads to a second greeting.
CREATE TABLE greetings (
    guild_id   INTEGER PRIMARY KEY,
    joined_at  TEXT NOT NULL,                -- UTC; '' where it is not known
    again      INTEGER NOT NULL,             -- whether the server's digests of an earlier time continue
    state      TEXT NOT NULL CHECK (state IN ('owed', 'sending', 'sent', 'skipped')),
    channel_id INTEGER,                      -- where it is sent to; a DM's channel too
    message_id INTEGER,
    CHECK (state NOT IN ('sending', 'sent') OR channel_id IS NOT NULL),
    CHECK (state <> 'sent' OR message_id IS NOT NULL)
) STRICT;
INSERT INTO greetings (guild_id, joined_at, again, state) SELECT guild_id, '', 0, 'skipped' FROM removals;
