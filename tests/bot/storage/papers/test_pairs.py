import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import pytest

from bot.papers import Bullet, Day, Listing, Paper
from bot.search.pairs import ENOUGH, Keys, Pair, Translation, paper_pairs
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.pairs import Pairs, recount
from bot.storage.papers.pairs import translations as ask
from tests.builders import FRIDAY, paper, utc

NOW = utc(2024, 2, 23, 8)
HALLUCINATION = Pair("환각", "hallucination", 2)


def explaining(number: int, *texts: str) -> Paper:
    return paper(number, title="A title", summary=tuple(map(Bullet, texts)))


def shown(*papers: Paper) -> dict[str, dict[Keys, Pair]]:
    return {each.arxiv_id: paper_pairs(each) for each in papers}


@pytest.fixture
def pairs(database: Database) -> Pairs:
    return Pairs(database)


async def put(database: Database, *new: Paper, old: tuple[Paper, ...] = ()) -> None:
    async with database.write() as tx:
        await recount(tx, {**{each.arxiv_id: {} for each in old}, **shown(*new)})


async def put_two(database: Database) -> None:
    await put(database, explaining(1, "환각(hallucination)"), explaining(2, "우리는 환각(hallucination)을"))


async def translations(database: Database, words: Sequence[str]) -> tuple[Translation, ...]:
    async with database.write() as tx:
        path = await tx.row("SELECT file FROM pragma_database_list WHERE name = 'main'")
    assert path
    with closing(sqlite3.connect(path["file"])) as connection:
        return ask(lambda sql, values: connection.execute(sql, values).fetchall(), words)


async def said(database: Database, *words: str) -> list[str]:
    return [found.text for found in await translations(database, words)]


async def test_a_pair_holds_once_enough_papers_show_it(database: Database, pairs: Pairs) -> None:
    assert ENOUGH == 2  # the condition of the migration's indexes
    await put(database, explaining(1, "환각(hallucination), 환각(hallucination)"))
    assert await pairs.held() == []
    await put(database, explaining(2, "hallucination(환각)"))
    assert await pairs.held() == [HALLUCINATION]


async def test_a_changed_or_removed_paper_takes_its_sightings_back(database: Database, pairs: Pairs) -> None:
    await put_two(database)
    await put(database, explaining(1, "환각(hallucination)"), old=(explaining(1),))
    assert await pairs.held() == [HALLUCINATION]
    await put(database, explaining(1, "망상(delusion)"), old=(explaining(1, "환각(hallucination)"),))
    assert await pairs.held() == []
    await put(database, old=(explaining(1), explaining(2)))
    assert await database.rows("SELECT * FROM pairs") == []
    assert await database.rows("SELECT * FROM sightings") == []


async def test_what_is_stored_with_a_page_goes_with_it(library: Library, pairs: Pairs) -> None:
    both = tuple(Listing(explaining(number, "환각(hallucination)")) for number in (1, 2))
    await library.store_page("23", "h1", Day(FRIDAY, both), NOW)
    assert await pairs.held() == [HALLUCINATION]
    await library.store_page("23", "h2", Day(FRIDAY, both[:1]), NOW)
    assert await pairs.held() == []


