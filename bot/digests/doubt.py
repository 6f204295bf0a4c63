"""After restoring a backup: runs since the backup may have been posted, so they are not posted again."""

from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.digests.model import WEEK, Digest, Reason, Selection, Why
from bot.digests.runner import LONGEST_MEMORY
from bot.digests.timing import runs_after
from bot.sources.whole import CLOSES_AT, closing_of

UNKNOWN = timedelta(minutes=1)
"""How long a bot may have worked after its last sign of life in a replica; it gives one every ten seconds."""


class RunStore(Protocol):
    """The digests and their editions."""

    async def active(self) -> list[Digest]: ...
    async def settled_until(self, digest_id: int) -> datetime: ...
    async def next_replay_day(
        self, digest_id: int, start: date, min_votes: int, query: str | None = None
    ) -> date | None: ...
    async def plan(self, digest: Digest, on: date, due: datetime, outcome: Selection | Reason) -> int | None: ...


class RestoredStore(Protocol):
    """The ledger of a restored backup."""

    async def last_sign(self) -> datetime | None: ...
    async def doubt_what_is_owed(self, since: datetime, until: datetime, closed_before: date) -> int: ...
    async def close_what_is_owed(self, reason: Reason, now: datetime) -> int: ...
    async def count_as_had(self, digest_id: int, first: date, last: date) -> None: ...
    async def count_dates_as_had(self, digest_id: int, first: date, last: date) -> None: ...


class Doubt:
    """Settles what a restored ledger can't know, so that nothing is sent twice.

    With `with_site`, days of the site may have been posted even though the backup does not have them.
    """

    def __init__(
        self,
        digests: RunStore,
        ledger: RestoredStore,
        fresh_days: int,
        *,
        with_site: bool,
        closes_at: time = CLOSES_AT,
    ) -> None:
        self._digests = digests
        self._ledger = ledger
        self._fresh = timedelta(days=fresh_days)
        self._with_site = with_site
        self._closes_at = closes_at

    async def settle(self, now: datetime, *, replica: bool = False) -> int:
        """Close all that is owed and each run due by `now` (UTC); return how many runs and messages.

        What a replica owes, which lacks a second at most, is put in doubt instead: the bot finds out what was sent.
        Runs that were due when no bot ran any more stay due. The library must have all of the folder that a
        running bot could have posted.
        """
        since, until = await self._ledger.last_sign() if replica else None, now
        if since is None:
            settled = await self._ledger.close_what_is_owed(_REASON, now)
        else:
            until = min(now, since + UNKNOWN)
            settled = await self._ledger.doubt_what_is_owed(since, until, self._closed_before(until))
        for digest in await self._digests.active():
            settled += await self._settle(digest, until, now)
        return settled

    async def _settle(self, digest: Digest, until: datetime, now: datetime) -> int:
        runs = []
        for run in runs_after(digest.order, await self._digests.settled_until(digest.id)):
            if run[1] > until:
                break
            runs.append(run)
        if not runs:
            return 0
        if digest.order.replay_from:
            await self._replayed(digest, digest.order.replay_from, len(runs))
        else:
            reach = self._fresh + timedelta(days=WEEK - 1 if digest.order.weekly else 0)
            await self._ledger.count_as_had(digest.id, runs[0][0] - reach, date.max)
            if self._with_site:
                last = self._last_posted(digest, runs[-1][1])
                await self._ledger.count_dates_as_had(digest.id, runs[0][0] - reach, last)
        for on, due in runs:
            if due > now - LONGEST_MEMORY:
                await self._digests.plan(digest, on, due, _REASON)
        return len(runs)

    def _closed_before(self, moment: datetime) -> date:
        """The first day of the site that no bot can have closed by a moment."""
        today = moment.date()
        return today + timedelta(days=closing_of(today, self._closes_at) <= moment)

    def _last_posted(self, digest: Digest, due: datetime) -> date:
        """The newest day of the site that a run may have posted: that of its own date in UTC if it had closed."""
        has_today = digest.order.early or due >= closing_of(due.date(), self._closes_at)
        return due.date() - timedelta(days=0 if has_today else 1)

    async def _replayed(self, digest: Digest, start: date, runs: int) -> None:
        """Advance a replay by one day for each run."""
        for _ in range(runs):
            order = digest.order
            day = await self._digests.next_replay_day(digest.id, start, order.min_votes, order.query)
            if day is None:
                return
            await self._ledger.count_as_had(digest.id, day, day)


_REASON = Reason(Why.RESTORED, {})
