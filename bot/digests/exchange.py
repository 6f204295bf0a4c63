"""Exports a server's digests to a file, and imports them from one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.digests.document import Entry, write
from bot.digests.model import Digest
from bot.digests.runner import ServerDigests
from bot.digests.schedule import Schedule
from bot.errors import RefusalError


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import does: the digests it keeps, the entries it adds, the digests it removes."""

    kept: tuple[tuple[Digest, Entry], ...]
    added: tuple[Entry, ...]
    removed: tuple[Digest, ...]

    @property
    def digests(self) -> tuple[Digest, ...]:
        """All digests of the server before the import."""
        return (*(digest for digest, _ in self.kept), *self.removed)

    @property
    def changes_nothing(self) -> bool:
        """Whether the server has the digests of the file already, each with its number, and paused or not."""
        alike = all(
            (digest.number, digest.pause is not None) == (entry.number, entry.paused) for digest, entry in self.kept
        )
        return alike and not self.added and not self.removed

    @property
    def mark(self) -> str:
        """A hash of the server's digests before the import: it tells plans for different digests apart."""
        state = sorted((digest.id, repr(digest.order), digest.pause is None) for digest in self.digests)
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


class ImportStore(Protocol):
    """Replaces a server's digests."""

    async def put(self, guild_id: int, plan: ImportPlan, created_by: int, now: datetime) -> bool: ...


class ExchangeService:
    """Exports and imports digests. Raises RefusalError, worded by the catalogue, for what can't be granted."""

    def __init__(self, digests: ServerDigests, imports: ImportStore, schedule: Schedule, clock: Clock) -> None:
        self._digests = digests
        self._imports = imports
        self._schedule = schedule
        self._clock = clock

    async def export(self, guild_id: int) -> bytes:
        """The server's digests as JSON in UTF-8. Refused if it has none."""
        digests = await self._digests.of_server(guild_id)
        if not digests:
            raise RefusalError("error-digest-none")
        return write(Entry(digest.number, digest.order, digest.pause is not None) for digest in digests)

    async def plan(self, guild_id: int, entries: Sequence[Entry]) -> ImportPlan:
        """What has to change for the server to have exactly the digests of a file."""
        return _plan(entries, await self._digests.of_server(guild_id))

    async def carry_out(self, guild_id: int, plan: ImportPlan, created_by: int) -> None:
        """Carry out a plan, all of it or nothing. Refused if the server's digests have changed since it was made."""
        if not await self._imports.put(guild_id, plan, created_by, self._clock.now()):
            raise RefusalError("import-changed")
        await self._schedule.rebuild()


def _plan(entries: Sequence[Entry], digests: Sequence[Digest]) -> ImportPlan:
    """Keep each digest whose order is in the file, so that it keeps its history and posts no day twice."""
    left, kept, added = list(digests), [], []
    for entry in entries:
        alike = [digest for digest in left if digest.order == entry.order]
        if alike:
            digest = min(alike, key=lambda one: one.number != entry.number)
            left.remove(digest)
            kept.append((digest, entry))
        else:
            added.append(entry)
    return ImportPlan(tuple(kept), tuple(added), tuple(left))
