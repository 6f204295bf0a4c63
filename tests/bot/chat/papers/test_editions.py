from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.editions import (
    edition_cards,
    edition_full,
    edition_headline,
    edition_messages,
    edition_paper,
    thread_name,
)
from bot.chat.text.escape import width
from bot.chat.text.limits import Message
from bot.digests.model import Favourite, Recap, Selection, Style, Subject
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Bullet, Listing, Paper, Text
from tests.bot.chat.checks import assert_fits, assert_safe, units
from tests.bot.chat.hostile import days, few, listings, texts

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
DAY = date(2024, 2, 23)


def paper(number: int, **changes: object) -> Paper:
    facts = {
        "arxiv_id": f"2402.{number:05}",
        "title": f"Title {number}",
        "authors": ("Ada", "Grace", "Mary"),
        "ordered": True,
    }
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
    subject=st.none() | st.builds(Subject, texts, st.integers(0, 2000)),
    recap=st.none()
    | st.builds(
        Recap,
        st.lists(st.builds(Favourite, st.just("2402.00001"), texts, st.integers(1, 10**6)), max_size=3).map(tuple),
        st.lists(texts, max_size=3).map(tuple),
    ),
)


@few
@given(selections, st.sampled_from([KO, EN]))
def test_an_edition_of_any_papers_fits_and_holds_no_markup_but_ours(selection: Selection, said: Catalogue) -> None:
    for style in Style:
        messages = list(edition_messages(selection, style, said))
        for message in messages:
            assert_fits(message)
            assert_safe(message)
        shown = 1 if style is Style.THREAD else 0
        assert sum(len(message.embeds) for message in messages) == len(selection.listings) + shown
    assert 0 < units(thread_name(selection, said)) <= 100


def test_an_edition_of_a_day_that_is_not_over_says_so() -> None:
    early = replace(selection(paper(1), total=12), early=True)
    assert edition_cards(early, EN).content == "1 paper: Title 1\nFriday, 23 February 2024, so far · 12 in all"
    assert edition_headline(early, KO).content.endswith("\n2024년 2월 23일 금요일, 지금까지 · 전체 12편")
    assert "so far" in thread_name(early, EN)


def test_a_recap_names_its_week_and_marks_what_is_new() -> None:
    week = replace(
        selection(paper(1), paper(2), total=130), first_day=DAY - timedelta(days=6), new=frozenset({"2402.00002"})
    )
    cards = edition_cards(week, EN)
    leader, heading, legend = cards.content.splitlines()
    assert leader == "2 papers · Top: Title 1"
    assert heading == "Week of 17–23 Feb 2024 · 130 in all"
    assert legend == f"🆕 {EN.say('edition-new')}"
    assert [str(embed.footer.text).split(" · Ada")[0] for embed in cards.embeds] == ["40 votes", "39 votes · 🆕"]
    assert [embed.author.name for embed in edition_full(week, EN).embeds] == ["🥇 40 votes", "🥈 39 votes · 🆕"]
    headline = edition_headline(week, KO)
    assert headline.content.startswith("논문 2편 · 1위: Title 1\n2024년 2월 17일~23일 한 주 · 전체 130편\n")
    assert [line.endswith("🆕") for line in str(headline.embeds[0].description).splitlines()] == [False, True]
    assert edition_paper(week, 1, KO).embeds[0].author.name == "🥈 추천 39 · 🆕"
    early = edition_headline(replace(week, early=True), KO).content
    assert "\n2024년 2월 17일~23일 한 주, 지금까지 · 전체 130편\n" in early
    assert thread_name(week, EN) == "Week of 17–23 Feb 2024 · 2 papers"


NEWS = Bullet("짧은 카드(short card)를 제안합니다. 둘째 문장입니다.", heading="What's New")
DETAILS = Bullet("표를 씁니다.", heading="Technical Details")


def test_a_short_card() -> None:
    one = paper(1, title="MVD$^2$: A* *search*", image="https://cdn.example.org/a.png", summary=(NEWS, DETAILS))
    (card,) = edition_cards(selection(one), KO).embeds
    assert card.description == (
        "**🥇 [MVD²: A∗ ∗search∗](https://arxiv.org/abs/2402.00001)**\n짧은 카드(short card)를 제안합니다."
    )
    assert card.footer.text == "추천 40 · Ada, Grace 외 1명"
    assert card.thumbnail.url == "https://cdn.example.org/a.png"
    assert (card.title, card.author.name, card.image.url) == (None, None, None)


