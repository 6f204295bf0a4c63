"""Text for Discord: literal, within its limits, with pictures that may be shown."""
