"""The services that cogs and buttons may call. `bot.assembly` builds the object and hands it to the client."""

from dataclasses import dataclass

from bot.alerts.changes import ChangeService
from bot.alerts.daily import LastAlerts
from bot.alerts.forecast import Forecaster
from bot.alerts.reminders import Reminders
from bot.alerts.sent import SentAlerts
from bot.alerts.service import SubscriptionService
from bot.charts.service import Charts
from bot.chat.interactions.cooldowns import Cooldowns
from bot.chat.interactions.load import Load
from bot.chat.interactions.rights import Rights
from bot.clock import Clock
from bot.digests.exchange import ExchangeService
from bot.digests.greetings import Greetings
from bot.digests.outlook import Outlooks
from bot.digests.servers import ServerService
from bot.digests.service import DigestService
from bot.foryou.service import ForYou
from bot.reading.authors import AuthorService
from bot.reading.strays import StrayService
from bot.search.namesakes import Namesakes
from bot.search.service import Search
from bot.search.subjects.similar import Neighbours
from bot.search.subjects.trends import TrendService
from bot.storage.members.desk import Desk
from bot.storage.members.likes import Likes
from bot.storage.members.saved import ReadingLists
from bot.storage.papers.details import DetailsStore
from bot.storage.papers.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """The services of a running bot."""

    clock: Clock
    library: Library
    details: DetailsStore
    authors: AuthorService
    strays: StrayService
    saved: ReadingLists
    likes: Likes
    search: Search
    similar: Neighbours
    namesakes: Namesakes
    trends: TrendService
    charts: Charts | None
    digests: DigestService
    outlooks: Outlooks
    exchange: ExchangeService
    servers: ServerService
    greetings: Greetings
    subscriptions: SubscriptionService
    changes: ChangeService
    reminders: Reminders
    alerts: SentAlerts
    forecasts: Forecaster
    for_you: ForYou
    last_alerts: LastAlerts
    desk: Desk
    cooldowns: Cooldowns
    load: Load
    rights: Rights