def test_a_short_card_of_a_paper_of_which_little_is_known() -> None:
    bare = Selection(DAY, 1, (Listing(Paper("2402.00001", "Title")),))
    (card,) = edition_cards(bare, EN).embeds
    assert card.description == "**1. [Title](https://arxiv.org/abs/2402.00001)**"
    assert not {"title", "footer", "thumbnail", "image"} & card.to_dict().keys()


def test_all_short_cards_have_a_small_picture() -> None:
    cards = edition_cards(selection(*(paper(n, image=f"https://cdn.example.org/{n}.png") for n in range(3))), EN).embeds
    assert [(bool(card.image.url), bool(card.thumbnail.url)) for card in cards] == [(False, True)] * 3


@pytest.mark.parametrize("write", [edition_cards, edition_full])
def test_pictures_have_alt_text(write: Callable[[Selection, Catalogue], Message]) -> None:
    chosen = selection(*(paper(n, image=f"https://cdn.example.org/{n}.png") for n in range(2)))
    sent = [card.to_dict() for card in write(chosen, KO).embeds]
    pictures = [card.get("image") or card["thumbnail"] for card in sent]
    assert [picture["description"] for picture in pictures] == ["“Title 0” 논문의 그림", "“Title 1” 논문의 그림"]  # type: ignore[typeddict-item]  # discord.py's type lacks it


LONG_TITLE = "A Study of Long Titles: How Far a Name May Run Before It Is Cut by an Editor Who Has Only Two Lines"
LONG_NAMES = ("Alexandria Featherstonehaugh-Smythe", "Maximilian von Hohenzollern-Sigmaringen", "Ada", "Grace")
LONG_SENTENCES = {
    KO: "이 연구는 휴대폰에서 한눈에 읽히는 짧은 카드를 만들기 위해 문장을 어디에서 잘라야 하는지 살펴보고 " * 4,
    EN: "This study looks at where a sentence should be cut so that a card can be read at a glance on a phone and " * 4,
}


@pytest.mark.parametrize("said", [KO, EN], ids=["ko", "en"])
@pytest.mark.parametrize(("count", "most"), [(1, 224), (5, 110), (10, 130)])
def test_the_texts_of_short_cards_are_bounded(said: Catalogue, count: int, most: int) -> None:
    """Heights follow from them; `tests/browser/test_heights.py` measures those."""
    long = (Bullet(LONG_SENTENCES[said], heading="What's New"),)
    papers = [paper(n, title=LONG_TITLE, authors=LONG_NAMES, summary=long) for n in range(count)]
    cards = edition_cards(selection(*papers), said).embeds
    heads, sentences = zip(*(str(card.description).split("\n") for card in cards), strict=True)
    assert all(width(head) <= 100 + width("**🥇 [](https://arxiv.org/abs/2402.00001)**") for head in heads)
    assert all(width(str(card.footer.text)) <= 110 for card in cards)
    assert all(40 < width(sentence) <= most for sentence in sentences)


def test_what_a_card_does_not_need_is_left_to_the_others() -> None:
    brief, long = (Bullet("짧습니다."),), (Bullet(LONG_SENTENCES[KO]),)
    alone = edition_cards(selection(*(paper(n, title=LONG_TITLE, summary=long) for n in range(5))), KO).embeds
    mixed = [paper(0, title=LONG_TITLE, summary=long), *(paper(n, summary=brief) for n in range(1, 5))]
    assert width(str(edition_cards(selection(*mixed), KO).embeds[0].description)) > width(str(alone[0].description))


KOREAN, ENGLISH = (Bullet("이 논문은 카드를 제안합니다."),), (Bullet("This paper proposes cards."),)


