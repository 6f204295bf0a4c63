"""What is owed to whom: deliveries, and the Messenger that carries them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.alerts.model import Alert
from bot.digests.model import Digest, Selection, Style


class State(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Part(StrEnum):
    """What a delivery carries. An edition of style thread has a headline, a thread, and a paper a message.

    A notice tells the admin who made a digest that it was paused.
    """

    CARDS = "cards"
    HEADLINE = "headline"
    THREAD = "thread"
    PAPER = "paper"
    ALERT = "alert"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one place.

    `position` orders the parts of an edition from 0; for Part.PAPER, `position - 2` is the paper's index.
    `attempts` counts the sendings begun. What may pass is not tried again from `until` on; `failing_since` is the first
    attempt that failed of it. `unsure_since` is the first of them that Discord may have stored without our
    hearing of it; None without doubt. Times are UTC. While a doubt is fresh, `send_until` is when Discord may not know
    the nonce any more, on the clock of `boottime`: the message is not sent again from then on.
    """

    id: int
    part: Part
    position: int
    state: State
    edition_id: int | None
    alert_id: int | None
    pause_id: int | None
    attempts: int
    due: datetime
    until: datetime
    failing_since: datetime | None = None
    unsure_since: datetime | None = None
    send_until: float | None = None

    @property
    def nonce(self) -> str:
        """Names this delivery to Discord, so that a message sent again is not posted twice."""
        return f"paperboy-{self.id}"

    @property
    def fields(self) -> dict[str, int | None]:
        """What its lines in the log bear."""
        return {"delivery_id": self.id, "edition_id": self.edition_id}


@dataclass(frozen=True, slots=True)
class EditionMail:
    """All that is needed to write any part of an edition.

    `threadless` where its thread could not be opened: its papers stand in the channel.
    """

    edition_id: int
    guild_id: int
    channel_id: int
    style: Style
    language: str | None
    selection: Selection
    headline_id: int | None = None
    threadless: bool = False


Letter = EditionMail | Alert | Digest
"""What a delivery is written from; a notice from the digest that was paused."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message came to lie."""

    channel_id: int
    message_id: int


class Messenger(Protocol):
    """Carries a delivery to where it is owed.

    Each method raises DeliveryError with the Fault that says what went wrong; anything else is a bug of ours.
    """

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        """Post one part of an edition."""
        ...

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        """Send one alert."""
        ...

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        """Tell the admin who made a digest that it was paused, and what to do."""
        ...

    async def find(self, delivery: Delivery, letter: Letter, since: datetime, until: datetime) -> Receipt | None:
        """The message of a delivery that was posted between two moments on Discord's clock; None where it was not.

        DeliveryError with Fault.HISTORY_HIDDEN where this can't be found out, with others where it can't be now.
        """
        ...


class WhenUnsure(StrEnum):
    """What to do about a message that may have come, where the channel's history can't tell."""

    SKIP = "skip"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator decides about sending.

    For `nonce_window` after an attempt Discord is relied on to know a message that comes again by its nonce; it speaks
    of "the past few minutes". The pauses between attempts double from the first to the longest.
    """

    when_unsure: WhenUnsure = WhenUnsure.SKIP
    nonce_window: timedelta = timedelta(minutes=2)
    first_pause: timedelta = timedelta(seconds=15)
    longest_pause: timedelta = timedelta(hours=1)
