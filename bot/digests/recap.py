"""What a recap tells beside its papers: the server's favourites of the week, and what is talked about more."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.digests.model import Digest, Favourite, Recap
from bot.reading.likes import Liked

MOST = 3
"""Favourites, and topics, that a recap names."""


class LikeStore(Protocol):
    """What servers like."""

    async def top(
        self, guild_id: int, since: date | None, until: date | None, limit: int, offset: int = 0
    ) -> tuple[int, Sequence[Liked]]: ...


class TrendSource(Protocol):
    """What is talked about."""

    async def rising_until(self, last: date) -> Sequence[str]: ...


class Recaps:
    """Finds what recaps tell. Only `likes` are the server's own; the rest is the same for all."""

    def __init__(self, likes: LikeStore, trends: TrendSource) -> None:
        self._likes = likes
        self._trends = trends

    async def of(self, digest: Digest, first: date, last: date) -> Recap | None:
        """What a digest's recap of some days tells; None if there is nothing.

        A recap of a subject tells only of that. One that is published names no favourites, as other servers get it.
        """
        if digest.order.query is not None:
            return None
        liked = () if digest.order.publish else (await self._likes.top(digest.guild_id, first, last, MOST))[1]
        favourites = tuple(
            Favourite((paper := each.found.listing.paper).arxiv_id, paper.title, each.count) for each in liked
        )
        try:
            rising = tuple(await self._trends.rising_until(last))[:MOST]
        except TimeoutError:  # the papers matter more
            rising = ()
        return Recap(favourites, rising) if favourites or rising else None


def write_recap(recap: Recap | None) -> str | None:
    """What a recap tells, as JSON."""
    if recap is None:
        return None
    favourites = [[each.arxiv_id, each.title, each.likes] for each in recap.favourites]
    return json.dumps({"favourites": favourites, "rising": recap.rising}, ensure_ascii=False)


def read_recap(content: str | None) -> Recap | None:
    """What `write_recap` wrote. Raises ValueError and the like for anything else."""
    if content is None:
        return None
    told = json.loads(content)
    return Recap(tuple(Favourite(*each) for each in told["favourites"]), tuple(map(str, told["rising"])))
