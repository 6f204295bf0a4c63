"""The text of a paper that no model has summarised: the site's own summary, else the abstract."""

from bot.archive.text import one_line
from bot.papers import Bullet, Details


def plain_bullets(details: Details) -> tuple[Bullet, ...]:
    """The site's summary as one bullet, else the abstract, else nothing."""
    text = one_line(details.digest) or one_line(details.abstract)
    return (Bullet(text),) if text else ()
