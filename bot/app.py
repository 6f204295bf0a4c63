"""The composition root: opens resources, builds the services and runs the client."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from random import Random
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot.alerts.forecast import Forecaster
from bot.alerts.planner import AlertPlanner
from bot.alerts.service import SubscriptionService
from bot.archive.loader import LoadReport, load
from bot.archive.thread import FileThread
from bot.chat.delivery.doubt import watching_trace
from bot.chat.delivery.gate import Gate
from bot.chat.delivery.invalid import InvalidRequests
from bot.chat.delivery.messenger import DiscordMessenger
from bot.chat.delivery.pace import Pace
from bot.chat.interactions.cooldowns import Cooldowns, Cost
from bot.chat.interactions.load import Load
from bot.chat.interactions.rights import Rights
from bot.chat.interactions.services import Services
from bot.client import Paperboy
from bot.clock import Clock, Jumps
from bot.delivery.courier import Courier
from bot.delivery.model import Policy, WhenUnsure
from bot.delivery.reviser import Reviser
from bot.digests.choice import Chooser
from bot.digests.exchange import ExchangeService
from bot.digests.greetings import Greetings
from bot.digests.runner import LONGEST_MEMORY, Runner
from bot.digests.schedule import Schedule
from bot.digests.servers import ServerService
from bot.digests.service import DigestService
from bot.errors import ArchiveError, DatabaseDamagedError, SettingsError, StorageError
from bot.monitor.health import PULSE_SECONDS, Health, Vital
from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics, TimedSearch
from bot.monitor.rest import count_requests
from bot.monitor.server import Monitor
from bot.newsroom import Newsroom, make_days, make_poller, make_scribe, make_summarising
from bot.runtime.logs import Hider
from bot.runtime.periodic import Guarded, Round
from bot.runtime.proxies import proxy_for, secrets_of
from bot.runtime.watchdog import watching_loop
from bot.search.similar import Neighbours
from bot.settings import DeliverySettings, LimitSettings, Settings
from bot.sources.huggingface import open_site
from bot.sources.model import Site
from bot.sources.rates import APART
from bot.storage.engine.copies import forget_partials
from bot.storage.engine.database import Database
from bot.storage.engine.files import real
from bot.storage.engine.lock import hold
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.figures import LedgerFigures
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.imports import Imports
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.revisions import Revisions
from bot.storage.ledger.servers import Servers
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.desk import HEARTBEAT, Desk
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library
from bot.summaries.model import Summariser
from bot.tools.opening import EXAMINE_SECONDS, open_database, open_model
from bot.upkeep import Keeper

log = logging.getLogger(__name__)

ARRIVALS_SECONDS = 1
CLOCK_SECONDS = 1  # so often is it looked whether the wall clock was set
SWEEP_SECONDS = 300  # an alarm may be lost, as where the database was locked
DAY_SECONDS = 24 * 60 * 60
UPKEEP_AFTER_SECONDS = 60  # a bot that is restarted every night is kept well too
SEARCHES_KEPT = timedelta(days=2)
CLOSING_SECONDS = 4
INDEX_SECONDS = 2.0  # makes a new index of two thousand papers after an upgrade; the others follow while the bot runs


@asynccontextmanager
async def open_app(settings: Settings, clock: Clock, *, site_apart: float = APART) -> AsyncIterator["App"]:
    """A bot that is ready to run, closed at the end. It is the only one on its database.

    Requests to the site of papers are `site_apart` seconds from each other; a local one needs no such care.
    Raises DatabaseHeldError where another process runs on it, and what opening a database raises.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(hold(settings.database.path, clock.now()))
        forget_partials(real(settings.database.path))
        database = await stack.enter_async_context(
            open_database(settings, examine_seconds=EXAMINE_SECONDS, index_seconds=INDEX_SECONDS)
        )
        outside = await _reach_outside(settings, clock, site_apart, stack)
        app = build(settings, database, clock, outside)
        await stack.enter_async_context(app.client)
        yield app


@dataclass(frozen=True, slots=True)
class Outside:
    """What is asked besides Discord, where the operator wants it: the site of papers, and a model."""

    site: Site | None = None
    summariser: Summariser | None = None


async def _reach_outside(settings: Settings, clock: Clock, apart: float, stack: AsyncExitStack) -> Outside:
    """Open what is to be asked; nothing is asked yet. Raises SettingsError where a client is not installed."""
    site: Site | None = None
    if settings.source.enabled:
        proxy = proxy_for(settings.source.url, settings.network)
        site = await stack.enter_async_context(open_site(settings.source, clock, apart, proxy=proxy))
    return Outside(site, await stack.enter_async_context(open_model(settings.summaries, settings.network)))


