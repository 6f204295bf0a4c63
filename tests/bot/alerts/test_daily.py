"""The daily alert of "For you", planned together with the other alerts about a day."""

import json
from datetime import timedelta

import pytest

from bot.alerts.daily import Daily, LastAlert, LastAlerts, Outcome
from bot.alerts.model import Alert, Subscription
from bot.alerts.planner import AlertPlanner
from bot.alerts.service import SubscriptionService, Wish
from bot.foryou.service import ForYou
from bot.papers import Paper
from bot.storage.engine.database import Database
from bot.storage.ledger.outbox import Outbox
from bot.storage.members.desk import Desk as MemberDesk
from bot.storage.members.foryou import ForYouMembers
from bot.storage.members.saved import ReadingLists
from bot.storage.members.subscriptions import Subscriptions
from bot.storage.papers.library import Library
from tests.bot.alerts.owed import take_owed
from tests.bot.foryou.shelf import BY_AUTHOR, LIKE, MEMBER, NEW, NOW, OLD, OTHER, about, save, store
from tests.builders import FRIDAY, StandingClock

SATURDAY = FRIDAY + timedelta(days=1)


class Desk:
    def __init__(self, database: Database) -> None:
        self.database, self.library = database, Library(database)
        self.clock = StandingClock(NOW)
        self.store, self.members = Subscriptions(database), ForYouMembers(database)
        self.lists, self.outbox = ReadingLists(database, self.library), Outbox(database, self.library)
        self.service = SubscriptionService(self.store, self.clock)
        self.for_you = ForYou(self.library, self.members)
        self.last_alerts = LastAlerts(self.members, self.for_you, self.lists, self.library)
        self.planner = AlertPlanner(
            self.store, self.library, self.clock, 3, lambda: None, Daily(self.members, self.for_you)
        )

    async def follow(self, user: int = MEMBER) -> Subscription:
        return await self.service.add_for_you(user, "en")

    async def subscribe(self, query: str, channel: int | None = None) -> None:
        await self.service.add(Wish(MEMBER, query, 0, channel, channel and 1, "ko"))

    async def arrive(self, *papers: Paper) -> list[Alert]:
        """Papers come in on Friday; the alerts that are planned."""
        await store(self.library, FRIDAY, *papers)
        return await self.plan()

    async def plan(self) -> list[Alert]:
        await self.planner.run()
        return await take_owed(self.outbox, self.clock.now() + timedelta(days=1))


def ids(alert: Alert) -> list[str]:
    return [match.listing.paper.arxiv_id for match in alert.matches]


@pytest.fixture
async def desk(database: Database) -> Desk:
    """An archive of old papers, and a member who saved three of a kind."""
    made = Desk(database)
    await store(made.library, FRIDAY - timedelta(days=30), *OLD)
    await made.plan()
    await save(made.lists, *OLD[:3])
    return made


async def test_the_best_of_a_day_are_owed_once_with_why(desk: Desk) -> None:
    await desk.follow()
    [alert] = await desk.arrive(*NEW)
    assert (alert.user_id, alert.channel_id, alert.language) == (MEMBER, None, "en")
    assert ids(alert) == [LIKE.arxiv_id, BY_AUTHOR.arxiv_id]
    assert [match.queries for match in alert.matches] == [("",), ("",)]
    assert alert.matches[1].why is not None
    assert alert.matches[1].why.shared == ("Yuandong Tian",)
    assert await desk.plan() == []


async def test_nobody_else_gets_it_and_a_pause_holds(desk: Desk) -> None:
    await save(desk.lists, *OLD[:3], user=8)
    await desk.follow()
    await desk.service.set_paused(MEMBER, None, paused=True)
    assert await desk.arrive(*NEW) == []


async def test_at_most_three_and_once_a_day(desk: Desk) -> None:
    await desk.follow()
    many = [about(200 + place, f"Reasoning {place}", "보상모델을 봅니다.") for place in range(4)]
    [alert] = await desk.arrive(*NEW[2:], *many)
    assert len(alert.matches) == 3
    assert await desk.arrive(*NEW, *many) == []


