from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.papers.paper import abstract_beyond, abstract_view, authors_view, paper_links, paper_view
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Appearance, Bullet, Details, Listing, Paper, Text
from tests.bot.chat.checks import OURS, assert_fits, assert_safe
from tests.bot.chat.hostile import few, links, listings, long_texts, papers
from tests.bot.chat.markup import read
from tests.builders import FRIDAY, paper

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
@example(Details("2402.00001"), Listing(Paper("2402.00001", "T", image="https://example.org/1.png")), EN)
@given(details, listings, st.sampled_from([KO, EN]))
def test_a_view_of_any_details_fits(known: Details, listing: Listing, said: Catalogue) -> None:
    assert_fits(paper_view(Appearance(FRIDAY, listing), said, known))
    reading = read(paper_links(listing.paper, known, said))
    assert set(reading.kinds) <= OURS
    assert all(urlsplit(target).scheme in {"http", "https"} for target in reading.targets)


@few
@given(details, papers)
def test_any_abstract_is_shown_as_it_is(known: Details, paper: Paper) -> None:
    if abstract := abstract_beyond(paper, known, "en"):
        message = abstract_view(paper, abstract, EN)
        assert_fits(message)
        assert_safe(message)


def test_the_links_are_one_line_and_the_counts_stand_below() -> None:
    known = Details(
        "2402.00001", code="https://github.com/a/b", stars=12345, project="https://a.example/(b)", comments=3
    )
    assert paper_links(paper(), known, EN) == (
        "[arXiv](https://arxiv.org/abs/2402.00001) · [PDF](https://arxiv.org/pdf/2402.00001)"
        " · [HF](https://huggingface.co/papers/2402.00001) · [Code](https://github.com/a/b)"
        " · [Project](https://a.example/%28b%29) · [Discuss](https://huggingface.co/papers/2402.00001#community)"
    )
    view = paper_view(Appearance(FRIDAY, Listing(paper(), 5)), EN, known)
    assert view.embeds[-1].footer.text == "arXiv\u00a02402.00001 · ⭐ 12,345 · 💬 3 · Summary: Korean"
    view = paper_view(Appearance(FRIDAY, Listing(paper(), 5)), KO, Details("2402.00001", stars=5, comments=0))
    assert view.embeds[-1].footer.text == "arXiv\u00a02402.00001"
    assert (view.embeds[-1].fields[-1].value or "").endswith(
        "[토론](https://huggingface.co/papers/2402.00001#community)"
    )


def test_without_details_there_are_the_links_that_every_paper_has() -> None:
    assert paper_links(paper(), None, EN).count("](") == 3


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.b/c", "https://a.b/" + "x" * 300, "https://u@a.b/"])
def test_a_link_that_is_none_is_left_out(link: str) -> None:
    assert "Code" not in paper_links(paper(), Details("2402.00001", code=link, stars=5), EN)


def test_the_picture_stands_above_the_summary() -> None:
    head, body = paper_view(Appearance(FRIDAY, Listing(paper(), 5)), EN).embeds
    assert (head.image.url, head.title, head.description) == ("https://example.org/1.png", "Paper number 1", None)
    assert head.author.name == "5 votes · Friday, 23 February 2024"
    assert "강화학습" in (body.description or "")
    assert [field.name for field in body.fields] == ["Authors", "Links"]
    assert body.url != head.url  # Discord would merge them
    (alone,) = paper_view(Appearance(FRIDAY, Listing(paper(image=None), 5)), EN).embeds
    assert (alone.title, len(alone.fields)) == ("Paper number 1", 2)
    assert alone.description == body.description


@few
@given(papers, st.sampled_from([KO, EN]))
def test_all_authors_of_any_paper_fit_or_are_left_to_a_file(one: Paper, said: Catalogue) -> None:
    if (message := authors_view(one, said)) is not None:
        assert_fits(message)
        assert_safe(message)


def test_all_authors_are_shown_and_what_is_not_known_of_them_is_told() -> None:
    names = tuple(f"Author {number}" for number in range(70))
    for one, footer in (
        (paper(authors=names, ordered=True), None),
        (paper(authors=names), "In the order of the archive, which may not be the paper's own."),
    ):
        message = authors_view(one, EN)
        assert message is not None
        assert message.embeds[0].description == ", ".join(names)
        assert message.embeds[0].footer.text == footer
    cut = authors_view(paper(authors=names, more_authors=True), EN)
    assert cut is not None
    assert (cut.embeds[0].footer.text or "").endswith("The archive names only these; there are more.")
    assert authors_view(paper(authors=tuple(f"Author number {number}" for number in range(1500))), EN) is None


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
    assert bool(abstract_beyond(Paper("2402.00001", "T", summary=summary), known, "en")) is beyond


@pytest.mark.parametrize(
    ("said", "heading", "footer"),
    [
        (KO, "**새로운 점** This", "arXiv\u00a02402.00001 · 요약: 영어"),
        (EN, "**What's New** This", "arXiv\u00a02402.00001"),
    ],
    ids=["ko", "en"],
)
def test_a_view_speaks_the_readers_language_and_says_where_the_summary_does_not(
    said: Catalogue, heading: str, footer: str
) -> None:
    one = Paper("2402.00001", "Title", summary=(Bullet("This paper proposes cards.", heading="What's New"),))
    view = paper_view(Appearance(FRIDAY, Listing(one)), said).embeds[-1]
    assert str(view.description).startswith(heading)
    assert view.footer.text == footer


def test_a_view_shows_the_readers_text_and_offers_the_abstract_beyond_it() -> None:
    texts = (Text("en", (Bullet("One. Two."),)),)
    one = Paper("2402.00001", "T", summary=(Bullet("논문입니다."),), texts=texts)
    shown = {said: paper_view(Appearance(FRIDAY, Listing(one, 5)), said).embeds[-1].description for said in (KO, EN)}
    assert shown == {KO: "- 논문입니다.", EN: "- One. Two."}
    known = Details("2402.00001", abstract="One. Two.")
    assert [bool(abstract_beyond(one, known, language)) for language in ("ko", "en")] == [True, False]
