"""What a person did that the bot has to answer, how far the answer has come, and the reply as the person sees it."""

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
"""Seconds that a bot has for the first answer (Discord's reference, "Interaction Callback")."""

TOKEN_LIVES = 15 * 60.0
"""Seconds that an interaction's token is good for (the same)."""

_ATTACHMENT_LIMIT = 10 * 1024 * 1024


class Kind(IntEnum):
    """What the person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How the bot answers first."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One line offered while an option is typed, its name in the person's language."""

    name: str
    value: str | int | float


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Interaction:
    """One interaction. `created` is in seconds of the sandbox's own clock, which a test may move."""

    discord: World
    id: int
    kind: Kind
    user: User
    place: Place
    data: Json
    created: float
    source: Message | None = None
    """The message whose button, menu or modal it was."""
    trigger: Interaction | None = None
    """What the modal that was sent off had been the answer to."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    answered: Callback | None = None
    original: Message | None = None
    """The message that the first answer made or changed."""
    followups: list[Message] = field(default_factory=list)
    offered: list[Choice] = field(default_factory=list)
    modal: Json | None = None
    settled: bool = False
    """Whether the person sees an answer."""
    updated: bool = False
    """Whether the message that was acted on has changed."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<Interaction {self.kind.name} {self.data.get('name') or self.data.get('custom_id')}>"

    @property
    def command(self) -> str:
        """The command that was used, as "digest add"; "" where it was none."""
        if self.kind is not Kind.COMMAND:
            return ""
        names, options = [self.data["name"]], self.data.get("options") or []
        while options and options[0]["type"] in (SUBCOMMAND, GROUP):
            names.append(options[0]["name"])
            options = options[0].get("options") or []
        return " ".join(names)

    @property
    def age(self) -> float:
        """Seconds since the person did it."""
        return self.discord.time() - self.created

    def settle(self) -> None:
        """Note that the answer is there to see."""
        self.settled = True
        self._news.set()

    def acknowledge(self, callback: Callback) -> None:
        """Note the first answer; a deferred one leaves the person waiting."""
        self.answered = callback
        self.settled = callback not in (Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE)
        self._news.set()

    async def until_answered(self, patience: float) -> None:
        """Wait for the first answer and, where that is deferred, for the message that it promises.

        `patience` is for each of the two, in seconds of real time. NoAnswer is raised when it is over; a deferred
        update that nothing follows is no fault: the message just stays as it is.
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
        """The followup after so many; NoAnswer is raised when `patience`, in seconds of real time, is over."""
        try:
            async with asyncio.timeout(patience):
                while len(self.followups) <= seen:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise self._no_answer("the bot sent no further message") from None
        return self.followups[seen]

    def follow_up(self, message: Message) -> None:
        """Note one more message."""
        self.followups.append(message)
        self.settle()

    def _no_answer(self, what: str) -> NoAnswer:
        refused = [request for request in self.discord.requests[-5:] if not request.succeeded]
        told = "".join(f"\n  it was refused {request}: {request.answer}" for request in refused)
        return NoAnswer(f"{what} to {self.data.get('name') or self.data.get('custom_id')}{told}")

    def metadata(self, *, original: Message | None = None) -> Json:
        """What a message that answers it tells of it; a followup names the `original` answer."""
        data: Json = {
            "id": str(self.id),
            "type": self.kind.value,
            "user": wire.user(self.user),
            "authorizing_integration_owners": self._owners(),
        }
        if self.kind is Kind.COMPONENT and self.source is not None:
            data["interacted_message_id"] = str(self.source.id)
        if self.trigger is not None:
            data["triggering_interaction_metadata"] = self.trigger.metadata()
        if original is not None:
            data["original_response_message_id"] = str(original.id)
        return data

    def _owners(self) -> Json:
        return {"0": "0" if self.place.server is None else str(self.place.server.id)}

    def payload(self) -> Json:
        """The interaction object of INTERACTION_CREATE."""
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
            "app_permissions": str(self.place.permissions_of(bot).value),
            "locale": self.user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self._owners(),
            "context": 1 if server is None else 0,
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
    """All interactions, by their tokens."""

    def __init__(self) -> None:
        self._by_token: dict[str, Interaction] = {}

    def add(self, interaction: Interaction) -> None:
        """Take one in."""
        self._by_token[interaction.token] = interaction

    def clear(self) -> None:
        """Forget them all."""
        self._by_token.clear()

    def by_token(self, token: str) -> Interaction | None:
        """The one with this token, however old."""
        return self._by_token.get(token)

    def by_id(self, interaction_id: int) -> Interaction | None:
        """The one with this id, however old."""
        return next((one for one in self._by_token.values() if one.id == interaction_id), None)

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The one that a first answer is for; refused with code 10062 when it is unknown or three seconds old."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id or interaction.age > ANSWER_WITHIN:
            raise unknown("interaction")
        return interaction


ReplyKind = Literal["message", "update", "modal", "acknowledged"]


@dataclass(slots=True, eq=False, repr=False)
class Reply:
    """What the person got for an action. It looks at the living message: later edits show through it."""

    interaction: Interaction
    kind: ReplyKind
    _message: Message | None
    _taken: int = 0

    def __repr__(self) -> str:
        return f"<Reply {self.kind}: {self._message!r}>"

    @property
    def message(self) -> Message:
        """The message that came or that was changed."""
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
        """All words of the message, content and embeds."""
        return self.message.text

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who acted sees it."""
        return self.message.ephemeral

    @property
    def modal(self) -> Json:
        """The modal that the bot opened, as it sent it."""
        if self.interaction.modal is None:
            raise SandboxError("the bot opened no modal")
        return self.interaction.modal

    @property
    def followups(self) -> list[Message]:
        """The further messages so far."""
        return list(self.interaction.followups)

    async def next_followup(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 - the caller's own patience
        """The next further message; `timeout` in seconds of real time, then NoAnswer is raised."""
        message = await self.interaction.next_followup(self._taken, timeout)
        self._taken += 1
        message.read = True
        return message
