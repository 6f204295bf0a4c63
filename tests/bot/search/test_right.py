"""What search has to get right, line by line: each test is named after one."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.papers import Bullet, Day, Listing, Paper
from bot.search.analysis import BRIDGE, tokens
from bot.search.finding import some
from bot.search.matcher import Document, matches
from bot.search.model import Filters, SearchPage, Sort, Tier
from bot.search.passage import asked_of, passage, summary_texts
from bot.search.query import MAX_QUERY, parse
from bot.search.service import Search
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.pairs import Pairs
from tests.builders import utc


def paper(name: str, title: str, *bullets: str, authors: tuple[str, ...] = ()) -> Paper:
    return Paper(name, title, authors, summary=tuple(map(Bullet, bullets)))


OLD = (
    paper("spaced", "Learning by Reward", "강화 학습을 로봇에 쓴다"),
    paper("joined", "Policies for Walking", "트랜스포머와 강화학습을 잇는다", authors=("Mina Kim", "Thomas Müller")),
    paper("gpt4", "A Look at GPT-4", "시험 문제를 풀게 한다"),
    paper("gpt4o", "GPT-4o Speaks in a World of Sound", "말소리를 듣고 답한다"),
    paper("names", "LLaMA-2 in C++ with A*", "MVD² 표현을 그린다"),
    paper("2402.14253", "Diffusion in the Kitchen", "확산으로 요리법을 만든다", "냄비는 둘 수 있다"),
)
NEW = (
    paper("row", "Odds and Ends", "cooking with graph networks at home"),
    paper("apart", "Networks", "networks of all kinds; a graph of pans"),
    paper("one", "Plain Talk", "환각(hallucination)이 적다", "검색 증강 생성(RAG)이 돕는다"),
    paper("two", "Straight Talk", "환각(hallucination)을 센다", "검색 증강 생성(RAG)을 본다"),
    paper("english", "Counting a Hallucination", "meals on a diet"),
    paper("korean", "Short Notes", "검색 증강 생성을 다룬다", "볼수 있는 것"),
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(tmp_path / "right.db") as opened:
        library = Library(opened)
        for month, papers in enumerate((OLD, NEW), 1):
            listings = tuple(Listing(each, votes) for votes, each in enumerate(papers))
            day = Day(date(2024, month, 1), listings)
            await library.store_page(f"page {month}", "hash", day, utc(2024, month, 1))
        yield opened


@pytest.fixture
def search(database: Database) -> Search:
    return Search(Library(database), budget=5.0)


def names(page: SearchPage) -> list[str]:
    return [hit.listing.paper.arxiv_id for hit in page.results]


def literal(page: SearchPage) -> set[str]:
    return {hit.listing.paper.arxiv_id for hit in page.results if hit.tier <= Tier.ALL}


async def found(search: Search, text: str) -> set[str]:
    return literal(await search.search(text, limit=10))


# -- analysis and spacing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화학습", f"강화 {BRIDGE}화학 학습"),
        ("漢字語", "漢字 字語"),
        ("ＲＥＷＡＲＤＳ", "reward"),
        ("Müller", "muller"),
        ("LLMs", "llm"),
        ("GPT-4", "gpt 4 gpt4"),
        ("C++", "c cplusplus"),
        ("A*", "a astar"),
        ("MVD²", "mvd2"),
    ],
)
def test_hangul_becomes_pairs_words_their_stems_and_names_their_parts_and_the_whole(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"), [("llama-2", "names"), ("c++", "names"), ("a*", "names"), ("mvd2", "names")]
)
async def test_names_and_numbers_are_found_as_one_term(search: Search, text: str, expected: str) -> None:
    assert await found(search, text) == {expected}


@pytest.mark.parametrize("text", ["2402.14253", "https://arxiv.org/abs/2402.14253v2"])
async def test_arxiv_ids_and_links_are_exact_look_ups(search: Search, text: str) -> None:
    page = await search.search(text, limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [("2402.14253", Tier.EXACT)]


async def test_fields_are_weighted_title_before_summary(search: Search) -> None:
    assert names(await search.search("networks", limit=5)) == ["apart", "row"]


@pytest.mark.parametrize("text", ["강화학습", "강화 학습"])
async def test_spacing_makes_no_difference(search: Search, text: str) -> None:
    assert await found(search, text) == {"spaced", "joined"}


async def test_the_form_of_a_word_is_one_word_to_search_and_subscription(database: Database, search: Search) -> None:
    solved = paper("solved", "On it", "문제를 해결합니다")
    joined = paper("joined", "On it", "둘을 결합합니다")
    page = Day(date(2024, 3, 1), (Listing(solved), Listing(joined)))
    await Library(database).store_page("page 3", "hash", page, utc(2024, 3, 1))
    assert await found(search, "결합합니다") == {"joined"}
    asked = parse("결합합니다")
    assert [matches(asked, Document.from_paper(each)) for each in (solved, joined)] == [False, True]


async def test_a_sign_alone_may_end_the_word_before_it(search: Search) -> None:
    assert await found(search, "볼 수") == {"korean"}


async def test_three_words_written_as_one_are_found_apart(search: Search) -> None:
    page = await search.search("학습을로봇에쓴다", limit=5)
    assert (names(page), page.mended) == (["spaced"], '"학습을 로봇에 쓴다"')


@pytest.mark.parametrize(
    ("text", "other"), [("화학", "spaced"), ("화학", "joined"), ("RL", "gpt4o"), ("GPT-4", "gpt4o")]
)
async def test_what_only_looks_alike_is_not_found(search: Search, text: str, other: str) -> None:
    assert other not in await found(search, text)


# -- tiers ------------------------------------------------------------------------------------------------------------


async def test_the_whole_query_as_a_phrase_comes_before_all_words(search: Search) -> None:
    page = await search.search("graph networks", limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [
        ("row", Tier.PHRASE),
        ("apart", Tier.ALL),
    ]


async def test_a_name_in_either_order_is_in_a_row(search: Search) -> None:
    tiers = [(await search.search(text, limit=5)).results[0].tier for text in ("mina kim", "kim mina", "müller thomas")]
    assert tiers == [Tier.PHRASE] * 3


async def test_the_last_word_may_be_the_beginning_of_one(search: Search) -> None:
    page = await search.search("graph netw", limit=5)
    assert {hit.tier for hit in page.results} == {Tier.PREFIX}
    assert set(names(page)) == {"row", "apart"}


@pytest.mark.parametrize(
    ("text", "expected", "mended"),
    [
        ("트랜스포머를", "joined", "트랜스포머"),
        ("로봇에서 학습으로", "spaced", "로봇 학습"),
        ("difusion", "2402.14253", "diffusion"),
        ("kithcen", "2402.14253", "kitchen"),
        ("요리벙을", "2402.14253", "요리법을"),
    ],
)
async def test_particles_and_one_typing_error_are_mended_and_the_answer_says_so(
    search: Search, text: str, expected: str, mended: str
) -> None:
    page = await search.search(text, limit=5)
    assert (names(page)[0], page.mended, page.results[0].tier) == (expected, mended, Tier.MENDED)


async def test_a_missed_key_is_likelier_than_a_syllable_too_many(search: Search) -> None:
    page = await search.search("강화학숩", limit=5)
    assert (page.mended, set(names(page))) == ("강화학습", {"spaced", "joined"})


async def test_at_last_any_of_the_words_will_do(search: Search) -> None:
    page = await search.search("kitchen zebra", limit=5)
    assert [(hit.listing.paper.arxiv_id, hit.tier) for hit in page.results] == [("2402.14253", Tier.ANY)]


async def test_the_total_of_papers_with_any_of_the_words_says_whether_it_is_exact(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await search.search("networks zebra", limit=5)
    assert (page.total, page.at_least) == (2, False)
    monkeypatch.setattr(some, "_NEWEST", 1)
    page = await search.search("networks zebra", limit=5)
    assert (page.total, page.at_least) == (1, True)


@pytest.mark.parametrize("text", ["graph networks", "환각", "gpt", "강화 학습", "학습으로", "검색 증강 생성"])
async def test_a_hit_of_an_earlier_tier_ranks_above_one_of_a_later(search: Search, text: str) -> None:
    tiers = [hit.tier for hit in (await search.search(text, limit=20)).results]
    assert tiers == sorted(tiers)


# -- across languages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected", "said"), [("환각", "english", "hallucination"), ("RAG", "korean", "검색 증강 생성")]
)
async def test_a_term_finds_papers_that_say_it_in_the_other_language_below_literal_hits(
    search: Search, text: str, expected: str, said: str
) -> None:
    page = await search.search(text, limit=10)
    tiers = {hit.listing.paper.arxiv_id: hit.tier for hit in page.results}
    assert tiers[expected] is Tier.TRANSLATED
    assert said in page.translated


async def test_the_operator_can_list_the_pairs_and_block_one(database: Database, search: Search) -> None:
    pairs = Pairs(database)
    assert {str(pair.gloss) for pair in await pairs.held()} >= {"hallucination"}
    await pairs.block("환각", "hallucination")
    assert "english" not in names(await search.search("환각", limit=10))


# -- order, passages, one meaning, any input --------------------------------------------------------------------------


async def test_votes_and_recency_break_ties_and_sort_overrides(search: Search) -> None:
    assert names(await search.search("talk", limit=5)) == ["two", "one"]
    newest_first = (await search.search("talk gpt", Filters(sort=Sort.NEWEST), limit=5)).results
    assert [hit.day for hit in newest_first] == sorted((hit.day for hit in newest_first), reverse=True)
    by_votes = (await search.search("gpt", Filters(sort=Sort.VOTES), limit=5)).results
    assert [hit.listing.votes for hit in by_votes] == [3, 2]


async def test_matched_words_are_marked_in_a_short_passage(search: Search) -> None:
    page = await search.search("강화학습", limit=5)
    for hit in page.results:
        pieces = passage(summary_texts(hit.listing.paper), asked_of(page.terms), 100)
        assert [piece.text.replace(" ", "") for piece in pieces if piece.matched] == ["강화학습"]


@pytest.mark.parametrize(
    "text",
    [
        "강화학습",
        "강화 학습",
        "학습",
        "볼 수",
        '"강화 학습"',
        "gpt -world",
        "author:kim",
        "title:gpt-4",
        "kim mina",
        "수",
        "graph networks",
    ],
)
async def test_a_subscription_matches_what_the_strict_tiers_find(search: Search, text: str) -> None:
    matched = {each.arxiv_id for each in (*OLD, *NEW) if matches(parse(text), Document.from_paper(each))}
    assert await found(search, text) == matched != set()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "(((",
        "\x00",
        "강" * 4000,
        "a-b " * 1000,
        "🤗",
        "שלום",
        "\ud800",
        "AND OR NOT",
        "NEAR(a b)",
        "title:",
        "^*",
        "",
    ],
)
async def test_no_input_raises(search: Search, text: str) -> None:
    page = await search.search(text, limit=5)
    assert page.query.cut is (len(text) > MAX_QUERY)


async def test_a_query_over_its_time_is_stopped_and_says_so(database: Database) -> None:
    hurried = Search(Library(database), budget=-1.0)
    page = await hurried.search("graph networks", limit=5)
    assert (page.stopped, page.at_least) == (True, True)
    assert {hit.tier for hit in page.results} == {Tier.ANY}
