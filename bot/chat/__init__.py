"""Everything that shows domain objects in Discord: texts, embeds, buttons, and the Messenger."""
