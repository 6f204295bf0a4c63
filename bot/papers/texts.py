"""A paper's texts by language, and which of them a reader gets."""

from dataclasses import replace
from functools import lru_cache

from bot.papers import Bullet, Day, Paper, Text
from bot.papers.language import written_language

_KEPT = 2048  # summaries whose language is remembered


def for_reader(paper: Paper, language: str) -> Paper:
    """The paper with the summary that a reader of a language gets; the other texts follow in `texts`.

    That is the first text in the language, else the page's, else the first of the others: they are in the archive's
    order of languages.
    """
    texts = all_texts(paper)
    chosen = next((text for text in texts if text.language == language), texts[0] if texts else None)
    if chosen is None:
        return paper
    return replace(paper, summary=chosen.bullets, texts=tuple(text for text in texts if text != chosen))


def day_for_reader(day: Day, language: str) -> Day:
    """The day with each paper as a reader of a language gets it."""
    return replace(day, listings=tuple(replace(one, paper=for_reader(one.paper, language)) for one in day.listings))


def all_texts(paper: Paper) -> tuple[Text, ...]:
    """The summary, if there is one, and the other texts. A text that is the summary is left out of those."""
    own = (Text(summary_language(paper), paper.summary),) if paper.summary else ()
    return (*own, *(text for text in paper.texts if text.bullets != paper.summary))


def summary_language(paper: Paper) -> str | None:
    """The language of the summary, as "ko"; None if it has none or it can't be told."""
    return _language_of(paper.summary)


@lru_cache(_KEPT)
def _language_of(summary: tuple[Bullet, ...]) -> str | None:
    return written_language(" ".join(Text(None, summary).bullet_texts()))
