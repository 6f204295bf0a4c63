"""The courier, what it owes, and what an error means. Speaks to a Messenger, not to Discord."""
