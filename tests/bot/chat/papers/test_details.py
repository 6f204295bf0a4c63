from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.cards import abstract_beyond, abstract_view, details_links, paper_view
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Appearance, Bullet, Details, Listing, Paper
from tests.bot.chat.checks import OURS, assert_fits, assert_safe
from tests.bot.chat.hostile import few, links, listings, long_texts, papers
from tests.bot.chat.markup import read
from tests.builders import FRIDAY

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
counts = st.none() | st.integers(0, 10**9)
details = st.builds(
    Details,
    arxiv_id=st.just("2402.00001"),
    abstract=long_texts,
    code=links,
    stars=counts,
    project=links,
    comments=counts,
)


@few
@given(details, listings, st.sampled_from([KO, EN]))
def test_a_view_of_any_details_fits(known: Details, listing: Listing, said: Catalogue) -> None:
    assert_fits(paper_view(Appearance(FRIDAY, listing), said, known))
    reading = read(details_links(known, said))
    assert set(reading.kinds) <= OURS
    assert all(urlsplit(target).scheme in {"http", "https"} for target in reading.targets)


@few
@given(details, papers)
def test_any_abstract_is_shown_as_it_is(known: Details, paper: Paper) -> None:
    if abstract := abstract_beyond(paper, known):
        message = abstract_view(paper, abstract, EN)
        assert_fits(message)
        assert_safe(message)


def test_without_details_there_are_no_links() -> None:
    assert details_links(None, EN) == ""


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.b/c", "https://a.b/" + "x" * 300, "https://u@a.b/"])
def test_a_link_that_is_none_is_left_out(link: str) -> None:
    assert details_links(Details("2402.00001", code=link, stars=5), EN).count("\n") == 0


@pytest.mark.parametrize(
    ("summary", "beyond"),
    [
        ((), True),
        ((Bullet("Another thing."),), True),
        ((Bullet("One is $x^2$. Two is more."),), False),
        ((Bullet("One is x². "), Bullet("Two is  more.")), False),
    ],
)
def test_the_abstract_is_offered_where_the_summary_is_another_text(summary: tuple[Bullet, ...], beyond: bool) -> None:  # noqa: FBT001  a case's value
    known = Details("2402.00001", abstract="One is $x^2$. Two is more.")
    assert bool(abstract_beyond(Paper("2402.00001", "T", summary=summary), known)) is beyond
