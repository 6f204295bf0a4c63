"""Gives a server's digests away as a file, and takes them in from one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.digests.document import Entry, write
from bot.digests.model import Digest
from bot.digests.schedule import Schedule
from bot.errors import RefusalError


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import does: digests that stay as they are, entries that are new, digests that go."""

    kept: tuple[tuple[Digest, Entry], ...]
    added: tuple[Entry, ...]
    removed: tuple[Digest, ...]

    @property
    def digests(self) -> tuple[Digest, ...]:
        """All that the server has before it."""
        return (*(digest for digest, _ in self.kept), *self.removed)

    @property
    def mark(self) -> str:
        """A short name for what the server has before it: a plan with another mark was made for other digests."""
        state = sorted((digest.id, repr(digest.order), digest.pause is None) for digest in self.digests)
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


class DigestStore(Protocol):
    """Where digests are kept."""

    async def of_server(self, guild_id: int) -> list[Digest]: ...


class ImportStore(Protocol):
    """Puts digests in the place of others."""

    async def put(self, guild_id: int, plan: ImportPlan, created_by: int, now: datetime) -> bool: ...


class ExchangeService:
    """Exports and imports digests. Raises RefusalError, worded by the catalogue, for what can't be granted."""

    def __init__(self, digests: DigestStore, imports: ImportStore, schedule: Schedule, clock: Clock) -> None:
        self._digests = digests
        self._imports = imports
        self._schedule = schedule
        self._clock = clock

    async def export(self, guild_id: int) -> bytes:
        """The server's digests as JSON in UTF-8. Refused where it has none."""
        digests = await self._digests.of_server(guild_id)
        if not digests:
            raise RefusalError("error-digest-none")
        return write(Entry(digest.number, digest.order, digest.pause is not None) for digest in digests)

    async def plan(self, guild_id: int, entries: Sequence[Entry]) -> ImportPlan:
        """What it takes for the server's digests to be those of a file."""
        return _plan(entries, await self._digests.of_server(guild_id))

    async def carry_out(self, guild_id: int, plan: ImportPlan, created_by: int) -> None:
        """Do what was planned: all of it or nothing. Refused where the server's digests have changed since."""
        if not await self._imports.put(guild_id, plan, created_by, self._clock.now()):
            raise RefusalError("import-changed")
        await self._schedule.rebuild()


def _plan(entries: Sequence[Entry], digests: Sequence[Digest]) -> ImportPlan:
    """A digest stays where the file has the same order: it keeps its history, and posts no day a second time."""
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
