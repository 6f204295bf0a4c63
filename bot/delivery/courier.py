"""Sends what the outbox owes: each message once, and an edition's messages in order."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from time import monotonic
from typing import Protocol

from bot.alerts.model import Alert
from bot.clock import Clock, boottime
from bot.delivery.crew import Crew
from bot.delivery.model import Delivery, EditionMail, Letter, Messenger, Policy, Reach, Receipt, WhenUnsure
from bot.delivery.verdict import MEANINGS, Verdict, longest_pause, pause
from bot.digests.model import Digest, Reason, Why
from bot.errors import UNAUTHORISED, DeliveryError, Fault, SettingsError, StorageError

log = logging.getLogger(__name__)

AFTER_TROUBLE_SECONDS = 10
BUSY_LOOK_SECONDS = 1  # at most between looks at the outbox and the clock while deliveries are under way
LOOK_SECONDS = 60  # at most between looks at the clock, as it may be set back
# Concurrent deliveries; the client keeps Discord's limits. Enough that threads waiting for their own limit of messages,
# for seconds, don't hold up the others.
AT_ONCE = 64
_NEVER = datetime.min.replace(tzinfo=UTC)
CLOCKS_APART = timedelta(minutes=75)  # the clock may have been an hour off when an attempt was recorded, or be so now


class Ledger(Protocol):
    """The outbox as the courier uses it. Methods raise StorageError; nothing is recorded then.

    `begin`, `retry`, `postpone` and `fail` record the delivery's `unsure_since` as given.
    """

    async def owed(self, now: datetime, limit: int, reach: Reach | None) -> list[Delivery]: ...
    async def next_due(self) -> datetime | None: ...
    async def doubt_ahead(self, now: datetime) -> datetime | None: ...
    async def bring_forward(self, by: timedelta, now: datetime) -> None: ...
    async def shorten_waits(self, now: datetime, longest: Callable[[int], timedelta]) -> None: ...
    async def edition_mail(self, edition_id: int) -> EditionMail | None: ...
    async def alert(self, alert_id: int) -> Alert | None: ...
    async def paused(self, pause_id: int) -> Digest | None: ...
    async def begin(self, delivery: Delivery) -> None: ...
    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None: ...
    async def retry(self, delivery: Delivery, fault: Fault, detail: str, again: datetime, now: datetime) -> None: ...
    async def postpone(self, delivery: Delivery, again: datetime, fault: Fault | None = None) -> None: ...
    async def fail(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason, now: datetime) -> None: ...
    async def skip(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason) -> None: ...
    async def drop(self, delivery: Delivery, detail: str) -> None: ...


class Courier:
    """Sends deliveries through a Messenger until none is owed, then waits for the next.

    It may be killed at any point: the ledger holds what it was doing, and doubts are settled before anything is sent
    (docs/adr/005-exactly-once.md). `random` spreads retries.
    """

    def __init__(self, ledger: Ledger, messenger: Messenger, clock: Clock, policy: Policy, random: Random) -> None:
        self._ledger = ledger
        self._messenger = messenger
        self._clock = clock
        self._policy = policy
        self._random = random
        self._reach: Callable[[], Reach | None] = lambda: None
        self._last_look = self._trusted_from = _NEVER
        self._bell = asyncio.Event()
        self._closing = False
        self._idle = asyncio.Event()
        self._idle.set()

    def keep_within(self, reach: Callable[[], Reach | None]) -> None:
        """Send only to servers within `reach`, wherever they are if that is None. Wake the courier when it grows."""
        self._reach = reach

    def wake(self) -> None:
        """Tell the courier that there may be something to send."""
        self._bell.set()

    def close(self) -> None:
        """Finish what is being sent, then stop."""
        self._closing = True
        self._bell.set()

    async def closed(self) -> None:
        """Wait until nothing is being sent any more."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send until closed. Raises SettingsError if Discord no longer accepts the token."""
        self._idle.clear()
        try:
            while not self._closing:
                self._bell.clear()
                await self._round()
        finally:
            self._idle.set()

    async def _round(self) -> None:
        try:
            await self.send_owed()
            seconds = await self._rest()
        except SettingsError:
            raise
        except Exception:  # a locked database passes, and a courier must not end silently
            log.exception("the outbox can't be used; trying again in %d s", AFTER_TROUBLE_SECONDS)
            seconds = AFTER_TROUBLE_SECONDS
        if not self._closing:
            await self._until_woken(seconds)

    async def send_owed(self) -> int:
        """Send all that is owed now; return how many deliveries were processed."""
        taken, look = 0, 0.0
        async with Crew(AT_ONCE, self._bell.set) as crew:
            while not self._closing:
                self._bell.clear()
                if monotonic() >= look:
                    await self._watch_clock()
                    look = monotonic() + BUSY_LOOK_SECONDS
                busy = crew.busy
                batch = await self._next(busy)
                for delivery in batch:
                    await crew.take_on(delivery.id, partial(self._deliver, delivery))
                taken += len(batch)
                if not batch:
                    if not busy:
                        break
                    await self._until_woken(BUSY_LOOK_SECONDS)
        return taken

    async def _next(self, busy: frozenset[int]) -> list[Delivery]:
        """What is owed and not under way. `busy` must be taken before: what ends meanwhile is no longer owed."""
        owed = await self._ledger.owed(self._clock.now(), AT_ONCE + len(busy), self._reach())
        return [delivery for delivery in owed if delivery.id not in busy]

    async def _until_woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._bell.wait()

    async def _rest(self) -> float:
        """Seconds until something is due; at most LOOK_SECONDS."""
        due = await self._ledger.next_due()
        if due is None or self._reach() is not None:  # what is due may be out of reach
            return LOOK_SECONDS if due is None else BUSY_LOOK_SECONDS
        return min(max((due - self._clock.now()).total_seconds(), 0.0), LOOK_SECONDS)

    # -- one delivery ----------------------------------------------------------------------------------------------

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            letter = await self._letter(delivery)
            if letter is None or delivery.is_void:
                await self._ledger.drop(delivery, "nothing left to send")
            elif certain := await self._settled(delivery, letter):
                if self._is_too_old(certain):
                    await self._give_up_old(certain)
                else:
                    await self._send(certain, letter)
        except (SettingsError, StorageError):  # not recorded: the row holds the last known state
            raise
        except Exception as error:  # noqa: BLE001  this delivery fails, no other
            await self._failed(delivery, _bug(delivery, error))

    async def _letter(self, delivery: Delivery) -> Letter | None:
        if delivery.pause_id is not None:
            return await self._ledger.paused(delivery.pause_id)
        if delivery.edition_id is not None:
            return await self._ledger.edition_mail(delivery.edition_id)
        alert = await self._ledger.alert(delivery.alert_id) if delivery.alert_id is not None else None
        return alert if alert and alert.matches else None

    async def _send(self, delivery: Delivery, letter: Letter) -> None:
        now, since = self._clock.now(), delivery.unsure_since
        left = None if since is None else (since + self._policy.nonce_window - now).total_seconds()
        until = None if left is None or not delivery.part.is_message else boottime() + left
        begun = replace(delivery, unsure_since=since or now, send_until=until)
        await self._ledger.begin(begun)
        try:
            receipt = await self._post(begun, letter)
        except DeliveryError as error:
            await self._failed(begun if error.unsure else delivery, error)
        except Exception as error:  # noqa: BLE001  it may have happened while reading the answer
            await self._failed(begun, _bug(begun, error))
        else:
            await self._sent(delivery, receipt, "sent to")

    async def _post(self, delivery: Delivery, letter: Letter) -> Receipt:
        if isinstance(letter, Alert):
            return await self._messenger.post_alert(delivery, letter)
        if isinstance(letter, Digest):
            return await self._messenger.post_notice(delivery, letter)
        return await self._messenger.post_edition(delivery, letter)

    async def _sent(self, delivery: Delivery, receipt: Receipt, how: str) -> None:
        await self._ledger.sent(delivery, receipt, self._clock.now())
        told = (delivery.id, delivery.part, how, receipt.channel_id)
        log.info("delivery %d (%s) %s channel %d", *told, extra=delivery.fields)

    async def _failed(self, delivery: Delivery, error: DeliveryError) -> None:
        attempts = delivery.attempts + 1
        now = self._clock.now()
        told = (delivery.id, delivery.part, attempts, error)
        log.warning("delivery %d (%s), attempt %d: %s", *told, extra=delivery.fields)
        verdict, why = MEANINGS[error.fault]
        again = now + max(pause(attempts, self._policy, self._random), timedelta(seconds=error.wait))
        if verdict is Verdict.WAIT:
            await self._ledger.postpone(delivery, again, error.fault)
            return
        # A delivery in doubt is not given up while errors may pass: once Discord is back, its history settles the
        # doubt.
        patient = again < delivery.until or delivery.unsure_since is not None
        if verdict is Verdict.STOP or (verdict is Verdict.TRY_AGAIN and patient):
            await self._ledger.retry(delivery, error.fault, error.detail, again, now)
        else:
            reason = _reason(why, error, delivery, delivery.failing_since or now)
            await self._ledger.fail(delivery, error.fault, error.detail, reason, now)
        if verdict is Verdict.STOP:
            raise SettingsError(UNAUTHORISED)

    def _is_too_old(self, delivery: Delivery) -> bool:
        """Whether it was tried, certainly did not arrive, and its digest's next run is due."""
        return delivery.attempts > 0 and delivery.unsure_since is None and self._clock.now() >= delivery.until

    async def _give_up_old(self, delivery: Delivery) -> None:
        now = self._clock.now()
        reason = Reason(Why.MISSED, {"hours": int((now - delivery.due) / timedelta(hours=1))})
        if delivery.failing_since is not None:
            reason = Reason(Why.UNAVAILABLE, {"since": delivery.failing_since.isoformat(), "part": delivery.part})
        log.warning("delivery %d (%s) is too old to be tried again", delivery.id, delivery.part, extra=delivery.fields)
        await self._ledger.fail(delivery, Fault.UNAVAILABLE, "too old to be tried again", reason, now)

    # -- doubt -----------------------------------------------------------------------------------------------------

    async def _settled(self, delivery: Delivery, letter: Letter) -> Delivery | None:
        """The delivery, ready to be sent without a duplicate; None if it is not to be sent now."""
        since = delivery.unsure_since
        if since is None or self._is_safe_again(delivery, letter, since):
            return delivery
        if await self._may_still_land(delivery, letter, since):
            return None
        try:
            receipt = await self._find(delivery, letter, since)
        except DeliveryError as error:
            return await self._not_found_out(delivery, error)
        if receipt is None:
            return replace(delivery, unsure_since=None)
        await self._sent(delivery, receipt, "found in")
        return None

    def _is_safe_again(self, delivery: Delivery, letter: Letter, since: datetime) -> bool:
        """Whether sending again makes no duplicate: by the nonce for a while, or as what is done to a known message."""
        fresh = self._trusted_from < since <= self._clock.now() < since + self._policy.nonce_window
        return not delivery.part.is_message or (fresh and self._messenger.recognises(delivery, letter))

    async def _may_still_land(self, delivery: Delivery, letter: Letter, since: datetime) -> bool:
        """Whether it may be carried out yet, or not be listed yet; if so, it waits until that is over."""
        landed = since + self._policy.landing
        if self._messenger.recognises(delivery, letter) or not since <= self._clock.now() < landed:
            return False
        await self._ledger.postpone(delivery, landed)
        return True

    async def _watch_clock(self) -> None:
        """If the clock was set back, distrust all earlier times: later they would look recent again.

        Retries that wait for an earlier time are moved forward. At the first look, it is not known how far the clock
        was set back while no courier ran: no wait may be longer than its pause then.
        """
        ahead = await self._ledger.doubt_ahead(self._clock.now())
        now = self._clock.now()  # taken before the query: a delivery begun meanwhile does not lie in the future
        latest = max(self._last_look, ahead or now)
        if latest > max(now, self._trusted_from):
            log.warning("the clock was set back by at least %s", latest - now)
            self._trusted_from = latest
        if self._last_look == _NEVER:
            await self._ledger.shorten_waits(now, lambda attempts: longest_pause(attempts + 1, self._policy))
        elif self._last_look > now:
            await self._ledger.bring_forward(self._last_look - now, now)
        self._last_look = now

    async def _find(self, delivery: Delivery, letter: Letter, since: datetime) -> Receipt | None:
        first = min(since, self._clock.now()) - CLOCKS_APART
        last = since + self._policy.nonce_window + CLOCKS_APART
        return await self._messenger.find(delivery, letter, first, last)

    async def _not_found_out(self, delivery: Delivery, error: DeliveryError) -> Delivery | None:
        if error.fault is not Fault.HISTORY_HIDDEN:
            await self._failed(delivery, error)
        elif self._policy.when_unsure is WhenUnsure.SEND:
            told = (delivery.id, delivery.part, error)
            log.warning("delivery %d (%s) is sent again: %s", *told, extra=delivery.fields)
            return replace(delivery, unsure_since=None)
        else:
            told = (delivery.id, delivery.part, error)
            log.warning("delivery %d (%s) is not sent again: %s", *told, extra=delivery.fields)
            reason = _reason(MEANINGS[error.fault][1], error, delivery, self._clock.now())
            await self._ledger.skip(delivery, error.fault, error.detail, reason)
        return None


def _bug(delivery: Delivery, error: Exception) -> DeliveryError:
    log.error("delivery %d: a bug in Paperboy", delivery.id, exc_info=error, extra=delivery.fields)
    return DeliveryError(Fault.REJECTED, type(error).__name__, unsure=True)


def _reason(why: Why, error: DeliveryError, delivery: Delivery, since: datetime) -> Reason:
    return Reason(why, {"detail": error.detail, "since": since.isoformat(), "part": delivery.part})
