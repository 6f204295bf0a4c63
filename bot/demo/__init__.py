"""`paperboy demo` and `paperboy try`: the real bot on a local Discord. `paperboy run` uses none of it."""