async def test_a_write_that_fails_counts_nothing(database: Database, pairs: Pairs) -> None:
    async def fail() -> None:
        async with database.write() as tx:
            await recount(tx, shown(explaining(1, "환각(hallucination)"), explaining(2, "환각(hallucination)")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await pairs.held() == []


async def test_both_directions(database: Database) -> None:
    await put_two(database)
    assert await translations(database, ["환각"]) == (Translation(0, 1, "hallucination", 2),)
    assert await translations(database, ["hallucinations"]) == (Translation(0, 1, "환각", 2),)
    for number in (3, 4):
        await put(database, explaining(number, "검색 증강 생성(Retrieval-Augmented Generation, RAG)"))
    assert await said(database, "rag") == ["Retrieval-Augmented Generation", "검색 증강 생성"]
    assert await said(database, "검색", "증강", "생성") == ["RAG", "Retrieval-Augmented Generation"]
    assert await said(database, "검색증강 생성") == ["RAG", "Retrieval-Augmented Generation"]
    assert await said(database, "retrieval", "augmented", "generation") == ["RAG", "검색 증강 생성"]
    assert await said(database, "증강", "생성") == []


async def test_a_term_reaches_as_far_for_a_question_as_in_the_list(database: Database, pairs: Pairs) -> None:
    for number, before in enumerate(["객체", "객체", "언어", "", ""]):
        await put(database, explaining(number, f"{before} 환각(hallucination)"))
    assert await said(database, "환각") == ["hallucination"]
    assert await said(database, "객체", "환각") == ["hallucination"]
    assert [(one.start, one.end) for one in await translations(database, ["객체", "환각"])] == [(1, 2)]
    assert [pair.term.split()[-1] for pair in await pairs.held()] == ["환각"]


async def test_a_block_lasts_over_reloads_until_it_is_taken_back(database: Database, pairs: Pairs) -> None:
    await put_two(database)
    assert await pairs.block("Hallucinations", "환각") == HALLUCINATION
    assert (await pairs.held(), await said(database, "환각"), await said(database, "hallucination")) == ([], [], [])
    await put(database, old=(explaining(1), explaining(2)))
    assert await pairs.blocked() == [Pair("환각", "hallucination", 0)]
    await put_two(database)
    assert await pairs.held() == []
    assert await pairs.blocked() == [HALLUCINATION]
    assert await pairs.block("환각", "hallucination") == HALLUCINATION
    assert await pairs.unblock("hallucination", "환각") is not None
    assert (await pairs.held(), await pairs.blocked()) == ([HALLUCINATION], [])


async def test_what_no_paper_shows_cannot_be_blocked_nor_what_is_not_blocked_freed(
    database: Database, pairs: Pairs
) -> None:
    await put_two(database)
    assert await pairs.block("환각", "delusion") is None
    assert await pairs.block("", "\x00\ud800") is None
    assert await pairs.unblock("환각", "hallucination") is None
    assert await pairs.held() == [HALLUCINATION]


async def test_any_words_can_be_asked_for(database: Database) -> None:
    for words in ([], [""], ["\x00", "\ud800"], ['"', "*", "NEAR("], ["가" * 4000], ["a"] * 200):
        assert await translations(database, words) == ()


@pytest.mark.parametrize("seed", range(5))
async def test_counts_are_those_of_the_papers_held(database: Database, seed: int) -> None:
    texts = ["환각(hallucination)", "RAG(검색 증강 생성)", "환각(hallucination), 망상(delusion)", "글"]
    held: dict[int, Paper] = {}
    for step in range(20):
        number = (step * 7 + seed) % 5
        old = tuple(one for one in [held.pop(number, None)] if one)
        if (step + seed) % 4 != 3:
            held[number] = explaining(number, texts[(step * 3 + seed) % 4])
        await put(database, *([held[number]] if number in held else []), old=old)
    expected = Counter(word for one in held.values() for word in ("환각", "망상") if word in one.summary[0].text)
    rows = await database.rows("SELECT term, papers FROM pairs WHERE term IN ('환각', '망상')")
    assert {row["term"]: row["papers"] for row in rows} == expected


async def test_a_question_takes_no_time_among_many_pairs(database: Database) -> None:
    async with database.write() as tx:
        await tx.many(
            "INSERT INTO pairs (term, gloss, written_term, written_gloss, papers) VALUES (?1, ?2, ?1, ?2, ?3)",
            [(f"{chr(0xAC00 + number % 9000)}환각", "hallucin", 2 + number // 1000) for number in range(9000)],
        )
    started = time.process_time()
    for _ in range(20):
        await translations(database, ["hallucination"])
    assert time.process_time() - started < 2
