"""A paper as text: its title, authors, votes and summary, cut to given limits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from bot.chat.text.escape import (
    ELLIPSIS,
    clean,
    escape,
    escaped_len,
    first_sentence,
    link_text,
    linked_len,
    shorten,
    utf16_len,
    width,
)
from bot.chat.text.limits import join_fitting
from bot.latex import readable, readable_bullet
from bot.locale import Catalogue
from bot.locale.headings import tells_news, translated
from bot.papers import Bullet, Listing, Paper
from bot.papers.authors import names_of
from bot.papers.texts import summary_language

_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_HANGUL = regex.compile(r"\p{Hangul}")
_NAMES = 2
MOST_NAMES = 8
"""Authors that the view of a paper names."""
_NAME = 60
_MORE = 40
"""Room for "and 1,234 more" in either language."""
_DEEPEST = 3
_LONGEST_HEADING = 100
_MORE_TO_READ = f" {ELLIPSIS}"
_GLOSS = regex.compile(r"\s?(?:\((?=[^()]*\p{L})[^()]*+\)|（(?=[^（）]*\p{L})[^（）]*+）)")
"""A term in parentheses after its translation: "합성 데이터(synthetic data)"."""
_LEAST_PIECE = 80
"""A bullet is left out if less room than this is left for it."""


def title(paper: Paper, limit: int, measure: Callable[[str], int] = escaped_len) -> str:
    """The title as literal text that measures at most `limit`; the arXiv id if nothing of the title is visible.

    It is cut after a word: the part after "Right or Wrong?" is often the one that says what the paper is about.
    """
    text = readable(paper.title)
    return shorten(text if _VISIBLE.search(text) else paper.arxiv_id, limit, measure, at_sentences=False)


def linked_title(paper: Paper, limit: int, measure: Callable[[str], int] = linked_len) -> str:
    """The title as a link to the paper on arXiv, cut so that `measure` of the title is at most `limit`."""
    return f"[{link_text(title(paper, limit, measure))}]({paper.url})"


def votes(listing: Listing, catalogue: Catalogue) -> str:
    """The votes in words; "" if the page gives none."""
    return "" if listing.votes is None else catalogue.say("votes", votes=listing.votes)


def unbroken(text: str) -> str:
    """A short text whose words stay on one line, such as "12 votes"; as it is in Hangul, which breaks inside words."""
    return text if _HANGUL.search(text) else text.replace(" ", "\u00a0")


def authors_line(paper: Paper, catalogue: Catalogue) -> str:
    """Two authors as literal text: "Ada, Grace and 9 more", or "Ada, Grace and others"; "" if there are none.

    The number of others is given only if the order of the authors is known: else the two are not the first ones. It is
    not given either if the page cut the list.
    """
    names = _names(paper)
    left = len(names) - _NAMES
    counted = paper.ordered and not paper.more_authors
    return _with_others(", ".join(names[:_NAMES]), left > 0 or paper.more_authors, left if counted else None, catalogue)


def some_authors(paper: Paper, catalogue: Catalogue, limit: int) -> str:
    """Up to MOST_NAMES authors and the number of others, as Discord text that fits the limit.

    Of a list that the page cut, the number is unknown and not given.
    """
    names = _names(paper)
    shown, count = join_fitting([escape(name) for name in names[:MOST_NAMES]], limit - _MORE, ", ")
    left = len(names) - count
    others = left > 0 or paper.more_authors
    return _with_others(shown, others, None if paper.more_authors else left, catalogue)


def _with_others(names: str, others: bool, left: int | None, catalogue: Catalogue) -> str:  # noqa: FBT001  of two callers
    """The names, and that there are others, with their number if it is given."""
    if not names or not others:
        return names
    if left is None:
        return catalogue.say("authors-open", names=names)
    return catalogue.say("authors-more", names=names, more=left)


def _names(paper: Paper) -> list[str]:
    return [shown for name in names_of(paper) if (shown := shorten(name, _NAME, utf16_len))]


def first_words(paper: Paper, limit: int) -> str:
    """The first sentence of the summary as literal text of at most `limit` once escaped."""
    return shorten(first_sentence(_plain(paper.summary[0])), limit) if paper.summary else ""


def gist(paper: Paper, limit: int) -> str:
    """What is new, in one sentence, as literal text of at most `limit` by `width`; "" without a summary.

    Terms in parentheses are left out of a sentence that is too long with them.
    """
    news = next((bullet for bullet in paper.summary if tells_news(bullet.heading) and _plain(bullet)), None)
    words = _plain(news) if news else next(iter(summary_words(paper)), "")
    sentence = first_sentence(words)
    return shorten(sentence if width(sentence) <= limit else _GLOSS.sub("", sentence), limit, width)


def language_note(paper: Paper, catalogue: Catalogue) -> str:
    """Tells the language of the summary if it is not the catalogue's: "Summary: Korean"; else ""."""
    language = summary_language(paper)
    if language is None or language == catalogue.language:
        return ""
    return catalogue.say("summary-language", language=catalogue.name_of(language))


