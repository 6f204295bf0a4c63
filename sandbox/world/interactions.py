"""Interactions: what a person did, the state of the bot's response, and the reply that the person sees."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from sandbox.payloads.command_form import GROUP, SUBCOMMAND
from sandbox.payloads.errors import NoAnswer, SandboxError, unknown
from sandbox.world import wire
from sandbox.world.bell import PATIENCE
from sandbox.world.installs import app_permissions, context_of, is_hushed
from sandbox.world.resolving import member_for

if TYPE_CHECKING:
    from sandbox.payloads.components import Button, Select
    from sandbox.payloads.embeds import Embed
    from sandbox.payloads.errors import Json
    from sandbox.world.messages import Message
    from sandbox.world.people import User
    from sandbox.world.places import Place
    from sandbox.world.world import World

ANSWER_WITHIN = 3.0
"""Seconds within which the bot must respond (Discord's reference, "Interaction Callback")."""

TOKEN_LIVES = 15 * 60.0
"""Seconds for which an interaction's token is valid (same source)."""

_ATTACHMENT_LIMIT = 10 * 1024 * 1024


class Kind(IntEnum):
    """Types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """Types of the bot's first response."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocompletion of an option, with its name in the person's language."""

    name: str
    value: str | int | float


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Interaction:
    """An interaction. `created` is in seconds on the world's `time` clock."""

    discord: World
    id: int
    kind: Kind
    user: User
    place: Place
    data: Json
    created: float
    owners: Json
    """Who added the bot, as Discord tells it: by "0" the server, by "1" the user."""
    source: Message | None = None
    """The message whose button, menu or modal was used."""
    trigger: Interaction | None = None
    """For a submitted modal: the interaction that opened it."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    answered: Callback | None = None
    original: Message | None = None
    """The message that the first response created or changed."""
    followups: list[Message] = field(default_factory=list)
    offered: list[Choice] = field(default_factory=list)
    modal: Json | None = None
    settled: bool = False
    """Whether the person sees a response."""
    updated: bool = False
    """Whether `source` was changed."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<Interaction {self.kind.name} {self.data.get('name') or self.data.get('custom_id')}>"

    @property
    def command(self) -> str:
        """The command that was used, such as "digest add"; "" if it was not a command."""
        if self.kind is not Kind.COMMAND:
            return ""
        names, options = [self.data["name"]], self.data.get("options") or []
        while options and options[0]["type"] in (SUBCOMMAND, GROUP):
            names.append(options[0]["name"])
            options = options[0].get("options") or []
        return " ".join(names)

    @property
    def age(self) -> float:
        """Seconds since it was created."""
        return self.discord.time() - self.created

    def settle(self) -> None:
        """Record that the person sees a response."""
        self.settled = True
        self._news.set()

    def acknowledge(self, callback: Callback) -> None:
        """Record the first response. After a deferred one the person still waits."""
        self.answered = callback
        self.settled = callback not in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE)
        self._news.set()

    async def until_answered(self, patience: float) -> None:
        """Wait for the first response and, if it is deferred, for the message that follows.

        Raises NoAnswer if either takes longer than `patience` seconds of real time. A deferred update does not have to
        be followed by anything.
        """
        try:
            async with asyncio.timeout(patience):
                await self._news.wait()
        except TimeoutError:
            raise self._no_answer("the bot did not answer") from None
        try:
            async with asyncio.timeout(patience):
                while not self.settled:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            if self.answered is not Callback.DEFERRED_UPDATE:
                raise self._no_answer("the bot deferred and never followed up") from None

    async def next_followup(self, seen: int, patience: float) -> Message:
        """The followup after the first `seen` ones. Raises NoAnswer after `patience` seconds of real time."""
        try:
            async with asyncio.timeout(patience):
                while len(self.followups) <= seen:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise self._no_answer("the bot sent no further message") from None
        return self.followups[seen]

    def follow_up(self, message: Message) -> None:
        """Record a followup message."""
        self.followups.append(message)
        self.settle()

    def _no_answer(self, what: str) -> NoAnswer:
        refused = [request for request in self.discord.requests[-5:] if not request.succeeded]
        told = "".join(f"\n  it was refused {request}: {request.answer}" for request in refused)
        return NoAnswer(f"{what} to {self.data.get('name') or self.data.get('custom_id')}{told}")

    def metadata(self, *, original: Message | None = None) -> Json:
        """Discord's interaction metadata, as in a message that responds to it; a followup names the `original` one."""
        data: Json = {
            "id": str(self.id),
            "type": self.kind.value,
            "user": wire.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if "target_id" in self.data:
            data["target_message_id"] = self.data["target_id"]
        if self.kind is Kind.COMPONENT and self.source is not None:
            data["interacted_message_id"] = str(self.source.id)
        if self.trigger is not None:
            data["triggering_interaction_metadata"] = self.trigger.metadata()
        if original is not None:
            data["original_response_message_id"] = str(original.id)
        return data

    @property
    def hushed(self) -> bool:
        """Whether Discord shows all answers to the user alone."""
        return is_hushed(self.place, self.user, self.owners)

    def payload(self) -> Json:
        """Discord's interaction object, as in INTERACTION_CREATE."""
        server, bot = self.place.server, self.discord.bot
        data: Json = {
            "id": str(self.id),
            "application_id": str(bot.id),
            "type": self.kind.value,
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel_id": str(self.place.id),
            "channel": wire.place_for(self.place, self.user),
            "app_permissions": str(app_permissions(self.place, self.user).value),
            "locale": self.user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self.owners,
            "context": context_of(self.place),
            "attachment_size_limit": _ATTACHMENT_LIMIT,
        }
        if self.source is not None:
            data["message"] = wire.message(self.source)
        member = None if server is None else server.member(self.user)
        if server is None or member is None:
            return data | {"user": wire.user(self.user)}
        return data | {
            "guild_id": str(server.id),
            "guild": {"id": str(server.id), "locale": server.locale, "features": []},
            "guild_locale": server.locale,
            "member": member_for(member, self.place, whole=True),
        }


class Interactions:
    """All interactions, by token."""

    def __init__(self) -> None:
        self._by_token: dict[str, Interaction] = {}

    def add(self, interaction: Interaction) -> None:
        """Add an interaction."""
        self._by_token[interaction.token] = interaction

    def clear(self) -> None:
        """Forget all interactions."""
        self._by_token.clear()

    def by_token(self, token: str) -> Interaction | None:
        """The interaction with this token, of any age."""
        return self._by_token.get(token)

    def by_id(self, interaction_id: int) -> Interaction | None:
        """The interaction with this id, of any age."""
        return next((one for one in self._by_token.values() if one.id == interaction_id), None)

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that a first response is for. Refused with code 10062 if unknown or older than 3 seconds."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id or interaction.age > ANSWER_WITHIN:
            raise unknown("interaction")
        return interaction


ReplyKind = Literal["message", "update", "modal", "acknowledged"]


@dataclass(slots=True, eq=False, repr=False)
class Reply:
    """What the person got for an action. It refers to the message, so later edits are visible."""

    interaction: Interaction
    kind: ReplyKind
    _message: Message | None
    _taken: int = 0

    def __repr__(self) -> str:
        return f"<Reply {self.kind}: {self._message!r}>"

    @property
    def message(self) -> Message:
        """The message that was sent or changed."""
        if self._message is None:
            raise SandboxError(f"a reply of the kind {self.kind} has no message")
        return self._message

    @property
    def content(self) -> str:
        """The message's content."""
        return self.message.content

    @property
    def embeds(self) -> tuple[Embed, ...]:
        """The message's embeds."""
        return self.message.embeds

    @property
    def components(self) -> tuple[tuple[Button | Select, ...], ...]:
        """The message's rows of buttons and menus."""
        return self.message.components

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The message's buttons."""
        return self.message.buttons

    @property
    def selects(self) -> tuple[Select, ...]:
        """The message's select menus."""
        return self.message.selects

    @property
    def text(self) -> str:
        """All text of the message: content and embeds."""
        return self.message.text

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who acted sees it."""
        return self.message.ephemeral

    @property
    def modal(self) -> Json:
        """The JSON of the modal that the bot opened."""
        if self.interaction.modal is None:
            raise SandboxError("the bot opened no modal")
        return self.interaction.modal

    @property
    def followups(self) -> list[Message]:
        """The followup messages so far."""
        return list(self.interaction.followups)

    async def next_followup(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 - the caller's own patience
        """The next followup message. Raises NoAnswer after `timeout` seconds of real time."""
        message = await self.interaction.next_followup(self._taken, timeout)
        self._taken += 1
        message.read = True
        return message
