"""What a page says of a paper besides its summary: votes, authors, pictures and videos."""

import pytest

from bot.archive.reader import read_page
from bot.errors import PageError
from bot.papers import Bullet
from tests.bot.archive.small_pages import DAY, HEADING, read_listing, read_paper, remarks


@pytest.mark.parametrize(
    ("line", "votes"),
    [("Vote: 0", 0), ("Vote: 17", 17), ("Vote:  17  ", 17), ("Vote: -", None), ("Vote:", None), ("", None)],
)
def test_votes(line: str, votes: int | None) -> None:
    assert read_listing(line).votes == votes


@pytest.mark.parametrize("value", ["many", "-3", "1.5", "٣", "12345678901234567890", "3 4"])
def test_a_vote_that_is_no_number_stops_the_page(value: str) -> None:
    with pytest.raises(PageError, match="not a number") as caught:
        read_page(DAY + HEADING + f"\nVote: {value}\n")
    assert caught.value.line == 5


@pytest.mark.parametrize(
    ("line", "authors", "more"),
    [
        ("", (), False),
        ("Authors:", (), False),
        ("Authors: []", (), False),
        ("Authors: Ann, Bo", ("Ann", "Bo"), False),
        ("Authors: Ann, +, Bo", ("Ann", "Bo"), True),
        ("Authors: +", (), True),
        ("Authors: Ann,, Bo,", ("Ann", "Bo"), False),
        ("Authors: Ann, Bo, Ann", ("Ann", "Bo", "Ann"), False),
        ("Authors: ['Ann, Jr.', '+']", ("Ann, Jr.",), True),
        ("Authors: ['Ann\\xa0B', 'C\\\\d', 'E\\nF', 'G\\x00']", ("Ann B", "C\\d", "E F", "G\\x00"), False),
        ("Authors: ['Ann', Bo]", ("['Ann'", "Bo]"), False),
        ("Authors: C++ Team", ("C++ Team",), False),
        ("Authors: Ann  \u3000 Bo,\u200bCleo\x08\ufeff", ("Ann Bo", "Cleo"), False),
    ],
)
def test_authors(line: str, authors: tuple[str, ...], more: bool) -> None:  # noqa: FBT001 - a column of the table
    paper = read_paper(line)
    assert (paper.authors, paper.more_authors) == (authors, more)


@pytest.mark.parametrize(
    ("line", "image"),
    [
        ("![](https://img.test/a.png)", "https://img.test/a.png"),
        ("![](/avatars/a.svg)", "/avatars/a.svg"),
        ("![alt](https://img.test/a(1).png)", "https://img.test/a(1).png"),
        ("![]( https://img.test/a.png )", "https://img.test/a.png"),
        ('<img src=" https://img.test/a.png ">', "https://img.test/a.png"),
        ('![](https://img.test/a.png "words")', "https://img.test/a.png"),
        ('<img src="https://img.test/a.png">', "https://img.test/a.png"),
        ("![]()", None),
    ],
)
def test_images(line: str, image: str | None) -> None:
    paper = read_paper(line)
    assert (paper.image, paper.video, paper.summary) == (image, None, ())


@pytest.mark.parametrize(
    "lines",
    [
        "[Watch Video](/a.mp4)",
        "[Watch Video]/a.mp4",
        '[Watch Video](/a.mp4)\n<div><video controls src="/a.mp4" muted="false"></video></div>',
        "[Watch Video]()\n<div><video controls src='/a.mp4'></video></div>",
        "<video src='/a.mp4'></video>",
        '<video controls>\n<source src="/a.mp4">\n</video>',
    ],
)
def test_videos(lines: str) -> None:
    paper = read_paper(lines)
    assert (paper.video, paper.image, paper.summary) == ("/a.mp4", None, ())


def test_a_picture_beside_a_video() -> None:
    paper = read_paper("![](/a.png)\n\n[Watch Video](/a.mp4)\n")
    assert (paper.image, paper.video) == ("/a.png", "/a.mp4")


def test_a_second_picture_is_left_out_and_remarked() -> None:
    text = DAY + HEADING + "![](/a.png)\n![](/b.png)\n"
    assert read_page(text).day.listings[0].paper.image == "/a.png"
    assert remarks(text) == [(5, "left out, not a line of a page: '![](/b.png)'")]


def test_facts_may_follow_the_summary_but_not_inside_a_bullet() -> None:
    listing = read_listing("- a\n  Vote: many\n\nVote: 3\nAuthors: Ann\n")
    assert listing.votes == 3
    assert listing.paper.authors == ("Ann",)
    assert listing.paper.summary == (Bullet("a Vote: many"),)
