"""Plans alerts about a day's new papers: one alert for each member, with all matches."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.alerts.audience import Audience, SavedStore
from bot.alerts.matching import Group, by_subscription
from bot.alerts.model import Match, NewAlert, Subscription, Where
from bot.alerts.mutes import Mutes
from bot.clock import Clock
from bot.papers import Appearance, Day, Listing, ranked

log = logging.getLogger(__name__)

_ROWS = 1_000
"""Subscriptions read at a time."""


class AlertStore(SavedStore, Protocol):
    """Stores subscriptions, mutes, arrivals and alerts."""

    async def arrivals(self) -> dict[date, tuple[str, ...]]: ...
    async def listening(self, day: date, ids: Sequence[int]) -> list[Subscription]: ...
    async def muted(self, user_ids: Sequence[int]) -> list[tuple[int, str]]: ...
    async def alerted(self, arxiv_ids: Sequence[str]) -> set[tuple[int, str]]: ...
    async def plan(self, day: date, arxiv_ids: Sequence[str], alerts: Sequence[NewAlert], now: datetime) -> None: ...


class LibraryDays(Protocol):
    """The days of the library, and its papers' abstracts."""

    async def day(self, when: date) -> Day | None: ...
    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]: ...
    async def appearances(self, arxiv_ids: Sequence[str]) -> dict[str, Appearance]: ...


class ForYouAlerts(Protocol):
    """Adds what "For you" chooses of a day's new papers."""

    async def added(
        self, day: date, new: Sequence[Listing], alerts: Sequence[NewAlert], told: Collection[tuple[int, str]]
    ) -> list[NewAlert]: ...


class AlertPlanner:
    """Plans alerts about papers that arrived. Days older than `fresh_days` are not news and alert nobody.

    `wake` is called when there is something to send. `for_you` adds what is chosen for members.
    """

    def __init__(
        self,
        store: AlertStore,
        days: LibraryDays,
        clock: Clock,
        fresh_days: int,
        wake: Callable[[], None],
        for_you: ForYouAlerts | None = None,
    ) -> None:
        self._store = store
        self._audience = Audience(store)
        self._wake = wake
        self._for_you = for_you
        self._days = days
        self._clock = clock
        self._fresh = timedelta(days=fresh_days)

    async def run(self) -> int:
        """Process all arrivals; return how many alerts are now owed. One day's error is raised after the other days."""
        planned, trouble = 0, list[Exception]()
        for day, arrived in (await self._store.arrivals()).items():
            try:
                planned += await self._plan(day, arrived)
            except Exception as error:  # noqa: BLE001  a day's error, raised below
                trouble.append(error)
        if planned:
            self._wake()
        if trouble:
            raise trouble[0]
        return planned

    async def _plan(self, day: date, arrived: Sequence[str]) -> int:
        alerts = await self._alerts(day, arrived) if self._is_news(day) else []
        await self._store.plan(day, arrived, alerts, self._clock.now())
        if alerts:
            log.info("day %s: %d new papers, %d alerts", day, len(arrived), len(alerts))
        return len(alerts)

    def _is_news(self, day: date) -> bool:
        return self._clock.now().date() - day <= self._fresh

    async def _alerts(self, day: date, arrived: Sequence[str]) -> list[NewAlert]:
        new = await self._listings(day, arrived)
        if not new:
            return []
        told = await self._store.alerted(arrived)
        found = await self._matching(new)
        wishes = await self._wishes(day, found)
        mutes = await self._mutes(found, list(wishes))
        alerts = await asyncio.to_thread(_planned, new, wishes, mutes, told)
        return await self._for_you.added(day, new, alerts, told) if self._for_you else alerts

    async def _matching(self, listings: Sequence[Listing]) -> list[Group]:
        papers = [listing.paper for listing in listings]
        abstracts = await self._days.abstracts([paper.arxiv_id for paper in papers])
        return await self._audience.matching(papers, abstracts)

    async def _mutes(self, groups: Sequence[Group], user_ids: Sequence[int]) -> Mutes:
        """What those members muted of the papers that matched."""
        documents = {paper.arxiv_id: paper for found, _ in groups for paper in found}
        queries = list[tuple[int, str]]()
        for start in range(0, len(user_ids), _ROWS):
            queries += await self._store.muted(user_ids[start : start + _ROWS])
        return await asyncio.to_thread(Mutes, list(documents.values()), queries)

    async def _listings(self, day: date, arrived: Sequence[str]) -> list[Listing]:
        """The papers that arrived, by votes: those of the day, and those that came late on earlier days."""
        page = await self._days.day(day)
        listed = [one for one in page.listings if one.paper.arxiv_id in set(arrived)] if page else []
        late = sorted(set(arrived) - {one.paper.arxiv_id for one in listed})
        earlier = [found.listing for found in (await self._days.appearances(late)).values()]
        return list(ranked(Day(day, (*listed, *earlier))))

    async def _wishes(self, day: date, groups: Sequence[Group]) -> dict[int, "Wishes"]:
        """For each member, the subscriptions that match a paper and may alert, with the papers that they match.

        Matches come from memory; whether a subscription may alert is read now, as it may have just changed.
        """
        matched = by_subscription(groups)
        wishes: defaultdict[int, Wishes] = defaultdict(list)
        every = sorted(matched)
        for start in range(0, len(every), _ROWS):
            for subscription in await self._store.listening(day, every[start : start + _ROWS]):
                wishes[subscription.user_id].append((subscription, matched[subscription.id]))
        return wishes


Wishes = list[tuple[Subscription, frozenset[str]]]
Hits = list[tuple[Listing, list[Subscription]]]


def _planned(
    new: Sequence[Listing], wishes: Mapping[int, Wishes], mutes: Mutes, told: Collection[tuple[int, str]]
) -> list[NewAlert]:
    """An alert for each member with a hit. For ten thousand members this takes a good part of a second."""
    alerts = []
    for user_id, wanted in wishes.items():
        matched = frozenset[str]().union(*(papers for _, papers in wanted)) - mutes.of_member(user_id)
        fresh = [
            listing
            for listing in new
            if listing.paper.arxiv_id in matched and (user_id, listing.paper.arxiv_id) not in told
        ]
        if hits := _hits(fresh, wanted):
            alerts.append(_alert(user_id, hits))
    return alerts


def _hits(listings: Sequence[Listing], wishes: Wishes) -> Hits:
    """The listings that a member's subscriptions match, in the given order, with those subscriptions."""
    hits = []
    for listing in listings:
        wanted = [
            subscription
            for subscription, papers in wishes
            if listing.paper.arxiv_id in papers and (listing.votes or 0) >= subscription.min_votes
        ]
        if wanted:
            hits.append((listing, wanted))
    return hits


def _alert(user_id: int, hits: Hits) -> NewAlert:
    """One message with all matches; it goes by DM if the subscriptions name several places.

    So a member hears once, and what was asked in one server is never shown in another.
    """
    involved = [subscription for _, subscriptions in hits for subscription in subscriptions]
    places = {(subscription.where, subscription.channel_id, subscription.guild_id) for subscription in involved}
    where, channel_id, guild_id = places.pop() if len(places) == 1 else (Where.DM, None, None)
    return NewAlert(
        user_id=user_id,
        channel_id=channel_id if where is Where.HERE else None,
        guild_id=guild_id if where is Where.HERE else None,
        language=max(involved, key=lambda subscription: subscription.id).language,
        matches=tuple(
            Match(listing, tuple(dict.fromkeys(subscription.query for subscription in subscriptions)))
            for listing, subscriptions in hits
        ),
    )
