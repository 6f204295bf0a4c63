"""`paperboy search`: the same search as in Discord, for a terminal and for scripts."""

import json
import sys
from typing import Any

from rich.console import Console
from rich.markup import escape

from bot.search.model import Filters, SearchPage
from bot.search.service import Search
from bot.settings import Settings
from bot.tools.opening import open_library


async def search_papers(settings: Settings, query: str, limit: int, *, as_json: bool) -> int:
    """Answer one query, or with `-` each line of standard input as one line of JSON."""
    async with open_library(settings) as library:
        search = Search(library)
        if query == "-":
            for line in sys.stdin:
                asked = line.rstrip("\r\n")
                page = await search.search(asked, Filters(), limit=limit)
                sys.stdout.write(_as_json(asked, page) + "\n")
                sys.stdout.flush()
            return 0
        page = await search.search(query, Filters(), limit=limit)
    if as_json:
        sys.stdout.write(_as_json(query, page) + "\n")
    else:
        _print(page)
    return 0


def _as_json(query: str, page: SearchPage) -> str:
    results: list[dict[str, Any]] = [
        {
            "arxiv_id": found.listing.paper.arxiv_id,
            "title": found.listing.paper.title,
            "day": found.day.isoformat(),
            "votes": found.listing.votes,
        }
        for found in page.results
    ]
    # A lone surrogate in the query can't be printed as it is: ASCII with escapes always can.
    return json.dumps({"query": query, "total": page.total, "results": results})


def _print(page: SearchPage) -> None:
    console = Console(highlight=False)
    console.print(f"{page.total:,} papers" if page.total != 1 else "1 paper")
    for found in page.results:
        paper = found.listing.paper
        votes = "" if found.listing.votes is None else f"  ▲ {found.listing.votes}"
        console.print(f"\n[bold]{escape(paper.title)}[/bold]\n[dim]{found.day}{votes}  {paper.url}[/dim]")
        if paper.summary:
            console.print(escape(paper.summary[0].text))
