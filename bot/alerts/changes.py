"""Changes to subscriptions and mutes that a member can undo with a button."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.alerts.limits import Limits
from bot.alerts.model import Full, Mute, Subscription
from bot.alerts.service import Wish, new_subscription
from bot.clock import Clock
from bot.errors import RefusalError
from bot.search.query import Query, as_typed, parse


class Act(StrEnum):
    """What was changed."""

    REMOVED = "removed"
    PAUSED = "paused"
    VOTES = "votes"
    MUTED = "muted"
    UNMUTED = "unmuted"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, with the subscriptions as they were before, or the new one, or the mutes.

    `number` is what undoes it; None if nothing had to be changed. `votes` is the new least number of votes.
    """

    act: Act
    subscriptions: tuple[Subscription, ...] = ()
    mutes: tuple[Mute, ...] = ()
    number: int | None = None
    votes: int = 0


class ChangeStore(Protocol):
    """Makes changes to what a member has, and records how to undo each, in one transaction."""

    async def remove(self, user_id: int, ids: Sequence[int], now: datetime) -> Change: ...
    async def pause(self, user_id: int, ids: Sequence[int], now: datetime) -> Change: ...
    async def raise_votes(self, user_id: int, ids: Sequence[int], votes: int, now: datetime) -> Change: ...
    async def mute(self, user_id: int, mute: Mute, limit: int, now: datetime) -> Change | Full: ...
    async def unmute(self, user_id: int, ids: Sequence[int], now: datetime) -> Change: ...
    async def follow(self, subscription: Subscription, limit: int, now: datetime) -> Change | Full: ...
    async def undo(self, user_id: int, number: int, limits: Limits) -> Change | Full | None: ...
    async def mutes(self, user_id: int) -> list[Mute]: ...
    async def forget(self, before: datetime) -> int: ...


class ChangeService:
    """Members' changes. Raises RefusalError, worded by the catalogue, for requests that can't be granted."""

    def __init__(self, store: ChangeStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._limits = Limits()

    async def remove(self, user_id: int, ids: Sequence[int]) -> Change:
        """Delete the member's subscriptions among `ids`. Refused if there are none."""
        return _made(await self._store.remove(user_id, ids, self._clock.now()))

    async def pause(self, user_id: int, ids: Sequence[int]) -> Change:
        """Pause the member's subscriptions among `ids`. Refused if none is left to pause."""
        return _made(await self._store.pause(user_id, ids, self._clock.now()))

    async def raise_votes(self, user_id: int, ids: Sequence[int], votes: int) -> Change:
        """Raise the least votes of the member's subscriptions among `ids`. Refused if all ask for as many."""
        return replace(_made(await self._store.raise_votes(user_id, ids, votes, self._clock.now())), votes=votes)

    async def mute(self, user_id: int, text: str) -> Change:
        """Mute what an exclusion names, such as -author:"Mina Kim". Refused if it is none, and at the limit."""
        query = parse(text)
        if not query.is_mute:
            raise RefusalError("error-button-gone")
        change = await self._store.mute(user_id, _mute(query, text), self._limits.mutes, self._clock.now())
        if isinstance(change, Full):
            raise self._limits.refusal(change)
        return change

    async def unmute(self, user_id: int, ids: Sequence[int]) -> Change:
        """Remove the member's mutes among `ids`. Refused if there are none."""
        change = await self._store.unmute(user_id, ids, self._clock.now())
        if not change.mutes:
            raise RefusalError("error-mute-unknown")
        return change

    async def follow(self, user_id: int, text: str, language: str) -> Change:
        """Subscribe the member to a query by DM, unless they are. Refused if it is empty, and at the limit."""
        now = self._clock.now()
        wish = Wish(user_id, text, min_votes=0, channel_id=None, guild_id=None, language=language)
        change = await self._store.follow(new_subscription(wish, now), self._limits.subscriptions, now)
        if isinstance(change, Full):
            raise self._limits.refusal(change)
        return change

    async def undo(self, user_id: int, number: int) -> Change:
        """Undo a change once. Refused if it is not the member's, too old, or undone, and at a limit."""
        change = await self._store.undo(user_id, number, self._limits)
        if change is None:
            raise RefusalError("error-undo-gone")
        if isinstance(change, Full):
            raise self._limits.refusal(change)
        return change

    async def mutes(self, user_id: int) -> list[Mute]:
        """What the member muted, oldest first."""
        return await self._store.mutes(user_id)

    async def forget(self, before: datetime) -> int:
        """Delete what undoes changes older than a moment; return how many."""
        return await self._store.forget(before)


def _made(change: Change) -> Change:
    if not change.subscriptions:
        raise RefusalError("error-subscription-unknown")
    return change


def _mute(query: Query, text: str) -> Mute:
    typed = as_typed(text).removeprefix("-").removeprefix(f"{query.terms[0].field}:").strip('" ')
    return Mute(0, str(query), typed)
