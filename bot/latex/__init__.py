r"""Converts LaTeX and HTML entities to Unicode: MVD$^2$ to MVD², \textsc{Foo} to Foo, Schr\"odinger to Schrödinger.

Cards, the search index, subscriptions and exports all use `readable`, so members can find text as they see it. Each
character is read once, so the time is linear in the length of the text.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from html.entities import html5

from bot.latex.reader import read_formula, read_words
from bot.papers import Bullet, Paper

_MATH = re.compile(r"(?<!\\)(?P<edge>\$\$?)(?P<math>[^\s$](?:[^$\n]{0,200}?[^\s$\\])?)(?P=edge)")
_NOTEWORTHY = re.compile(r"[\\$&]|``")
_ENTITY = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]{1,30};)|&\#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});")
_QUOTED = re.compile(r"(?<!`)``(?!`)([^`\n]*?)''")
_BOLD = re.compile(r"(?<![\w*])(?P<stars>\*{1,3})(?=\S)(?P<words>[^*]+?)(?<=\S)(?P=stars)(?!\*)", re.ASCII)
_TEX_MARKUP = re.compile(r"[\\^_{}=<>]")
# "$5 to $10" is money, not mathematics: between the dollars are words and no TeX.
_PROSE = re.compile(r"\d[\d.,]*[A-Za-z]?\b.*\s")


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """The text with LaTeX and HTML entities converted to Unicode. Unknown LaTeX and sums of money stay unchanged.

    Call it once on the original text: a second pass could change the result.
    """
    if not _NOTEWORTHY.search(text):
        return text
    text = _QUOTED.sub(r"“\1”", without_entities(text))
    parts, end, at = [], 0, 0
    while found := _MATH.search(text, at):
        at = found.end()
        if _is_money(found):
            at -= 1  # the second dollar may begin a formula
        else:
            parts += [read_words(text[end : found.start()]), read_formula(found["math"])]
            end = at
    return "".join([*parts, read_words(text[end:])])


def readable_bullet(bullet: Bullet) -> str:
    """The text of a bullet, without the asterisks of bold words, converted by `readable`."""
    return readable(_BOLD.sub(r"\g<words>", bullet.text))


def readable_paper(paper: Paper) -> Paper:
    """The paper with its title, authors and summary converted by `readable`."""
    authors = tuple(map(readable, paper.authors))
    return replace(paper, title=readable(paper.title), authors=authors, summary=_bullets(paper.summary))


def _bullets(bullets: Iterable[Bullet]) -> tuple[Bullet, ...]:
    return tuple(replace(bullet, text=readable(bullet.text), children=_bullets(bullet.children)) for bullet in bullets)


def without_entities(text: str) -> str:
    """The text with named and numbered HTML entities decoded: `Q&amp;A` becomes Q&A."""
    return _ENTITY.sub(
        lambda entity: html5.get(entity["name"], entity[0]) if entity["name"] else html.unescape(entity[0]), text
    )


def _is_money(found: re.Match[str]) -> bool:
    math = found["math"]
    return not _TEX_MARKUP.search(math) and bool(
        _PROSE.match(math) or found.string[found.end() : found.end() + 1].isdigit()
    )
