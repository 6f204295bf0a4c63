"""Turns due runs into editions: planned, or skipped with a reason."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from random import Random
from typing import Protocol

from bot.clock import Clock
from bot.digests.choice import Chooser
from bot.digests.model import Digest, Plan, Reason, Selection, Why
from bot.digests.past import Past
from bot.digests.timing import runs_after, zone_named
from bot.errors import StorageError

log = logging.getLogger(__name__)

ON_TIME = timedelta(minutes=10)  # an alarm rings up to minutes late, on a busy machine or after a missed one
GROUP = 100  # editions planned in one transaction: few enough that the courier gets its turn
LONGEST_MEMORY = timedelta(days=31)  # after a longer absence, older runs are not listed one by one


class ServerDigests(Protocol):
    """The digests of each server."""

    async def of_server(self, guild_id: int) -> list[Digest]: ...


class EditionStore(ServerDigests, Protocol):
    """Where digests and their editions are kept."""

    async def active(self, timezone: str | None = None, at: time | None = None) -> list[Digest]: ...
    async def pasts(self, digest_ids: Sequence[int], since: date) -> dict[int, Past]: ...
    async def expire(self, before: datetime, now: datetime) -> None: ...
    async def rest(self, digest_id: int, reason: Reason, now: datetime) -> None: ...
    async def plan_all(self, plans: Sequence[Plan]) -> list[int | None]: ...


class Runner:
    """Plans editions. Calling it repeatedly is safe: each run is settled once.

    A run missed by less than `catch_up` (at least ON_TIME) is made up for; `wake` is called when there is something to
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
        self._planning = asyncio.Lock()
        """Held from choosing to recording: another run might choose the same papers for the same channel."""

    async def run(self, timezone: str | None = None, at: time | None = None) -> None:
        """Settle all due runs: of all digests, or of those with one zone and time. What is too late is given up."""
        await self.expire()
        digests = in_turn(await self._readable(timezone, at), self._clock.now().date())
        chooser = self._chooser.for_one_run(digests)
        for start in range(0, len(digests), GROUP):
            group = digests[start : start + GROUP]
            try:
                await self._settle_group(group, chooser)
            except StorageError:  # it may pass: the runs stay due
                log.exception("%d digests could not be planned now", len(group))

    async def expire(self) -> None:
        """Give up planned editions that were never attempted and are too late. Call this before the courier starts."""
        now = self._clock.now()
        with _costing_no_other("what was never tried"):
            await self._store.expire(now - self._catch_up, now)

    async def _readable(self, timezone: str | None, at: time | None) -> list[Digest]:
        """The active digests. Those whose settings can't be read are paused, and their admins are notified."""
        digests = await self._store.active(timezone, at)
        for digest in digests:
            if digest.unreadable:
                told = (digest.id, digest.unreadable)
                log.warning("digest %d is paused: its settings can't be read (%s)", *told, extra=_fields(digest))
                reason = Reason(Why.UNREADABLE, {"settings": digest.unreadable})
                await self._store.rest(digest.id, reason, self._clock.now())
                self._wake()
        return [digest for digest in digests if not digest.unreadable]

    async def record_absence(self, guild_id: int) -> None:
        """Record the runs missed in a server while the bot was not in it; they are not made up for."""
        now = self._clock.now()
        digests = [digest for digest in await self._store.of_server(guild_id) if digest.pause is None]
        pasts = await self._store.pasts([digest.id for digest in digests], now.date())
        left = Reason(Why.SERVER_LEFT, {})
        for digest in digests:
            with _costing_no_other(f"digest {digest.id}", digest):
                due = _due(digest, pasts[digest.id].settled_until, now)
                await self._record([Plan(digest, on, moment, left) for on, moment in due])

    async def _settle_group(self, group: Sequence[Digest], chooser: Chooser) -> None:
        try:
            await self._settle(group, chooser)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001  the one at fault is logged below
            for digest in group:
                with _costing_no_other(f"digest {digest.id}", digest):
                    await self._settle([digest], chooser)

    async def _settle(self, group: Sequence[Digest], chooser: Chooser) -> None:
        now = self._clock.now()
        async with self._planning:
            pasts = await self._store.pasts([digest.id for digest in group], chooser.oldest_news(now))
            knowing, plans = chooser.knowing(pasts), list[Plan]()
            for digest in group:
                with _costing_no_other(f"digest {digest.id}", digest):
                    if past := pasts.get(digest.id):
                        plans += await self._owed(digest, past.settled_until, now, knowing)
            await self._record(plans)

    async def _owed(self, digest: Digest, settled_until: datetime, now: datetime, chooser: Chooser) -> list[Plan]:
        due = _due(digest, settled_until, now)
        plans = []
        for on, moment in due:
            late = now - moment
            if (on, moment) != due[-1] or late > self._catch_up:
                outcome: Selection | Reason = Reason(Why.MISSED, {"hours": int(late / timedelta(hours=1))})
            else:
                outcome = await chooser.choose(digest, on)
                chooser.note(digest, on, outcome)
            plans.append(Plan(digest, on, moment, outcome))
        return plans

    async def run_now(self, digest: Digest) -> tuple[int | None, Selection | Reason]:
        """Plan an edition now; the id is None if there is nothing to post, which is not recorded."""
        now = self._clock.now()
        on = now.astimezone(zone_named(digest.order.timezone)).date()
        async with self._planning:
            outcome = await self._chooser.choose(digest, on)
            if isinstance(outcome, Reason):
                return None, outcome
            [edition] = await self._record([Plan(digest, on, now, outcome)])
            return edition, outcome

    async def _record(self, plans: Sequence[Plan]) -> list[int | None]:
        editions = await self._store.plan_all(plans) if plans else []
        for plan, edition in zip(plans, editions, strict=True):
            if edition is not None:
                _tell(plan, edition)
                self._wake()
        return editions


@contextmanager
def _costing_no_other(what: str, digest: Digest | None = None) -> Iterator[None]:
    """Log a digest's error, so that it does not affect the other digests."""
    try:
        yield
    except StorageError:
        raise
    except Exception:
        log.exception("%s could not be planned", what, extra=_fields(digest) if digest else {})


def in_turn(digests: Sequence[Digest], on: date) -> list[Digest]:
    """The digests in an order of servers that differs from date to date, so that none is always last.

    A server's own digests keep the order of their numbers: the first has the first choice in a channel.
    """
    shuffled = sorted(digests, key=lambda digest: digest.id)
    Random(on.toordinal()).shuffle(shuffled)  # noqa: S311  not a secret, and must be reproducible
    of_servers: defaultdict[int, list[Digest]] = defaultdict(list)
    for digest in sorted(digests, key=lambda digest: digest.number, reverse=True):
        of_servers[digest.guild_id].append(digest)
    return [of_servers[digest.guild_id].pop() for digest in shuffled]


def _tell(plan: Plan, edition: int) -> None:
    outcome = plan.outcome
    what = f"skipped: {outcome.why}" if isinstance(outcome, Reason) else f"planned, day {outcome.day}"
    fields = {"edition_id": edition, **_fields(plan.digest)}
    log.info("edition %d of digest %d for %s %s", edition, plan.digest.id, plan.on, what, extra=fields)


def _due(digest: Digest, settled_until: datetime, now: datetime) -> list[tuple[date, datetime]]:
    """The runs that are due and not settled yet, in order."""
    after = max(settled_until, now - LONGEST_MEMORY)
    return list(takewhile(lambda run: run[1] <= now, runs_after(digest.order, after)))


def _fields(digest: Digest) -> dict[str, int]:
    return {"digest_id": digest.id, "guild_id": digest.guild_id}
