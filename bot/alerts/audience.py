"""The subscriptions in memory, kept as the store has them, to match a day's papers against all at once."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.alerts.matching import Group, Matcher
from bot.alerts.model import Change, Saved
from bot.papers import Paper
from bot.search.matcher import Document
from bot.search.query import parse

log = logging.getLogger(__name__)

_AT_ONCE = 2_000


class SavedStore(Protocol):
    """Where subscriptions are kept, and what becomes of them is noted."""

    async def watch(self) -> None: ...
    async def saved(self, after: int, limit: int) -> list[Saved]: ...
    async def changes(self) -> list[Change]: ...


class Audience:
    """All subscriptions, read when they are first asked for and kept up to date with what the store notes.

    Where keeping up fails, all are read anew the next time: no change is lost with what was noted of it. What takes
    long is done in a thread: the bot goes on answering. Of one store, one audience at a time.
    """

    def __init__(self, store: SavedStore) -> None:
        self._store = store
        self._matcher: Matcher | None = None
        self._turn = asyncio.Lock()

    async def matching(self, papers: Sequence[Paper], abstracts: Mapping[str, str] | None = None) -> list[Group]:
        """All pairs of a paper and a subscription whose query matches it, paused or not; see `Matcher.match`.

        `abstracts` are those that are known, by the papers' ids: they are part of what is matched.
        """
        async with self._turn:
            matcher = self._matcher or await self._read()
            changes = await self._store.changes()
            self._matcher = None  # these changes are noted nowhere any more
            await asyncio.to_thread(_follow, matcher, changes)
            self._matcher = matcher
            return await asyncio.to_thread(_match, matcher, papers, abstracts or {})

    async def _read(self) -> Matcher:
        """All that is stored. What changes meanwhile is noted, and done over: that changes nothing twice."""
        await self._store.watch()
        matcher, last = Matcher(), 0
        while saved := await self._store.saved(last, _AT_ONCE):
            await asyncio.to_thread(_follow, matcher, [Change(subscription, added=True) for subscription in saved])
            last = saved[-1].id
        return matcher


def _follow(matcher: Matcher, changes: Sequence[Change]) -> None:
    for change in changes:
        if change.added:
            _add(matcher, change.subscription)
        else:
            matcher.remove(change.subscription.id, parse(change.subscription.query))


def _add(matcher: Matcher, subscription: Saved) -> None:
    """Hold a subscription. One that can't be held costs no other."""
    try:
        matcher.add(subscription.id, parse(subscription.query))
    except Exception:
        log.exception("subscription %d can't be matched and is passed over", subscription.id)


def _match(matcher: Matcher, papers: Sequence[Paper], abstracts: Mapping[str, str]) -> list[Group]:
    return matcher.match([Document.from_paper(paper, abstracts.get(paper.arxiv_id, "")) for paper in papers])
