import json
import math
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from bot.archive.loader import LoadReport
from bot.delivery.model import Receipt
from bot.digests.model import Selection
from bot.errors import Fault, SettingsError
from bot.monitor.health import Health, Vital
from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics, TimedSearch
from bot.monitor.server import Monitor
from bot.papers import Listing
from bot.settings import MonitorSettings
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.figures import LedgerFigures
from bot.storage.ledger.outbox import Outbox
from bot.storage.papers.library import Library
from bot.upkeep import Inspection
from tests.builders import FRIDAY, StandingClock, day, order, paper, utc

NOON = utc(2024, 2, 23, 12)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


@pytest.fixture
def monitor(database: Database, metrics: Metrics, clock: StandingClock) -> Monitor:
    return Monitor(Health(), metrics, LedgerMetrics(metrics.registry, LedgerFigures(database), clock))


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def asked(monitor: Monitor, port: int, path: str) -> AsyncIterator[aiohttp.ClientResponse]:
    async with (
        monitor.serving(MonitorSettings(port=port)),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        yield answer


async def scraped(monitor: Monitor, port: int) -> dict[str, float]:
    async with asked(monitor, port, "/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        lines = (await answer.text()).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


async def test_health_is_503_until_every_part_is_well(monitor: Monitor, port: int) -> None:
    for index, vital in enumerate(Vital):
        async with asked(monitor, port, "/healthz") as answer:
            told = await answer.json()
            assert answer.status == 503
            assert told["ok"] is False
            assert [told[each]["ok"] for each in Vital] == [True] * index + [False] * (3 - index)
            assert told[vital] == {"ok": False, "age_seconds": None}
        monitor.health.seen(vital)
    async with asked(monitor, port, "/healthz") as answer:
        told = await answer.json()
        assert answer.status == 200
        assert set(told) == {"ok", *Vital}
        assert told["gateway"].keys() == {"ok", "age_seconds"}


async def test_a_port_that_is_taken_is_said_with_what_to_set(monitor: Monitor, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(SettingsError, match=rf"monitor\.port {port}: can't be listened on .*0 for none"):
            async with monitor.serving(MonitorSettings(port=port)):
                pass


async def test_port_0_is_nobody(monitor: Monitor) -> None:
    async with monitor.serving(MonitorSettings(port=0)):
        pass


async def test_deliveries_are_counted_as_the_ledger_has_them(
    monitor: Monitor, port: int, clock: StandingClock, digests: Digests, outbox: Outbox
) -> None:
    digest = await digests.add(1, order(), 5, NOON, 10)
    assert digest is not None
    for index in range(4):
        on = FRIDAY + timedelta(days=index)
        await digests.plan(digest, on, NOON + timedelta(seconds=index), Selection(on, 1, (Listing(paper(index), 1),)))
    clock.moment = NOON + timedelta(seconds=2)
    first, second, _ = await outbox.owed(clock.moment, 9)
    await outbox.sent(first, Receipt(10, 20), NOON + timedelta(seconds=45))
    await outbox.retry(second, Fault.UNAVAILABLE, "", NOON, NOON)
    for _ in range(2):  # an edition is counted once, however often it is asked
        told = await scraped(monitor, port)
        assert told['paperboy_deliveries{reason="",state="sent"}'] == 1
        assert told['paperboy_deliveries{reason="",state="pending"}'] == 2
        assert told['paperboy_deliveries{reason="unavailable",state="retrying"}'] == 1
        assert told["paperboy_queue_length"] == 2
        assert told["paperboy_edition_lateness_seconds_count"] == 1
        assert told["paperboy_edition_lateness_seconds_sum"] == 45
    await outbox.sent(second, Receipt(10, 21), NOON + timedelta(seconds=31))  # recorded later, sent earlier
    told = await scraped(monitor, port)
    assert told["paperboy_edition_lateness_seconds_count"] == 2
    assert told['paperboy_edition_lateness_seconds_bucket{le="30.0"}'] == 1


async def test_a_database_that_is_closed_takes_its_figures_along_and_nothing_else(
    tmp_path: Path, metrics: Metrics, clock: StandingClock, port: int
) -> None:
    async with Database.open(tmp_path / "x.db") as database:
        monitor = Monitor(Health(), metrics, LedgerMetrics(metrics.registry, LedgerFigures(database), clock))
        assert "paperboy_queue_length" in await scraped(monitor, port)
    told = await scraped(monitor, port)
    assert "paperboy_queue_length" not in told
    assert told['paperboy_well{part="database"}'] == 0


async def test_what_is_counted_while_the_bot_runs(
    monitor: Monitor, metrics: Metrics, port: int, library: Library
) -> None:
    await library.store_page("2024/02/23.md", "h", day(), NOON)
    search = TimedSearch(library, metrics)
    pages = [await search.search(text, limit=5) for text in ("2402.00001", "강화학습", "zzzzzz")]
    word = pages[1].results[0].tier.name.lower()
    metrics.request("POST", "/channels/:id/messages", "200")
    metrics.loaded(LoadReport(("1", "2", "3"), 1, 5, (), ()))
    metrics.loaded(None)
    assert math.isnan((await scraped(monitor, port))["paperboy_database_sound"])
    metrics.inspected(Inspection(NOON, ("broken",)))
    monitor.health.seen(Vital.GATEWAY)
    told = await scraped(monitor, port)
    assert told['paperboy_search_seconds_count{tier="exact"}'] == 1
    assert told[f'paperboy_search_seconds_count{{tier="{word}"}}'] == 1
    assert told['paperboy_search_seconds_count{tier="none"}'] == 1
    requests = 'paperboy_rest_requests_total{method="POST",route="/channels/:id/messages",status="200"}'
    assert told[requests] == 1
    assert told["paperboy_archive_pages_read_total"] == 2
    assert told["paperboy_archive_new_papers_total"] == 5
    assert told['paperboy_archive_looks_total{result="failed"}'] == 1
    assert told["paperboy_database_sound"] == 0
    assert told["paperboy_database_inspected_timestamp_seconds"] == NOON.timestamp()
    assert told['paperboy_well{part="gateway"}'] == 1
    assert told["process_resident_memory_bytes"] > 0


def test_two_bots_in_one_process_count_apart() -> None:
    first, second = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    first.request("GET", "/x", "200")
    labels = {"method": "GET", "route": "/x", "status": "200"}
    assert first.registry.get_sample_value("paperboy_rest_requests_total", labels) == 1
    assert second.registry.get_sample_value("paperboy_rest_requests_total", labels) is None


async def test_no_metric_is_left_undescribed(monitor: Monitor) -> None:
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = {metric.name for metric in monitor.metrics.registry.collect() if metric.name.startswith("paperboy_")}
    assert {name for name in names if f"`{name}" not in operations} == set()


def test_importing_the_room_registers_nothing() -> None:
    code = (
        "import json, prometheus_client; before = [m.name for m in prometheus_client.REGISTRY.collect()];"
        "import bot.monitor.metrics, bot.monitor.ledger, bot.monitor.server;"
        "print(json.dumps([before, [m.name for m in prometheus_client.REGISTRY.collect()]]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  our own words
    before, after = json.loads(done.stdout)
    assert before == after
