import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.errors import DatabaseAwayError, SettingsError
from bot.feed import server as serving
from bot.feed.model import Asked, Feed
from bot.feed.server import FRESH_SECONDS, FeedServer
from bot.feed.service import Feeds
from bot.settings import FeedSettings
from bot.storage.papers.library import Library
from tests.atom import read
from tests.builders import FRIDAY, StandingClock, day, utc

NOON = utc(2024, 2, 24, 12)


class Seconds:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Served:
    """A running server of feeds."""

    server: FeedServer
    port: int
    clock: StandingClock
    seconds: Seconds
    session: aiohttp.ClientSession
    counted: list[int]
    made: list[Asked] = field(default_factory=list)

    async def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, Any]:
        """The status, the text and the headers of an answer."""
        url = f"http://127.0.0.1:{self.port}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(method, url, headers=named) as answer:
            return answer.status, await answer.text(), answer.headers


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def served(feeds: Feeds, port: int, per_minute: int = 100, **settings: Any) -> AsyncIterator[Served]:
    """Serve feeds; what is made is recorded."""
    clock, seconds, counted = StandingClock(NOON), Seconds(), list[int]()
    server = FeedServer(feeds, clock, FeedSettings(port=port, **settings), per_minute, counted.append, seconds)
    async with server.serving(), aiohttp.ClientSession() as session:
        it = Served(server, port, clock, seconds, session, counted)
        make = feeds.of

        async def recorded(asked: Asked) -> Feed:
            it.made.append(asked)
            return await make(asked)

        feeds.of = recorded  # type: ignore[method-assign]
        yield it


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which bytes are sent by hand."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@pytest.fixture
async def feeds(library: Library) -> Feeds:
    await library.store_page("2024/02/23.md", "h", day(), NOON)
    return Feeds(library)


