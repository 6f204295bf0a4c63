"""Stand-ins for what discord.py hands to a handler: no more than the rooms under test ask of it."""

from dataclasses import dataclass, field
from typing import Any

import discord

from bot.chat.text.limits import Message


@dataclass
class FakeResponse:
    """Takes the first answer."""

    answers: list[Message]
    done: bool = False
    fails_with: Exception | None = None

    def is_done(self) -> bool:
        return self.done

    async def send_message(
        self, content: str, *, embeds: Any, ephemeral: bool, allowed_mentions: Any, **_: Any
    ) -> None:
        if self.fails_with:
            raise self.fails_with
        assert ephemeral
        assert allowed_mentions.to_dict() == {"parse": []}
        self.done = True
        self.answers.append(Message(content, tuple(embeds)))


@dataclass
class FakeFollowup:
    """Takes what is said after the first answer."""

    answers: list[Message]

    async def send(self, content: str, *, embeds: Any, ephemeral: bool, allowed_mentions: Any, **_: Any) -> None:
        assert ephemeral
        assert allowed_mentions.to_dict() == {"parse": []}
        self.answers.append(Message(content, tuple(embeds)))


@dataclass
class FakeInteraction:
    """A member's interaction, and what they were answered."""

    locale: discord.Locale = discord.Locale.american_english
    answers: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.response = FakeResponse(self.answers)
        self.followup = FakeFollowup(self.answers)

    @property
    def said(self) -> list[str]:
        return [message.content for message in self.answers]


class HttpResponse:
    """As much of an HTTP response as discord.py's exceptions, and who reads them, look at."""

    def __init__(self, status: int, content_type: str = "application/json") -> None:
        self.status = status
        self.reason = "reason"
        self.headers = {"Content-Type": content_type}


_KINDS: dict[int, type[discord.HTTPException]] = {
    403: discord.Forbidden,
    404: discord.NotFound,
    503: discord.DiscordServerError,
}


def http_error(
    status: int, code: int = 0, text: str = "as Discord says", errors: dict[str, Any] | None = None
) -> discord.HTTPException:
    """What discord.py raises for an answer of Discord's; `errors` is its tree of what is wrong with a form."""
    body = {"code": code, "message": text} | ({"errors": errors} if errors else {})
    return _KINDS.get(status, discord.HTTPException)(HttpResponse(status), body)


def page_error(status: int, page: str = "<html><body>Access denied</body></html>") -> discord.HTTPException:
    """What discord.py raises for a page that came instead of Discord's answer."""
    return _KINDS.get(status, discord.HTTPException)(HttpResponse(status, "text/html"), page)
