import asyncio
import sqlite3
import threading
from datetime import date, datetime, timedelta

import pytest

from bot.alerts.changes import Change
from bot.alerts.limits import Limits
from bot.alerts.model import Alert, Mute, NewAlert, Subscription, Where
from bot.alerts.mutes import Mutes
from bot.alerts.planner import AlertPlanner
from bot.alerts.service import SubscriptionService, Wish
from bot.papers import Bullet, Day, Details, Listing
from bot.sources.model import Reading, SitePaper
from bot.sources.whole import CLOSES_AT, Closing
from bot.storage.engine.database import Database
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.changes import Changes
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import SITE, Library, StoredPage
from bot.storage.papers.site import SiteDays
from bot.summaries.model import SummaryLanguage
from tests.bot.alerts.owed import take_owed
from tests.builders import FRIDAY, StandingClock, day, paper, site_day, utc

NOW = utc(2024, 2, 23, 8)
SATURDAY = FRIDAY + timedelta(days=1)


class Bench:
    def __init__(self, library: Library, subscriptions: Subscriptions, outbox: Outbox) -> None:
        self.library, self.subscriptions, self.outbox = library, subscriptions, outbox
        self.clock = StandingClock(NOW)
        self.planner = AlertPlanner(subscriptions, library, self.clock, 3, lambda: None)

    async def want(
        self, user: int, query: str, channel: int | None = None, made: datetime = NOW, min_votes: int = 0
    ) -> Subscription:
        where = Where.DM if channel is None else Where.HERE
        guild = None if channel is None else 1
        saved = Subscription(0, user, query, where, channel, guild, min_votes, False, "ko", made)
        stored = await self.subscriptions.add(saved, 25)
        assert isinstance(stored, Subscription)
        return stored

    async def load(self, held: Day) -> list[Alert]:
        """Load a page, plan, and read the alerts that are owed."""
        await self.library.store_page(held.date.isoformat(), "h", held, NOW)
        return await self.plan()

    async def read(self, database: Database, held: Day, *details: Details, at: datetime = NOW) -> list[Alert]:
        """As `load`, of what was read at the site."""
        page = StoredPage("site/" + held.date.isoformat(), "h", held, SITE, details, at)
        async with database.write() as tx:
            put = await self.library.put(tx, page, NOW)
        await self.library.stored(put)
        return await self.plan()

    async def plan(self) -> list[Alert]:
        """Plan, and read the alerts that are owed."""
        await self.planner.run()
        return await take_owed(self.outbox, self.clock.now() + timedelta(days=1))


def ids(alert: Alert) -> list[str]:
    return [match.listing.paper.arxiv_id[-1] for match in alert.matches]


