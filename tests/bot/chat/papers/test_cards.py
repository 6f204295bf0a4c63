from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.cards import edition_cards, edition_headline, edition_paper, paper_view, thread_name
from bot.digests.model import Selection
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Appearance, Bullet, Listing, Paper
from tests.bot.chat.checks import assert_fits, assert_safe, units
from tests.bot.chat.hostile import days, few, listings

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
DAY = date(2024, 2, 23)


def paper(number: int, **changes: object) -> Paper:
    facts = {"arxiv_id": f"2402.{number:05}", "title": f"Title {number}", "authors": ("Ada", "Grace", "Mary")}
    return Paper(**(facts | changes))  # type: ignore[arg-type]  # the tests' own facts


def selection(*papers: Paper, total: int = 20) -> Selection:
    return Selection(DAY, total, tuple(Listing(one, 40 - n) for n, one in enumerate(papers)))


selections = st.builds(
    Selection,
    day=days,
    total=st.integers(10, 2000),
    listings=st.lists(listings, min_size=1, max_size=10, unique_by=lambda listing: listing.paper.arxiv_id).map(tuple),
    early=st.booleans(),
    first_day=st.none() | days,
)


@few
@given(selections, st.sampled_from([KO, EN]))
def test_an_edition_of_any_papers_fits_and_holds_no_markup_but_ours(selection: Selection, said: Catalogue) -> None:
    for message in (edition_cards(selection, said), edition_headline(selection, said)):
        assert_fits(message)
        assert_safe(message)
    assert len(edition_cards(selection, said).embeds) == len(selection.listings)
    message = edition_paper(selection, len(selection.listings) - 1, said)
    assert_fits(message)
    assert_safe(message)
    assert 0 < units(thread_name(selection, said)) <= 100


@few
@given(days, listings, st.sampled_from([KO, EN]))
def test_a_view_of_any_paper_fits(day: date, listing: Listing, said: Catalogue) -> None:
    message = paper_view(Appearance(day, listing), said)
    assert_fits(message)
    assert_safe(message)


def test_an_edition_of_a_day_that_is_not_over_says_so() -> None:
    early = replace(selection(paper(1), total=12), early=True)
    assert edition_cards(early, EN).content.startswith("Friday, 23 February 2024, so far · 1 of 12 papers\n")
    assert edition_headline(early, KO).content.startswith("2024년 2월 23일 금요일, 지금까지 · 논문 12편 중 1편\n")
    assert "so far" in thread_name(early, EN)


def test_a_recap_names_its_week_and_marks_what_is_new() -> None:
    week = replace(
        selection(paper(1), paper(2), total=130), first_day=DAY - timedelta(days=6), new=frozenset({"2402.00002"})
    )
    cards = edition_cards(week, EN)
    heading, leader, legend = cards.content.splitlines()
    assert heading == "Week of 17–23 Feb 2024 · 2 of 130 papers"
    assert leader.startswith("Top: Title 1")
    assert legend == "🆕 not yet in a daily edition here"
    assert [embed.author.name for embed in cards.embeds] == ["🥇 40 votes", "🥈 39 votes · 🆕"]
    headline = edition_headline(week, KO)
    assert headline.content.startswith("2024년 2월 17일~23일 한 주 · 논문 130편 중 2편\n")
    assert [line.endswith("🆕") for line in str(headline.embeds[0].description).splitlines()] == [False, True]
    assert edition_paper(week, 1, KO).embeds[0].author.name == "🥈 추천 39 · 🆕"
    early = edition_headline(replace(week, early=True), KO).content
    assert early.startswith("2024년 2월 17일~23일 한 주, 지금까지 · 논문 130편 중 2편\n")
    assert thread_name(week, EN) == "Week of 17–23 Feb 2024 · 2 papers"


def test_ten_long_papers_share_the_room_fairly() -> None:
    long = (Bullet("긴 문장을 여기에 적습니다. " * 200, heading="What's New"),)
    message = edition_cards(selection(*(paper(n, summary=long, title="Title " * 60) for n in range(10))), KO)
    assert_fits(message)
    sizes = sorted(units(embed.description) for embed in message.embeds)
    assert sizes[0] > 300
    assert sizes[-1] - sizes[0] < 40
    assert all((embed.description or "").endswith("적습니다. …") for embed in message.embeds)


