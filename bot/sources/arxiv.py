"""Asks arXiv for papers' authors, by its API: https://info.arxiv.org/help/api/user-manual.html."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from xml.etree import ElementTree as ET

import aiohttp

from bot.archive.text import UNSTORABLE, one_line
from bot.errors import SourceError, SourceFault
from bot.papers.arxiv import arxiv_id_of
from bot.settings import ArxivSettings
from bot.sources.rates import Turns
from bot.sources.web import Client, Sleep, open_session

APART = 3.0
"""Minimal seconds between two requests: https://info.arxiv.org/help/api/tou.html#rate-limits."""
MOST_PAPERS = 200
"""Papers of a request."""

_PATH = "/api/query"
_WHO = "arXiv"
_ATOM = "{http://www.w3.org/2005/Atom}"
_LONGEST_NAME = 200


@asynccontextmanager
async def open_arxiv(
    settings: ArxivSettings, user_agent: str, apart: float = APART, *, proxy: str | None = None
) -> AsyncIterator["Arxiv"]:
    """ArXiv as the settings name it, with a session that is closed at the end.

    Requests are at least `apart` seconds from each other and go through `proxy`.
    """
    async with open_session(settings.timeout_seconds, user_agent, "application/atom+xml", proxy) as session:
        yield Arxiv(session, settings.url, Turns(apart, who=_WHO), asyncio.sleep)


class Arxiv:
    """arXiv's records, as a bot.sources.model.AuthorSource."""

    def __init__(self, session: aiohttp.ClientSession, url: str, turns: Turns, sleep: Sleep) -> None:
        self._client = Client(session, url + _PATH, turns, sleep, _WHO)

    async def authors(self, arxiv_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The authors of up to MOST_PAPERS papers in the papers' own order; a paper without a record is left out.

        One request, which is not repeated. Raises SourceError.
        """
        asked = list(arxiv_ids[:MOST_PAPERS])
        answer = await self._client.get({"id_list": ",".join(asked), "max_results": str(len(asked))}, {})
        told = _read(answer.body)
        return {arxiv_id: told[arxiv_id] for arxiv_id in asked if arxiv_id in told}


def _read(body: bytes) -> dict[str, tuple[str, ...]]:
    """The authors of each entry of a feed that has some. Raises SourceError if it is not a feed."""
    try:
        text = body.decode()
        # Only a document type can define entities that grow without limit; Atom has none.
        feed = None if "<!DOCTYPE" in text else ET.fromstring(text)  # noqa: S314  without a document type there are no entities
    except (ValueError, ET.ParseError):
        feed = None
    if feed is None or feed.tag != f"{_ATOM}feed":
        raise SourceError(SourceFault.UNREADABLE, "arXiv's answer is not an Atom feed")
    entries = ((_id(entry), _names(entry)) for entry in feed.iterfind(f"{_ATOM}entry"))
    return {arxiv_id: names for arxiv_id, names in entries if arxiv_id and names}


def _id(entry: ET.Element) -> str | None:
    return arxiv_id_of(entry.findtext(f"{_ATOM}id", ""))


def _names(entry: ET.Element) -> tuple[str, ...]:
    found = (name.text or "" for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name"))
    return tuple(name for each in found if (name := one_line(UNSTORABLE.sub("", each))[:_LONGEST_NAME].strip()))
