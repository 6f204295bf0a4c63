"""Edits posted editions, once, with the votes that have settled. What is owed to channels goes first."""

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

RUN_SECONDS = 200  # then the rest waits for the next run


@dataclass(frozen=True, slots=True)
class Revision:
    """An edition to be edited: new votes by arXiv id, from the message at `position` on, until a moment (UTC)."""

    edition_id: int
    votes: Mapping[str, int]
    position: int
    attempts: int
    until: datetime


class Editor(Protocol):
    """Edits messages that were posted."""

    def revising(
        self, mail: EditionMail
    ) -> AbstractAsyncContextManager[Callable[[Delivery, Receipt], Awaitable[None]]]:
        """Gives what writes one message of an edition anew. It raises DeliveryError."""
        ...


class Outbox(Protocol):
    """What is owed, and what editions are written from."""

    async def next_due(self) -> datetime | None: ...
    async def edition_mail(self, edition_id: int) -> EditionMail | None: ...


class RevisionStore(Protocol):
    """The ledger of revisions."""

    async def plan(self, settle: timedelta, now: datetime) -> int: ...
    async def next_owed(self, now: datetime) -> Revision | None: ...
    async def messages(self, revision: Revision) -> Sequence[tuple[Delivery, Receipt]]: ...
    async def advance(self, revision: Revision, position: int) -> None: ...
    async def retry(self, revision: Revision, detail: str, again: datetime) -> None: ...
    async def fail(self, revision: Revision, detail: str) -> None: ...
    async def finish(self, revision: Revision) -> None: ...


class Reviser:
    """Plans and carries out revisions: editions of days that ended `settle` ago, and more; zero revises nothing.

    It may be killed at any instruction: an edit that is made again does no harm, so it leaves no doubt.
    """

    def __init__(  # what it is made of
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
        """Plan what has settled, and edit what is due: to be called every few minutes."""
        if self._settle:
            await self.plan(self._clock.now())
            await self.run()

    async def plan(self, now: datetime) -> int:
        """Note which editions are to be edited; how many."""
        planned = await self._store.plan(self._settle, now)
        if planned:
            log.info("%d editions are to be edited with the votes of now", planned)
        return planned

    async def run(self) -> int:
        """Edit one edition after the other, as long as no message is owed; how many were taken up."""
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
            log.exception("edition %d can't be edited: a bug of ours", revision.edition_id)
            await self._store.fail(revision, type(error).__name__)
        else:
            await (self._give_up(revision, missed) if missed else self._store.finish(revision))

    async def _edit(self, revision: Revision) -> DeliveryError | None:
        """Edit the messages in order. In a thread, one that is gone or closed keeps none of the others from it."""
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
                    if delivery.part is not Part.PAPER or error.fault is not Fault.THREAD_CLOSED:
                        raise
                    left_out = error
                else:
                    await self._store.advance(revision, delivery.position + 1)
        return left_out

    async def _failed(self, revision: Revision, error: DeliveryError) -> None:
        again = self._clock.now() + pause(revision.attempts + 1, self._policy, self._random)
        passes = MEANINGS[error.fault][0] in {Verdict.TRY_AGAIN, Verdict.STOP}
        if passes and again < revision.until:
            log.warning("edition %d could not be edited now: %s", revision.edition_id, error)
            await self._store.retry(revision, str(error), again)
        else:
            await self._give_up(revision, error)

    async def _give_up(self, revision: Revision, error: DeliveryError) -> None:
        log.warning("edition %d keeps the votes that it was posted with: %s", revision.edition_id, error)
        await self._store.fail(revision, str(error))


def with_votes(selection: Selection, votes: Mapping[str, int]) -> Selection:
    """The same papers in the same order, with other votes where there are some."""
    listings = tuple(
        replace(listing, votes=votes.get(listing.paper.arxiv_id, listing.votes)) for listing in selection.listings
    )
    return replace(selection, listings=listings)
