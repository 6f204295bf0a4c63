"""Messages, whom they ping, and the nonces of the bot's messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from sandbox.payloads.components import Button, Select, as_stored, read_rows
from sandbox.payloads.drafts import CROSSPOSTED, EPHEMERAL, SUPPRESS_EMBEDS, Attachment, Draft
from sandbox.payloads.embeds import Embed, read_embeds
from sandbox.payloads.permissions import Permission
from sandbox.world import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.payloads.errors import Json
    from sandbox.world.people import User
    from sandbox.world.places import Place, Thread
Pinged = int | Literal["everyone", "here"]

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_USER_MENTION = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION = re.compile(r"<@&(\d+)>")
_ALL_KINDS = ("users", "roles", "everyone")


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Message:
    """A message in a channel, a thread or a DM. The object changes when the bot edits the message.

    `raw_embeds` and `raw_components` are the JSON that Discord stores; the properties are what a reader sees.
    """

    id: int
    place: Place
    author: User
    content: str = ""
    raw_embeds: list[Json] = field(default_factory=list)
    raw_components: list[Json] = field(default_factory=list)
    attachments: tuple[Attachment, ...] = ()
    flags: int = 0
    pinged: frozenset[Pinged] = frozenset()
    """Ids of the pinged users, and "everyone" or "here"."""
    nonce: str | None = None
    reply_to: Message | None = None
    thread: Thread | None = None
    only_for: User | None = None
    """The only user who sees an ephemeral message; None for other messages."""
    loading: bool = False
    """Whether it is the "thinking..." of a deferred response."""
    is_starter: bool = False
    """Whether it is the starter message of a thread, which refers to the message that the thread is on."""
    interaction: Json | None = None
    """The `interaction_metadata` of the interaction that it answers."""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited: datetime | None = None
    deleted: bool = False
    read: bool = False
    """Whether the test has read it already, from `next_message` or as a reply."""

    def __repr__(self) -> str:
        return f"<Message in {self.place.name} by {self.author.name}: {self.text[:200]!r}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only one user sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def published(self) -> bool:
        """Whether it was published to the channels that follow its own."""
        return bool(self.flags & CROSSPOSTED)

    @property
    def embeds(self) -> tuple[Embed, ...]:
        """The embeds as a reader sees them: merged by url, and none if they are suppressed."""
        return () if self.flags & SUPPRESS_EMBEDS else read_embeds(self.raw_embeds)

    @property
    def components(self) -> tuple[tuple[Button | Select, ...], ...]:
        """The rows of buttons and select menus."""
        return read_rows(self.raw_components)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(item for row in self.components for item in row if isinstance(item, Button))

    @property
    def selects(self) -> tuple[Select, ...]:
        """All select menus, from the top."""
        return tuple(item for row in self.components for item in row if isinstance(item, Select))

    @property
    def text(self) -> str:
        """All text of the message: content and embeds."""
        return "\n".join(filter(None, [self.content, *(embed.text for embed in self.embeds)]))

    def seen_by(self, user: User) -> bool:
        """Whether a user who sees the place sees the message."""
        return not self.deleted and self.only_for in (None, user)

    def delete(self) -> None:
        """Delete the message, as a moderator may."""
        self.place.remove(self)

    def publish(self) -> None:
        """Publish it. The bot is sent MESSAGE_UPDATE. Nothing is posted in channels that follow."""
        self.flags |= CROSSPOSTED
        if (server := self.place.server) is not None:
            server.tell("MESSAGE_UPDATE", wire.message(self) | {"guild_id": str(server.id)})

    def fill(self, draft: Draft) -> None:
        """Apply a draft. Fields that are None in the draft stay unchanged."""
        if draft.content is not None:
            self.content = draft.content
        if draft.embeds is not None:
            self.raw_embeds = draft.embeds
        if draft.components is not None:
            self.raw_components = as_stored(draft.components)
        if draft.attachments is not None:
            self.attachments = draft.attachments
        self.flags |= draft.flags & ~EPHEMERAL

    def as_draft(self) -> Draft:
        """The message as a draft."""
        return Draft(self.content, self.raw_embeds, self.raw_components, attachments=self.attachments)


def whom_it_pings(
    content: str,
    allowed: Json | None,
    place: Place,
    author: User,
    reply_to: Message | None,
) -> frozenset[Pinged]:
    """Whom a message pings: the mentions in its content that `allowed_mentions` allows.

    Without `allowed_mentions` all mentions count (Discord's reference, "Allowed Mentions Object"). Mentions in code or
    embeds, or of users who do not see the place, ping nobody.
    """
    if "@" not in content and reply_to is None:
        return frozenset()
    kinds = _ALL_KINDS if allowed is None else allowed.get("parse", ())
    content = _CODE.sub("", content)
    pinged: set[Pinged] = set()
    for match in _USER_MENTION.finditer(content):
        if "users" in kinds or match[1] in _listed(allowed, "users"):
            pinged.add(int(match[1]))
    for match in _ROLE_MENTION.finditer(content):
        if "roles" in kinds or match[1] in _listed(allowed, "roles"):
            pinged |= place.mentionable_members(int(match[1]), author)
    if reply_to is not None and (allowed is None or allowed.get("replied_user")):
        pinged.add(reply_to.author.id)
    seeing = {user.id for user in place.audience()} - {author.id}
    pinged &= seeing
    if "everyone" in kinds and Permission.MENTION_EVERYONE in place.permissions_of(author):
        pinged |= {word for word in ("everyone", "here") if f"@{word}" in content}
    return frozenset(pinged)


def _listed(allowed: Json | None, key: str) -> set[str]:
    return {str(item) for item in (allowed or {}).get(key, [])}


class Nonces:
    """The nonces of the bot's messages, over all channels, each remembered for `window` seconds.

    Discord compares nonces per author (Discord's reference, "Create Message", enforce_nonce).
    """

    def __init__(self, time: Callable[[], float], window: float) -> None:
        self._time = time
        self._window = window
        self._posted: dict[str, tuple[float, Message]] = {}

    def earlier(self, draft: Draft) -> Message | None:
        """The earlier message with the draft's nonce, if the draft enforces its nonce; None if there is none."""
        if draft.nonce is None or not draft.enforce_nonce or draft.nonce not in self._posted:
            return None
        moment, message = self._posted[draft.nonce]
        return message if self._time() - moment <= self._window else None

    def note(self, draft: Draft, message: Message) -> None:
        """Remember the message of a draft by its nonce."""
        if draft.nonce is not None:
            self._posted[draft.nonce] = (self._time(), message)

    def clear(self) -> None:
        """Forget all nonces."""
        self._posted.clear()