def build(settings: Settings, database: Database, clock: Clock, outside: Outside) -> "App":
    """Put the parts together. Opens nothing."""
    library = Library(database)
    digests, subscriptions, desk = Digests(database), Subscriptions(database), Desk(database)
    scheduler = AsyncIOScheduler(timezone="UTC")
    metrics = Metrics(CollectorRegistry())
    invalid = InvalidRequests()
    messenger = DiscordMessenger(
        settings.delivery.timeout_seconds,
        invalid,
        nonce_seconds=settings.delivery.nonce_seconds,
        hide=Hider(*secrets_of(settings)),
    )
    random = Random()  # noqa: S311  it spreads retries
    outbox, policy = Outbox(database, library), _policy(settings.delivery)
    courier = Courier(outbox, messenger, clock, policy, random)
    settle = timedelta(hours=settings.source.settle_hours)
    chooser = Chooser(library, digests, desk, settings.digests.fresh_days)
    runner = Runner(digests, chooser, clock, timedelta(hours=settings.digests.catch_up_hours), courier.wake)
    schedule = Schedule(scheduler, digests, clock)
    services = Services(
        clock=clock,
        library=library,
        details=DetailsStore(database),
        saved=ReadingLists(database, library),
        search=TimedSearch(library, metrics),
        similar=Neighbours(library),
        digests=DigestService(digests, chooser, runner, schedule, clock),
        exchange=ExchangeService(digests, Imports(database), schedule, clock),
        servers=ServerService(Servers(database), runner, clock),
        greetings=Greetings(GreetingLedger(database), clock),
        subscriptions=SubscriptionService(subscriptions, clock),
        forecasts=Forecaster(library),
        desk=desk,
        cooldowns=_cooldowns(settings.limits),
        load=Load(),
        rights=Rights(),
    )
    trace = watching_trace()
    count_requests(trace, settings.discord.api_url, metrics.request)
    Gate(settings.discord.api_url, Pace(settings.discord.requests_per_second), invalid).stand_in(trace)
    client = Paperboy(
        services,
        api_url=settings.discord.api_url,
        http_trace=trace,
        proxy=proxy_for(settings.discord.api_url, settings.network),
    )
    messenger.connect(client)
    # What is young enough to be news, or to be listed as missed, is never forgotten.
    keep = timedelta(days=max(settings.database.keep_days, settings.digests.fresh_days + LONGEST_MEMORY.days))
    return App(
        settings=settings,
        database=database,
        clock=clock,
        services=services,
        client=client,
        jumps=Jumps(clock),
        scheduler=scheduler,
        schedule=schedule,
        runner=runner,
        planner=AlertPlanner(subscriptions, library, clock, settings.digests.fresh_days, courier.wake),
        courier=courier,
        reviser=Reviser(Revisions(database), outbox, messenger, clock, policy, random, settle),
        newsroom=_newsroom(settings, database, library, desk, clock, outside, metrics),
        keeper=Keeper(Upkeep(database), desk, clock, keep, metrics.inspected),
        monitor=Monitor(
            Health(),
            metrics,
            LedgerMetrics(metrics.registry, LedgerFigures(database), clock),
            waits_for=lambda: client.patience.waits,
        ),
    )


def _newsroom(
    settings: Settings,
    database: Database,
    library: Library,
    desk: Desk,
    clock: Clock,
    outside: Outside,
    metrics: Metrics,
) -> Newsroom:
    days = make_days(settings, database, library)
    poller = make_poller(settings, days, desk, outside.site, clock) if outside.site else None
    model, told = outside.summariser, metrics.summarised
    summarising = make_summarising(settings, database, days, model, clock, told) if model else None
    return Newsroom(clock, days, poller, summarising, make_scribe(settings, database, library))


def _policy(delivery: DeliverySettings) -> Policy:
    return Policy(
        when_unsure=WhenUnsure(delivery.when_unsure),
        nonce_window=timedelta(seconds=delivery.nonce_seconds),
        first_pause=timedelta(seconds=delivery.first_pause_seconds),
        longest_pause=timedelta(seconds=delivery.longest_pause_seconds),
    )


