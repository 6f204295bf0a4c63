"""What must hold for any message of ours."""

from urllib.parse import urlsplit

import discord

from bot.chat.text.limits import Message
from tests.bot.chat.markup import read

OURS = {"bold", "masked", "list", "small"}
"""The markup that we write ourselves: bold headings and numbers, links, lists, and small print."""


def units(text: str | None) -> int:
    """UTF-16 code units."""
    return len((text or "").encode("utf-16-le")) // 2


def assert_fits(message: Message) -> None:
    """Discord takes the message: https://docs.discord.com/developers/resources/message."""
    assert message.content or message.embeds
    assert units(message.content) <= 2000
    assert len(message.embeds) <= 10
    assert sum(map(_embed_units, message.embeds)) <= 6000
    urls = [embed.url for embed in message.embeds if embed.url]
    assert len(urls) == len(set(urls))
    for embed in message.embeds:
        _assert_embed_fits(embed)


def _texts(embed: discord.Embed) -> list[str | None]:
    fields = [text for field in embed.fields for text in (field.name, field.value)]
    return [embed.title, embed.description, embed.footer.text, embed.author.name, *fields]


def _embed_units(embed: discord.Embed) -> int:
    return sum(map(units, _texts(embed)))


def _assert_embed_fits(embed: discord.Embed) -> None:
    assert (embed.title or "").strip() or (embed.description or "").strip() or embed.fields
    assert units(embed.title) <= 256
    assert units(embed.description) <= 4096
    assert units(embed.footer.text) <= 2048
    assert units(embed.author.name) <= 256
    for field in embed.fields:
        assert 0 < units(field.name) <= 256
        assert 0 < units(field.value) <= 1024
    for link in (embed.url, embed.image.url, embed.thumbnail.url):
        assert link is None or _is_sound(link), link


def _is_sound(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme == "https" and bool(parts.hostname) and link.isascii() and not set(link) & set(' ()<>[]"\\|`')


def assert_safe(message: Message, *, mentions: int = 0) -> None:
    """No text of the archive or of a member became markup; links lead to web pages only."""
    assert [kind for kind in read(message.content).kinds if kind != "small"] == ["mention"] * mentions
    for embed in message.embeds:
        assert not read(embed.title or "").kinds
        for text in (embed.description or "", *(field.value or "" for field in embed.fields)):
            reading = read(text)
            assert set(reading.kinds) <= OURS, (reading.kinds, text)
            assert all(map(_is_sound, reading.targets))