async def test_the_feeds_are_valid_and_say_where_they_are(feeds: Feeds, port: int) -> None:
    async with served(feeds, port, url="https://papers.example/x", rights="CC BY") as it:
        for path, titles in (
            ("/feed.atom?query=Number%20-%22number+2%22&language=ko", ["Paper number 1"]),
            ("/feed.atom", ["Paper number 1", "Paper number 2"]),
            ("/days.atom?language=ja", ["2024年2月23日金曜日 · 論文2本"]),
        ):
            status, text, headers = await it.ask(path)
            told = read(text.encode())
            assert (status, headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
            assert [entry.title for entry in told.entries] == titles
            assert told.rights == "CC BY"
            assert told.self_link is not None
            assert told.self_link.startswith("https://papers.example/x/")
            again = await it.ask(told.self_link.removeprefix("https://papers.example/x"))
            assert again[1] == text, "the link leads elsewhere"
        assert set(it.counted) == {200}


async def test_the_address_is_the_settings_and_not_what_a_stranger_says(feeds: Feeds, port: int) -> None:
    async with served(feeds, port) as it:
        _, text, headers = await it.ask("/feed.atom", Host="evil.example", X_Forwarded_Host="evil.example")
        assert read(text.encode()).self_link == f"http://127.0.0.1:{port}/feed.atom?language=en"
        assert headers["Server"] == "Paperboy"


async def test_a_client_that_has_the_feed_is_told_so(feeds: Feeds, port: int, library: Library) -> None:
    async with served(feeds, port) as it:
        _, _, first = await it.ask("/feed.atom")
        etag, modified = first["ETag"], first["Last-Modified"]
        assert modified == "Sat, 24 Feb 2024 12:00:00 GMT"
        for known in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": modified}):
            status, text, headers = await it.ask("/feed.atom", **known)
            assert (status, text, headers["ETag"], headers["Last-Modified"]) == (304, "", etag, modified), known
        for other in ({"If_None_Match": '"x"', "If_Modified_Since": modified}, {"If_Modified_Since": "nonsense"}):
            assert (await it.ask("/feed.atom", **other))[0] == 200, other
        it.clock.moment += timedelta(hours=1)
        it.seconds.now += FRESH_SECONDS
        assert (await it.ask("/feed.atom", If_Modified_Since=modified))[0] == 304, "made anew, and the same"
        await library.store_page("2024/02/22.md", "h", day(FRIDAY - timedelta(days=1), first=5), NOON)
        it.seconds.now += FRESH_SECONDS
        status, text, headers = await it.ask("/feed.atom", If_None_Match=etag, If_Modified_Since=modified)
        assert (status, headers["Last-Modified"]) == (200, "Sat, 24 Feb 2024 13:00:00 GMT")
        assert len(read(text.encode()).entries) == 4


async def test_head_is_get_without_the_feed(feeds: Feeds, port: int) -> None:
    async with served(feeds, port) as it:
        _, text, whole = await it.ask("/feed.atom")
        status, nothing, headers = await it.ask("/feed.atom", "HEAD")
        assert (status, nothing, headers["Content-Length"]) == (200, "", str(len(text.encode())))
        assert headers["ETag"] == whole["ETag"]


async def test_what_can_not_be_answered_is_one_plain_line(feeds: Feeds, port: int) -> None:
    long = "query: too long; write at most 200 characters and 32 words"
    nothing = "query: nothing to look for; write a word, or leave the query out for all papers"
    async with served(feeds, port) as it:
        for path, told in {
            f"/feed.atom?query={'x' * 201}": long,
            f"/feed.atom?query={'+'.join(map(str, range(40)))}": long,
            f"/feed.atom?query={'%EA%B0%80' * 700}": long,
            "/feed.atom?query=": nothing,
            "/feed.atom?query=%00%ff%fe": nothing,
            "/feed.atom?language=xx": "language: not known; write one of ko, en, ja",
            "/feed.atom?language=en&language=ko": "language: given twice; write it once",
            "/feed.atom?q=x": "'q': no such parameter; there are query and language",
            "/days.atom?query=x": "'query': no such parameter; there are language",
            "/feed.atom?%0d%0aX-Evil:1=x": "'\\r\\nX-Evil:1': no such parameter; there are query and language",
        }.items():
            status, text, headers = await it.ask(path)
            assert (status, text) == (400, f"{told}\n"), path
            assert headers["Content-Type"] == "text/plain; charset=utf-8"
            assert "X-Evil" not in headers
        for path in ("/", "/metrics", "/healthz", "/feed.atom/", "/../paperboy.db", "/%2e%2e/config.toml"):
            assert (await it.ask(path))[:2] == (404, "no such page; there are /feed.atom and /days.atom\n"), path
        status, text, headers = await it.ask("/feed.atom", "POST")
        assert (status, text, headers["Allow"]) == (405, "no such method; ask with GET\n", "GET,HEAD")
        assert it.made == []


async def test_a_client_that_asks_too_often_waits(feeds: Feeds, port: int) -> None:
    async with served(feeds, port, per_minute=3) as it:
        it.seconds.now = 10.5
        assert [(await it.ask("/feed.atom"))[0] for _ in range(3)] == [200] * 3
        status, text, headers = await it.ask("/feed.atom", X_Forwarded_For="192.0.2.9")
        assert (status, text, headers["Retry-After"]) == (429, "too many requests; try again in 50 s\n", "50")
        it.seconds.now = 60
        assert (await it.ask("/feed.atom"))[0] == 200
    assert it.counted == [200, 200, 200, 429, 200]


async def test_behind_a_proxy_its_clients_are_told_apart(feeds: Feeds, port: int) -> None:
    async with served(feeds, port, per_minute=1, behind_proxy=True) as it:
        asked = [await it.ask("/feed.atom", X_Forwarded_For=f"1.2.3.4, 192.0.2.{last}") for last in (1, 2, 1)]
        assert [status for status, *_ in asked] == [200, 200, 429]


async def test_a_feed_is_made_once_a_minute_however_it_is_asked_for(feeds: Feeds, port: int) -> None:
    async with served(feeds, port) as it:
        paths = ("/feed.atom?query=Paper", "/feed.atom?query=paper&language=en", "/feed.atom?language=en&query=+paper+")
        await asyncio.gather(*(it.ask(path) for path in paths * 2))
        assert it.made == [Asked(query="paper")]
        it.seconds.now += FRESH_SECONDS
        await it.ask(paths[0])
        assert it.made == [Asked(query="paper")] * 2


async def test_only_so_many_feeds_are_kept(feeds: Feeds, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_KEPT", 2)
    async with served(feeds, port) as it:
        for query in "abca":
            await it.ask(f"/feed.atom?query={query}")
        assert [asked.query for asked in it.made] == ["a", "b", "c", "a"]


async def test_when_too_much_is_asked_at_once_some_are_told_to_come_back(
    feeds: Feeds, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_QUEUE", 1)
    async with served(feeds, port) as it:
        begun, go_on = asyncio.Event(), asyncio.Event()
        make = feeds.of

        async def slowly(asked: Asked) -> Feed:
            begun.set()
            await go_on.wait()
            return await make(asked)

        feeds.of = slowly  # type: ignore[method-assign]
        first = asyncio.create_task(it.ask("/feed.atom?query=a"))
        await begun.wait()
        status, text, headers = await it.ask("/feed.atom?query=b")
        go_on.set()
        assert (status, text, headers["Retry-After"]) == (503, "too much is asked at once; try again in 5 s\n", "5")
        assert (await first)[0] == 200


@pytest.mark.parametrize(
    ("error", "status", "line", "logged"),
    [
        (TimeoutError(), 503, "query: it takes too long; write fewer words, or rarer ones", ""),
        (DatabaseAwayError("locked"), 503, "the papers can't be read now; try again in a minute", "served now: locked"),
        (ZeroDivisionError("secret"), 500, "a bug in Paperboy; its operator finds it in the log", "a bug in Paperboy"),
    ],
)
async def test_what_goes_wrong_is_told_without_its_inside(
    feeds: Feeds, port: int, caplog: pytest.LogCaptureFixture, error: Exception, status: int, line: str, logged: str
) -> None:
    async def fail(_: Asked) -> Feed:
        raise error

    async with served(feeds, port) as it:
        feeds.of = fail  # type: ignore[method-assign,assignment]
        told = await it.ask("/feed.atom")
        assert told[:2] == (status, f"{line}\n")
        assert ("Retry-After" in told[2]) is (status == 503)
    assert logged in caplog.text
    assert bool(caplog.records) is bool(logged)


async def test_a_connection_on_which_no_request_comes_ends(
    feeds: Feeds, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "LONGEST_SECONDS", 0.01)
    async with served(feeds, port) as it:
        for sent in (b"", b"GET /feed.atom HTTP/1.1\r\nHost: x\r\nX-Slow: "):
            async with connected(port) as (reader, writer):
                writer.write(sent)
                assert await reader.read() == b""
        assert it.counted == []


async def test_each_connection_gets_one_answer(feeds: Feeds, port: int) -> None:
    async with served(feeds, port) as it, connected(port) as (reader, writer):
        writer.write(b"GET /feed.atom HTTP/1.1\r\nHost: x\r\n\r\n" * 5)
        assert (await reader.read()).count(b"HTTP/1.1 ") == 1
        assert it.counted == [200]


async def test_no_crowd_takes_all_connections_of_the_process(
    feeds: Feeds, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 1)
    async with served(feeds, port) as it, connected(port) as (reader, writer):
        writer.write(b"GET /feed.atom HTTP/1.1\r\n")
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await it.ask("/feed.atom")
        writer.write(b"Host: x\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 200 OK")
        assert (await it.ask("/feed.atom"))[0] == 200


async def test_what_is_no_http_is_refused_and_fills_no_log(
    feeds: Feeds, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with served(feeds, port):
        for sent in (b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", b"A: b\r\n\r\n"):
            async with connected(port) as (reader, writer):
                writer.write(sent)
                assert (await reader.read()).startswith(b"HTTP/1.0 400 ")
    assert caplog.records == []


async def test_a_port_that_is_taken_is_said_with_what_to_set(feeds: Feeds, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(SettingsError, match=rf"feed\.port {port}: can't be listened on .*0 for none"):
            async with served(feeds, port):
                pass


async def test_port_0_is_nobody(feeds: Feeds) -> None:
    async with served(feeds, 0):
        pass
