"""English comparatives: smaller is also small, and fastest is also fast. The stemmer keeps them apart."""

import re
from collections.abc import Iterator

_COMPARATIVE = re.compile(r"([a-z]{3,})(?:er|est)")
_DOUBLED = re.compile(r"(.+[aeiou])([bdgmnt])\2")


def positive(word: str) -> Iterator[str]:
    """What a word may be the comparative of, as guesses: bigger is bigg, big or bigge; none for any other word."""
    found = _COMPARATIVE.fullmatch(word)
    if found is None:
        return
    base = found[1]
    if base.endswith("i"):
        yield base[:-1] + "y"
        return
    yield base
    if doubled := _DOUBLED.fullmatch(base):
        yield doubled[1] + doubled[2]
    yield base + "e"
