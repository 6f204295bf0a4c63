"""A short passage of a paper's summary, with the words of the query marked: it shows why the paper was found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.latex import readable
from bot.papers import Paper
from bot.papers.texts import all_texts
from bot.search.analysis import Phrase, fold, is_cjk, tokens
from bot.search.located import Located, located
from bot.search.query import Field, Term

Spellings = tuple[Phrase, ...]

_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?])(?<!\b\d\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)\s|(?<=[。！？]))\s*"
)
_LEAD = 40
"""Characters of a long sentence that may stand before the first word asked for."""
_MOST = 100
"""Places in a sentence that are compared: with each of them the passage may begin."""
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; `matched` if it belongs to the query. Neighbouring pieces differ in `matched`."""

    text: str
    matched: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """The position of a term in a text; `asked` is the term's index in the query."""

    start: int
    end: int
    asked: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its position in a text, and the indexes of the terms that it contains."""

    text: str
    start: int
    end: int
    asked: tuple[int, ...]

    @property
    def density(self) -> tuple[int, int]:
        """How many different terms it contains, and how many occurrences of them."""
        return len(set(self.asked)), len(self.asked)


def asked_of(terms: Iterable[Term], field: Field = Field.ANY) -> tuple[Spellings, ...]:
    """What terms ask of a field, or of a summary: the spellings of each that does not exclude and may stand there."""
    return tuple(term.spellings for term in terms if not term.excluded and term.field in {Field.ANY, field})


def summary_texts(paper: Paper) -> tuple[str, ...]:
    """The text of each bullet of a summary, in order, without its LaTeX."""
    return tuple(map(readable, paper.bullet_texts()))


def texts_of(paper: Paper, abstract: str) -> tuple[str, ...]:
    """The bullets of all the paper's texts, the summary first, and the abstract: without LaTeX, each once."""
    bullets = (bullet for text in all_texts(paper) for bullet in text.bullet_texts())
    return tuple(map(readable, dict.fromkeys((*bullets, abstract))))


def marked(text: str, asked: Sequence[Spellings]) -> tuple[Piece, ...]:
    """The whole text as pieces, with the occurrences of the terms marked."""
    return tuple(_pieces(text, 0, len(text), _matches(text, asked)))


def passage(texts: Sequence[str], asked: Sequence[Spellings], limit: int) -> tuple[Piece, ...]:
    """One or two sentences of at most `limit` characters, where most of what was asked for stands most often.

    `texts` are a summary's bullets; where nothing asked for is in them, the first begins the passage. What was cut
    away within a sentence is marked with "…". Without any text there are no pieces.
    """
    sentences = [sentence for text in texts for sentence in _sentences(text, asked)]
    if not sentences:
        return ()
    best = max(range(len(sentences)), key=lambda index: (sentences[index].density, -index))
    text = _with_neighbour(sentences, best, limit)
    matches = _matches(text, asked)[:_MOST]
    start, end = _window(text, matches, limit)
    return tuple(_pieces(text, start, end, [match for match in matches if start <= match.start and match.end <= end]))


def first_passage(groups: Iterable[Sequence[str]], asked: Sequence[Spellings], limit: int) -> tuple[Piece, ...]:
    """The passage of the first group of texts that has something asked for, else of the first that is not empty."""
    passages = [passage(texts, asked, limit) for texts in groups if texts]
    told = (found for found in passages if any(piece.matched for piece in found))
    return next(told, passages[0] if passages else ())


def _sentences(text: str, asked: Sequence[Spellings]) -> Iterator[_Sentence]:
    start = 0
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        if (sentence := text[start:end]).strip():
            words = tokens(sentence) if _may_hold(sentence, asked) else ()
            yield _Sentence(text, start, end, tuple(number for _, _, number in _found(words, asked)))
        start = end


def _may_hold(sentence: str, asked: Sequence[Spellings]) -> bool:
    """Whether a sentence may contain a term. A token begins with the first two characters of its word."""
    folded = fold(sentence)
    return any(phrase.tokens[0][:2] in folded for spellings in asked for phrase in spellings)