async def test_one_alert_a_member_with_all_matches_and_what_matched_them(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    await desk.want(7, "title:number")
    await desk.want(8, "없는말")
    alerts = await desk.load(day(votes=(1, 9)))
    assert [alert.user_id for alert in alerts] == [7]
    assert ids(alerts[0]) == ["2", "1"]
    assert alerts[0].matches[0].queries == ("강화학습", "title:number")
    assert (alerts[0].channel_id, alerts[0].day, alerts[0].language) == (None, FRIDAY, "ko")


async def test_a_page_loaded_again_alerts_only_for_papers_that_are_new_to_it(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    assert [ids(alert) for alert in await desk.load(day(votes=(1,)))] == [["1"]]
    assert await desk.load(day(votes=(5,))) == []
    assert [ids(alert) for alert in await desk.load(day(votes=(5, 2)))] == [["2"]]
    assert await desk.load(day(votes=())) == []
    assert await desk.load(day(votes=(5, 2))) == []


async def test_an_abstract_is_matched_when_it_comes_and_alerts_once(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "hallucination")
    await desk.want(7, "강화학습")
    await desk.want(8, "hallucination")
    assert [(alert.user_id, ids(alert)) for alert in await desk.load(day(votes=(1,)))] == [(7, ["1"])]
    told = Details("2402.00001", "Hallucinations vanish.")
    alerts = await desk.read(database, day(votes=(1,)), told)
    assert [(alert.user_id, ids(alert)) for alert in alerts] == [(8, ["1"])]
    assert await desk.read(database, day(votes=(2,)), told) == []
    assert await desk.read(database, day(votes=(2,)), Details("2402.00001", "Hallucinations are back.")) == []


async def test_a_paper_that_comes_with_its_abstract_alerts_those_whom_it_concerns(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(8, "hallucination")
    alerts = await desk.read(database, day(votes=(1,)), Details("2402.00001", "Hallucinations vanish."))
    assert [(alert.user_id, ids(alert)) for alert in alerts] == [(8, ["1"])]


async def test_a_paper_listed_on_another_day_too_alerts_once(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    assert len(await desk.load(day(votes=(1,)))) == 1
    assert await desk.load(day(FRIDAY + timedelta(days=1), votes=(1,))) == []


async def test_an_old_archive_alerts_nobody(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습", made=utc(2020, 1, 1))
    assert await desk.load(day(FRIDAY - timedelta(days=4))) == []
    assert [ids(one) for one in await desk.load(day(FRIDAY - timedelta(days=3), (1,), first=5))] == [["5"]]
    assert await database.rows("SELECT * FROM arrivals") == []


async def test_a_day_before_the_subscription_alerts_nobody(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    assert await desk.load(day(FRIDAY - timedelta(days=1), (1,), first=5)) == []
    assert len(await desk.load(day(FRIDAY, (1,), first=6))) == 1


async def test_votes_pauses_and_exclusions_are_heeded(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(1, "강화학습", min_votes=5)
    await desk.want(2, "강화학습 -2번째")
    paused = await desk.want(3, "강화학습")
    await desk.subscriptions.set_paused(3, paused.id, paused=True)
    told = {alert.user_id: ids(alert) for alert in await desk.load(day(votes=(9, 2)))}
    assert told == {1: ["1"], 2: ["1"]}


async def test_alerts_here_go_to_the_channel_and_a_mixture_to_the_dm(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(1, "강화학습", channel=10)
    await desk.want(2, "강화학습", channel=10)
    await desk.want(2, "author:kim")
    await desk.want(3, "강화학습", channel=10)
    await desk.want(3, "author:kim", channel=11)
    places = {alert.user_id: alert.channel_id for alert in await desk.load(day(votes=(9,)))}
    assert places == {1: 10, 2: None, 3: None}


async def test_what_was_looked_at_is_recorded_with_the_alerts_or_not_at_all(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    subscription = await desk.want(7, "강화학습")
    held = Day(FRIDAY, (Listing(paper(1, summary=(Bullet("강화학습"),)), 1),))
    await library.store_page("23", "h", held, NOW)
    unknown = NewAlert(999, None, None, subscription.language, ())
    with pytest.raises(sqlite3.IntegrityError):
        await subscriptions.plan(FRIDAY, ["2402.00001"], [unknown], NOW)
    assert await subscriptions.arrivals() == {date(2024, 2, 23): ("2402.00001",)}


async def test_a_mute_keeps_papers_out_of_all_of_one_members_alerts_until_it_is_undone(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk, changes = Bench(library, subscriptions, outbox), Changes(database)
    for user in (7, 8):
        await desk.want(user, "강화학습")
        await desk.want(user, "title:number")
    muted = await changes.mute(7, Mute(0, "-author:kim", "Kim"), 25, NOW)
    assert isinstance(muted, Change)
    assert muted.number
    held = Day(FRIDAY, (Listing(paper(1), 9), Listing(paper(2, authors=("Jo Lee",)), 5)))
    assert [(alert.user_id, ids(alert)) for alert in await desk.load(held)] == [(7, ["2"]), (8, ["1", "2"])]
    await changes.undo(7, muted.number, Limits())
    assert [(alert.user_id, ids(alert)) for alert in await desk.load(day(SATURDAY, (9,), first=3))] == [
        (7, ["3"]),
        (8, ["3"]),
    ]


async def test_an_alert_of_muted_papers_alone_is_none(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    await Changes(database).mute(7, Mute(0, "-number", "number"), 25, NOW)
    assert await desk.load(day(votes=(9, 5))) == []


async def test_an_alert_knows_how_its_queries_were_typed(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    service = SubscriptionService(subscriptions, desk.clock)
    await service.add(Wish(7, "Title:NUMBER", 0, None, None, "ko"))
    [alert] = await desk.load(day(votes=(9,)))
    assert alert.matches[0].queries == ("title:number",)
    assert (alert.shown("title:number"), alert.shown("gone")) == ("Title:NUMBER", "gone")


async def test_two_planners_at_once_tell_of_an_arrival_once(
    library: Library, subscriptions: Subscriptions, outbox: Outbox
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    await library.store_page("23", "h", day(votes=(9,)), NOW)
    await asyncio.gather(desk.planner.run(), desk.planner.run())
    assert len(await outbox.owed(NOW + timedelta(days=1), 99)) == 1


async def test_half_a_day_alerts_nobody_until_it_is_whole(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk = Bench(library, subscriptions, outbox)
    await desk.want(7, "강화학습")
    await site_day(database, FRIDAY, 1, closed=False)
    await library.store_page("site/2024-02-23", "h", day(votes=(1,)), NOW)
    await site_day(database, FRIDAY, 1, closed=False)
    assert await desk.planner.run() == 0
    await site_day(database, FRIDAY, 2, closed=True)
    [alert] = await desk.load(day(votes=(1, 9)))
    assert ids(alert) == ["2", "1"]


# -- late papers -------------------------------------------------------------------------------------------------------


async def test_a_late_paper_is_told_of_with_the_next_day_that_closes(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk, days = Bench(library, subscriptions, outbox), SiteDays(database, library, (SummaryLanguage.KO,))
    await desk.want(7, "paper")
    await desk.want(8, '"number 2"')

    async def read(on: date, at: datetime, *numbers: int) -> list[Alert]:
        papers = tuple(SitePaper(Listing(paper(number), number), Details(f"2402.{number:05d}")) for number in numbers)
        desk.clock.moment = at
        await days.take(Reading(on, at, papers), Closing(CLOSES_AT, timedelta(hours=12)), at)
        return await desk.plan()

    saturday = FRIDAY + timedelta(days=1)
    [alert] = await read(FRIDAY, utc(2024, 2, 23, 22, 45), 1)
    assert (alert.day, ids(alert)) == (FRIDAY, ["1"])
    assert await read(FRIDAY, utc(2024, 2, 23, 23, 30), 1, 2) == []
    assert await read(saturday, utc(2024, 2, 24, 9), 3) == []
    alerts = await read(saturday, utc(2024, 2, 24, 22, 40), 3)
    assert [(one.user_id, one.day, ids(one)) for one in alerts] == [(7, saturday, ["3", "2"]), (8, saturday, ["2"])]
    assert await read(FRIDAY, utc(2024, 2, 25, 1), 1, 2) == []
    assert await database.rows("SELECT * FROM arrivals") == []


async def test_a_late_paper_is_told_of_alone_if_the_next_day_has_none(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, database: Database
) -> None:
    desk, days = Bench(library, subscriptions, outbox), SiteDays(database, library, (SummaryLanguage.KO,))
    await desk.want(7, "paper")
    rule = Closing(CLOSES_AT, timedelta(hours=12))
    listed = tuple(SitePaper(Listing(paper(number), 1), Details(f"2402.{number:05d}")) for number in (1, 2))
    for at, papers in ((utc(2024, 2, 23, 22, 45), listed[:1]), (utc(2024, 2, 23, 23, 30), listed)):
        await days.take(Reading(FRIDAY, at, papers), rule, at)
    assert [ids(one) for one in await desk.plan()] == [["1"]]
    closing = utc(2024, 2, 24, 22, 40)
    await days.take(Reading(FRIDAY + timedelta(days=1), closing, ()), rule, closing)
    [alert] = await desk.plan()
    assert (alert.day, ids(alert)) == (FRIDAY, ["2"])


async def test_alerts_for_many_members_are_made_in_another_thread_than_the_event_loops(
    library: Library, subscriptions: Subscriptions, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, where = Bench(library, subscriptions, outbox), list[int]()
    of_member = Mutes.of_member

    def noted(mutes: Mutes, user_id: int) -> frozenset[str]:
        where.append(threading.get_ident())
        return of_member(mutes, user_id)

    monkeypatch.setattr(Mutes, "of_member", noted)
    await desk.want(1, "강화학습")
    assert len(await desk.load(day(votes=(1,)))) == 1
    assert where
    assert threading.get_ident() not in where
