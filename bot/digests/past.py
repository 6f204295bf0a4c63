"""What is read once for planning many digests: the library's days, and what each digest has had."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.digests.model import Digest
from bot.papers import Day


@dataclass(frozen=True, slots=True)
class Shown:
    """What a daily edition shows: the date of its run, the day of its papers, and their arXiv ids."""

    on: date
    day: date
    papers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Past:
    """What a digest has had.

    Its runs are settled up to `settled_until` (UTC). `papers_had` are arXiv ids, at least of those that may come again.
    For a recap, `papers_seen` are those that the server's daily editions have shown. `late` has the late papers that
    the next edition may take in: arXiv ids by the day that lists them. `beside` is what the server's other digests have
    lately shown in the digest's channel, or will.
    """

    settled_until: datetime
    newest_day_not_had: date | None
    papers_had: frozenset[str]
    papers_seen: frozenset[str] = frozenset()
    late: Mapping[date, frozenset[str]] = field(default_factory=dict)
    beside: Sequence[Shown] = ()


class DayStore(Protocol):
    """Reads the library's days."""

    async def day(self, when: date) -> Day | None: ...
    async def newest_day(self) -> date | None: ...
    async def newest_closed_day(self) -> date | None: ...
    async def half_days(self) -> frozenset[date]: ...
    async def quiet_day(self) -> date | None: ...
    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]: ...


class HistoryStore(Protocol):
    """Knows what digests have had."""

    async def newest_day_not_had(self, digest_id: int) -> date | None: ...
    async def next_replay_day(
        self, digest_id: int, start: date, min_votes: int, query: str | None = None
    ) -> date | None: ...
    async def papers_had(self, digest_id: int) -> set[str]: ...
    async def papers_seen(self, digest_id: int) -> set[str]: ...
    async def late_papers(self, digest_id: int) -> Mapping[date, frozenset[str]]: ...
    async def beside(self, digest: Digest, since: date) -> Sequence[Shown]: ...


class KnownDays:
    """The library's days during one planning run; each is read once."""

    def __init__(self, store: DayStore) -> None:
        self._store = store
        self._days: dict[date, Day | None] = {}
        self._newest: dict[str, date | None] = {}
        self._half: frozenset[date] | None = None

    async def day(self, when: date) -> Day | None:
        """As DayStore.day."""
        if when not in self._days:
            self._days[when] = await self._store.day(when)
        return self._days[when]

    async def newest_day(self) -> date | None:
        """As DayStore.newest_day."""
        return await self._once("newest", self._store.newest_day)

    async def newest_closed_day(self) -> date | None:
        """As DayStore.newest_closed_day."""
        return await self._once("closed", self._store.newest_closed_day)

    async def quiet_day(self) -> date | None:
        """As DayStore.quiet_day."""
        return await self._once("quiet", self._store.quiet_day)

    async def half_days(self) -> frozenset[date]:
        """As DayStore.half_days."""
        if self._half is None:
            self._half = await self._store.half_days()
        return self._half

    async def abstracts(self, arxiv_ids: Sequence[str]) -> dict[str, str]:
        """As DayStore.abstracts."""
        return await self._store.abstracts(arxiv_ids)

    async def _once(self, name: str, ask: Callable[[], Awaitable[date | None]]) -> date | None:
        if name not in self._newest:
            self._newest[name] = await ask()
        return self._newest[name]


class KnownHistory:
    """What some digests have had, read in advance; days of replays are still read one by one."""

    def __init__(self, store: HistoryStore, pasts: Mapping[int, Past]) -> None:
        self._store = store
        self._pasts = pasts

    async def newest_day_not_had(self, digest_id: int) -> date | None:
        """As HistoryStore.newest_day_not_had."""
        return self._pasts[digest_id].newest_day_not_had

    async def next_replay_day(
        self, digest_id: int, start: date, min_votes: int, query: str | None = None
    ) -> date | None:
        """As HistoryStore.next_replay_day."""
        return await self._store.next_replay_day(digest_id, start, min_votes, query)

    async def papers_had(self, digest_id: int) -> set[str]:
        """As HistoryStore.papers_had."""
        return set(self._pasts[digest_id].papers_had)

    async def papers_seen(self, digest_id: int) -> set[str]:
        """As HistoryStore.papers_seen."""
        return set(self._pasts[digest_id].papers_seen)

    async def late_papers(self, digest_id: int) -> Mapping[date, frozenset[str]]:
        """As HistoryStore.late_papers."""
        return self._pasts[digest_id].late

    async def beside(self, digest: Digest, since: date) -> Sequence[Shown]:  # noqa: ARG002  only recent ones were read
        """As HistoryStore.beside."""
        return self._pasts[digest.id].beside
