"""Authors' names, which archives write in several ways, and organisations' names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import regex

from bot.papers.authors import given_and_family
from bot.search.analysis import Phrase, fold, pieces
from bot.search.spellings import spellings

QUOTES = '"“”„‟＂'
"""What a query has for a quotation mark."""

BAR = "|"
"""What stands between the names of one author in a query: author:"Yuandong Tian|Y. Tian"."""

_MARK = "\ue003"
"""What an organisation's tokens begin with in the index (private use). No other token has it."""
_TURNED = 6  # words of a name; a longer one is turned at its first and its last word
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_JOINT = regex.compile(r"[-‐–'’]")
_QUOTES = str.maketrans(dict.fromkeys(f"{QUOTES}{BAR}｜", " "))


# -- in queries and in the index ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def author_spellings(text: str, after: str = "") -> tuple[Phrase, ...]:
    """The spellings that an author's names match, each once: as given, and in other orders.

    Names of Hangul and other CJK keep their order, unless a comma stands in them.
    """
    forms = [form for name in text.split(BAR) for form in _orders(name)]
    return tuple(dict.fromkeys(phrase for form in forms for phrase in spellings(form, after)))


def _orders(name: str) -> tuple[str, ...]:
    """The name as given, and turned at each word: without its case, a query does not tell van from a given name."""
    words = name.replace(",", " ").split()
    if "," not in name and any(piece.is_cjk for piece in pieces(name)):
        return (name,)
    starts = range(len(words)) if len(words) <= _TURNED else (0, 1, len(words) - 1)
    return tuple(" ".join([*words[at:], *words[:at]]) for at in starts)


@lru_cache(maxsize=1024)
def organisation_spellings(text: str) -> tuple[Phrase, ...]:
    """The spellings that an organisation's name matches, with the marks of the index."""
    return tuple(Phrase(tuple(map(_marked, phrase.tokens))) for phrase in spellings(text))


def with_organisation(authors: str, organisation: str, boundary: str) -> str:
    """The index's text of the authors with an organisation's behind it, both as joined tokens."""
    marked = " ".join(map(_marked, organisation.split()))
    return f" {boundary} ".join(text for text in (authors, marked) if text)


def _marked(token: str) -> str:
    return _MARK + token


def author_query(names: Iterable[str], limit: int) -> str:
    """A query for an author with the first of these names, and others that it does not match, in `limit` characters."""
    chosen: list[str] = []
    known: set[Phrase] = set()
    for name in (" ".join(each.translate(_QUOTES).split()) for each in names):
        new = set(author_spellings(name)) - known
        if new and len(_author([*chosen, name])) <= limit:
            chosen.append(name)
            known |= new
    return _author(chosen)


def organisation_query(name: str) -> str:
    """A query for an organisation."""
    return f'org:"{" ".join(name.translate(_QUOTES).split())}"'


def _author(names: Sequence[str]) -> str:
    return f'author:"{BAR.join(names)}"'


# -- whose they are ----------------------------------------------------------------------------------------------------


_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name to compare, without case, accents and hyphens. A given name of one letter is an initial.

    `words` are all of its words in no order: names with the same words differ in their order at most.
    """

    family: str
    given: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "Name":
        """The name in a text such as "Tian, Yuandong"."""
        given, family = map(_words, given_and_family(written))
        return cls("".join(family), given, tuple(sorted(given + family)))

    def may_be(self, other: "Name") -> bool:
        """Whether both may be one person's: in another order, with initials, or without middle names."""
        return self.words == other.words or (self.family == other.family and _fit(self.given, other.given))

    @property
    def has_initials_alone(self) -> bool:
        """Whether all given names are initials."""
        return bool(self.given) and all(map(_is_initial, self.given))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_JOINT.sub("", fold(text.replace(".-", ". ")))))


def _fit(one: Sequence[str], other: Sequence[str]) -> bool:
    if "".join(one) == "".join(other):  # Yuan Dong, Yuandong
        return True
    return bool(one and other) and all(_agree(*pair) for pair in zip_longest(one, other, fillvalue=""))


def _agree(one: str, other: str) -> bool:
    """Whether two given names are equal, one is the other's initial, or one is left out."""
    return one == other or not one or not other or (one[0] == other[0] and (_is_initial(one) or _is_initial(other)))


def _is_initial(word: str) -> bool:
    return len(word) == 1


@dataclass(frozen=True, slots=True)
class Person:
    """The names of an archive that are taken together, and those that may be another person's too.

    `written` are all ways in which the archive writes those of `names`, such as with hyphens or in another order.
    """

    names: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def person_of(written: str, papers: Iterable[Sequence[str]]) -> Person:
    """The names of an archive that are one person's with `written`, which comes first.

    Two names are, where each name of the archive that may be the one may be the other. So whichever of them is asked
    about, the same names are together. Names that stand on one paper are two people's. `papers` are the authors of each
    paper, and hold all names that may be one of those that may be `written`.
    """
    lists = [(written,), *papers]
    named: dict[_Words, list[str]] = {}
    for each in dict.fromkeys(name for names in lists for name in names):
        named.setdefault(Name.of(each).words, []).append(each)
    own = Name.of(written).words
    if not own:
        return Person((written,), written=(written,))
    around = _Neighbours(named, lists)
    near = around.of(own)
    together = {words for words in near if around.of(words) == near}
    ordered = sorted(near, key=lambda words: (words != own, -len("".join(words)), words))
    return Person(
        tuple(named[words][0] for words in ordered if words in together),
        tuple(named[words][0] for words in ordered if words not in together),
        tuple(name for words in ordered if words in together for name in named[words]),
    )


class _Neighbours:
    """The names of an archive that may be one another's person, by their words."""

    def __init__(self, named: Mapping[_Words, Sequence[str]], lists: Iterable[Sequence[str]]) -> None:
        self._names = {words: [Name.of(each) for each in names] for words, names in named.items() if words}
        self._beside: defaultdict[_Words, set[_Words]] = defaultdict(set)
        for names in lists:
            there = {Name.of(each).words for each in names}
            for words in there:
                self._beside[words] |= there - {words}

    def of(self, words: _Words) -> frozenset[_Words]:
        """The names that may be the person of a name, which is among them."""
        own, beside = self._names[words], self._beside[words]
        return frozenset(
            other
            for other, names in self._names.items()
            if other not in beside and any(one.may_be(name) for one in own for name in names)
        )
