"""The slash commands, one file or folder a command group."""
