"""Deliveries, and the Messenger that sends them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.alerts.model import Alert
from bot.digests.model import Digest, Selection, Style

BEFORE_PAPERS = 2
"""Position of the first paper after a headline: those before it belong to the headline and its thread."""


class State(StrEnum):
    """The state of a delivery."""

    PENDING = "pending"
    SENDING = "sending"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Part(StrEnum):
    """What a delivery carries. An edition in style thread has a headline, a thread, and one message for each paper.

    In style posts it has one post for each paper. A discussion is a thread on a paper's message, a publication is that
    of a message; they come after all messages of the edition.

    A notice tells the admin who made a digest that it was paused.
    """

    CARDS = "cards"
    HEADLINE = "headline"
    THREAD = "thread"
    PAPER = "paper"
    POST = "post"
    DISCUSSION = "discussion"
    PUBLICATION = "publication"
    ALERT = "alert"
    NOTICE = "notice"

    @property
    def is_message(self) -> bool:
        """Whether it is a message or post; else it is done to one, and Discord lets that be done only once."""
        return self not in {Part.THREAD, Part.DISCUSSION, Part.PUBLICATION}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one place. Times are UTC.

    `position` orders the parts of an edition from 0; posts are sent from the last, as a forum shows the newest first.
    `attempts` counts the attempts begun. Failures that may pass are not tried again after `until`; `failing_since` is
    the first of them. `unsure_since` is the first attempt that Discord may have stored without our knowing; None
    without doubt. While a doubt is recent, `send_until` is when Discord may forget the nonce (seconds of `boottime`):
    the message is not sent again after that. A discussion or publication `follows` the message at that position of its
    edition; `done_to` is its id, in the edition's channel, and None if it was not posted.
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
    follows: int | None = None
    done_to: int | None = None

    @property
    def paper(self) -> int:
        """The index of the paper that a post, a paper of a thread, or a discussion is about."""
        position = self.position if self.follows is None else self.follows
        return position if self.part is Part.POST else position - BEFORE_PAPERS

    @property
    def is_void(self) -> bool:
        """Whether it is to be done to a message that was not posted."""
        return self.follows is not None and self.done_to is None

    @property
    def nonce(self) -> str:
        """Identifies this delivery to Discord, so that a repeated message is not posted twice."""
        return f"paperboy-{self.id}"

    @property
    def fields(self) -> dict[str, int | None]:
        """The fields of its log lines."""
        return {"delivery_id": self.id, "edition_id": self.edition_id}


@dataclass(frozen=True, slots=True)
class EditionMail:
    """All that is needed to write any part of an edition.

    `threadless`: the papers have no thread and are in the channel. `mention` and `tags` are as in an Order.
    """

    edition_id: int
    guild_id: int
    channel_id: int
    style: Style
    language: str | None
    selection: Selection
    headline_id: int | None = None
    threadless: bool = False
    mention: str | None = None
    tags: tuple[str, ...] = ()


Letter = EditionMail | Alert | Digest
"""What a delivery is written from; a notice is written from the paused digest."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message was posted."""

    channel_id: int
    message_id: int


class Messenger(Protocol):
    """Sends deliveries.

    Each method raises DeliveryError with the Fault that says what went wrong; any other error is a bug.
    """

    async def post_edition(self, delivery: Delivery, mail: EditionMail) -> Receipt:
        """Post one part of an edition, or do it to the message that it follows."""
        ...

    async def post_alert(self, delivery: Delivery, alert: Alert) -> Receipt:
        """Send one alert."""
        ...

    async def post_notice(self, delivery: Delivery, digest: Digest) -> Receipt:
        """Tell the admin who made a digest that it was paused, and what to do."""
        ...

    def recognises(self, delivery: Delivery, letter: Letter) -> bool:
        """Whether Discord takes a delivery that is soon sent again for the same message. It does not for a post."""
        ...

    async def find(self, delivery: Delivery, letter: Letter, since: datetime, until: datetime) -> Receipt | None:
        """The message of a delivery, if it was posted between two moments on Discord's clock; None if not.

        Raises DeliveryError: with Fault.HISTORY_HIDDEN if this can't be found out, with another fault if not now.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """The servers that can be served while the bot is still connecting: those on the `connected` of Discord's shards.

    A server's shard is its id, shifted right by 22 bits, modulo `shards`.
    """

    shards: int
    connected: frozenset[int]

    @property
    def missing(self) -> list[int]:
        """The shards that are not connected yet."""
        return sorted(set(range(self.shards)) - self.connected)


class WhenUnsure(StrEnum):
    """What to do about a message that may have arrived if the channel's history can't be read."""

    SKIP = "skip"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's decisions about sending.

    Within `nonce_window` after an attempt, Discord is trusted to recognise a repeated message by its nonce; its
    documentation says "the past few minutes". What it does not recognise is looked for once an attempt is `landing`
    old: by then it was carried out and is shown in lists, or never will be. The pause between attempts doubles from the
    first to the longest.
    """

    when_unsure: WhenUnsure = WhenUnsure.SKIP
    nonce_window: timedelta = timedelta(minutes=2)
    landing: timedelta = timedelta(seconds=150)
    first_pause: timedelta = timedelta(seconds=15)
    longest_pause: timedelta = timedelta(hours=1)