@pytest.mark.parametrize("write", [edition_cards, edition_full])
def test_a_summary_in_another_language_says_so(write: Callable[[Selection, Catalogue], Message]) -> None:
    mixed = write(selection(paper(1, summary=KOREAN), paper(2, summary=ENGLISH), paper(3)), KO)
    assert [str(card.footer.text).endswith(" · 요약: 영어") for card in mixed.embeds] == [False, True, False]
    assert "요약" not in mixed.content
    alike = write(selection(paper(1, summary=KOREAN), paper(2, summary=KOREAN), paper(3)), EN)
    assert alike.content.endswith("\n-# Summary: Korean")
    assert not any("Korean" in str(card.footer.text) for card in alike.embeds)


def test_ten_full_cards_of_long_papers_share_the_room_fairly() -> None:
    long = (Bullet("긴 문장을 여기에 적습니다. " * 200, heading="What's New"),)
    message = edition_full(selection(*(paper(n, summary=long, title="Title " * 60) for n in range(10))), KO)
    assert_fits(message)
    sizes = sorted(units(embed.description) for embed in message.embeds)
    assert sizes[0] > 300
    assert sizes[-1] - sizes[0] < 40
    assert all((embed.description or "").endswith("적습니다. …") for embed in message.embeds)


def test_a_full_card() -> None:
    one = paper(1, title="MVD$^2$: A* *search*", image="https://cdn.example.org/a.png", summary=(Bullet("Short."),))
    (card,) = edition_full(selection(one), EN).embeds
    assert card.title == r"MVD²: A\* \*search\*"
    assert card.url == "https://arxiv.org/abs/2402.00001"
    assert card.author.name == "🥇 40 votes"
    assert card.footer.text == "Ada, Grace and 1 more · arXiv\u00a02402.00001"
    assert card.description == "- Short."
    assert card.image.url == "https://cdn.example.org/a.png"


def test_the_first_full_card_has_a_large_picture_and_the_others_a_small_one() -> None:
    cards = edition_full(selection(*(paper(n, image=f"https://cdn.example.org/{n}.png") for n in range(3))), EN).embeds
    assert [bool(card.image.url) for card in cards] == [True, False, False]
    assert [bool(card.thumbnail.url) for card in cards] == [False, True, True]


def test_ranks_of_full_cards_are_medals_then_numbers() -> None:
    cards = edition_full(selection(*map(paper, range(5))), KO).embeds
    assert [card.author.name for card in cards] == [
        "🥇 추천 40",
        "🥈 추천 39",
        "🥉 추천 38",
        "4. 추천 37",
        "5. 추천 36",
    ]
    assert all(better.colour != worse.colour for better, worse in pairwise(cards[:4]))


def test_a_video_is_a_link_and_the_site_s_card_its_picture() -> None:
    (card,) = edition_full(selection(paper(1, video="https://cdn.example.org/a.mp4")), EN).embeds
    assert card.description == "[▶ Video](https://cdn.example.org/a.mp4)"
    assert card.image.url == "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2402.00001.png"


def test_a_relative_picture_is_dropped() -> None:
    (card,) = edition_full(selection(paper(1, image="/avatars/a.svg")), EN).embeds
    assert card.image.url is None
    (card,) = edition_cards(selection(paper(1, image="/avatars/a.svg")), EN).embeds
    assert card.thumbnail.url is None


@pytest.mark.parametrize(
    ("total", "papers", "korean", "english"),
    [
        (14, 3, "논문 3편 · 1위: Title 0\n{} · 전체 14편", "3 papers · Top: Title 0\n{} · 14 in all"),
        (14, 1, "논문 1편 · 1위: Title 0\n{} · 전체 14편", "1 paper: Title 0\n{} · 14 in all"),
        (3, 3, "논문 3편 · 1위: Title 0\n{}", "3 papers · Top: Title 0\n{}"),
    ],
)
def test_the_first_line_says_how_many_and_the_best(total: int, papers: int, korean: str, english: str) -> None:
    chosen = selection(*map(paper, range(papers)), total=total)
    assert edition_cards(chosen, KO).content == korean.format("2024년 2월 23일 금요일")
    assert edition_full(chosen, KO).content == korean.format("2024년 2월 23일 금요일")
    assert edition_headline(chosen, EN).content == english.format("Friday, 23 February 2024")


