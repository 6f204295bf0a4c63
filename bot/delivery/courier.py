"""Sends what the outbox owes: each message once, an edition's messages in order."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import Protocol

from bot.alerts.model import Alert
from bot.clock import Clock
from bot.delivery.model import Delivery, EditionMail, Messenger, Receipt
from bot.delivery.verdict import MEANINGS, Verdict, pause
from bot.digests.model import Digest, Reason
from bot.errors import UNAUTHORISED, DeliveryError, Fault, SettingsError

log = logging.getLogger(__name__)

AFTER_TROUBLE_SECONDS = 10
AT_ONCE = 8  # deliveries under way together; Discord's own limits are the client's to keep


class Ledger(Protocol):
    """The outbox as the courier uses it."""

    async def owed(self, now: datetime, limit: int) -> list[Delivery]: ...
    async def next_due(self) -> datetime | None: ...
    async def edition_mail(self, edition_id: int) -> EditionMail | None: ...
    async def alert(self, alert_id: int) -> Alert | None: ...
    async def paused(self, pause_id: int) -> Digest | None: ...
    async def begin(self, delivery: Delivery) -> None: ...
    async def sent(self, delivery: Delivery, receipt: Receipt, now: datetime) -> None: ...
    async def retry(self, delivery: Delivery, fault: Fault, detail: str, again: datetime, now: datetime) -> None: ...
    async def fail(self, delivery: Delivery, fault: Fault, detail: str, reason: Reason, now: datetime) -> None: ...
    async def drop(self, delivery: Delivery, detail: str) -> None: ...


class Courier:
    """Carries deliveries by a Messenger until none is owed, and waits for the next.

    `random` spreads what is tried again.
    """

    def __init__(self, ledger: Ledger, messenger: Messenger, clock: Clock, random: Random) -> None:
        self._ledger = ledger
        self._messenger = messenger
        self._clock = clock
        self._random = random
        self._bell = asyncio.Event()
        self._closing = False
        self._idle = asyncio.Event()
        self._idle.set()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._bell.set()

    def close(self) -> None:
        """Finish what is being sent, then stop."""
        self._closing = True
        self._bell.set()

    async def closed(self) -> None:
        """Wait until nothing is being sent any more."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send until closed. Raises SettingsError once Discord no longer takes the token."""
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
        except Exception:  # a locked database passes; a courier that is gone would be silent
            log.exception("the outbox can't be used; trying again in %d s", AFTER_TROUBLE_SECONDS)
            seconds = AFTER_TROUBLE_SECONDS
        if not self._closing:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._bell.wait()

    async def send_owed(self) -> int:
        """Send all that is owed now; how many deliveries were taken up."""
        taken = 0
        while not self._closing and (batch := await self._ledger.owed(self._clock.now(), AT_ONCE)):
            ends = await asyncio.gather(*(self._deliver(delivery) for delivery in batch), return_exceptions=True)
            taken += len(batch)
            for end in ends:
                if isinstance(end, BaseException):
                    raise end
        return taken

    async def _rest(self) -> float | None:
        """How long nothing will be due, in seconds; None where nothing is owed."""
        due = await self._ledger.next_due()
        return None if due is None else max((due - self._clock.now()).total_seconds(), 0.0)

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            self._check_age(delivery)
            receipt = await self._hand_over(delivery)
        except DeliveryError as error:
            await self._failed(delivery, error)
        except Exception as error:
            log.exception("delivery %d: a bug of ours", delivery.id)
            await self._failed(delivery, DeliveryError(Fault.REJECTED, type(error).__name__))
        else:
            if receipt is None:
                await self._ledger.drop(delivery, "nothing left to send")
            else:
                await self._ledger.sent(delivery, receipt, self._clock.now())
                log.info("delivery %d (%s) sent to channel %d", delivery.id, delivery.part, receipt.channel_id)

    def _check_age(self, delivery: Delivery) -> None:
        """What failed, and was too old to be tried again by when the bot came back, is given up."""
        if delivery.failing_since is not None and self._clock.now() >= delivery.until:
            raise DeliveryError(Fault.UNAVAILABLE, "too old to be tried again")

    async def _hand_over(self, delivery: Delivery) -> Receipt | None:
        if delivery.pause_id is not None:
            digest = await self._ledger.paused(delivery.pause_id)
            if digest is None:
                return None
            await self._ledger.begin(delivery)
            return await self._messenger.post_notice(delivery, digest)
        if delivery.edition_id is not None:
            mail = await self._ledger.edition_mail(delivery.edition_id)
            if mail is None:
                return None
            await self._ledger.begin(delivery)
            return await self._messenger.post_edition(delivery, mail)
        alert = await self._ledger.alert(delivery.alert_id) if delivery.alert_id is not None else None
        if alert is None or not alert.matches:
            return None
        await self._ledger.begin(delivery)
        return await self._messenger.post_alert(delivery, alert)

    async def _failed(self, delivery: Delivery, error: DeliveryError) -> None:
        attempts = delivery.attempts + 1
        now = self._clock.now()
        log.warning("delivery %d (%s), attempt %d: %s", delivery.id, delivery.part, attempts, error)
        verdict, why = MEANINGS[error.fault]
        again = now + pause(attempts, self._random)
        if verdict is Verdict.STOP or (verdict is Verdict.TRY_AGAIN and again < delivery.until):
            await self._ledger.retry(delivery, error.fault, error.detail, again, now)
        else:
            reason = Reason(why, {"detail": error.detail, "since": (delivery.failing_since or now).isoformat()})
            await self._ledger.fail(delivery, error.fault, error.detail, reason, now)
        if verdict is Verdict.STOP:
            raise SettingsError(UNAUTHORISED)
