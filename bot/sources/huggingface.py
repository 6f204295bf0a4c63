"""Reads Hugging Face's Daily Papers over HTTP, with limited rate and retries."""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from random import Random
from urllib.parse import quote

import aiohttp

from bot.clock import Clock
from bot.errors import SourceFault
from bot.settings import SourceSettings
from bot.sources.model import Reading, SitePaper
from bot.sources.rates import APART, Turns, http_date
from bot.sources.records import Records, read_paper, read_records
from bot.sources.web import Client, PassingError, RefusedError, Sleep, open_session

log = logging.getLogger(__name__)

LIMIT = 100
"""Papers requested at a time."""
MOST_PAGES = 20
ATTEMPTS = 3
_WHO = "the site"
_PAUSE = 2.0  # turns before the second attempt; four times as long before each further one
_PAUSE_FACTOR = 4
_MOST_DIGITS = 18  # of a number; Python refuses to parse thousands of digits
_KEPT = 100  # answers kept for conditional requests
_PATH = "/api/daily_papers"
_PAPER_PATH = "/api/papers/"
_NO_SUCH_PAGE = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Statuses that may mean a page number past the end; as far as known, the site sends an empty list instead."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a day: its records, its time by the site's clock, and its validators."""

    records: Records
    at: datetime
    names: Mapping[str, str]


@asynccontextmanager
async def open_site(
    settings: SourceSettings, clock: Clock, apart: float = APART, *, proxy: str | None = None
) -> AsyncIterator["HuggingFace"]:
    """The site that the settings name, with a session that is closed at the end.

    Requests are at least `apart` seconds from each other and go through `proxy`.
    """
    async with open_session(settings.timeout_seconds, settings.user_agent, "application/json", proxy) as session:
        yield HuggingFace(session, settings.url, clock, Turns(apart), asyncio.sleep, Random())  # noqa: S311  only spreads retries


class HuggingFace:
    """The site, as a bot.sources.model.Site. `sleep` takes seconds.

    Concurrent calls share a limit of one request a second. Failures that may pass (a lost connection, a truncated
    answer, errors of the site) are tried three times; the site's own rate limits are kept if that takes at most a
    minute.
    """

    def __init__(
        self, session: aiohttp.ClientSession, url: str, clock: Clock, turns: Turns, sleep: Sleep, random: Random
    ) -> None:
        self._client = Client(session, url + _PATH, turns, sleep, _WHO)
        self._session, self._url = session, url
        self._clock = clock
        self._turns = turns
        self._sleep = sleep
        self._random = random
        self._kept: OrderedDict[tuple[str, int], _Page] = OrderedDict()

    async def today(self) -> date:
        """The current date at the site, in UTC, by its clock. Raises SourceError."""
        return (await self._ask({"limit": "1"}, None)).at.date()

    async def read(self, day: date) -> Reading:
        """A day as it is now, in the site's order. Raises SourceError."""
        papers: dict[str, SitePaper] = {}
        withdrawn: set[str] = set()
        skipped = 0
        at: datetime | None = None
        last: Records | None = None
        for number in range(MOST_PAGES):
            try:
                answer = await self._page(day, number)
            except RefusedError as error:
                if number and error.status in _NO_SUCH_PAGE:
                    break
                raise
            at = at or answer.at
            if not answer.records.count or answer.records == last:  # past the end, the last page may be repeated
                break
            last = answer.records
            papers |= {paper.listing.paper.arxiv_id: paper for paper in answer.records.papers}
            withdrawn |= answer.records.withdrawn
            skipped += answer.records.skipped
        else:
            log.warning("day %s: the site has more than %d pages; the others are not read", day, MOST_PAGES)
        listed = tuple(paper for arxiv_id, paper in papers.items() if arxiv_id not in withdrawn)
        return Reading(day, at or self._clock.now(), listed, frozenset(withdrawn), skipped)

    async def paper(self, arxiv_id: str) -> SitePaper | None:
        """A paper, listed or not; None if the site does not know it. Raises SourceError.

        It is asked for once, without further attempts, as a member waits.
        """
        address = f"{self._url}{_PAPER_PATH}{quote(arxiv_id, safe='')}"
        client = Client(self._session, address, self._turns, self._sleep, _WHO)
        try:
            answer = await client.get({}, {})
        except RefusedError as error:
            if error.status in _NO_SUCH_PAGE:
                return None
            raise
        found = read_paper(_json(answer.body))
        return found if found is not None and found.details.arxiv_id == arxiv_id else None

    async def _page(self, day: date, number: int) -> _Page:
        key = (day.isoformat(), number)
        kept = self._kept.pop(key, None)
        answer = await self._ask({"date": key[0], "limit": str(LIMIT), "p": str(number)}, kept)
        self._kept[key] = answer
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return answer

    async def _ask(self, parameters: Mapping[str, str], kept: _Page | None) -> _Page:
        """Request a page, up to three times."""
        for attempt in range(1, ATTEMPTS):
            try:
                return await self._ask_once(parameters, kept)
            except PassingError as error:
                log.debug("the site, attempt %d: %s", attempt, error)
                turns = _PAUSE * _PAUSE_FACTOR ** (attempt - 1) * self._random.uniform(0.5, 1.5)
                await self._sleep(turns * self._turns.apart)
        return await self._ask_once(parameters, kept)

    async def _ask_once(self, parameters: Mapping[str, str], kept: _Page | None) -> _Page:
        answer = await self._client.get(parameters, kept.names if kept else {})
        at = http_date(answer.headers.get("Date", "")) or self._clock.now()
        if answer.unchanged and kept is not None:
            return _Page(kept.records, at, kept.names)
        return _Page(read_records(_json(answer.body)), at, _names(answer.headers))


def _json(body: bytes) -> object:
    try:
        return json.loads(body, parse_int=_whole)
    except (ValueError, RecursionError):
        raise PassingError(SourceFault.UNREADABLE, "the site's answer is not valid JSON") from None


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers for a conditional request."""
    asked = {"If-None-Match": headers.get("ETag"), "If-Modified-Since": headers.get("Last-Modified")}
    return {name: value for name, value in asked.items() if value}