def _cooldowns(limits: LimitSettings) -> Cooldowns:
    return Cooldowns(
        {
            Cost.SEARCH: limits.searches_per_minute,
            Cost.SHARE: limits.shares_per_minute,
            Cost.ORDER: limits.orders_per_minute,
            Cost.COMPLETION: limits.completions_per_minute,
        }
    )


@dataclass(slots=True)
class App:
    """A bot put together: the parts that run side by side."""

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
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once every part is at work: the archive is read, what was missed is planned, the alarms are set."""
    _known_problems: frozenset[str] = frozenset()
    _files: FileThread = field(default_factory=FileThread)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set or the connection to Discord ends for good, then end cleanly.

        Raises SettingsError for a token that Discord refuses and a port that is taken, DatabaseDamagedError where the
        database turns out to be damaged.
        """
        token = self.settings.discord.token
        if token is None:
            raise SettingsError("no token: set PAPERBOY_DISCORD__TOKEN, or discord.token or discord.token_file")
        self.database.tell_trouble(self._tell_of_database)
        async with self.monitor.serving(self.settings.monitor):
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
        finally:
            await self._close(parts)
        for part in parts:
            if not part.cancelled() and (error := part.exception()):
                raise error

    async def _work(self) -> None:
        await self.client.wait_until_ready()
        for job in (self.client.take_stock, self.look_at_archive, self._plan_alerts, self._forget_site, self._tidy):
            await Guarded(job)()
        self.scheduler.start()
        beside = [asyncio.create_task(each) for each in (self.newsroom.keep_summarising(), self._finish_index())]
        beside += [asyncio.create_task(each.run()) for each in self.rounds()]
        try:
            await self.schedule.start(_quiet(self.runner.run))
            await Guarded(self.runner.run)()
            self.started.set()
            await self.courier.run()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            self.scheduler.shutdown(wait=False)

    def rounds(self) -> Sequence[Round]:
        """The periodic jobs, timed by the monotonic clock."""
        return (
            Round(self.look_at_archive, self.settings.archive.poll_seconds),
            Round(self._read_site, 60 * self.settings.source.poll_minutes, first=0),
            Round(self._plan_alerts, ARRIVALS_SECONDS),
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
        """Load pages that are new or changed; log each problem once, not at every look."""
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
        """Index the papers that an upgrade left, in the background; retried while the database can't be written to."""
        while True:
            try:
                await self.services.library.refresh_index()
            except DatabaseDamagedError:
                return  # of which the program ends
            except StorageError as error:
                log.warning("older papers can't be indexed yet: %s", error)
                await asyncio.sleep(SWEEP_SECONDS)
            else:
                return

    async def _plan_alerts(self) -> None:
        await self.planner.run()

    async def _read_site(self) -> None:
        await self.newsroom.read()
        self.monitor.metrics.site(await self.services.desk.site_health())

    async def _watch_loop(self) -> None:
        """Log stalls of the event loop, without end; starts once members can wait for an answer."""
        await self.client.wait_until_ready()
        with watching_loop():
            await asyncio.Event().wait()

    async def _gateway_lives(self) -> bool:
        return self.client.connected

    async def _database_lives(self) -> bool:
        """Check that the database can be written to: a full disk can still be read."""
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
        for job in (self._forget_searches, self.services.servers.tidy, self.newsroom.tidy):
            await Guarded(job)()

    async def _forget_searches(self) -> None:
        await self.services.desk.forget_searches(self.clock.now() - SEARCHES_KEPT)

    async def _close(self, parts: Sequence[asyncio.Task[Any]]) -> None:
        """Finish running sends and answers within some seconds, then disconnect and end."""
        self.courier.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self.courier.closed()
                await self.client.answered()
        await self.client.close()
        ending = set(parts)
        while ending:  # a part that was just turning a failure into something else may miss a cancellation
            for part in ending:
                part.cancel()
            _, ending = await asyncio.wait(ending, timeout=1)


def _quiet(job: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """A job that ends in silence when the scheduler is shut down, or the database is damaged, which ends the program.

    APScheduler would log an error for each.
    """

    @wraps(job)
    async def run(*arguments: Any) -> None:  # noqa: ANN401  # whatever the scheduler was told to hand on
        with suppress(asyncio.CancelledError, DatabaseDamagedError):
            await job(*arguments)

    return run


def _tell_news(report: LoadReport) -> None:
    if read := len(report.held) - report.unchanged:
        log.info("archive: %d pages read, %d papers new", read, report.new_papers)
