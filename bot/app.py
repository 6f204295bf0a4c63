"""The running bot: its parts side by side, the periodic jobs, and an orderly end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from pydantic import SecretStr

from bot.alerts.planner import AlertPlanner
from bot.archive.loader import LoadReport, load
from bot.archive.thread import FileThread
from bot.chat.interactions.services import Services
from bot.client import Paperboy
from bot.clock import Clock, Jumps
from bot.delivery.courier import Courier
from bot.delivery.reviser import Reviser
from bot.digests.runner import Runner
from bot.digests.schedule import Schedule
from bot.errors import ArchiveError, DatabaseDamagedError, SettingsError, StorageError
from bot.feed.server import FeedServer
from bot.monitor.health import PULSE_SECONDS, Vital
from bot.monitor.server import Monitor
from bot.newsroom import Newsroom
from bot.runtime.periodic import Guarded, Round
from bot.runtime.watchdog import watching_loop
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.members.desk import HEARTBEAT
from bot.upkeep import Keeper

log = logging.getLogger(__name__)

ARRIVALS_SECONDS = 1
CLOCK_SECONDS = 1  # how often the wall clock is checked for jumps
SWEEP_SECONDS = 300  # an alarm may be lost, for example while the database is locked
DAY_SECONDS = 24 * 60 * 60
UPKEEP_AFTER_SECONDS = 60  # early, so that a bot that is restarted every night gets its upkeep too
SEARCHES_KEPT = timedelta(days=2)
REMINDERS_SECONDS = 60
CLOSE_DAY_SECONDS = 60  # how often it is checked whether the site's day is to be closed
CLOSING_SECONDS = 4


@dataclass(slots=True)
class App:
    """A complete bot: the parts that run side by side."""

    settings: Settings
    database: Database
    clock: Clock
    services: Services
    client: Paperboy
    jumps: Jumps
    scheduler: AsyncIOScheduler
    schedule: Schedule
    runner: Runner
    planner: AlertPlanner
    courier: Courier
    reviser: Reviser
    newsroom: Newsroom
    keeper: Keeper
    monitor: Monitor
    feeds: FeedServer
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once everything runs: the archive is read, missed editions are planned, the alarms are set."""
    _known_problems: frozenset[str] = frozenset()
    _files: FileThread = field(default_factory=FileThread)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set or the connection to Discord ends for good, then end cleanly.

        Raises SettingsError for a token that Discord refuses or a port in use, and DatabaseDamagedError if the database
        turns out to be damaged.
        """
        token = self.settings.discord.token
        if token is None:
            raise SettingsError("no token: set PAPERBOY_DISCORD__TOKEN, or discord.token or discord.token_file")
        self.database.tell_trouble(self._tell_of_database)
        async with self.monitor.serving(self.settings.monitor), self.feeds.serving():
            await self._run_parts(token, stop)

    async def _run_parts(self, token: SecretStr, stop: asyncio.Event) -> None:
        health = self.monitor.health
        together = (
            self.client.connect_with(token.get_secret_value()),
            self._work(),
            stop.wait(),
            self.database.until_damaged(),
            self._watch_loop(),
            health.watch(Vital.GATEWAY, self._gateway_lives),
            health.watch(Vital.DATABASE, self._database_lives),
        )
        parts = [asyncio.create_task(part) for part in together]
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                log.info("stopping; what is being sent or answered is finished first")
        finally:
            await self._close(parts)
        for part in parts:
            if not part.cancelled() and (error := part.exception()):
                raise error

    async def _work(self) -> None:
        await self.client.until_arrived()
        for job in (self.look_at_archive, self._plan_alerts, self._forget_site, self._tidy, self.runner.expire):
            await Guarded(job)()
        self.scheduler.start()
        beside = [asyncio.create_task(each) for each in (self.newsroom.keep_summarising(), self._finish_index())]
        beside += [asyncio.create_task(each.run()) for each in self.rounds()]
        try:
            await self.schedule.start(_quiet(self.runner.run))
            beside.append(asyncio.create_task(self._plan_missed()))
            await self.courier.run()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            self.scheduler.shutdown(wait=False)

    async def _plan_missed(self) -> None:
        """Plan what fell due while the bot did not run. Of many editions, the first are sent meanwhile."""
        await Guarded(self.runner.run)()
        self.started.set()

    def rounds(self) -> Sequence[Round]:
        """The periodic jobs, timed by the monotonic clock."""
        return (
            Round(self.look_at_archive, self.settings.archive.poll_seconds),
            Round(self._read_site, 60 * self.settings.source.poll_minutes, first=0),
            Round(self._close_day, CLOSE_DAY_SECONDS),
            Round(self._plan_alerts, ARRIVALS_SECONDS),
            Round(self._plan_reminders, REMINDERS_SECONDS, first=0),
            Round(self._follow_clock, CLOCK_SECONDS),
            Round(self.runner.run, SWEEP_SECONDS),
            Round(self.reviser.work, SWEEP_SECONDS),
            Round(self.client.greet, SWEEP_SECONDS, first=0),
            Round(self._scheduler_lives, PULSE_SECONDS, first=0),
            Round(self._tidy, DAY_SECONDS),
            Round(self.keeper.run, DAY_SECONDS, first=UPKEEP_AFTER_SECONDS),
        )

    async def _follow_clock(self) -> None:
        """If the wall clock was set or the machine slept, reschedule the digests and do what is due."""
        jump = self.jumps.look()
        if not jump:
            return
        log.warning("the clock jumped %s by %s", "ahead" if jump > timedelta(0) else "back", abs(jump))
        await self.schedule.rebuild()
        self.courier.wake()
        await self.look_at_archive()
        await self.runner.run()

    async def look_at_archive(self) -> None:
        """Load pages that are new or changed. Each problem is logged once."""
        try:
            report = await load(
                self.settings.archive.path, self.services.library, now=self.clock.now(), files=self._files
            )
        except ArchiveError as error:
            self._tell_problems([str(error)])
            await self.services.desk.note_folder(self.clock.now(), failing=True)
            self.monitor.metrics.loaded(None)
            return
        await self.services.desk.note_folder(self.clock.now(), failing=False)
        self.monitor.metrics.loaded(report)
        self._tell_problems([str(problem) for problem in report.problems])
        _tell_news(report)

    def _tell_problems(self, problems: list[str]) -> None:
        for problem in problems:
            if problem not in self._known_problems:
                log.warning("archive: %s", problem)
        self._known_problems = frozenset(problems)

    async def _finish_index(self) -> None:
        """Index the remaining papers after an upgrade. Retried while the database can't be written to."""
        while True:
            try:
                await self.services.library.refresh_index()
            except DatabaseDamagedError:
                return  # this ends the program
            except StorageError as error:
                log.warning("older papers can't be indexed yet: %s", error)
                await asyncio.sleep(SWEEP_SECONDS)
            else:
                return

    async def _plan_alerts(self) -> None:
        await self.planner.run()

    async def _plan_reminders(self) -> None:
        await self.services.reminders.run()

    async def _read_site(self) -> None:
        await self.newsroom.read()
        self.monitor.metrics.site(await self.services.desk.site_health())

    async def _close_day(self) -> None:
        """Read the site once today's closing time has come, so that the editions that follow have the day."""
        if await self.newsroom.close():
            self.monitor.metrics.site(await self.services.desk.site_health())

    async def _watch_loop(self) -> None:
        """Log stalls of the event loop from the moment members can use the bot. Never ends."""
        await self.client.until_arrived()
        with watching_loop():
            await asyncio.Event().wait()

    async def _gateway_lives(self) -> bool:
        return self.client.connected

    async def _database_lives(self) -> bool:
        """Check that the database can be written to: reading works even if the disk is full."""
        await self.services.desk.set_note(HEARTBEAT, self.clock.now().isoformat())
        return True

    def _tell_of_database(self, trouble: str) -> None:
        self.monitor.health.tell(Vital.DATABASE, trouble)

    async def _scheduler_lives(self) -> None:
        if self.scheduler.state == STATE_RUNNING:
            self.monitor.health.seen(Vital.SCHEDULER)

    async def _forget_site(self) -> None:
        if not self.settings.source.enabled:
            await self.services.desk.forget_site()

    async def _tidy(self) -> None:
        for job in (self._forget_searches, self._forget_undos, self.services.servers.tidy, self.newsroom.tidy):
            await Guarded(job)()

    async def _forget_searches(self) -> None:
        await self.services.desk.forget_searches(self.clock.now() - SEARCHES_KEPT)

    async def _forget_undos(self) -> None:
        await self.services.changes.forget(self.clock.now() - SEARCHES_KEPT)

    async def _close(self, parts: Sequence[asyncio.Task[Any]]) -> None:
        """Finish running sends and answers within some seconds, then disconnect and end."""
        self.courier.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self.courier.closed()
                await self.client.answered()
        await self.client.close()
        ending = set(parts)
        while ending:  # a part that was just handling an exception may miss a cancellation
            for part in ending:
                part.cancel()
            _, ending = await asyncio.wait(ending, timeout=1)


def _quiet(job: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The job without the errors that APScheduler would log as the program ends: a shutdown, or a damaged database."""

    @wraps(job)
    async def run(*arguments: Any) -> None:  # noqa: ANN401  # the arguments that the scheduler passes on
        with suppress(asyncio.CancelledError, DatabaseDamagedError):
            await job(*arguments)

    return run


def _tell_news(report: LoadReport) -> None:
    if read := len(report.held) - report.unchanged:
        log.info("archive: %d pages read, %d papers new", read, report.new_papers)
