"""The outbox's figures, read from the ledger when they are requested."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.monitor.model import Arrived, Figures

_LATENESS = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 4 * 3600, 12 * 3600)
_OVERLAP = timedelta(minutes=1)  # a message may be recorded shortly after one that was sent later


class FigureStore(Protocol):
    """Reads the ledger's figures."""

    async def figures(self, now: datetime, /) -> Figures:
        """Count the deliveries now."""
        ...

    async def arrived(self, since: datetime, /) -> list[Arrived]:
        """The editions whose first message was sent at `since` or later."""
        ...


class LedgerMetrics(Collector):
    """Deliveries by state and reason, the number due, and how late editions were since the bot started."""

    def __init__(self, registry: CollectorRegistry, store: FigureStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._figures: Figures | None = None
        self._since = clock.now()
        self._counted: dict[int, datetime] = {}
        self._lateness = Histogram(
            "paperboy_edition_lateness_seconds",
            "From the moment an edition was due to the moment its first message was sent.",
            buckets=_LATENESS,
            registry=registry,
        )
        registry.register(self)

    async def refresh(self) -> None:
        """Read the figures. Those that can't be read are not shown until they can."""
        self._figures = None
        for edition in await self._store.arrived(self._since):
            if edition.edition_id not in self._counted:
                self._counted[edition.edition_id] = edition.sent_at
                self._lateness.observe(edition.late.total_seconds())
        if self._counted:
            self._since = max(self._since, max(self._counted.values()) - _OVERLAP)
            self._counted = {edition: at for edition, at in self._counted.items() if at >= self._since}
        self._figures = await self._store.figures(self._clock.now())

    def collect(self) -> Iterator[Metric]:
        """The figures, for Prometheus."""
        deliveries = GaugeMetricFamily(
            "paperboy_deliveries", "Deliveries in the ledger, by state and reason.", labels=["state", "reason"]
        )
        due = GaugeMetricFamily("paperboy_queue_length", "Deliveries that are due and not yet sent.")
        if self._figures is not None:
            for labels, count in self._figures.deliveries.items():
                deliveries.add_metric(labels, count)
            due.add_metric((), self._figures.due)
        yield deliveries
        yield due
