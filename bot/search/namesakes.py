"""Looks up which names of the archive are one author's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from bot.papers.authors import given_and_family, names_of
from bot.search.analysis import Phrase
from bot.search.finding import fts
from bot.search.model import Filters
from bot.search.names import Name, Person, author_spellings, person_of
from bot.search.query import Field
from bot.search.shelf import Shelf, Shelves
from bot.search.spellings import spellings

_SECONDS = 1.0
_MOST = 400
"""Papers with the name that are read, the newest."""
_MOST_OF_FAMILY = 3000
"""Papers with the family name that are read, to tell whose initials are whose."""


class Namesakes:
    """Finds the names that are one author's."""

    def __init__(self, library: Shelves) -> None:
        self._library = library

    async def of(self, name: str) -> Person:
        """The names that the archive shows to be one person's, `name` first.

        If that can't be told within a second, or the family name is in too many papers, no other name is taken with it.
        """
        return await self._library.search(lambda shelf: _person(shelf, name), is_long=True)


def _person(shelf: Shelf, name: str) -> Person:
    shelf.allow(_SECONDS)
    papers, whole = list[Sequence[str]](), False
    with suppress(TimeoutError):
        asked = fts.in_field(Field.AUTHOR, author_spellings(name))
        usual = _usual(name, _authors(shelf, shelf.rows(asked, Filters(), _MOST)))
        rows = shelf.rows(_alike(usual), Filters(), _MOST + 1)
        papers += _concerned(_authors(shelf, rows[:_MOST]), usual)
        whole = len(rows) <= _MOST
        if whole and _needs_family([[usual], *papers], usual):
            rows = shelf.rows(fts.in_field(Field.AUTHOR, _family(usual)), Filters(), _MOST_OF_FAMILY + 1)
            whole = False
            if len(rows) <= _MOST_OF_FAMILY:
                papers += _concerned(_authors(shelf, rows), usual)
                whole = True
    found = person_of(name, papers)
    return found if whole else _alone(found)


def _usual(name: str, papers: Iterable[Sequence[str]]) -> str:
    """The order in which the archive usually writes a name, with which its initials and its family name are told."""
    own = Name.of(name).words
    counts = Counter(each for names in papers for each in names if Name.of(each).words == own)
    return counts.most_common(1)[0][0] if counts else name


def _alike(name: str) -> str:
    """An expression for papers with the name, its first given name beside its family name, or the initial of that."""
    asked = [fts.in_field(Field.AUTHOR, author_spellings(name))]
    given, last = given_and_family(name)[0].split(), _family(name)
    if given and last:
        if first := spellings(given[0]):
            asked.append(f"({fts.in_field(Field.AUTHOR, first)} AND {fts.in_field(Field.AUTHOR, last)})")
        asked.append(fts.in_field(Field.AUTHOR, author_spellings(f"{given[0][0]} {given_and_family(name)[1]}")))
    return " OR ".join(asked)


def _family(name: str) -> tuple[Phrase, ...]:
    return spellings(given_and_family(name)[1])


def _needs_family(papers: Iterable[Sequence[str]], name: str) -> bool:
    """Whether initials that may be the name's are among the names: they may be those of anyone in the family."""
    own = Name.of(name)
    return any(each.has_initials_alone and each.may_be(own) for names in papers for each in map(Name.of, names))


def _concerned(papers: Iterable[Sequence[str]], name: str) -> Iterator[list[str]]:
    """Of each paper the names with the family name of a name."""
    family = Name.of(name).family
    for names in papers:
        yield [each for each in names if family == (held := Name.of(each)).family or family in held.words]


def _alone(person: Person) -> Person:
    """The person under one name: all others are doubtful."""
    first, *others = person.names
    own = Name.of(first).words
    written = tuple(each for each in person.written if Name.of(each).words == own)
    return Person((first,), (*others, *person.doubtful), written)


def _authors(shelf: Shelf, rows: Sequence[int]) -> Iterator[Sequence[str]]:
    """The authors of each paper."""
    for found in shelf.read(rows):
        shelf.check()
        if paper := found.paper():
            yield names_of(paper)
