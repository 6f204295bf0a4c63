"""Which papers make an edition, or why there is none."""

from datetime import date, datetime, timedelta
from typing import Protocol

from bot.digests.model import Digest, Reason, Selection, Why
from bot.papers import Day, Listing, ranked


class DayStore(Protocol):
    """The days of the library."""

    async def day(self, when: date) -> Day | None: ...
    async def newest_day(self) -> date | None: ...


class HistoryStore(Protocol):
    """What a digest has had."""

    async def newest_day_not_had(self, digest_id: int) -> date | None: ...
    async def next_replay_day(self, digest_id: int, start: date, min_votes: int) -> date | None: ...
    async def papers_had(self, digest_id: int) -> set[str]: ...


class SourceStore(Protocol):
    """Knows since when the source of papers can't be read; None where all is well."""

    async def source_failing_since(self) -> datetime | None: ...


class Chooser:
    """Chooses an edition's papers. A day older than `fresh_days` is no news, but for a replay.

    Where there is none and the source of papers can't be read, that is the reason.
    """

    def __init__(self, days: DayStore, history: HistoryStore, source: SourceStore, fresh_days: int) -> None:
        self._days = days
        self._history = history
        self._source = source
        self._fresh_days = fresh_days

    async def choose(self, digest: Digest, on: date) -> Selection | Reason:
        """What the digest's edition of a date (at its zone) holds, or why it is skipped."""
        day = await self._day(digest, on)
        return await self._blame_source(day) if isinstance(day, Reason) else await self._best(digest, day)

    async def sample(self, digest: Digest) -> Selection | Reason:
        """The newest day as this digest would show it, whether it had it or not."""
        newest = await self._days.newest_day()
        day = await self._days.day(newest) if newest else None
        if day is None:
            return Reason(Why.ARCHIVE_EMPTY, {})
        return self._select(digest, day, set())

    async def _day(self, digest: Digest, on: date) -> date | Reason:
        newest = await self._days.newest_day()
        if newest is None:
            return Reason(Why.ARCHIVE_EMPTY, {})
        if digest.order.replay_from:
            return await self._replayed(digest, newest)
        return await self._fresh(digest, on, newest)

    async def _blame_source(self, reason: Reason) -> Reason:
        since = await self._source.source_failing_since()
        return Reason(Why.SOURCE_FAILING, {"since": since.isoformat()}) if since else reason

    async def _fresh(self, digest: Digest, on: date, newest: date) -> date | Reason:
        day = await self._history.newest_day_not_had(digest.id)
        oldest = on - timedelta(days=self._fresh_days)
        if newest < oldest:
            return Reason(Why.TOO_OLD, {"newest": newest.isoformat(), "fresh_days": self._fresh_days})
        if day is None or day < oldest:
            return Reason(Why.NOTHING_NEW, {"newest": newest.isoformat()})
        return day

    async def _replayed(self, digest: Digest, newest: date) -> date | Reason:
        start = digest.order.replay_from or newest
        day = await self._history.next_replay_day(digest.id, start, digest.order.min_votes)
        return day or Reason(Why.REPLAY_ENDED, {"newest": newest.isoformat()})

    async def _best(self, digest: Digest, when: date) -> Selection | Reason:
        day = await self._days.day(when) or Day(when)
        return self._select(digest, day, await self._history.papers_had(digest.id))

    def _select(self, digest: Digest, day: Day, had: set[str]) -> Selection | Reason:
        order = digest.order
        new = [listing for listing in ranked(day) if listing.paper.arxiv_id not in had]
        chosen = [listing for listing in new if _votes(listing) >= order.min_votes][: order.count]
        if not chosen:
            return Reason(Why.TOO_FEW_VOTES, {"day": day.date.isoformat(), "min_votes": order.min_votes})
        return Selection(day.date, len(day.listings), tuple(chosen))


def _votes(listing: Listing) -> int:
    return listing.votes or 0
