"""Counters and timings for Prometheus. No label's values grow with servers or members."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.archive.loader import LoadReport
from bot.monitor.health import Sign, Vital
from bot.search.model import Filters, SearchPage
from bot.search.service import Search
from bot.search.shelf import Shelves
from bot.sources.health import SiteHealth
from bot.summaries.model import Result, Usage
from bot.upkeep import Inspection

_SEARCH_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_EVERYTHING = Filters()


class Metrics:
    """The metrics of one bot, in a registry of its own. Process metrics come from the library."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self.requests = Counter(
            "paperboy_rest_requests",
            "Requests to Discord by method, route and status ('error' where no answer came).",
            ["method", "route", "status"],
            registry=registry,
        )
        self.searches = Histogram(
            "paperboy_search_seconds",
            "How long a search took, by the tier of its first paper ('none' where it found none).",
            ["tier"],
            buckets=_SEARCH_SECONDS,
            registry=registry,
        )
        self._pages = Gauge(
            "paperboy_archive_pages",
            "Pages at the last look at the archive: held as they are, or broken.",
            ["result"],
            registry=registry,
        )
        self._read = Counter("paperboy_archive_pages_read", "Pages that were new or changed.", registry=registry)
        self._papers = Counter("paperboy_archive_new_papers", "Papers new to their day.", registry=registry)
        self._looks = Counter(
            "paperboy_archive_looks", "Looks at the archive's folder, by result.", ["result"], registry=registry
        )
        self._sound = Gauge(
            "paperboy_database_sound",
            "1 where the last integrity check found nothing wrong, 0 where it did, NaN before the bot knows.",
            registry=registry,
        )
        self._sound.set(float("nan"))
        self._inspected = Gauge(
            "paperboy_database_inspected_timestamp_seconds", "When the last integrity check was.", registry=registry
        )
        self._site_read = Gauge(
            "paperboy_site_read_timestamp_seconds", "When the site was last read well.", registry=registry
        )
        self._site_failing = Gauge("paperboy_site_failing", "1 while the site can't be read.", registry=registry)
        self._summaries = Counter(
            "paperboy_summaries", "Papers that a model was asked about, by result.", ["result"], registry=registry
        )
        self._model_calls = Counter("paperboy_model_calls", "Requests to the model that summarises.", registry=registry)
        self._model_tokens = Counter("paperboy_model_tokens", "Tokens that summaries took.", registry=registry)

        self._feeds = Counter("paperboy_feed_requests", "Requests for feeds, by status.", ["status"], registry=registry)

        self._well = Gauge(
            "paperboy_well", "1 where a part of the bot gives signs of life.", ["part"], registry=registry
        )

    def watch_disk(self, folder: Path) -> None:
        """Show how much space is left where the database lies; NaN if that can't be told."""
        free = Gauge("paperboy_disk_free_bytes", "Space left on the database's disk.", registry=self.registry)

        def left() -> float:
            try:
                return shutil.disk_usage(folder).free
            except OSError:
                return float("nan")

        free.set_function(left)

    def request(self, method: str, route: str, status: str) -> None:
        """Count a request to Discord."""
        self.requests.labels(method, route, status).inc()

    def fed(self, status: int) -> None:
        """Count a request for a feed."""
        self._feeds.labels(str(status)).inc()

    def health(self, signs: Mapping[Vital, Sign]) -> None:
        """Show the state of each part."""
        for vital, sign in signs.items():
            self._well.labels(vital).set(sign.ok)

    def loaded(self, report: LoadReport | None) -> None:
        """Count a look at the archive; None if the folder could not be read."""
        self._looks.labels("failed" if report is None else "broken-pages" if report.problems else "fine").inc()
        if report is not None:
            self._pages.labels("held").set(len(report.held))
            self._pages.labels("broken").set(len(report.problems))
            self._read.inc(len(report.held) - report.unchanged)
            self._papers.inc(report.new_papers)

    def inspected(self, inspection: Inspection) -> None:
        """Show the result of the last integrity check."""
        self._sound.set(not inspection.problems)
        self._inspected.set(inspection.at.timestamp())

    def site(self, health: SiteHealth) -> None:
        """Show the site's state when it was last asked."""
        self._site_failing.set(health.failing_since is not None)
        if health.read_at is not None:
            self._site_read.set(health.read_at.timestamp())

    def summarised(self, result: Result, cost: Usage) -> None:
        """Count a paper that a model was asked about, and its cost."""
        self._summaries.labels(result).inc()
        self._model_calls.inc(cost.calls)
        self._model_tokens.inc(cost.tokens)


class TimedSearch(Search):
    """A search that records its duration."""

    def __init__(self, library: Shelves, metrics: Metrics) -> None:
        super().__init__(library)
        self._metrics = metrics

    async def search(self, text: str, filters: Filters = _EVERYTHING, *, limit: int, offset: int = 0) -> SearchPage:
        """As Search.search."""
        began = time.perf_counter()
        page = await super().search(text, filters, limit=limit, offset=offset)
        tier = page.results[0].tier.name.lower() if page.results else "none"
        self._metrics.searches.labels(tier).observe(time.perf_counter() - began)
        return page