def _with_neighbour(sentences: list[_Sentence], best: int, limit: int) -> str:
    """The best sentence, with the one after or before it where that has what was asked for and both fit."""
    chosen = sentences[best]
    for other in sentences[best + 1 : best + 2] + sentences[max(best - 1, 0) : best]:
        start, end = min(chosen.start, other.start), max(chosen.end, other.end)
        if other.asked and other.text is chosen.text and end - start <= limit:
            return chosen.text[start:end].strip()
    return chosen.text[chosen.start : chosen.end].strip()


def _matches(text: str, asked: Sequence[Spellings]) -> list[_Match]:
    """The occurrences of the terms, in the order of the text."""
    words = located(text)
    found = [
        _Match(words[first].start, _end(words[first + len(phrase.tokens) - 1], phrase), number)
        for first, phrase, number in _found([word.token for word in words], asked)
    ]
    return sorted(found, key=lambda match: match.start)


def _end(last: Located, phrase: Phrase) -> int:
    """A Latin word is marked whole, a pair of characters only as far as the query has it."""
    sought = phrase.tokens[-1]
    return min(last.end, last.start + len(sought)) if is_cjk(sought) else last.end


def _found(words: Sequence[str], asked: Sequence[Spellings]) -> Iterator[tuple[int, Phrase, int]]:
    """Each match: its first token, the spelling, and the number of what was asked for."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word, []).append(index)
    for number, spellings in enumerate(asked):
        for phrase in spellings:
            for first in _beginnings(phrase, places):
                if _stands(words[first : first + len(phrase.tokens)], phrase):
                    yield first, phrase, number


def _beginnings(phrase: Phrase, places: dict[str, list[int]]) -> Iterator[int]:
    """Where the phrase may begin."""
    if phrase.prefix and len(phrase.tokens) == 1:
        yield from (index for word, there in places.items() if word.startswith(phrase.tokens[0]) for index in there)
    else:
        yield from places.get(phrase.tokens[0], ())


def _stands(words: Sequence[str], phrase: Phrase) -> bool:
    *whole, last = phrase.tokens
    if len(words) < len(phrase.tokens) or list(words[:-1]) != whole:
        return False
    return words[-1].startswith(last) if phrase.prefix else words[-1] == last


def _window(text: str, matches: Sequence[_Match], limit: int) -> tuple[int, int]:
    """The part of at most `limit` characters that has most matches, from a word's beginning to a word's end."""
    if len(text) <= limit:
        return 0, len(text)
    room = limit - 2 * len(_ELLIPSIS)
    starts = [0, *(_word_start(text, match.start - _LEAD) for match in matches)]
    windows = [(start, _word_end(text, start + room)) for start in starts]

    def density(window: tuple[int, int]) -> tuple[int, int, int]:
        inside = [match.asked for match in matches if window[0] <= match.start and match.end <= window[1]]
        return len(set(inside)), len(inside), -window[0]

    return max(windows, key=density)


def _word_start(text: str, near: int) -> int:
    """The first beginning of a word from a place on, or the place itself where none is close."""
    if near <= 0:
        return 0
    space = text.find(" ", near, near + _LEAD)
    return space + 1 if space >= 0 else near


def _word_end(text: str, near: int) -> int:
    """The last end of a word up to a place, or the place itself where none is close."""
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", near - _LEAD, near + 1)
    return space if space >= 0 else near


def _pieces(text: str, start: int, end: int, matches: Sequence[_Match]) -> Iterator[Piece]:
    """A part of a text as pieces, with its matches marked."""
    unmatched, at = _ELLIPSIS if start else "", start
    for first, last in _runs(text, matches):
        if unmatched := unmatched + text[at:first]:
            yield Piece(unmatched)
        yield Piece(text[first:last], matched=True)
        unmatched, at = "", last
    if unmatched := unmatched + text[at:end] + (_ELLIPSIS if end < len(text) else ""):
        yield Piece(unmatched)


def _runs(text: str, matches: Sequence[_Match]) -> Iterator[tuple[int, int]]:
    """The positions of the matches, in order. Matches with only white space between them become one."""
    start = end = -1
    for match in matches:
        if end < 0 or text[end : match.start].strip():
            if end > 0:
                yield start, end
            start = match.start
        end = max(end, match.end)
    if end > 0:
        yield start, end
