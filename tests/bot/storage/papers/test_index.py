import json
import sqlite3
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import aiosqlite
import pytest

from bot.papers import Bullet, Day, Details, Listing
from bot.search import matcher
from bot.search.analysis import VERSION, IndexedPart, indexed
from bot.search.finding.fts import match_expression
from bot.search.model import Filters
from bot.search.query import parse
from bot.search.service import Search
from bot.storage.engine.codec import encode
from bot.storage.engine.database import Database
from bot.storage.engine.migrate import migrate, migrations
from bot.storage.papers import index
from bot.storage.papers.library import SITE, Library, StoredPage
from bot.storage.papers.numbers import DAY_ROWS, MORE_ROWS, day_of, first_of_more, first_row, turned
from tests.bot.storage.papers.held import found, words
from tests.builders import FRIDAY, day, paper, utc

NOW = utc(2024, 2, 23)
GLOSS = Bullet("환각(hallucination)")
THURSDAY = FRIDAY - timedelta(days=1)


async def test_texts_are_analysed_in_another_thread_than_the_event_loops(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[int] = []

    def noted(segment: str) -> list[IndexedPart]:
        where.append(threading.get_ident())
        return indexed(segment)

    monkeypatch.setattr(matcher, "indexed", noted)
    await library.store_page("23", "h", day(), NOW)
    assert where
    assert threading.get_ident() not in where


def test_numbers_follow_the_days() -> None:
    assert first_row(FRIDAY) - first_row(THURSDAY) == DAY_ROWS
    assert day_of(first_row(FRIDAY) + DAY_ROWS - 1) == FRIDAY
    assert day_of(first_row(date.max)) == date.max
    assert first_of_more(FRIDAY) - first_of_more(THURSDAY) == MORE_ROWS
    assert [day_of(first_of_more(day)) for day in (date.min, FRIDAY, date.max)] == [date.min, FRIDAY, date.max]
    assert first_of_more(date.max) + MORE_ROWS <= 0
    assert turned(turned(first_row(FRIDAY))) == first_row(FRIDAY)


async def test_a_day_of_more_papers_than_it_has_numbers_is_found_and_filtered_as_any(
    library: Library, database: Database
) -> None:
    many = tuple(Listing(paper(number), 1) for number in range(1, DAY_ROWS + 4))
    later = FRIDAY + timedelta(days=1)
    await library.store_page("24", "h", day(later, (1,), first=100), NOW)
    await library.store_page("23", "h", Day(FRIDAY, many), NOW)
    await library.store_page("22", "h", day(THURSDAY, (1,), first=101), NOW)
    rows = await database.rows("SELECT id, day FROM papers ORDER BY id")
    assert [row["id"] < 0 for row in rows].count(True) == 3
    assert all(day_of(row["id"]).isoformat() == row["day"] for row in rows)
    for filters, expected in (
        (Filters(), DAY_ROWS + 5),
        (Filters(since=FRIDAY), DAY_ROWS + 4),
        (Filters(since=FRIDAY, until=FRIDAY, min_votes=1), DAY_ROWS + 3),
        (Filters(until=THURSDAY), 1),
        (Filters(since=later), 1),
    ):
        assert (await library.find(match_expression(parse("number")), filters, 10, 0))[0] == expected
    await library.store_page("23", "h2", Day(FRIDAY, many[:-1]), NOW)
    assert (await library.find(match_expression(parse("number")), Filters(since=FRIDAY), 10, 0))[0] == DAY_ROWS + 3
    async with database.write() as tx:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('integrity-check')")


async def test_papers_are_numbered_in_the_order_of_their_days(library: Library, database: Database) -> None:
    await library.store_page("23", "h", day(FRIDAY, (1, 2), first=1), NOW)
    await library.store_page("22", "h", day(THURSDAY, (1, 2), first=3), NOW)
    rows = await database.rows("SELECT id, day FROM papers ORDER BY id")
    assert [row["day"] for row in rows] == [THURSDAY.isoformat()] * 2 + [FRIDAY.isoformat()] * 2
    assert [row["id"] for row in rows][2:] == [first_row(FRIDAY), first_row(FRIDAY) + 1]
    assert await found(library, "number", Filters(until=THURSDAY)) == ["4", "3"]
    assert await found(library, "number", Filters(since=FRIDAY)) == ["2", "1"]


async def test_a_paper_of_a_newer_day_gets_a_newer_number(library: Library, database: Database) -> None:
    await library.store_page("22", "h", day(THURSDAY, (1, 2)), NOW)
    await library.store_page("23", "h", day(FRIDAY, (5,)), NOW)
    rows = await database.rows("SELECT id FROM papers WHERE arxiv_id = '2402.00001'")
    assert [day_of(row["id"]) for row in rows] == [FRIDAY]
    assert await found(library, "number") == ["1", "2"]


async def test_the_index_is_as_if_it_had_been_made_of_the_last_pages_alone(tmp_path: Path) -> None:
    async def terms(*pages: tuple[str, Day]) -> list[tuple[str, int, int]]:
        path = tmp_path / f"{len(pages)}.db"
        async with Database.open(path) as database:
            library = Library(database)
            for key, page in pages:
                await library.store_page(key, "h", page, NOW)
            await library.tidy()
            held = await words(database)
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, paper_index, 'row')")
            listed = connection.execute("SELECT term, doc, cnt FROM temp.terms ORDER BY term").fetchall()
        connection.close()
        return listed + sorted((word, count, 0) for word, count in held.items())

    old, new = day(FRIDAY, (1, 2, 3)), Day(FRIDAY, (Listing(paper(2, title="Renamed"), 4), Listing(paper(9), 1)))
    other = day(THURSDAY, (1,), first=5)
    assert await terms(("23", old), ("22", other), ("23", new)) == await terms(("22", other), ("23", new))


