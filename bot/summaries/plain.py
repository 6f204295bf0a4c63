"""What stands under a paper that no model has summarised: the site's own line, else the abstract."""

from bot.archive.text import one_line
from bot.papers import Bullet, Details


def plain_bullets(details: Details) -> tuple[Bullet, ...]:
    """The site's digest as one bullet, the abstract where there is none, nothing where there is neither."""
    text = one_line(details.digest) or one_line(details.abstract)
    return (Bullet(text),) if text else ()
