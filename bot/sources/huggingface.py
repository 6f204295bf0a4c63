"""Reads Hugging Face's Daily Papers over HTTP, with limited rate and retries."""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from itertools import count
from random import Random

import aiohttp

from bot import __version__
from bot.clock import Clock
from bot.errors import SourceError, SourceFault
from bot.runtime.web import stays
from bot.settings import SourceSettings
from bot.sources.model import Reading, SitePaper
from bot.sources.rates import APART, Turns, http_date
from bot.sources.records import Records, read_records

log = logging.getLogger(__name__)

LIMIT = 100
"""Papers requested at a time."""
MOST_PAGES = 20
ATTEMPTS = 3
_PAUSE = 2.0  # turns before the second attempt; four times as long before each further one
_PAUSE_FACTOR = 4
_MOST_BYTES = 8 * 2**20
_MOST_DIGITS = 18  # of a number; Python refuses to parse thousands of digits
_KEPT = 100  # answers kept for conditional requests
_PATH = "/api/daily_papers"
_WORDS = 120
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
_ELSEWHERE = "the site redirects to another address; this is not followed"

Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer of status 200 or 304: its records, its time by the site's clock, and its validators."""

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
    timeout = aiohttp.ClientTimeout(total=settings.timeout_seconds)
    headers = {"User-Agent": f"{settings.user_agent}/{__version__}", "Accept": "application/json"}
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(timeout=timeout, headers=headers, cookie_jar=jar, proxy=proxy) as session:
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
        self._session = session
        self._url = url + _PATH
        self._clock = clock
        self._turns = turns
        self._sleep = sleep
        self._random = random
        self._kept: OrderedDict[tuple[str, int], _Answer] = OrderedDict()

    async def today(self) -> date:
        """The current date at the site, in UTC, by its clock. Raises SourceError."""
        return (await self._ask({"limit": "1"}, None)).at.date()

    async def read(self, day: date) -> Reading:
        """A day as it is now, in the site's order. Raises SourceError."""
        papers: dict[str, SitePaper] = {}
        withdrawn: set[str] = set()
        skipped = 0
        at = None
        for number in range(MOST_PAGES):
            try:
                answer = await self._page(day, number)
            except _RefusedError as error:
                if number and error.status in _NO_SUCH_PAGE:
                    break
                raise
            at = at or answer.at
            papers |= {paper.listing.paper.arxiv_id: paper for paper in answer.records.papers}
            withdrawn |= answer.records.withdrawn
            skipped += answer.records.skipped
            if not answer.records.count:
                break
        else:
            log.warning("day %s: the site has more than %d pages; the others are not read", day, MOST_PAGES)
        listed = tuple(paper for arxiv_id, paper in papers.items() if arxiv_id not in withdrawn)
        return Reading(day, at or self._clock.now(), listed, frozenset(withdrawn), skipped)

    async def _page(self, day: date, number: int) -> _Answer:
        key = (day.isoformat(), number)
        kept = self._kept.pop(key, None)
        answer = await self._ask({"date": key[0], "limit": str(LIMIT), "p": str(number)}, kept)
        self._kept[key] = answer
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return answer

    async def _ask(self, parameters: Mapping[str, str], kept: _Answer | None) -> _Answer:
        """Request a page, up to three times."""
        for attempt in range(1, ATTEMPTS):
            try:
                return await self._ask_once(parameters, kept)
            except _PassingError as error:
                log.debug("the site, attempt %d: %s", attempt, error)
                turns = _PAUSE * _PAUSE_FACTOR ** (attempt - 1) * self._random.uniform(0.5, 1.5)
                await self._sleep(turns * self._turns.apart)
        return await self._ask_once(parameters, kept)

    async def _ask_once(self, parameters: Mapping[str, str], kept: _Answer | None) -> _Answer:
        await self._turns.wait(self._sleep)
        headers = dict(kept.names) if kept else {}
        try:
            asking = self._session.get(self._url, params=parameters, headers=headers, middlewares=(self._in_turn(),))
            async with asking as response:
                self._turns.note(response.headers)
                body = await _body(response)
                return self._read(response, body, kept)
        except TimeoutError:
            raise _PassingError(SourceFault.TIMEOUT, "the site did not answer in time") from None
        except aiohttp.ClientPayloadError:
            raise _PassingError(SourceFault.UNREADABLE, "the site's answer was truncated") from None
        except (aiohttp.RedirectClientError, aiohttp.TooManyRedirects):
            raise SourceError(SourceFault.REFUSED, _ELSEWHERE) from None
        except (aiohttp.ClientError, OSError) as error:
            raise _PassingError(SourceFault.UNREACHABLE, f"the site can't be reached ({_words(str(error))})") from None

    def _in_turn(self) -> aiohttp.ClientMiddlewareType:
        """Make redirects, and aiohttp's own retries on lost connections, wait for a turn, too.

        A redirect to another host raises SourceError.
        """
        sent = count()

        async def send(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
            if not stays(self._url, str(request.url)):
                raise SourceError(SourceFault.REFUSED, _ELSEWHERE)
            if next(sent):
                await self._turns.wait(self._sleep)
            return await handler(request)

        return send

    def _read(self, response: aiohttp.ClientResponse, body: bytes, kept: _Answer | None) -> _Answer:
        at = http_date(response.headers.get("Date", "")) or self._clock.now()
        match response.status:
            case HTTPStatus.OK:
                return _Answer(read_records(_json(body)), at, _names(response.headers))
            case HTTPStatus.NOT_MODIFIED if kept is not None:
                return _Answer(kept.records, at, kept.names)
            case HTTPStatus.TOO_MANY_REQUESTS:
                seconds = self._turns.hold(response.headers)
                raise _PassingError(SourceFault.RATE_LIMITED, f"the site asks to wait {seconds:.0f} seconds")
            case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise _PassingError(SourceFault.BROKEN, f"the site answered with error {status}")
            case status if status < HTTPStatus.BAD_REQUEST:
                raise SourceError(SourceFault.REFUSED, f"the site answered with status {status}, and no papers")
            case status:
                raise _RefusedError(status, _words(body.decode(errors="replace")))


class _RefusedError(SourceError):
    """The site refuses this request, so repeating it is useless."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(SourceFault.REFUSED, f"the site refused with error {status}: {told}")
        self.status = status


class _PassingError(SourceError):
    """An error that may pass."""


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise SourceError(SourceFault.UNREADABLE, f"the site's answer is longer than {_MOST_BYTES:,} bytes")
    return bytes(body)


def _json(body: bytes) -> object:
    try:
        return json.loads(body, parse_int=_whole)
    except (ValueError, RecursionError):
        raise _PassingError(SourceFault.UNREADABLE, "the site's answer is not valid JSON") from None


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers for a conditional request."""
    asked = {"If-None-Match": headers.get("ETag"), "If-Modified-Since": headers.get("Last-Modified")}
    return {name: value for name, value in asked.items() if value}


def _words(text: str) -> str:
    """The start of a text, on one printable line, for the log."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * _WORDS]).split())
    return line[:_WORDS] or "no message"
