"""Terms that papers explain themselves, as in 환각(hallucination) or Retrieval-Augmented Generation(RAG).

A gloss is the other name in the brackets. The brackets show where it begins and ends, but not how many of the words
before them belong to the term. So every possible term is counted in each paper. Over many papers, the right one is the
one that recurs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.latex import readable
from bot.papers import Paper
from bot.search.analysis import fold, stem

ENOUGH = 2
"""A pair is used once this many papers show it."""
MAX_WORDS = 6
"""A term or a gloss has at most this many words."""
MOST = 4
"""A term has at most this many translations."""

_OWN_SHARE = (
    0.35  # of a candidate's papers, those without a longer candidate: if they are fewer, a longer one is the term
)
_NOISE = 0.01  # of the papers with a gloss's most frequent term: a term in fewer of them is taken for an error
_REACH = 120  # characters before a bracket that are looked at
_MAX_PARTS = 3  # a longer list in brackets is no gloss

_BRACKET = re.compile(r"[(（]([^()（）]{1,100})[)）]")
_QUOTES = " \"'`*‘’“”「」『』"
_BREAK = re.compile(r"[^\w\s&+–-]|_")  # no term runs over these
_WORD = re.compile(r"[^\s–-]+")
_RUN = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_HANGUL = re.compile("[가-힣]")
_HANGUL_GLOSS = re.compile(r"[가-힣]+(?:[ -][가-힣]+){0,5}")
_LATIN_GLOSS = re.compile(r"(?:[234]D[ -])?[A-Za-z]+(?:[ '&–-]+[A-Za-z]+)*|[A-Z]+2[A-Z]+s?")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_NO_VOWEL = re.compile("[b-df-hj-np-tv-xz]{2,}s")  # the plural of LLM; a stemmer takes it for a word
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"})

# A word that ends so stands outside the term that follows it.
_OUTSIDE = (
    *(
        "를",
        "을",
        "는",
        "은",
        "에서",
        "으로",
        "에게",
        "에",
        "하여",
        "위해",
        "위한",
        "통해",
        "통한",
        "및",
        "또는",
        "이나",
    ),
    *("같은", "이러한", "새로운", "다양한", "기존", "최근", "이란", "라는", "등"),
)
# So ends an attribute, which may be a part of the term: 사고의 연쇄, 일반화된 정책.
_ATTRIBUTE = ("의", "한", "인", "된", "할", "될", "와", "과", "로", "가", "이")


Keys = tuple[str, str]
"""Term and gloss as `key` has them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and what it is glossed with, as the archive writes them; in how many papers.

    The term is Korean, or a full name in Latin letters whose gloss is its acronym.
    """

    term: str
    gloss: str
    papers: int = 1

    @property
    def keys(self) -> Keys:
        """The keys of term and gloss: pairs with the same keys are the same pair."""
        return key(self.term), key(self.gloss)

    def __str__(self) -> str:
        return f"{self.term}={self.gloss}"


@dataclass(frozen=True, slots=True)
class Translation:
    """Another way to say the words of a query from index `start` to before `end`; `papers` papers show that pair."""

    start: int
    end: int
    text: str
    papers: int


def key(text: str) -> str:
    """The same key for all spellings of a term: 강화 학습 and 강화학습, LLMs and LLM, Fine-Tuning and fine tuned."""
    found = ""
    for run in _RUN.findall(fold(text)):
        korean = _HANGUL.match(run)
        joint = "" if not found or (korean and _HANGUL.match(found[-1])) else " "
        found += joint + (run if korean else stem(_singular(run)))
    return found


def spans(words: Sequence[str]) -> dict[tuple[int, int], str]:
    """The key of each sequence of words that may be a term, by its first index and the index after its last."""
    ends = {(start, end) for start in range(len(words)) for end in range(start + 1, start + MAX_WORDS + 1)}
    rows = {(start, end): key(" ".join(words[start:end])) for start, end in ends if end <= len(words)}
    return {row: found for row, found in sorted(rows.items()) if found}


def translate(rows: Mapping[tuple[int, int], str], pairs: Iterable[Pair]) -> tuple[Translation, ...]:
    """The translations of sequences of words: at most MOST for each, the most frequent first."""
    others: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for pair in most_seen_first(pairs):
        term, gloss = pair.keys
        others[term].setdefault(gloss, (pair.papers, pair.gloss))
        others[gloss].setdefault(term, (pair.papers, pair.term))
    return tuple(
        Translation(start, end, text, papers)
        for (start, end), found in rows.items()
        for papers, text in islice(others[found].values(), MOST)
    )


def most_seen_first(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs by the number of their papers."""
    return sorted(pairs, key=lambda pair: (-pair.papers, str(pair)))


def paper_pairs(paper: Paper) -> dict[Keys, Pair]:
    """The candidate pairs in a paper's title and bullets."""
    found: dict[Keys, Pair] = {}
    for text in (paper.title, *paper.bullet_texts()):
        for pair in text_pairs(readable(text)):
            term, gloss = keys = pair.keys
            if term and gloss and term != gloss:
                found.setdefault(keys, pair)
    return found


def text_pairs(text: str) -> Iterator[Pair]:
    """The pairs that the brackets of one text may mean."""
    for bracket in _BRACKET.finditer(text):
        parts = [part.strip(_QUOTES) for part in re.split("[,;]", bracket[1])]
        before = _BREAK.split(text[max(0, bracket.start() - _REACH) : bracket.start()].rstrip(_QUOTES))[-1]
        after = _LATIN_GLOSS.match(text, bracket.end())
        words = [word.start() for word in _WORD.finditer(before)]
        if len(parts) > _MAX_PARTS:
            continue
        if words and not _HANGUL.search(before, words[-1]):
            yield from _of_name(before, parts)
        elif after and _HANGUL_GLOSS.fullmatch(parts[0]):
            yield from _of_name(after[0], parts)
        else:
            yield from _of_korean(before, words, parts)


