"""Guarded GET requests to one host: in turn, without redirects elsewhere, and with answers of limited size."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count

import aiohttp

from bot import __version__
from bot.errors import SourceError, SourceFault
from bot.runtime.web import stays
from bot.sources.rates import Turns

_MOST_BYTES = 8 * 2**20
_WORDS = 120

Sleep = Callable[[float], Awaitable[object]]


class PassingError(SourceError):
    """An error that may pass."""


class RefusedError(SourceError):
    """The host refuses this request, so repeating it is useless."""

    def __init__(self, fault: SourceFault, message: str, status: int) -> None:
        super().__init__(fault, message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of status 200; or of status 304 (`unchanged`), to a conditional request."""

    headers: Mapping[str, str]
    body: bytes
    unchanged: bool = False


@asynccontextmanager
async def open_session(
    timeout_seconds: float, user_agent: str, accept: str, proxy: str | None
) -> AsyncIterator[aiohttp.ClientSession]:
    """A session without cookies, closed at the end; the version is appended to the User-Agent."""
    timeout = aiohttp.ClientTimeout(total=timeout_seconds)
    headers = {"User-Agent": f"{user_agent}/{__version__}", "Accept": accept}
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(timeout=timeout, headers=headers, cookie_jar=jar, proxy=proxy) as session:
        yield session


class Client:
    """Asks one address; `who` names its host in errors. Concurrent calls share the turns."""

    def __init__(self, session: aiohttp.ClientSession, url: str, turns: Turns, sleep: Sleep, who: str) -> None:
        self._session = session
        self._url = url
        self._turns = turns
        self._sleep = sleep
        self._who = who

    async def get(self, parameters: Mapping[str, str], validators: Mapping[str, str]) -> Answer:
        """Request the address once, when it is this request's turn.

        `validators` are headers that make the request conditional. Raises SourceError: a PassingError if it may help to
        try again, a RefusedError for an error of status 4xx.
        """
        await self._turns.wait(self._sleep)
        middlewares = (self._in_turn(),)
        try:
            asking = self._session.get(self._url, params=parameters, headers=validators, middlewares=middlewares)
            async with asking as response:
                self._turns.note(response.headers)
                body = await self._body(response)
                return self._answer(response, body, conditional=bool(validators))
        except TimeoutError:
            raise PassingError(SourceFault.TIMEOUT, f"{self._who} did not answer in time") from None
        except aiohttp.ClientPayloadError:
            raise PassingError(SourceFault.UNREADABLE, f"{self._who}'s answer was truncated") from None
        except (aiohttp.RedirectClientError, aiohttp.TooManyRedirects):
            raise self._elsewhere() from None
        except (aiohttp.ClientError, OSError) as error:
            told = f"{self._who} can't be reached ({_words(str(error))})"
            raise PassingError(SourceFault.UNREACHABLE, told) from None

    def _in_turn(self) -> aiohttp.ClientMiddlewareType:
        """Make redirects, and aiohttp's own retries on lost connections, wait for a turn, too.

        A redirect to another host raises SourceError.
        """
        sent = count()

        async def send(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
            if not stays(self._url, str(request.url)):
                raise self._elsewhere()
            if next(sent):
                await self._turns.wait(self._sleep)
            return await handler(request)

        return send

    def _elsewhere(self) -> SourceError:
        return SourceError(SourceFault.REFUSED, f"{self._who} redirects to another address; this is not followed")

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > _MOST_BYTES:
                told = f"{self._who}'s answer is longer than {_MOST_BYTES:,} bytes"
                raise SourceError(SourceFault.UNREADABLE, told)
        return bytes(body)

    def _answer(self, response: aiohttp.ClientResponse, body: bytes, *, conditional: bool) -> Answer:
        match response.status:
            case HTTPStatus.OK:
                return Answer(response.headers, body)
            case HTTPStatus.NOT_MODIFIED if conditional:
                return Answer(response.headers, b"", unchanged=True)
            case HTTPStatus.TOO_MANY_REQUESTS:
                seconds = self._turns.hold(response.headers)
                raise PassingError(SourceFault.RATE_LIMITED, f"{self._who} asks to wait {seconds:.0f} seconds")
            case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise PassingError(SourceFault.BROKEN, f"{self._who} answered with error {status}")
            case status if status < HTTPStatus.BAD_REQUEST:
                told = f"{self._who} answered with status {status}, and no papers"
                raise SourceError(SourceFault.REFUSED, told)
            case status:
                told = f"{self._who} refused with error {status}: {_words(body.decode(errors='replace'))}"
                raise RefusedError(SourceFault.REFUSED, told, status)


def _words(text: str) -> str:
    """The start of a text, on one printable line, for the log."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text[: 4 * _WORDS]).split())
    return line[:_WORDS] or "no message"
