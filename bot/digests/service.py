"""What admins can do with a server's digests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.digests.choice import Chooser
from bot.digests.model import MAX_DIGESTS, Digest, Edition, Order, Pause, Reason, Selection, Why
from bot.digests.runner import Runner, ServerDigests
from bot.digests.schedule import Schedule
from bot.digests.timing import knows_zone, moment_of, next_run, usual_zone, zone_named
from bot.errors import RefusalError

HISTORY = 7  # editions that `why` shows: a week


class DigestStore(ServerDigests, Protocol):
    """Where digests are kept."""

    async def add(self, guild_id: int, order: Order, created_by: int, now: datetime, limit: int) -> Digest | None: ...
    async def change(self, digest_id: int, order: Order, now: datetime, *, resume: bool = False) -> None: ...
    async def pause_at(self, digest_id: int, at: datetime) -> Pause | None: ...
    async def editions_of(self, digest_id: int, on: date) -> list[Edition]: ...
    async def remove(self, digest_id: int) -> None: ...
    async def set_paused(self, digest_id: int, now: datetime, *, paused: bool) -> None: ...
    async def editions(self, digest_id: int, limit: int) -> list[Edition]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A digest with its next run (UTC); None while it is paused."""

    digest: Digest
    next_run: datetime | None


@dataclass(frozen=True, slots=True)
class History:
    """The outcome of a digest's last editions, newest first, and its next run."""

    standing: Standing
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class DayHistory:
    """The outcome of a digest on one date in its zone: its editions, newest first, or why there is none.

    `pause` is the pause at the time of that date's run.
    """

    standing: Standing
    on: date
    editions: tuple[Edition, ...]
    silence: Reason | None
    pause: Pause | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the next edition would contain, or why it would be skipped; in that case also the newest day as a sample."""

    digest: Digest
    outcome: Selection | Reason
    sample: Selection | None


class DigestService:
    """The digests of servers. Raises RefusalError, worded by the catalogue, for requests that are not allowed."""

    def __init__(self, store: DigestStore, chooser: Chooser, runner: Runner, schedule: Schedule, clock: Clock) -> None:
        self._store = store
        self._chooser = chooser
        self._runner = runner
        self._schedule = schedule
        self._clock = clock

    async def add(self, guild_id: int, order: Order, created_by: int) -> Standing:
        """Create a digest. Refused at MAX_DIGESTS for a server."""
        digest = await self._store.add(guild_id, order, created_by, self._clock.now(), MAX_DIGESTS)
        if digest is None:
            raise RefusalError("error-digest-limit", limit=MAX_DIGESTS)
        await self._schedule.rebuild()
        return self._standing(digest)

    async def edit(self, guild_id: int, number: int, order: Order, *, resume: bool = False) -> Standing:
        """Replace a digest's order; `resume` if that removes the cause for which Paperboy paused it."""
        digest = await self.get(guild_id, number)
        _require_zone(number, order)
        await self._store.change(digest.id, order, self._clock.now(), resume=resume)
        await self._schedule.rebuild()
        return self._standing(await self.get(guild_id, number))

    async def remove(self, guild_id: int, number: int) -> Digest:
        """Delete a digest with its history."""
        digest = await self.get(guild_id, number)
        await self._store.remove(digest.id)
        await self._schedule.rebuild()
        return digest

    async def set_paused(self, guild_id: int, number: int, *, paused: bool) -> Standing:
        """Pause or resume a digest; runs during the pause are not made up for.

        If Paperboy paused it and then an admin does, the pause counts as the admin's.
        """
        digest = await self.get(guild_id, number)
        if digest.unreadable and not paused:
            raise RefusalError("error-digest-unreadable", number=number, settings=digest.unreadable)
        if paused != (digest.pause is not None) or (paused and digest.pause is not None and digest.pause.reason):
            await self._store.set_paused(digest.id, self._clock.now(), paused=paused)
            await self._schedule.rebuild()
        return self._standing(await self.get(guild_id, number))

    async def get(self, guild_id: int, number: int) -> Digest:
        """A server's digest by its number. Raises RefusalError if it does not exist."""
        for digest in await self._store.of_server(guild_id):
            if digest.number == number:
                return digest
        raise RefusalError("error-digest-unknown", number=number)

    async def of_server(self, guild_id: int) -> list[Standing]:
        """A server's digests, by number."""
        return [self._standing(digest) for digest in await self._store.of_server(guild_id)]

    async def preview(self, guild_id: int, number: int) -> Proof:
        """What the digest would post now; nothing is recorded."""
        digest = await self.get(guild_id, number)
        outcome = await self._chooser.choose(digest, self._date_at(digest))
        sample = await self._chooser.sample(digest) if isinstance(outcome, Reason) else None
        return Proof(digest, outcome, None if isinstance(sample, Reason) else sample)

    async def proof(self, guild_id: int, order: Order) -> Proof:
        """What a new digest with this order would begin with: the newest day. Nothing is recorded."""
        now = self._clock.now()
        digest = Digest(0, guild_id, 0, order, None, 0, now, now)
        return Proof(digest, await self._chooser.sample(digest), None)

    async def run_now(self, guild_id: int, number: int) -> Selection | Reason:
        """Post an edition now, or return why there is none. Its day counts as had."""
        digest = await self.get(guild_id, number)
        _require_zone(number, digest.order)
        _, outcome = await self._runner.run_now(digest)
        return outcome

    async def why(self, guild_id: int, number: int) -> History:
        """The outcome of the digest's last editions, and its next run."""
        digest = await self.get(guild_id, number)
        editions = await self._store.editions(digest.id, HISTORY)
        return History(self._standing(digest), tuple(editions))

    async def why_on(self, guild_id: int, number: int, on: date) -> DayHistory:
        """The outcome of the digest on one date in its zone, or why there is no edition."""
        digest = await self.get(guild_id, number)
        editions = await self._store.editions_of(digest.id, on)
        if editions:
            return DayHistory(self._standing(digest), on, tuple(editions), None, None)
        now = self._clock.now()
        pause = await self._store.pause_at(digest.id, moment_on(digest, on))
        return DayHistory(self._standing(digest), on, (), silence(digest, on, pause, now), pause)

    async def today(self, guild_id: int, number: int) -> date:
        """Today's date in the digest's zone."""
        return self._date_at(await self.get(guild_id, number))

    async def next_run(self, guild_id: int) -> Standing | None:
        """The server's digest with the earliest next run; None if none is active."""
        soonest: Standing | None = None
        for standing in await self.of_server(guild_id):
            if standing.next_run and (not soonest or not soonest.next_run or standing.next_run < soonest.next_run):
                soonest = standing
        return soonest

    async def zone(self, guild_id: int | None, *locales: str) -> ZoneInfo:
        """The zone for a server: that of its first digest, else the usual one of Discord's locales."""
        digests = await self._store.of_server(guild_id) if guild_id is not None else []
        return zone_named(digests[0].order.timezone if digests else usual_zone(*locales))

    def _date_at(self, digest: Digest) -> date:
        return self._clock.now().astimezone(zone_named(digest.order.timezone)).date()

    def _standing(self, digest: Digest) -> Standing:
        return Standing(digest, None if digest.pause else next_run(digest.order, self._clock.now()))


