r"""LaTeX and HTML entities made readable: MVD$^2$ becomes MVD², \textsc{Foo} Foo, Schr\"odinger Schrödinger.

Cards, the search index, subscriptions and exports read a paper's text through `readable`, so that what is shown is what
is found. Each sign is read once: the time grows with the text and no faster.
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
_TEX_SIGN = re.compile(r"[\\^_{}=<>]")
# Money, not mathematics: "$5" to the next sum has words in it and no sign of TeX.
_PROSE = re.compile(r"\d[\d.,]*[A-Za-z]?\b.*\s")


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """The text with its LaTeX and its HTML entities as what they stand for; sums of money stay as they are.

    What is not known of LaTeX stays as it stands. It is for a text as it came: not for one that was read so before.
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


def readable_paper(paper: Paper) -> Paper:
    """The paper with its title, authors and summary readable."""
    authors = tuple(map(readable, paper.authors))
    return replace(paper, title=readable(paper.title), authors=authors, summary=_bullets(paper.summary))


def _bullets(bullets: Iterable[Bullet]) -> tuple[Bullet, ...]:
    return tuple(replace(bullet, text=readable(bullet.text), children=_bullets(bullet.children)) for bullet in bullets)


def without_entities(text: str) -> str:
    """The text with HTML's named and numbered entities as their signs: `Q&amp;A` is Q&A."""
    return _ENTITY.sub(
        lambda entity: html5.get(entity["name"], entity[0]) if entity["name"] else html.unescape(entity[0]), text
    )


def _is_money(found: re.Match[str]) -> bool:
    math = found["math"]
    return not _TEX_SIGN.search(math) and bool(
        _PROSE.match(math) or found.string[found.end() : found.end() + 1].isdigit()
    )