async def test_words_are_counted_by_papers(library: Library, database: Database) -> None:
    listings = (Listing(paper(1, title="Running models")), Listing(paper(2, title="Models, models")))
    await library.store_page("23", "h", Day(FRIDAY, listings), NOW)
    held = await words(database)
    assert (held["running"], held["models"], held["강화"]) == (1, 2, 2)
    await library.store_page("23", "h2", Day(FRIDAY, listings[1:]), NOW)
    await library.tidy()
    held = await words(database)
    assert ("running" in held, held["models"]) == (False, 1)


async def test_a_new_word_is_known_at_once_and_how_many_papers_have_it_when_tidied(
    library: Library, database: Database
) -> None:
    await library.store_page("22", "h", Day(THURSDAY, (Listing(paper(1, title="Models")),)), NOW)
    await library.store_page("23", "h", Day(FRIDAY, (Listing(paper(2, title="Models that run")),)), NOW)
    held = await words(database)
    assert (held["models"], held["run"]) == (1, 1)
    await library.tidy()
    held = await words(database)
    assert (held["models"], held["run"]) == (2, 1)
    await library.tidy()
    assert await words(database) == held


async def test_an_index_by_another_analysis_is_made_anew(library: Library, database: Database) -> None:
    await library.store_page("23", "h", day(FRIDAY, (1, 2)), NOW)
    async with database.write() as tx:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
        await tx.run("INSERT INTO notes (name, value) VALUES ('analysis', 'another')")
    assert await found(library, "number") == []
    await library.refresh_index()
    assert await found(library, "number") == ["2", "1"]
    assert [row["value"] for row in await database.rows("SELECT value FROM notes WHERE name = 'analysis'")] == [VERSION]
    async with database.write() as tx:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('delete-all')")
    await library.refresh_index()
    assert await found(library, "number") == []


