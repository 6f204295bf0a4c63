"""Words and pairs, which are written right after the transaction of their papers."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import DatabaseAwayError
from bot.papers import Bullet, Day, Listing
from bot.search.service import Search
from bot.storage.engine.database import Database, Transaction
from bot.storage.papers import index
from bot.storage.papers.library import Library, StoredPage
from bot.storage.papers.pairs import Pairs
from bot.storage.papers.words import PaperWords, Words
from tests.bot.storage.papers.held import words
from tests.builders import FRIDAY, day, paper, utc

NOW = utc(2024, 2, 23)
GLOSS = Bullet("환각(hallucination)")
THURSDAY = FRIDAY - timedelta(days=1)


async def put_and_be_killed(library: Library, database: Database, *numbers: int) -> None:
    """The program ends between the papers' transaction and what follows it."""
    listings = tuple(
        Listing(paper(number, title=f"Words of paper{number}", summary=(GLOSS,)), None) for number in numbers
    )
    async with database.write() as tx:
        await library.put(tx, StoredPage("23", "h", Day(FRIDAY, listings)), NOW)


async def test_words_and_pairs_follow_their_papers_though_the_program_is_killed_between(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    async with Database.open(path) as database:
        await put_and_be_killed(Library(database), database, 1, 2)
        assert await words(database) == {}
    async with Database.open(path) as database:
        library = Library(database)
        assert await library.refresh_index()
        held = await words(database)
        assert (held["paper1"], held["paper2"], held["words"]) == (1, 1, 2)
        assert [str(pair) for pair in await Pairs(database).held()] == ["환각=hallucination"]
        page = await Search(library).search("paper1", limit=5)
        assert [hit.listing.paper.arxiv_id for hit in page.results] == ["2402.00001"]
        await library.refresh_index()
        assert await words(database) == held


async def test_a_day_is_stored_though_its_words_can_not_be_written_for_now(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(*_: object) -> None:
        raise DatabaseAwayError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Words, "add", away)
        assert await library.store_page("23", "h", day(FRIDAY, (1, 2)), NOW) == 2
    assert [record.message for record in caplog.records] == ["words of new papers are written later: the disk is full"]
    assert await words(database) == {}
    await library.store_page("22", "h", day(THURSDAY, (1,), first=5), NOW)
    assert (await words(database))["number"] == 3


async def test_words_and_pairs_are_written_a_few_papers_at_a_time(
    library: Library, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_and_be_killed(library, database, 1, 2, 3)
    monkeypatch.setattr(index, "_FEW", 2)
    made = Words.add

    async def once(self: Words, tx: Transaction, papers: Sequence[PaperWords]) -> list[PaperWords]:
        monkeypatch.setattr(Words, "add", killed)
        return await made(self, tx, papers)

    async def killed(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Words, "add", once)
    with pytest.raises(ZeroDivisionError):
        await library.tidy()
    assert {word for word in await words(database) if word.startswith("paper")} == {"paper1", "paper2"}
    monkeypatch.setattr(Words, "add", made)
    await library.tidy()
    held = await words(database)
    assert [held[f"paper{number}"] for number in (1, 2, 3)] == [1, 1, 1]
    assert held["words"] == 3


async def test_a_paper_that_changes_or_goes_before_its_words_are_written_counts_as_it_is(
    library: Library, database: Database
) -> None:
    await put_and_be_killed(library, database, 1, 2)
    changed = Listing(paper(1, title="Other terms", summary=(GLOSS,)), None)
    await library.store_page("23", "h2", Day(FRIDAY, (changed,)), NOW)
    await library.tidy()
    held = await words(database)
    assert {word for word in held if word.startswith("paper")} == set()
    assert (held["terms"], held["환각"]) == (1, 1)
    assert [row[0] for row in await database.rows("SELECT arxiv_id FROM sightings")] == ["2402.00001"]