async def test_no_paper_that_was_told_of_saved_or_muted(desk: Desk) -> None:
    await desk.follow()
    await save(desk.lists, LIKE)
    await desk.lists.remove(MEMBER, OLD[1].arxiv_id)
    async with desk.database.write() as tx:
        await tx.run("INSERT INTO alerted VALUES (?, ?)", (MEMBER, BY_AUTHOR.arxiv_id))
    assert await desk.arrive(*NEW) == []


async def test_it_joins_the_alert_by_dm_without_telling_twice(desk: Desk) -> None:
    await desk.follow()
    await desk.subscribe("reasoning")
    [alert] = await desk.arrive(*NEW)
    assert [(match.listing.paper.arxiv_id, match.queries) for match in alert.matches] == [
        (LIKE.arxiv_id, ("reasoning",)),
        (BY_AUTHOR.arxiv_id, ("",)),
    ]


async def test_it_stays_among_the_papers_that_an_alert_shows(desk: Desk) -> None:
    await desk.follow()
    await desk.subscribe("abroad")
    await desk.subscribe("home")
    more = [about(300 + place, f"Abroad {place}") for place in range(9)]
    [alert] = await desk.arrive(*NEW, *more)
    assert {LIKE.arxiv_id, BY_AUTHOR.arxiv_id} <= set(ids(alert)[:10])
    assert len(alert.matches) == len(set(ids(alert))) == 20


async def test_what_a_reading_list_tells_is_never_posted_in_a_channel(desk: Desk) -> None:
    await desk.follow()
    await desk.subscribe("cooking", channel=10)
    alerts = {alert.channel_id: ids(alert) for alert in await desk.arrive(*NEW)}
    assert alerts == {10: [OTHER.arxiv_id], None: [LIKE.arxiv_id, BY_AUTHOR.arxiv_id]}


async def test_a_member_for_whom_choosing_fails_costs_nobody_an_alert(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.follow(8)
    await desk.follow()
    await save(desk.lists, *OLD[:3], user=8)
    choose = desk.for_you.of

    async def failing(user_id: int, wish: object) -> object:
        if user_id == 8:
            raise TimeoutError
        return await choose(user_id, wish)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.for_you, "of", failing)
    [alert] = await desk.arrive(*NEW)
    assert alert.user_id == MEMBER


async def test_why_nothing_came_is_told(desk: Desk) -> None:
    subscription = await desk.follow()
    await desk.lists.remove(MEMBER, OLD[0].arxiv_id)
    assert await desk.last_alerts.of(subscription) == LastAlert(Outcome.FEW, missing=1)
    await save(desk.lists, OLD[0])
    await desk.arrive(OTHER)
    assert await desk.last_alerts.of(subscription) == LastAlert(Outcome.NOTHING, day=FRIDAY)
    await desk.arrive(*NEW)
    assert await desk.last_alerts.of(subscription) == LastAlert(Outcome.TOLD, day=FRIDAY)


async def test_of_a_day_that_was_missed_it_is_not_said_that_it_had_nothing(desk: Desk) -> None:
    subscription = await desk.follow()
    await desk.service.set_paused(MEMBER, None, paused=True)
    await desk.arrive(*NEW)
    await desk.service.set_paused(MEMBER, None, paused=False)
    assert await desk.last_alerts.of(subscription) == LastAlert(Outcome.NEXT)


async def test_an_alert_of_before_has_no_reasons(desk: Desk) -> None:
    """Alerts that an earlier version stored have three values for each paper."""
    await desk.follow()
    await desk.arrive(OTHER)
    async with desk.database.write() as tx:
        held = json.dumps([[OTHER.arxiv_id, 1, ["cooking"]]])
        number = await tx.add(
            "INSERT INTO alerts (user_id, day, language, matches) VALUES (?, '2024-02-23', 'ko', ?)", (MEMBER, held)
        )
    alert = await desk.outbox.alert(number)
    assert alert is not None
    assert [match.why for match in alert.matches] == [None]


async def test_it_goes_with_the_members_data(desk: Desk) -> None:
    await desk.follow()
    await desk.arrive(*NEW)
    await MemberDesk(desk.database).forget_member(MEMBER)
    for table in ("alerts", "subscriptions", "saved"):
        assert await desk.database.row(f"SELECT 1 FROM {table} WHERE user_id = ?", (MEMBER,)) is None, table