def holding(pairs: Iterable[Pair]) -> list[Pair]:
    """The right pairs among all candidates that are frequent enough.

    Before (RAG) stand 생성, 증강 생성 and 검색 증강 생성. The longest is the term, as nearly all papers with a shorter
    one have the whole of it. Of 환각 and 모델의 환각 before (hallucination), the shorter is the term, as the longer one
    is in few papers.
    """
    glossed: dict[str, dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        term, gloss = pair.keys
        glossed[gloss][term] = pair
    return [pair for terms in glossed.values() for pair in _meant(terms)]


def _meant(terms: Mapping[str, Pair]) -> Iterator[Pair]:
    """The right terms of one gloss. A paper with a longer candidate is also counted for the shorter ones."""
    own = {term: pair.papers for term, pair in terms.items()}
    shorter = {term: [term[start:] for start in range(1, len(term)) if term[start:] in terms] for term in terms}
    for term, pair in terms.items():
        for next_shorter in shorter[term][:1]:
            own[next_shorter] -= pair.papers
    enough = max(ENOUGH, _NOISE * max(pair.papers for pair in terms.values()))
    meant: set[str] = set()
    for term in sorted(terms, key=len):
        if own[term] >= max(enough, _OWN_SHARE * terms[term].papers) and meant.isdisjoint(shorter[term]):
            meant.add(term)
            yield terms[term]


# -- Korean before the bracket ---------------------------------------------------------------------------------------


def _of_korean(before: str, words: Sequence[int], glosses: Sequence[str]) -> Iterator[Pair]:
    """대규모 언어 모델(Large Language Models, LLMs): `words` are where the words of the text before begin."""
    if not all(map(_is_latin, glosses)):
        return
    names = [Pair(full, short) for full in glosses for short in glosses if _abbreviates(short, full)]
    if len(glosses) > 1 and not names:
        return  # a list of examples
    yield from names
    for gloss in glosses:
        for term in _extents(before, words, _size(gloss)):
            yield Pair(term, gloss)


def _extents(before: str, words: Sequence[int], size: int) -> Iterator[str]:
    """The word sequences at the end of `before` that may be the term of a gloss of `size` words, the shortest first."""
    for count, start in enumerate(reversed(words), 1):
        previous = before[:start].split()[-1:] if count < len(words) else []
        outside = not previous or previous[0].endswith(_OUTSIDE)
        attribute = bool(previous) and previous[0].endswith(_ATTRIBUTE)
        term = before[start:]
        letters = sum(len(run) if _HANGUL.match(run) else 2 for run in _RUN.findall(term))
        if 2 * letters >= 3 * size and (count >= size or letters >= 2 * size or outside or attribute):
            yield term
        if outside or (attribute and count >= size) or count >= max(2, size + 1):
            return


# -- a name in Latin letters before the bracket ----------------------------------------------------------------------


def _of_name(before: str, glosses: Sequence[str]) -> Iterator[Pair]:
    """Retrieval-Augmented Generation(RAG), RAG(Retrieval-Augmented Generation), hallucination(환각)."""
    words: list[str] = []
    for word in reversed(before.split()):
        if not _LATIN_WORD.fullmatch(word) or len(words) == MAX_WORDS:
            break
        words.insert(0, word)
    if not words:
        return
    for gloss in glosses:
        if _HANGUL_GLOSS.fullmatch(gloss):
            name = words[-1] if _is_acronym(words[-1]) else " ".join(words)
            if _is_latin(name) and len(gloss.split()) <= _size(name) + 1:
                yield Pair(gloss, name)
        elif _is_latin(gloss):
            fulls = [" ".join(words[start:]) for start in range(len(words))]
            yield from (Pair(full, gloss) for full in fulls if _abbreviates(gloss, full))
            if _abbreviates(words[-1], gloss):
                yield Pair(gloss, words[-1])


def _is_latin(text: str) -> bool:
    return len(text) > 1 and len(text.split()) <= MAX_WORDS and _LATIN_GLOSS.fullmatch(text) is not None


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1 and word.isalnum()


def _size(name: str) -> int:
    """How many words a name has; for an acronym, how many it stands for."""
    if _is_acronym(name):
        return sum(map(str.isupper, name))
    return max(1, sum(word not in _SMALL for word in re.split(r"[\W_]+", name.lower())))


def _abbreviates(short: str, full: str) -> bool:
    """Whether each word of `full` gives its first letter to an acronym, and any of the letters after it, in order."""
    words = [word for word in re.split(r"[\W_]+", full.lower()) if word]
    if not _is_acronym(short) or len(words) == 1:
        return False
    letters = _singular(short).lower().replace("2", "t")
    reached = {0}
    for word in words:
        ends = {at + 1 for at in reached if letters.startswith(word[0], at)}
        for letter in word[1:]:
            ends |= {at + 1 for at in ends if letters.startswith(letter, at)}
        reached = ends | reached if word in _SMALL else ends
    return len(letters) in reached


def _singular(word: str) -> str:
    plural = word.endswith("s") and (word[:-1].isupper() or _NO_VOWEL.fullmatch(word.lower()))
    return word[:-1] if plural else word
