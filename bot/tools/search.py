"""`paperboy search`: the search of the Discord bot, in a terminal and for scripts."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.chat.text.escape import clean
from bot.latex import readable
from bot.search.analysis import BRIDGE
from bot.search.model import Filters, Hit, SearchPage, Tier
from bot.search.passage import Piece, asked_of, marked, passage, texts_of
from bot.search.query import MAX_QUERY, MAX_TERMS, Field, Term
from bot.search.service import Search
from bot.search.typing.fillers import has_no_subject
from bot.settings import Settings
from bot.storage.papers.library import Library
from bot.tools.opening import open_to_read
from bot.tools.streams import input_lines

_PASSAGE = 240
_MATCHED = "bold yellow"


async def search_papers(settings: Settings, query: str, limit: int, *, as_json: bool, explain: bool) -> int:
    """Answer one query; with `-`, answer each line of standard input with a line of JSON."""
    async with open_to_read(settings) as database:
        search = Search(Library(database))
        if query == "-":
            return await _answer_lines(search, limit)
        page = await search.search(query, Filters(), limit=limit)
    if as_json:
        sys.stdout.write(_as_json(query, page) + "\n")
    else:
        _print(page, explain=explain)
    return 0


async def _answer_lines(search: Search, limit: int) -> int:
    """Answer each line of standard input with a line; return 1 if one could not be decoded."""
    bad = 0
    for line in input_lines():
        if any("\ud800" <= character <= "\udfff" for character in line):
            bad += 1
            answer = _no_text(line)
        else:
            answer = _as_json(line, await search.search(line, Filters(), limit=limit))
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    return 1 if bad else 0


def _no_text(line: str) -> str:
    shown = line.encode("utf-8", "replace").decode()
    told = {"query": shown, "total": 0, "results": [], "error": f"the line is not {sys.stdin.encoding} text"}
    return json.dumps(told)


def _as_json(query: str, page: SearchPage) -> str:
    results: list[dict[str, Any]] = [
        {
            "arxiv_id": hit.listing.paper.arxiv_id,
            "title": hit.listing.paper.title,
            "day": hit.day,
            "votes": hit.listing.votes,
        }
        for hit in page.results
    ]
    # A lone surrogate in the query can't be encoded; escaped ASCII always can.
    return json.dumps({"query": query, "total": page.total, "results": results})


def _print(page: SearchPage, *, explain: bool) -> None:
    console = Console(highlight=False)
    console.print(_count(page))
    for line in _remarks(page):
        console.print(Text(clean(line), style="italic"))
    if explain:
        for term in page.terms:
            console.print(Text(f"  {clean(str(term))} = {_spelt(term)}", style="dim"))
    for hit in page.results:
        console.print()
        for text in _told(hit, page.terms, explain=explain):
            console.print(text)


def _count(page: SearchPage) -> str:
    count = f"{page.total:,} paper" + "s" * (page.total != 1)
    return f"at least {count}" if page.at_least else count


def _remarks(page: SearchPage) -> Iterator[str]:
    """Remarks on how a page was found."""
    if page.mended is not None:
        yield f"nothing found as typed: showing results for: {page.mended}"
    if has_no_subject(page.query):
        yield "these words ask a question without a subject: add a word for it"
    elif page.results and all(hit.tier is Tier.ANY for hit in page.results):
        yield "no paper has all of these words: showing those with some of them"
    if page.translated:
        yield f"also matched: {', '.join(page.translated)}"
    if page.query.cut:
        yield f"only the first {MAX_QUERY} characters and {MAX_TERMS} words are used"
    if page.stopped:
        yield "stopped at its time limit: some papers may be missing"
    if page.partial:
        yield "the index is being rebuilt: older papers may be missing"


def _spelt(term: Term) -> str:
    """A term's spellings in the index: sequences of tokens; "~" marks a bridge, "*" that the last may continue."""
    return " | ".join(f"{spelling}{'*' * spelling.prefix}" for spelling in term.spellings).replace(BRIDGE, "~")


def _told(hit: Hit, terms: Sequence[Term], *, explain: bool) -> Iterator[Text]:
    paper = hit.listing.paper
    yield _text(marked(clean(readable(paper.title)), asked_of(terms, Field.TITLE)), "bold")
    facts = [hit.day, "" if hit.listing.votes is None else f"▲ {hit.listing.votes}", paper.url]
    yield Text("  ".join(fact for fact in facts if fact), style="dim")
    if explain:
        yield Text(f"{hit.tier.name.lower()}  {hit.score:.3f}", style="cyan")
    texts = [clean(text) for text in texts_of(paper, hit.appearance.abstract)]
    if pieces := passage(texts, asked_of(terms), _PASSAGE):
        yield _text(pieces, "")


def _text(pieces: Sequence[Piece], style: str) -> Text:
    return Text.assemble(*((piece.text, _MATCHED if piece.matched else style) for piece in pieces))
