"""The terms of papers: the words by which `/paper similar` finds papers, and the authors."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from sys import intern

from bot.latex import readable
from bot.papers import Paper
from bot.papers.authors import names_of
from bot.search.analysis import Phrase, pieces
from bot.search.passage import marked, texts_of
from bot.search.shelf import Found, Shelf
from bot.search.subjects.similar import clues_of

Terms = Mapping[str, tuple[str, ...]]
"""A paper's terms, each with the indexed words of which it consists. An author's begins with AUTHOR."""

AUTHOR = "@"
_LETTERS = 2
_LEAST_NAMES = 2  # a single name may be anybody's
_KEPT = 2_048  # papers, in some ten megabytes
_COUNTED = 50_000  # terms


class TermReader:
    """Reads papers' terms, which takes a millisecond a paper, and in how many papers they are. It remembers both."""

    def __init__(self) -> None:
        self._terms: dict[int, Terms] = {}
        self._counts: dict[str, int] = {}
        self._held = 0

    def of(self, found: Found) -> Terms:
        """The terms of a paper; none if it can't be read."""
        terms = self._terms.get(found.version)
        if terms is None:
            if len(self._terms) >= _KEPT:
                self._terms.clear()
            paper = found.paper()
            terms = self._terms[found.version] = terms_of(paper) if paper else {}
        return terms

    def counts(self, shelf: Shelf, terms: Terms, held: int) -> dict[str, int]:
        """In about how many of the `held` papers each term is: as many as the rarest of its words, as written."""
        if held != self._held or len(self._counts) > _COUNTED:
            self._held, self._counts = held, {}
        counts = self._counts  # another thread may begin anew
        if new := terms.keys() - counts.keys():
            known = shelf.known(list({word for term in new for word in terms[term]}))
            counts |= {term: min(known[word].papers if word in known else 1 for word in terms[term]) for term in new}
        return {term: counts[term] for term in terms}


def terms_of(paper: Paper) -> Terms:
    """A paper's terms."""
    words = {intern(str(clue.phrase)): clue.written for clue in clues_of(paper)}
    return words | {key: written for name in names_of(paper) for key, written in _author(name)}


def written_in(paper: Paper, term: str) -> str:
    """A term as the paper writes it, "" if it doesn't."""
    if term.startswith(AUTHOR):
        return next((name for name in names_of(paper) if any(key == term for key, _ in _author(name))), "")
    asked = [(Phrase(tuple(term.split())),)]
    texts = (readable(paper.title), *texts_of(paper, ""))
    # Few words have its first letters, but one may have them with an accent.
    likely = (word for text in texts for word in text.split() if term[:_LETTERS] in word.lower())
    words = chain(likely, (word for text in texts for word in text.split()))
    found = (piece.text for word in words for piece in marked(word, asked) if piece.matched)
    return next(found, "")


@lru_cache(16_384)
def _author(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The term of an author, whatever the order of the names; none for a single name."""
    words = sorted({token for piece in pieces(name) for token in (piece.tokens if piece.is_cjk else piece.runs)})
    return ((intern(AUTHOR + " ".join(words)), tuple(words)),) if len(words) >= _LEAST_NAMES else ()
