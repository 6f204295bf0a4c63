import logging
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest

from bot.chat.text.limits import Message
from bot.chat.text.refused import send_accepted
from tests.bot.chat.doubles import http_error

PICTURE = "https://pictures.example/a.png"


def embed(title: str, *, picture: bool = True) -> discord.Embed:
    made = discord.Embed(title=title, description="words")
    return made.set_thumbnail(url=PICTURE) if picture else made


def refusal(*paths: str, prefix: str = "") -> discord.HTTPException:
    """A 50035 that names some parts of the body."""
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for step in f"{prefix}{path}".split("."):
            node = node.setdefault(step, {})
        node["_errors"] = [{"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}]
    return http_error(400, 50035, "Invalid Form Body", tree)


@dataclass
class Post:
    """Takes messages, after so many refusals."""

    refusals: list[Exception]
    tried: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> str:
        self.tried.append(message)
        if self.refusals:
            raise self.refusals.pop(0)
        return "sent"

    @property
    def shapes(self) -> list[list[tuple[str | None, bool]]]:
        """Of each try, the titles with whether they have a picture."""
        return [[(one.title, bool(one.thumbnail.url)) for one in message.embeds] for message in self.tried]


CARDS = Message("heading", (embed("one"), embed("two"), embed("three")))
A, B, C = ("one", True), ("two", True), ("three", True)


@pytest.mark.parametrize("prefix", ["", "data."])
async def test_a_refused_picture_costs_the_picture_alone_and_is_logged(
    prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    post = Post([refusal("embeds.1.thumbnail.url", prefix=prefix)])
    with caplog.at_level(logging.WARNING):
        assert await send_accepted(CARDS, post.send, "delivery 3 (cards)") == "sent"
    assert post.shapes == [[A, B, C], [A, ("two", False), C]]
    assert "delivery 3 (cards) is sent without what Discord refused: Invalid Form Body" in caplog.text
    assert "embeds.1.thumbnail.url" in caplog.text


async def test_an_embed_that_is_refused_without_its_picture_too_is_left_out_and_the_rest_is_posted() -> None:
    again = refusal("embeds.1.title")
    post = Post([refusal("embeds.1.title", "embeds.2.image.url"), again])
    await send_accepted(CARDS, post.send, "cards")
    assert post.shapes[1:] == [[A, ("two", False), ("three", False)], [A, ("three", False)]]


async def test_embeds_that_are_too_much_together_go_from_the_end() -> None:
    post = Post([refusal("embeds"), refusal("embeds")])
    await send_accepted(CARDS, post.send, "cards")
    assert post.shapes[1:] == [[A, B, ("three", False)], [A, B]]


async def test_what_is_kept_for_others_is_not_changed() -> None:
    await send_accepted(CARDS, Post([refusal("embeds.0.image.url")]).send, "cards")
    assert all(one.thumbnail.url for one in CARDS.embeds)


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (CARDS, http_error(403, 50013)),
        (CARDS, refusal("components.0.components.0.label")),
        (CARDS, refusal("content")),
        (CARDS, refusal("embeds.9.title")),
        (CARDS, http_error(400, 50035)),
        (Message("", (embed("one", picture=False),)), refusal("embeds.0.title")),
    ],
)
async def test_what_can_not_be_left_out_is_refused_as_before(message: Message, error: Exception) -> None:
    post = Post([error])
    with pytest.raises(discord.HTTPException) as refused:
        await send_accepted(message, post.send, "cards")
    assert refused.value is error
    assert len(post.tried) == 1
