"""Search over a real library: every line of what search has to get right."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.papers import Bullet, Day, Details, Listing, Paper
from bot.search.matcher import Document, matches
from bot.search.model import Filters, SearchPage, Sort, Tier
from bot.search.query import MAX_QUERY, parse
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library, StoredPage
from tests.builders import FRIDAY, utc

THURSDAY = FRIDAY - timedelta(days=1)
NONE: Mapping[str, str] = MappingProxyType({})

PAPERS = (
    Paper(
        "1", "Diffusion Transformers at Scale", ("Mina Kim", "John Doe"), summary=(Bullet("확산 모델의 효율적 학습"),)
    ),
    Paper("2", "Reinforcement Learning from Feedback", ("Doe Kim",), summary=(Bullet("강화 학습을 사람의 선호로"),)),
    Paper("3", "GPT-4 Technical Report", ("Li Wei",), summary=(Bullet("강화학습과 트랜스포머의 결합, 로봇 제어"),)),
    Paper("4", "GPT-4o: World Models", ("Wei Li Chen",), summary=(Bullet("세계 모델을 다루는 그래프 신경망"),)),
    Paper(
        "5",
        "Searching with A* in C++",
        ("Thomas Müller",),
        summary=(Bullet("MVD² 표현; 환각(hallucination)을 줄이는 방법"),),
    ),
    Paper(
        "6",
        "Less Hallucination",
        ("Ann Lee",),
        summary=(Bullet("Retrieval-Augmented Generation(RAG)과 환각(hallucination)"),),
    ),
    Paper("7", "Hallucinations of Agents", ("Bo Ray",), summary=(Bullet("Retrieval-Augmented Generation(RAG) 비교"),)),
)


LATEX = (
    Paper("1", r"Solving Schr\"odinger with \textbf{Nets}", ("Erd\\H{o}s P.",), summary=(Bullet("Q&amp;A도 합니다"),)),
    Paper(
        "2", "Cats", summary=(Bullet(r"\textsc{강화}학습 그리고 $X^{2}_{t}$"), Bullet(r"\cite{가나다라}라고 합니다"))
    ),
    Paper("3", "Dogs", summary=(Bullet("``Large models'' &lt;br&gt; 50\\% of R\\&D"),)),
)


@asynccontextmanager
async def searching(
    path: Path, *papers: Paper, budget: float = 5.0, abstracts: Mapping[str, str] = NONE
) -> AsyncIterator[Search]:
    now, details = utc(2024, 2, 23), tuple(Details(name, abstract) for name, abstract in abstracts.items())
    async with Database.open(path / "search.db") as database:
        library = Library(database)
        listings = tuple(Listing(paper, number) for number, paper in enumerate(papers))
        await library.store_page("a", "h", Day(THURSDAY, listings[: len(papers) // 2]), now)
        page = StoredPage("b", "h", Day(FRIDAY, listings[len(papers) // 2 :]), details=details, read_at=now)
        async with database.write() as tx:
            put = await library.put(tx, page, now)
        await library.stored(put)
        yield Search(library, budget)


@pytest.fixture
async def search(tmp_path: Path) -> AsyncIterator[Search]:
    async with searching(tmp_path, *PAPERS) as opened:
        yield opened


def ids(page: SearchPage) -> list[str]:
    return [hit.listing.paper.arxiv_id for hit in page.results]


async def found(search: Search, text: str, filters: Filters | None = None) -> list[str]:
    return ids(await search.search(text, filters or Filters(), limit=10))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화학습", {"2", "3"}),
        ("강화 학습", {"2", "3"}),
        ("강화학습을", {"2"}),
        ("world", {"4"}),
        ("transformer", {"1"}),
        ("scaling", {"1"}),
        ("c++", {"5"}),
        ("a*", {"5"}),
        ("mvd2", {"5"}),
        ("muller", {"5"}),
        ("gpt", {"3", "4"}),
        ("gpt -world", {"3"}),
        ("title:gpt author:wei", {"3", "4"}),
        ('"technical report"', {"3"}),
    ],
)
async def test_a_query_finds_what_it_means(search: Search, text: str, expected: set[str]) -> None:
    page = await search.search(text, limit=10)
    strict = {hit.listing.paper.arxiv_id for hit in page.results if hit.tier <= Tier.ALL}
    assert strict == expected


async def test_what_only_looks_alike_is_not_found_literally(search: Search) -> None:
    for text, other in (("화학", "2"), ("RL", "4"), ("GPT-4", "4")):
        page = await search.search(text, limit=10)
        assert other not in [hit.listing.paper.arxiv_id for hit in page.results if hit.tier <= Tier.ALL]


async def test_arxiv_ids_and_links_are_exact_look_ups(search: Search, tmp_path: Path) -> None:
    async with searching(tmp_path / "..", Paper("2402.14253", "One"), Paper("2402.14254", "Two 2402.14253")) as other:
        for text in ("2402.14253", "https://arxiv.org/abs/2402.14253v2"):
            page = await other.search(text, Filters(min_votes=99), limit=5)
            assert (ids(page), page.total, page.results[0].tier) == (["2402.14253"], 1, Tier.EXACT)
        assert (await other.search("2402.14253", limit=5, offset=5)).results == ()
        assert (await other.search("2402.00000", limit=5)).total == 0
    assert await found(search, "9999.99999") == []


async def test_the_whole_query_as_a_phrase_comes_first(tmp_path: Path) -> None:
    apart = Paper("apart", "Models of language, large", summary=(Bullet("language " * 20 + "large " * 20),))
    row = Paper("row", "Other", summary=(Bullet("on large language matters"),))
    async with searching(tmp_path, apart, row) as search:
        page = await search.search("large language", limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [
        ("row", Tier.PHRASE),
        ("apart", Tier.ALL),
    ]


@pytest.mark.parametrize(("text", "expected"), [("diffusion transf", "1"), ("report tech", "3"), ("그래프 신겨", "4")])
async def test_the_last_word_may_be_half_typed(search: Search, text: str, expected: str) -> None:
    page = await search.search(text, limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [(expected, Tier.PREFIX)]
    assert page.mended is None


@pytest.mark.parametrize(
    ("text", "expected", "mended"),
    [
        ("트랜스포머를", "3", "트랜스포머"),
        ("확산에서 학습으로", "1", "확산 학습"),
        ("difusion", "1", "diffusion"),
        ("tehcnical gpt", "3", "technical gpt"),
        ("그램프 신경망", "4", "그래프 신경망"),
    ],
)
async def test_particles_and_one_typing_error_are_mended(search: Search, text: str, expected: str, mended: str) -> None:
    page = await search.search(text, limit=5)
    assert (ids(page), page.mended, {hit.tier for hit in page.results}) == ([expected], mended, {Tier.MENDED})
    assert page.terms == parse(mended).terms


async def test_a_half_typed_word_that_the_filters_hide_is_not_mended(search: Search) -> None:
    page = await search.search("world mode", Filters(min_votes=99), limit=5)
    assert (page.results, page.mended) == ((), None)


async def test_nothing_is_mended_where_only_the_filters_find_nothing(search: Search) -> None:
    page = await search.search("diffusion", Filters(min_votes=99), limit=5)
    assert (page.total, page.mended) == (0, None)


async def test_at_last_any_of_the_words_will_do(search: Search) -> None:
    page = await search.search("diffusion zebra robots 로봇", limit=5)
    assert set(ids(page)) == {"1", "3"}
    assert {hit.tier for hit in page.results} == {Tier.ANY}


async def test_names_match_in_either_order(search: Search) -> None:
    assert await found(search, "Kim Mina") == ["1"]
    assert await found(search, "author:mina author:kim") == ["1"]


async def test_terms_are_found_in_the_other_language_below_literal_hits(search: Search) -> None:
    page = await search.search("환각", limit=10)
    assert set(ids(page)[:2]) == {"5", "6"}
    assert (ids(page)[2], page.results[2].tier, page.translated) == ("7", Tier.TRANSLATED, ("hallucination",))


async def test_hits_in_the_other_language_are_ordered_by_its_words(tmp_path: Path) -> None:
    explained = [Paper(f"{number}", "Text", summary=(Bullet("환각(hallucination)"),)) for number in (1, 2)]
    in_title = Paper("title", "Hallucination", summary=(Bullet("other things and more of them"),))
    in_summary = Paper("summary", "Other", summary=(Bullet("about hallucination"),))
    async with searching(tmp_path, *explained, in_title, in_summary) as search:
        page = await search.search("환각", limit=10)
    assert ids(page)[2:] == ["title", "summary"]
    assert [term.text for term in page.terms] == ["환각", "hallucination"]


async def test_a_hit_of_an_earlier_tier_ranks_above_one_of_a_later(search: Search) -> None:
    for text in ("gpt", "model", "강화학습", "환각", "li wei", "학습"):
        tiers = [hit.tier for hit in (await search.search(text, limit=10)).results]
        assert tiers == sorted(tiers)


async def test_a_hit_in_the_title_ranks_before_one_in_the_summary(tmp_path: Path) -> None:
    in_summary = Paper("summary", "Other", summary=(Bullet("about diffusion models"),))
    in_title = Paper("title", "Diffusion", summary=(Bullet("other things and more of them"),))
    async with searching(tmp_path, in_title, in_summary) as search:
        assert await found(search, "diffusion") == ["title", "summary"]


async def test_votes_then_recency_break_ties_and_sort_overrides(tmp_path: Path) -> None:
    papers = [Paper(str(number), "Same words") for number in range(4)]
    async with searching(tmp_path, *papers) as search:
        assert await found(search, "same") == ["3", "2", "1", "0"]
        assert await found(search, "same", Filters(sort=Sort.VOTES)) == ["3", "2", "1", "0"]
        assert await found(search, "same", Filters(sort=Sort.NEWEST)) == ["3", "2", "1", "0"]
        assert await found(search, "same", Filters(until=THURSDAY)) == ["1", "0"]
        assert await found(search, "same", Filters(since=FRIDAY, min_votes=3)) == ["3"]


async def test_abstracts_are_searched_and_weigh_less_than_summaries(tmp_path: Path) -> None:
    papers = [
        Paper("abstract", "On it", summary=(Bullet("One line."),)),
        Paper("summary", "On it", summary=(Bullet("It hallucinates."),)),
    ]
    abstracts = {"abstract": "A model hallucinates; we do not.", "summary": "Something else."}
    async with searching(tmp_path, *reversed(papers), abstracts=abstracts) as search:
        page = await search.search("hallucination", limit=5)
        assert ids(page) == ["summary", "abstract"]
        assert [hit.tier for hit in page.results] == [Tier.ALL] * 2
        assert page.appearances[1].abstract == abstracts["abstract"]
        assert {hit.tier for hit in (await search.search("title:hallucinates", limit=5)).results} == {Tier.ANY}
        (row,) = (await search.search("model hallucinates", limit=5)).results
        assert row.tier is Tier.PHRASE


async def test_pages_share_one_total_and_repeat_nothing(tmp_path: Path) -> None:
    papers = [Paper(str(number), "graph" if number % 2 else "graphical " * number) for number in range(30)]
    async with searching(tmp_path, *papers) as search:
        pages = [await search.search("graph", limit=4, offset=offset) for offset in range(0, 32, 4)]
    assert len({page.total for page in pages}) == 1
    shown = [one for page in pages for one in ids(page)]
    assert len(shown) == len(set(shown)) == pages[0].total


async def test_a_long_query_is_cut_and_says_so(search: Search) -> None:
    page = await search.search("diffusion " * 400, limit=5)
    assert page.query.cut
    assert len(str(page.query)) <= MAX_QUERY


async def test_a_search_whose_time_is_up_says_so(tmp_path: Path) -> None:
    async with searching(tmp_path, *PAPERS, budget=-1.0) as search:
        page = await search.search("diffusion model", limit=5)
    assert (page.stopped, page.at_least) == (True, True)
    assert {hit.tier for hit in page.results} == {Tier.ANY}


@pytest.mark.parametrize("text", ["", "-survey", "🤗", "\ud800", '"', "author:"])
async def test_a_text_that_asks_for_nothing_finds_nothing(search: Search, text: str) -> None:
    page = await search.search(text, limit=5)
    assert (page.total, page.results, page.query.is_empty) == (0, (), True)


NASTY = st.one_of(
    st.text(st.characters(), max_size=60),
    st.text("\"'*()^:+-{},. \\\x00\ud800강하ㅎ습a_", max_size=40),
    st.lists(
        st.sampled_from(["AND", "OR", "NOT", "NEAR(", ")", '"', "title:", "-", "*", "가", "gpt-", "שלום", "🤗"])
    ).map(" ".join),
    st.sampled_from(["가" * 4000, "a" * 4000, "a-b " * 1000, "강 화 " * 1000, '"' * 4000]),
)


async def test_no_input_raises(search: Search) -> None:
    texts: list[str] = []

    @settings(suppress_health_check=list(HealthCheck))
    @given(NASTY)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    for text in texts:
        await search.search(text, limit=3)


WORDS = st.sampled_from(
    [
        "강화학습을",
        "강화",
        "학습",
        "화",
        "습",
        "GPT-4",
        "gpt",
        "4",
        "gpt4",
        "GPT를",
        "를",
        "Kim",
        "C++",
        "c",
        "할수",
        "할",
        "수",
        "결합합니다",
        "해결합니다",
        "결합",
        "합니다",
        "하하하하하",
        "하하",
    ]
)
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)
ASKED = st.builds(
    lambda minus, where, words, quote: f"{minus}{where}{quote}{words}{quote}",
    st.sampled_from(["", "", "", "-"]),
    st.sampled_from(["", "", "author:", "title:"]),
    st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
    st.sampled_from(["", '"']),
)


def asked(query: str, one: Paper, abstracts: Mapping[str, str]) -> bool:
    return matches(parse(query), Document.from_paper(one, abstracts[one.arxiv_id]))


async def test_a_subscription_matches_exactly_what_the_strict_tiers_find(tmp_path: Path) -> None:
    drawn: list[tuple[list[tuple[str, str, str, str]], list[str]]] = []

    @settings(max_examples=max(15, settings().max_examples * 2 // 5), suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=20, max_size=20),
        st.lists(st.lists(ASKED, min_size=1, max_size=3).map(" ".join), min_size=15, max_size=15),
    )
    def draw(papers: list[tuple[str, str, str, str]], queries: list[str]) -> None:
        drawn.append((papers, queries))

    draw()
    for number, (texts, queries) in enumerate(drawn):
        papers = [
            Paper(f"p{index}", title, (author,), summary=(Bullet(summary),))
            for index, (title, author, summary, _) in enumerate(texts)
        ]
        abstracts = {f"p{index}": abstract for index, (*_, abstract) in enumerate(texts)}
        folder = tmp_path / str(number)
        folder.mkdir()
        async with searching(folder, *papers, abstracts=abstracts) as search:
            for query in queries:
                page = await search.search(query, limit=50)
                strict = {hit.listing.paper.arxiv_id for hit in page.results if hit.tier <= Tier.ALL}
                matched = {one.arxiv_id for one in papers if asked(query, one, abstracts)}
                assert strict == matched, query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Schrödinger", ["1"]),
        ("schrodinger nets", ["1"]),
        ("textbf", []),
        ("author:Erdős", ["1"]),
        ("amp", []),
        ("q&a", ["1"]),
        ("강화학습", ["2"]),
        ("강화 학습", ["2"]),
        ("textsc", []),
        ("가나다라", []),
        ('"large models"', ["3"]),
        ("large models", ["3"]),
    ],
)
async def test_latex_and_entities_are_searched_and_matched_as_they_are_shown(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    async with searching(tmp_path, *LATEX) as search:
        page = await search.search(text, Filters(), limit=10)
    assert [hit.listing.paper.arxiv_id for hit in page.results if hit.tier <= Tier.ALL] == expected
    assert [paper.arxiv_id for paper in LATEX if matches(parse(text), Document.from_paper(paper))] == expected
