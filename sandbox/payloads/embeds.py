"""Embeds: what Discord refuses, and what a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.payloads.errors import FormErrors, Json, utf16_length

if TYPE_CHECKING:
    from collections.abc import Iterable

# Source of the limits: Discord's reference, "Embed Limits".
MAX_EMBEDS = 10
MAX_TOTAL = 6000
MAX_FIELDS = 25
_TEXT_LIMITS = {"title": 256, "description": 4096}
_PART_LIMITS = {"footer": ("text", 2048), "author": ("name", 256)}
_MAX_URL = 2048
_MAX_ALT = 4096
"""Of a picture's description: RichEmbedImage in Discord's OpenAPI."""
_MAX_COLOUR = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an embed."""

    name: str
    value: str
    inline: bool


@dataclass(frozen=True, slots=True)
class Embed:
    """An embed as a reader sees it. `images` has more than one item if embeds with the same url were merged."""

    title: str
    description: str
    url: str
    colour: int | None
    author: str
    author_url: str
    footer: str
    thumbnail: str
    images: tuple[str, ...]
    fields: tuple[Field, ...]
    timestamp: str

    @property
    def image(self) -> str:
        """The URL of the first image, or ""."""
        return self.images[0] if self.images else ""

    @property
    def text(self) -> str:
        """All text of the embed, one line per part."""
        fields = [part for field in self.fields for part in (field.name, field.value)]
        return "\n".join(filter(None, [self.author, self.title, self.description, *fields, self.footer]))


def read_embeds(raw: Iterable[Json]) -> tuple[Embed, ...]:
    """A message's embeds as a reader sees them. Embeds with the same url are merged: the first one, with all images."""
    shown: dict[object, Json] = {}
    images: dict[object, list[str]] = {}
    for position, embed in enumerate(raw):
        key = embed.get("url") or position
        shown.setdefault(key, embed)
        if "image" in embed:
            images.setdefault(key, []).append(embed["image"]["url"])
    return tuple(_read_embed(embed, images.get(key, [])) for key, embed in shown.items())


def _read_embed(raw: Json, images: list[str]) -> Embed:
    author = raw.get("author", {})
    return Embed(
        title=raw.get("title", ""),
        description=raw.get("description", ""),
        url=raw.get("url", ""),
        colour=raw.get("color"),
        author=author.get("name", ""),
        author_url=author.get("url", ""),
        footer=raw.get("footer", {}).get("text", ""),
        thumbnail=raw.get("thumbnail", {}).get("url", ""),
        images=tuple(images),
        fields=tuple(Field(f["name"], f["value"], bool(f.get("inline"))) for f in raw.get("fields", [])),
        timestamp=raw.get("timestamp", ""),
    )


def check_embeds(errors: FormErrors, raw: object) -> list[Json]:
    """Check embeds, adding to `errors`, and return them as Discord stores them: with whitespace stripped."""
    embeds = []
    for position, embed in enumerate(errors.count(("embeds",), raw, 0, MAX_EMBEDS)):
        embeds.append(_check_embed(errors, ("embeds", position), embed))
    if sum(map(_length, embeds)) > MAX_TOTAL:
        message = f"Embed size exceeds maximum size of {MAX_TOTAL}"
        errors.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)
    return embeds


def _check_embed(errors: FormErrors, path: tuple[str | int, ...], raw: Json) -> Json:
    embed = {key: value for key, value in raw.items() if value is not None} | {"type": "rich"}
    for key, limit in _TEXT_LIMITS.items():
        _check_text(errors, path, embed, key, limit)
    for part, (key, limit) in _PART_LIMITS.items():
        if part in embed:
            embed[part] = dict(embed[part])
            _check_text(errors, (*path, part), embed[part], key, limit, required=True)
            _check_url(errors, (*path, part), embed[part], "icon_url")
    _check_url(errors, path, embed, "url", attachments=False)
    _check_url(errors, (*path, "author"), embed.get("author", {}), "url", attachments=False)
    for part in ("image", "thumbnail"):
        if part in embed:
            embed[part] = dict(embed[part])
            _check_text(errors, (*path, part), embed[part], "description", _MAX_ALT)
        _check_url(errors, (*path, part), embed.get(part, {}), "url")
        if part in embed and not embed[part].get("url"):
            errors.required((*path, part, "url"))
    if "fields" in embed:
        embed["fields"] = _check_fields(errors, (*path, "fields"), embed["fields"])
    if "color" in embed:
        errors.number((*path, "color"), embed["color"], 0, _MAX_COLOUR)
    _check_timestamp(errors, path, embed)
    if not any(embed.get(k) for k in ("title", "description", "fields", "author", "footer", "image", "thumbnail")):
        errors.required((*path, "description"))
    return embed


def _check_text(
    errors: FormErrors,
    path: tuple[str | int, ...],
    holder: Json,
    key: str,
    limit: int,
    *,
    required: bool = False,
) -> None:
    value = holder.get(key)
    if isinstance(value, str):
        holder[key] = value = value.strip()
    if value is None and not required:
        return
    if value is None:
        errors.required((*path, key))
    else:
        errors.text((*path, key), value, 1 if required else 0, limit)


def _check_fields(errors: FormErrors, path: tuple[str | int, ...], raw: object) -> list[Json]:
    fields = [{"inline": False} | field for field in errors.count(path, raw, 0, MAX_FIELDS)]
    for position, field in enumerate(fields):
        _check_text(errors, (*path, position), field, "name", 256, required=True)
        _check_text(errors, (*path, position), field, "value", 1024, required=True)
    return fields


def _check_url(
    errors: FormErrors,
    path: tuple[str | int, ...],
    holder: Json,
    key: str,
    *,
    attachments: bool = True,
) -> None:
    if key not in holder or holder[key] is None:
        return
    url = str(holder[key])
    schemes = ("http", "https", "attachment") if attachments else ("http", "https")
    problem = url_problem(url, schemes)
    if problem is not None:
        errors.add((*path, key), *problem)
    errors.text((*path, key), url, 0, _MAX_URL)


@lru_cache(1024)
def url_problem(url: str, schemes: tuple[str, ...]) -> tuple[str, str] | None:
    """Discord's error code and message for an invalid URL; None if it is valid.

    Hosts under .invalid stand for URLs that Discord refuses for undocumented reasons.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = None
    if parts is None or not parts.netloc or re.search(r"\s", url) or parts.netloc.endswith(".invalid"):
        return "URL_TYPE_INVALID_URL", "Not a well formed URL."
    if parts.scheme not in schemes:
        return "URL_TYPE_INVALID_SCHEME", f'Scheme "{parts.scheme}" is not supported. Scheme must be one of {schemes}.'
    return None


def _check_timestamp(errors: FormErrors, path: tuple[str | int, ...], embed: Json) -> None:
    if "timestamp" not in embed:
        return
    try:
        datetime.fromisoformat(embed["timestamp"])
    except (TypeError, ValueError):
        message = f"Could not parse {embed['timestamp']}. Should be ISO8601."
        errors.add((*path, "timestamp"), "DATE_TIME_TYPE_PARSE", message)


def _length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [embed.get(part, {}).get(key) for part, (key, _) in _PART_LIMITS.items()]
    texts += [field.get(key) for field in embed.get("fields", []) for key in ("name", "value")]
    return sum(utf16_length(text) for text in texts if isinstance(text, str))
