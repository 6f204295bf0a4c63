"""`paperboy demo`: the real bot, played on a local Discord. Nothing here is part of the bot that `run` runs."""
