"""Everything that turns domain objects into Discord: embeds, limits, views, and the Messenger."""
