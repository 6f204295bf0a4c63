"""Papers as BibTeX, in the form that arXiv offers.

BibTeX counts every brace, even an escaped one (https://ctan.org/pkg/btxdoc), so the text's braces become commands.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

import regex

from bot.latex import readable, without_entities
from bot.papers import Paper
from bot.papers.authors import is_ordered, names_of
from bot.reading.plain import one_line

MOST_AUTHORS = 100
"""Authors of an entry; more become "and others", as does the site's "+"."""

UNCERTAIN = "% The order of the authors is not certain."

_MATH = regex.compile(r"(?<!\\)\$(?P<math>[^$]+)(?<!\\)\$")
_TEX_MARKUP = regex.compile(r"[\\^_{}=<>]|^[A-Za-z]$")
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_SPECIAL = regex.compile(r"[\\{}~^#$%&_]")
_IN_MATH = regex.compile(r"\\.|[%#&]")
_SAFE_IN_MATH = {r"\{": r"\lbrace ", r"\}": r"\rbrace ", "%": r"\%", "#": r"\#", "&": r"\&"}
_FENCE = regex.compile(r"`{3,}")
_NOT_IN_KEYS = regex.compile(r"[^a-z0-9]")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_SMALL_WORDS = frozenset({"a", "an", "the", "on", "of", "in", "for", "to", "with", "from", "by", "at", "and", "is"})
_ID = regex.compile(r"(?:[a-z-]+(?:\.[A-Za-z]{2})?/)?(?P<year>\d{2})\d{2}\.?\d+")
_FIRST_YEAR = 91  # arXiv began in 1991; its ids have two-digit years
_SEPARATOR = regex.compile(r"(?i),|(?:^|\s)(?:and|others)(?=\s|$)")


def entry(paper: Paper, key: str | None = None) -> str:
    """The paper as an entry ending in a line break; `key` replaces its own key.

    A comment before it says if the order of its authors is not known: BibTeX ignores what stands between entries.
    """
    fields = {
        "title": f"{{{_text(paper.title) or paper.arxiv_id}}}",
        "author": _authors(paper),
        "year": year_of(paper.arxiv_id),
        "eprint": paper.arxiv_id,
        "archivePrefix": "arXiv",
        "url": paper.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    uncertain = [UNCERTAIN] if fields["author"] and not is_ordered(paper) else []
    return "\n".join([*uncertain, f"@misc{{{key or key_of(paper)},", *lines, "}", ""])


def bibliography(papers: Iterable[Paper]) -> str:
    """The papers as entries with distinct keys."""
    used: Counter[str] = Counter()
    entries = []
    for paper in papers:
        key = key_of(paper)
        used[key] += 1
        entries.append(entry(paper, key if used[key] == 1 else f"{key}-{used[key]}"))
    return "\n".join(entries)


def key_of(paper: Paper) -> str:
    """The first author's last name, the year, and the title's first significant word: vaswani2017attention.

    The author is left out if it is not known who is first, and so are parts without Latin letters; if only the year is
    left, the key is the arXiv id's digits.
    """
    names = _WORD.findall(names_of(paper)[0]) if is_ordered(paper) and names_of(paper) else []
    author = _latin(names[-1]) if names else ""
    words = map(_latin, _WORD.findall(readable(_MATH.sub(" ", paper.title))))
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    if not author and not word:
        return f"arxiv{_latin(paper.arxiv_id)}"
    return f"{author or 'arxiv'}{year_of(paper.arxiv_id)}{word}"


def year_of(arxiv_id: str) -> str:
    """The year of an id such as 2402.12345 or hep-th/9901001; "" if it has none."""
    found = _ID.fullmatch(arxiv_id)
    if found is None:
        return ""
    year = found["year"]
    return f"19{year}" if "/" in arxiv_id and int(year) >= _FIRST_YEAR else f"20{year}"


def _latin(text: str) -> str:
    return _NOT_IN_KEYS.sub("", unicodedata.normalize("NFKD", text).lower())


def _authors(paper: Paper) -> str:
    names = [name for name in names_of(paper) if one_line(name)]
    more = paper.more_authors or len(names) > MOST_AUTHORS
    shown = [_name(name) for name in names[:MOST_AUTHORS]]
    return " and ".join([*shown, "others"] if more and shown else shown)


def _name(name: str) -> str:
    """A name for BibTeX, in braces if BibTeX would split it wrongly."""
    written = _fenced(one_line(_literal(name)))
    return f"{{{written}}}" if _SEPARATOR.search(name) else written


def _text(text: str) -> str:
    """The text with formulas unchanged and the rest escaped."""
    parts, end, text = [], 0, one_line(text)
    for found in _MATH.finditer(text):
        if (math := _math(without_entities(found["math"]))) is not None:
            parts += [_literal(readable(text[end : found.start()])), f"${math}$"]
            end = found.end()
    return _fenced(one_line("".join([*parts, _literal(readable(text[end:]))])))


def _fenced(text: str) -> str:
    """The text with backticks separated: three in a row would end a code block."""
    return _FENCE.sub(lambda run: "{`}" * len(run[0]), text)


def _literal(text: str) -> str:
    return _SPECIAL.sub(lambda found: _SPECIALS[found[0]], text)


def _math(math: str) -> str | None:
    """The formula with balanced braces and nothing that TeX ignores; None if it is not a formula."""
    if not _TEX_MARKUP.search(math) or math.endswith("\\") or "$" in math:
        return None
    math = _IN_MATH.sub(lambda found: _SAFE_IN_MATH.get(found[0], found[0]), math)
    depth = 0
    for character in math:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return None
    return math if depth == 0 else None
