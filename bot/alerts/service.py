"""What members can do with their subscriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.alerts.limits import Limits
from bot.alerts.model import FOR_YOU, Full, Missed, Subscription, Where
from bot.clock import Clock
from bot.errors import RefusalError
from bot.search.query import as_typed, parse


class SubscriptionStore(Protocol):
    """Stores subscriptions."""

    async def add(self, subscription: Subscription, limit: int, here_limit: int) -> Subscription | Full: ...
    async def of_member(self, user_id: int) -> list[Subscription]: ...
    async def in_server(self, guild_id: int) -> list[Subscription]: ...
    async def remove_in_server(self, guild_id: int, ids: Sequence[int]) -> int: ...
    async def set_paused(self, user_id: int, subscription_id: int | None, *, paused: bool) -> int: ...
    async def dms_closed(self, user_id: int) -> bool: ...
    async def open_dms(self, user_id: int) -> None: ...
    async def missed(self, user_id: int) -> list[Missed]: ...
    async def tell_missed(self, user_id: int, now: datetime) -> None: ...
    async def open_channels(self, user_id: int, subscription_id: int | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """A member's request. `channel_id` and `guild_id` are None for alerts by DM."""

    user_id: int
    query: str
    min_votes: int
    channel_id: int | None
    guild_id: int | None
    language: str


def new_subscription(wish: Wish, now: datetime) -> Subscription:
    """The subscription that a member asks for, without an id. Refused if it has no term to look for."""
    query = parse(wish.query)
    if query.is_empty:
        raise RefusalError("error-query-empty")
    return _subscription(wish, str(query), now)


def _subscription(wish: Wish, query: str, now: datetime) -> Subscription:
    return Subscription(
        id=0,
        user_id=wish.user_id,
        query=query,
        where=Where.DM if wish.channel_id is None else Where.HERE,
        channel_id=wish.channel_id,
        guild_id=wish.guild_id,
        min_votes=wish.min_votes,
        paused=False,
        language=wish.language,
        created_at=now,
        typed=as_typed(wish.query),
    )


class SubscriptionService:
    """Members' subscriptions. Raises RefusalError, worded by the catalogue, for requests that are not allowed."""

    def __init__(self, store: SubscriptionStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._limits = Limits()

    async def add(self, wish: Wish) -> Subscription:
        """Save a query. Refused if it has no term to look for, or at the limit of the member or the server.

        The same query for the same place, however it is written, replaces the earlier one, with its spelling.
        A new subscription by DM means that the member wants DMs: they are tried again.
        """
        return await self._add(new_subscription(wish, self._clock.now()))

    async def add_for_you(self, user_id: int, language: str) -> Subscription:
        """Subscribe to "For you", by DM: what it tells of a reading list is for its owner. Refused at the limit."""
        return await self._add(
            _subscription(Wish(user_id, FOR_YOU, 0, None, None, language), FOR_YOU, self._clock.now())
        )

    async def _add(self, subscription: Subscription) -> Subscription:
        stored = await self._store.add(subscription, self._limits.subscriptions, self._limits.here)
        if isinstance(stored, Full):
            raise self._limits.refusal(stored)
        if stored.where is Where.DM:
            await self._store.open_dms(stored.user_id)
        return stored

    async def of_member(self, user_id: int) -> list[Subscription]:
        """A member's subscriptions, oldest first."""
        return await self._store.of_member(user_id)

    async def get(self, user_id: int, subscription_id: int) -> Subscription:
        """One of the member's subscriptions. Raises RefusalError if it does not exist."""
        for subscription in await self._store.of_member(user_id):
            if subscription.id == subscription_id:
                return subscription
        raise RefusalError("error-subscription-unknown")

    async def in_server(self, guild_id: int) -> list[Subscription]:
        """The subscriptions that alert in a server's channels, by channel."""
        return await self._store.in_server(guild_id)

    async def remove_in_server(self, guild_id: int, ids: Sequence[int]) -> int:
        """Delete some of a server's subscriptions, of any member; return how many existed."""
        return await self._store.remove_in_server(guild_id, ids)

    async def set_paused(self, user_id: int, subscription_id: int | None, *, paused: bool) -> int:
        """Pause or resume one subscription, or all (None); return how many changed.

        Resuming tries closed DMs and refusing channels again, except channels that are gone.
        """
        if subscription_id is not None:
            await self.get(user_id, subscription_id)
        changed = await self._store.set_paused(user_id, subscription_id, paused=paused)
        if not paused:
            await self._store.open_dms(user_id)
            await self._store.open_channels(user_id, subscription_id)
        return changed

    async def missed(self, user_id: int) -> list[Missed]:
        """The member's alerts that were given up, newest first."""
        return await self._store.missed(user_id)

    async def tell_missed(self, user_id: int) -> None:
        """Record that the member was told of them."""
        await self._store.tell_missed(user_id, self._clock.now())

    async def dms_closed(self, user_id: int) -> bool:
        """Whether the member's last alert was refused because their DMs are closed."""
        return await self._store.dms_closed(user_id)
