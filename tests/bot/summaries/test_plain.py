import pytest

from bot.papers import Bullet, Details
from bot.summaries.plain import plain_bullets


@pytest.mark.parametrize(
    ("details", "text"),
    [
        (Details("1", abstract="An abstract.", digest="A line."), "A line."),
        (Details("1", abstract="An abstract."), "An abstract."),
        (Details("1", abstract="Two\nlines", digest=" \n"), "Two lines"),
    ],
)
def test_the_digest_goes_before_the_abstract(details: Details, text: str) -> None:
    assert plain_bullets(details) == (Bullet(text),)


def test_nothing_is_made_of_nothing() -> None:
    assert plain_bullets(Details("1")) == ()
