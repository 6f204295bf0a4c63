"""Turns runs that have come due into editions: planned, or skipped with the reason."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.digests.choice import Chooser
from bot.digests.model import Digest, Reason, Selection, Why
from bot.digests.timing import runs_after

log = logging.getLogger(__name__)

ON_TIME = timedelta(minutes=10)  # an alarm rings a moment late, on a busy machine or after a lost one by minutes
LONGEST_MEMORY = timedelta(days=31)  # after a longer sleep, the runs before this are not listed one by one


class EditionStore(Protocol):
    """Where digests and their editions are kept."""

    async def of_server(self, guild_id: int) -> list[Digest]: ...
    async def active(self, timezone: str | None = None, at: time | None = None) -> list[Digest]: ...
    async def settled_until(self, digest_id: int) -> datetime: ...
    async def expire(self, before: datetime, now: datetime) -> None: ...
    async def plan(self, digest: Digest, on: date, due: datetime, outcome: Selection | Reason) -> int | None: ...


class Runner:
    """Plans editions. It may be called at any time and any number of times: a run is settled once.

    A run missed by less than `catch_up` (ON_TIME at least) is made up for; `wake` is called when there is something to
    send.
    """

    def __init__(
        self,
        store: EditionStore,
        chooser: Chooser,
        clock: Clock,
        catch_up: timedelta,
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._chooser = chooser
        self._clock = clock
        self._catch_up = max(catch_up, ON_TIME)
        self._wake = wake

    async def run(self, timezone: str | None = None, at: time | None = None) -> None:
        """Settle every run that is due: of all digests, or of those of one zone and time.

        What was planned and never tried is given up once it is too late.
        """
        now = self._clock.now()
        await self._store.expire(now - self._catch_up, now)
        for digest in await self._store.active(timezone, at):
            try:
                await self._settle(digest)
            except Exception:  # one server's digest never costs another server its own
                log.exception("digest %d could not be planned", digest.id)

    async def record_absence(self, guild_id: int) -> None:
        """Record what fell due in a server while the bot was not in it: that is not made up for."""
        for digest in await self._store.of_server(guild_id):
            if digest.pause is None:
                for on, moment in await self._due(digest):
                    await self._record(digest, on, moment, Reason(Why.SERVER_LEFT, {}))

    async def _due(self, digest: Digest) -> list[tuple[date, datetime]]:
        """The runs that are due and not settled yet, in order."""
        now = self._clock.now()
        after = max(await self._store.settled_until(digest.id), now - LONGEST_MEMORY)
        return list(takewhile(lambda run: run[1] <= now, runs_after(digest.order, after)))

    async def _settle(self, digest: Digest) -> None:
        now = self._clock.now()
        due = await self._due(digest)
        for on, moment in due:
            late = now - moment
            if (on, moment) != due[-1] or late > self._catch_up:
                hours = int(late / timedelta(hours=1))
                await self._record(digest, on, moment, Reason(Why.MISSED, {"hours": hours}))
            else:
                await self._record(digest, on, moment, await self._chooser.choose(digest, on))

    async def run_now(self, digest: Digest) -> tuple[int | None, Selection | Reason]:
        """Plan an edition at once; the id is None where there is nothing to post, which is then not recorded."""
        now = self._clock.now()
        on = now.astimezone(ZoneInfo(digest.order.timezone)).date()
        outcome = await self._chooser.choose(digest, on)
        if isinstance(outcome, Reason):
            return None, outcome
        return await self._record(digest, on, now, outcome), outcome

    async def _record(self, digest: Digest, on: date, due: datetime, outcome: Selection | Reason) -> int | None:
        edition = await self._store.plan(digest, on, due, outcome)
        if edition is not None:
            what = f"skipped: {outcome.why}" if isinstance(outcome, Reason) else f"planned, day {outcome.day}"
            log.info("edition %d of digest %d for %s %s", edition, digest.id, on, what)
            self._wake()
        return edition