async def test_a_days_papers_are_analysed_before_their_transaction(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await library.store_page("23", "h", day(FRIDAY, (1, 2)), NOW)
    renamed = Day(FRIDAY, (Listing(paper(1, title="Renamed"), 1), Listing(paper(7), 2)))
    await library.prepare(renamed, (Details("2402.00007", "An abstract."),))
    monkeypatch.setattr(matcher, "indexed", None)
    page = StoredPage("23", "h2", renamed, details=(Details("2402.00007", "An abstract."),), read_at=NOW)
    async with database.write() as tx:
        await library.put(tx, page, NOW)
    assert await found(library, "renamed") == ["1"]
    assert await found(library, "abstract") == ["7"]


async def make_old(database: Database) -> None:
    """As a database is whose index another version of the analysis made."""
    async with database.write() as tx:
        await tx.run("INSERT OR REPLACE INTO notes (name, value) VALUES ('analysis', 'another')")


async def three_days(library: Library) -> None:
    for number in range(3):
        page = day(FRIDAY - timedelta(days=number), (1, 2), first=2 * number + 1)
        await library.store_page(str(number), "h", page, NOW)


async def test_a_new_index_is_made_a_little_at_a_time_the_newest_papers_first(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    await three_days(library)
    await make_old(database)
    assert not await library.refresh_index(seconds=0)
    assert await found(library, "number") == ["2", "1"]
    page = await Search(library).search("number", limit=9)
    assert (page.partial, page.at_least, len(page.results)) == (True, True, 2)
    assert not await library.refresh_index(seconds=0)
    assert await found(library, "number") == ["2", "1", "4", "3"]
    assert await library.refresh_index()
    assert await found(library, "number") == ["2", "1", "4", "3", "6", "5"]
    page = await Search(library).search("number", limit=9)
    assert (page.partial, page.at_least) == (False, False)
    assert await library.refresh_index(seconds=0)


async def test_a_new_index_goes_on_where_a_program_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    path = tmp_path / "killed.db"
    async with Database.open(path) as database:
        await three_days(Library(database))
        await make_old(database)
        await Library(database).refresh_index(seconds=0)
    async with Database.open(path) as database:
        library = Library(database)
        assert await found(library, "number") == ["2", "1"]
        assert await library.refresh_index()
        assert await found(library, "number") == ["2", "1", "4", "3", "6", "5"]
        assert (await words(database))["number"] == 6


async def test_what_is_stored_while_the_index_is_made_anew_is_found_once_and_what_goes_is_not(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    await three_days(library)
    await make_old(database)
    await library.refresh_index(seconds=0)
    saturday, old = FRIDAY + timedelta(days=1), FRIDAY - timedelta(days=2)
    await library.store_page("new", "h", Day(saturday, (Listing(paper(9)), Listing(paper(3)))), NOW)
    await library.store_page("2", "h", Day(old, (Listing(paper(5, title="Number of others")),)), NOW)
    await library.store_page("0", "h", Day(FRIDAY, (Listing(paper(1)),)), NOW)
    assert await found(library, "number") == ["3", "9", "1"]
    await library.refresh_index()
    assert await found(library, "number") == ["3", "9", "1", "4", "5"]
    assert await found(library, "others") == ["5"]
    async with database.write() as tx:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('integrity-check')")


async def test_the_papers_of_an_old_database_are_found_by_their_abstracts(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, [step for step in migrations() if step.number < 17])
        await connection.execute("INSERT INTO pages VALUES (1, 'a', '', '', '', 0)")
        held = (first_row(FRIDAY), FRIDAY.isoformat(), "2402.00001", encode(paper(1)))
        await connection.execute("INSERT INTO appearances VALUES (1, 1, ?2, 1, ?3, 1, 0, 0, ?4)", held)
        await connection.execute("INSERT INTO papers VALUES (?1, ?3, ?2, 1, 1)", held[:3])
        await connection.execute(
            "INSERT INTO details VALUES ('2402.00001', '', ?)", (json.dumps({"abstract": "Hallucinations vanish."}),)
        )
    async with Database.open(path) as database:
        library = Library(database)
        await library.refresh_index()
        assert await found(library, "hallucination number") == ["1"]
        assert not await database.rows("SELECT * FROM arrivals")


async def test_an_abstract_that_changes_is_indexed_anew(library: Library, database: Database) -> None:
    async def read(abstract: str, at: datetime) -> None:
        page = StoredPage("site", "h", day(FRIDAY, (1,)), SITE, (Details("2402.00001", abstract),), at)
        async with database.write() as tx:
            put = await library.put(tx, page, NOW)
        await library.stored(put)

    await library.store_page("23", "h", day(FRIDAY, (1,)), NOW)
    await read("Hallucinations vanish.", utc(2024, 2, 23, 2))
    assert await found(library, "hallucination") == ["1"]
    await read("Older zebras.", utc(2024, 2, 23, 1))
    assert (await found(library, "hallucination"), await found(library, "zebra")) == (["1"], [])
    await read("Newer zebras.", utc(2024, 2, 23, 3))
    assert (await found(library, "hallucination"), await found(library, "zebra")) == ([], ["1"])
    for key in ("23", "site"):
        await library.store_page(key, "h2", day(FRIDAY, ()), NOW)
    async with database.write() as tx:
        await tx.run("INSERT INTO paper_index (paper_index) VALUES ('integrity-check')")


async def test_a_transaction_that_fails_changes_no_index(library: Library, database: Database) -> None:
    await library.store_page("23", "h", day(FRIDAY, (1,)), NOW)
    before = await words(database)
    twice = Day(FRIDAY, (Listing(paper(7, title="Zebra")), Listing(paper(7, title="Zebra"))))
    with pytest.raises(sqlite3.IntegrityError):
        await library.store_page("22", "h", twice, NOW)
    assert await words(database) == before
    assert await found(library, "zebra") == []


async def test_papers_of_an_earlier_version_are_renumbered_and_indexed(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, migrations()[:5])
        await connection.execute("INSERT INTO pages VALUES (1, 'a', '', '', '')")
        for number, on in enumerate((FRIDAY, THURSDAY, FRIDAY), 1):
            held = (number, on.isoformat(), number, f"2402.0000{number}", encode(paper(number)))
            await connection.execute("INSERT INTO appearances VALUES (?, 1, ?, ?, ?, 1, 0, 0, ?)", held)
            await connection.execute("INSERT INTO papers VALUES (?1, ?3, ?2, 1, ?1)", (number, *held[1::2][:2]))
    async with Database.open(path) as database:
        library = Library(database)
        await library.refresh_index()
        assert await found(library, "number") == ["3", "1", "2"]
        rows = await database.rows("SELECT id FROM papers ORDER BY id")
    assert [row["id"] for row in rows] == [first_row(THURSDAY), first_row(FRIDAY), first_row(FRIDAY) + 1]


async def test_the_papers_of_a_large_day_of_an_earlier_version_are_renumbered(tmp_path: Path) -> None:
    path, papers = tmp_path / "large.db", DAY_ROWS + 2
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, [step for step in migrations() if step.number < 26])
        await connection.execute("INSERT INTO pages VALUES (1, 'a', '', '', '', 0)")
        for number in range(papers):
            held = (FRIDAY.toordinal() * 16_384 + number, FRIDAY.isoformat(), f"2402.{number:05}", encode(paper(1)))
            await connection.execute(
                "INSERT INTO appearances VALUES (?1, 1, ?2, 1, ?3, 1, 0, 0, ?4)", (number, *held[1:])
            )
            await connection.execute("INSERT INTO papers VALUES (?1, ?3, ?2, 1, ?4)", (*held[:3], number))
    async with Database.open(path) as database:
        library = Library(database)
        await library.refresh_index()
        rows = await database.rows("SELECT id FROM papers ORDER BY id")
        assert [row["id"] for row in rows] == [
            *(first_of_more(FRIDAY) + number for number in range(2)),
            *(first_row(FRIDAY) + number for number in range(DAY_ROWS)),
        ]
        assert (await library.find(match_expression(parse("number")), Filters(since=FRIDAY), 10, 0))[0] == papers


async def segments(database: Database) -> int:
    row = await database.row("SELECT count(DISTINCT segid) FROM paper_index_idx")
    assert row is not None
    return int(row[0])


async def test_many_pages_become_one_segment(library: Library, database: Database) -> None:
    for number in range(20):
        await library.store_page(str(number), "h", day(FRIDAY - timedelta(days=number), (1,), first=number + 1), NOW)
    assert await segments(database) > 1
    await library.tidy()
    assert await segments(database) == 1


async def test_a_page_a_day_is_merged_with_its_like(library: Library, database: Database) -> None:
    for number in range(20):
        await library.store_page(str(number), "h", day(FRIDAY - timedelta(days=number), (1,), first=number + 1), NOW)
        await library.tidy()
        assert await segments(database) <= 5
