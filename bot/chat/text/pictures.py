"""A paper's picture and video, and links that Discord accepts."""

from collections.abc import Collection
from urllib.parse import quote, urlsplit

import discord
import regex

from bot.chat.text.escape import utf16_len
from bot.chat.text.limits import URL
from bot.chat.text.prose import title
from bot.locale import Catalogue
from bot.papers import Paper, encoded, is_picture, is_video

_SITE_PICTURE = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{}.png"
_ALT = 300
"""Discord takes 4,096; a screen reader reads it aloud."""
_HOST = regex.compile(r"(?i:[a-z0-9-]+(?:\.[a-z0-9-]+)+)")


def picture(paper: Paper) -> str | None:
    """The paper's picture; if it only has a video, the site's card of the paper; None if it has neither."""
    if paper.image and is_picture(paper.image) and (image := web_link(paper.image)):
        return image
    return _SITE_PICTURE.format(quote(paper.arxiv_id)) if video(paper) else None


def with_picture(embed: discord.Embed, paper: Paper, catalogue: Catalogue, *, small: bool = False) -> discord.Embed:
    """The embed with the paper's picture and its alt text; the same embed if there is none."""
    address = picture(paper)
    if address is None:
        return embed
    alt = catalogue.say("picture-alt", title=title(paper, _ALT, utf16_len))
    # set_image and set_thumbnail of discord.py 2.7 take no description.
    media = {"url": address, "description": alt}
    return discord.Embed.from_dict({**embed.to_dict(), "thumbnail" if small else "image": media})


def video(paper: Paper) -> str | None:
    """The link to the paper's video, which some pages give as the picture."""
    return web_link(paper.video) or (web_link(paper.image) if paper.image and is_video(paper.image) else None)


def web_link(link: str | None, schemes: Collection[str] = ("https",)) -> str | None:
    """The link, encoded for Markdown's `(...)`, if it is a URL with one of the schemes; else None.

    The archive also has paths without a host, and Discord refuses a message because of one invalid link.
    """
    address = encoded(link or "")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    sound = parts.scheme in schemes and _HOST.fullmatch(host) and port is None and "@" not in parts.netloc
    return address if sound and len(address) <= URL else None
