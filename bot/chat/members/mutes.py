"""Mutes in words, and what an alert proposes to mute."""

from collections.abc import Iterable, Sequence

import discord
import regex

from bot.alerts.model import MAX_MUTES, Mute
from bot.chat.text import limits
from bot.chat.text.escape import escape, shorten, utf16_len
from bot.chat.text.theme import Sign
from bot.latex import readable
from bot.locale import Catalogue
from bot.papers import Paper
from bot.search.query import Field, Query, parse

_NAME = 60
_VALUE = 100
"""The limit of an option's value."""
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}+#-]*[\p{L}\p{N}+#]")
_LEAST = 3  # letters of a word
_PLAIN = frozenset(
    _WORD.findall(
        "about across all and any are based beyond but can does for from general has how into its large learning "
        "model models more need not one only our out over than that the their them this through toward towards "
        "two under use using via what when where which while who why with without you your "
    )
)
"""Words of titles that nobody wants to mute."""


def mute_text(mute: Mute, catalogue: Catalogue) -> str:
    """A mute in words, as Discord text."""
    return escape(mute_name(mute, catalogue))


def add_mutes(embed: discord.Embed, mutes: Sequence[Mute], catalogue: Catalogue) -> None:
    """Add a field with the member's mutes, unless there are none."""
    if mutes:
        name = f"{Sign.MUTED} {catalogue.say('mutes-heading', count=len(mutes), limit=MAX_MUTES)}"
        names = [mute_text(mute, catalogue) for mute in mutes]
        text, there = limits.join_fitting(names, limits.FIELD_VALUE - len(" +25"), catalogue.say("comma"))
        embed.add_field(name=name, value=text if there == len(names) else f"{text} +{len(names) - there}", inline=False)


def mute_name(mute: Mute, catalogue: Catalogue) -> str:
    """A mute in words, as plain text."""
    [term] = parse(mute.query).terms
    key = "mute-author" if term.field is Field.AUTHOR else "mute-word"
    return catalogue.say(key, name=shorten(mute.typed, _NAME, utf16_len))


def authors_to_mute(papers: Sequence[Paper], limit: int) -> list[str]:
    """Authors of papers as exclusions that can be muted: the first author of each paper, then the second ones."""
    longest = max((len(paper.authors) for paper in papers), default=0)
    names = (readable(paper.authors[at]) for at in range(longest) for paper in papers if at < len(paper.authors))
    return _distinct((f'-author:"{name.replace(chr(34), " ")}"' for name in names), limit)


def words_to_mute(papers: Sequence[Paper], queries: Iterable[Query], limit: int) -> list[str]:
    """Words of the papers' titles as exclusions that can be muted, those of the most papers first.

    Words of the member's own queries are left out.
    """
    own = {word for query in queries for term in query.terms for word in term.text.split()}
    found: dict[str, list[str]] = {}
    for paper in papers:
        for word in dict.fromkeys(_WORD.findall(readable(paper.title))):
            found.setdefault(word.casefold(), []).append(word)
    wanted = [
        written
        for word, written in found.items()
        if len(word) >= _LEAST and not word.isdecimal() and word not in _PLAIN | own
    ]
    return _distinct((f"-{written[0]}" for written in sorted(wanted, key=len, reverse=True)), limit)


def _distinct(texts: Iterable[str], limit: int) -> list[str]:
    """The first texts that are one exclusion each and fit an option, no two with the same meaning."""
    found: dict[str, str] = {}
    for text in texts:
        query = parse(text)
        if utf16_len(text) <= _VALUE and query.is_mute and len(found) < limit:
            found.setdefault(str(query), text)
    return list(found.values())
