"""Text for Discord: escaped, within its limits, and without what Discord refuses."""