def common_note(papers: Iterable[Paper], catalogue: Catalogue) -> str:
    """The note on the language of the summaries, if it is the same for all papers that have one; else ""."""
    notes = {language_note(paper, catalogue) for paper in papers if paper.summary}
    return notes.pop() if len(notes) == 1 else ""


def summary_words(paper: Paper) -> tuple[str, ...]:
    """The text of each bullet of the summary without its heading, as literal text; empty ones are left out."""
    return words_of(paper.summary)


def words_of(bullets: Sequence[Bullet]) -> tuple[str, ...]:
    """The text of each bullet without its heading, as literal text; empty ones are left out."""
    return tuple(words for bullet in _all(bullets) if (words := _plain(bullet)))


def summary_text(paper: Paper, limit: int, catalogue: Catalogue) -> str:
    """The summary as Discord text of at most `limit`: whole bullets, the last perhaps cut after a sentence.

    It ends with "…" if something is left out. Usual headings are in the catalogue's language.
    """
    lines = list(_lines(paper.summary, catalogue))
    text, count = join_fitting([line.written() for line in lines], limit)
    if count == len(lines):
        return text
    text, count = join_fitting([line.written() for line in lines], limit - utf16_len(_MORE_TO_READ))
    piece = lines[count].cut(limit - utf16_len(text) - 1)
    return f"{text}\n{piece}".strip("\n") if piece else text + _MORE_TO_READ * bool(text)


@dataclass(frozen=True, slots=True)
class _Line:
    """One bullet: what leads it, as Discord text, and its words, as literal text."""

    lead: str
    words: str

    def written(self) -> str:
        """The whole line as Discord text."""
        return (self.lead + escape(self.words)).rstrip()

    def cut(self, room: int) -> str:
        """The beginning of the line in at most `room`; "" where that is too little to begin."""
        left = room - utf16_len(self.lead)
        return self.lead + escape(shorten(self.words, left)) if self.words and left >= _LEAST_PIECE else ""


def _lines(bullets: Sequence[Bullet], catalogue: Catalogue, depth: int = 0) -> Iterator[_Line]:
    for bullet in bullets:
        heading = escape(_heading(bullet, catalogue))
        # Top-level bullets with a heading, such as "What's New", are shown as paragraphs; the others as a list.
        is_paragraph = bool(heading) and depth == 0 and bullet.number is None
        mark = "" if is_paragraph else "- " if bullet.number is None else f"{bullet.number}. "
        lead = "  " * min(depth, _DEEPEST) + mark + (f"**{heading}** " if heading else "")
        words = _plain(bullet)
        if heading or words:
            yield _Line(lead, words)
        yield from _lines(bullet.children, catalogue, depth if is_paragraph else depth + 1)


def _heading(bullet: Bullet, catalogue: Catalogue) -> str:
    return shorten(translated(clean(readable(bullet.heading or "")), catalogue), _LONGEST_HEADING)


def _all(bullets: Sequence[Bullet]) -> Iterator[Bullet]:
    for bullet in bullets:
        yield bullet
        yield from _all(bullet.children)


def _plain(bullet: Bullet) -> str:
    return clean(readable_bullet(bullet))
