"""Chooses the papers of an edition, or the reason why there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.digests.model import WEEK, WEEKEND, Digest, Reason, Selection, Subject, Why
from bot.digests.past import DayStore, HistoryStore, KnownDays, KnownHistory, Past, Shown
from bot.digests.recap import Recaps
from bot.digests.subject import Subjects
from bot.papers import Day, Listing, ranked
from bot.sources.whole import CLOSES_AT, closing_of


class SourceStore(Protocol):
    """Knows since when the source of papers can't be read; None if it can."""

    async def source_failing_since(self) -> datetime | None: ...


class Chooser:
    """Chooses an edition's papers. Days older than `fresh_days` are not news, except in a replay.

    A day of the site is skipped until it is closed, unless the digest takes days early. Papers that came late on the
    days of earlier editions are chosen with those of the day. If the digest has a subject, only papers that match it
    are chosen. Daily digests of one channel share its papers: what one has shown on a date or of a day is not chosen by
    another. If no day is left and the source of papers can't be read, that is the reason.
    """

    def __init__(
        self,
        days: DayStore,
        history: HistoryStore,
        source: SourceStore,
        fresh_days: int,
        closes_at: time = CLOSES_AT,
        subjects: Subjects | None = None,
        recaps: Recaps | None = None,
    ) -> None:
        self._days = days
        self._history = history
        self._source = source
        self._fresh_days = fresh_days
        self._closes_at = closes_at
        self._subjects = subjects or Subjects(days)
        self._recaps = recaps
        self._chosen: defaultdict[tuple[int, int], list[Shown]] = defaultdict(list)

    def for_one_run(self, digests: Iterable[Digest] = ()) -> "Chooser":
        """A chooser for one planning run of some digests. It reads each day of the library only once.

        It matches each day once against the digests' subjects.
        """
        days = KnownDays(self._days)
        subjects = Subjects(days, [digest.order.query for digest in digests if digest.order.query])
        return Chooser(days, self._history, self._source, self._fresh_days, self._closes_at, subjects, self._recaps)

    def knowing(self, pasts: Mapping[int, Past]) -> "Chooser":
        """A chooser for digests whose pasts are already known."""
        history = KnownHistory(self._history, pasts)
        return Chooser(
            self._days, history, self._source, self._fresh_days, self._closes_at, self._subjects, self._recaps
        )

    def note(self, digest: Digest, on: date, outcome: Selection | Reason) -> None:
        """Count what was chosen as shown in its channel, before it is recorded."""
        if isinstance(outcome, Selection) and outcome.first_day is None:
            papers = frozenset(listing.paper.arxiv_id for listing in outcome.listings)
            self._chosen[_place(digest)].append(Shown(on, outcome.day, papers))

    def oldest_news(self, now: datetime) -> date:
        """Days before this one are not news in any zone."""
        return now.date() - timedelta(days=self._fresh_days + 1)

    async def choose(self, digest: Digest, on: date) -> Selection | Reason:
        """The papers of the digest's edition on a date in its zone, or the reason why it is skipped."""
        newest = await self._newest(digest)
        if newest is None:
            empty = await self._half_day(digest, date.min) or Reason(Why.ARCHIVE_EMPTY, {})
            return await self._blame_source(empty)
        if digest.order.replay_from:
            return await self._replayed(digest, on, digest.order.replay_from, newest)
        return await self._fresh(digest, on, newest)

    async def sample(self, digest: Digest) -> Selection | Reason:
        """The newest day as this digest would show it, whether it had it or not; of a week, one with a match."""
        newest = await self._newest(digest)
        outcome: Selection | Reason = Reason(Why.ARCHIVE_EMPTY, {})
        for on in [newest - timedelta(days=ago) for ago in range(WEEK)] if newest else []:
            day = await self._papers(digest, on)
            outcome = await self._select(digest, day, {}, set(), frozenset())
            if not _is_without_match(outcome):
                break
        return outcome

    async def _newest(self, digest: Digest) -> date | None:
        """The newest day that the digest may use."""
        return await (self._days.newest_day() if digest.order.early else self._days.newest_closed_day())

    async def _blame_source(self, reason: Reason) -> Reason:
        since = await self._source.source_failing_since()
        return Reason(Why.SOURCE_FAILING, {"since": since.isoformat()}) if since else reason

    async def _fresh(self, digest: Digest, on: date, newest: date) -> Selection | Reason:
        day = await self._history.newest_day_not_had(digest.id)
        if digest.order.weekly and day != newest:  # a recap covers the last week only
            day = None
        oldest = on - timedelta(days=self._fresh_days)
        if day is not None and day >= oldest:
            outcome = await self._best(digest, on, day)
            if day == newest or not _is_without_match(outcome):  # an older day was passed over before
                return outcome
        return await self._blame_source(await self._nothing_new(digest, oldest, newest))

    async def _nothing_new(self, digest: Digest, oldest: date, newest: date) -> Reason:
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

    async def _replayed(self, digest: Digest, on: date, start: date, newest: date) -> Selection | Reason:
        order = digest.order
        while day := await self._history.next_replay_day(digest.id, start, order.min_votes, order.query):
            outcome = await self._best(digest, on, day)
            if not _is_without_match(outcome):
                return outcome
            start = day + timedelta(days=1)  # the index has the text of another day
        return await self._blame_source(Reason(Why.REPLAY_ENDED, {"newest": newest.isoformat()}))

    async def _best(self, digest: Digest, on: date, when: date) -> Selection | Reason:
        day, had = await self._papers(digest, when), await self._history.papers_had(digest.id)
        beside = await self._beside(digest, on, when)
        return await self._select(digest, day, await self._late(digest, day, had), had, beside)

    async def _beside(self, digest: Digest, on: date, day: date) -> frozenset[str]:
        """What other daily digests have shown in the channel on a date, or of a day. A recap may repeat it.

        A replay shows a day even if it was shown before, on another date.
        """
        if digest.order.weekly:
            return frozenset()
        since = on - timedelta(days=self._fresh_days + 1)
        shown = [*await self._history.beside(digest, since), *self._chosen[_place(digest)]]
        is_replay = digest.order.replay_from is not None
        return frozenset[str]().union(
            *(each.papers for each in shown if each.on == on or (each.day == day and not is_replay))
        )

    async def _papers(self, digest: Digest, last: date) -> Day:
        """The papers of a day, or for a recap of the week up to it; each once, with its most votes."""
        if not digest.order.weekly:
            return await self._days.day(last) or Day(last)
        left_out = frozenset[date]() if digest.order.early else await self._days.half_days()
        best: dict[str, Listing] = {}
        for on in _days(digest, last):
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
        self,
        digest: Digest,
        day: Day,
        late: Mapping[date, Sequence[Listing]],
        had: set[str],
        beside: frozenset[str],
    ) -> Selection | Reason:
        order = digest.order
        every = Day(day.date, (*day.listings, *(listing for listings in late.values() for listing in listings)))
        about = await self._about(digest, day, late)
        if about is not None:
            every = Day(day.date, tuple(one for one in every.listings if one.paper.arxiv_id in about))
            if not every.listings:
                return _no_match(digest, day)
        new = [listing for listing in ranked(every) if listing.paper.arxiv_id not in had]
        if day.listings and not new:
            subject = {"query": order.query} if order.query else dict[str, str]()
            return Reason(Why.ALL_SHOWN, {"day": day.date.isoformat(), **subject})
        if beside:
            new = [listing for listing in new if listing.paper.arxiv_id not in beside]
            if not new:
                return Reason(Why.SHOWN_BESIDE, {"day": day.date.isoformat()})
        chosen = [listing for listing in new if _votes(listing) >= order.min_votes][: order.count]
        if not chosen:
            return Reason(Why.TOO_FEW_VOTES, {"day": day.date.isoformat(), "min_votes": order.min_votes})
        early = day.date in await self._days.half_days()
        shown = frozenset(
            (one.paper.arxiv_id, on) for on, listings in late.items() for one in listings if one in chosen
        )
        daily = Selection(day.date, len(day.listings) + len(shown), tuple(chosen), early, late=shown)
        if order.query is not None and about is not None:
            of_day = about.intersection(listing.paper.arxiv_id for listing in day.listings)
            daily = replace(daily, subject=Subject(order.query, len(of_day) + len(shown)))
        return await self._recap(digest, daily) if order.weekly else daily

    async def _about(self, digest: Digest, day: Day, late: Iterable[date]) -> set[str] | None:
        """The papers that match the digest's subject, of its days and of those with late papers; None without subject.

        In a recap, a paper matches if it does as one of its days lists it.
        """
        if digest.order.query is None:
            return None
        found: set[str] = set()
        for on in {*_days(digest, day.date), *late}:
            if listed := await self._days.day(on):
                found |= await self._subjects.matching(listed, digest.order.query)
        return found

    async def _recap(self, digest: Digest, selection: Selection) -> Selection:
        seen = await self._history.papers_seen(digest.id)
        new = frozenset(listing.paper.arxiv_id for listing in selection.listings) - seen
        first = _first_day(digest, selection.day)
        told = await self._recaps.of(digest, first, selection.day) if self._recaps else None
        return replace(selection, first_day=first, new=new, recap=told)


def _place(digest: Digest) -> tuple[int, int]:
    return digest.guild_id, digest.order.channel_id


def _days(digest: Digest, last: date) -> list[date]:
    """The days that an edition up to `last` covers, newest first."""
    return [last - timedelta(days=ago) for ago in range(WEEK if digest.order.weekly else 1)]


def _first_day(digest: Digest, last: date) -> date:
    return _days(digest, last)[-1]


def _is_without_match(outcome: Selection | Reason) -> bool:
    return isinstance(outcome, Reason) and outcome.why is Why.NO_MATCH


def _no_match(digest: Digest, day: Day) -> Reason:
    facts: dict[str, str | int] = {
        "day": day.date.isoformat(),
        "total": len(day.listings),
        "query": digest.order.query or "",
    }
    if digest.order.weekly:
        facts["first_day"] = _first_day(digest, day.date).isoformat()
    return Reason(Why.NO_MATCH, facts)


def _votes(listing: Listing) -> int:
    return listing.votes or 0
