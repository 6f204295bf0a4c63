"""A paper's texts beside its page's summary, wherever the paper is read."""

import pytest

from bot.papers import Bullet, Details, Paper, Text
from bot.search.service import Search
from bot.storage.engine.codec import encode_bullets
from bot.storage.engine.database import Database
from bot.storage.papers.details import put_details
from bot.storage.papers.library import Library
from tests.builders import FRIDAY, day, paper, utc

NOON = utc(2024, 2, 23, 12)
MADE, LINE = (Bullet("A model wrote this."),), (Bullet("The site's line."),)


async def put(database: Database, language: str, state: str, content: str | None) -> None:
    async with database.write() as tx:
        await tx.run(
            "INSERT INTO summaries (arxiv_id, language, state, tried_at, model, content)"
            " VALUES ('2402.00001', ?, ?, '', 'a model', ?)",
            (language, state, content),
        )


async def tell(database: Database, digest: str = "The site's line.", abstract: str = "An abstract.") -> None:
    async with database.write() as tx:
        await put_details(tx, Details("2402.00001", digest=digest, abstract=abstract), NOON)


async def everywhere(library: Library) -> list[Paper]:
    """The paper as an edition, an alert, the lists and a search read it."""
    listed = await library.day(FRIDAY)
    one = await library.appearance("2402.00001")
    _, top = await library.top(None, 1)
    found = await Search(library).search("2402.00001", limit=1)
    chance = await library.random()
    assert listed
    assert one
    assert chance
    return [listed.listings[0].paper, *(each.listing.paper for each in (one, chance, *top, *found.appearances))]


async def test_a_paper_has_its_texts_wherever_it_is_read(library: Library, database: Database) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    assert all(each.texts == () for each in await everywhere(library))
    await tell(database)
    await put(database, "en", "made", encode_bullets(MADE))
    await put(database, "ko", "refused", None)
    papers = await everywhere(library)
    assert len(papers) == 5
    assert all(each.texts == (Text("en", MADE), Text("en", LINE)) for each in papers)
    assert all(each.summary == paper().summary for each in papers)


async def test_without_a_line_of_the_site_its_abstract_is_a_text(library: Library, database: Database) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    await tell(database, digest="", abstract="An abstract.")
    assert all(each.texts == (Text("en", (Bullet("An abstract."),)),) for each in await everywhere(library))


async def test_texts_that_can_not_be_read_do_not_hide_the_paper(
    library: Library, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await library.store_page("2024/02/23.md", "h", day(votes=(5,)), NOON)
    await put(database, "en", "made", "damaged")
    papers = await everywhere(library)
    assert all(each.texts == () and each.summary for each in papers)
    assert "texts of paper 2402.00001 can't be read" in caplog.text
