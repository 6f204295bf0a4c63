"""Which links of a paper may be handed to Discord, and which picture stands for it."""

from collections.abc import Collection
from urllib.parse import quote, urlsplit

import regex

from bot.chat.limits import URL
from bot.papers import Paper

_SITE_PICTURE = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{}.png"
_HOST = regex.compile(r"(?i:[a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_SAFE_SIGNS = ":/?#@!$&'*+,;=%-._~"


def picture(paper: Paper) -> str | None:
    """The paper's picture; the site's card of the paper where there is only a video; None without either."""
    if image := web_link(paper.image):
        return image
    return _SITE_PICTURE.format(quote(paper.arxiv_id)) if web_link(paper.video) else None


def web_link(link: str | None, schemes: Collection[str] = ("https",)) -> str | None:
    """The link if it is one to the web (of the schemes), written so that it fits Markdown's `(...)`; else None.

    The archive has paths without a host, and one bad link makes Discord refuse the whole message.
    """
    address = quote(link or "", safe=_SAFE_SIGNS, errors="ignore")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    sound = parts.scheme in schemes and _HOST.fullmatch(host) and port is None and "@" not in parts.netloc
    return address if sound and len(address) <= URL else None
