"""The daily alert of "For you": the best of a day's new papers for each member who asked for it."""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.alerts.model import FOR_YOU, Match, NewAlert, Subscription
from bot.alerts.sections import BEST
from bot.errors import DatabaseAwayError
from bot.foryou.choosing import Scope
from bot.foryou.model import DAILY, LEAST_SAVED, Picks
from bot.papers import Day, Listing

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What is to be said of the last alert of "For you", or why there is none."""

    FEW = "few"
    """Too few papers are saved."""
    NEXT = "next"
    """The next day's papers may bring something: that much can be said."""
    TOLD = "told"
    """It told of the newest day's papers."""
    NOTHING = "nothing"
    """None of the newest day's papers is close enough."""


@dataclass(frozen=True, slots=True)
class LastAlert:
    """That, with how many papers are `missing`, or the day that it is about."""

    outcome: Outcome
    missing: int = 0
    day: date | None = None


class DailyStore(Protocol):
    """Who may get an alert, and who got one."""

    async def listening(self, day: date) -> list[Subscription]: ...
    async def last_alert(self, user_id: int) -> date | None: ...


class MemberChooser(Protocol):
    """Chooses papers for members."""

    async def of(self, user_id: int, scope: Scope) -> Picks: ...


class Lists(Protocol):
    """Members' reading lists."""

    async def count(self, user_id: int) -> int: ...


class Days(Protocol):
    """The library's days."""

    async def newest_closed_day(self) -> date | None: ...
    async def day(self, when: date) -> Day | None: ...


class Daily:
    """Chooses at most DAILY of a day's new papers for each member who subscribed to "For you"."""

    def __init__(self, store: DailyStore, chooser: MemberChooser) -> None:
        self._store = store
        self._chooser = chooser

    async def added(
        self, day: date, new: Sequence[Listing], alerts: Sequence[NewAlert], told: Collection[tuple[int, str]]
    ) -> list[NewAlert]:
        """The alerts about a day with what is chosen for members, of papers that they were not and won't be told of.

        It joins the member's alert by DM if there is one. A member for whom choosing fails gets nothing of it.
        """
        planned, known = list(alerts), defaultdict[int, set[str]](set)
        for user_id, arxiv_id in told:
            known[user_id].add(arxiv_id)
        for alert in alerts:
            known[alert.user_id].update(match.listing.paper.arxiv_id for match in alert.matches)
        by_dm = {alert.user_id: place for place, alert in enumerate(planned) if alert.channel_id is None}
        for subscription in await self._store.listening(day):
            if not (chosen := await self._chosen(subscription, new, known[subscription.user_id])):
                continue
            if (place := by_dm.get(subscription.user_id)) is None:
                planned.append(NewAlert(subscription.user_id, None, None, subscription.language, chosen))
            else:
                planned[place] = _joined(planned[place], chosen)
        return planned

    async def _chosen(
        self, subscription: Subscription, new: Sequence[Listing], known: Collection[str]
    ) -> tuple[Match, ...]:
        listings = {each.paper.arxiv_id: each for each in new}
        scope = Scope(DAILY, tuple(listings), frozenset(known), subscription.min_votes)
        try:
            found = await self._chooser.of(subscription.user_id, scope)
        except DatabaseAwayError:
            raise
        except Exception:
            log.exception("nothing is chosen for subscription %d", subscription.id)
            return ()
        ids = [(pick.appearance.listing.paper.arxiv_id, pick.why) for pick in found.picks]
        return tuple(Match(listings[arxiv_id], (FOR_YOU,), why) for arxiv_id, why in ids)


class LastAlerts:
    """Says of the daily alert of "For you" why nothing came. It is found out when it is asked."""

    def __init__(self, store: DailyStore, chooser: MemberChooser, lists: Lists, days: Days) -> None:
        self._store = store
        self._chooser = chooser
        self._lists = lists
        self._days = days

    async def of(self, subscription: Subscription) -> LastAlert:
        """What became of the subscription's last alert, unless it is paused or DMs are closed."""
        missing = await self.missing(subscription.user_id)
        if missing:
            return LastAlert(Outcome.FEW, missing=missing)
        newest = await self._days.newest_closed_day()
        last = await self._store.last_alert(subscription.user_id)
        if newest and last and last >= newest:
            return LastAlert(Outcome.TOLD, day=last)
        if newest is None or await self._has_close(subscription, newest):
            return LastAlert(Outcome.NEXT)
        return LastAlert(Outcome.NOTHING, day=newest)

    async def missing(self, user_id: int) -> int:
        """How many more papers the member has to save before any can be chosen."""
        return max(0, LEAST_SAVED - await self._lists.count(user_id))

    async def _has_close(self, subscription: Subscription, when: date) -> bool:
        """Whether a day has papers that would be chosen now, or that can't be told in time."""
        day = await self._days.day(when)
        papers = tuple(listing.paper.arxiv_id for listing in day.listings) if day else ()
        try:
            found = await self._chooser.of(subscription.user_id, Scope(1, papers, min_votes=subscription.min_votes))
        except TimeoutError:
            return True
        return bool(found.picks)


def _joined(alert: NewAlert, chosen: tuple[Match, ...]) -> NewAlert:
    """A member's alert with what is chosen for them, among the matches that are shown."""
    first = alert.matches[: BEST - len(chosen)]
    return replace(alert, matches=(*first, *chosen, *alert.matches[len(first) :]))
