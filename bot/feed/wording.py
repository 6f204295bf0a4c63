"""Papers and days as the HTML of an entry: paragraphs, lists and links, and nothing that a page could smuggle in."""

from collections.abc import Iterator, Sequence
from html import escape

from bot.latex import readable, readable_bullet
from bot.locale import Catalogue
from bot.locale.headings import translated
from bot.papers import Bullet, Day, Paper, encoded, ranked
from bot.papers.authors import names_of
from bot.papers.texts import for_reader, summary_language
from bot.reading.plain import one_line

_NAMED = 2
"""Authors that a paper in the list of a day names."""


def title_of(paper: Paper) -> str:
    """The title as plain text; the arXiv id if there is none."""
    return one_line(readable(paper.title)) or paper.arxiv_id


def authors_of(paper: Paper) -> tuple[str, ...]:
    """The authors' names as plain text."""
    return tuple(name for each in names_of(paper) if (name := one_line(each)))


def paper_content(paper: Paper, catalogue: Catalogue) -> str:
    """The summary in the catalogue's language, else another with a note on its language; and links to the paper."""
    paper = for_reader(paper, catalogue.language)
    language = summary_language(paper)
    summary = "".join(_paragraphs(paper.summary, catalogue))
    if summary and language and language != catalogue.language:
        note = catalogue.say("summary-language", language=catalogue.name_of(language))
        summary = f'<p><em>{escape(note)}</em></p>\n<div lang="{language}">\n{summary}</div>\n'
    links = [_link(paper.url, "arXiv"), _link(paper.pdf, "PDF"), _link(paper.site_page, "Hugging Face")]
    return f"{summary}<p>{' · '.join(links)}</p>"


def day_content(day: Day, catalogue: Catalogue) -> str:
    """The day's papers as a list of links, the most voted first."""
    items = [_item(listing.paper, catalogue) for listing in ranked(day)]
    return "<ol>\n" + "".join(items) + "</ol>"


def _item(paper: Paper, catalogue: Catalogue) -> str:
    names = authors_of(paper)
    authors = ", ".join(names[:_NAMED])
    if names and (len(names) > _NAMED or paper.more_authors):
        authors = catalogue.say("authors-open", names=authors)
    return f"<li>{_link(paper.url, title_of(paper))}{'<br>' * bool(authors)}{escape(authors)}</li>\n"


def _paragraphs(bullets: Sequence[Bullet], catalogue: Catalogue) -> Iterator[str]:
    for bullet in bullets:
        yield f"<p>{_words(bullet, catalogue)}</p>\n{_list(bullet.children, catalogue)}"


def _list(bullets: Sequence[Bullet], catalogue: Catalogue) -> str:
    items = [f"<li>{_words(bullet, catalogue)}{_list(bullet.children, catalogue)}</li>\n" for bullet in bullets]
    return f"<ul>\n{''.join(items)}</ul>\n" if items else ""


def _words(bullet: Bullet, catalogue: Catalogue) -> str:
    number = "" if bullet.number is None else f"{bullet.number}. "
    heading = translated(one_line(readable(bullet.heading or "")), catalogue)
    words = escape(one_line(readable_bullet(bullet)))
    return number + " ".join(part for part in (f"<strong>{escape(heading)}</strong>" * bool(heading), words) if part)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(encoded(address))}">{escape(text)}</a>'