def _require_zone(number: int, order: Order) -> None:
    if not knows_zone(order.timezone):
        raise RefusalError("error-digest-unreadable", number=number, settings=f"timezone: {order.timezone}")


# -- why a digest has no edition on a date -----------------------------------------------------------------------------


def moment_on(digest: Digest, on: date) -> datetime:
    """When the digest's run on a date is due (UTC), by its time, regardless of the weekday."""
    return moment_of(on, digest.order.time, zone_named(digest.order.timezone))


def silence(digest: Digest, on: date, then: Pause | None, now: datetime) -> Reason:
    """The reason why a date has no edition; `then` is the pause at the time of its run.

    Settings before the digest's last change of schedule are not known, so earlier dates get no better reason than that.
    """
    due = moment_on(digest, on)
    if due < digest.created_at:
        return Reason(Why.NOT_YET_MADE, {"since": digest.created_at.isoformat()})
    if then is not None:
        return _paused(then)
    if due < digest.timed_at:
        return Reason(Why.TIMED_ANEW, {"since": digest.timed_at.isoformat()})
    if on.weekday() not in digest.order.weekdays:
        weekdays = "".join(str(day) for day in sorted(digest.order.weekdays))
        return Reason(Why.WEEKDAY, {"weekdays": weekdays})
    if due > now:
        return Reason(Why.NOT_YET_DUE, {"due": due.isoformat()})
    return Reason(Why.NOT_RECORDED, {"due": due.isoformat()})


def _paused(pause: Pause) -> Reason:
    facts: dict[str, str | int] = {"since": pause.began.isoformat(), "by": "paperboy" if pause.reason else "admin"}
    if pause.ended is None:
        return Reason(Why.PAUSED, facts)
    return Reason(Why.WAS_PAUSED, facts | {"until": pause.ended.isoformat()})
