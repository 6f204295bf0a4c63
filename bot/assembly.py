"""The composition root: opens what the bot needs and puts its parts together. Only this module knows all others."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from prometheus_client import CollectorRegistry

from bot.alerts.changes import ChangeService
from bot.alerts.daily import Daily, LastAlerts
from bot.alerts.forecast import Forecaster
from bot.alerts.planner import AlertPlanner
from bot.alerts.reminders import Reminders
from bot.alerts.sent import SentAlerts
from bot.alerts.service import SubscriptionService
from bot.app import App
from bot.charts.service import open_charts
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
from bot.digests.outlook import Outlooks
from bot.digests.recap import Recaps
from bot.digests.runner import LONGEST_MEMORY, Runner
from bot.digests.schedule import Schedule
from bot.digests.servers import ServerService
from bot.digests.service import DigestService
from bot.feed.server import FeedServer
from bot.feed.service import Feeds
from bot.foryou.service import ForYou
from bot.monitor.health import Health
from bot.monitor.ledger import LedgerMetrics
from bot.monitor.metrics import Metrics, TimedSearch
from bot.monitor.rest import count_requests
from bot.monitor.server import Monitor
from bot.newsroom import Newsroom, make_days, make_poller, make_scribes, make_summarising
from bot.reading.authors import AuthorService
from bot.reading.strays import StrayService
from bot.runtime.logs import Hider
from bot.runtime.proxies import proxy_for, secrets_of
from bot.search.namesakes import Namesakes
from bot.search.subjects.similar import Neighbours
from bot.search.subjects.trends import TrendService
from bot.settings import DeliverySettings, LimitSettings, Settings
from bot.sources.arxiv import APART as ARXIV_APART
from bot.sources.arxiv import open_arxiv
from bot.sources.huggingface import HuggingFace, open_site
from bot.sources.model import AuthorSource
from bot.sources.rates import APART
from bot.storage.engine.copies import forget_backups, forget_partials
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
from bot.storage.members.changes import Changes
from bot.storage.members.desk import Desk
from bot.storage.members.foryou import ForYouMembers
from bot.storage.members.likes import Likes
from bot.storage.members.reminders import ReminderTable
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.about import SubjectCounts
from bot.storage.papers.authors import OrderedAuthors
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library
from bot.storage.papers.strays import Strays
from bot.summaries.model import Summariser
from bot.tools.opening import EXAMINE_SECONDS, open_database, open_model
from bot.upkeep import Keeper

INDEX_SECONDS = 2.0
"""After an upgrade, the start waits this long for the new index: enough for two thousand papers. The rest of the papers
are indexed while the bot runs."""


@asynccontextmanager
async def open_app(settings: Settings, clock: Clock, *, site_apart: float = APART) -> AsyncIterator[App]:
    """Open a bot that is ready to run, and close it at the end. It holds its database's lock.

    Requests to the site of papers are at least `site_apart` seconds apart, and requests to arXiv three times as far; a
    local site needs no pause.
    Raises DatabaseHeldError if another process uses the database, and what opening a database raises.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(hold(settings.database.path, clock.now()))
        forget_partials(real(settings.database.path))
        forget_backups(real(settings.database.path).parent)
        database = await stack.enter_async_context(
            open_database(settings, examine_seconds=EXAMINE_SECONDS, index_seconds=INDEX_SECONDS)
        )
        outside = await _reach_outside(settings, clock, site_apart, stack)
        app = build(settings, database, clock, outside)
        await stack.enter_async_context(app.client)
        yield app


@dataclass(frozen=True, slots=True)
class Outside:
    """The services besides Discord that the operator has enabled: the site of papers, arXiv, and a model."""

    site: HuggingFace | None = None
    arxiv: AuthorSource | None = None
    summariser: Summariser | None = None


