import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from prometheus_client import CollectorRegistry

from bot.monitor.health import Health, Vital
from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics
from bot.monitor.model import Arrived, Figures
from bot.monitor.server import Monitor
from bot.settings import MonitorSettings
from bot.tools.health import _host
from tests.bot.monitor.test_server import port
from tests.bot.tools.conftest import Shell
from tests.builders import StandingClock, utc

__all__ = ["port"]


class NoFigures:
    async def figures(self, _: object) -> Figures:
        return Figures({}, 0)

    async def arrived(self, _: object) -> list[Arrived]:
        return []


@contextmanager
def answering(health: Health, port: int) -> Iterator[None]:
    """A bot's monitor in a thread of its own, as the command waits for the answer."""
    metrics = Metrics(CollectorRegistry())
    clock = StandingClock(utc(2024, 2, 23))
    monitor = Monitor(health, metrics, LedgerMetrics(metrics.registry, NoFigures(), clock))
    ready, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with monitor.serving(MonitorSettings(port=port)):
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def test_it_is_well_when_all_is(shell: Shell, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_MONITOR__PORT", str(port))
    health = Health()
    with answering(health, port):
        status, out, _ = shell.run("health")
        assert (status, '"ok": false' in out) == (1, True)
        for vital in Vital:
            health.seen(vital)
        status, out, err = shell.run("health")
        assert (status, '"ok": true' in out, err) == (0, True, "")


def test_nobody_there_is_not_well(shell: Shell, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_MONITOR__PORT", str(port))
    status, out, err = shell.run("health")
    assert (status, out) == (1, "")
    assert f"paperboy: http://127.0.0.1:{port}/healthz does not answer: " in err
    monkeypatch.setenv("PAPERBOY_MONITOR__PORT", "0")
    status, _, err = shell.run("health")
    assert (status, err) == (1, "paperboy: monitor.port is 0, so the bot does not answer\n")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"garbage\r\n\r\n", "does not answer: garbage"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "does not answer: IncompleteRead("),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe", "is another program: set monitor.port to a free port"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n<html>", "is another program: set monitor.port to a free port"),
        (b"", "does not answer: "),
    ],
)
def test_an_answer_of_another_program_is_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        monkeypatch.setenv("PAPERBOY_MONITOR__PORT", str(server.getsockname()[1]))
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # for others: this machine is asked itself
        status, out, err = shell.run("health")
        thread.join()
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert said in err


@pytest.mark.parametrize(
    ("host", "asked"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("10.0.0.5", "10.0.0.5"), ("localhost", "localhost")],  # noqa: S104  what an operator may set
)
def test_a_bot_that_listens_everywhere_is_asked_at_home(host: str, asked: str) -> None:
    assert _host(MonitorSettings(host=host)) == asked
