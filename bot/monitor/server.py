"""GET /healthz and GET /metrics."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import Any

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import SettingsError
from bot.monitor.health import Health
from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics
from bot.settings import MonitorSettings


class Monitor:
    """Answers monitoring requests."""

    def __init__(
        self, health: Health, metrics: Metrics, ledger: LedgerMetrics, waits_for: Callable[[], str] = str
    ) -> None:
        """`waits_for` returns what the bot waits for; "" if nothing."""
        self._waits_for = waits_for
        self.health = health
        self.metrics = metrics
        self._ledger = ledger

    @asynccontextmanager
    async def serving(self, settings: MonitorSettings) -> AsyncIterator[None]:
        """Serve while the block runs; with port 0, not at all. Raises SettingsError if the port is in use."""
        if settings.port == 0:
            yield
            return
        application = web.Application()
        application.router.add_get("/healthz", self._healthz)
        application.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, settings.host, settings.port).start()
            except OSError as error:
                raise SettingsError(
                    f"monitor.host {settings.host}, monitor.port {settings.port}: can't be listened on "
                    f"({error.strerror}); choose another port, or 0 for none"
                ) from error
            yield
        finally:
            await runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        signs = self.health.signs()
        ok = all(sign.ok for sign in signs.values())
        told: dict[str, Any] = {"ok": ok, **{vital.value: asdict(sign) for vital, sign in signs.items()}}
        if waits_for := self._waits_for():
            told["waits_for"] = waits_for
        return web.json_response(told, status=200 if ok else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        with suppress(Exception):  # trouble with the database shows in its health; the other figures are still served
            await self._ledger.refresh()
        self.metrics.health(self.health.signs())
        text = generate_latest(self.metrics.registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})