def test_a_first_line_without_votes_names_no_best() -> None:
    chosen = Selection(DAY, 2, (Listing(paper(1)), Listing(paper(2))))
    assert edition_cards(chosen, EN).content.startswith("2 papers · First: Title 1\n")
    assert edition_full(chosen, EN).embeds[0].author.name == "1."


def test_a_headline_lists_the_thread_s_papers() -> None:
    (contents,) = edition_headline(selection(paper(1), paper(2)), EN).embeds
    assert contents.description == (
        "🥇 [Title 1](https://arxiv.org/abs/2402.00001) · 40 votes\n"
        "🥈 [Title 2](https://arxiv.org/abs/2402.00002) · 39 votes"
    )
    assert thread_name(selection(paper(1), paper(2)), KO) == "2024년 2월 23일 금요일 · 논문 2편"


def test_late_papers_are_marked_and_the_mark_is_explained() -> None:
    thursday = DAY - timedelta(days=1)
    edition = replace(selection(paper(1), paper(2)), late=frozenset({("2402.00002", thursday)}))
    for said, legend in (
        (KO, "🕘 2024년 2월 22일 목요일 목록에 늦게 올라온 논문"),
        (EN, "🕘 listed late, on Thursday, 22 February 2024"),
    ):
        cards, headline = edition_cards(edition, said), edition_headline(edition, said)
        assert [message.content.splitlines()[2:] for message in (cards, headline)] == [[legend], [legend]]
        assert ["🕘" in str(embed.footer.text) for embed in cards.embeds] == [False, True]
        assert ["🕘" in row for row in str(headline.embeds[0].description).splitlines()] == [False, True]


def test_late_papers_of_several_days_are_explained_by_the_first_and_the_last_day() -> None:
    late = frozenset({("2402.00001", DAY - timedelta(days=3)), ("2402.00002", DAY - timedelta(days=1))})
    opening = edition_cards(replace(selection(paper(1), paper(2)), late=late), EN).content
    assert opening.endswith(f"listed late, on {EN.span(DAY - timedelta(days=3), DAY - timedelta(days=1))}")


def test_each_server_reads_the_text_in_its_language() -> None:
    korean, english = (Bullet("논문은 강화학습을 다룹니다."),), (Bullet("The site's line."),)
    chosen = selection(paper(1, summary=korean, texts=(Text("en", english),)))
    for style in Style:
        for said, shown, other in ((KO, korean, english), (EN, english, korean)):
            written = str([card.to_dict() for each in edition_messages(chosen, style, said) for card in each.embeds])
            assert shown[0].text.removesuffix("다.") in written.replace("\\", "")
            assert other[0].text not in written.replace("\\", "")
            assert "Summary" not in written
            assert "요약" not in written


@pytest.mark.parametrize(
    ("said", "second", "thread"),
    [
        (KO, "2024년 2월 23일 금요일 · 확산 모델 · 논문 19편 중 4편", "확산 모델 · 2024년 2월 23일 금요일 · 논문 2편"),
        (
            EN,
            "Friday, 23 February 2024 · 확산 모델 · 4 of 19 papers",
            "확산 모델 · Friday, 23 February 2024 · 2 papers",
        ),
    ],
    ids=["ko", "en"],
)
def test_an_edition_says_its_subject_and_how_many_of_the_papers_match(
    said: Catalogue, second: str, thread: str
) -> None:
    edition = replace(selection(paper(1), paper(2), total=19), subject=Subject("확산 모델", 4))
    for message in (edition_cards(edition, said), edition_full(edition, said), edition_headline(edition, said)):
        assert message.content.splitlines()[1] == second
    assert thread_name(edition, said) == thread


def test_a_recap_tells_of_favourites_and_topics_once_in_every_style() -> None:
    told = Recap((Favourite("2402.00001", "Title 1", 3), Favourite("2402.00009", "*Nine*", 1)), ("Mamba", "RAG"))
    recap = replace(selection(paper(1), paper(2)), first_day=DAY - timedelta(days=6), recap=told)
    lines = {"👍 Favourites here: “Title 1” (3), “\\*Nine\\*” (1)", "📈 Talked about more: Mamba, RAG"}
    for style in Style:
        written = [line for message in edition_messages(recap, style, EN) for line in message.content.splitlines()]
        assert sorted(line for line in written if line in lines) == sorted(lines), style