def test_a_card() -> None:
    one = paper(1, title="MVD$^2$: A* *search*", image="https://cdn.example.org/a.png", summary=(Bullet("Short."),))
    (card,) = edition_cards(selection(one), EN).embeds
    assert card.title == r"MVD²: A\* \*search\*"
    assert card.url == "https://arxiv.org/abs/2402.00001"
    assert card.author.name == "🥇 40 votes"
    assert card.footer.text == "Ada, Grace and 1 more · arXiv 2402.00001"
    assert card.description == "- Short."
    assert card.image.url == "https://cdn.example.org/a.png"


def test_the_first_card_has_a_large_picture_and_the_others_a_small_one() -> None:
    cards = edition_cards(selection(*(paper(n, image=f"https://cdn.example.org/{n}.png") for n in range(3))), EN).embeds
    assert [bool(card.image.url) for card in cards] == [True, False, False]
    assert [bool(card.thumbnail.url) for card in cards] == [False, True, True]


def test_ranks_are_medals_then_numbers() -> None:
    cards = edition_cards(selection(*map(paper, range(5))), KO).embeds
    assert [card.author.name for card in cards] == [
        "🥇 추천 40",
        "🥈 추천 39",
        "🥉 추천 38",
        "4. 추천 37",
        "5. 추천 36",
    ]
    assert all(better.colour != worse.colour for better, worse in pairwise(cards[:4]))


def test_a_video_is_a_link_and_the_site_s_card_its_picture() -> None:
    (card,) = edition_cards(selection(paper(1, video="https://cdn.example.org/a.mp4")), EN).embeds
    assert card.description == "[▶ Video](https://cdn.example.org/a.mp4)"
    assert card.image.url == "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2402.00001.png"


def test_a_relative_picture_is_dropped() -> None:
    (card,) = edition_cards(selection(paper(1, image="/avatars/a.svg")), EN).embeds
    assert card.image.url is None


@pytest.mark.parametrize(
    ("total", "papers", "korean", "english"),
    [
        (14, 3, "2024년 2월 23일 금요일 · 논문 14편 중 3편", "Friday, 23 February 2024 · 3 of 14 papers"),
        (14, 1, "2024년 2월 23일 금요일 · 논문 14편 중 1편", "Friday, 23 February 2024 · 1 of 14 papers"),
        (3, 3, "2024년 2월 23일 금요일 · 논문 3편", "Friday, 23 February 2024 · 3 papers"),
        (1, 1, "2024년 2월 23일 금요일 · 논문 1편", "Friday, 23 February 2024 · 1 paper"),
    ],
)
def test_the_opening_says_the_day_and_the_best(total: int, papers: int, korean: str, english: str) -> None:
    chosen = selection(*map(paper, range(papers)), total=total)
    assert edition_cards(chosen, KO).content == f"{korean}\n1위: Title 0 · 추천 40"
    assert edition_headline(chosen, EN).content == f"{english}\nTop: Title 0 · 40 votes"


def test_an_opening_without_votes_names_no_best() -> None:
    chosen = Selection(DAY, 2, (Listing(paper(1)), Listing(paper(2))))
    assert edition_cards(chosen, EN).content.endswith("\nFirst up: Title 1")
    assert edition_cards(chosen, EN).embeds[0].author.name == "1."


def test_a_headline_lists_the_thread_s_papers() -> None:
    (contents,) = edition_headline(selection(paper(1), paper(2)), EN).embeds
    assert contents.description == (
        "🥇 [Title 1](https://arxiv.org/abs/2402.00001) · 40 votes\n"
        "🥈 [Title 2](https://arxiv.org/abs/2402.00002) · 39 votes"
    )
    assert thread_name(selection(paper(1), paper(2)), KO) == "2024년 2월 23일 금요일 · 논문 2편"


def test_a_view_names_all_authors_and_the_day() -> None:
    (view,) = paper_view(Appearance(DAY, Listing(paper(1), 1)), EN).embeds
    assert view.author.name == "1 vote · Friday, 23 February 2024"
    assert [(field.name, field.value) for field in view.fields] == [("Authors", "Ada, Grace, Mary")]
