"""Edits posted editions once, with their settled votes. New messages have precedence."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import Protocol

from bot.clock import Clock
from bot.delivery.model import Delivery, EditionMail, Part, Policy, Receipt
from bot.delivery.verdict import MEANINGS, Verdict, pause
from bot.digests.model import Selection
from bot.errors import DeliveryError, Fault, StorageError

log = logging.getLogger(__name__)

RUN_SECONDS = 200  # per run; the next run continues


@dataclass(frozen=True, slots=True)
class Revision:
    """An edition to edit: new votes by arXiv id, the first message still to edit, and when to give up (UTC)."""

    edition_id: int
    votes: Mapping[str, int]
    position: int
    attempts: int
    until: datetime


class Editor(Protocol):
    """Edits posted messages."""

    def revising(
        self, mail: EditionMail
    ) -> AbstractAsyncContextManager[Callable[[Delivery, Receipt], Awaitable[None]]]:
        """Return what edits one message of an edition. It raises DeliveryError."""
        ...


class Outbox(Protocol):
    """What is owed, and what editions are written from."""

    async def next_due(self) -> datetime | None: ...
    async def edition_mail(self, edition_id: int) -> EditionMail | None: ...


class RevisionStore(Protocol):
    """The ledger of revisions."""

    async def plan(self, settle: timedelta, now: datetime) -> int: ...
    async def shorten_waits(self, now: datetime, longest: Callable[[int], timedelta]) -> None: ...
    async def next_owed(self, now: datetime) -> Revision | None: ...
    async def messages(self, revision: Revision) -> Sequence[tuple[Delivery, Receipt]]: ...
    async def advance(self, revision: Revision, position: int) -> None: ...
    async def retry(self, revision: Revision, detail: str, again: datetime) -> None: ...
    async def fail(self, revision: Revision, detail: str) -> None: ...
    async def finish(self, revision: Revision) -> None: ...


class Reviser:
    """Plans and makes edits of editions of days that ended `settle` ago; with zero, none.

    It may be killed at any point: an edit can be repeated without harm.
    """

    def __init__(  # its parts
        self,
        store: RevisionStore,
        outbox: Outbox,
        editor: Editor,
        clock: Clock,
        policy: Policy,
        random: Random,
        settle: timedelta,
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._editor = editor
        self._clock = clock
        self._policy = policy
        self._random = random
        self._settle = settle

    async def work(self) -> None:
        """Plan edits of settled editions, and make those that are due. Call it every few minutes."""
        if self._settle:
            await self.plan(self._clock.now())
            await self.run()

    async def plan(self, now: datetime) -> int:
        """Record which editions to edit; return how many."""
        planned = await self._store.plan(self._settle, now)
        if planned:
            log.info("%d editions are to be edited with their settled votes", planned)
        return planned

    async def run(self) -> int:
        """Edit editions one by one while no message is owed; return how many were processed."""
        await self._store.shorten_waits(self._clock.now(), lambda _: self._policy.longest_pause)
        taken, end = 0, monotonic() + RUN_SECONDS
        while monotonic() < end and not await self._is_courier_busy():
            revision = await self._store.next_owed(self._clock.now())
            if revision is None:
                break
            await self._revise(revision)
            taken += 1
        return taken

    async def _is_courier_busy(self) -> bool:
        due = await self._outbox.next_due()
        return due is not None and due <= self._clock.now()

    async def _revise(self, revision: Revision) -> None:
        try:
            missed = await self._edit(revision)
        except StorageError:
            raise
        except DeliveryError as error:
            await self._failed(revision, error)
        except Exception as error:
            log.exception("edition %d can't be edited: a bug in Paperboy", revision.edition_id)
            await self._store.fail(revision, type(error).__name__)
        else:
            await (self._give_up(revision, missed) if missed else self._store.finish(revision))

    async def _edit(self, revision: Revision) -> DeliveryError | None:
        """Edit the messages in order. A deleted or closed message of a thread, or post, does not stop the others."""
        mail = await self._outbox.edition_mail(revision.edition_id)
        if mail is None:
            return DeliveryError(Fault.REJECTED, "the edition is gone")
        settled = replace(mail, selection=with_votes(mail.selection, revision.votes))
        left_out = None
        async with self._editor.revising(settled) as revise:
            for delivery, receipt in await self._store.messages(revision):
                try:
                    await revise(delivery, receipt)
                except DeliveryError as error:
                    if delivery.part not in {Part.PAPER, Part.POST} or error.fault is not Fault.THREAD_CLOSED:
                        raise
                    left_out = error
                else:
                    await self._store.advance(revision, delivery.position + 1)
        return left_out

    async def _failed(self, revision: Revision, error: DeliveryError) -> None:
        # Discord allows few edits of a published message an hour.
        wait = min(timedelta(seconds=error.wait), self._policy.longest_pause)
        again = self._clock.now() + max(pause(revision.attempts + 1, self._policy, self._random), wait)
        passes = MEANINGS[error.fault][0] in {Verdict.TRY_AGAIN, Verdict.STOP}
        if passes and again < revision.until:
            log.warning("edition %d could not be edited now: %s", revision.edition_id, error)
            await self._store.retry(revision, str(error), again)
        else:
            await self._give_up(revision, error)

    async def _give_up(self, revision: Revision, error: DeliveryError) -> None:
        log.warning("edition %d keeps its first votes: %s", revision.edition_id, error)
        await self._store.fail(revision, str(error))


def with_votes(selection: Selection, votes: Mapping[str, int]) -> Selection:
    """The same papers in the same order, with new votes where there are any."""
    listings = tuple(
        replace(listing, votes=votes.get(listing.paper.arxiv_id, listing.votes)) for listing in selection.listings
    )
    return replace(selection, listings=listings)
