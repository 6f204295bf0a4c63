from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.cards import paper_view
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Appearance, Bullet, Listing, Paper
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.bot.chat.hostile import days, few, listings

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
DAY = date(2024, 2, 23)


@few
@given(days, listings, st.sampled_from([KO, EN]))
def test_a_view_of_any_paper_fits(day: date, listing: Listing, said: Catalogue) -> None:
    message = paper_view(Appearance(day, listing), said)
    assert_fits(message)
    assert_safe(message)


def test_a_view_names_all_authors_and_the_day() -> None:
    paper = Paper("2402.00001", "Title", ("Ada", "Grace", "Mary"))
    (view,) = paper_view(Appearance(DAY, Listing(paper, 1)), EN).embeds
    assert view.author.name == "1 vote · Friday, 23 February 2024"
    assert [(field.name, field.value) for field in view.fields] == [("Authors", "Ada, Grace, Mary")]


@pytest.mark.parametrize(
    ("said", "heading", "footer"),
    [(KO, "**새로운 점** This", "arXiv 2402.00001 · 요약: 영어"), (EN, "**What's New** This", "arXiv 2402.00001")],
    ids=["ko", "en"],
)
def test_a_view_speaks_the_readers_language_and_says_where_the_summary_does_not(
    said: Catalogue, heading: str, footer: str
) -> None:
    paper = Paper("2402.00001", "Title", summary=(Bullet("This paper proposes cards.", heading="What's New"),))
    (view,) = paper_view(Appearance(DAY, Listing(paper)), said).embeds
    assert str(view.description).startswith(heading)
    assert view.footer.text == footer
