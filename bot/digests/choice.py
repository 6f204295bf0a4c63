"""Chooses the papers of an edition, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.digests.model import WEEK, WEEKEND, Digest, Reason, Selection, Why
from bot.digests.past import DayStore, HistoryStore, KnownDays, KnownHistory, Past
from bot.papers import Day, Listing, ranked
from bot.sources.whole import CLOSES_AT, closing_of


class SourceStore(Protocol):
    """Knows since when the source of papers can't be read; None if it can."""

    async def source_failing_since(self) -> datetime | None: ...


class Chooser:
    """Chooses an edition's papers. Days older than `fresh_days` are not news, except in a replay.

    A day of the site is skipped until it is closed, unless the digest takes days early. Papers that came late on the
    days of earlier editions are chosen with those of the day. If no day is left and the source of papers can't be read,
    that is the reason.
    """

    def __init__(
        self,
        days: DayStore,
        history: HistoryStore,
        source: SourceStore,
        fresh_days: int,
        closes_at: time = CLOSES_AT,
    ) -> None:
        self._days = days
        self._history = history
        self._source = source
        self._fresh_days = fresh_days
        self._closes_at = closes_at

    def for_one_run(self) -> "Chooser":
        """A chooser for one planning run, which reads each day of the library only once."""
        return Chooser(KnownDays(self._days), self._history, self._source, self._fresh_days, self._closes_at)

    def knowing(self, pasts: Mapping[int, Past]) -> "Chooser":
        """A chooser for digests whose pasts are already known."""
        history = KnownHistory(self._history, pasts)
        return Chooser(self._days, history, self._source, self._fresh_days, self._closes_at)

    def oldest_news(self, now: datetime) -> date:
        """Days before this one are not news in any zone."""
        return now.date() - timedelta(days=self._fresh_days + 1)

    async def choose(self, digest: Digest, on: date) -> Selection | Reason:
        """The papers of the digest's edition on a date in its zone, or the reason why it is skipped."""
        day = await self._day(digest, on)
        return await self._blame_source(day) if isinstance(day, Reason) else await self._best(digest, day)

    async def sample(self, digest: Digest) -> Selection | Reason:
        """The newest day as this digest would show it, whether it had it or not."""
        newest = await self._newest(digest)
        if newest is None:
            return Reason(Why.ARCHIVE_EMPTY, {})
        return await self._select(digest, await self._papers(digest, newest), {}, set())

    async def _day(self, digest: Digest, on: date) -> date | Reason:
        newest = await self._newest(digest)
        if newest is None:
            return await self._half_day(digest, date.min) or Reason(Why.ARCHIVE_EMPTY, {})
        if digest.order.replay_from:
            return await self._replayed(digest, newest)
        return await self._fresh(digest, on, newest)

    async def _newest(self, digest: Digest) -> date | None:
        """The newest day that the digest may use."""
        return await (self._days.newest_day() if digest.order.early else self._days.newest_closed_day())

    async def _blame_source(self, reason: Reason) -> Reason:
        since = await self._source.source_failing_since()
        return Reason(Why.SOURCE_FAILING, {"since": since.isoformat()}) if since else reason

    async def _fresh(self, digest: Digest, on: date, newest: date) -> date | Reason:
        day = await self._history.newest_day_not_had(digest.id)
        if digest.order.weekly and day != newest:  # a recap covers the last week only
            day = None
        oldest = on - timedelta(days=self._fresh_days)
        if day is not None and day >= oldest:
            return day
        awaited = await self._half_day(digest, max(newest, oldest)) or await self._quiet_day(oldest)
        if awaited is not None:
            return awaited
        if newest < oldest:
            return Reason(Why.TOO_OLD, {"newest": newest.isoformat(), "fresh_days": self._fresh_days})
        return Reason(Why.NOTHING_NEW, {"newest": newest.isoformat()})

    async def _half_day(self, digest: Digest, since: date) -> Reason | None:
        """The reason for a newer day with papers that is not closed yet; None if there is none."""
        day = await self._days.newest_day()
        if digest.order.early or day is None or day < since or day not in await self._days.half_days():
            return None
        return Reason(Why.HALF_DAY, {"day": day.isoformat(), "closes": closing_of(day, self._closes_at).isoformat()})

    async def _quiet_day(self, oldest: date) -> Reason | None:
        """The reason for a newest day that ended without papers; None if it has some."""
        day = await self._days.quiet_day()
        if day is None or day < oldest:
            return None
        weekend = "yes" if day.weekday() in WEEKEND else "no"
        return Reason(Why.QUIET_DAY, {"day": day.isoformat(), "weekend": weekend})

    async def _replayed(self, digest: Digest, newest: date) -> date | Reason:
        start = digest.order.replay_from or newest
        day = await self._history.next_replay_day(digest.id, start, digest.order.min_votes)
        return day or Reason(Why.REPLAY_ENDED, {"newest": newest.isoformat()})

    async def _best(self, digest: Digest, when: date) -> Selection | Reason:
        day, had = await self._papers(digest, when), await self._history.papers_had(digest.id)
        return await self._select(digest, day, await self._late(digest, day, had), had)

    async def _papers(self, digest: Digest, last: date) -> Day:
        """The papers of a day, or for a recap of the week up to it; each once, with its most votes."""
        if not digest.order.weekly:
            return await self._days.day(last) or Day(last)
        left_out = frozenset[date]() if digest.order.early else await self._days.half_days()
        best: dict[str, Listing] = {}
        for on in (last - timedelta(days=ago) for ago in range(WEEK)):
            day = None if on in left_out else await self._days.day(on)
            for listing in day.listings if day else ():
                held = best.setdefault(listing.paper.arxiv_id, listing)
                if _votes(listing) > _votes(held) or held.votes is None:
                    best[listing.paper.arxiv_id] = listing
        return Day(last, tuple(best.values()))

    async def _late(self, digest: Digest, day: Day, had: set[str]) -> dict[date, list[Listing]]:
        """The late papers to choose from beside the day's, by the day that lists them, newest first."""
        if digest.order.early:
            return {}
        first = _first_day(digest, day.date)
        left_out = had | {listing.paper.arxiv_id for listing in day.listings}
        late: dict[date, list[Listing]] = {}
        for on, papers in sorted((await self._history.late_papers(digest.id)).items(), reverse=True):
            listed = await self._days.day(on) if first - timedelta(days=WEEK) <= on < first else None
            late[on] = [one for one in listed.listings if one.paper.arxiv_id in papers - left_out] if listed else []
            left_out |= papers
        return late

    async def _select(
        self, digest: Digest, day: Day, late: Mapping[date, Sequence[Listing]], had: set[str]
    ) -> Selection | Reason:
        order = digest.order
        every = Day(day.date, (*day.listings, *(listing for listings in late.values() for listing in listings)))
        new = [listing for listing in ranked(every) if listing.paper.arxiv_id not in had]
        if day.listings and not new:
            return Reason(Why.ALL_SHOWN, {"day": day.date.isoformat()})
        chosen = [listing for listing in new if _votes(listing) >= order.min_votes][: order.count]
        if not chosen:
            return Reason(Why.TOO_FEW_VOTES, {"day": day.date.isoformat(), "min_votes": order.min_votes})
        early = day.date in await self._days.half_days()
        shown = frozenset(
            (one.paper.arxiv_id, on) for on, listings in late.items() for one in listings if one in chosen
        )
        daily = Selection(day.date, len(day.listings) + len(shown), tuple(chosen), early, late=shown)
        return await self._recap(digest, daily) if order.weekly else daily

    async def _recap(self, digest: Digest, selection: Selection) -> Selection:
        seen = await self._history.papers_seen(digest.id)
        new = frozenset(listing.paper.arxiv_id for listing in selection.listings) - seen
        return replace(selection, first_day=_first_day(digest, selection.day), new=new)


def _first_day(digest: Digest, last: date) -> date:
    """The first day that an edition up to `last` covers."""
    return last - timedelta(days=WEEK - 1 if digest.order.weekly else 0)


def _votes(listing: Listing) -> int:
    return listing.votes or 0
