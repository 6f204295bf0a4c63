-- How many subscriptions a server's channels have is asked whenever one is added.
CREATE INDEX subscriptions_by_server ON subscriptions (guild_id) WHERE guild_id IS NOT NULL;
