"""Writing a day and reading it again: small days, arbitrary days, arbitrary pages."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.reader import read_page
from bot.archive.text import one_line
from bot.archive.writer import write_page
from bot.errors import PageError
from bot.papers import Bullet, Day, Listing, Paper

DAY = date(2024, 10, 21)

HOSTILE = (
    *("# heading", "### [T](https://arxiv.org/abs/2401.00001)", "## Daily Papers (2020-01-01)", "- a", "1. b"),
    *("Vote: many", "Authors: x", "[a](b)", "](", "A](https://arxiv.org/abs/2401.00001)", "**bold", "***", "---"),
    *("<div><video src='x'>", "![](x)", "[Watch Video](x)", "+", "a, b", "'", '"', "\\", "\\'", "['x', 'y']"),
    *("$x_{1}$", "e\u0301", "가", "\u1112\u1161\u11ab", "a\u2028b", "a\nb", "x: y", "\xa0x", "\ufeff", "\u200b"),
)

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12),
)
hostile_text = st.lists(words, min_size=1, max_size=4).map(" ".join)
plain_text = st.text(string.ascii_letters + "[](){}#$*_-+.,:'\"\\<>!한글é ", min_size=1, max_size=30).map(
    lambda text: f"A{' '.join(text.split())}z"
)


def bullets(text: st.SearchStrategy[str], numbers: st.SearchStrategy[int | None]) -> st.SearchStrategy[Bullet]:
    return st.recursive(
        st.builds(Bullet, text, st.none() | text, numbers),
        lambda inner: st.builds(Bullet, text, st.none(), numbers, st.lists(inner, max_size=3).map(tuple)),
        max_leaves=6,
    )


def days(text: st.SearchStrategy[str], summaries: st.SearchStrategy[tuple[Bullet, ...]]) -> st.SearchStrategy[Day]:
    """Days whose papers are told apart by their ids."""
    links = st.none() | text
    papers = st.builds(
        Paper, st.from_regex(r"2[0-9]{3}\.[0-9]{5}", fullmatch=True), text, st.lists(text, max_size=4).map(tuple),
        st.booleans(), links, links, summaries,
    )  # fmt: skip
    listings = st.lists(
        st.builds(Listing, papers, st.none() | st.integers(0, 999_999_999)),
        max_size=3,
        unique_by=lambda listing: listing.paper.arxiv_id,
    )
    return st.builds(Day, st.dates(), listings.map(tuple))


plain_names = plain_text.map(lambda text: text.replace("*", ""))
plain_bullets = st.builds(
    Bullet,
    plain_text,
    st.none() | plain_names,
    st.none(),
    st.lists(st.builds(Bullet, plain_text, st.none(), st.none() | st.integers(0, 999)), max_size=3).map(tuple),
)
plain_links = st.text(string.ascii_letters + string.digits + "()'/?&=%#", max_size=20).map(lambda text: f"/{text}")
plain_papers = st.builds(
    Paper,
    st.from_regex(r"2[0-9]{3}\.[0-9]{5}|hep-th/[0-9]{7}", fullmatch=True, alphabet=string.printable),
    plain_text,
    st.lists(plain_text, max_size=4).map(tuple),
    st.booleans(),
    st.none() | plain_links,
    st.none() | plain_links,
    st.lists(plain_bullets, max_size=4).map(tuple),
)
plain_days = st.lists(
    st.builds(Listing, plain_papers, st.none() | st.integers(0, 10_000)),
    max_size=3,
    unique_by=lambda listing: listing.paper.arxiv_id,
).map(lambda listings: Day(DAY, tuple(listings)))

arbitrary_days = days(
    hostile_text.map(lambda text: f"{text} ."),  # a title may not be empty
    st.lists(bullets(hostile_text, st.none() | st.integers(-1, 1001)), max_size=4).map(tuple),
)

lines = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "", " ", "  ", "    ", "\t", "\xa0"]),
    st.sampled_from(
        ["", "", "- ", "1. ", "2) ", "- **", "* ", "Vote: ", "Authors: ", "### ", "### [T", "![](", "<video src="]
    ),
    st.one_of(
        st.just(""), hostile_text, st.sampled_from(["3", "**H**: t", "](https://arxiv.org/abs/2401.00002v1)", "x)"])
    ),
)
arbitrary_pages = st.lists(lines, max_size=12).map(
    lambda body: "\n".join(["## Daily Papers (2024-10-21)", "### [T](https://arxiv.org/abs/2401.00003)", *body])
)


def test_the_canonical_form() -> None:
    day = Day(
        DAY,
        (
            Listing(
                Paper(
                    "2410.10210",
                    "T [x]",
                    authors=("Ann O'Hara", "Bo"),
                    more_authors=True,
                    image="/a.png",
                    video="https://v.test/a.mp4",
                    summary=(
                        Bullet("x", "What's New", children=(Bullet("y", number=1, children=(Bullet("z"),)),)),
                        Bullet("", "Website"),
                    ),
                ),
                4,
            ),
            Listing(Paper("2410.10211", "U")),
        ),
    )
    assert write_page(day) == (
        "## Daily Papers (2024-10-21)\n\n"
        "### [T [x]](https://arxiv.org/abs/2410.10210)\n\n"
        "![](/a.png)\n\n"
        "[Watch Video](https://v.test/a.mp4)\n"
        '<div><video controls src="https://v.test/a.mp4" muted="false"></video></div>\n\n'
        "Vote: 4\n\n"
        "Authors: [\"Ann O'Hara\", 'Bo', '+']\n\n"
        "- ***What's New***: x\n"
        "  1. y\n"
        "     - z\n"
        "- ***Website***:\n\n"
        "### [U](https://arxiv.org/abs/2410.10211)\n\n"
        "Vote: -\n"
    )
    assert read_page(write_page(day)).day == day


def test_a_day_without_papers() -> None:
    assert write_page(Day(DAY)) == "## Daily Papers (2024-10-21)\n"


@given(plain_days)
def test_a_day_of_sane_text_comes_back_as_it_was(day: Day) -> None:
    page = read_page(write_page(day))
    assert page.day == day
    assert page.remarks == ()


@given(arbitrary_days)
def test_any_day_can_be_read_again_and_then_stays_the_same(day: Day) -> None:
    page = read_page(write_page(day))
    assert page.remarks == ()
    assert page.day.date == day.date
    assert [item.paper.arxiv_id for item in page.day.listings] == [item.paper.arxiv_id for item in day.listings]
    assert [item.votes for item in page.day.listings] == [item.votes for item in day.listings]
    for read, written in zip(page.day.listings, day.listings, strict=True):
        assert read.paper.title == one_line(written.paper.title)
        assert read.paper.authors == tuple(map(one_line, written.paper.authors))
        assert read.paper.more_authors == written.paper.more_authors
    assert read_page(write_page(page.day)).day == page.day


@given(arbitrary_pages | st.text(max_size=200))
def test_any_text_is_refused_or_survives_being_written(text: str) -> None:
    try:
        day = read_page(text).day
    except PageError:
        return
    again = read_page(write_page(day))
    assert again.day == day
    assert again.remarks == ()


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("**Label**: text", None, Bullet("text", "Label")),
        ("text", "A*B", Bullet("***A*B***: text")),
        ("text", "Label: ", Bullet("text", "Label")),
        ("two\nlines", None, Bullet("two lines")),
    ],
)
def test_what_reading_makes_its_own_of(text: str, heading: str | None, expected: Bullet) -> None:
    day = Day(DAY, (Listing(Paper("2410.10210", "T", summary=(Bullet(text, heading),))),))
    assert read_page(write_page(day)).day.listings[0].paper.summary == (expected,)
