"""A database with rows of every kind, and the stores that read it."""

from datetime import date, timedelta
from typing import Any

from bot.alerts.model import Match, Mute, NewAlert, Subscription, Where
from bot.alerts.planner import AlertPlanner
from bot.alerts.reminders import Reminder
from bot.delivery.model import Receipt
from bot.digests.choice import Chooser
from bot.digests.greetings import Join
from bot.digests.model import Digest, Reason, Selection, Why
from bot.digests.runner import Runner
from bot.errors import Fault, SourceFault
from bot.papers import Bullet, Day, Details, Listing, Paper
from bot.sources.health import SiteHealth
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.codec import moment
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import Digests
from bot.storage.ledger.greetings import GreetingLedger
from bot.storage.ledger.outbox import Outbox
from bot.storage.ledger.restored import RestoredLedger
from bot.storage.ledger.revisions import Revisions
from bot.storage.ledger.servers import Servers
from bot.storage.ledger.upkeep import Upkeep
from bot.storage.members.changes import Changes
from bot.storage.members.desk import Desk
from bot.storage.members.likes import Likes
from bot.storage.members.reminders import ReminderTable
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.authors import OrderedAuthors
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.storage.papers.strays import Strays
from bot.storage.papers.summaries import Summaries
from bot.storage.papers.written import WrittenPages
from bot.summaries.model import Made, SummaryLanguage, Usage
from bot.summaries.service import Claim, Terms
from tests.builders import StandingClock, day, order, paper, utc

ODD, FRIDAY = date(2024, 2, 22), date(2024, 2, 23)
"""The day of the rows that are spoilt, and the day of the others."""
NOW = utc(2024, 2, 25, 13)
HOUR = timedelta(hours=1)
SETTLE = timedelta(hours=36)
KO = SummaryLanguage.KO