async def _reach_outside(settings: Settings, clock: Clock, apart: float, stack: AsyncExitStack) -> Outside:
    """Open the clients for the site and the model; sends nothing. Raises SettingsError if a client is not installed."""
    site: HuggingFace | None = None
    if settings.source.enabled:
        proxy = proxy_for(settings.source.url, settings.network)
        site = await stack.enter_async_context(open_site(settings.source, clock, apart, proxy=proxy))
    arxiv: AuthorSource | None = None
    if settings.arxiv.enabled:
        proxy, agent = proxy_for(settings.arxiv.url, settings.network), settings.source.user_agent
        seconds = ARXIV_APART * apart / APART
        arxiv = await stack.enter_async_context(open_arxiv(settings.arxiv, agent, seconds, proxy=proxy))
    return Outside(site, arxiv, await stack.enter_async_context(open_model(settings.summaries, settings.network)))


def build(settings: Settings, database: Database, clock: Clock, outside: Outside) -> App:
    """Put the parts together. Opens nothing."""
    library = Library(database)
    trends, likes = TrendService(library), Likes(database, library)
    digests, subscriptions, desk = Digests(database), Subscriptions(database), Desk(database)
    reading_lists, for_you_members = ReadingLists(database, library), ForYouMembers(database)
    for_you = ForYou(library, for_you_members)
    scheduler = AsyncIOScheduler(timezone="UTC")
    metrics = Metrics(CollectorRegistry())
    metrics.watch_disk(settings.database.path.resolve().parent)
    invalid = InvalidRequests()
    messenger = DiscordMessenger(
        settings.delivery.timeout_seconds,
        invalid,
        nonce_seconds=settings.delivery.nonce_seconds,
        hide=Hider(*secrets_of(settings)),
    )
    random = Random()  # noqa: S311  only spreads retries
    outbox, policy = Outbox(database, library), _policy(settings.delivery)
    courier = Courier(outbox, messenger, clock, policy, random)
    settle = timedelta(hours=settings.source.settle_hours)
    chooser = Chooser(
        library,
        digests,
        desk,
        settings.digests.fresh_days,
        settings.source.closes_at,
        recaps=Recaps(likes, trends),
    )
    runner = Runner(digests, chooser, clock, timedelta(hours=settings.digests.catch_up_hours), courier.wake)
    schedule = Schedule(scheduler, digests, clock)
    services = Services(
        clock=clock,
        library=library,
        details=DetailsStore(database),
        authors=AuthorService(OrderedAuthors(database), outside.arxiv, clock),
        strays=StrayService(Strays(database), library, outside.site, clock),
        saved=reading_lists,
        likes=likes,
        search=TimedSearch(library, metrics),
        similar=Neighbours(library),
        namesakes=Namesakes(library),
        trends=trends,
        charts=open_charts(),
        digests=DigestService(digests, chooser, runner, schedule, clock),
        outlooks=Outlooks(SubjectCounts(database)),
        exchange=ExchangeService(digests, Imports(database), schedule, clock),
        servers=ServerService(Servers(database), runner, clock),
        greetings=Greetings(GreetingLedger(database), clock),
        subscriptions=SubscriptionService(subscriptions, clock),
        changes=ChangeService(Changes(database), clock),
        reminders=Reminders(ReminderTable(database), clock, courier.wake),
        alerts=SentAlerts(outbox, subscriptions),
        forecasts=Forecaster(library),
        for_you=for_you,
        last_alerts=LastAlerts(for_you_members, for_you, reading_lists, library),
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
    courier.keep_within(client.reach)
    client.tell_arrivals(courier.wake)
    # Editions that may still be news, or may be listed as missed, must not be deleted.
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
        planner=AlertPlanner(
            subscriptions,
            library,
            clock,
            settings.digests.fresh_days,
            courier.wake,
            Daily(for_you_members, for_you),
        ),
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
        feeds=FeedServer(Feeds(library), clock, settings.feed, settings.limits.feeds_per_minute, metrics.fed),
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
    return Newsroom(clock, days, poller, summarising, make_scribes(settings, database, library))


def _policy(delivery: DeliverySettings) -> Policy:
    return Policy(
        when_unsure=WhenUnsure(delivery.when_unsure),
        nonce_window=timedelta(seconds=delivery.nonce_seconds),
        # The last request leaves within one; Cloudflare, in front of Discord, drops it after four (120 s) by default:
        # https://developers.cloudflare.com/fundamentals/reference/connection-limits/
        landing=timedelta(seconds=5 * delivery.timeout_seconds),
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
