"""All subscriptions in memory, kept in step with the store, to match a day's papers against all at once."""

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
    """Stores subscriptions, and records their changes."""

    async def watch(self) -> None: ...
    async def saved(self, after: int, limit: int) -> list[Saved]: ...
    async def changes(self) -> list[Change]: ...


class Audience:
    """All subscriptions, read on first use and then updated by the store's record of changes.

    If an update fails, all are read again the next time, so no change is lost. Slow work runs in a thread. Use only one
    audience for each store.
    """

    def __init__(self, store: SavedStore) -> None:
        self._store = store
        self._matcher: Matcher | None = None
        self._turn = asyncio.Lock()

    async def matching(self, papers: Sequence[Paper], abstracts: Mapping[str, str] | None = None) -> list[Group]:
        """All pairs of a paper and a subscription whose query matches it, paused or not; see `Matcher.match`.

        `abstracts`, by arXiv id, are matched as well.
        """
        async with self._turn:
            matcher = self._matcher or await self._read()
            changes = await self._store.changes()
            self._matcher = None  # these changes can't be asked for again
            await asyncio.to_thread(_follow, matcher, changes)
            self._matcher = matcher
            return await asyncio.to_thread(_match, matcher, papers, abstracts or {})

    async def _read(self) -> Matcher:
        """Read all subscriptions. Changes during the read are applied again, which is harmless."""
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
    """Add a subscription. One that can't be matched does not affect the others."""
    try:
        matcher.add(subscription.id, parse(subscription.query))
    except Exception:
        log.exception("subscription %d can't be matched and is skipped", subscription.id)


def _match(matcher: Matcher, papers: Sequence[Paper], abstracts: Mapping[str, str]) -> list[Group]:
    return matcher.match([Document.from_paper(paper, abstracts.get(paper.arxiv_id, "")) for paper in papers])