class Stores:
    """All that reads the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.library = library = Library(database)
        self.digests, self.subscriptions, self.desk = Digests(database), Subscriptions(database), Desk(database)
        self.outbox, self.revisions = Outbox(database, library), Revisions(database)
        self.reminders = ReminderTable(database)
        self.changes, self.saved = Changes(database), ReadingLists(database, library)
        self.likes = Likes(database, library)
        self.days, self.summaries = SiteDays(database, library, (KO,)), Summaries(database)
        self.servers, self.greetings = Servers(database), GreetingLedger(database)
        self.strays = Strays(database)
        self.authors, self.written = OrderedAuthors(database), WrittenPages(database)
        self.clock = StandingClock(NOW)
        self.chooser = Chooser(library, self.digests, self.desk, fresh_days=9)
        self.runner = Runner(self.digests, self.chooser, self.clock, 12 * HOUR, lambda: None)
        self.planner = AlertPlanner(self.subscriptions, library, self.clock, 9, lambda: None)
        self.restored, self.upkeep = RestoredLedger(database), Upkeep(database)

    async def digest(self, guild_id: int) -> Digest:
        return (await self.digests.of_server(guild_id))[0]

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.database.rows(sql)]


# -- what is stored ----------------------------------------------------------------------------------------------------


async def fill(stores: Stores) -> None:
    """Rows of each table: the first is to be spoilt, the last is another server's, member's, day's or paper's."""
    for number, on in enumerate((ODD, FRIDAY), 1):
        await _papers(stores, number, on)
    await stores.days.show_summaries(NOW)
    for number, on in enumerate((ODD, FRIDAY), 1):
        await _member(stores, number, on)
        await _server(stores, number, on)
    async with stores.database.write() as tx:
        await tx.run("UPDATE late SET waits = 0, found_at = ?", (moment(NOW),))
        await tx.run("INSERT INTO blocked_pairs VALUES ('a', 'b'), ('c', 'd')")
    await stores.revisions.plan(SETTLE, NOW)
    await stores.library.tidy()
    async with stores.database.write() as tx:
        await tx.run("INSERT INTO uncounted (arxiv_id) VALUES ('2402.00002'), ('2402.00004')")


async def _papers(stores: Stores, number: int, on: date) -> None:
    read_at = utc(2024, 2, 25, 12)
    about = (Bullet(f"{number}번째 논문은 강화학습(Reinforcement Learning)과 검색 증강 생성(RAG)을 다룹니다."),)
    held = Day(on, tuple(Listing(paper(2 * number + i, summary=about), 9 - i) for i in range(2)))
    details = [Details(one.paper.arxiv_id, f"An abstract {number}.", published=read_at) for one in held.listings]
    papers = tuple(
        SitePaper(Listing(paper(2 * number + i, summary=(), ordered=True), 20 + i), each)
        for i, each in enumerate(details)
    )
    await stores.days.take(Reading(on, read_at, papers), Closing(CLOSES_AT, 12 * HOUR), NOW)
    await stores.days.take(Reading(on, read_at + HOUR, papers), Closing(CLOSES_AT, HOUR), NOW)
    await stores.days.take(Reading(on + timedelta(days=7), read_at, ()), Closing(CLOSES_AT, HOUR), NOW)
    late = SitePaper(Listing(paper(90 + number), 30), Details(f"2402.{90 + number:05d}"))
    await stores.days.take(Reading(on, NOW, (*papers, late)), Closing(CLOSES_AT, HOUR), NOW)
    await stores.library.store_page(f"{on:%Y/%m/%d}.md", "h", held, NOW)
    claim = Claim(f"2402.{2 * number:05d}", (KO,), "a model", NOW if on == FRIDAY else utc(2024, 2, 22))
    assert await stores.summaries.claim(claim, Terms(claim.at, claim.at, None, claim.at))
    await stores.summaries.keep(claim, Made({KO: (Bullet(f"요약 {number}"),)}, Usage(1)))
    stray = f"240{1 + number}.00000"
    await stores.strays.keep(SitePaper(Listing(Paper(stray, "A stray")), Details(stray)), NOW)
    await stores.written.announce(f"{on:%Y/%m/%d}.md", f"own {number}")
    await stores.written.note(f"{on:%Y/%m/%d}.md", "stage")


async def _member(stores: Stores, number: int, on: date) -> None:
    user, listings = 10 + number, day(on, (9, 8), first=2 * number).listings
    for where, channel, guild in ((Where.DM, None, None), (Where.HERE, 20 + number, number)):
        for query in ("paper", "강화학습"):
            wish = Subscription(0, user, query, where, channel, guild, 0, False, "ko", utc(2024, 2, 1), typed=query)
            await stores.subscriptions.add(wish, 25)
    alerts = [NewAlert(user, None, None, "ko", (Match(one, ("paper",)),)) for one in listings]
    await stores.subscriptions.plan(on, [one.paper.arxiv_id for one in listings], alerts, NOW)
    owed = [one for one in await stores.outbox.owed(NOW, 99) if one.alert_id]
    await stores.outbox.fail(owed[0], Fault.UNAVAILABLE, "gone", Reason(Why.UNAVAILABLE, {}), NOW)
    await stores.changes.mute(user, Mute(0, "-audio", "audio"), 25, NOW)
    await stores.changes.pause(user, [each.id for each in await stores.subscriptions.of_member(user)][:1], NOW)
    for one in listings:
        await stores.saved.add(user, one.paper.arxiv_id, NOW)
        await stores.saved.set_note(user, one.paper.arxiv_id, "a note")
        await stores.likes.add(number, user, one.paper.arxiv_id, NOW)
    await stores.saved.set_read(user, listings[0].paper.arxiv_id, NOW)
    await stores.reminders.put(Reminder(user, 0, "Asia/Seoul", "ko", NOW))
    async with stores.desk.keeping_search(user, "{}", NOW):
        pass
    if number == 1:
        await stores.desk.note_folder(NOW, failing=True)
        await stores.desk.note_site(SiteHealth(NOW, NOW, SourceFault.BROKEN))


async def _server(stores: Stores, number: int, on: date) -> None:
    for mark, style in (("posted", "cards"), ("planned", "cards"), ("paused", "thread")):
        digest = await stores.digests.add(number, order(channel_id=20 + number, style=style), 5, utc(2024, 2, 20), 10)
        assert digest is not None
        if mark == "paused":
            await stores.digests.rest(digest.id, Reason(Why.CHANNEL_GONE, {"channel": 5}), utc(2024, 2, 24))
            continue
        chosen = Selection(on, 2, day(on, (9, 8), first=2 * number).listings)
        edition = await stores.digests.plan(digest, FRIDAY, utc(2024, 2, 24), chosen)
        assert edition is not None
        if mark == "posted":
            [delivery] = [each for each in await stores.outbox.owed(NOW, 99) if each.edition_id == edition]
            await stores.outbox.sent(delivery, Receipt(20 + number, 100 + number), utc(2024, 2, 24))
        await stores.restored.count_as_had(digest.id, date(2024, 2, 1), date(2024, 2, 2))
        await stores.restored.count_dates_as_had(digest.id, date(2024, 2, 1), date(2024, 2, 2))
    await stores.greetings.join([Join(30 + number, utc(2024, 2, 1), fresh=True)])
    await stores.servers.leave(40 + number, NOW)
