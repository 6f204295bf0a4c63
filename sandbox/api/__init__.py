"""Discord's API v10, as the bot uses it: REST and the gateway."""
