"""Plural, -ing and -ed of English words, as spelling rules; which of them are words, the collection says."""

import re
from collections.abc import Container, Iterator

_LEAST_BASE = 4
_PLAIN = re.compile(r"[a-z]+")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")


def others(word: str, known: Container[str]) -> list[str]:
    """The other known forms of an English word, in lower case: those of each base that it may be a form of."""
    word = word.casefold()
    if not _PLAIN.fullmatch(word):
        return []
    found = {form for base in _bases(word) if len(base) >= _LEAST_BASE and base in known for form in _forms(base)}
    return sorted(form for form in found if form != word and form in known)


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending in ("ies", "ied"):
        if word.endswith(ending):
            yield word.removesuffix(ending) + "y"
    for ending in ("s", "es"):
        if word.endswith(ending) and not word.endswith("ss"):
            yield word.removesuffix(ending)
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            base = word.removesuffix(ending)
            yield base
            yield base + "e"
            if _DOUBLED.search(base):
                yield base[:-1]


def _forms(base: str) -> Iterator[str]:
    yield base
    if base.endswith("y"):
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "s", base + "ing", base + "ed")
    elif base.endswith("e"):
        yield from (base + "s", base[:-1] + "ing", base + "d")
    else:
        yield from (base + "s", base + "es", base + "ing", base + "ed", base + base[-1] + "ing", base + base[-1] + "ed")
