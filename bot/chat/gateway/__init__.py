"""The connection to Discord: waits for it at the start, and keeps it."""
